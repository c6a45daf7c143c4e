//! One token's attention, all tokens', and what each head does.

use std::collections::BTreeSet;

use super::{
    arguments::{AttentionCommand, AttentionView},
    options::{among, measure, no_head, no_layer, no_token, through},
};
use crate::{
    analysis::{
        AttentionMatrix, AttentionOptions, AttentionRow, Column, Direction, HeadChoice, HeadLinks, Key, MeasuredTrace,
        Statistic, Table, UnitColumns, Units, attention_row,
    },
    cli::{
        choices::{AttentionHeads, AttentionLayers},
        error::CliError,
    },
    export::Document,
    labels,
    messages::message,
};

/// The layers and heads that are asked for, each of which the trace has.
pub(super) struct Selection<'t> {
    trace: &'t MeasuredTrace,
    layers: Vec<usize>,
    heads: Vec<HeadChoice>,
    /// But for the heads, which are these.
    options: AttentionOptions,
    units: Units,
    /// Units with a column.
    shown: Vec<usize>,
    /// Units that are marked, all of which have a column.
    marked: Vec<usize>,
}

impl<'t> Selection<'t> {
    pub(super) fn new(arguments: &AttentionCommand, trace: &'t MeasuredTrace) -> Result<Self, CliError> {
        let layers = match arguments.layer.unwrap_or(AttentionLayers::All) {
            AttentionLayers::All => (0..trace.layers).collect(),
            AttentionLayers::One(layer) if layer < trace.layers => vec![layer],
            AttentionLayers::One(layer) => return Err(no_layer(layer, trace.layers)),
        };
        let default = match arguments.view {
            AttentionView::Heads => AttentionHeads::Each,
            _ => AttentionHeads::Merged(HeadChoice::Mean),
        };
        let heads = match arguments.head.unwrap_or(default) {
            AttentionHeads::Each if !arguments.measure.has_heads() => vec![HeadChoice::One(0)],
            AttentionHeads::Each => (0..trace.heads).map(HeadChoice::One).collect(),
            AttentionHeads::Merged(HeadChoice::One(head)) if head >= trace.heads => {
                return Err(no_head(head, trace.heads));
            }
            AttentionHeads::Merged(heads) => vec![heads],
        };
        let options = AttentionOptions {
            measure: arguments.measure,
            among: among(arguments, trace.heads)?,
            granularity: arguments.units,
            specials: arguments.specials,
            ..AttentionOptions::default()
        };
        let units = Units::new(trace, options.granularity);
        let shown = units.columns(options.specials);
        let marked = units.of_tokens(&arguments.mark.iter().copied().collect(), &shown);
        for &token in &arguments.mark {
            if token >= trace.tokens.len() {
                return Err(no_token(token, trace.tokens.len()));
            }
            if !shown.contains(&units.unit_of(token)) {
                return Err(CliError::Failed(message!("cli-mark-hidden", token = token)));
            }
        }
        Ok(Self { trace, layers, heads, options, units, shown, marked })
    }

    /// One token's attention: a row for each layer and choice of heads.
    pub(super) fn layers(&self, arguments: &AttentionCommand, document: Document) -> Result<Document, CliError> {
        let (choice, direction) = match (&arguments.from, &arguments.to) {
            (_, Some(token)) => (Some(token), Direction::To),
            (from, None) => (from.as_ref(), Direction::From),
        };
        let token = choice.map_or(Ok(0), |choice| choice.token(self.trace, &self.units))?;
        let columns = self.columns();
        let source = self.units.unit_of(token);
        let row = |(layer, heads)| {
            let options = AttentionOptions { heads, direction, ..self.options };
            (
                vec![Key::Number(layer + 1), Key::from(options.heads_read(self.trace.heads))],
                attention_row(self.trace, &self.units, layer, source, options),
            )
        };
        let rows: Vec<(Vec<Key>, AttentionRow)> = self.each().map(row).collect();
        let name = self.units.in_sentence(self.trace, source);
        let who = labels::analysis::who(&name, AttentionOptions { direction, ..self.options });
        let title = self.titled(who);
        let rows = rows.iter().map(|(keys, row)| (keys.clone(), row));
        let mut document = self.facts(document.with("source", columns.name(source)).with("direction", direction));
        document.tables.push(Table::attention(title, Column::all(["layer", "head"]), columns, rows));
        Ok(document)
    }

    /// Every token's attention: a table for each layer and choice of heads, a row for each unit that is shown.
    pub(super) fn matrices(&self, document: Document) -> Document {
        let table = |(layer, heads)| {
            let options = AttentionOptions { heads, ..self.options };
            let matrix = AttentionMatrix::new(self.trace, &self.units, layer, options);
            let title = labels::analysis::matrix_title(layer, options, self.trace.heads);
            Table::matrix(title, layer, UnitColumns { options, ..self.columns() }, &matrix)
        };
        let mut document = self.facts(document);
        document.tables.extend(self.each().map(table));
        document
    }

    /// What the heads do on the whole: a row for each; and, where tokens are looked for, what one token gives them in each.
    pub(super) fn statistics(
        &self,
        arguments: &AttentionCommand,
        mut document: Document,
    ) -> Result<Document, CliError> {
        let heads = self.each().filter_map(|(layer, heads)| match heads {
            HeadChoice::One(head) => Some((layer, head)),
            HeadChoice::Mean | HeadChoice::Max => None,
        });
        document.about.extend(measure(self.options.measure).map(|measure| ("measure", measure.to_string())));
        let title = self.titled(message!("heads-table"));
        let statistics = self.trace.head_statistics(self.options.measure);
        document.tables.push(Table::heads(title, labels::analysis::statistic, statistics, heads));
        document.tables.extend(self.links(arguments)?);
        Ok(document)
    }

    /// The heads that link `--from` with `--to` and `--mark`, the strongest first; none without the latter two.
    fn links(&self, arguments: &AttentionCommand) -> Result<Option<Table>, CliError> {
        let (trace, units) = (self.trace, &self.units);
        let to = arguments.to.as_ref().map(|to| to.token(trace, units)).transpose()?;
        let from = arguments.from.as_ref().map_or(Ok(0), |from| from.token(trace, units))?;
        let targets: BTreeSet<usize> = self.marked.iter().copied().chain(to.map(|to| units.unit_of(to))).collect();
        if targets.is_empty() {
            return Ok(None);
        }
        let (source, targets) = (units.unit_of(from), Vec::from_iter(targets));
        if let Some(&hidden) = targets.iter().find(|unit| !self.shown.contains(unit)) {
            return Err(CliError::Failed(message!("cli-mark-hidden", token = units.tokens(hidden).start)));
        }
        let statistics = trace.head_statistics(self.options.measure);
        let row = |(layer, head)| {
            let options = AttentionOptions { heads: HeadChoice::One(head), ..self.options };
            attention_row(trace, units, layer, source, options)
        };
        let planes = statistics.planes();
        let rows: Vec<AttentionRow> =
            (0..trace.layers).flat_map(|layer| (0..planes).map(move |head| (layer, head))).map(row).collect();
        let links = HeadLinks::new(&rows, planes, &targets);
        let chosen: Vec<(usize, HeadChoice)> = self.each().collect();
        let heads =
            links.strongest().into_iter().filter(|&(layer, head)| chosen.contains(&(layer, HeadChoice::One(head))));
        let texts: Vec<String> = targets.iter().map(|&unit| units.in_sentence(trace, unit)).collect();
        let source = units.in_sentence(trace, source);
        let title = labels::analysis::links_title(&source, &texts.join(" "), self.options);
        let label = labels::analysis::statistic(Statistic::ToMarked);
        Ok(Some(Table::head_links(title, label, self.options.measure.unit(), &links, statistics, heads)))
    }

    fn columns(&self) -> UnitColumns<'_> {
        let Self { trace, units, shown, marked, options, .. } = self;
        UnitColumns { trace, units, shown, options: *options, marked }
    }

    /// With how attention was looked at, but for the heads, which are keys of the rows.
    fn facts(&self, document: Document) -> Document {
        let options = AttentionOptions { heads: self.heads.first().copied().unwrap_or_default(), ..self.options };
        let mut document = through(document, options, self.trace.heads);
        document.about.extend(self.columns().marked_names().map(|names| ("marked", names)));
        document
    }

    /// Every layer with every choice of heads.
    fn each(&self) -> impl Iterator<Item = (usize, HeadChoice)> {
        self.layers.iter().flat_map(|&layer| self.heads.iter().map(move |&heads| (layer, heads)))
    }

    /// A title that says which layer or choice of heads is shown, where it is only one: `[CLS] looks at …, layer 3, mean of
    /// heads 3 5 7`.
    fn titled(&self, title: String) -> String {
        let name = |heads| labels::analysis::heads(AttentionOptions { heads, ..self.options }, self.trace.heads);
        match (&self.layers[..], &self.heads[..]) {
            (&[layer], &[heads]) => {
                message!("cli-title-of-layer-and-heads", title = title, layer = layer + 1, heads = name(heads))
            }
            (&[layer], _) => message!("cli-title-of-layer", title = title, layer = layer + 1),
            (_, &[heads]) => message!("cli-title-of-heads", title = title, heads = name(heads)),
            _ => title,
        }
    }
}

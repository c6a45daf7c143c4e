use super::{
    CliError,
    args::{AttentionCommand, AttentionView, Global},
    output, warn_of_truncation,
};
use crate::{
    analysis::{
        AttentionMatrix, AttentionRow, Direction, Grain, HeadChoice, HeadStatistics, Key, Lens, Specials, Table,
        UnitColumns, Units, attention_row,
    },
    bert::{Input, Trace},
    export::table::{Document, Format},
};

/// `--layer`: one, counted from 1, or all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layers {
    All,
    One(usize),
}

/// `--head`: one, counted from 1, the mean or the maximum of all, or each by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heads {
    Each,
    Merged(HeadChoice),
}

impl std::str::FromStr for Layers {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "all" => Ok(Layers::All),
            number => from_one(number).map(Layers::One).ok_or_else(|| "write a number from 1, or all".to_owned()),
        }
    }
}

impl std::str::FromStr for Heads {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "all" => Ok(Heads::Each),
            "mean" => Ok(Heads::Merged(HeadChoice::Mean)),
            "max" => Ok(Heads::Merged(HeadChoice::Max)),
            number => from_one(number)
                .map(|head| Heads::Merged(HeadChoice::One(head)))
                .ok_or_else(|| "write a number from 1, mean, max, or all".to_owned()),
        }
    }
}

/// People count from 1, arrays from 0.
pub(super) fn from_one(text: &str) -> Option<usize> {
    text.parse::<usize>().ok()?.checked_sub(1)
}

pub(super) fn run(arguments: &AttentionCommand, global: &Global) -> Result<(), CliError> {
    let AttentionCommand { text, pair, view, format, output, .. } = arguments;
    check(arguments)?;
    if *format == Format::Npz {
        output::refuse_terminal(output.as_deref())?;
    }
    let (bert, source) = global.open()?;
    let (trace, cuts) = arguments.cuts.trace(&bert, &Input { text: text.clone(), pair: pair.clone() })?;
    warn_of_truncation("the input", trace.truncation);
    let chosen = Chosen::new(arguments, &trace)?;
    let document = Document::new(bert.info(), &source.origin(), &trace, &cuts).with("view", view.name());
    let document = match view {
        AttentionView::Layers => chosen.layers(arguments, document)?,
        AttentionView::Heads => chosen.statistics(document),
        AttentionView::Matrix => chosen.matrices(arguments, document),
    };
    let bytes = document.write(*format).map_err(|e| CliError::Failed(e.to_string()))?;
    output::write(&bytes, output.as_deref())
}

/// Refuses options that a view has no use for.
fn check(arguments: &AttentionCommand) -> Result<(), CliError> {
    let AttentionCommand { view, from, to, head, units, specials, .. } = arguments;
    let refuse = |what: &str| Err(CliError::Usage(format!("--view {} {what}", view.name())));
    match view {
        AttentionView::Layers => Ok(()),
        _ if from.is_some() || to.is_some() => refuse("shows all tokens; leave --from and --to away"),
        AttentionView::Matrix => Ok(()),
        _ if *units != Grain::Pieces || *specials != Specials::Shown => {
            refuse("measures all pieces; leave --units and --specials away")
        }
        _ if matches!(head, Some(Heads::Merged(HeadChoice::Mean | HeadChoice::Max))) => {
            refuse("measures each head; write --head with a number, or all")
        }
        AttentionView::Heads => Ok(()),
    }
}

/// The layers and heads that are asked for, each of which the trace has.
struct Chosen<'t> {
    trace: &'t Trace,
    layers: Vec<usize>,
    heads: Vec<HeadChoice>,
}

impl<'t> Chosen<'t> {
    fn new(arguments: &AttentionCommand, trace: &'t Trace) -> Result<Self, CliError> {
        let layers = match arguments.layer {
            Layers::All => (0..trace.layers).collect(),
            Layers::One(layer) if layer < trace.layers => vec![layer],
            Layers::One(layer) => return Err(none("layer", layer + 1, trace.layers, 1)),
        };
        let default = match arguments.view {
            AttentionView::Heads => Heads::Each,
            _ => Heads::Merged(HeadChoice::Mean),
        };
        let heads = match arguments.head.unwrap_or(default) {
            Heads::Each => (0..trace.heads).map(HeadChoice::One).collect(),
            Heads::Merged(HeadChoice::One(head)) if head >= trace.heads => {
                return Err(none("head", head + 1, trace.heads, 1));
            }
            Heads::Merged(heads) => vec![heads],
        };
        Ok(Self { trace, layers, heads })
    }

    /// Every layer with every choice of heads.
    fn each(&self) -> impl Iterator<Item = (usize, HeadChoice)> {
        self.layers.iter().flat_map(|&layer| self.heads.iter().map(move |&heads| (layer, heads)))
    }

    /// Where only one layer or choice of heads is shown, which that is: `, layer 3, mean of heads`.
    fn words(&self) -> String {
        let layer = if let [layer] = self.layers[..] { format!(", layer {}", layer + 1) } else { String::new() };
        let heads = if let [heads] = self.heads[..] { format!(", {heads}") } else { String::new() };
        layer + &heads
    }

    /// One token's attention: a row for each layer and choice of heads.
    fn layers(&self, arguments: &AttentionCommand, document: Document) -> Result<Document, CliError> {
        let (token, direction) = match (arguments.from, arguments.to) {
            (_, Some(token)) => (token, Direction::To),
            (from, None) => (from.unwrap_or(0), Direction::From),
        };
        if token >= self.trace.tokens.len() {
            return Err(none("token", token, self.trace.tokens.len(), 0));
        }
        let units = Units::new(self.trace, arguments.units);
        let shown: Vec<usize> = units.shown(arguments.specials).collect();
        let columns = UnitColumns { trace: self.trace, units: &units, shown: &shown, specials: arguments.specials };
        let source = units.unit_of(token);
        let lens = Lens { grain: arguments.units, specials: arguments.specials, direction, ..Lens::default() };
        let row = |(layer, heads)| {
            let keys = vec![Key::Number(layer + 1), Key::from(heads)];
            (keys, attention_row(self.trace, &units, layer, source, Lens { heads, ..lens }))
        };
        let rows: Vec<(Vec<Key>, AttentionRow)> = self.each().map(row).collect();
        let name = units.text(self.trace, source);
        let who = match direction {
            Direction::From => format!("{name} looks at …"),
            Direction::To => format!("… looks at {name}"),
        };
        let title = format!("{who}{}", self.words());
        let rows = rows.iter().map(|(keys, row)| (keys.clone(), row));
        let mut document = through(document.with("source", columns.name(source)).with("direction", direction), lens);
        document.tables.push(Table::attention(title, vec!["layer", "head"], columns, rows));
        Ok(document)
    }

    /// Every token's attention: a table for each layer and choice of heads, a row for each unit that is shown.
    fn matrices(&self, arguments: &AttentionCommand, document: Document) -> Document {
        let lens = Lens { grain: arguments.units, specials: arguments.specials, ..Lens::default() };
        let units = Units::new(self.trace, lens.grain);
        let shown: Vec<usize> = units.shown(lens.specials).collect();
        let columns = UnitColumns { trace: self.trace, units: &units, shown: &shown, specials: lens.specials };
        let table = |(layer, heads)| {
            let matrix = AttentionMatrix::new(self.trace, &units, layer, Lens { heads, ..lens });
            let rows = shown.iter().map(|&unit| {
                let [place, text] = columns.keys(unit);
                (vec![Key::Number(layer + 1), Key::from(heads), place, text], &matrix.rows[unit])
            });
            let title = format!("Who looks at whom, layer {}, {heads}", layer + 1);
            Table::attention(title, vec!["layer", "head", "from", "token"], columns, rows)
        };
        let mut document = through(document, lens);
        document.tables.extend(self.each().map(table));
        document
    }

    /// What the heads do on the whole: a row for each.
    fn statistics(&self, mut document: Document) -> Document {
        let heads = self.each().filter_map(|(layer, heads)| match heads {
            HeadChoice::One(head) => Some((layer, head)),
            HeadChoice::Mean | HeadChoice::Max => None,
        });
        let title = format!("What each head does{}", self.words());
        document.tables.push(Table::heads(title, &HeadStatistics::new(self.trace), heads));
        document
    }
}

/// With how attention was looked at, but for the heads, which are keys of the rows.
fn through(document: Document, lens: Lens) -> Document {
    document.with("units", lens.grain).with("specials", lens.specials)
}

fn none(what: &str, number: usize, count: usize, first: usize) -> CliError {
    let last = count + first - 1;
    CliError::Failed(format!("there is no {what} {number}; this input and model have {first} to {last}"))
}

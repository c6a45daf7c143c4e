//! Two readings held against each other.

use super::{
    arguments::AttentionCommand,
    asked::{Asked, among, no_head, no_layer, no_token, through},
    check::nothing_to_compare,
};
use crate::{
    analysis::{AttentionOptions, Comparison, HeadChoice, MeasuredTrace, Side, Table},
    bert::Input,
    cli::{
        error::CliError,
        global::Global,
        input::{LongText, warn_of_truncation},
        values::{Heads, Layers},
    },
    export::Document,
    labels,
    messages::message,
};

/// What is held beside what is shown, and their difference; what is held is uncut, and the same but for what is said.
pub(super) fn compare(
    arguments: &AttentionCommand,
    global: &Global,
    asked: &Asked,
    mut document: Document,
) -> Result<Document, CliError> {
    let Asked { read, .. } = asked;
    let against = &arguments.against;
    let from = arguments.from.unwrap_or(0);
    if from >= read.trace.tokens.len() {
        return Err(no_token(from, read.trace.tokens.len()));
    }
    let shown = shown(arguments, &read.trace)?;
    let other = against.against_model.as_deref().map(|model| global.open_another(model)).transpose()?;
    let (bert, source) = other.as_ref().map_or((&asked.bert, &asked.source), |(bert, source)| (bert, source));
    let input = Input {
        text: against.against_text.clone().unwrap_or_else(|| read.trace.input.text.clone()),
        pair: against.against_pair.clone().or_else(|| read.trace.input.pair.clone()),
    };
    let is_same = input == read.trace.input && source.origin() == asked.source.origin();
    let fresh = if is_same { None } else { Some(MeasuredTrace::from(bert.trace(&input)?)) };
    let trace = fresh.as_ref().unwrap_or_else(|| read.whole());
    let held = held(arguments, shown, trace)?;
    if is_same && !read.is_cut() && (held.layer, held.options) == (shown.layer, shown.options) {
        return Err(nothing_to_compare());
    }
    warn_of_truncation(LongText::Baseline, fresh.as_ref().and_then(|trace| trace.truncation));

    let comparison = Comparison::new(held, shown);
    let row = comparison.pair_of(comparison.shown.units.unit_of(from));
    let title = |table: &_| labels::analysis::comparison_title(table, shown.options);
    document.tables.extend(Table::comparison(&comparison, row, title));
    let document = document
        .with("held", labels::analysis::side(held, &bert.info().name, read.is_cut()))
        .with("shown", labels::analysis::side(shown, &asked.bert.info().name, false));
    let merged = if shown.options.heads.is_merged() { shown } else { held };
    Ok(through(document, merged.options, merged.trace.heads))
}

fn shown<'t>(arguments: &AttentionCommand, trace: &'t MeasuredTrace) -> Result<Side<'t>, CliError> {
    let layer = match arguments.layer {
        Some(Layers::One(layer)) if layer >= trace.layers => return Err(no_layer(layer, trace.layers)),
        Some(Layers::One(layer)) => layer,
        Some(Layers::All) | None => trace.layers.saturating_sub(1),
    };
    let heads = match arguments.head {
        Some(Heads::Merged(HeadChoice::One(head))) if head >= trace.heads => {
            return Err(no_head(head, trace.heads));
        }
        Some(Heads::Merged(heads)) => heads,
        Some(Heads::Each) | None => HeadChoice::Mean,
    };
    let options = AttentionOptions {
        measure: arguments.measure,
        heads,
        among: among(arguments, trace.heads)?,
        granularity: arguments.units,
        specials: arguments.specials,
        ..AttentionOptions::default()
    };
    Ok(Side { trace, layer, options })
}

/// The held side: where neither side's layer is said, the last of its own.
fn held<'t>(arguments: &AttentionCommand, shown: Side, trace: &'t MeasuredTrace) -> Result<Side<'t>, CliError> {
    let against = &arguments.against;
    let last = trace.layers.saturating_sub(1);
    let layer = against.against_layer.unwrap_or(if arguments.layer.is_some() { shown.layer } else { last });
    if layer >= trace.layers {
        return Err(CliError::Failed(message!(
            "cli-baseline-no-layer",
            layer = layer.saturating_add(1).to_string(),
            last = trace.layers
        )));
    }
    let options = AttentionOptions { heads: against.against_head.unwrap_or(shown.options.heads), ..shown.options };
    if let HeadChoice::One(head) = options.heads
        && head >= trace.heads
    {
        return Err(no_head_in_baseline(head, trace.heads, "--against-head"));
    }
    if let Some(&head) = arguments.among.iter().find(|head| options.heads.is_merged() && **head >= trace.heads) {
        return Err(no_head_in_baseline(head, trace.heads, "--among"));
    }
    Ok(Side { trace, layer, options })
}

fn no_head_in_baseline(head: usize, count: usize, option: &str) -> CliError {
    let head = head.saturating_add(1).to_string();
    CliError::Failed(message!("cli-baseline-no-head", head = head, last = count, option = option))
}

//! Two readings held against each other.

use super::{
    arguments::AttentionCommand,
    asked::{Asked, among, none, through},
    check::nothing_to_compare,
};
use crate::{
    analysis::{AttentionOptions, Comparison, HeadChoice, MeasuredTrace, Side, Table},
    bert::Input,
    cli::{
        error::CliError,
        global::Global,
        input::warn_of_truncation,
        values::{Heads, Layers},
    },
    export::Document,
    labels,
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
        return Err(none("token", from, read.trace.tokens.len(), 0));
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
    warn_of_truncation("what is held", fresh.as_ref().and_then(|trace| trace.truncation));

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
        Some(Layers::One(layer)) if layer >= trace.layers => return Err(none("layer", layer + 1, trace.layers, 1)),
        Some(Layers::One(layer)) => layer,
        Some(Layers::All) | None => trace.layers.saturating_sub(1),
    };
    let heads = match arguments.head {
        Some(Heads::Merged(HeadChoice::One(head))) if head >= trace.heads => {
            return Err(none("head", head + 1, trace.heads, 1));
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
        return Err(not_held("layer", layer, trace.layers, "--against-layer"));
    }
    let options = AttentionOptions { heads: against.against_head.unwrap_or(shown.options.heads), ..shown.options };
    if let HeadChoice::One(head) = options.heads
        && head >= trace.heads
    {
        return Err(not_held("head", head, trace.heads, "--against-head"));
    }
    if let Some(&head) = arguments.among.iter().find(|head| options.heads.is_merged() && **head >= trace.heads) {
        return Err(not_held("head", head, trace.heads, "--among"));
    }
    Ok(Side { trace, layer, options })
}

fn not_held(what: &str, number: usize, count: usize, option: &str) -> CliError {
    CliError::Failed(format!(
        "there is no {what} {} in what is held; its model has 1 to {count}: choose one of these with {option}",
        number + 1
    ))
}

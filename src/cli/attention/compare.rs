//! Two readings compared with each other.

use super::{
    arguments::AttentionCommand,
    check::nothing_to_compare,
    options::{among, layer_and_heads, through},
    traced_input::TracedInput,
};
use crate::{
    analysis::{AttentionOptions, Comparison, HeadChoice, MeasuredTrace, Side, Table, Units},
    bert::Input,
    cli::{
        error::CliError,
        finite::warn_of_not_finite_in,
        global::GlobalArguments,
        groundwork::work_out,
        input::{LongText, warn_of_length},
        unknown::warn_of_unknown_in,
    },
    export::Document,
    labels,
    messages::message,
};

/// The baseline beside what is shown, and their difference; nothing is ablated in the baseline, and else it differs only in
/// what the arguments say.
pub(super) fn compare(
    arguments: &AttentionCommand,
    global: &GlobalArguments,
    traced: &TracedInput,
    mut document: Document,
) -> Result<Document, CliError> {
    let TracedInput { read, .. } = traced;
    let differs = &arguments.baseline;
    let units = Units::new(&read.trace, arguments.units);
    let from = arguments.from.as_ref().map_or(Ok(0), |from| from.token(&read.trace, &units))?;
    let shown = shown(arguments, &read.trace)?;
    let other = differs.against_model.as_deref().map(|model| global.open_another(model)).transpose()?;
    let (bert, source) = other.as_ref().map_or((&traced.bert, &traced.source), |(bert, source)| (bert, source));
    let input = Input {
        text: differs.against_text.clone().unwrap_or_else(|| read.trace.input.text.clone()),
        pair: differs.against_pair.clone().or_else(|| read.trace.input.pair.clone()),
    };
    let is_same = input == read.trace.input && source.origin() == traced.source.origin();
    let fresh = if is_same { None } else { Some(MeasuredTrace::from(bert.trace(&input)?)) };
    let trace = fresh.as_ref().unwrap_or_else(|| read.whole());
    work_out(bert, trace, arguments.measure)?;
    let baseline = baseline(arguments, shown, trace)?;
    if is_same && !read.is_ablated() && (baseline.layer, baseline.options) == (shown.layer, shown.options) {
        return Err(nothing_to_compare());
    }
    if let Some(trace) = &fresh {
        warn_of_length(bert, LongText::Baseline, &trace.input, trace.truncation)?;
        warn_of_unknown_in(bert, &trace.input)?;
        warn_of_not_finite_in(bert, trace);
    }

    let comparison = Comparison::new(baseline, shown);
    let row = comparison.pair_of(comparison.shown.units.unit_of(from));
    let title = |table: &_| labels::analysis::comparison_title(table, shown.options);
    document.tables.extend(Table::comparison(&comparison, row, title));
    let document = document
        .with("held", labels::analysis::side(baseline, &bert.info().name, read.is_ablated()))
        .with("shown", labels::analysis::side(shown, &traced.bert.info().name, false));
    let merged = if shown.options.heads.is_merged() { shown } else { baseline };
    Ok(through(document, merged.options, merged.trace.heads))
}

fn shown<'t>(arguments: &AttentionCommand, trace: &'t MeasuredTrace) -> Result<Side<'t>, CliError> {
    let (layer, heads) = layer_and_heads(arguments, trace)?;
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

/// The baseline; where neither side's layer is said, at its own last layer.
fn baseline<'t>(arguments: &AttentionCommand, shown: Side, trace: &'t MeasuredTrace) -> Result<Side<'t>, CliError> {
    let differs = &arguments.baseline;
    let last = trace.layers.saturating_sub(1);
    let layer = differs.against_layer.unwrap_or(if arguments.layer.is_some() { shown.layer } else { last });
    if layer >= trace.layers {
        return Err(CliError::Failed(message!(
            "cli-baseline-no-layer",
            layer = layer.saturating_add(1).to_string(),
            last = trace.layers
        )));
    }
    let options = AttentionOptions { heads: differs.against_head.unwrap_or(shown.options.heads), ..shown.options };
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

//! `--view all`: a page in which every layer, head and token is explored.

use super::{
    arguments::AttentionCommand, options::layer_and_heads, token_choice::TokenChoice, traced_input::TracedInput,
};
use crate::{
    analysis::{AttentionOptions, Direction, Groundwork, HeadChoice, Measure, Units},
    cli::{choices::MeasureChoice, error::CliError, global::GlobalArguments, groundwork::work_out},
    config::{EVERYWHERE, Keymap},
    explorer::key_contexts,
    export::{AttentionPage, Document, PageKey, PageMeasure, PageStart},
    labels,
};

/// The views of a page, whose keys it has with those that hold everywhere.
const CONTEXTS: [&str; 4] = ["layers", "heads", "matrix", EVERYWHERE];

/// The page, with its measures worked out; it begins with what the arguments choose.
pub(super) fn page<'t>(
    arguments: &AttentionCommand,
    global: &GlobalArguments,
    input: &'t TracedInput,
) -> Result<AttentionPage<'t>, CliError> {
    let TracedInput { bert, source, read } = input;
    let (start, measures) = (start(arguments, input)?, measures(arguments));
    for &measure in &measures {
        work_out(bert, &read.trace, measure)?;
    }
    Ok(AttentionPage {
        about: Document::new(bert.info(), &source.origin(), &read.trace, &read.ablations),
        trace: &read.trace,
        measures: measures.into_iter().map(|measure| said(measure, read.trace.heads)).collect(),
        start,
        keys: keys(&global.config()?.keymap),
    })
}

/// The user's keys.
fn keys(keymap: &Keymap) -> Vec<PageKey> {
    let mut keys = Vec::new();
    for context in key_contexts().into_iter().filter(|context| CONTEXTS.contains(&context.id)) {
        keys.extend(context.commands.iter().map(|row| PageKey {
            context: context.id,
            command: row.id,
            keys: keymap.keys(context.id, row.id).iter().map(ToString::to_string).collect(),
            description: row.description,
        }));
    }
    keys
}

/// Those that are chosen, the one that is shown first, and attention weights, of which others are made.
fn measures(arguments: &AttentionCommand) -> Vec<Measure> {
    let cheap = || Measure::ALL.iter().copied().filter(|measure| measure.groundwork() <= Groundwork::Layers);
    let chosen = match arguments.measures.as_slice() {
        [] => cheap().collect(),
        chosen => MeasureChoice::measures(chosen),
    };
    let is_on_page =
        |measure: &&Measure| chosen.contains(measure) || [arguments.measure, Measure::default()].contains(measure);
    Measure::ALL.iter().filter(is_on_page).copied().collect()
}

/// What is said of a measure of a model with so many heads.
fn said(measure: Measure, count: usize) -> PageMeasure {
    let options = AttentionOptions { measure, ..AttentionOptions::default() };
    let who = |direction| labels::analysis::who("{token}", AttentionOptions { direction, ..options });
    let each = (0..count).map(HeadChoice::One);
    let heads = [HeadChoice::Mean, HeadChoice::Max].into_iter().chain(each);
    let heads = heads.map(|heads| labels::analysis::heads(AttentionOptions { heads, ..options }, count));
    PageMeasure {
        measure,
        from: who(Direction::From),
        to: who(Direction::To),
        heads: heads.take(if measure.has_heads() { count + 2 } else { 1 }).collect(),
    }
}

/// The last layer and the mean of heads, from [CLS], where the arguments say nothing else.
fn start(arguments: &AttentionCommand, input: &TracedInput) -> Result<PageStart, CliError> {
    let trace = &input.read.trace;
    let units = Units::new(trace, arguments.units);
    let token = |choice: &Option<TokenChoice>| choice.as_ref().map(|choice| choice.token(trace, &units)).transpose();
    let (from, to) = (token(&arguments.from)?, token(&arguments.to)?);
    let (layer, heads) = layer_and_heads(arguments, trace)?;
    let direction = if from.is_none() && to.is_some() { Direction::To } else { Direction::From };
    let options = AttentionOptions {
        measure: arguments.measure,
        heads,
        granularity: arguments.units,
        specials: arguments.specials,
        direction,
        ..AttentionOptions::default()
    };
    let source = from.or(to).unwrap_or_default();
    Ok(PageStart { layer, source, token: to.unwrap_or(source), options })
}

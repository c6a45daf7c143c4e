use super::{
    arguments::TraceCommand,
    choices::MeasureChoice,
    error::CliError,
    finite::warn_of_not_finite_in,
    global::GlobalArguments,
    groundwork::work_out,
    input::{LongText, warn_of_length},
    output::Destination,
    unknown::warn_of_unknown_in,
};
use crate::{
    analysis::MeasuredTrace,
    bert::{Bert, HeadLogits, Input, LIKELIEST_WORDS, States},
    export::{Format, Holds, TraceDocument},
    messages::message,
};

pub(super) fn run(arguments: &TraceCommand, global: &GlobalArguments) -> Result<(), CliError> {
    let TraceCommand { text, pair, measures, vocabulary, format, output, ablations } = arguments;
    let destination = Destination::new(*format, output.as_deref(), Holds::Trace, Format::Json)?;
    let (bert, source) = global.open()?;
    let input = Input { text: text.clone(), pair: pair.clone() };
    let ablations = ablations.of(&bert, &input)?;
    let trace = bert.trace_ablated(&input, &ablations)?;
    warn_of_length(&bert, LongText::Input, &trace.input, trace.truncation)?;
    warn_of_unknown_in(&bert, &trace.input)?;
    warn_of_not_finite_in(&bert, &trace);
    let trace = MeasuredTrace::from(trace);
    let measures = MeasureChoice::measures(measures);
    for &measure in &measures {
        work_out(&bert, &trace, measure)?;
    }
    // An archive has arrays only.
    let predictions = if destination.format() == Format::Npz { None } else { bert.predict(&trace, LIKELIEST_WORDS)? };
    let states = States::from(&*trace);
    let heads = bert.head_logits(&states)?;
    let vocabulary = if *vocabulary { Some(vocabulary_logits(&bert, &states)?) } else { None };
    destination.write(&TraceDocument {
        heads: &heads,
        vocabulary: vocabulary.as_ref(),
        trace: &trace,
        info: bert.info(),
        origin: &source.origin(),
        predictions: predictions.as_deref(),
        ablations: &ablations,
        measures: measures.into_iter().flat_map(|measure| measure.arrays(&trace)).collect(),
    })
}

fn vocabulary_logits(bert: &Bert, states: &States) -> Result<HeadLogits, CliError> {
    bert.vocabulary_logits(states)?.ok_or_else(|| CliError::Failed(message!("cli-no-masked-language")))
}

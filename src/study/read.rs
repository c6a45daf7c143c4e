//! Reading one sentence or a pair, with and without ablations.

use std::{ops::ControlFlow, sync::Arc};

use super::{
    JoinedTexts, NamedAblations, ReadText, Reader, Reading, ReadingChoice, Readings, measure_work::is_fast,
    outputs::read_heads, probe::model_sample,
};
use crate::{
    analysis::Measure,
    bert::{Ablations, BertError, Encoding, Input, Sentence, States, Trace},
};

/// What to read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadRequest {
    /// Sentence A and perhaps B.
    pub input: Input,
    /// What to ablate.
    pub ablations: NamedAblations,
    /// What is to be known of the chosen reading, where that takes no longer than the reading may.
    pub measure: Measure,
    /// See [`ReadRequest::measure`].
    pub reading_choice: ReadingChoice,
    /// Whether the model is to be known again by [`Readings::sample`].
    pub sampled: bool,
}

/// Reads A alone and, for a pair, the two joined and B alone; with ablations, also without them. `whole` is what was
/// read last without ablations, whatever that was; it is kept up to date, so that the same text is not read again.
///
/// # Errors
/// When the text cannot be tokenized, nothing is left to look at, or the backend fails.
pub fn read(
    reader: &dyn Reader,
    request: &ReadRequest,
    whole: &mut Option<Arc<Readings>>,
) -> Result<Arc<Readings>, BertError> {
    let ReadRequest { input, ablations, .. } = request;
    let known = whole.as_ref().filter(|whole| !ablations.is_empty() && is_of(whole, input));
    let sample = match whole.as_ref().and_then(|whole| whole.sample.clone()) {
        None if request.sampled => Some(Arc::new(model_sample(reader)?)),
        known => known,
    };
    let readings = match known {
        Some(known) if known.sample == sample => Arc::clone(known),
        Some(known) => Arc::new(Readings { sample, ..Readings::clone(known) }),
        None => Arc::new(Readings { sample, ..read_whole(reader, input)? }),
    };
    *whole = Some(Arc::clone(&readings));
    let sample = readings.sample.clone();
    let readings = match ablations.is_empty() {
        true => readings,
        false => Arc::new(Readings { sample, ..read_ablated(reader, ablations, &readings)?.beside(readings) }),
    };
    measure(reader, request, &readings);
    Ok(readings)
}

/// Works out the measure that is wanted with the reading. What fails is told when it is asked for by itself.
fn measure(reader: &dyn Reader, request: &ReadRequest, readings: &Readings) {
    let trace = &readings.get(request.reading_choice).trace;
    let groundwork = request.measure.groundwork();
    if is_fast(trace, request.measure)
        && reader.work_out(trace, groundwork, &mut |_, _| ControlFlow::Continue(())).is_ok()
        && trace.has(groundwork)
    {
        trace.prepare(request.measure);
    }
}

/// Whether readings are of this input.
fn is_of(readings: &Readings, input: &Input) -> bool {
    let b = readings.pair.as_ref().map(|pair| &pair.b.trace.input.text);
    readings.a.trace.input.text == input.text && b == input.pair.as_ref()
}

fn read_whole(reader: &dyn Reader, input: &Input) -> Result<Readings, BertError> {
    let trace = |input: &Input| reader.trace(&reader.encode(input)?, &Ablations::default());
    let alone = |text: &str| declared(reader, trace(&Input::single(text))?);
    let a = alone(&input.text)?;
    let joined = || Ok::<_, BertError>(JoinedTexts { trace: trace(input)?, extent: reader.declared_extent(input)? });
    let pair = input.pair.as_ref().map(|b| Ok::<_, BertError>((joined()?, alone(b)?)));
    predict(reader, Readings::new(a, pair.transpose()?))
}

/// The same inputs with ablations; their tokens are known from `whole`.
fn read_ablated(reader: &dyn Reader, ablations: &NamedAblations, whole: &Readings) -> Result<Readings, BertError> {
    let trace = |reading: &Reading, alone| {
        let Trace { input, tokens, truncation, .. } = &*reading.trace;
        let encoding = Encoding { input: input.clone(), tokens: tokens.clone(), truncation: *truncation };
        reader.trace(&encoding, &ablations.at_positions(tokens, alone))
    };
    let readings = match &whole.pair {
        None => Readings::new(declared(reader, trace(&whole.a, None)?)?, None),
        Some(pair) => {
            let a = declared(reader, trace(&whole.a, Some(Sentence::A))?)?;
            let b = declared(reader, trace(&pair.b, Some(Sentence::B))?)?;
            let extent = pair.joined.declared_extent.clone();
            Readings::new(a, Some((JoinedTexts { trace: trace(&pair.joined, None)?, extent }, b)))
        }
    };
    predict(reader, readings)
}

/// With the same text as the model was trained to be read.
fn declared(reader: &dyn Reader, trace: Trace) -> Result<ReadText, BertError> {
    Ok(ReadText { declared: reader.declared(&trace)?, trace })
}

/// Fills in what the heads say; the masked-language head where there is a `[MASK]`.
fn predict(reader: &dyn Reader, mut readings: Readings) -> Result<Readings, BertError> {
    for reading in readings.each_mut() {
        reading.predictions = reader.predictions(&reading.trace)?;
        reading.outputs = read_heads(reader, &reading.trace.input, &States::from(&*reading.trace), None)?;
    }
    Ok(readings)
}

//! Numbers about a text that are asked for by name: what lessons measure. `docs/lessons.md` explains each.

mod error;
mod labelled;
mod named;

use std::ops::ControlFlow;

pub use error::QuantityError;
pub use labelled::LabelledSet;
pub use named::{LayerName, NamedQuantity, QuantityRequest, QuantityUnit};

use super::{
    Background, Baseline, Baselines, Measuring, ReadRequest, Reader, Reading, Readings, read, sweep::traces_at_once,
};
use crate::{
    analysis::{
        AttentionOptions, Claims, Granularity, Groundwork, HeadChoice, Measure, MeasureClaims, Pooling, Probe,
        SentenceVector, Unrelated, attention_row, cosine, norm,
    },
    bert::{Ablations, BertError, DeclaredReading, Input, States, Trace, UnknownTokens},
};

/// Quantities of one text or pair.
#[derive(Clone, Debug, PartialEq)]
pub struct QuantityWork {
    /// The text or the pair.
    pub input: Input,
    /// What is measured of it.
    pub requests: Vec<QuantityRequest>,
    /// The number of the job that opened the model that is asked.
    pub model: u64,
}

/// Measures quantities of texts that one model reads; keeps what the unrelated sentences are like, and classifiers.
#[derive(Debug, Default)]
pub struct Quantities {
    baselines: Baselines,
    /// The unrelated sentences that are being read: who is interrupted goes on there.
    measuring: Option<(Background, Measuring)>,
    /// Classifiers by what they were trained on.
    probes: Vec<(LabelledSet, Probe)>,
}

impl Quantities {
    /// With what is known of unrelated sentences, and to be known.
    pub fn new(baselines: Baselines) -> Self {
        Self { baselines, ..Self::default() }
    }

    /// Reads a text and measures each quantity of it, as long as it is `wanted`; none where it is wanted no longer.
    ///
    /// # Errors
    /// When the text cannot be read. What one quantity lacks stands in its place.
    pub fn measure_all(
        &mut self,
        reader: &dyn Reader,
        work: &QuantityWork,
        wanted: &dyn Fn() -> bool,
    ) -> Result<Option<Vec<Result<f64, QuantityError>>>, BertError> {
        let request = ReadRequest { input: work.input.clone(), ..ReadRequest::default() };
        let readings = read(reader, &request, &mut None)?;
        let mut numbers = Vec::new();
        for request in &work.requests {
            let number = self.measure(reader, &readings, request, wanted);
            if !wanted() {
                return Ok(None);
            }
            numbers.push(number);
        }
        Ok(Some(numbers))
    }

    /// Measures one quantity of what was read, as long as it is `wanted`.
    ///
    /// # Errors
    /// When there is no such layer, head, token or vector here, the model fails, or it is wanted no longer.
    pub fn measure(
        &mut self,
        reader: &dyn Reader,
        readings: &Readings,
        request: &QuantityRequest,
        wanted: &dyn Fn() -> bool,
    ) -> Result<f64, QuantityError> {
        use NamedQuantity::*;
        if request.quantity.is_of_meaning() && is_unknown(readings) {
            return Err(QuantityError::Unknown);
        }
        let reading = &*readings.a;
        let vector = |which| vector(reading, readings.a_pooling.vector(Pooling::Declared), which);
        let claims = |of: &dyn Fn(&MeasureClaims, usize) -> Option<f64>| {
            let measure = request.measure()?;
            work_out(reader, reading, measure, wanted)?;
            let claims = Claims::new(&reading.trace, reading.units(Granularity::Words), &[measure]);
            let claims = claims.ok_or(QuantityError::TooLittle)?;
            of(&claims.measures[0], claims.words).filter(|it| it.is_finite()).ok_or(QuantityError::TooLittle)
        };
        let part = |count: Option<usize>, of: usize| Some(count? as f64 / of as f64);
        let average = |of: &dyn Fn(&Claims) -> f64| {
            let claims = Claims::new(&reading.trace, reading.units(Granularity::Words), &[]);
            claims.as_ref().map(of).ok_or(QuantityError::TooLittle)
        };
        Ok(match request.quantity {
            Share => share(reader, reading, request, wanted)?,
            OwnShare => claims(&|it, _| Some(it.own.into()))?,
            WordsLargest => claims(&|it, words| part(Some(it.largest), words))?,
            ClsOwnShare => claims(&|it, _| Some(it.cls_own.into()))?,
            WordsMoreEven => claims(&|it, words| part(it.more_even, words))?,
            WordsMoreEvenApart => claims(&|it, words| part(it.more_even_over_others, words))?,
            AverageOfInputs => average(&|claims| claims.by_inputs)?,
            AverageOfOutputs => average(&|claims| claims.by_outputs)?,
            MixingRatio => mixing_ratio(reader, reading, request, wanted)?,
            HeadLargest => {
                let statistics = reading.heads(Measure::default());
                let statistic = request.statistic()?;
                let (layers, heads) = (reading.trace.layers, statistics.planes());
                let all = (0..layers).flat_map(|layer| (0..heads).map(move |head| (layer, head)));
                all.map(|(layer, head)| f64::from(statistics.value(layer, head, statistic))).fold(0.0, f64::max)
            }
            Cosine => cosine(&vector(request.vector()?)?, &vector(request.other()?)?).into(),
            PairCosine => pair_cosine(readings, request.vector()?)?.into(),
            Percentile => {
                let cosine = pair_cosine(readings, request.vector()?)?;
                let percentile = |unrelated: &Unrelated| unrelated.percentile(cosine);
                self.unrelated(reader, readings, request.vector()?, wanted, percentile)? / 100.0
            }
            UnrelatedCosine => self.typical(reader, readings, request.vector()?, wanted)?,
            UnrelatedCosineGap => {
                self.typical(reader, readings, request.vector()?, wanted)?
                    - self.typical(reader, readings, request.other()?, wanted)?
            }
            Difference => {
                let (one, other) = (vector(request.vector()?)?, vector(request.other()?)?);
                let apart: Vec<f32> = one.iter().zip(&other).map(|(a, b)| a - b).collect();
                norm(&apart) / norm(&other)
            }
            SizeInTokens => vector(request.vector()?)?.len() as f64 / reading.trace.hidden_size as f64,
            LargestValue => vector(request.vector()?)?.iter().map(|it| f64::from(it.abs())).fold(0.0, f64::max),
            AblatedCosine => {
                let before = vector(request.vector()?)?;
                ablated(reader, reading, (request, &before), &[heads_named(reading, request)?], wanted)?[0]
            }
            SweepLargest => {
                let (layers, heads) = (reading.trace.layers, reading.trace.heads);
                let each: Vec<Vec<(usize, usize)>> =
                    (0..layers).flat_map(|layer| (0..heads).map(move |head| vec![(layer, head)])).collect();
                let before = vector(request.vector()?)?;
                1.0 - ablated(reader, reading, (request, &before), &each, wanted)?.into_iter().fold(1.0, f64::min)
            }
            Accuracy => self.accuracy(reader, request.labels()?, request.vector()?, wanted)?,
            AccuracyGap => {
                self.accuracy(reader, request.labels()?, request.vector()?, wanted)?
                    - self.accuracy(reader, request.labels()?, request.other()?, wanted)?
            }
            Probability => self.probability(reader, readings, request, wanted)?,
            ProbabilityWithout => self.probability_without(reader, reading, request, wanted)?,
            NextSentence => labelled::next_sentence(reader, readings)?,
            UnknownShare => {
                let UnknownTokens { count, of } = UnknownTokens::among(&reading.trace.tokens);
                part(Some(count), of).filter(|it| it.is_finite()).ok_or(QuantityError::TooLittle)?
            }
            Tokens => reading.trace.tokens.len() as f64,
        })
    }

    /// The median cosine of unrelated sentences under a vector.
    fn typical(
        &mut self,
        reader: &dyn Reader,
        readings: &Readings,
        vector: SentenceVector,
        wanted: &dyn Fn() -> bool,
    ) -> Result<f64, QuantityError> {
        self.unrelated(reader, readings, vector, wanted, |unrelated| unrelated.median().map(f64::from))
    }

    /// What the cosines of the unrelated sentences say that are in the language of what was read.
    fn unrelated(
        &mut self,
        reader: &dyn Reader,
        readings: &Readings,
        vector: SentenceVector,
        wanted: &dyn Fn() -> bool,
        says: impl Fn(&Unrelated) -> Option<f64>,
    ) -> Result<f64, QuantityError> {
        let language = match &readings.pair {
            Some(pair) => pair.background,
            None => readings.a.background(),
        };
        let background = language.map_err(QuantityError::NoBackground)?.background();
        let baseline = match self.baselines.of(&background) {
            Some(known) => known,
            None => {
                let begun = self.measuring.take().filter(|(of, _)| *of == background);
                let (_, measuring) = self.measuring.insert(begun.unwrap_or((background.clone(), Measuring::default())));
                while measuring.go_on(reader, &background)? {
                    is_wanted(wanted)?;
                }
                let vectors = std::mem::take(measuring).into_vectors();
                self.measuring = None;
                self.baselines.keep(background, Baseline::new(&vectors))
            }
        };
        says(baseline.calibrations.get(vector)?.raw()).ok_or(QuantityError::TooLittle)
    }
}

/// Whether the model knows too little of what was read for its numbers to say anything of the text.
fn is_unknown(readings: &Readings) -> bool {
    let b = readings.pair.as_ref().map(|pair| &pair.b.trace);
    [Some(&readings.a.trace), b].into_iter().flatten().any(|trace| UnknownTokens::among(&trace.tokens).are_many())
}

fn is_wanted(wanted: &dyn Fn() -> bool) -> Result<(), QuantityError> {
    if wanted() { Ok(()) } else { Err(QuantityError::Unwanted) }
}

/// Has a measure of a reading worked out.
fn work_out(
    reader: &dyn Reader,
    reading: &Reading,
    measure: Measure,
    wanted: &dyn Fn() -> bool,
) -> Result<(), QuantityError> {
    lay(reader, reading, measure.groundwork(), wanted)?;
    reading.trace.prepare(measure);
    Ok(())
}

/// Has what measures rest on worked out of a reading.
fn lay(
    reader: &dyn Reader,
    reading: &Reading,
    groundwork: Groundwork,
    wanted: &dyn Fn() -> bool,
) -> Result<(), QuantityError> {
    let goes_on = &mut |_, _| if wanted() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
    reader.work_out(&reading.trace, groundwork, goes_on)?;
    is_wanted(wanted)
}

fn no_head(reading: &Reading) -> QuantityError {
    QuantityError::NoSuchHead { layers: reading.trace.layers, heads: reading.trace.heads }
}

/// The layer of a request, from 0.
fn layer(reading: &Reading, request: &QuantityRequest) -> Result<usize, QuantityError> {
    let found = match request.layer()? {
        LayerName::Number(number) => number.checked_sub(1),
        LayerName::Last => reading.trace.layers.checked_sub(1),
    };
    found.filter(|layer| *layer < reading.trace.layers).ok_or_else(|| no_head(reading))
}

/// The first word or special token that is written so.
fn unit(reading: &Reading, name: &str) -> Result<usize, QuantityError> {
    let found = reading.units(Granularity::Words).written(&reading.trace, name).next();
    found.ok_or_else(|| QuantityError::NoToken { token: name.to_owned() })
}

fn share(
    reader: &dyn Reader,
    reading: &Reading,
    request: &QuantityRequest,
    wanted: &dyn Fn() -> bool,
) -> Result<f64, QuantityError> {
    let measure = request.measure()?;
    let layer = layer(reading, request)?;
    let head = request.head.map(|head| head.checked_sub(1).filter(|head| *head < reading.trace.heads));
    let heads = match head {
        Some(None) => return Err(no_head(reading)),
        Some(Some(head)) => HeadChoice::One(head),
        None => HeadChoice::Mean,
    };
    work_out(reader, reading, measure, wanted)?;
    let (from, to) = (unit(reading, request.from()?)?, unit(reading, request.to()?)?);
    let options = AttentionOptions { measure, heads, granularity: Granularity::Words, ..AttentionOptions::default() };
    let row = attention_row(&reading.trace, reading.units(Granularity::Words), layer, from, options);
    Ok(row.weights[to].into())
}

fn mixing_ratio(
    reader: &dyn Reader,
    reading: &Reading,
    request: &QuantityRequest,
    wanted: &dyn Fn() -> bool,
) -> Result<f64, QuantityError> {
    let (layer, unit) = (layer(reading, request)?, unit(reading, request.from()?)?);
    lay(reader, reading, Groundwork::Layers, wanted)?;
    let tokens = reading.units(Granularity::Words).tokens(unit);
    reading.trace.mixing_ratio(layer, tokens).map(f64::from).ok_or(QuantityError::TooLittle)
}

/// A vector of a sentence.
fn vector(reading: &Reading, declared: Option<&[f32]>, which: SentenceVector) -> Result<Vec<f32>, QuantityError> {
    which.of(States { declared, ..States::from(&*reading.trace) }).ok_or(QuantityError::NoVector { vector: which })
}

/// The cosine of the two sentences, each alone.
fn pair_cosine(readings: &Readings, which: SentenceVector) -> Result<f32, QuantityError> {
    let pair = readings.pair.as_ref().ok_or(QuantityError::TooLittle)?;
    let [a, b] = [&readings.a_pooling, &pair.b_pooling].map(|poolings| poolings.vector(Pooling::Declared));
    Ok(cosine(&vector(&readings.a, a, which)?, &vector(&pair.b, b, which)?))
}

/// The heads that a request names, from 0.
fn heads_named(reading: &Reading, request: &QuantityRequest) -> Result<Vec<(usize, usize)>, QuantityError> {
    let (layer, heads) = (layer(reading, request)?, reading.trace.heads);
    match request.head {
        None => Ok((0..heads).map(|head| (layer, head)).collect()),
        Some(head) if (1..=heads).contains(&head) => Ok(vec![(layer, head - 1)]),
        Some(_) => Err(no_head(reading)),
    }
}

/// What the model declares of a trace with ablations, where a vector needs it.
fn declared_of(
    reader: &dyn Reader,
    trace: &Trace,
    which: SentenceVector,
) -> Result<Option<DeclaredReading>, QuantityError> {
    if which.pooling != Pooling::Declared {
        return Ok(None);
    }
    match reader.declared(trace)? {
        None if reader.info().declared.is_ok() => Err(QuantityError::NoAblatedVector { vector: which }),
        declared => Ok(declared),
    }
}

/// The cosine of a vector, which is `before`, to itself with some heads ablated, for each of these sets.
fn ablated(
    reader: &dyn Reader,
    reading: &Reading,
    (request, before): (&QuantityRequest, &[f32]),
    each: &[Vec<(usize, usize)>],
    wanted: &dyn Fn() -> bool,
) -> Result<Vec<f64>, QuantityError> {
    let which = request.vector()?;
    let encoding = reader.encode(&reading.trace.input)?;
    let of = |heads: &Vec<(usize, usize)>| Ablations { heads: heads.iter().copied().collect(), ..Ablations::default() };
    let ablations: Vec<Ablations> = each.iter().map(of).collect();
    let mut cosines = Vec::new();
    for some in ablations.chunks(traces_at_once(&reading.trace)) {
        is_wanted(wanted)?;
        for trace in reader.traces(&encoding, some)? {
            let declared = declared_of(reader, &trace, which)?;
            let declared = declared.as_ref().map(|declared| declared.vector.as_slice());
            let after = which.of(States { declared, ..States::from(&trace) });
            cosines.push(cosine(before, &after.ok_or(QuantityError::NoVector { vector: which })?).into());
        }
    }
    Ok(cosines)
}

//! Numbers about a text that are asked for by name: what lessons measure. `docs/lessons.md` explains each.

use std::ops::ControlFlow;

use super::{Baseline, Measuring, NoBackground, Reader, Reading, Readings};
use crate::{
    analysis::{
        AttentionOptions, Claims, Granularity, HeadChoice, Measure, MeasureClaims, NoCalibration, Pooling,
        SentenceVector, Statistic, Unrelated, attention_row, cosine, norm,
    },
    bert::{Ablations, BertError, States, UnknownTokens},
    messages::{Label, label, message},
};

macro_rules! quantities {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $label:expr, $unit:ident, [$($takes:literal),*];)*) => {
        /// A quantity, by name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum NamedQuantity { $($(#[$doc])* $name,)* }

        impl NamedQuantity {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// As files have it.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// What it is, for people.
            pub fn label(self) -> Label {
                match self { $(Self::$name => $label,)* }
            }

            /// What it is counted in.
            pub fn unit(self) -> QuantityUnit {
                match self { $(Self::$name => QuantityUnit::$unit,)* }
            }

            /// The parameters it takes, all of them; a head may be left out.
            pub fn takes(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($takes),*],)* }
            }
        }
    };
}

quantities! {
    /// How much of the attention of `from` goes to `to` in a layer; under another measure than `weight`, how much `from` takes from `to`.
    Share = "share", label!("quantity-share"), Percent, ["measure", "layer", "head", "from", "to"];
    /// The mean share of a word in its own last vector.
    OwnShare = "own-share", label!("quantity-own-share"), Percent, ["measure"];
    /// How many of the words are the largest part of their own last vector.
    WordsLargest = "words-largest", label!("quantity-words-largest"), Percent, ["measure"];
    /// The share of `[CLS]` in its own last vector.
    ClsOwnShare = "cls-own-share", label!("quantity-cls-own-share"), Percent, ["measure"];
    /// How many of the words share the words more evenly than `[CLS]` does.
    WordsMoreEven = "words-more-even", label!("quantity-words-more-even"), Percent, ["measure"];
    /// How many of the words share the other words more evenly than `[CLS]` shares the words.
    WordsMoreEvenApart = "words-more-even-apart", label!("quantity-words-more-even-apart"), Percent, ["measure"];
    /// How much of the last `[CLS]` vector the best weighted average of the words' input vectors explains.
    AverageOfInputs = "average-of-inputs", label!("quantity-average-of-inputs"), Percent, [];
    /// The same of the words' last vectors.
    AverageOfOutputs = "average-of-outputs", label!("quantity-average-of-outputs"), Percent, [];
    /// How much of what a layer's attention block puts into `from` comes from other tokens.
    MixingRatio = "mixing-ratio", label!("quantity-mixing-ratio"), Percent, ["layer", "from"];
    /// The largest value of a statistic among all heads of all layers.
    HeadLargest = "head-largest", label!("quantity-head-largest"), Percent, ["statistic"];
    /// The cosine of two vectors of the sentence.
    Cosine = "cosine", label!("quantity-cosine"), Number, ["vector", "other"];
    /// The cosine of the two sentences, each alone.
    PairCosine = "pair-cosine", label!("quantity-pair-cosine"), Number, ["vector"];
    /// How many of 100 unrelated pairs are less close than the two sentences.
    Percentile = "percentile", label!("quantity-percentile"), Percentile, ["vector"];
    /// The median cosine of unrelated sentences.
    UnrelatedCosine = "unrelated-cosine", label!("quantity-unrelated-cosine"), Number, ["vector"];
    /// The same under one vector, less that under another.
    UnrelatedCosineGap = "unrelated-cosine-gap", label!("quantity-unrelated-cosine-gap"), Number, ["vector", "other"];
    /// The length of the difference of two vectors of the sentence, over that of the second: 0 where they are the same.
    Difference = "difference", label!("quantity-difference"), Number, ["vector", "other"];
    /// How many times as many numbers a vector has as one token.
    SizeInTokens = "size-in-tokens", label!("quantity-size-in-tokens"), Number, ["vector"];
    /// The largest of a vector's numbers, whatever their signs.
    LargestValue = "largest-value", label!("quantity-largest-value"), Number, ["vector"];
    /// The cosine of a vector to itself without a head, or without all heads of a layer.
    AblatedCosine = "ablated-cosine", label!("quantity-ablated-cosine"), Number, ["vector", "layer", "head"];
    /// The largest loss of a vector, 1 − cosine, that ablating one head makes.
    SweepLargest = "sweep-largest", label!("quantity-sweep-largest"), Number, ["vector"];
    /// How many of the text's tokens are unknown to the model.
    UnknownShare = "unknown-share", label!("quantity-unknown-share"), Percent, [];
    /// How many tokens the sentence comes to.
    Tokens = "tokens", label!("quantity-tokens"), Count, [];
}

/// What a quantity is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantityUnit {
    /// A part of a whole, usually in 0..=1, told in percent.
    Percent,
    /// A part of unrelated pairs, in 0..=1, told in percent as every percentile.
    Percentile,
    /// A number as it is.
    Number,
    /// A whole number.
    Count,
}

/// A layer of the model at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayerName {
    /// By its number, from 1.
    Number(usize),
    /// The last.
    Last,
}

/// A quantity with what it is of. [`NamedQuantity::takes`] says which of them it takes.
#[derive(Clone, Debug, PartialEq)]
pub struct QuantityRequest {
    /// Which.
    pub quantity: NamedQuantity,
    /// Under which measure.
    pub measure: Option<Measure>,
    /// Of which vector.
    pub vector: Option<SentenceVector>,
    /// And of which other one.
    pub other: Option<SentenceVector>,
    /// Of which statistic of heads.
    pub statistic: Option<Statistic>,
    /// In which layer.
    pub layer: Option<LayerName>,
    /// Of which head, from 1; of all together where there is none.
    pub head: Option<usize>,
    /// From which word or token.
    pub from: Option<String>,
    /// To which one.
    pub to: Option<String>,
}

/// Why a quantity cannot be measured here.
#[derive(Debug, thiserror::Error)]
pub enum QuantityError {
    /// The model fails.
    #[error(transparent)]
    Bert(#[from] BertError),
    /// The model is too small.
    #[error("{}", message!("quantity-no-head", layers = *.layers, heads = *.heads))]
    NoSuchHead {
        /// How many layers it has.
        layers: usize,
        /// How many heads in each.
        heads: usize,
    },
    /// The text has no such token.
    #[error("{}", message!("quantity-no-token", token = .token))]
    NoToken {
        /// Which is asked for.
        token: String,
    },
    /// The model makes no such vector.
    #[error("{}", message!("quantity-no-vector", vector = .vector.to_string()))]
    NoVector {
        /// Which is asked for.
        vector: SentenceVector,
    },
    /// There are no two words, or no second sentence.
    #[error("{}", message!("quantity-too-little"))]
    TooLittle,
    /// There are no unrelated sentences to compare with.
    #[error("{}", message!("quantity-no-background"))]
    NoBackground(NoBackground),
    /// They are too few.
    #[error(transparent)]
    NoCalibration(#[from] NoCalibration),
}

/// Measures quantities of texts that one model reads; keeps what the unrelated sentences are like.
#[derive(Debug, Default)]
pub struct Quantities {
    /// Of the backgrounds by name.
    baselines: Vec<(String, Baseline)>,
}

impl Quantities {
    /// Measures one quantity of what was read.
    ///
    /// # Errors
    /// When there is no such layer, head, token or vector here, or the model fails.
    pub fn measure(
        &mut self,
        reader: &dyn Reader,
        readings: &Readings,
        request: &QuantityRequest,
    ) -> Result<f64, QuantityError> {
        use NamedQuantity::*;
        let reading = &*readings.a;
        let vector = |which| vector(reading, readings.a_pooling.vector(Pooling::Declared), which);
        let claims = |of: &dyn Fn(&MeasureClaims, usize) -> Option<f64>| {
            let measure = request.measure.unwrap_or_default();
            work_out(reader, reading, measure)?;
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
            Share => share(reader, reading, request)?,
            OwnShare => claims(&|it, _| Some(it.own.into()))?,
            WordsLargest => claims(&|it, words| part(Some(it.largest), words))?,
            ClsOwnShare => claims(&|it, _| Some(it.cls_own.into()))?,
            WordsMoreEven => claims(&|it, words| part(it.more_even, words))?,
            WordsMoreEvenApart => claims(&|it, words| part(it.more_even_over_others, words))?,
            AverageOfInputs => average(&|claims| claims.by_inputs)?,
            AverageOfOutputs => average(&|claims| claims.by_outputs)?,
            MixingRatio => mixing_ratio(reader, reading, request)?,
            HeadLargest => {
                let statistics = reading.heads(Measure::default());
                let statistic = request.statistic.unwrap_or_default();
                let (layers, heads) = (reading.trace.layers, statistics.planes());
                let all = (0..layers).flat_map(|layer| (0..heads).map(move |head| (layer, head)));
                all.map(|(layer, head)| f64::from(statistics.value(layer, head, statistic))).fold(0.0, f64::max)
            }
            Cosine => cosine(&vector(request.vector)?, &vector(request.other)?).into(),
            PairCosine => pair_cosine(readings, request.vector)?.into(),
            Percentile => {
                let cosine = pair_cosine(readings, request.vector)?;
                let percentile = self.unrelated(reader, readings, request.vector)?.percentile(cosine);
                percentile.ok_or(QuantityError::TooLittle)? / 100.0
            }
            UnrelatedCosine => self.typical(reader, readings, request.vector)?,
            UnrelatedCosineGap => {
                self.typical(reader, readings, request.vector)? - self.typical(reader, readings, request.other)?
            }
            Difference => {
                let (one, other) = (vector(request.vector)?, vector(request.other)?);
                let apart: Vec<f32> = one.iter().zip(&other).map(|(a, b)| a - b).collect();
                norm(&apart) / norm(&other)
            }
            SizeInTokens => vector(request.vector)?.len() as f64 / reading.trace.hidden_size as f64,
            LargestValue => vector(request.vector)?.iter().map(|it| f64::from(it.abs())).fold(0.0, f64::max),
            AblatedCosine => ablated(reader, reading, request, &[heads_named(reading, request)?])?[0],
            SweepLargest => {
                let (layers, heads) = (reading.trace.layers, reading.trace.heads);
                let each: Vec<Vec<(usize, usize)>> =
                    (0..layers).flat_map(|layer| (0..heads).map(move |head| vec![(layer, head)])).collect();
                1.0 - ablated(reader, reading, request, &each)?.into_iter().fold(1.0, f64::min)
            }
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
        vector: Option<SentenceVector>,
    ) -> Result<f64, QuantityError> {
        self.unrelated(reader, readings, vector)?.median().map(f64::from).ok_or(QuantityError::TooLittle)
    }

    /// The cosines of the unrelated sentences that are in the language of what was read.
    fn unrelated(
        &mut self,
        reader: &dyn Reader,
        readings: &Readings,
        vector: Option<SentenceVector>,
    ) -> Result<&Unrelated, QuantityError> {
        let language = match &readings.pair {
            Some(pair) => pair.background,
            None => readings.a.background(),
        };
        let background = language.map_err(QuantityError::NoBackground)?.background();
        if !self.baselines.iter().any(|(name, _)| *name == background.name) {
            let mut measuring = Measuring::default();
            while measuring.go_on(reader, &background)? {}
            self.baselines.push((background.name.clone(), Baseline::new(&measuring.into_vectors())));
        }
        let found = self.baselines.iter().find(|(name, _)| *name == background.name);
        let (_, baseline) = found.ok_or(QuantityError::TooLittle)?;
        Ok(baseline.calibrations.get(vector.unwrap_or(Pooling::Cls.into()))?.raw())
    }
}

/// Has a measure of a reading worked out.
fn work_out(reader: &dyn Reader, reading: &Reading, measure: Measure) -> Result<(), BertError> {
    reader.work_out(&reading.trace, measure.groundwork(), &mut |_, _| ControlFlow::Continue(()))?;
    reading.trace.prepare(measure);
    Ok(())
}

fn no_head(reading: &Reading) -> QuantityError {
    QuantityError::NoSuchHead { layers: reading.trace.layers, heads: reading.trace.heads }
}

/// The layer of a request, from 0.
fn layer(reading: &Reading, request: &QuantityRequest) -> Result<usize, QuantityError> {
    let found = match request.layer {
        Some(LayerName::Number(number)) => number.checked_sub(1),
        Some(LayerName::Last) | None => reading.trace.layers.checked_sub(1),
    };
    found.filter(|layer| *layer < reading.trace.layers).ok_or_else(|| no_head(reading))
}

/// The first word or special token that is written so.
fn unit(reading: &Reading, name: Option<&str>) -> Result<usize, QuantityError> {
    let (units, name) = (reading.units(Granularity::Words), name.unwrap_or("[CLS]"));
    let is_it = |unit: &usize| units.text(&reading.trace, *unit).to_lowercase() == name.to_lowercase();
    (0..units.len()).find(is_it).ok_or_else(|| QuantityError::NoToken { token: name.to_owned() })
}

fn share(reader: &dyn Reader, reading: &Reading, request: &QuantityRequest) -> Result<f64, QuantityError> {
    let measure = request.measure.unwrap_or_default();
    let layer = layer(reading, request)?;
    let head = request.head.map(|head| head.checked_sub(1).filter(|head| *head < reading.trace.heads));
    let heads = match head {
        Some(None) => return Err(no_head(reading)),
        Some(Some(head)) => HeadChoice::One(head),
        None => HeadChoice::Mean,
    };
    work_out(reader, reading, measure)?;
    let [from, to] = [&request.from, &request.to].map(|name| unit(reading, name.as_deref()));
    let options = AttentionOptions { measure, heads, granularity: Granularity::Words, ..AttentionOptions::default() };
    let row = attention_row(&reading.trace, reading.units(Granularity::Words), layer, from?, options);
    Ok(row.weights[to?].into())
}

fn mixing_ratio(reader: &dyn Reader, reading: &Reading, request: &QuantityRequest) -> Result<f64, QuantityError> {
    let block = Measure::ALL.iter().find(|measure| measure.id() == "block").copied().unwrap_or_default();
    let (layer, unit) = (layer(reading, request)?, unit(reading, request.from.as_deref())?);
    work_out(reader, reading, block)?;
    let first = reading.units(Granularity::Words).tokens(unit).start;
    let ratio =
        reading.trace.layer_mixing().and_then(|it| it.mixing_block.get(layer * reading.trace.tokens.len() + first));
    ratio.map(|&ratio| ratio.into()).ok_or(QuantityError::TooLittle)
}

/// A vector of a sentence.
fn vector(
    reading: &Reading,
    declared: Option<&[f32]>,
    which: Option<SentenceVector>,
) -> Result<Vec<f32>, QuantityError> {
    let which = which.unwrap_or(Pooling::Cls.into());
    which.of(States { declared, ..States::from(&*reading.trace) }).ok_or(QuantityError::NoVector { vector: which })
}

/// The cosine of the two sentences, each alone.
fn pair_cosine(readings: &Readings, which: Option<SentenceVector>) -> Result<f32, QuantityError> {
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

/// The cosine of a vector to itself with some heads ablated, for each of these sets.
fn ablated(
    reader: &dyn Reader,
    reading: &Reading,
    request: &QuantityRequest,
    each: &[Vec<(usize, usize)>],
) -> Result<Vec<f64>, QuantityError> {
    let before = vector(reading, None, request.vector)?;
    let encoding = reader.encode(&reading.trace.input)?;
    let of = |heads: &Vec<(usize, usize)>| Ablations { heads: heads.iter().copied().collect(), ..Ablations::default() };
    let ablations: Vec<Ablations> = each.iter().map(of).collect();
    let which = request.vector.unwrap_or(Pooling::Cls.into());
    let mut cosines = Vec::new();
    for some in ablations.chunks(12) {
        for trace in reader.traces(&encoding, some)? {
            let after = which.of(States::from(&trace)).ok_or(QuantityError::NoVector { vector: which })?;
            cosines.push(cosine(&before, &after).into());
        }
    }
    Ok(cosines)
}

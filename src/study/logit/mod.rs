//! What a logit is made of, and what it loses without each word.

mod tables;
mod why;

pub use why::{LogitWhy, WhyWord};

use super::{
    Reader, ReadingOfModel,
    sweep::{possible_traces, traces_at_once},
};
use crate::{
    analysis::{Granularity, LogitTarget},
    bert::{Ablations, BertError, Encoding, ExplainedLogit, LensWord, States, Trace},
};

/// A logit to explain.
#[derive(Clone, Debug, PartialEq)]
pub struct LogitWork {
    /// Which.
    pub target: LogitTarget,
    /// What the model read.
    pub of: ReadingOfModel,
    /// The layers off which to read what the masked-language head says of every token, 0 being the embeddings.
    pub lens: Vec<usize>,
}

/// What is found of a logit.
#[derive(Clone, Debug, PartialEq)]
pub enum LogitFound {
    /// The number, and what it is made of; none where it is no sum over hidden states.
    Parts(Option<f32>, Option<ExplainedLogit>),
    /// The logits of all labels, if each layer, 0 being the embeddings, is read as if it were the last, `[layer + 1]`; none where
    /// the vector that is read does not go by layers.
    Layers(Vec<Option<Vec<f32>>>),
    /// Of a word: what the masked-language head says in each layer at its token, asked about the word, `[layer + 1]`.
    Words(Vec<LensWord>),
    /// What the masked-language head says of each token in a layer, asked about the word that stands there.
    Lens(usize, Vec<LensWord>),
    /// How much it loses without each of the next words: the logit less the logit while no token looks at the word. None where
    /// nothing would be left to look at.
    Losses(Vec<Option<f32>>),
}

/// So many tokens are read off the vocabulary before anything else may be wanted.
const TOKENS_AT_ONCE: usize = 32;

/// Says what a logit is made of and what each layer would say, then what it loses without each word and special of the reading, some
/// at a time, as long as it is `wanted`.
///
/// # Errors
/// When the backend fails.
pub fn explain_logit(
    reader: &dyn Reader,
    work: &LogitWork,
    wanted: &dyn Fn() -> bool,
    found: &mut dyn FnMut(LogitFound),
) -> Result<(), BertError> {
    let trace = &work.of.reading.trace;
    let whole = logit(reader, trace, &work.target)?;
    found(LogitFound::Parts(whole, reader.explain_logit(trace, &work.target)?));
    let lens = |layer, asked: &[_]| Ok::<_, BertError>(reader.word_lens(trace, layer, asked)?.unwrap_or_default());
    found(match work.target {
        LogitTarget::Word { id, token, .. } => {
            let of_layer = |layer| lens(layer, &[(token, id)]);
            LogitFound::Words((0..=trace.layers).map(of_layer).collect::<Result<Vec<_>, _>>()?.concat())
        }
        _ => LogitFound::Layers(by_layer(reader, trace, &work.target)?),
    });
    let every: Vec<(usize, u32)> = trace.tokens.iter().map(|token| token.id).enumerate().collect();
    for &layer in &work.lens {
        let mut words = Vec::with_capacity(every.len());
        for some in every.chunks(TOKENS_AT_ONCE) {
            if !wanted() {
                return Ok(());
            }
            words.extend(lens(layer, some)?);
        }
        found(LogitFound::Lens(layer, words));
    }
    let Some(whole) = whole else { return Ok(()) };
    let encoding = reader.encode(&trace.input)?;
    let units = work.of.reading.units(Granularity::Words);
    let without = |unit: usize| -> Option<Ablations> {
        let mut ablations = trace.ablations.clone();
        ablations.masked.extend(units.tokens(unit));
        (ablations.masked.len() < trace.tokens.len()).then_some(ablations)
    };
    let ablations: Vec<Option<Ablations>> = (0..units.len()).map(without).collect();
    for some in ablations.chunks(traces_at_once(trace)) {
        if !wanted() {
            return Ok(());
        }
        let mut losses = Vec::with_capacity(some.len());
        for trace in traces(reader, &encoding, some)? {
            let logit = trace.map(|trace| logit(reader, &trace, &work.target)).transpose()?.flatten();
            losses.push(logit.map(|logit| whole - logit));
        }
        found(LogitFound::Losses(losses));
    }
    Ok(())
}

/// An input with each of these ablations; none where nothing is ablated or nothing would be left to look at.
fn traces(
    reader: &dyn Reader,
    encoding: &Encoding,
    each: &[Option<Ablations>],
) -> Result<Vec<Option<Trace>>, BertError> {
    let there: Vec<Ablations> = each.iter().flatten().cloned().collect();
    let mut traces = possible_traces(reader, encoding, &there)?.into_iter();
    Ok(each.iter().map(|ablations| ablations.as_ref().and_then(|_| traces.next().flatten())).collect())
}

fn by_layer(reader: &dyn Reader, trace: &Trace, target: &LogitTarget) -> Result<Vec<Option<Vec<f32>>>, BertError> {
    let states = States::from(trace);
    let layer = |layer| -> Result<Option<Vec<f32>>, BertError> {
        Ok(match target {
            LogitTarget::Word { .. } => None,
            LogitTarget::Head { .. } => target.logits(states, &reader.head_logits_at(trace, layer)?),
            LogitTarget::Probe { probe, .. } => probe.at_layer(layer).and_then(|probe| probe.logits(states)),
        })
    };
    (0..=trace.layers).map(layer).collect()
}

/// A logit of a trace; none where there is no such.
///
/// # Errors
/// When the backend fails.
pub fn logit(reader: &dyn Reader, trace: &Trace, target: &LogitTarget) -> Result<Option<f32>, BertError> {
    let states = States::from(trace);
    let heads = match target {
        LogitTarget::Head { .. } => reader.head_logits(&states)?,
        LogitTarget::Word { id, token, .. } if *token < states.tokens.len() => {
            let logits = reader.word_logits(states.hidden_state(states.layers, *token))?;
            return Ok(logits.and_then(|logits| logits.get(*id as usize).copied()));
        }
        LogitTarget::Word { .. } | LogitTarget::Probe { .. } => Vec::new(),
    };
    Ok(target.logit(states, &heads))
}

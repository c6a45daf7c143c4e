//! What a logit is made of, and what it loses without each word.

use std::{fmt, sync::Arc};

use super::{Reader, Reading, sweep::traces_at_once};
use crate::{
    analysis::{Granularity, LogitTarget},
    bert::{Ablations, BertError, Encoding, ExplainedLogit, LensWord, States, Trace},
};

/// A logit to explain.
#[derive(Clone)]
pub struct LogitWork {
    /// Which.
    pub target: LogitTarget,
    /// What the model read.
    pub reading: Arc<Reading>,
    /// The number of the job that opened the model that read it: no other can explain it.
    pub model: u64,
}

impl fmt::Debug for LogitWork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { target, reading, model } = self;
        let text = &reading.trace.input.text;
        f.debug_struct("LogitWork").field("target", target).field("reading", text).field("model", model).finish()
    }
}

impl PartialEq for LogitWork {
    /// Readings are the same where they are one.
    fn eq(&self, other: &Self) -> bool {
        self.model == other.model && self.target == other.target && Arc::ptr_eq(&self.reading, &other.reading)
    }
}

/// What is found of a logit.
#[derive(Clone, Debug, PartialEq)]
pub enum LogitFound {
    /// The number, and what it is made of; none where it is no sum over hidden states.
    Parts(Option<f32>, Option<ExplainedLogit>),
    /// The logits of all labels, if each layer, 0 being the embeddings, is read as if it were the last; none where the vector that is
    /// read does not go by layers.
    Layers(Vec<Option<Vec<f32>>>),
    /// Of a word: what the masked-language head says of each token in each layer, `[layer + 1][token]`, of the word at its place and
    /// elsewhere of the word that stands there.
    Words(Vec<Vec<LensWord>>),
    /// How much it loses without each of the next words: the logit less the logit while no token looks at the word. None where
    /// nothing would be left to look at.
    Losses(Vec<Option<f32>>),
}

/// Says what a logit is made of and what each layer would say, then what it loses without each word and special of the reading, some at a time, as long as it
/// is `wanted`.
///
/// # Errors
/// When the backend fails.
pub fn explain_logit(
    reader: &dyn Reader,
    work: &LogitWork,
    wanted: &dyn Fn() -> bool,
    found: &mut dyn FnMut(LogitFound),
) -> Result<(), BertError> {
    let trace = &work.reading.trace;
    let whole = logit(reader, trace, &work.target)?;
    found(LogitFound::Parts(whole, reader.explain_logit(trace, &work.target)?));
    match work.target {
        LogitTarget::Word { id, token } => found(LogitFound::Words(words_by_layer(reader, trace, id, token)?)),
        _ => found(LogitFound::Layers(by_layer(reader, trace, &work.target)?)),
    }
    let Some(whole) = whole else { return Ok(()) };
    let encoding = reader.encode(&trace.input)?;
    let units = work.reading.units(Granularity::Words);
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
    // With edges cut a token may have nothing but one word left.
    if there.iter().any(|ablations| !ablations.edges.is_empty()) {
        let one = |ablations: &Option<Ablations>| match ablations.as_ref().map(|one| reader.trace(encoding, one)) {
            None | Some(Err(BertError::NothingToLookAt { .. })) => Ok(None),
            Some(result) => result.map(Some),
        };
        return each.iter().map(one).collect();
    }
    let mut traces = reader.traces(encoding, &there)?.into_iter();
    Ok(each.iter().map(|ablations| ablations.as_ref().and_then(|_| traces.next())).collect())
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

fn words_by_layer(reader: &dyn Reader, trace: &Trace, id: u32, token: usize) -> Result<Vec<Vec<LensWord>>, BertError> {
    let mut asked: Vec<u32> = trace.tokens.iter().map(|token| token.id).collect();
    asked.iter_mut().skip(token).take(1).for_each(|asked| *asked = id);
    (0..=trace.layers).map(|layer| Ok(reader.word_lens(trace, layer, &asked)?.unwrap_or_default())).collect()
}

/// A logit of a trace; none where there is no such.
pub(super) fn logit(reader: &dyn Reader, trace: &Trace, target: &LogitTarget) -> Result<Option<f32>, BertError> {
    let states = States::from(trace);
    let heads = match target {
        LogitTarget::Head { .. } => reader.head_logits(&states)?,
        LogitTarget::Word { id, token } if *token < states.tokens.len() => {
            let logits = reader.word_logits(states.hidden_state(states.layers, *token))?;
            return Ok(logits.and_then(|logits| logits.get(*id as usize).copied()));
        }
        LogitTarget::Word { .. } | LogitTarget::Probe { .. } => Vec::new(),
    };
    Ok(target.logit(states, &heads))
}

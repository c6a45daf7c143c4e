//! Ablating one thing after the other.

use std::time::Duration;

use super::{Reader, logit::logit};
use crate::{
    analysis::{Effect, EffectTarget},
    bert::{Ablations, BertError, Encoding, Input, Trace},
};

/// One thing after the other to be ablated, each by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// What is read.
    pub input: Input,
    /// What is cut all the while.
    pub base: Ablations,
    /// What is cut each time, `base` among it.
    pub each: Vec<Ablations>,
    /// What else than the vectors of the sentence the changes are measured on.
    pub target: EffectTarget,
}

/// Ablates one thing after the other, as long as it is `wanted`, and tells what each has done in the order of the list; none where
/// a token would have nothing left to look at.
///
/// # Errors
/// When something cannot be ablated, or the backend fails.
pub fn sweep(
    reader: &dyn Reader,
    sweep: &Sweep,
    wanted: &dyn Fn() -> bool,
    found: &mut dyn FnMut(Vec<Option<Effect>>),
) -> Result<(), BertError> {
    let encoding = reader.encode(&sweep.input)?;
    let base = reader.trace(&encoding, &sweep.base)?;
    let logit_of = |trace: &Trace| sweep.target.output.as_ref().map_or(Ok(None), |target| logit(reader, trace, target));
    let before = logit_of(&base)?;
    for ablations in sweep.each.chunks(traces_at_once(&base)) {
        if !wanted() {
            return Ok(());
        }
        let traces = possible_traces(reader, &encoding, ablations)?;
        let effect = |trace: &Trace| -> Result<Effect, BertError> {
            let output = match before {
                Some(before) => logit_of(trace)?.map(|after| [before, after]),
                None => None,
            };
            Ok(Effect { output, ..Effect::on(&base, trace, &sweep.target) })
        };
        found(traces.iter().map(|trace| trace.as_ref().map(&effect).transpose()).collect::<Result<_, _>>()?);
    }
    Ok(())
}

/// An input with each of these ablations; none where a token would have nothing left to look at, as happens where edges are cut
/// as well.
///
/// # Errors
/// As for [`Reader::traces`].
pub(super) fn possible_traces(
    reader: &dyn Reader,
    encoding: &Encoding,
    each: &[Ablations],
) -> Result<Vec<Option<Trace>>, BertError> {
    match reader.traces(encoding, each) {
        // One of them spoils all: each by itself.
        Err(BertError::NothingToLookAt { .. }) => {
            let one = |ablations: &Ablations| match reader.trace(encoding, ablations) {
                Err(BertError::NothingToLookAt { .. }) => Ok(None),
                result => result.map(Some),
            };
            each.iter().map(one).collect()
        }
        result => Ok(result?.into_iter().map(Some).collect()),
    }
}

/// How many ablations of an input, which was read like this, are read in one forward pass: a dozen at a time are as fast as
/// more; of a long text fewer, for each is a whole trace, and what is typed meanwhile must not wait long for them.
pub(super) fn traces_at_once(base: &Trace) -> usize {
    const MOST: usize = 12;
    const MEMORY: usize = 64 << 20;
    const PATIENCE: Duration = Duration::from_millis(150);
    let numbers = base.attentions.len() + base.hidden_states.len();
    let in_memory = MEMORY / (numbers * size_of::<f32>()).max(1);
    let in_time = (PATIENCE.as_secs_f64() / base.elapsed.as_secs_f64().max(1e-6)) as usize;
    in_memory.min(in_time).clamp(1, MOST)
}

//! How vectors mix words, over a list of sentences.

mod interventions;
mod work;

pub use interventions::blind_traces;
use interventions::word_effects;
pub use work::{MixingFound, MixingWork, find_mixing};

use std::{collections::BTreeSet, ops::ControlFlow};

use super::{Reader, StepsDone};
use crate::{
    analysis::{
        Granularity, Groundwork, ListMeans, Measure, MeasuredTrace, MixedShares, MixedVector, MixingFindings,
        MixingObservation, Pooling, UnitClass, Units, WordEffect,
    },
    bert::{Ablations, BertError, Input, Trace, WantedReadings},
};

/// Sentences, and what to find out about how vectors mix their words.
#[derive(Clone, Debug, PartialEq)]
pub struct MixingRequest {
    /// The sentences, each read alone.
    pub texts: Vec<String>,
    /// The measures of shares; they follow vectors back to the inputs.
    pub measures: Vec<Measure>,
    /// Whether to find out, for every measure there is, how its shares follow what happens without each word.
    pub trust: bool,
}

impl MixingRequest {
    /// Whether what is found for it is what another asks for, and perhaps more.
    pub fn covers(&self, other: &Self) -> bool {
        let is_same = (&self.texts, &self.measures) == (&other.texts, &other.measures);
        is_same && (self.trust || !other.trust)
    }
}

/// Reads every sentence, first all for their means, then each for its numbers. `progress` is told how many sentences of how many are
/// done, and may break off: then there is nothing.
///
/// # Errors
/// When a text cannot be tokenized, or the backend fails.
pub fn study_mixing(
    reader: &dyn Reader,
    request: &MixingRequest,
    progress: &mut StepsDone,
) -> Result<Option<MixingFindings>, BertError> {
    const AT_ONCE: usize = 16;
    let MixingRequest { texts, measures, trust } = request;
    let mut means = ListMeans::default();
    for texts in texts.chunks(AT_ONCE) {
        if progress(0, request.texts.len()).is_break() {
            return Ok(None);
        }
        let inputs: Vec<Input> = texts.iter().map(Input::single).collect();
        let wanted = WantedReadings { plain: true, declared: false };
        reader.states(&inputs, wanted, &mut |_, states, _| means.push(states))?;
    }
    let mut groundworks: BTreeSet<Groundwork> = measures.iter().map(|measure| measure.groundwork()).collect();
    // For what each layer takes, and for the exact parts of the variance.
    groundworks.extend([Groundwork::Layers, Groundwork::Sources]);
    if *trust {
        groundworks.extend(Measure::ALL.iter().map(|measure| measure.groundwork()));
    }
    let mut observed = Vec::with_capacity(texts.len());
    for (done, text) in texts.iter().enumerate() {
        let go_on = progress(done, texts.len());
        if go_on.is_break() {
            return Ok(None);
        }
        let encoding = reader.encode(&Input::single(text))?;
        let trace = MeasuredTrace::from(reader.trace(&encoding, &Ablations::default())?);
        for &groundwork in &groundworks {
            reader.work_out(&trace, groundwork, &mut |_, _| ControlFlow::Continue(()))?;
        }
        let units = Units::new(&trace, Granularity::Words);
        let mut of = MixingObservation::new(&trace, &units, measures, &means);
        let ended = blind_traces(reader, &trace, 0, &mut |layers, blind| {
            of.put_blind(&trace, blind, layers, &means);
            progress(done, texts.len())
        })?;
        if ended.is_break() {
            return Ok(None);
        }
        if *trust {
            put_trust(reader, &trace, &units, &mut of)?;
        }
        observed.push(of);
    }
    Ok(Some(MixingFindings::new(measures, reader.info().layers, &observed, &means)))
}

/// How the shares of the words under every measure follow what happens to `[CLS]` and to the mean without each.
fn put_trust(
    reader: &dyn Reader,
    trace: &MeasuredTrace,
    units: &Units,
    of: &mut MixingObservation,
) -> Result<(), BertError> {
    let classes = UnitClass::of_units(trace, units);
    let text: Vec<usize> = (0..units.len()).filter(|&unit| classes[unit].is_word()).collect();
    let last = trace.layers.saturating_sub(1);
    for how in WordEffect::ALL {
        let Some(effects) = word_effects(reader, trace, units, &text, how)? else { continue };
        for (pooling, vector) in [(Pooling::Cls, MixedVector::Unit(0)), (Pooling::Mean, MixedVector::Mean)] {
            let effects = || {
                effects
                    .iter()
                    .filter_map(|effect| effect.cosine(pooling))
                    .map(|cosine| 1.0 - f64::from(cosine))
                    .collect()
            };
            for (place, &measure) in Measure::ALL.iter().enumerate() {
                let Some(shares) = MixedShares::new(trace, units, measure, last, vector) else { continue };
                let shares = text.iter().map(|&unit| f64::from(shares.units[unit])).collect();
                of.put_trust(pooling, how, place, shares, effects());
            }
        }
    }
    Ok(())
}

/// So many traces of such a size may be in memory at once.
fn at_once(trace: &Trace) -> usize {
    const MOST: usize = 24;
    const MEMORY: usize = 64 << 20;
    let numbers = trace.attentions.len() + trace.hidden_states.len();
    (MEMORY / (numbers * size_of::<f32>()).max(1)).clamp(1, MOST)
}

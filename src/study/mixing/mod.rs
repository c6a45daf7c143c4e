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

/// A list of sentences whose means are known, so that the numbers of each can be worked out.
pub struct MixingObserver<'r> {
    reader: &'r dyn Reader,
    request: &'r MixingRequest,
    means: ListMeans,
    groundworks: BTreeSet<Groundwork>,
}

impl<'r> MixingObserver<'r> {
    /// Reads every sentence for its part in `means`, in which there is none yet. `progress` is told how many sentences of how many are read,
    /// and may break off: then there is nothing.
    ///
    /// # Errors
    /// When a text cannot be tokenized, or the backend fails.
    pub fn new(
        reader: &'r dyn Reader,
        request: &'r MixingRequest,
        mut means: ListMeans,
        progress: &mut StepsDone,
    ) -> Result<Option<Self>, BertError> {
        const AT_ONCE: usize = 16;
        let texts = &request.texts;
        for (chunk, some) in texts.chunks(AT_ONCE).enumerate() {
            if progress(chunk * AT_ONCE, texts.len()).is_break() {
                return Ok(None);
            }
            let inputs: Vec<Input> = some.iter().map(Input::single).collect();
            let wanted = WantedReadings { plain: true, declared: false };
            reader.states(&inputs, wanted, &mut |_, states, _| means.push(states))?;
        }
        Ok(Some(Self::with_means(reader, request, means)))
    }

    fn with_means(reader: &'r dyn Reader, request: &'r MixingRequest, means: ListMeans) -> Self {
        let MixingRequest { measures, trust, .. } = request;
        let mut groundworks: BTreeSet<Groundwork> = measures.iter().map(|measure| measure.groundwork()).collect();
        // For what each layer takes, and for the exact parts of the variance.
        groundworks.extend([Groundwork::Layers, Groundwork::Sources]);
        if *trust {
            groundworks.extend(Measure::ALL.iter().map(|measure| measure.groundwork()));
        }
        Self { reader, request, means, groundworks }
    }

    /// The numbers of one of the sentences, from 0; none where `go_on`, which is asked again and again, breaks off.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn observe(
        &self,
        sentence: usize,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<MixingObservation>, BertError> {
        let Self { reader, request: MixingRequest { texts, measures, trust }, means, groundworks } = self;
        if go_on().is_break() {
            return Ok(None);
        }
        let encoding = reader.encode(&Input::single(&texts[sentence]))?;
        let trace = MeasuredTrace::from(reader.trace(&encoding, &Ablations::default())?);
        for &groundwork in groundworks {
            reader.work_out(&trace, groundwork, &mut |_, _| go_on())?;
            if !trace.has(groundwork) {
                return Ok(None);
            }
        }
        let units = Units::new(&trace, Granularity::Words);
        let mut of = MixingObservation::new(&trace, &units, measures, means);
        let ended = blind_traces(*reader, &trace, 0, &mut |layers, blind| {
            of.put_blind(&trace, blind, layers, means);
            go_on()
        })?;
        if ended.is_break() {
            return Ok(None);
        }
        if *trust {
            put_trust(*reader, &trace, &units, &mut of)?;
        }
        Ok(Some(of))
    }
}

/// Reads every sentence, first all for their means, then each for its numbers. `progress` is told how many sentences of how many are
/// done, and may break off: then there is nothing.
///
/// # Errors
/// As for [`MixingObserver::new`].
pub fn study_mixing(
    reader: &dyn Reader,
    request: &MixingRequest,
    progress: &mut StepsDone,
) -> Result<Option<MixingFindings>, BertError> {
    BegunMixing::default().study(reader, request, progress)
}

/// What one model has found of lists of sentences whose study was broken off.
#[derive(Default)]
pub struct BegunMixing(Vec<(MixingRequest, ListMeans, Vec<MixingObservation>)>);

impl BegunMixing {
    /// A page has a list with trust, another one without.
    const MOST: usize = 2;

    /// As [`study_mixing`], but goes on where the study of this list was broken off.
    ///
    /// # Errors
    /// As for [`MixingObserver::new`].
    pub fn study(
        &mut self,
        reader: &dyn Reader,
        request: &MixingRequest,
        progress: &mut StepsDone,
    ) -> Result<Option<MixingFindings>, BertError> {
        let total = request.texts.len();
        let begun = self.0.iter().position(|(of, ..)| of == request).map(|at| self.0.remove(at));
        let (study, mut observed) = match begun {
            Some((_, means, observed)) => (MixingObserver::with_means(reader, request, means), observed),
            None => {
                let means = ListMeans::default();
                match MixingObserver::new(reader, request, means, &mut |_, total| progress(0, total))? {
                    Some(study) => (study, Vec::with_capacity(total)),
                    None => return Ok(None),
                }
            }
        };
        for sentence in observed.len()..total {
            match study.observe(sentence, &mut || progress(sentence, total))? {
                Some(of) => observed.push(of),
                None => {
                    self.0.truncate(Self::MOST - 1);
                    self.0.insert(0, (request.clone(), study.means, observed));
                    return Ok(None);
                }
            }
        }
        Ok(Some(MixingFindings::new(&request.measures, reader.info().layers, &observed, &study.means)))
    }
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

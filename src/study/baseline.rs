//! What a model makes of unrelated sentences.

use std::{
    fmt,
    ops::ControlFlow,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{Background, Reader, embed};
use crate::{
    analysis::{Calibrations, Contributions, Pooling, SentenceVector},
    bert::BertError,
};

/// What a model makes of unrelated sentences.
pub struct Baseline {
    /// How many there are.
    pub sentences: usize,
    /// What their vectors of each kind look like.
    pub calibrations: Calibrations,
    /// What each dimension adds to the mean cosine of two of them.
    pub expected: Vec<(SentenceVector, Contributions)>,
}

impl Baseline {
    /// From the vectors of the background, `[vector][sentence][hidden]`.
    pub fn new(vectors: &[(SentenceVector, Vec<Option<Vec<f32>>>)]) -> Self {
        let expected = vectors.iter().map(|(vector, all)| {
            let there: Vec<&[f32]> = all.iter().filter_map(Option::as_deref).collect();
            (*vector, Contributions::to_expected(&there))
        });
        Self {
            sentences: vectors.first().map_or(0, |(_, all)| all.len()),
            calibrations: Calibrations::new(vectors),
            expected: expected.collect(),
        }
    }
}

/// What unrelated sentences are like to one model, kept for whoever asks next.
#[derive(Clone, Debug, Default)]
pub struct Baselines(Arc<Mutex<KnownBaselines>>);

type KnownBaselines = Vec<(Background, Arc<Baseline>)>;

impl Baselines {
    /// What some sentences are like, where that is known.
    pub fn of(&self, background: &Background) -> Option<Arc<Baseline>> {
        let known = self.known();
        known.iter().find(|(of, _)| of == background).map(|(_, baseline)| Arc::clone(baseline))
    }

    /// Keeps what some sentences are like.
    pub fn keep(&self, background: Background, baseline: Baseline) -> Arc<Baseline> {
        let baseline = Arc::new(baseline);
        self.known().push((background, Arc::clone(&baseline)));
        baseline
    }

    fn known(&self) -> MutexGuard<'_, KnownBaselines> {
        // Whatever panics, what is in it is whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Baseline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Baseline").field("sentences", &self.sentences).finish_non_exhaustive()
    }
}

/// Unrelated sentences, as far as they are read.
#[derive(Clone, Debug, Default)]
pub struct Measuring {
    done: usize,
    /// `[vector][sentence][hidden]`.
    vectors: Vec<(SentenceVector, Vec<Option<Vec<f32>>>)>,
}

impl Measuring {
    /// Reads the next few sentences; whether there were any.
    ///
    /// # Errors
    /// As for [`embed`].
    pub fn go_on(&mut self, reader: &dyn Reader, background: &Background) -> Result<bool, BertError> {
        /// What is typed meanwhile waits for so many of them.
        const AT_ONCE: usize = 16;
        let rest = background.sentences.get(self.done..).unwrap_or_default();
        let some = &rest[..rest.len().min(AT_ONCE)];
        if some.is_empty() {
            return Ok(false);
        }
        let wanted: Vec<SentenceVector> = Pooling::ALL.iter().copied().map(SentenceVector::from).collect();
        let found = embed(reader, some, &wanted, |_| ControlFlow::Continue(()))?.unwrap_or_default();
        match self.vectors.is_empty() {
            true => self.vectors = found.vectors,
            false => self.vectors.iter_mut().zip(found.vectors).for_each(|((_, all), (_, more))| all.extend(more)),
        }
        self.done += some.len();
        Ok(true)
    }

    /// How many sentences are read.
    pub fn done(&self) -> usize {
        self.done
    }

    /// Their vectors, `[vector][sentence][hidden]`, of which a [`Baseline`] is made.
    pub fn into_vectors(self) -> Vec<(SentenceVector, Vec<Option<Vec<f32>>>)> {
        self.vectors
    }
}

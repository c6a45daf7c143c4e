//! Why the logit under the cursor is what it is: asked for behind the screen, and kept until another is explained.

use std::sync::Arc;

use crate::{
    analysis::LogitTarget,
    bert::LensWord,
    state::{Job, LogitFound, LogitWhy, LogitWork, Numbered, Reading, Stage, State},
};

/// By what a logit is explained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum WhyBy {
    /// By words.
    #[default]
    Words,
    /// By layers and heads.
    Heads,
    /// What each layer would say.
    Layers,
}

/// What is known of the logit that was explained last, and how far the next is.
#[derive(Debug, Default)]
pub(super) struct WhyState {
    pub by: WhyBy,
    pub stage: Stage,
    number: u64,
    /// What is under way, or was last.
    asked: Option<LogitWork>,
    shown: Option<LogitWhy>,
}

impl WhyState {
    /// What is known of a logit of a reading; of the same logit of the reading before, while this one is under way.
    pub(super) fn of(&self, target: &LogitTarget) -> Option<&LogitWhy> {
        self.shown.as_ref().filter(|why| why.target == *target)
    }

    /// What the masked-language head says of each token of a reading, as far as that is known.
    pub(super) fn written(&self, reading: &Arc<Reading>) -> Option<&[LensWord]> {
        self.shown_of(reading)?.lens.last().map(Vec::as_slice).filter(|words| !words.is_empty())
    }

    /// Of a word every layer that is not known yet, the last first; else the last, whose words are listed.
    fn wanted_lens(&self, target: &LogitTarget, reading: &Arc<Reading>) -> Vec<usize> {
        if reading.outputs.iter().all(|head| head.says.words().is_none()) {
            return Vec::new();
        }
        let last = reading.trace.layers;
        let first = if matches!(target, LogitTarget::Word { .. }) { 0 } else { last };
        let is_known = |layer: &usize| self.shown_of(reading).is_some_and(|why| why.has_lens(*layer));
        (first..=last).rev().filter(|layer| !is_known(layer)).collect()
    }

    fn shown_of(&self, reading: &Arc<Reading>) -> Option<&LogitWhy> {
        self.shown.as_ref().filter(|why| why.is_of(reading))
    }

    /// The explanation that is to begin now.
    pub(super) fn begin_if_due(&mut self, target: Option<LogitTarget>, state: &State) -> Option<Job> {
        if state.readings.is_none() || state.error.is_some() || state.is_reading() || state.model.is_none() {
            return None;
        }
        let (target, of) = (target?, state.reading_of_model()?);
        if self.stage != Stage::Due && self.asked.as_ref().is_some_and(|work| work.target == target && work.of == of) {
            return None;
        }
        let lens = self.wanted_lens(&target, &of.reading);
        let work = LogitWork { target, of, lens };
        self.number += 1;
        (self.stage, self.asked) = (Stage::Running, Some(work.clone()));
        Some(Job::Explain(Numbered { number: self.number, task: work }))
    }

    /// Takes in what was found, if it is of what is under way.
    pub(super) fn on_report(&mut self, number: u64, result: &Result<Option<LogitFound>, String>) {
        if self.stage != Stage::Running || number != self.number {
            return;
        }
        match result {
            Ok(Some(found)) => {
                if let (LogitFound::Parts(..), Some(LogitWork { target, of, .. })) = (found, &self.asked) {
                    let lens = self.shown_of(&of.reading).map(|why| why.lens.clone()).unwrap_or_default();
                    self.shown = Some(LogitWhy::new(target.clone(), Arc::clone(&of.reading), lens));
                }
                self.shown.iter_mut().for_each(|why| why.take(found.clone()));
            }
            Ok(None) => self.stage = Stage::Done,
            Err(why) => self.stage = Stage::Failed(why.clone()),
        }
    }

    /// The worker turns to something else.
    pub(super) fn interrupt(&mut self) {
        if self.stage == Stage::Running {
            self.stage = Stage::Due;
        }
    }

    /// Explains it no further; none where nothing is under way.
    pub(super) fn cancel(&mut self) -> Option<Job> {
        (self.stage == Stage::Running).then(|| self.stage = Stage::Cancelled)?;
        Some(Job::CancelExplaining)
    }

    /// Forgets what is known: it was another model.
    pub(super) fn forget(&mut self) {
        (self.stage, self.asked, self.shown) = (Stage::Due, None, None);
    }
}

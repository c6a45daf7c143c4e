//! Why the logit under the cursor is what it is: asked for behind the screen, and kept until another is explained.

use std::sync::Arc;

use crate::{
    analysis::{Granularity, LogitTarget, Paired},
    bert::{ExplainedLogit, LensWord},
    state::{Job, LogitFound, LogitWork, Numbered, Reading, Stage, State},
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

/// What is known of a logit.
#[derive(Clone, Debug)]
pub(super) struct LogitWhy {
    pub target: LogitTarget,
    pub reading: Arc<Reading>,
    /// The number, where it can be said.
    pub logit: Option<f32>,
    /// None where it is no sum over vectors.
    pub parts: Option<ExplainedLogit>,
    /// Of a word: what the masked-language head says of each token in each layer, see [`LogitFound::Words`].
    pub lens: Vec<Vec<LensWord>>,
    /// The logits of all labels by layer, `[layer + 1]`, see [`LogitFound::Layers`].
    pub layers: Vec<Option<Vec<f32>>>,
    /// What it loses without each word, as far as that is known.
    pub losses: Vec<Option<f32>>,
}

/// A word's share in a logit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct WhyWord {
    /// The unit's number.
    pub unit: usize,
    /// Its part of the sum; none where there is no sum.
    pub part: Option<f32>,
    /// What the logit loses without it; none while that is not known, or where it cannot be.
    pub loss: Option<f32>,
}

impl LogitWhy {
    /// Every word and special, in reading order.
    pub(super) fn words(&self) -> Vec<WhyWord> {
        let units = self.reading.units(Granularity::Words);
        let part = |unit: usize| {
            let parts = &self.parts.as_ref()?.tokens;
            Some(units.tokens(unit).filter_map(|token| parts.get(token)).sum())
        };
        let word = |unit| WhyWord { unit, part: part(unit), loss: self.losses.get(unit).copied().flatten() };
        (0..units.len()).map(word).collect()
    }

    /// The scores of all labels by layer, and the labels; a layer without has none.
    pub(super) fn scores_by_layer(&self) -> (Vec<String>, Vec<Option<Vec<f32>>>) {
        let Some(head) = self.target.head(&self.reading.outputs) else { return (Vec::new(), Vec::new()) };
        let scores = |logits: &Option<Vec<f32>>| logits.as_ref().map(|logits| head.activation.scores(logits));
        (head.labels.clone(), self.layers.iter().map(scores).collect())
    }

    /// How a word is written.
    pub(super) fn name(&self, unit: usize) -> String {
        self.reading.units(Granularity::Words).text(&self.reading.trace, unit)
    }

    /// The rank correlation of parts and losses; none before all losses are known, and where nothing varies.
    pub(super) fn correlation(&self) -> Option<f64> {
        let words = self.words();
        if self.losses.len() < words.len() {
            return None;
        }
        let both = words.iter().filter_map(|word| Some((f64::from(word.part?), f64::from(word.loss?))));
        let (parts, losses): (Vec<f64>, Vec<f64>) = both.unzip();
        Some(Paired::new(parts, losses)?.correlation()?.spearman)
    }
}

impl WhyState {
    /// What is known of a logit of a reading; of the same logit of the reading before, while this one is under way.
    pub(super) fn of(&self, target: &LogitTarget) -> Option<&LogitWhy> {
        self.shown.as_ref().filter(|why| why.target == *target)
    }

    /// The explanation that is to begin now.
    pub(super) fn begin_if_due(&mut self, target: Option<LogitTarget>, state: &State) -> Option<Job> {
        if state.readings.is_none() || state.error.is_some() || state.is_reading() || state.model.is_none() {
            return None;
        }
        let work = LogitWork { target: target?, reading: Arc::clone(state.reading()?), model: state.opened() };
        if self.stage != Stage::Due && self.asked.as_ref() == Some(&work) {
            return None;
        }
        self.number += 1;
        (self.stage, self.asked) = (Stage::Running, Some(work.clone()));
        Some(Job::Explain(Numbered { number: self.number, task: work }))
    }

    /// Takes in what was found, if it is of what is under way.
    pub(super) fn on_report(&mut self, number: u64, result: &Result<Option<LogitFound>, String>) {
        if self.stage != Stage::Running || number != self.number {
            return;
        }
        let Some(LogitWork { target, reading, .. }) = &self.asked else { return };
        match result {
            Ok(Some(LogitFound::Parts(logit, parts))) => {
                self.shown = Some(LogitWhy {
                    target: target.clone(),
                    reading: Arc::clone(reading),
                    logit: *logit,
                    parts: parts.clone(),
                    lens: Vec::new(),
                    layers: Vec::new(),
                    losses: Vec::new(),
                });
            }
            Ok(Some(LogitFound::Words(lens))) => self.shown.iter_mut().for_each(|why| why.lens.clone_from(lens)),
            Ok(Some(LogitFound::Layers(layers))) => {
                self.shown.iter_mut().for_each(|why| why.layers.clone_from(layers));
            }
            Ok(Some(LogitFound::Losses(losses))) => {
                self.shown.iter_mut().for_each(|why| why.losses.extend_from_slice(losses));
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

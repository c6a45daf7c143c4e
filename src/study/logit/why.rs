use std::sync::Arc;

use super::LogitFound;
use crate::{
    analysis::{Granularity, LogitTarget, Paired},
    bert::{ExplainedLogit, LensWord},
    study::Reading,
};

/// What is known of a logit: it takes in what is found, and says it in words of the reading.
#[derive(Clone, Debug)]
pub struct LogitWhy {
    /// Which.
    pub target: LogitTarget,
    /// What was read.
    pub reading: Arc<Reading>,
    /// The number, where it can be said.
    pub logit: Option<f32>,
    /// None where it is no sum over vectors.
    pub parts: Option<ExplainedLogit>,
    /// See [`LogitFound::Layers`].
    pub layers: Vec<Option<Vec<f32>>>,
    /// See [`LogitFound::Words`].
    pub words: Vec<LensWord>,
    /// What the masked-language head says of each token in each layer, `[layer + 1][token]`; nothing of layers that are not known yet.
    pub lens: Vec<Vec<LensWord>>,
    /// The rank correlation (Spearman) of parts and losses; none before all losses are known, and where nothing varies.
    pub correlation: Option<f64>,
    /// What it loses without each word, as far as that is known.
    losses: Vec<Option<f32>>,
}

/// A word's share in a logit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WhyWord {
    /// The unit's number.
    pub unit: usize,
    /// Its part of the sum; none where there is no sum.
    pub part: Option<f32>,
    /// What the logit loses without it; none while that is not known, or where it cannot be.
    pub loss: Option<f32>,
}

impl LogitWhy {
    /// Whether it is of what was read, and not of a text before.
    pub fn is_of(&self, reading: &Arc<Reading>) -> bool {
        Arc::ptr_eq(&self.reading, reading)
    }

    /// Nothing is known of it yet, but for what the masked-language head says of the reading.
    pub fn new(target: LogitTarget, reading: Arc<Reading>, lens: Vec<Vec<LensWord>>) -> Self {
        Self {
            target,
            reading,
            logit: None,
            parts: None,
            layers: Vec::new(),
            words: Vec::new(),
            lens,
            correlation: None,
            losses: Vec::new(),
        }
    }

    /// Takes in what is found of it.
    pub fn take(&mut self, found: LogitFound) {
        match found {
            LogitFound::Parts(logit, parts) => (self.logit, self.parts) = (logit, parts),
            LogitFound::Layers(layers) => self.layers = layers,
            LogitFound::Words(words) => self.words = words,
            LogitFound::Lens(layer, words) => {
                self.lens.resize(self.reading.trace.layers + 1, Vec::new());
                self.lens[layer] = words;
            }
            LogitFound::Losses(losses) => {
                self.losses.extend(losses);
                self.correlation = self.correlated();
            }
        }
    }

    /// Whether it is known what the masked-language head says in a layer.
    pub fn has_lens(&self, layer: usize) -> bool {
        self.lens.get(layer).is_some_and(|words| !words.is_empty())
    }

    /// Every word and special, in reading order.
    pub fn by_words(&self) -> Vec<WhyWord> {
        let units = self.reading.units(Granularity::Words);
        let part = |unit: usize| {
            let parts = &self.parts.as_ref()?.tokens;
            Some(units.tokens(unit).filter_map(|token| parts.get(token)).sum())
        };
        let word = |unit| WhyWord { unit, part: part(unit), loss: self.losses.get(unit).copied().flatten() };
        (0..units.len()).map(word).collect()
    }

    /// The scores of all labels by layer, and the labels; a layer without has none.
    pub fn scores_by_layer(&self) -> (Vec<String>, Vec<Option<Vec<f32>>>) {
        let Some(head) = self.target.head(&self.reading.outputs) else { return (Vec::new(), Vec::new()) };
        let scores = |logits: &Option<Vec<f32>>| logits.as_ref().map(|logits| head.activation.scores(logits));
        (head.labels.clone(), self.layers.iter().map(scores).collect())
    }

    /// How a word is written.
    pub fn name(&self, unit: usize) -> String {
        self.reading.units(Granularity::Words).text(&self.reading.trace, unit)
    }

    fn correlated(&self) -> Option<f64> {
        let words = self.by_words();
        if self.losses.len() < words.len() {
            return None;
        }
        let both = words.iter().filter_map(|word| Some((f64::from(word.part?), f64::from(word.loss?))));
        let (parts, losses): (Vec<f64>, Vec<f64>) = both.unzip();
        Some(Paired::new(parts, losses)?.correlation()?.spearman)
    }
}

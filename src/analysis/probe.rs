//! A classifier of one's own: a logistic regression on one vector of a text, of a model whose weights stay as they are.

use super::{HeadReading, HeadSays, Pooling, Regression, SentenceVector, label_scores};
use crate::{
    bert::{
        BertError, ExplainedLogit, FrozenPass, HeadName, LinearReading, ModelInfo, OutputActivation, OutputHead, States,
    },
    messages::message,
};

/// A classifier of one's own.
#[derive(Clone, Debug, PartialEq)]
pub struct Probe {
    /// What it is called: the file's name, or that of one of the program.
    pub name: String,
    /// Which vector it reads.
    pub vector: SentenceVector,
    /// In the order of the regression's labels.
    pub labels: Vec<String>,
    /// Its weights.
    pub regression: Regression,
    /// How well it did on texts that it had not seen.
    pub accuracy: ProbeAccuracy,
    /// The model whose vectors it was trained on.
    pub model: ProbedModel,
}

/// How many texts get their own label from regressions that have seen the other folds only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProbeAccuracy {
    /// So many do.
    pub hits: usize,
    /// Of so many.
    pub trials: usize,
    /// In so many folds.
    pub folds: usize,
}

/// The model whose vectors a probe was trained on.
#[derive(Clone, Debug, PartialEq)]
pub struct ProbedModel {
    /// As `--model` calls it.
    pub name: String,
    /// L.
    pub layers: usize,
    /// D.
    pub hidden_size: usize,
    /// What it makes of [`ModelSample::TEXT`].
    pub sample: ModelSample,
}

/// Some numbers by which a model is known again, whatever the form of its files and the backend: the first of the mean vector
/// of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelSample(pub Vec<f32>);

impl ModelSample {
    /// The text.
    pub const TEXT: &'static str = include_str!("../../config/probes/sample.txt");
    /// The most numbers.
    const MOST: usize = 64;
    /// Of the length, far more than what files in F16 and backends differ by, and far less than what training changes.
    const TOLERANCE: f64 = 0.02;

    /// Of what a model makes of the text; nothing where that is not finite.
    pub fn of(states: States) -> Self {
        let mut vector = SentenceVector::from(Pooling::Mean).of(states).unwrap_or_default();
        vector.truncate(Self::MOST);
        Self(vector)
    }

    /// Whether another is of the same weights.
    pub fn is_of_same(&self, other: &Self) -> bool {
        let square = |values: &mut dyn Iterator<Item = f32>| values.map(|value| f64::from(value).powi(2)).sum::<f64>();
        let apart = square(&mut self.0.iter().zip(&other.0).map(|(a, b)| a - b)).sqrt();
        !self.0.is_empty()
            && self.0.len() == other.0.len()
            && apart <= Self::TOLERANCE * square(&mut self.0.iter().copied()).sqrt()
    }
}

/// Why a probe is not for a model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProbeRefusal {
    /// It was trained on a model of other sizes.
    #[error("{}", message!("analysis-probe-other-sizes", probe = .probe, model = .model, layers = .layers, size = .size))]
    OtherSizes {
        /// The probe.
        probe: String,
        /// Its model.
        model: String,
        /// That model's layers.
        layers: usize,
        /// Its hidden size.
        size: usize,
    },
    /// The model has the sizes, but not the weights.
    #[error("{}", message!("analysis-probe-other-weights", probe = .probe, model = .model))]
    OtherWeights {
        /// The probe.
        probe: String,
        /// Its model.
        model: String,
    },
    /// The model has no such vector.
    #[error("{}", message!("analysis-probe-no-vector", probe = .probe, vector = .vector))]
    NoVector {
        /// The probe.
        probe: String,
        /// The vector that it reads.
        vector: String,
    },
}

impl Probe {
    /// Whether it was trained on a model of these sizes.
    pub fn has_sizes_of(&self, info: &ModelInfo) -> bool {
        [self.model.layers, self.model.hidden_size] == [info.layers, info.hidden_size]
    }

    /// Whether it is for a model, of which this is the sample.
    ///
    /// # Errors
    /// When it is not.
    pub fn fits(&self, info: &ModelInfo, sample: &ModelSample) -> Result<(), ProbeRefusal> {
        let (probe, model) = (self.name.clone(), self.model.name.clone());
        if !self.has_sizes_of(info) {
            let (layers, size) = (self.model.layers, self.model.hidden_size);
            return Err(ProbeRefusal::OtherSizes { probe, model, layers, size });
        }
        if !self.model.sample.is_of_same(sample) {
            return Err(ProbeRefusal::OtherWeights { probe, model });
        }
        if !self.vector.pooling.is_of(info) {
            return Err(ProbeRefusal::NoVector { probe, vector: self.vector.to_string() });
        }
        Ok(())
    }

    /// The same weights on another layer, 0 being the embeddings; none where its vector does not go by layers.
    pub fn at_layer(&self, layer: usize) -> Option<Self> {
        Some(Self { vector: SentenceVector::at(self.vector.pooling, layer)?, ..self.clone() })
    }

    /// What it is among the heads of a model. Two labels have a probability each, the one 1 minus the other.
    pub fn head(&self) -> OutputHead {
        let activation = if self.labels.len() == 2 { OutputActivation::Sigmoid } else { OutputActivation::Softmax };
        OutputHead { name: HeadName::Probe, labels: self.labels.clone(), activation }
    }

    /// A logit for each label; none where the text has no such vector. Of two labels each has its log-odds, so that they
    /// are of one size with two signs.
    pub fn logits(&self, states: States) -> Option<Vec<f32>> {
        let vector: Vec<f64> = self.vector.of(states)?.into_iter().map(f64::from).collect();
        let scores = self.regression.scores_of(&vector)?;
        Some(match *scores.as_slice() {
            [one] => vec![-one as f32, one as f32],
            _ => scores.into_iter().map(|score| score as f32).collect(),
        })
    }

    /// What it says of a text; none where the text has no such vector.
    pub fn says(&self, states: States) -> Option<HeadReading> {
        let head = self.head();
        let says = HeadSays::Labels(label_scores(&head, &self.logits(states)?));
        Some(HeadReading { head, says })
    }

    /// What a label's logit is made of. Where each number of the vector is the largest of all tokens' it is held of which token.
    /// None of a label or vector that is not there, and of `declared`, which is no sum over hidden states.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn explain(&self, pass: &FrozenPass, label: usize) -> Result<Option<ExplainedLogit>, BertError> {
        let trace = pass.trace();
        let states = States::from(trace);
        let Some(value) = self.logits(states).and_then(|logits| logits.get(label).copied()) else { return Ok(None) };
        let Some((weights, mut constant)) = self.regression.label_weights(label) else { return Ok(None) };
        let weights: Vec<f32> = weights.into_iter().map(|weight| weight as f32).collect();
        let (tokens, size, last) = (states.tokens.len(), trace.hidden_size, self.vector.layer.unwrap_or(trace.layers));
        let spread = |keep: &dyn Fn(usize) -> bool, by: f32| -> Vec<f32> {
            let kept: Vec<bool> = (0..tokens).map(keep).collect();
            let share = by / kept.iter().filter(|kept| **kept).count().max(1) as f32;
            kept.iter().flat_map(|&kept| weights.iter().map(move |w| if kept { w * share } else { 0.0 })).collect()
        };
        let by: Vec<(usize, Vec<f32>)> = match self.vector.pooling {
            Pooling::Declared => return Ok(None),
            Pooling::Pooled => {
                let Some((through, bias)) = pass.through_pooler(&weights)? else { return Ok(None) };
                constant += bias;
                let mut all = vec![0.0; tokens * size];
                all[..size].copy_from_slice(&through);
                vec![(trace.layers, all)]
            }
            Pooling::Cls => vec![(last, spread(&|token| token == 0, 1.0))],
            Pooling::Mean => vec![(last, spread(&|_| true, 1.0))],
            Pooling::MeanWords => vec![(last, spread(&|token| !states.tokens[token].special, 1.0))],
            Pooling::FirstLast => [0, last].map(|layer| (layer, spread(&|_| true, 0.5))).to_vec(),
            Pooling::Layer1Last => [1, last].map(|layer| (layer, spread(&|_| true, 0.5))).to_vec(),
            Pooling::Max => {
                let mut all = vec![0.0; tokens * size];
                for (at, weight) in weights.iter().enumerate() {
                    let number = |token: usize| states.hidden_state(last, token)[at];
                    let largest = (0..tokens).reduce(|a, b| if number(b) > number(a) { b } else { a });
                    all[largest.unwrap_or(0) * size + at] = *weight;
                }
                vec![(last, all)]
            }
        };
        pass.explain_reading(&LinearReading { value, by, constant }).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_known_again_by_what_it_makes_of_a_text() {
        let sample = ModelSample(vec![0.5, -0.25, 1.0]);
        let moved = |by: f32| ModelSample(sample.0.iter().map(|value| value + by).collect());
        assert!(sample.is_of_same(&sample) && sample.is_of_same(&moved(0.001)));
        for other in [moved(0.1), ModelSample(vec![0.5, -0.25]), ModelSample(vec![f32::NAN; 3])] {
            assert!(!sample.is_of_same(&other), "{other:?}");
        }
        assert!(!ModelSample(Vec::new()).is_of_same(&ModelSample(Vec::new())), "of a text without finite numbers");
    }
}

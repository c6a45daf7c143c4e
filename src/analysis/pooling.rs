use std::{fmt, str::FromStr};

use crate::{
    bert::{ModelInfo, States, Trace},
    messages::{find_named, message},
};

/// A way to make one vector out of a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pooling {
    /// What the model was trained to be read as: sentence-transformers' chain of modules.
    Declared,
    /// BERT's pooler: tanh(W·h_CLS + b) of the last layer.
    Pooled,
    /// The raw `[CLS]` hidden state.
    Cls,
    /// Mean over all tokens, specials included, as sentence-transformers computes it.
    Mean,
    /// Mean over all tokens but the specials.
    MeanWords,
    /// Elementwise maximum over all tokens.
    Max,
    /// Mean of the embedding layer's mean and the last layer's mean. Papers' "first-last" is this or [`Pooling::Layer1Last`].
    FirstLast,
    /// Mean of the first layer's mean and the last layer's mean, the embeddings not counted.
    Layer1Last,
}

/// A space whose vectors can be compared with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Basis {
    /// That of hidden states.
    Hidden,
    /// Behind the pooler.
    Pooler,
    /// Behind what a model has after its encoder.
    Declared,
}

impl Pooling {
    /// Every pooling, in the order shown.
    pub const ALL: &'static [Pooling] = &[
        Pooling::Declared,
        Pooling::Pooled,
        Pooling::Cls,
        Pooling::Mean,
        Pooling::MeanWords,
        Pooling::Max,
        Pooling::FirstLast,
        Pooling::Layer1Last,
    ];

    /// The name used on screen, in files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Pooling::Declared => "declared",
            Pooling::Pooled => "pooled",
            Pooling::Cls => "cls",
            Pooling::Mean => "mean",
            Pooling::MeanWords => "mean-words",
            Pooling::Max => "max",
            Pooling::FirstLast => "first-last",
            Pooling::Layer1Last => "layer1-last",
        }
    }

    /// Whether a model has such vectors.
    pub fn is_of(self, info: &ModelInfo) -> bool {
        match self {
            Pooling::Declared => info.declared.is_ok(),
            Pooling::Pooled => info.has_pooler,
            _ => true,
        }
    }

    /// Those of a model, in the order shown.
    pub fn of_model(info: &ModelInfo) -> impl Iterator<Item = Pooling> {
        Pooling::ALL.iter().copied().filter(|pooling| pooling.is_of(info))
    }

    /// Whether a cosine with another pooling's vector of the same text means anything: both are of one basis. Whether
    /// `declared` is of that of hidden states, the model says.
    pub fn is_comparable(self, other: Pooling, declared_is_hidden: bool) -> bool {
        let basis = |pooling| match pooling {
            Pooling::Declared if !declared_is_hidden => Basis::Declared,
            Pooling::Pooled => Basis::Pooler,
            _ => Basis::Hidden,
        };
        basis(self) == basis(other)
    }
}

impl fmt::Display for Pooling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Pooling {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        find_named(name, Pooling::ALL.iter().copied(), |pooling| pooling.name())
    }
}

/// The sentence vector `[hidden]` under a pooling, from the last layer's hidden states: see [`SentenceVector::of`].
pub fn pool(trace: &Trace, pooling: Pooling) -> Option<Vec<f32>> {
    SentenceVector::from(pooling).of(States::from(trace))
}

/// Which vector stands for a sentence: a pooling of the last layer, or of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SentenceVector {
    /// What is made of the layer.
    pub pooling: Pooling,
    /// From 0, the embedding layer; none is the last. What is not of one layer has no other.
    pub layer: Option<usize>,
}

impl SentenceVector {
    /// How many numbers it has, of a model.
    pub fn size(self, info: &ModelInfo) -> usize {
        match (self.pooling, &info.declared) {
            (Pooling::Declared, Ok(declared)) => declared.dimension,
            _ => info.hidden_size,
        }
    }

    /// A pooling of a layer, 0 being the embeddings; none where the pooling does not go by layers.
    pub fn at(pooling: Pooling, layer: usize) -> Option<Self> {
        let by_layer =
            !matches!(pooling, Pooling::Declared | Pooling::Pooled | Pooling::FirstLast | Pooling::Layer1Last);
        by_layer.then_some(Self { pooling, layer: Some(layer) })
    }

    /// The vector `[hidden]` of one sentence, `[dimension]` for `declared`.
    ///
    /// None for `declared` when it was not read, for `pooled` when the checkpoint has no pooler, for `mean-words` when every
    /// token is special, for a layer the model has not, and where a number is NaN or infinite: of such a vector nothing can
    /// be said.
    pub fn of(self, states: States) -> Option<Vec<f32>> {
        let layer = self.layer.unwrap_or(states.layers);
        if layer > states.layers {
            return None;
        }
        let vector = match self.pooling {
            Pooling::Declared => states.declared.map(<[f32]>::to_vec),
            Pooling::Pooled => states.pooler_output.map(<[f32]>::to_vec),
            Pooling::Cls => Some(states.hidden_state(layer, 0).to_vec()),
            Pooling::Mean => mean(states, layer, |_| true),
            Pooling::MeanWords => mean(states, layer, |token| !states.tokens[token].special),
            Pooling::Max => Some(maximum(states, layer)),
            Pooling::FirstLast => halfway(states, 0, layer),
            Pooling::Layer1Last => halfway(states, 1, layer),
        };
        vector.filter(|vector| vector.iter().all(|number| number.is_finite()))
    }
}

impl From<Pooling> for SentenceVector {
    fn from(pooling: Pooling) -> Self {
        Self { pooling, layer: None }
    }
}

impl fmt::Display for SentenceVector {
    /// `mean`, or `mean@3` of another layer than the last.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.layer {
            None => self.pooling.fmt(f),
            Some(layer) => f.pad(&format!("{}@{layer}", self.pooling)),
        }
    }
}

impl FromStr for SentenceVector {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some((pooling, layer)) = text.split_once('@') else { return text.parse().map(Pooling::into) };
        let layer = layer.parse().map_err(|_| message!("analysis-vector-layer"))?;
        let pooling: Pooling = pooling.parse()?;
        Self::at(pooling, layer).ok_or_else(|| {
            message!("analysis-vector-last-layer", pooling = pooling.to_string(), layer = layer.to_string())
        })
    }
}

/// cosine(cls, mean) in each layer, `[layer + 1]`, 0 being the embedding layer: how far `[CLS]` has become
/// an average of all tokens; none where one of the two is not finite.
pub fn cls_mean_drift(trace: &Trace) -> Vec<Option<f32>> {
    (0..=trace.layers)
        .map(|layer| {
            let [cls, mean] = [Pooling::Cls, Pooling::Mean]
                .map(|pooling| SentenceVector { pooling, layer: Some(layer) }.of(trace.into()));
            Some(super::cosine(&cls?, &mean?))
        })
        .collect()
}

/// Sums in f64, so that the order of the tokens cannot show in the f32 result.
fn mean(states: States, layer: usize, keep: impl Fn(usize) -> bool) -> Option<Vec<f32>> {
    let mut sum = vec![0.0f64; states.hidden_size];
    let mut count = 0usize;
    for token in (0..states.tokens.len()).filter(|&token| keep(token)) {
        count += 1;
        for (sum, &value) in sum.iter_mut().zip(states.hidden_state(layer, token)) {
            *sum += f64::from(value);
        }
    }
    (count > 0).then(|| sum.into_iter().map(|sum| (sum / count as f64) as f32).collect())
}

/// The mean of two layers' means.
fn halfway(states: States, first: usize, last: usize) -> Option<Vec<f32>> {
    let (first, last) = (mean(states, first, |_| true)?, mean(states, last, |_| true)?);
    Some(first.iter().zip(last).map(|(a, b)| (a + b) / 2.0).collect())
}

fn maximum(states: States, layer: usize) -> Vec<f32> {
    let mut largest = vec![f32::NEG_INFINITY; states.hidden_size];
    for token in 0..states.tokens.len() {
        for (largest, &value) in largest.iter_mut().zip(states.hidden_state(layer, token)) {
            // A maximum of NaN is NaN, as in PyTorch.
            if value > *largest || value.is_nan() {
                *largest = value;
            }
        }
    }
    largest
}

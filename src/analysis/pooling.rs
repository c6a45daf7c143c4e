use std::{fmt, str::FromStr};

use crate::bert::Trace;

/// A way to make one vector out of a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pooling {
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
    /// Mean of the embedding layer's mean and the last layer's mean.
    FirstLast,
}

impl Pooling {
    /// Every pooling, in the order shown.
    pub const ALL: &'static [Pooling] =
        &[Pooling::Pooled, Pooling::Cls, Pooling::Mean, Pooling::MeanWords, Pooling::Max, Pooling::FirstLast];

    /// The name used on screen, in files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Pooling::Pooled => "pooled",
            Pooling::Cls => "cls",
            Pooling::Mean => "mean",
            Pooling::MeanWords => "mean-words",
            Pooling::Max => "max",
            Pooling::FirstLast => "first-last",
        }
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
        Pooling::ALL.iter().copied().find(|pooling| pooling.name() == name).ok_or_else(|| {
            let names: Vec<_> = Pooling::ALL.iter().map(|pooling| pooling.name()).collect();
            format!("one of: {}", names.join(", "))
        })
    }
}

/// The sentence vector `[hidden]` under a pooling, from the last layer's hidden states.
///
/// None for `pooled` when the checkpoint has no pooler, and for `mean-words` when every token is special.
pub fn pool(trace: &Trace, pooling: Pooling) -> Option<Vec<f32>> {
    let last = trace.layers;
    match pooling {
        Pooling::Pooled => trace.pooler_output.clone(),
        Pooling::Cls => Some(trace.hidden_state(last, 0).to_vec()),
        Pooling::Mean => mean(trace, last, |_| true),
        Pooling::MeanWords => mean(trace, last, |token| !trace.tokens[token].special),
        Pooling::Max => Some(maximum(trace, last)),
        Pooling::FirstLast => {
            let (first, last) = (mean(trace, 0, |_| true)?, mean(trace, last, |_| true)?);
            Some(first.iter().zip(last).map(|(a, b)| (a + b) / 2.0).collect())
        }
    }
}

/// cosine(cls, mean) in each layer, `[layer + 1]`, 0 being the embedding layer: how far `[CLS]` has become
/// an average of all tokens.
pub fn cls_mean_drift(trace: &Trace) -> Vec<f32> {
    (0..=trace.layers)
        .map(|layer| {
            let mean = mean(trace, layer, |_| true).unwrap_or_default();
            super::cosine(trace.hidden_state(layer, 0), &mean)
        })
        .collect()
}

/// Sums in f64, so that the order of the tokens cannot show in the f32 result.
fn mean(trace: &Trace, layer: usize, keep: impl Fn(usize) -> bool) -> Option<Vec<f32>> {
    let mut sum = vec![0.0f64; trace.hidden_size];
    let mut count = 0usize;
    for token in (0..trace.tokens.len()).filter(|&token| keep(token)) {
        count += 1;
        for (sum, &value) in sum.iter_mut().zip(trace.hidden_state(layer, token)) {
            *sum += f64::from(value);
        }
    }
    (count > 0).then(|| sum.into_iter().map(|sum| (sum / count as f64) as f32).collect())
}

fn maximum(trace: &Trace, layer: usize) -> Vec<f32> {
    let mut largest = vec![f32::NEG_INFINITY; trace.hidden_size];
    for token in 0..trace.tokens.len() {
        for (largest, &value) in largest.iter_mut().zip(trace.hidden_state(layer, token)) {
            *largest = largest.max(value);
        }
    }
    largest
}

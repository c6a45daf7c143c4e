use super::super::{Pooling, SentenceVector};
use crate::bert::States;

/// The mean vectors of some sentences, which centring takes away; and each sentence's, where they are kept.
#[derive(Clone, Debug, Default)]
pub struct ListMeans {
    pooled: Vec<PooledMean>,
    /// Of the tokens that are not special, `[layer + 1]`: the sum of their vectors, and how many.
    tokens: Vec<(Vec<f64>, usize)>,
    only_sums: bool,
}

/// Of a pooling; none where there is no pooler.
#[derive(Clone, Debug)]
struct PooledMean {
    pooling: Pooling,
    sum: Vec<f64>,
    count: usize,
    vectors: Vec<Vec<f32>>,
}

impl ListMeans {
    /// The poolings whose vectors are looked at.
    pub const POOLINGS: [Pooling; 3] = [Pooling::Cls, Pooling::Mean, Pooling::Pooled];

    /// For means alone, whose size does not grow with the list.
    pub fn only_sums() -> Self {
        Self { only_sums: true, ..Self::default() }
    }

    /// Takes in a sentence; one with NaN or infinity is left out.
    pub fn push(&mut self, states: States) {
        if self.pooled.is_empty() {
            let none = |pooling| PooledMean { pooling, sum: Vec::new(), count: 0, vectors: Vec::new() };
            self.pooled = Self::POOLINGS.map(none).to_vec();
            self.tokens = vec![(vec![0.0; states.hidden_size], 0); states.layers + 1];
        }
        if states.hidden_states.iter().any(|value| !value.is_finite()) {
            return;
        }
        for PooledMean { pooling, sum, count, vectors } in &mut self.pooled {
            let Some(vector) = SentenceVector::from(*pooling).of(states) else { continue };
            sum.resize(vector.len(), 0.0);
            sum.iter_mut().zip(&vector).for_each(|(sum, value)| *sum += f64::from(*value));
            *count += 1;
            if !self.only_sums {
                vectors.push(vector);
            }
        }
        for (layer, (sum, count)) in self.tokens.iter_mut().enumerate() {
            for (at, _) in states.tokens.iter().enumerate().filter(|(_, token)| !token.special) {
                let state = states.hidden_state(layer, at);
                sum.iter_mut().zip(state).for_each(|(sum, value)| *sum += f64::from(*value));
                *count += 1;
            }
        }
    }

    /// Each sentence's vectors under a pooling; none where there are no such, or they are not kept.
    pub fn vectors(&self, pooling: Pooling) -> &[Vec<f32>] {
        self.pooled.iter().find(|of| of.pooling == pooling).map_or(&[], |of| &of.vectors)
    }

    /// Their mean, `[hidden]`; none of fewer than two, as nothing of one is left without it.
    pub fn mean(&self, pooling: Pooling) -> Option<Vec<f32>> {
        let PooledMean { sum, count, .. } = self.pooled.iter().find(|of| of.pooling == pooling && of.count > 1)?;
        Some(sum.iter().map(|sum| (sum / *count as f64) as f32).collect())
    }

    /// The mean vector of the tokens that are not special in a layer, `[hidden]`; layer 0 is the input.
    pub fn token_mean(&self, layer: usize) -> Option<Vec<f32>> {
        let (sum, count) = self.tokens.get(layer).filter(|(_, count)| *count > 0)?;
        Some(sum.iter().map(|sum| (sum / *count as f64) as f32).collect())
    }
}

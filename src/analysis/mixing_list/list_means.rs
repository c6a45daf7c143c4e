use super::super::{Pooling, SentenceVector};
use crate::bert::States;

/// The mean vectors of some sentences, and each sentence's: what centring takes away.
#[derive(Clone, Debug, Default)]
pub struct ListMeans {
    /// Each sentence's vectors, `[pooling][sentence]`, none where there is no pooler.
    vectors: Vec<(Pooling, Vec<Vec<f32>>)>,
    /// Of the tokens that are not special, `[layer + 1]`: the sum of their vectors, and how many.
    tokens: Vec<(Vec<f64>, usize)>,
}

impl ListMeans {
    /// The poolings whose vectors are looked at.
    pub const POOLINGS: [Pooling; 3] = [Pooling::Cls, Pooling::Mean, Pooling::Pooled];

    /// Takes in a sentence; one with NaN or infinity is left out.
    pub fn push(&mut self, states: States) {
        if self.vectors.is_empty() {
            self.vectors = Self::POOLINGS.iter().map(|&pooling| (pooling, Vec::new())).collect();
            self.tokens = vec![(vec![0.0; states.hidden_size], 0); states.layers + 1];
        }
        if states.hidden_states.iter().any(|value| !value.is_finite()) {
            return;
        }
        for (pooling, vectors) in &mut self.vectors {
            vectors.extend(SentenceVector::from(*pooling).of(states));
        }
        for (layer, (sum, count)) in self.tokens.iter_mut().enumerate() {
            for (at, _) in states.tokens.iter().enumerate().filter(|(_, token)| !token.special) {
                let state = states.hidden_state(layer, at);
                sum.iter_mut().zip(state).for_each(|(sum, value)| *sum += f64::from(*value));
                *count += 1;
            }
        }
    }

    /// Each sentence's vectors under a pooling; none where there are no such.
    pub fn vectors(&self, pooling: Pooling) -> &[Vec<f32>] {
        self.vectors.iter().find(|(of, _)| *of == pooling).map_or(&[], |(_, vectors)| vectors)
    }

    /// Their mean, `[hidden]`; none of fewer than two, as nothing of one is left without it.
    pub fn mean(&self, pooling: Pooling) -> Option<Vec<f32>> {
        let vectors = Some(self.vectors(pooling)).filter(|vectors| vectors.len() > 1)?;
        let mut sum = vec![0.0f64; vectors.first()?.len()];
        vectors.iter().for_each(|vector| sum.iter_mut().zip(vector).for_each(|(sum, v)| *sum += f64::from(*v)));
        Some(sum.into_iter().map(|sum| (sum / vectors.len() as f64) as f32).collect())
    }

    /// The mean vector of the tokens that are not special in a layer, `[hidden]`; layer 0 is the input.
    pub fn token_mean(&self, layer: usize) -> Option<Vec<f32>> {
        let (sum, count) = self.tokens.get(layer).filter(|(_, count)| *count > 0)?;
        Some(sum.iter().map(|sum| (sum / *count as f64) as f32).collect())
    }
}

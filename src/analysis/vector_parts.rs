use super::{MeasuredTrace, Pooling, choice::choice};

choice! {
    /// Where the parts of a sentence's vector are told apart.
    PartsFrom:
    /// In the last layer: what each token has become there.
    #[default]
    LastLayer = "last-layer",
    /// In the inputs: what becomes of each input token, and of the biases, on the way through the layers (DecompX).
    Inputs = "inputs",
}

/// A sentence's vector as a sum: what each token adds to it and, last, what no token adds, the biases.
#[derive(Clone, Debug, PartialEq)]
pub struct VectorParts {
    /// `[S + 1, hidden]`
    values: Vec<f32>,
    hidden_size: usize,
}

impl VectorParts {
    /// The poolings whose vectors are such sums, in the order shown.
    pub const POOLINGS: &'static [Pooling] = &[Pooling::Mean, Pooling::MeanWords, Pooling::Cls, Pooling::Pooled];

    /// Of parts `[S + 1, hidden]`, the biases last.
    pub fn new(values: Vec<f32>, hidden_size: usize) -> Self {
        Self { values, hidden_size }
    }

    /// Whether a trace has the parts of such a vector. The inputs' are there once they are
    /// [worked out](super::Groundwork::Sources).
    pub fn is_there(trace: &MeasuredTrace, pooling: Pooling, from: PartsFrom) -> bool {
        match (from, pooling) {
            (PartsFrom::Inputs, _) => decomposed(trace, pooling).is_some(),
            (_, Pooling::Cls | Pooling::Mean) => true,
            (_, Pooling::MeanWords) => trace.tokens.iter().any(|token| !token.special),
            (_, Pooling::Pooled) => trace.pooler_output.is_some(),
            (_, _) => false,
        }
    }

    /// The parts of a sentence's vector; those of the last layer are h_i/n for `mean` and, as only `[CLS]` is read there, the
    /// vector itself for `cls` and `pooled`. None where it has [none](VectorParts::is_there).
    pub fn of(trace: &MeasuredTrace, pooling: Pooling, from: PartsFrom) -> Option<Self> {
        if !Self::is_there(trace, pooling, from) {
            return None;
        }
        if from == PartsFrom::Inputs {
            return decomposed(trace, pooling).cloned();
        }
        let (states, size) = (trace.last_hidden_state(), trace.hidden_size);
        let mut values = vec![0.0; states.len() + size];
        match pooling {
            Pooling::Pooled => values[..size].copy_from_slice(trace.pooler_output.as_deref()?),
            Pooling::Cls => values[..size].copy_from_slice(&states[..size]),
            _ => {
                let is_in = |at: usize| pooling == Pooling::Mean || !trace.tokens[at].special;
                let count = (0..trace.tokens.len()).filter(|&at| is_in(at)).count() as f32;
                let rows = values.chunks_exact_mut(size).zip(states.chunks_exact(size)).enumerate();
                for (_, (part, state)) in rows.filter(|(at, _)| is_in(*at)) {
                    part.iter_mut().zip(state).for_each(|(part, value)| *part = value / count);
                }
            }
        }
        Some(Self::new(values, size))
    }

    /// Those of the tokens, `[hidden]` each, then that of the biases.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[f32]> {
        self.values.chunks_exact(self.hidden_size.max(1))
    }

    /// The sum of some tokens' parts, `[hidden]`.
    pub(super) fn sum(&self, tokens: std::ops::Range<usize>) -> Vec<f32> {
        let mut sum = vec![0.0; self.hidden_size];
        for part in self.iter().take(tokens.end).skip(tokens.start) {
            sum.iter_mut().zip(part).for_each(|(sum, value)| *sum += value);
        }
        sum
    }

    /// That of the biases, `[hidden]`.
    pub(super) fn biases(&self) -> &[f32] {
        self.iter().last().unwrap_or_default()
    }

    /// The Euclidean length of the whole.
    pub(super) fn length(&self) -> f64 {
        let mut sum = vec![0.0f64; self.hidden_size];
        self.iter().for_each(|part| sum.iter_mut().zip(part).for_each(|(sum, &value)| *sum += f64::from(value)));
        sum.iter().map(|value| value * value).sum::<f64>().sqrt()
    }
}

fn decomposed(trace: &MeasuredTrace, pooling: Pooling) -> Option<&VectorParts> {
    let parts = &trace.decomposition()?.parts;
    parts.iter().find(|(of, _)| *of == pooling).map(|(_, parts)| parts)
}

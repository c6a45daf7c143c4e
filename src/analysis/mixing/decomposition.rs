use std::ops::{ControlFlow, Range};

use super::{
    VectorLengths,
    lanes::{dot, length},
    lengths::groups,
};
use crate::{
    analysis::{Pooling, VectorParts},
    bert::{BertError, FrozenPass, Source},
};

/// DecompX (Modarressi et al. 2023) with the biases in a column of their own: every hidden state as a sum of what each input token, and
/// what no token, has become on its way through the layers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decomposition {
    /// Lengths of those vectors; the last column is that of the biases, `[L, S, S + 1]`.
    pub norms: VectorLengths,
    /// c·h/|h|² of each with the vector h that they add up to, `[L, S, S + 1]`: signed shares that add up to 1, also over words.
    pub dots: Vec<f32>,
    /// Of the mean over the last vectors of all tokens.
    pub mean: VectorShares,
    /// Of what the pooler makes of the last vector of the first token; none where there is no pooler.
    pub pooled: Option<VectorShares>,
    /// The vectors that stand for the sentence as the sums themselves, those that it has of [`VectorParts::POOLINGS`].
    pub parts: Vec<(Pooling, VectorParts)>,
}

/// What one vector is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VectorShares {
    /// `[S + 1]`, the biases last.
    pub norms: Vec<f32>,
    /// `[S + 1]`.
    pub dots: Vec<f32>,
}

/// What a source is in every token's vector behind a layer, `[S]` each.
struct DecomposedColumn {
    norms: Vec<f32>,
    dots: Vec<f32>,
    /// Behind the last layer: its part of the first token's vector, of the mean of all and of the mean of those that are not
    /// special, `[D]` each.
    parts: Option<[Vec<f32>; 3]>,
}

impl Decomposition {
    /// Works it out of a pass. `progress` is told how many of how many sources are done and may break off: then there is nothing.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn new(
        pass: &FrozenPass,
        mut progress: impl FnMut(usize, usize) -> ControlFlow<()>,
    ) -> Result<Option<Self>, BertError> {
        let trace = pass.trace();
        let (tokens, size, last) = (trace.tokens.len(), trace.hidden_size, trace.layers.saturating_sub(1));
        let groups = groups(trace);
        let sources = in_order(tokens, &groups);
        let squares: Vec<f32> = trace.hidden_states.chunks_exact(size).map(|state| dot(state, state)).collect();
        let reduce = |layer: usize, _, vectors: &[f32]| {
            let (states, squares) = (trace.hidden_layer(layer + 1), &squares[(layer + 1) * tokens..]);
            let rows = || vectors.chunks_exact(size);
            let dots = rows().zip(states.chunks_exact(size)).zip(squares);
            DecomposedColumn {
                norms: rows().map(length).collect(),
                dots: dots.map(|((part, state), square)| dot(part, state) / square).collect(),
                parts: (layer == last).then(|| {
                    let mean = |is_in: &dyn Fn(usize) -> bool| mean(vectors, size, is_in);
                    [vectors[..size].to_vec(), mean(&|_| true), mean(&|token| !trace.tokens[token].special)]
                }),
            }
        };
        let mut layers: Vec<Vec<DecomposedColumn>> =
            (0..trace.layers).map(|_| Vec::with_capacity(sources.len())).collect();
        let ended = pass.decompose(&sources, reduce, |done, found| {
            layers.iter_mut().zip(found).for_each(|(all, mut some)| all.append(&mut some));
            progress(done, sources.len())
        })?;
        if ended.is_break() {
            return Ok(None);
        }

        let mut decomposition = Self { norms: VectorLengths::new(trace), ..Self::default() };
        for columns in &layers {
            decomposition.norms.push(&columns.iter().map(|column| column.norms.as_slice()).collect::<Vec<_>>());
            for row in 0..tokens {
                decomposition.dots.extend(columns[..=tokens].iter().map(|column| column.dots[row]));
            }
        }
        let parts = |which: usize| -> Vec<f32> {
            let columns = layers.last().map_or(&[][..], |columns| &columns[..=tokens]);
            columns.iter().filter_map(|column| column.parts.as_ref()).flat_map(|parts| &parts[which]).copied().collect()
        };
        let [cls, mean, words] = [0, 1, 2].map(parts);
        let pooled = pass.pool(&cls, tokens)?;
        decomposition.mean = VectorShares::new(&mean, size);
        decomposition.pooled = pooled.as_deref().map(|parts| VectorShares::new(parts, size));
        let has_words = trace.tokens.iter().any(|token| !token.special);
        let of = [Some(mean), Some(words).filter(|_| has_words), Some(cls), pooled];
        let of = VectorParts::POOLINGS.iter().zip(of);
        decomposition.parts =
            of.filter_map(|(pooling, parts)| Some((*pooling, VectorParts::new(parts?, size)))).collect();
        Ok(Some(decomposition))
    }
}

impl VectorShares {
    /// Of parts `[S + 1, D]` that add up to the vector.
    fn new(parts: &[f32], size: usize) -> Self {
        let mut whole = vec![0.0; size];
        parts.chunks_exact(size).for_each(|part| whole.iter_mut().zip(part).for_each(|(sum, value)| *sum += value));
        let square = dot(&whole, &whole);
        Self {
            norms: parts.chunks_exact(size).map(length).collect(),
            dots: parts.chunks_exact(size).map(|part| dot(part, &whole) / square).collect(),
        }
    }
}

/// The tokens, the biases, the words of several pieces.
fn in_order(tokens: usize, groups: &[Range<usize>]) -> Vec<Source> {
    let (single, several) = groups.split_at(tokens);
    let of = |groups: &[Range<usize>]| groups.iter().cloned().map(Source::Tokens).collect::<Vec<_>>();
    [of(single), vec![Source::Biases], of(several)].concat()
}

/// The mean of the vectors of some tokens; 0 of none.
fn mean(vectors: &[f32], size: usize, is_in: impl Fn(usize) -> bool) -> Vec<f32> {
    let (mut sum, mut count) = (vec![0.0; size], 0usize);
    for (_, row) in vectors.chunks_exact(size).enumerate().filter(|(token, _)| is_in(*token)) {
        count += 1;
        sum.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
    }
    sum.iter().map(|sum| sum / count.max(1) as f32).collect()
}

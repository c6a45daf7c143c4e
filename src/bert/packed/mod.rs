//! BERT's layers on the CPU, on plain arrays: linear layers whose weights are laid out once, at loading, in the order in
//! which the product reads them; attention head by head, while a head is in the cache; and all that follows row by
//! row, by parts that stay in a core's cache from the heads' context to the next layer.
//!
//! burn multiplies by a weight as it lies in memory, and each of its operations goes through memory once; at the few
//! rows of a sentence both take longer than the arithmetic. The kernels (AVX-512, AVX2, NEON, portable; chosen at run
//! time) are those of rten.
//!
//! B inputs in a batch, S tokens, D hidden size, H heads of d = D/H, F intermediate size; all arrays row-major.

mod attention;
mod linear;
mod norm;
mod threads;

use rayon::prelude::*;
use rten_gemm::GemmError;
use rten_simd::SimdUnaryOp;
use rten_vecmath::{ApproxGelu, Gelu, Silu};

pub(super) use linear::PackedLinear;
pub(super) use norm::PackedNorm;
pub(super) use threads::{attended, spread_threads};

use super::{Activation, encoder::Masks};
use attention::Projected;

/// `BertLayer`, as [`super::network::Layer`] is in burn.
pub(super) struct PackedLayer {
    /// Query, key and value.
    pub projections: [PackedLinear; 3],
    pub attention_output: PackedLinear,
    pub attention_norm: PackedNorm,
    pub feed_forward: FeedForward,
    pub norm: PackedNorm,
    pub heads: usize,
}

/// The hidden states `[B, S, D]` on their way through the layers, and room for what a layer makes of them.
pub(super) struct PackedStates {
    pub values: Vec<f32>,
    batch: usize,
    length: usize,
    /// Query, key and value of each token, `[B, S, D]` each, head by head.
    projected: [Vec<f32>; 3],
    /// What each head takes from the tokens, `[B, H, S, d]`.
    context: Vec<f32>,
}

impl PackedStates {
    pub(super) fn new(values: Vec<f32>, batch: usize, length: usize) -> Self {
        let room = || vec![0.0; values.len()];
        Self { projected: [room(), room(), room()], context: room(), values, batch, length }
    }
}

impl PackedLayer {
    /// The next layer's states, in the place of the last's; the attention probabilities `[B, H, S, S]` are written
    /// where they are wanted.
    pub(super) fn forward(
        &self,
        states: &mut PackedStates,
        masks: Masks,
        probabilities: Option<&mut [f32]>,
    ) -> Result<(), GemmError> {
        let PackedStates { values, batch, length, projected, context } = states;
        let (rows, length) = (*batch * *length, *length);
        let size = values.len() / rows.max(1);
        let (part_rows, part) = (part_rows(rows), part_rows(rows) * size);

        let [query, key, value] = projected;
        let outputs = query.par_chunks_mut(part).zip(key.par_chunks_mut(part)).zip(value.par_chunks_mut(part));
        values.par_chunks(part).zip(outputs).try_for_each(|(hidden, ((query, key), value))| {
            self.projections[0].write(hidden, query)?;
            self.projections[1].write(hidden, key)?;
            self.projections[2].write(hidden, value)
        })?;

        let projected = Projected { query, key, value, length, heads: self.heads, head_size: size / self.heads };
        attention::attend(&projected, masks, probabilities, context)?;

        values.par_chunks_mut(part).enumerate().try_for_each(|(i, hidden)| {
            let context = self.gathered(context, length, i * part_rows, hidden.len() / size);
            self.attention_output.add(&context, hidden)?;
            self.attention_norm.apply(hidden);
            self.feed_forward.add(hidden)?;
            self.norm.apply(hidden);
            Ok(())
        })
    }

    /// Of so many tokens from `first` on what their heads took, side by side: of `[B, H, S, d]` a part of `[B, S, D]`.
    fn gathered(&self, context: &[f32], length: usize, first: usize, count: usize) -> Vec<f32> {
        let size = self.attention_output.outputs();
        let head_size = size / self.heads;
        let mut rows = Vec::with_capacity(count * size);
        for (input, token) in (first..first + count).map(|row| (row / length, row % length)) {
            for head in 0..self.heads {
                let start = ((input * self.heads + head) * length + token) * head_size;
                rows.extend_from_slice(&context[start..start + head_size]);
            }
        }
        rows
    }
}

/// How many of so many rows go through a layer at a time: as many for each thread, few enough that they stay in its
/// core's cache; all at once where they are too few to share out, and the products are shared out instead.
fn part_rows(rows: usize) -> usize {
    const FEWEST: usize = 48;
    const MOST: usize = 132;
    /// Of the tiles of a product.
    const TILE: usize = 6;
    let threads = rayon::current_num_threads();
    let parts = (threads * rows.div_ceil(threads * MOST)).min(rows / FEWEST).max(1);
    rows.div_ceil(parts).max(1).next_multiple_of(TILE)
}

/// W₂·activation(W₁·x + b₁) + b₂, cut along F into pieces of which every thread can take an equal share.
pub(in crate::bert) struct FeedForward {
    /// Of each piece W₁ and b₁, W₂ and b₂ (with the first alone).
    pieces: Vec<(PackedLinear, PackedLinear)>,
    activation: Activation,
}

impl FeedForward {
    /// `expand` is `[F, D]` with a bias `[F]`, `contract` is `[D, F]` with a bias `[D]`.
    pub(super) fn new(expand: (&[f32], &[f32]), contract: (&[f32], &[f32]), activation: Activation) -> Self {
        let ((expand, expand_bias), (contract, contract_bias)) = (expand, contract);
        let (wide, size) = (expand_bias.len(), contract_bias.len());
        let width = linear::shared_width(wide);
        let piece = |start: usize| {
            let end = (start + width).min(wide);
            let first = PackedLinear::new(&expand[start * size..end * size], &expand_bias[start..end]);
            let second = PackedLinear::of_columns(contract, size, start..end, (start == 0).then_some(contract_bias));
            (first, second)
        };
        Self { pieces: (0..wide).step_by(width).map(piece).collect(), activation }
    }

    /// Adds its output to its input, `[rows, D]`.
    fn add(&self, hidden: &mut [f32]) -> Result<(), GemmError> {
        let input = hidden.to_vec();
        let mut expanded = Vec::new();
        for (expand, contract) in &self.pieces {
            expanded.resize(input.len() / expand.inputs() * expand.outputs(), 0.0);
            expand.write(&input, &mut expanded)?;
            self.activation.apply(&mut expanded);
            contract.add(&expanded, hidden)?;
        }
        Ok(())
    }
}

impl Activation {
    /// In place; exact but for the rounding of erf and tanh (7e-7).
    fn apply(self, values: &mut [f32]) {
        /// So many values that handing them to another thread pays.
        const PART: usize = 1 << 14;
        values.par_chunks_mut(PART).for_each(|part| match self {
            Activation::Gelu => Gelu {}.map_mut(part),
            Activation::GeluTanh => ApproxGelu {}.map_mut(part),
            Activation::Relu => part.iter_mut().for_each(|value| *value = value.max(0.0)),
            Activation::Silu => Silu {}.map_mut(part),
        });
    }
}

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
use rten_tensor::NdTensorView;
use rten_vecmath::{ApproxGelu, Gelu, Silu};

pub(super) use linear::PackedLinear;
pub(super) use norm::PackedNorm;
pub(super) use threads::{attended, spread_threads};

use super::{Activation, encoder::Masks};
use attention::Projected;
use linear::PackedWeight;

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
        let part_rows = part_rows(rows, size);
        let part = part_rows * size;

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
            let context = projected.gathered(context, i * part_rows, hidden.len() / size);
            self.attention_output.add(&context, hidden)?;
            self.attention_norm.apply(hidden);
            self.feed_forward.add(hidden)?;
            self.norm.apply(hidden);
            Ok(())
        })
    }
}

/// How many of so many rows `[D]` go through a layer at a time: as many for each thread, few enough that they stay in
/// its core's cache; all at once where they are so few that each thread would wait for weights, and it is the outputs
/// of the products that are shared out instead.
fn part_rows(rows: usize, size: usize) -> usize {
    const MOST: usize = 132;
    let fewest = (size / 24).max(1);
    let threads = rayon::current_num_threads();
    let parts = (threads * rows.div_ceil(threads * MOST)).min(rows / fewest).max(1);
    rows.div_ceil(parts).max(1)
}

/// W₂·activation(W₁·x + b₁) + b₂, cut along F into pieces of which every thread can take an equal share.
pub(in crate::bert) struct FeedForward {
    /// Of each piece W₁ and b₁, and W₂.
    pieces: Vec<(PackedLinear, PackedWeight)>,
    /// b₂.
    bias: Vec<f32>,
    activation: Activation,
}

impl FeedForward {
    /// `expand` is `[F, D]` with a bias `[F]`, `contract` is `[D, F]` with a bias `[D]`.
    pub(in crate::bert) fn new(
        (expand, expand_bias): (&[f32], &[f32]),
        (contract, bias): (&[f32], &[f32]),
        activation: Activation,
    ) -> Self {
        let (wide, size) = (expand_bias.len(), bias.len());
        let contract = NdTensorView::from_data([size, wide], contract);
        let width = linear::shared_width(wide);
        let piece = |start: usize| {
            let end = (start + width).min(wide);
            let expand = PackedLinear::new(&expand[start * size..end * size], &expand_bias[start..end]);
            (expand, PackedWeight::new(contract.slice((.., start..end))))
        };
        Self { pieces: (0..wide).step_by(width).map(piece).collect(), bias: bias.to_vec(), activation }
    }

    /// Adds its output to its input, `[rows, D]`.
    fn add(&self, hidden: &mut [f32]) -> Result<(), GemmError> {
        let input = hidden.to_vec();
        linear::add_to_rows(hidden, &self.bias);
        let mut expanded = Vec::new();
        for (expand, contract) in &self.pieces {
            expand.replace(&input, &mut expanded)?;
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

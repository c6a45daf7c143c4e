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

pub(super) use threads::{keep_threads_awake, spread_threads};

use super::{
    Activation, BertConfig, BertError,
    architecture::{Affine, LayerParameters},
    masks::Masks,
    parameters::Stored,
};
use attention::Projected;
use linear::{PackedLinear, PackedWeight};
use norm::PackedNorm;

/// `BertLayer`, as [`super::layer::Layer`] is in burn.
pub(super) struct PackedLayer {
    /// Query, key and value.
    projections: [PackedLinear; 3],
    attention_output: PackedLinear,
    attention_norm: PackedNorm,
    feed_forward: FeedForward,
    norm: PackedNorm,
    heads: usize,
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
    pub(super) fn new(parameters: LayerParameters<Stored>, config: &BertConfig) -> Result<Self, BertError> {
        let linear = |parameters: Affine<Stored>| -> Result<PackedLinear, BertError> {
            let (weight, bias) = parameters.values()?;
            Ok(PackedLinear::new(&weight, &bias))
        };
        let norm = |parameters: Affine<Stored>| -> Result<PackedNorm, BertError> {
            let (weight, bias) = parameters.values()?;
            Ok(PackedNorm { weight, bias, epsilon: config.layer_norm_eps as f32 })
        };
        let LayerParameters { query, key, value, .. } = parameters;
        let projections = [linear(query)?, linear(key)?, linear(value)?];
        let (intermediate, intermediate_bias) = parameters.intermediate.values()?;
        let (output, bias) = parameters.output.values()?;
        Ok(Self {
            projections,
            attention_output: linear(parameters.attention_output)?,
            attention_norm: norm(parameters.attention_norm)?,
            feed_forward: FeedForward::new((&intermediate, &intermediate_bias), (&output, &bias), config.hidden_act),
            norm: norm(parameters.norm)?,
            heads: config.num_attention_heads,
        })
    }

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
/// of the products that are shared out instead. Both bounds were found by measuring MiniLM (D = 384) and bert-base's
/// size (768) with cores of 1 MB of cache each.
fn part_rows(rows: usize, size: usize) -> usize {
    const MOST: usize = 128;
    let fewest = (size / 24).max(1);
    let threads = rayon::current_num_threads();
    let parts = (threads * rows.div_ceil(threads * MOST)).min(rows / fewest).max(1);
    rows.div_ceil(parts).max(1)
}

/// W₂·activation(W₁·x + b₁) + b₂, cut along F into pieces of which every thread can take an equal share.
struct FeedForward {
    /// Of each piece W₁ and b₁, and W₂.
    pieces: Vec<(PackedLinear, PackedWeight)>,
    /// b₂.
    bias: Vec<f32>,
    activation: Activation,
}

impl FeedForward {
    /// `intermediate` is `[F, D]` with a bias `[F]`, `output` is `[D, F]` with a bias `[D]`.
    fn new(intermediate: (&[f32], &[f32]), output: (&[f32], &[f32]), activation: Activation) -> Self {
        Self::in_pieces(intermediate, output, activation, linear::shared_width(intermediate.1.len()))
    }

    /// As [`FeedForward::new`], in pieces of at most `width` of F.
    fn in_pieces(
        (intermediate, intermediate_bias): (&[f32], &[f32]),
        (output, bias): (&[f32], &[f32]),
        activation: Activation,
        width: usize,
    ) -> Self {
        let (wide, size) = (intermediate_bias.len(), bias.len());
        let output = NdTensorView::from_data([size, wide], output);
        let piece = |start: usize| {
            let end = (start + width).min(wide);
            let rows = &intermediate[start * size..end * size];
            let intermediate = PackedLinear::new(rows, &intermediate_bias[start..end]);
            (intermediate, PackedWeight::new(output.slice((.., start..end))))
        };
        Self { pieces: (0..wide).step_by(width).map(piece).collect(), bias: bias.to_vec(), activation }
    }

    /// Adds its output to its input, `[rows, D]`.
    fn add(&self, hidden: &mut [f32]) -> Result<(), GemmError> {
        let (input, size) = (hidden.to_vec(), self.bias.len());
        linear::add_to_rows(hidden, &self.bias);
        let mut activated = Vec::new();
        for (intermediate, output) in &self.pieces {
            activated.resize(input.len() / size * intermediate.outputs(), 0.0);
            intermediate.write(&input, &mut activated)?;
            self.activation.apply(&mut activated);
            output.add(&activated, hidden)?;
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
            // NaN stays NaN.
            Activation::Relu => part.iter_mut().filter(|value| **value < 0.0).for_each(|value| *value = 0.0),
            Activation::Silu => Silu {}.map_mut(part),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Not the same numbers twice, between -1 and 1.
    fn numbers(count: usize, seed: usize) -> Vec<f32> {
        (0..count).map(|i| ((i * 7919 + seed * 104_729) % 2003) as f32 / 1001.5 - 1.0).collect()
    }

    #[test]
    fn pieces_give_what_the_whole_gives() {
        const SIZE: usize = 24;
        const WIDE: usize = 100;
        const ROWS: usize = 7;
        let (intermediate, output) = (numbers(WIDE * SIZE, 1), numbers(SIZE * WIDE, 2));
        let (intermediate_bias, bias, input) = (numbers(WIDE, 3), numbers(SIZE, 4), numbers(ROWS * SIZE, 5));
        let sum = |i: usize, j: usize| {
            let dot = |unit: usize| -> f64 {
                let products = (0..SIZE).map(|k| f64::from(input[i * SIZE + k] * intermediate[unit * SIZE + k]));
                f64::from(intermediate_bias[unit]) + products.sum::<f64>()
            };
            let hidden: f64 = (0..WIDE).map(|unit| dot(unit).max(0.0) * f64::from(output[j * WIDE + unit])).sum();
            f64::from(input[i * SIZE + j]) + f64::from(bias[j]) + hidden
        };
        for width in [WIDE, 50, 33, 1] {
            let layer =
                FeedForward::in_pieces((&intermediate, &intermediate_bias), (&output, &bias), Activation::Relu, width);
            assert_eq!(layer.pieces.len(), WIDE.div_ceil(width));
            let mut hidden = input.clone();
            layer.add(&mut hidden).unwrap();
            for (at, value) in hidden.iter().enumerate() {
                let expected = sum(at / SIZE, at % SIZE);
                assert!((f64::from(*value) - expected).abs() < 1e-4, "{width} at {at}: {value} and {expected}");
            }
        }
    }

    #[test]
    fn no_part_is_larger_than_a_cache_or_the_input() {
        for rows in [1, 2, 15, 16, 31, 32, 100, 127, 128, 129, 256, 512, 2048, 5000] {
            for size in [1, 16, 384, 768, 1024] {
                let part = part_rows(rows, size);
                assert!((1..=rows.min(128)).contains(&part), "{rows} rows of {size}: {part}");
            }
        }
    }
}

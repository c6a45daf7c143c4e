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
mod feed_forward;
mod frozen;
mod linear;
mod norm;
mod threads;

use rayon::prelude::*;

pub(super) use frozen::{Carried, FrozenLayer, LayerMaps, LayerParts, SentBack, product};
pub(super) use rten_gemm::GemmError;
pub(super) use threads::{keep_threads_awake, start_threads};

use super::{
    BertConfig, BertError,
    architecture::{Affine, LayerParameters},
    masks::Masks,
    relative::PositionBias,
};
use attention::Projected;
use feed_forward::FeedForward;
use linear::PackedLinear;
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
    /// What the scores of every layer get.
    position_bias: Option<PositionBias>,
}

impl PackedStates {
    pub(super) fn new(values: Vec<f32>, batch: usize, length: usize, position_bias: Option<PositionBias>) -> Self {
        let room = || vec![0.0; values.len()];
        Self { projected: [room(), room(), room()], context: room(), values, batch, length, position_bias }
    }
}

impl PackedLayer {
    /// Each weight is read, row-major, when its turn comes.
    pub(super) fn new<P>(
        parameters: LayerParameters<P>,
        config: &BertConfig,
        read: impl Fn(P) -> Result<Vec<f32>, BertError>,
    ) -> Result<Self, BertError> {
        let values = |Affine { weight, bias }| Ok::<_, BertError>((read(weight)?, read(bias)?));
        let linear = |parameters| values(parameters).map(|(weight, bias)| PackedLinear::new(&weight, &bias));
        let norm = |parameters| {
            let epsilon = config.layer_norm_eps as f32;
            values(parameters).map(|(weight, bias)| PackedNorm { weight, bias, epsilon })
        };
        let LayerParameters { query, key, value, .. } = parameters;
        let projections = [linear(query)?, linear(key)?, linear(value)?];
        let (intermediate, intermediate_bias) = values(parameters.intermediate)?;
        let (output, bias) = values(parameters.output)?;
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
        let PackedStates { values, batch, length, projected, context, position_bias } = states;
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

        let (heads, position_bias) = (self.heads, position_bias.as_ref());
        let projected = Projected { query, key, value, position_bias, length, heads, head_size: size / heads };
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

#[cfg(test)]
mod tests {
    use super::*;

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

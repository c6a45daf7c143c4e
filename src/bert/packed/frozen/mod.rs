//! A layer with everything held that is not linear in its input: the attention weights, what the layer norms divide by, and
//! the slopes of the activation. What is left sends vectors through one by one, so that those of parts of an input add
//! up to those of the whole.
//!
//! B vectors for each token side by side, S tokens, D hidden size, H heads of d = D/H, F intermediate size.

mod carried;
mod direct;
mod maps;
mod sent_back;
mod slopes;
mod sources;
mod unpacked;

use rayon::prelude::*;
use rten_gemm::{GemmError, GemmInputA, GemmInputB, GemmOptions};
use rten_tensor::NdTensorView;

pub(in crate::bert) use carried::Carried;
pub(in crate::bert) use direct::{LayerParts, product};
pub(in crate::bert) use maps::LayerMaps;
pub(in crate::bert) use sent_back::SentBack;

use super::{PackedLayer, attention::Projected, linear::kernel, part_rows};

/// A layer as it went through one input.
pub(in crate::bert) struct FrozenLayer<'m> {
    layer: &'m PackedLayer,
    maps: &'m LayerMaps,
    /// What went in, `[S, D]`.
    input: &'m [f32],
    /// The attention weights, `[H, S, S]`.
    weights: &'m [f32],
    /// `[H]`, true where a head's context was nothing.
    ablated: Vec<bool>,
    /// S.
    length: usize,
    /// D.
    size: usize,
    /// Input and attention before their layer norm, `[S, D]`.
    summed: Vec<f32>,
    /// What that norm divided by, `[S]`.
    attention_deviations: Vec<f32>,
    /// Behind it, `[S, D]`: the output of the attention block.
    attended: Vec<f32>,
    /// activation(z)/z where z is what reaches it, `[S, F]`.
    slopes: Vec<f32>,
    /// What the layer norm behind the feed-forward block divided by, `[S]`.
    deviations: Vec<f32>,
    /// What came out, `[S, D]`.
    output: Vec<f32>,
}

impl<'m> FrozenLayer<'m> {
    /// All but what went in and the attention weights is worked out anew.
    pub(in crate::bert) fn new(
        layer: &'m PackedLayer,
        maps: &'m LayerMaps,
        (input, weights): (&'m [f32], &'m [f32]),
        ablated: Vec<bool>,
        length: usize,
    ) -> Result<Self, GemmError> {
        let (size, wide) = (layer.norm.weight.len(), layer.feed_forward.width());
        let states = || vec![0.0; length * size];
        let mut frozen = Self {
            layer,
            maps,
            input,
            weights,
            ablated,
            length,
            size,
            summed: input.to_vec(),
            attention_deviations: vec![0.0; length],
            attended: states(),
            slopes: vec![0.0; length * wide],
            deviations: vec![0.0; length],
            output: states(),
        };
        let (mut value, mut context) = (states(), states());
        layer.projections[2].write(input, &mut value)?;
        frozen.mix(&value, false, &mut context)?;
        frozen.go_through(&context)?;
        Ok(frozen)
    }

    /// From the heads' context `[H, S, d]` on, as [`PackedLayer::forward`] does, writing down what is held.
    fn go_through(&mut self, context: &[f32]) -> Result<(), GemmError> {
        let (layer, length, size) = (self.layer, self.length, self.size);
        let wide = layer.feed_forward.width();
        let projected = shape(layer, length, size);
        let rows = part_rows(length, size);
        let parts = self.summed.par_chunks_mut(rows * size).zip(self.attention_deviations.par_chunks_mut(rows));
        let parts = parts.zip(self.attended.par_chunks_mut(rows * size));
        let parts = parts.zip(self.slopes.par_chunks_mut(rows * wide));
        let parts = parts.zip(self.deviations.par_chunks_mut(rows)).zip(self.output.par_chunks_mut(rows * size));
        parts.enumerate().try_for_each(|(part, parts)| {
            let (((((summed, attention_deviations), attended), slopes), deviations), output) = parts;
            let context = projected.gathered(context, part * rows, summed.len() / size);
            layer.attention_output.add(&context, summed)?;
            attended.copy_from_slice(summed);
            layer.attention_norm.apply_noting(attended, attention_deviations);
            output.copy_from_slice(attended);
            layer.feed_forward.add_noting(output, slopes)?;
            layer.norm.apply_noting(output, deviations);
            Ok(())
        })
    }

    /// Mixes what heads read off the tokens, `[B, S, D]`, by the attention weights, or the other way round by their
    /// transpose: what each head takes, `[B, H, S, d]`; nothing where it is ablated.
    fn mix(&self, values: &[f32], transposed: bool, context: &mut [f32]) -> Result<(), GemmError> {
        let Self { layer, length, size, .. } = *self;
        let projected = Projected { value: values, ..shape(layer, length, size) };
        let heads = context.par_chunks_mut(length * projected.head_size).enumerate();
        heads.try_for_each(|(at, context)| {
            let head = at % layer.heads;
            if self.ablated[head] {
                context.fill(0.0);
                return Ok(());
            }
            let weights = &self.weights[head * length * length..][..length * length];
            let weights = NdTensorView::from_data([length, length], weights);
            let weights = GemmInputA::Unpacked(if transposed { weights.transposed() } else { weights });
            let value = GemmInputB::Unpacked(projected.part(values, at));
            kernel().gemm(context, weights, value, GemmOptions::default())
        })
    }

    /// Behind the attention block, `[S, D]`.
    pub(in crate::bert) fn attended(&self) -> &[f32] {
        &self.attended
    }

    /// What came out, `[S, D]`.
    pub(in crate::bert) fn output(&self) -> &[f32] {
        &self.output
    }

    /// β of the layer norm behind the attention block, and the bias of its output projection: what no token gives, `[D]`
    /// each.
    pub(in crate::bert) fn attention_biases(&self) -> [&'m [f32]; 2] {
        [&self.layer.attention_norm.bias, self.layer.attention_output.bias()]
    }

    /// The linear part of the layer norm behind the attention block, of vectors `[S, D]`.
    pub(in crate::bert) fn norm_attention(&self, vectors: &mut [f32]) {
        self.layer.attention_norm.apply_held(vectors, self.attention_deviations.iter().copied(), false);
    }

    /// The linear part of the layer norm behind the feed-forward block, of vectors `[S, D]`.
    pub(in crate::bert) fn norm_output(&self, vectors: &mut [f32]) {
        self.layer.norm.apply_held(vectors, self.deviations.iter().copied(), false);
    }
}

/// A layer's heads over inputs of a length, with nothing to read.
fn shape(layer: &PackedLayer, length: usize, size: usize) -> Projected<'static> {
    let (heads, head_size) = (layer.heads, size / layer.heads);
    Projected { query: &[], key: &[], value: &[], position_bias: None, length, heads, head_size }
}

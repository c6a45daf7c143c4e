use rayon::prelude::*;
use rten_gemm::GemmError;

use super::{
    super::{linear::add_to_rows, part_rows},
    FrozenLayer, shape,
};

/// Vectors on their way through frozen layers, `[B, S, D]`, and room for what a layer makes of them.
pub(in crate::bert) struct Carried {
    /// `[B, S, D]`.
    pub(in crate::bert) vectors: Vec<f32>,
    /// Whether the layers' biases go along: of what no token gives.
    pub(in crate::bert) with_biases: bool,
    value: Vec<f32>,
    context: Vec<f32>,
}

impl Carried {
    pub(in crate::bert) fn new(vectors: Vec<f32>, with_biases: bool) -> Self {
        let room = || vec![0.0; vectors.len()];
        Self { value: room(), context: room(), vectors, with_biases }
    }
}

impl FrozenLayer<'_> {
    /// Sends vectors through the layer.
    pub(in crate::bert) fn carry(&self, carried: &mut Carried) -> Result<(), GemmError> {
        let Carried { vectors, with_biases, value, context } = carried;
        let (layer, length, size, with_biases) = (self.layer, self.length, self.size, *with_biases);
        let rows = part_rows(vectors.len() / size, size);
        let values = value.par_chunks_mut(rows * size);
        vectors.par_chunks(rows * size).zip(values).try_for_each(|(vectors, value)| {
            value.fill(0.0);
            if with_biases {
                add_to_rows(value, layer.projections[2].bias());
            }
            layer.projections[2].weight().add(vectors, value)
        })?;
        self.mix(value, false, context)?;
        let projected = shape(layer, length, size);
        let wide = layer.feed_forward.width();
        vectors.par_chunks_mut(rows * size).enumerate().try_for_each(|(part, vectors)| {
            let (first, count) = (part * rows, vectors.len() / size);
            let tokens = (first..first + count).map(|row| row % length);
            let of = |held: &[f32]| tokens.clone().map(|token| held[token]).collect::<Vec<_>>();
            let context = projected.gathered(context, first, count);
            if with_biases {
                add_to_rows(vectors, layer.attention_output.bias());
            }
            layer.attention_output.weight().add(&context, vectors)?;
            let deviations = of(&self.attention_deviations);
            layer.attention_norm.apply_held(vectors, deviations.into_iter(), with_biases);
            let slopes = |token: usize| &self.slopes[token * wide..(token + 1) * wide];
            layer.feed_forward.add_held(vectors, tokens.clone().map(slopes), with_biases)?;
            layer.norm.apply_held(vectors, of(&self.deviations).into_iter(), with_biases);
            Ok(())
        })
    }
}

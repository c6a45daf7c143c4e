use rayon::prelude::*;
use rten_gemm::GemmError;

use super::{
    super::{PackedLayer, linear::PackedWeight, part_rows},
    FrozenLayer, shape,
    unpacked::{transposed, unpacked},
};

/// A layer's weights as gradients go through them.
pub(super) struct WayBack {
    value: PackedWeight,
    pub(super) attention_output: PackedWeight,
    /// Of each piece of the feed-forward block W₁ and W₂.
    pieces: Vec<(PackedWeight, PackedWeight)>,
}

impl WayBack {
    /// `attention_output` is W_O, `[in, out]`.
    pub(super) fn new(layer: &PackedLayer, attention_output: &[f32]) -> Result<Self, GemmError> {
        let size = layer.norm.weight.len();
        let piece = |intermediate: &PackedWeight, output: &PackedWeight| -> Result<_, GemmError> {
            let (first, second) = (unpacked(intermediate)?, unpacked(output)?);
            Ok((transposed(&first, size), transposed(&second, output.inputs())))
        };
        Ok(Self {
            value: transposed(&unpacked(layer.projections[2].weight())?, size),
            attention_output: transposed(attention_output, size),
            pieces: layer
                .feed_forward
                .pieces()
                .map(|(first, _, second)| piece(first, second))
                .collect::<Result<_, _>>()?,
        })
    }
}

/// Gradients on their way back through frozen layers, `[B, S, D]`.
pub(in crate::bert) struct SentBack {
    /// `[B, S, D]`.
    pub(in crate::bert) gradients: Vec<f32>,
    /// What the biases of the layers passed give, `[B]`.
    pub(in crate::bert) biases: Vec<f64>,
}

impl FrozenLayer<'_> {
    /// From behind the layer to before it.
    pub(in crate::bert) fn send_back(&self, sent: &mut SentBack) -> Result<(), GemmError> {
        let SentBack { gradients, biases } = sent;
        let (layer, length, size, wide) = (self.layer, self.length, self.size, self.layer.feed_forward.width());
        let (way, all) = (self.maps.way_back(layer)?, gradients.len() / size);
        let rows = part_rows(all, size);
        let mut given = vec![0.0; all];
        let mut heads = vec![0.0; gradients.len()];

        let parts = gradients.par_chunks_mut(rows * size).zip(heads.par_chunks_mut(rows * size));
        parts.zip(given.par_chunks_mut(rows)).enumerate().try_for_each(|(part, ((gradients, heads), given))| {
            let (first, count) = (part * rows, gradients.len() / size);
            let tokens = (first..first + count).map(|row| row % length);
            let held = |deviations: &[f32]| tokens.clone().map(|token| deviations[token]).collect::<Vec<_>>();
            give(given, gradients, &layer.norm.bias);
            layer.norm.send_back(gradients, held(&self.deviations).into_iter());
            give(given, gradients, layer.feed_forward.bias());
            let (behind, mut start) = (gradients.to_vec(), 0);
            for ((first, second), (_, bias, _)) in way.pieces.iter().zip(layer.feed_forward.pieces()) {
                let width = bias.len();
                let mut inner = vec![0.0; count * width];
                second.add(&behind, &mut inner)?;
                for (row, token) in inner.chunks_exact_mut(width).zip(tokens.clone()) {
                    let slopes = &self.slopes[token * wide + start..][..width];
                    row.iter_mut().zip(slopes).for_each(|(gradient, slope)| *gradient *= slope);
                }
                give(given, &inner, bias);
                first.add(&inner, gradients)?;
                start += width;
            }
            give(given, gradients, &layer.attention_norm.bias);
            layer.attention_norm.send_back(gradients, held(&self.attention_deviations).into_iter());
            give(given, gradients, layer.attention_output.bias());
            way.attention_output.add(gradients, heads)
        })?;

        let mut values = vec![0.0; gradients.len()];
        self.mix(&heads, true, &mut values)?;
        let projected = shape(layer, length, size);
        let parts = gradients.par_chunks_mut(rows * size).zip(given.par_chunks_mut(rows));
        parts.enumerate().try_for_each(|(part, (gradients, given))| {
            let values = projected.gathered(&values, part * rows, gradients.len() / size);
            give(given, &values, layer.projections[2].bias());
            way.value.add(&values, gradients)
        })?;
        for (sum, given) in biases.iter_mut().zip(given.chunks_exact(length)) {
            *sum += given.iter().sum::<f64>();
        }
        Ok(())
    }
}

/// Adds what a bias gives to each row's gradient.
fn give(given: &mut [f64], gradients: &[f32], bias: &[f32]) {
    for (sum, row) in given.iter_mut().zip(gradients.chunks_exact(bias.len())) {
        *sum += row.iter().zip(bias).map(|(gradient, bias)| f64::from(gradient * bias)).sum::<f64>();
    }
}

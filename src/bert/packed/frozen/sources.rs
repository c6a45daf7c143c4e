use std::ops::Range;

use rayon::prelude::*;
use rten_gemm::{GemmError, GemmInputA, GemmInputB, GemmOptions};
use rten_tensor::NdTensorView;

use super::{super::linear::kernel, FrozenLayer};

impl FrozenLayer<'_> {
    /// What each head hands on of each token, W_O(W_V·x + b_V), `[H, S, D]`; nothing of a head that is ablated.
    pub(in crate::bert) fn head_outputs(&self) -> Result<Vec<f32>, GemmError> {
        let (heads, length, size) = (self.layer.heads, self.length, self.size);
        let head_size = size / heads;
        let mut value = vec![0.0; length * size];
        self.layer.projections[2].write(self.input, &mut value)?;
        let value = NdTensorView::from_data([length, size], value.as_slice());
        let mut outputs = vec![0.0; heads * length * size];
        outputs.par_chunks_mut(length * size).enumerate().try_for_each(|(head, output)| {
            if self.ablated[head] {
                return Ok(());
            }
            let own = head * head_size..(head + 1) * head_size;
            let map = &self.maps.attention_output[own.start * size..own.end * size];
            let map = GemmInputB::Unpacked(NdTensorView::from_data([head_size, size], map));
            let value = GemmInputA::Unpacked(value.slice((.., own)));
            kernel().gemm(output, value, map, GemmOptions::default())
        })?;
        Ok(outputs)
    }

    /// What every token takes of some, all heads together, `[S, D]`; `outputs` are those of
    /// [`FrozenLayer::head_outputs`].
    pub(in crate::bert) fn taken(
        &self,
        outputs: &[f32],
        tokens: Range<usize>,
        taken: &mut [f32],
    ) -> Result<(), GemmError> {
        let (heads, length, size) = (self.layer.heads, self.length, self.size);
        let weights = NdTensorView::from_data([heads, length, length], self.weights);
        let outputs = NdTensorView::from_data([heads, length, size], outputs);
        for (count, token) in tokens.enumerate() {
            let options = GemmOptions { beta: if count == 0 { 0.0 } else { 1.0 }, ..GemmOptions::default() };
            let weights = GemmInputA::Unpacked(weights.slice((.., .., token)).transposed());
            kernel().gemm(taken, weights, GemmInputB::Unpacked(outputs.slice((.., token))), options)?;
        }
        Ok(())
    }

    /// What comes out of the layer where everybody takes so much less, `[S, D]`, which it replaces: the layer as it is,
    /// with nothing held but attention.
    pub(in crate::bert) fn output_without(&self, taken: &mut [f32]) -> Result<(), GemmError> {
        taken.iter_mut().zip(&self.summed).for_each(|(value, summed)| *value = summed - *value);
        self.layer.attention_norm.apply(taken);
        self.layer.feed_forward.add(taken)?;
        self.layer.norm.apply(taken);
        Ok(())
    }
}

use rten_gemm::GemmError;

use super::FrozenLayer;

/// What a layer's blocks add by themselves to a sum over what comes out of it.
pub(in crate::bert) struct LayerParts {
    /// Of each head, `[H]`; 0 of one that is ablated.
    pub(in crate::bert) heads: Vec<f64>,
    /// Of the feed-forward block with its bias.
    pub(in crate::bert) feed_forward: f64,
    /// Of β of both layer norms and of the bias of the attention block's output projection.
    pub(in crate::bert) biases: f64,
}

impl FrozenLayer<'_> {
    /// Says what each block adds to a sum of `gradients`, `[S, D]`, times what comes out of the layer, and takes the gradients
    /// back along the residual connections alone: what the sum owes to what went in, as it went in.
    pub(in crate::bert) fn take_apart(&self, gradients: &mut [f32]) -> Result<LayerParts, GemmError> {
        let Self { layer, length, size, .. } = *self;
        let mut biases = of_bias(gradients, &layer.norm.bias);
        let mut carried = self.attended.clone();
        self.norm_output(&mut carried);
        let feed_forward = product(gradients, &self.output) - product(gradients, &carried) - biases;
        layer.norm.send_back(gradients, self.deviations.iter().copied());
        biases += of_bias(gradients, &layer.attention_norm.bias);
        layer.attention_norm.send_back(gradients, self.attention_deviations.iter().copied());
        biases += of_bias(gradients, layer.attention_output.bias());

        let states = || vec![0.0; length * size];
        let (mut value, mut context, mut behind) = (states(), states(), states());
        layer.projections[2].write(self.input, &mut value)?;
        self.mix(&value, false, &mut context)?;
        self.maps.way_back(layer)?.attention_output.add(gradients, &mut behind)?;
        let wide = size / layer.heads;
        let of_head = |head: usize| -> f64 {
            let rows = context[head * length * wide..][..length * wide].chunks_exact(wide);
            rows.zip(behind.chunks_exact(size)).map(|(row, behind)| product(row, &behind[head * wide..][..wide])).sum()
        };
        Ok(LayerParts { heads: (0..layer.heads).map(of_head).collect(), feed_forward, biases })
    }
}

/// The sum of the products, counted in f64.
pub(in crate::bert) fn product(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
}

/// Of a vector that is in every row.
fn of_bias(gradients: &[f32], bias: &[f32]) -> f64 {
    gradients.chunks_exact(bias.len().max(1)).map(|row| product(row, bias)).sum()
}

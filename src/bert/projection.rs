use burn::{
    nn::Linear,
    tensor::{Bool, Tensor, TensorData},
};

use super::{
    Activation, Backend, BertError,
    packed::{self, PackedLinear},
};

/// A linear layer, y = W·x + b; or several that read the same input, their outputs side by side.
pub(super) enum Projection {
    /// burn's own, on every backend.
    Plain(Linear),
    /// On [`Backend::Flex`], which hands its numbers over as they lie in memory.
    Packed(PackedLinear),
}

impl Projection {
    /// `[B, S, in]` to `[B, S, out]`.
    pub(super) fn forward(&self, input: Tensor<3>) -> Result<Tensor<3>, BertError> {
        match self {
            Projection::Plain(linear) => Ok(linear.forward(input)),
            Projection::Packed(linear) => linear.apply(input, |_| ()),
        }
    }

    /// `[B, S, in]` to the activation of `[B, S, out]`.
    pub(super) fn forward_activated(&self, input: Tensor<3>, activation: Activation) -> Result<Tensor<3>, BertError> {
        match (self, activation) {
            (Projection::Packed(linear), Activation::Gelu) => linear.apply(input, packed::gelu),
            _ => Ok(activation.forward(self.forward(input)?)),
        }
    }

    /// `[B, S, in]` to the sum of `[B, S, out]` and `residual`.
    pub(super) fn forward_onto(&self, input: Tensor<3>, residual: Tensor<3>) -> Result<Tensor<3>, BertError> {
        let Projection::Packed(linear) = self else { return Ok(self.forward(input)? + residual) };
        let (shape, device) = (residual.dims(), residual.device());
        let mut sum = Backend::Flex.read(residual)?;
        linear.forward_onto(&Backend::Flex.read(input)?, &mut sum).map_err(failure)?;
        Ok(Tensor::from_data(TensorData::new(sum, shape), &device))
    }
}

impl PackedLinear {
    /// On tensors, with something done to what comes out.
    fn apply(&self, input: Tensor<3>, finish: impl FnOnce(&mut [f32])) -> Result<Tensor<3>, BertError> {
        let ([batch, length, _], device) = (input.dims(), input.device());
        let mut output = self.forward(&Backend::Flex.read(input)?).map_err(failure)?;
        finish(&mut output);
        Ok(Tensor::from_data(TensorData::new(output, [batch, length, self.outputs()]), &device))
    }
}

/// As [`super::network`] attends in burn: `[B, S, 3·D]` to what the heads take, `[B, H, S, D/H]`. `masked_keys` is
/// `[B, 1, 1, S]`; `probabilities` `[B, H, S, S]` is written where it is wanted.
pub(super) fn attend_packed(
    projected: Tensor<3>,
    heads: usize,
    masked_keys: Option<Tensor<4, Bool>>,
    probabilities: Option<&mut [f32]>,
) -> Result<Tensor<4>, BertError> {
    let ([batch, length, width], device) = (projected.dims(), projected.device());
    let head_size = width / 3 / heads;
    let masked_keys: Option<Vec<bool>> = masked_keys.map(|masked| masked.into_data().iter::<bool>().collect());
    let projected = &Backend::Flex.read(projected)?;
    let input = packed::Heads { projected, length, heads, head_size, masked_keys: masked_keys.as_deref() };
    let mut unwanted = vec![0.0; if probabilities.is_none() { batch * heads * length * length } else { 0 }];
    let context = packed::attend(&input, probabilities.unwrap_or(&mut unwanted)).map_err(failure)?;
    Ok(Tensor::from_data(TensorData::new(context, [batch, heads, length, head_size]), &device))
}

fn failure(error: rten_gemm::GemmError) -> BertError {
    Backend::Flex.failure(error.to_string())
}

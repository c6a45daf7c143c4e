use burn::{
    nn::Linear,
    tensor::{Tensor, TensorData},
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

fn failure(error: rten_gemm::GemmError) -> BertError {
    Backend::Flex.failure(error.to_string())
}

use std::sync::{Arc, Mutex, PoisonError};

use burn::{
    module::Param,
    nn::{LayerNorm, LayerNormConfig, Linear},
    tensor::{DType, Device, Tensor, TensorData},
};
use burn_store::burn_pack::Tensor as StoredTensor;

use super::{BertError, NonFiniteTensor, architecture::Affine};

/// A checkpoint's tensor, found and checked. It is read when it is taken, in f32, whatever the file stores.
pub(super) struct Stored {
    /// As transformers calls it.
    pub name: String,
    pub tensor: StoredTensor,
    /// Takes note of a tensor that is not finite.
    pub not_finite: NonFiniteTensors,
}

/// The tensors that were read and are not finite, in the order in which they were read.
#[derive(Clone, Default)]
pub(super) struct NonFiniteTensors(Arc<Mutex<Vec<NonFiniteTensor>>>);

impl NonFiniteTensors {
    fn look_at(&self, name: &str, values: &[f32]) {
        let count = values.iter().filter(|value| !value.is_finite()).count();
        if count > 0 {
            let found = NonFiniteTensor { name: name.to_owned(), count, of: values.len() };
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(found);
        }
    }

    /// All that were found.
    pub(super) fn found(&self) -> Vec<NonFiniteTensor> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Stored {
    /// Onto the device.
    pub(super) fn tensor<const N: usize>(self, device: &Device) -> Result<Tensor<N>, BertError> {
        let (values, shape) = self.values_and_shape()?;
        Ok(Tensor::from_data(TensorData::new(values, shape), device))
    }

    /// Its numbers, row-major.
    pub(super) fn values(self) -> Result<Vec<f32>, BertError> {
        self.values_and_shape().map(|(values, _)| values)
    }

    fn values_and_shape(self) -> Result<(Vec<f32>, Vec<usize>), BertError> {
        let load = |reason: String| BertError::Load(format!("{}: {reason}", self.name));
        let (_, dtype, shape, _, bytes) = self.tensor.into_parts().map_err(|e| load(e.to_string()))?;
        let data = TensorData::try_from_bytes(bytes, shape.clone(), dtype).map_err(|e| load(e.to_string()))?;
        let data = data.try_cast(DType::F32).map_err(|e| load(e.to_string()))?;
        let values: Vec<f32> = data.try_into_vec().map_err(|e| load(e.to_string()))?;
        self.not_finite.look_at(&self.name, &values);
        Ok((values, shape.iter().copied().collect()))
    }
}

impl Affine<Stored> {
    /// `[out, in]` and `[out]`, onto the device.
    pub(super) fn tensors(self, device: &Device) -> Result<(Tensor<2>, Tensor<1>), BertError> {
        Ok((self.weight.tensor(device)?, self.bias.tensor(device)?))
    }

    /// burn's linear layer.
    pub(super) fn linear(self, device: &Device) -> Result<Linear, BertError> {
        self.tensors(device).map(|(weight, bias)| linear(weight, bias))
    }

    /// burn's layer norm.
    pub(super) fn layer_norm(self, epsilon: f64, device: &Device) -> Result<LayerNorm, BertError> {
        let weight: Tensor<1> = self.weight.tensor(device)?;
        let mut norm = LayerNormConfig::new(weight.dims()[0]).with_epsilon(epsilon).init(device);
        norm.gamma = Param::from_tensor(weight);
        norm.beta = Some(Param::from_tensor(self.bias.tensor(device)?));
        Ok(norm)
    }
}

/// Of PyTorch's `[out, in]`; burn's layout is `[in, out]`.
pub(super) fn linear(weight: Tensor<2>, bias: Tensor<1>) -> Linear {
    Linear { weight: Param::from_tensor(weight.transpose()), bias: Some(Param::from_tensor(bias)) }
}

use burn::{
    module::Param,
    nn::{Embedding, LayerNorm, LayerNormConfig, Linear},
    tensor::{DType, Device, Tensor, TensorData},
};

use super::{Backend, BertError, packed::PackedLinear, projection::Projection, weights::Tensors};

/// A checkpoint's tensors, checked, by the keys of the table in [`super::loader`]; each is read when it is taken, in
/// f32, whatever the file stores.
pub(super) struct Parameters<'a> {
    pub tensors: Tensors,
    pub backend: Backend,
    pub device: &'a Device,
}

impl Parameters<'_> {
    /// `KEY.weight`, `[rows, D]`.
    pub(super) fn embedding(&mut self, key: &str) -> Result<Embedding, BertError> {
        Ok(Embedding { weight: Param::from_tensor(self.tensor(&format!("{key}.weight"))?) })
    }

    /// `KEY.weight` and `KEY.bias`, `[D]`.
    pub(super) fn layer_norm(&mut self, key: &str, epsilon: f64) -> Result<LayerNorm, BertError> {
        let weight: Tensor<1> = self.tensor(&format!("{key}.weight"))?;
        let mut norm = LayerNormConfig::new(weight.dims()[0]).with_epsilon(epsilon).init(self.device);
        norm.gamma = Param::from_tensor(weight);
        norm.beta = Some(Param::from_tensor(self.tensor(&format!("{key}.bias"))?));
        Ok(norm)
    }

    /// `KEY.weight` `[out, in]` and `KEY.bias` `[out]`.
    pub(super) fn linear(&mut self, key: &str) -> Result<Linear, BertError> {
        let weight: Tensor<2> = self.tensor(&format!("{key}.weight"))?;
        let bias = self.tensor(&format!("{key}.bias"))?;
        Ok(plain(weight, bias))
    }

    /// The linear layers of these keys, which have as many inputs, as one.
    pub(super) fn projection(&mut self, keys: &[String]) -> Result<Projection, BertError> {
        let (mut weight, mut bias) = (Vec::new(), Vec::new());
        for key in keys {
            append(&mut weight, self.values(&format!("{key}.weight"))?.0);
            append(&mut bias, self.values(&format!("{key}.bias"))?.0);
        }
        if self.backend == Backend::Flex {
            return Ok(Projection::Packed(PackedLinear::new(&weight, bias)));
        }
        let shape = [bias.len(), weight.len() / bias.len().max(1)];
        let weight = Tensor::from_data(TensorData::new(weight, shape), self.device);
        let bias = Tensor::from_data(TensorData::new(bias, [shape[0]]), self.device);
        Ok(Projection::Plain(plain(weight, bias)))
    }

    /// Onto the device.
    pub(super) fn tensor<const N: usize>(&mut self, key: &str) -> Result<Tensor<N>, BertError> {
        let (values, shape) = self.values(key)?;
        Ok(Tensor::from_data(TensorData::new(values, shape), self.device))
    }

    /// Its numbers and its shape.
    fn values(&mut self, key: &str) -> Result<(Vec<f32>, Vec<usize>), BertError> {
        let load = |reason: String| BertError::Load(format!("{key}: {reason}"));
        let stored = self.tensors.remove(key).ok_or_else(|| load("it was not looked up".to_owned()))?;
        let (_, dtype, shape, _, bytes) = stored.into_parts().map_err(|e| load(e.to_string()))?;
        let data = TensorData::try_from_bytes(bytes, shape.clone(), dtype).map_err(|e| load(e.to_string()))?;
        let data = data.try_cast(DType::F32).map_err(|e| load(e.to_string()))?;
        let values = data.try_into_vec().map_err(|e| load(e.to_string()))?;
        Ok((values, shape.iter().copied().collect()))
    }
}

/// burn's layout is `[in, out]`.
fn plain(weight: Tensor<2>, bias: Tensor<1>) -> Linear {
    Linear { weight: Param::from_tensor(weight.transpose()), bias: Some(Param::from_tensor(bias)) }
}

/// Without a copy of the first.
fn append(all: &mut Vec<f32>, mut values: Vec<f32>) {
    if all.is_empty() { *all = values } else { all.append(&mut values) }
}

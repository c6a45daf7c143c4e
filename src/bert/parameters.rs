use burn::{
    module::Param,
    nn::{Embedding, LayerNorm, LayerNormConfig, Linear},
    tensor::{DType, Device, Tensor, TensorData},
};

use super::{
    Backend, BertConfig, BertError,
    encoder::Encoder,
    network::{Attention, Layer},
    packed::{FeedForward, PackedLayer, PackedLinear, PackedNorm},
    weights::Tensors,
};

const QUERY_KEY_VALUE: [&str; 3] = ["attention.self.query", "attention.self.key", "attention.self.value"];

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
        let (weight, bias) = self.weight_and_bias(key)?;
        Ok(linear(weight, bias))
    }

    fn weight_and_bias(&mut self, key: &str) -> Result<(Tensor<2>, Tensor<1>), BertError> {
        Ok((self.tensor(&format!("{key}.weight"))?, self.tensor(&format!("{key}.bias"))?))
    }

    /// All of `encoder.layer`, in the form of the backend.
    pub(super) fn encoder(&mut self, config: &BertConfig) -> Result<Encoder, BertError> {
        let layers = 0..config.num_hidden_layers;
        Ok(match self.backend {
            Backend::Flex => Encoder::Packed(layers.map(|n| self.packed_layer(config, n)).collect::<Result<_, _>>()?),
            Backend::Ndarray | Backend::Wgpu => {
                Encoder::Burn(layers.map(|n| self.layer(config, n)).collect::<Result<_, _>>()?)
            }
        })
    }

    fn layer(&mut self, config: &BertConfig, n: usize) -> Result<Layer, BertError> {
        let (key, epsilon) = (|part: &str| format!("encoder.layer.{n}.{part}"), config.layer_norm_eps);
        let (mut weights, mut biases) = (Vec::new(), Vec::new());
        for part in QUERY_KEY_VALUE {
            let (weight, bias) = self.weight_and_bias(&key(part))?;
            weights.push(weight);
            biases.push(bias);
        }
        Ok(Layer {
            attention: Attention {
                projections: linear(Tensor::cat(weights, 0), Tensor::cat(biases, 0)),
                output: self.linear(&key("attention.output.dense"))?,
                layer_norm: self.layer_norm(&key("attention.output.LayerNorm"), epsilon)?,
                heads: config.num_attention_heads,
            },
            intermediate: self.linear(&key("intermediate.dense"))?,
            activation: config.hidden_act,
            output: self.linear(&key("output.dense"))?,
            layer_norm: self.layer_norm(&key("output.LayerNorm"), epsilon)?,
        })
    }

    fn packed_layer(&mut self, config: &BertConfig, n: usize) -> Result<PackedLayer, BertError> {
        let (name, epsilon) = (|part: &str| format!("encoder.layer.{n}.{part}"), config.layer_norm_eps);
        let [query, key, value] = QUERY_KEY_VALUE.map(|part| self.packed_linear(&name(part)));
        let (intermediate, intermediate_bias) = self.weight_and_bias_values(&name("intermediate.dense"))?;
        let (output, bias) = self.weight_and_bias_values(&name("output.dense"))?;
        Ok(PackedLayer {
            projections: [query?, key?, value?],
            attention_output: self.packed_linear(&name("attention.output.dense"))?,
            attention_norm: self.packed_norm(&name("attention.output.LayerNorm"), epsilon)?,
            feed_forward: FeedForward::new((&intermediate, &intermediate_bias), (&output, &bias), config.hidden_act),
            norm: self.packed_norm(&name("output.LayerNorm"), epsilon)?,
            heads: config.num_attention_heads,
        })
    }

    fn packed_linear(&mut self, key: &str) -> Result<PackedLinear, BertError> {
        let (weight, bias) = self.weight_and_bias_values(key)?;
        Ok(PackedLinear::new(&weight, &bias))
    }

    fn packed_norm(&mut self, key: &str, epsilon: f64) -> Result<PackedNorm, BertError> {
        let (weight, bias) = self.weight_and_bias_values(key)?;
        Ok(PackedNorm { weight, bias, epsilon: epsilon as f32 })
    }

    fn weight_and_bias_values(&mut self, key: &str) -> Result<(Vec<f32>, Vec<f32>), BertError> {
        Ok((self.values(&format!("{key}.weight"))?.0, self.values(&format!("{key}.bias"))?.0))
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
fn linear(weight: Tensor<2>, bias: Tensor<1>) -> Linear {
    Linear { weight: Param::from_tensor(weight.transpose()), bias: Some(Param::from_tensor(bias)) }
}

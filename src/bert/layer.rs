//! A layer in burn, mirroring transformers' `BertLayer`
//! (<https://github.com/huggingface/transformers/blob/v4.57.1/src/transformers/models/bert/modeling_bert.py>)
//! with an attention that returns its probabilities.
//!
//! B inputs in a batch, S tokens, D hidden size, H heads.

use burn::{
    nn::{LayerNorm, Linear},
    tensor::{Bool, Device, Tensor, TensorData, activation::softmax},
};

use super::{
    Activation, BertConfig, BertError,
    architecture::{Affine, LayerParameters},
    masks::Masks,
    parameters::{Stored, linear},
    runtime::Runtime,
};

/// `BertSelfAttention` and `BertSelfOutput`.
struct Attention {
    /// Query, key and value side by side, `[D, 3·D]`.
    projections: Linear,
    output: Linear,
    layer_norm: LayerNorm,
    /// H.
    heads: usize,
}

impl Attention {
    /// As [`Layer::forward`].
    fn forward(
        &self,
        hidden: Tensor<3>,
        position_bias: Option<Tensor<4>>,
        masks: Masks,
        probabilities: Option<&mut [f32]>,
        runtime: &Runtime,
    ) -> Result<Tensor<3>, BertError> {
        let [batch, length, size] = hidden.dims();
        let head_size = size / self.heads;
        let projected = self.projections.forward(hidden.clone()).reshape([batch, length, 3, self.heads, head_size]);
        let [query, key, value] = [0, 1, 2].map(|part| {
            projected.clone().narrow(2, part, 1).reshape([batch, length, self.heads, head_size]).swap_dims(1, 2)
        });
        let mut scores = query.matmul(key.swap_dims(2, 3)) / (head_size as f64).sqrt();
        if let Some(bias) = position_bias {
            scores = scores + bias;
        }
        if let Some(masked) = masks.keys {
            let masked = TensorData::new(masked.to_vec(), [batch, 1, 1, length]);
            let masked =
                Tensor::<4, Bool>::from_data(masked, &runtime.device).expand([batch, self.heads, length, length]);
            scores = scores.mask_fill(masked, f32::MIN);
        }
        if let Some(edges) = masks.edges {
            let edges = TensorData::new(edges.to_vec(), [batch, 1, length, length]);
            let edges =
                Tensor::<4, Bool>::from_data(edges, &runtime.device).expand([batch, self.heads, length, length]);
            scores = scores.mask_fill(edges, f32::MIN);
        }
        let weights = softmax(scores, 3);
        if let Some(probabilities) = probabilities {
            probabilities.copy_from_slice(&runtime.read(weights.clone())?);
        }
        let mut context = weights.matmul(value);
        if let Some(ablated) = masks.heads {
            let factors = ablated.iter().map(|&ablated| f32::from(!ablated)).collect();
            context = context * runtime.tensor(factors, [batch, self.heads, 1, 1]);
        }
        let context = context.swap_dims(1, 2).reshape([batch, length, size]);
        Ok(self.layer_norm.forward(self.output.forward(context) + hidden))
    }
}

/// `BertLayer`: attention, then the feed-forward block.
pub(super) struct Layer {
    attention: Attention,
    intermediate: Linear,
    activation: Activation,
    output: Linear,
    layer_norm: LayerNorm,
}

impl Layer {
    pub(super) fn new(
        parameters: LayerParameters<Stored>,
        config: &BertConfig,
        device: &Device,
    ) -> Result<Self, BertError> {
        let epsilon = config.layer_norm_eps;
        let LayerParameters { query, key, value, .. } = parameters;
        Ok(Self {
            attention: Attention {
                projections: side_by_side([query, key, value], device)?,
                output: parameters.attention_output.linear(device)?,
                layer_norm: parameters.attention_norm.layer_norm(epsilon, device)?,
                heads: config.num_attention_heads,
            },
            intermediate: parameters.intermediate.linear(device)?,
            activation: config.hidden_act,
            output: parameters.output.linear(device)?,
            layer_norm: parameters.norm.layer_norm(epsilon, device)?,
        })
    }

    /// Returns the layer's hidden states `[B, S, D]`, and writes its attention probabilities `[B, H, S, S]` where they
    /// are wanted. Scores get `position_bias`, `[1, H, S, S]`.
    pub(super) fn forward(
        &self,
        hidden: Tensor<3>,
        position_bias: Option<Tensor<4>>,
        masks: Masks,
        probabilities: Option<&mut [f32]>,
        runtime: &Runtime,
    ) -> Result<Tensor<3>, BertError> {
        let attention = self.attention.forward(hidden, position_bias, masks, probabilities, runtime)?;
        let activated = self.activation.forward(self.intermediate.forward(attention.clone()));
        Ok(self.layer_norm.forward(self.output.forward(activated) + attention))
    }
}

impl Layer {
    /// Its weights and biases as plain numbers, row-major; a weight is `[out, in]`.
    pub(super) fn values(&self, runtime: &Runtime) -> Result<LayerParameters<Vec<f32>>, BertError> {
        let bias =
            |linear: &Linear| linear.bias.as_ref().map_or_else(|| Ok(Vec::new()), |bias| runtime.read(bias.val()));
        let linear = |linear: &Linear| -> Result<Affine<Vec<f32>>, BertError> {
            Ok(Affine { weight: runtime.read(linear.weight.val().transpose())?, bias: bias(linear)? })
        };
        let norm = |norm: &LayerNorm| -> Result<Affine<Vec<f32>>, BertError> {
            let bias = norm.beta.as_ref().map_or_else(|| Ok(Vec::new()), |bias| runtime.read(bias.val()))?;
            Ok(Affine { weight: runtime.read(norm.gamma.val())?, bias })
        };
        let Affine { weight, bias } = linear(&self.attention.projections)?;
        let third = |values: &[f32], at: usize| values[at * values.len() / 3..(at + 1) * values.len() / 3].to_vec();
        let projection = |at| Affine { weight: third(&weight, at), bias: third(&bias, at) };
        Ok(LayerParameters {
            query: projection(0),
            key: projection(1),
            value: projection(2),
            attention_output: linear(&self.attention.output)?,
            attention_norm: norm(&self.attention.layer_norm)?,
            intermediate: linear(&self.intermediate)?,
            output: linear(&self.output)?,
            norm: norm(&self.layer_norm)?,
        })
    }
}

/// Linear layers of the same input as one.
fn side_by_side(parts: [Affine<Stored>; 3], device: &Device) -> Result<Linear, BertError> {
    let (mut weights, mut biases) = (Vec::new(), Vec::new());
    for part in parts {
        let (weight, bias) = part.tensors(device)?;
        weights.push(weight);
        biases.push(bias);
    }
    Ok(linear(Tensor::cat(weights, 0), Tensor::cat(biases, 0)))
}

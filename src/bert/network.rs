//! The network, mirroring transformers' `BertModel`
//! (<https://github.com/huggingface/transformers/blob/v4.57.1/src/transformers/models/bert/modeling_bert.py>)
//! with an attention layer that returns its probabilities.
//!
//! B inputs in a batch, S tokens, D hidden size, H heads.

use burn::{
    nn::{Embedding, LayerNorm, Linear},
    tensor::{Bool, Int, Tensor, TensorData, activation::softmax},
};

use super::{
    Activation, Backend, BertConfig, BertError,
    encoder::{Encoder, Masks},
    parameters::Parameters,
};

/// `BertEmbeddings`: word + position + token type, layer norm.
pub(super) struct Embeddings {
    word_embeddings: Embedding,
    position_embeddings: Embedding,
    token_type_embeddings: Embedding,
    layer_norm: LayerNorm,
}

impl Embeddings {
    /// The most tokens of an input.
    pub(super) fn positions(&self) -> usize {
        self.position_embeddings.weight.dims()[0]
    }

    /// `[B, S]` ids and type ids to `[B, S, D]`.
    pub(super) fn forward(&self, ids: Tensor<2, Int>, type_ids: Tensor<2, Int>) -> Tensor<3> {
        let [_, length] = ids.dims();
        let positions = Tensor::<1, Int>::arange(0..length as i64, &ids.device()).unsqueeze::<2>();
        let sum = self.word_embeddings.forward(ids)
            + self.token_type_embeddings.forward(type_ids)
            + self.position_embeddings.forward(positions);
        self.layer_norm.forward(sum)
    }
}

/// `BertSelfAttention` and `BertSelfOutput`.
pub(super) struct Attention {
    /// Query, key and value side by side, `[D, 3·D]`.
    pub projections: Linear,
    pub output: Linear,
    pub layer_norm: LayerNorm,
    /// H.
    pub heads: usize,
}

impl Attention {
    /// As [`Layer::forward`].
    fn forward(
        &self,
        hidden: Tensor<3>,
        masks: Masks,
        probabilities: Option<&mut [f32]>,
        backend: Backend,
    ) -> Result<Tensor<3>, BertError> {
        let ([batch, length, size], device) = (hidden.dims(), hidden.device());
        let head_size = size / self.heads;
        let projected = self.projections.forward(hidden.clone()).reshape([batch, length, 3, self.heads, head_size]);
        let [query, key, value] = [0, 1, 2].map(|part| {
            projected.clone().narrow(2, part, 1).reshape([batch, length, self.heads, head_size]).swap_dims(1, 2)
        });
        let mut scores = query.matmul(key.swap_dims(2, 3)) / (head_size as f64).sqrt();
        if let Some(masked) = masks.keys {
            let masked = TensorData::new(masked.to_vec(), [batch, 1, 1, length]);
            let masked = Tensor::<4, Bool>::from_data(masked, &device).expand([batch, self.heads, length, length]);
            scores = scores.mask_fill(masked, f32::MIN);
        }
        let weights = softmax(scores, 3);
        if let Some(probabilities) = probabilities {
            probabilities.copy_from_slice(&backend.read(weights.clone())?);
        }
        let mut context = weights.matmul(value);
        if let Some(cut) = masks.heads {
            let kept: Vec<f32> = cut.iter().map(|&cut| f32::from(!cut)).collect();
            context = context * Tensor::from_data(TensorData::new(kept, [batch, self.heads, 1, 1]), &device);
        }
        let context = context.swap_dims(1, 2).reshape([batch, length, size]);
        Ok(self.layer_norm.forward(self.output.forward(context) + hidden))
    }
}

/// `BertLayer`: attention, then the feed-forward block.
pub(super) struct Layer {
    pub attention: Attention,
    pub intermediate: Linear,
    pub activation: Activation,
    pub output: Linear,
    pub layer_norm: LayerNorm,
}

impl Layer {
    /// Returns the layer's hidden states `[B, S, D]`, and writes its attention probabilities `[B, H, S, S]` where they
    /// are wanted.
    pub(super) fn forward(
        &self,
        hidden: Tensor<3>,
        masks: Masks,
        probabilities: Option<&mut [f32]>,
        backend: Backend,
    ) -> Result<Tensor<3>, BertError> {
        let attention = self.attention.forward(hidden, masks, probabilities, backend)?;
        let activated = self.activation.forward(self.intermediate.forward(attention.clone()));
        Ok(self.layer_norm.forward(self.output.forward(activated) + attention))
    }
}

/// `BertOnlyMLMHead`: what stands at each position, as a distribution over the vocabulary.
pub(super) struct MaskedLanguageHead {
    transform: Linear,
    activation: Activation,
    layer_norm: LayerNorm,
    /// `[vocab, D]`; none where it is the word embeddings themselves.
    decoder: Option<Tensor<2>>,
    /// `[vocab]`.
    bias: Tensor<1>,
}

/// `BertModel`, with the masked-language head where there is one.
pub(super) struct Network {
    pub(super) embeddings: Embeddings,
    pub(super) encoder: Encoder,
    pooler: Option<Linear>,
    head: Option<MaskedLanguageHead>,
}

/// Which optional parts a checkpoint has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts {
    pub pooler: bool,
    /// The masked-language head.
    pub head: bool,
    /// A decoder of the head's own, not tied to the word embeddings.
    pub decoder: bool,
}

impl Network {
    /// Takes its parameters out of a checkpoint.
    pub(super) fn new(config: &BertConfig, parts: Parts, parameters: &mut Parameters) -> Result<Self, BertError> {
        let epsilon = config.layer_norm_eps;
        let encoder = parameters.encoder(config)?;
        let embeddings = Embeddings {
            word_embeddings: parameters.embedding("embeddings.word_embeddings")?,
            position_embeddings: parameters.embedding("embeddings.position_embeddings")?,
            token_type_embeddings: parameters.embedding("embeddings.token_type_embeddings")?,
            layer_norm: parameters.layer_norm("embeddings.LayerNorm", epsilon)?,
        };
        let pooler = parts.pooler.then(|| parameters.linear("pooler.dense")).transpose()?;
        let mut head = || -> Result<_, BertError> {
            Ok(MaskedLanguageHead {
                transform: parameters.linear("cls.predictions.transform.dense")?,
                activation: config.hidden_act,
                layer_norm: parameters.layer_norm("cls.predictions.transform.LayerNorm", epsilon)?,
                decoder: parts.decoder.then(|| parameters.tensor("cls.predictions.decoder.weight")).transpose()?,
                bias: parameters.tensor("cls.predictions.decoder.bias")?,
            })
        };
        let head = parts.head.then(&mut head).transpose()?;
        Ok(Network { embeddings, encoder, pooler, head })
    }

    /// Whether the checkpoint brought a pooler.
    pub(super) fn has_pooler(&self) -> bool {
        self.pooler.is_some()
    }

    /// The probability of each word of the vocabulary at each position, `[S, D]` to `[S, vocab]`; none without a head.
    pub(super) fn predict(&self, last_hidden_state: Tensor<2>) -> Option<Tensor<2>> {
        let head = self.head.as_ref()?;
        let transformed = head.activation.forward(head.transform.forward(last_hidden_state));
        let decoder = head.decoder.clone().unwrap_or_else(|| self.embeddings.word_embeddings.weight.val());
        let scores = head.layer_norm.forward(transformed).matmul(decoder.transpose());
        Some(softmax(scores + head.bias.clone().unsqueeze(), 1))
    }

    /// `BertPooler`: tanh(W·h_CLS + b), of the first token's vectors in the last layer, `[B, D]` to `[B, D]`.
    pub(super) fn pool(&self, first_token: Tensor<2>) -> Option<Tensor<2>> {
        Some(self.pooler.as_ref()?.forward(first_token).tanh())
    }
}

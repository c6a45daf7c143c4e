//! The network, mirroring transformers' `BertModel`
//! (<https://github.com/huggingface/transformers/blob/v4.57.1/src/transformers/models/bert/modeling_bert.py>)
//! with an attention layer that returns its probabilities.
//!
//! B inputs in a batch, S tokens, D hidden size, H heads.

use burn::{
    nn::{Embedding, LayerNorm, Linear},
    tensor::{Bool, Int, Tensor, activation::softmax},
};

use super::{
    Activation, Backend, BertConfig, BertError,
    parameters::Parameters,
    projection::{self, Projection},
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

/// `BertAttention`: self-attention, its output projection and the residual layer norm.
pub(super) struct Attention {
    /// Query, key and value side by side, `[D, 3·D]`.
    projections: Projection,
    output: Projection,
    layer_norm: LayerNorm,
    heads: usize,
    backend: Backend,
}

impl Attention {
    /// Returns the attended hidden states `[B, S, D]`, and writes the probabilities `[B, H, S, S]` where they are wanted
    /// (softmax(QKᵀ/√d), Vaswani et al. 2017, eq. 1). The masks are those of [`Layer::forward`].
    fn forward(
        &self,
        hidden: Tensor<3>,
        masked_keys: Option<Tensor<4, Bool>>,
        kept_heads: Option<Tensor<4>>,
        probabilities: Option<&mut [f32]>,
    ) -> Result<Tensor<3>, BertError> {
        let [batch, length, size] = hidden.dims();
        let projected = self.projections.forward(hidden.clone())?;
        let mut context = match self.projections {
            Projection::Plain(_) => self.attend(projected, masked_keys, probabilities)?,
            Projection::Packed(_) => projection::attend_packed(projected, self.heads, masked_keys, probabilities)?,
        };
        if let Some(kept_heads) = kept_heads {
            context = context * kept_heads;
        }
        let context = context.swap_dims(1, 2).reshape([batch, length, size]);
        Ok(self.layer_norm.forward(self.output.forward_onto(context, hidden)?))
    }

    /// `[B, S, 3·D]` to what the heads take, `[B, H, S, D/H]`.
    fn attend(
        &self,
        projected: Tensor<3>,
        masked_keys: Option<Tensor<4, Bool>>,
        probabilities: Option<&mut [f32]>,
    ) -> Result<Tensor<4>, BertError> {
        let [batch, length, width] = projected.dims();
        let head_size = width / 3 / self.heads;
        let projected = projected.reshape([batch, length, 3, self.heads, head_size]);
        let [query, key, value] = [0, 1, 2].map(|part| {
            projected.clone().narrow(2, part, 1).reshape([batch, length, self.heads, head_size]).swap_dims(1, 2)
        });
        let mut scores = query.matmul(key.swap_dims(2, 3)) / (head_size as f64).sqrt();
        if let Some(masked_keys) = masked_keys {
            scores = scores.mask_fill(masked_keys.expand([batch, self.heads, length, length]), f32::MIN);
        }
        let weights = softmax(scores, 3);
        if let Some(probabilities) = probabilities {
            probabilities.copy_from_slice(&self.backend.read(weights.clone())?);
        }
        Ok(weights.matmul(value))
    }
}

/// `BertLayer`: attention, then the feed-forward block.
pub(super) struct Layer {
    attention: Attention,
    intermediate: Projection,
    activation: Activation,
    output: Projection,
    layer_norm: LayerNorm,
}

impl Layer {
    /// Returns the layer's hidden states `[B, S, D]`, and writes its attention probabilities `[B, H, S, S]` where they
    /// are wanted.
    ///
    /// `masked_keys` `[B, 1, 1, S]` is true where nobody may look; `kept_heads` `[B, H, 1, 1]` is 0 where a head's
    /// context is to be nothing, else 1.
    pub(super) fn forward(
        &self,
        hidden: Tensor<3>,
        masked_keys: Option<Tensor<4, Bool>>,
        kept_heads: Option<Tensor<4>>,
        probabilities: Option<&mut [f32]>,
    ) -> Result<Tensor<3>, BertError> {
        let attended = self.attention.forward(hidden, masked_keys, kept_heads, probabilities)?;
        let expanded = self.intermediate.forward_activated(attended.clone(), self.activation)?;
        Ok(self.layer_norm.forward(self.output.forward_onto(expanded, attended)?))
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
    pub(super) layers: Vec<Layer>,
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
        let layer = |n| {
            let key = |part: &str| format!("encoder.layer.{n}.{part}");
            let attention = Attention {
                projections: parameters
                    .projection(&["query", "key", "value"].map(|part| key(&format!("attention.self.{part}"))))?,
                output: parameters.projection(&[key("attention.output.dense")])?,
                layer_norm: parameters.layer_norm(&key("attention.output.LayerNorm"), epsilon)?,
                heads: config.num_attention_heads,
                backend: parameters.backend,
            };
            Ok(Layer {
                attention,
                intermediate: parameters.projection(&[key("intermediate.dense")])?,
                activation: config.hidden_act,
                output: parameters.projection(&[key("output.dense")])?,
                layer_norm: parameters.layer_norm(&key("output.LayerNorm"), epsilon)?,
            })
        };
        let layers = (0..config.num_hidden_layers).map(layer).collect::<Result<_, BertError>>()?;
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
        Ok(Network { embeddings, layers, pooler, head })
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

    /// `BertPooler`: tanh(W·h_CLS + b) of the last layer, `[B, S, D]` to `[B, D]`.
    pub(super) fn pool(&self, last_hidden_state: Tensor<3>) -> Option<Tensor<2>> {
        let [batch, _, size] = last_hidden_state.dims();
        let pooler = self.pooler.as_ref()?;
        let cls = last_hidden_state.narrow(1, 0, 1).reshape([batch, size]);
        Some(pooler.forward(cls).tanh())
    }
}

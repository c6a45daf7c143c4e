//! The network, mirroring transformers' `BertModel`
//! (<https://github.com/huggingface/transformers/blob/v4.57.1/src/transformers/models/bert/modeling_bert.py>)
//! with an attention layer that returns its probabilities.
//!
//! B inputs in a batch, S tokens, D hidden size, H heads.

use burn::{
    module::{Module, Param},
    nn::{Embedding, EmbeddingConfig, Initializer, LayerNorm, LayerNormConfig, Linear, LinearConfig},
    tensor::{Bool, Device, Int, Tensor, activation::softmax},
};

use super::{Activation, BertConfig};

/// `BertEmbeddings`: word + position + token type, layer norm.
#[derive(Module, Debug)]
pub(super) struct Embeddings {
    word_embeddings: Embedding,
    position_embeddings: Embedding,
    token_type_embeddings: Embedding,
    layer_norm: LayerNorm,
}

impl Embeddings {
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
#[derive(Module, Debug)]
pub(super) struct Attention {
    query: Linear,
    key: Linear,
    value: Linear,
    output: Linear,
    layer_norm: LayerNorm,
    heads: usize,
}

impl Attention {
    /// Returns the attended hidden states `[B, S, D]` and the probabilities `[B, H, S, S]`
    /// (softmax(QKᵀ/√d), Vaswani et al. 2017, eq. 1). The masks are those of [`Layer::forward`].
    fn forward(
        &self,
        hidden: Tensor<3>,
        masked_keys: Option<Tensor<4, Bool>>,
        kept_heads: Option<Tensor<4>>,
    ) -> (Tensor<3>, Tensor<4>) {
        let [batch, length, size] = hidden.dims();
        let head_size = size / self.heads;
        let split = |tensor: Tensor<3>| tensor.reshape([batch, length, self.heads, head_size]).swap_dims(1, 2);
        let query = split(self.query.forward(hidden.clone()));
        let key = split(self.key.forward(hidden.clone()));
        let value = split(self.value.forward(hidden.clone()));

        let mut scores = query.matmul(key.swap_dims(2, 3)) / (head_size as f64).sqrt();
        if let Some(masked_keys) = masked_keys {
            scores = scores.mask_fill(masked_keys.expand([batch, self.heads, length, length]), f32::MIN);
        }
        let probabilities = softmax(scores, 3);
        let mut context = probabilities.clone().matmul(value);
        if let Some(kept_heads) = kept_heads {
            context = context * kept_heads;
        }
        let context = context.swap_dims(1, 2).reshape([batch, length, size]);
        (self.layer_norm.forward(self.output.forward(context) + hidden), probabilities)
    }
}

/// `BertLayer`: attention, then the feed-forward block.
#[derive(Module, Debug)]
pub(super) struct Layer {
    attention: Attention,
    intermediate: Linear,
    #[module(skip)]
    activation: Activation,
    output: Linear,
    layer_norm: LayerNorm,
}

impl Layer {
    /// Returns the layer's hidden states `[B, S, D]` and its attention probabilities `[B, H, S, S]`.
    ///
    /// `masked_keys` `[B, 1, 1, S]` is true where nobody may look; `kept_heads` `[B, H, 1, 1]` is 0 where a head's
    /// context is to be nothing, else 1.
    pub(super) fn forward(
        &self,
        hidden: Tensor<3>,
        masked_keys: Option<Tensor<4, Bool>>,
        kept_heads: Option<Tensor<4>>,
    ) -> (Tensor<3>, Tensor<4>) {
        let (attended, probabilities) = self.attention.forward(hidden, masked_keys, kept_heads);
        let expanded = self.activation.forward(self.intermediate.forward(attended.clone()));
        (self.layer_norm.forward(self.output.forward(expanded) + attended), probabilities)
    }
}

/// `BertOnlyMLMHead`: what stands at each position, as a distribution over the vocabulary.
#[derive(Module, Debug)]
pub(super) struct MaskedLanguageHead {
    transform: Linear,
    #[module(skip)]
    activation: Activation,
    layer_norm: LayerNorm,
    /// `[vocab, D]`; none where it is the word embeddings themselves.
    decoder: Option<Param<Tensor<2>>>,
    bias: Param<Tensor<1>>,
}

/// `BertModel`, with the masked-language head where there is one.
#[derive(Module, Debug)]
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
    /// A network of the config's shape whose parameters are still to be loaded (burn initialises
    /// lazily, so nothing is computed or allocated for them here).
    pub(super) fn new(config: &BertConfig, parts: Parts, device: &Device) -> Self {
        let size = config.hidden_size;
        let linear = |input, output| LinearConfig::new(input, output).init(device);
        let table = |rows| EmbeddingConfig::new(rows, size).init(device);
        let layer_norm = || LayerNormConfig::new(size).with_epsilon(config.layer_norm_eps).init(device);
        let layer = |_| Layer {
            attention: Attention {
                query: linear(size, size),
                key: linear(size, size),
                value: linear(size, size),
                output: linear(size, size),
                layer_norm: layer_norm(),
                heads: config.num_attention_heads,
            },
            intermediate: linear(size, config.intermediate_size),
            activation: config.hidden_act,
            output: linear(config.intermediate_size, size),
            layer_norm: layer_norm(),
        };
        Network {
            embeddings: Embeddings {
                word_embeddings: table(config.vocab_size),
                position_embeddings: table(config.max_position_embeddings),
                token_type_embeddings: table(config.type_vocab_size),
                layer_norm: layer_norm(),
            },
            layers: (0..config.num_hidden_layers).map(layer).collect(),
            pooler: parts.pooler.then(|| linear(size, size)),
            head: parts.head.then(|| MaskedLanguageHead {
                transform: linear(size, size),
                activation: config.hidden_act,
                layer_norm: layer_norm(),
                decoder: parts.decoder.then(|| Initializer::Zeros.init([config.vocab_size, size], device)),
                bias: Initializer::Zeros.init([config.vocab_size], device),
            }),
        }
    }

    /// Whether the checkpoint brought a pooler.
    pub(super) fn has_pooler(&self) -> bool {
        self.pooler.is_some()
    }

    /// The probability of each word of the vocabulary at each position, `[S, D]` to `[S, vocab]`; none without a head.
    pub(super) fn predict(&self, last_hidden_state: Tensor<2>) -> Option<Tensor<2>> {
        let head = self.head.as_ref()?;
        let transformed = head.activation.forward(head.transform.forward(last_hidden_state));
        let decoder = head.decoder.as_ref().unwrap_or(&self.embeddings.word_embeddings.weight).val();
        let scores = head.layer_norm.forward(transformed).matmul(decoder.transpose());
        Some(softmax(scores + head.bias.val().unsqueeze(), 1))
    }

    /// `BertPooler`: tanh(W·h_CLS + b) of the last layer, `[B, S, D]` to `[B, D]`.
    pub(super) fn pool(&self, last_hidden_state: Tensor<3>) -> Option<Tensor<2>> {
        let [batch, _, size] = last_hidden_state.dims();
        let pooler = self.pooler.as_ref()?;
        let cls = last_hidden_state.narrow(1, 0, 1).reshape([batch, size]);
        Some(pooler.forward(cls).tanh())
    }
}

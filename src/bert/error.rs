use super::{Backend, TokenizerRefusal};

/// What can go wrong between a checkpoint's bytes and a trace. Each message names the remedy.
#[derive(Debug, thiserror::Error)]
pub enum BertError {
    /// `config.json` is not JSON, or misses a field BERT needs.
    #[error("config.json cannot be read: {0}; use the config.json that save_pretrained wrote")]
    ConfigSyntax(#[source] serde_json::Error),
    /// `config.json` describes something other than a BERT encoder clscope can run.
    #[error("config.json: {0}")]
    ConfigUnsupported(String),
    /// The tokenizer's files are damaged, missing or of an unknown kind.
    #[error("the tokenizer cannot be read: {0}; download the model again")]
    Tokenizer(String),
    /// The tokenizer is whole, but would not give Python's tokens here.
    #[error(transparent)]
    TokenizerRefused(TokenizerRefusal),
    /// The text could not be split into tokens.
    #[error("the text cannot be tokenized: {0}")]
    Tokenize(String),
    /// The tokenizer produces ids the embedding table does not have.
    #[error(
        "the tokenizer gives token id {id}, but the model knows only {vocab_size}; tokenizer and weights belong to different models"
    )]
    TokenOutOfVocabulary {
        /// The offending token id.
        id: u32,
        /// Rows of the word embedding table.
        vocab_size: usize,
    },
    /// A file of weights is damaged.
    #[error("{file} cannot be read: {reason}; download the model again")]
    Weights {
        /// Its name.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The weights cannot be brought into the network.
    #[error("the weights cannot be loaded: {0}; download the model again")]
    Load(String),
    /// A tensor BERT needs holds something other than floating-point numbers.
    #[error("the weights of tensor {name:?} are not floating-point numbers; use a checkpoint that is not quantized")]
    TensorType {
        /// The key transformers uses.
        name: String,
    },
    /// A tensor BERT needs is not in the checkpoint.
    #[error(
        "the weights have no tensor \"{name}\" of shape {shape:?}{more}; is this a BERT checkpoint that fits its config.json?"
    )]
    MissingTensor {
        /// The key transformers uses.
        name: String,
        /// The shape `config.json` asks for.
        shape: Vec<usize>,
        /// How many others are missing too, in words, or nothing.
        more: String,
    },
    /// A tensor has another shape than `config.json` says.
    #[error(
        "tensor \"{name}\" has shape {found:?} where config.json asks for {expected:?}; the two files belong to different models"
    )]
    TensorShape {
        /// The key transformers uses.
        name: String,
        /// The shape in the file.
        found: Vec<usize>,
        /// The shape `config.json` asks for.
        expected: Vec<usize>,
    },
    /// A head is to be cut that the model does not have. As on screen, the message counts from 1.
    #[error(
        "there is no layer {}, head {} to cut; the model has {layers} layers of {heads} heads: cut one of them",
        layer.saturating_add(1), head.saturating_add(1)
    )]
    NoSuchHead {
        /// From 0.
        layer: usize,
        /// From 0.
        head: usize,
        /// How many layers the model has.
        layers: usize,
        /// How many heads each layer has.
        heads: usize,
    },
    /// A token is to be masked or replaced that the input does not have. Tokens count from 0, which is `[CLS]`.
    #[error("there is no token {position} to cut; the input has 0 to {}", tokens.saturating_sub(1))]
    NoSuchToken {
        /// From 0.
        position: usize,
        /// How many tokens the input has.
        tokens: usize,
    },
    /// Attention would have nothing to attend to.
    #[error("every token is masked, so there is nothing left to look at; leave at least one unmasked")]
    EveryTokenMasked,
    /// A token is to be read as the mask, and there is none.
    #[error(
        "the tokenizer has no [MASK] to read instead of a token; mask the token from attention, or open another model"
    )]
    NoMaskToken,
    /// What another model read is to be taken apart.
    #[error("this was read by another model; read the text again with this one")]
    OtherTrace,
    /// The trace would not fit in memory.
    #[error(
        "a trace of {tokens} tokens would take {gigabytes} GB of memory; shorten the text, or open a smaller model"
    )]
    TooLarge {
        /// Tokens of the longest input.
        tokens: usize,
        /// What its arrays would take.
        gigabytes: u128,
    },
    /// The backend was left out of this build.
    #[error("this build has no {backend} backend; build it in with: cargo build --release --features {backend}")]
    BackendMissing {
        /// The backend that was asked for.
        backend: Backend,
    },
    /// The backend failed while computing (out of memory, lost device).
    #[error("the {backend} backend failed: {reason}; try a shorter text, or another --backend")]
    Backend {
        /// The backend in use.
        backend: Backend,
        /// Its own words.
        reason: String,
    },
}

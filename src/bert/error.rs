use super::{Backend, TokenizerRefusal};
use crate::messages::{listed, message, quoted};

/// What can go wrong between a checkpoint's bytes and a trace. Each message names the remedy.
#[derive(Debug, thiserror::Error)]
pub enum BertError {
    /// `config.json` is not JSON, or misses a field BERT needs.
    #[error("{}", message!("bert-config-syntax", reason = .0.to_string()))]
    ConfigSyntax(#[source] serde_json::Error),
    /// `config.json` describes something other than a BERT encoder clscope can run.
    #[error("{}", message!("bert-config", reason = .0))]
    ConfigUnsupported(String),
    /// The tokenizer's files are damaged, missing or of an unknown kind.
    #[error("{}", message!("bert-tokenizer", reason = .0))]
    Tokenizer(String),
    /// The tokenizer's file is JSON, but of a kind that the library does not read.
    #[error("{}", message!("bert-tokenizer-unread", file = *.file, reason = .reason))]
    TokenizerUnread {
        /// Its name.
        file: &'static str,
        /// The library's words.
        reason: String,
    },
    /// The tokenizer is whole, but would not give Python's tokens here.
    #[error(transparent)]
    TokenizerRefused(TokenizerRefusal),
    /// The text could not be split into tokens.
    #[error("{}", message!("bert-tokenize", reason = .0))]
    Tokenize(String),
    /// The tokenizer produces ids the embedding table does not have.
    #[error("{}", message!("bert-token-id", id = .id, known = .vocab_size))]
    TokenOutOfVocabulary {
        /// The offending token id.
        id: u32,
        /// Rows of the word embedding table.
        vocab_size: usize,
    },
    /// A file of weights is damaged.
    #[error("{}", message!("bert-weights", file = .file, reason = .reason))]
    Weights {
        /// Its name.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A file of weights is there and whole as far as one can tell, but cannot be read as it is.
    #[error("{}", message!("bert-weights-as-is", file = .file, reason = .reason))]
    WeightsForm {
        /// Its name.
        file: String,
        /// What it is, and what to do.
        reason: String,
    },
    /// The weights cannot be brought into the network.
    #[error("{}", message!("bert-load", reason = .0))]
    Load(String),
    /// A tensor BERT needs holds something other than floating-point numbers.
    #[error("{}", message!("bert-tensor-type", name = quoted(.name)))]
    TensorType {
        /// The key transformers uses.
        name: String,
    },
    /// A tensor BERT needs is not in the checkpoint.
    #[error("{}", message!("bert-missing-tensor", name = .name, shape = format!("{:?}", .shape), others = .others))]
    MissingTensor {
        /// The key transformers uses.
        name: String,
        /// The shape `config.json` asks for.
        shape: Vec<usize>,
        /// How many others are missing too.
        others: usize,
    },
    /// The tensors have the names of another family than `config.json` says.
    #[error(
        "{}",
        message!(
            "bert-other-family",
            found = listed(.found.iter().map(|(name, _)| *name)),
            families = .found.len(),
            own = *own,
            wanted = quoted_list(.found.iter().map(|(_, model_type)| model_type))
        )
    )]
    OtherFamily {
        /// What people call the family that `config.json` says.
        own: &'static str,
        /// Those whose names the tensors have: what people call each, and its `model_type`.
        found: Vec<(&'static str, &'static str)>,
    },
    /// A table has another number of rows than `config.json` says.
    #[error("{}", message!("bert-table-rows", name = .name, rows = .rows, setting = *setting, said = .said))]
    TableRows {
        /// The key transformers uses.
        name: String,
        /// In the file.
        rows: usize,
        /// What `config.json` calls their number.
        setting: &'static str,
        /// What it says.
        said: usize,
    },
    /// The weights hold the embeddings of several encoders.
    #[error("{}", message!("bert-several-encoders", prefixes = quoted_list(.prefixes)))]
    SeveralEncoders {
        /// What the names of each begin with.
        prefixes: Vec<String>,
    },
    /// Heads were pruned from the attention. As on screen, the message counts from 1.
    #[error("{}", message!("bert-pruned-heads", layer = .layer + 1, left = .left, heads = .heads, others = .others))]
    PrunedHeads {
        /// The first layer that has fewer, from 0.
        layer: usize,
        /// How many it has.
        left: usize,
        /// How many `config.json` says that it has.
        heads: usize,
        /// How many other layers have fewer.
        others: usize,
    },
    /// A tensor has another shape than `config.json` says.
    #[error(
        "{}",
        message!("bert-tensor-shape", name = .name, found = format!("{:?}", .found), expected = format!("{:?}", .expected))
    )]
    TensorShape {
        /// The key transformers uses.
        name: String,
        /// The shape in the file.
        found: Vec<usize>,
        /// The shape `config.json` asks for.
        expected: Vec<usize>,
    },
    /// A head is to be ablated that the model does not have. As on screen, the message counts from 1.
    #[error(
        "{}",
        message!(
            "bert-no-such-head",
            layer = .layer.saturating_add(1).to_string(),
            head = .head.saturating_add(1).to_string(),
            layers = .layers,
            heads = .heads
        )
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
    #[error("{}", message!("bert-no-such-token", position = .position.to_string(), last = .tokens.saturating_sub(1)))]
    NoSuchToken {
        /// From 0.
        position: usize,
        /// How many tokens the input has.
        tokens: usize,
    },
    /// Attention would have nothing to attend to.
    #[error("{}", message!("bert-every-token-masked"))]
    EveryTokenMasked,
    /// An edge of a layer that the model does not have is to be cut.
    #[error("{}", message!("bert-no-such-layer", layer = layer + 1, layers = *layers))]
    NoSuchLayer {
        /// From 0.
        layer: usize,
        /// How many there are.
        layers: usize,
    },
    /// All that a token could look at is cut.
    #[error("{}", message!("bert-nothing-to-look-at", position = *position, layer = layer + 1))]
    NothingToLookAt {
        /// From 0.
        position: usize,
        /// From 0.
        layer: usize,
    },
    /// A token is to be read as the mask, and there is none.
    #[error("{}", message!("bert-no-mask-token"))]
    NoMaskToken,
    /// What another model read is to be taken apart.
    #[error("{}", message!("bert-other-trace"))]
    OtherTrace,
    /// The trace would not fit in memory.
    #[error("{}", message!("bert-too-large", tokens = .tokens, gigabytes = .gigabytes.to_string()))]
    TooLarge {
        /// Tokens of the longest input.
        tokens: usize,
        /// What its arrays would take.
        gigabytes: u128,
    },
    /// The backend was left out of this build.
    #[error("{}", message!("bert-backend-missing", backend = .backend.name()))]
    BackendMissing {
        /// The backend that was asked for.
        backend: Backend,
    },
    /// The backend failed while computing (out of memory, lost device).
    #[error("{}", message!("bert-backend-failed", backend = .backend.name(), reason = .reason))]
    Backend {
        /// The backend in use.
        backend: Backend,
        /// Its own words.
        reason: String,
    },
}

fn quoted_list(names: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    listed(names.into_iter().map(|name| quoted(name.as_ref())))
}

//! What the families share that are built of BERT's parts: how names are spelt, and the parts themselves.

use super::declaration::{
    Affine, EmbeddedBy, EmbeddingParameters, HeadName, HeadParameters, LayerParameters, Parameter, Reads, Step,
};
use crate::bert::{Activation, BertConfig};

/// How the checkpoints of a family spell the names of their tensors.
#[derive(Clone, Copy)]
pub(super) struct TensorNames {
    /// What stands before the encoder's names where it is a part of a larger model: transformers' `base_model_prefix`.
    pub base: &'static str,
}

impl TensorNames {
    pub(super) fn parameter(self, name: String, shape: Vec<usize>) -> Parameter {
        let aliases = self.spellings(&name).into_iter().skip(1).collect();
        Parameter { name, aliases, shape }
    }

    /// `[out, in]` and `[out]`.
    pub(super) fn linear(self, key: &str, output: usize, input: usize) -> Affine<Parameter> {
        Affine {
            weight: self.parameter(format!("{key}.weight"), vec![output, input]),
            bias: self.parameter(format!("{key}.bias"), vec![output]),
        }
    }

    /// A layer norm; checkpoints converted from TensorFlow call its parameters `gamma` and `beta`.
    pub(super) fn norm(self, key: &str, size: usize) -> Affine<Parameter> {
        let of = |name: &str, tensorflow: &str| {
            let mut parameter = self.parameter(format!("{key}.{name}"), vec![size]);
            parameter.aliases.extend(self.spellings(&format!("{key}.{tensorflow}")));
            parameter
        };
        Affine { weight: of("weight", "gamma"), bias: of("bias", "beta") }
    }

    /// A table of embeddings, `[rows, size]`.
    pub(super) fn table(self, name: &str, rows: usize, size: usize) -> Parameter {
        self.parameter(format!("embeddings.{name}.weight"), vec![rows, size])
    }

    /// `BertEmbeddings`, `size` wide.
    pub(super) fn bert_embeddings(self, config: &BertConfig, size: usize) -> EmbeddingParameters<Parameter> {
        EmbeddingParameters {
            words: self.table("word_embeddings", config.vocab_size, size),
            added: vec![
                (EmbeddedBy::Type, self.table("token_type_embeddings", config.type_vocab_size, size)),
                (EmbeddedBy::Position, self.table("position_embeddings", config.max_position_embeddings, size)),
            ],
            norm: self.norm("embeddings.LayerNorm", size),
            projection: None,
        }
    }

    /// `BertLayer`, the layer `n` of `encoder.layer`.
    pub(super) fn layer(self, config: &BertConfig, n: usize) -> LayerParameters<Parameter> {
        let (size, wide) = (config.hidden_size, config.intermediate_size);
        let key = |part: &str| format!("encoder.layer.{n}.{part}");
        LayerParameters {
            query: self.linear(&key("attention.self.query"), size, size),
            key: self.linear(&key("attention.self.key"), size, size),
            value: self.linear(&key("attention.self.value"), size, size),
            attention_output: self.linear(&key("attention.output.dense"), size, size),
            attention_norm: self.norm(&key("attention.output.LayerNorm"), size),
            intermediate: self.linear(&key("intermediate.dense"), wide, size),
            output: self.linear(&key("output.dense"), size, wide),
            norm: self.norm(&key("output.LayerNorm"), size),
        }
    }

    /// `BertPooler`, whose linear layer is called `key`.
    pub(super) fn pooler(self, key: &str, size: usize) -> HeadParameters<Parameter> {
        let dense = self.linear(key, size, size);
        HeadParameters {
            name: HeadName::Pooler,
            reads: Reads::FirstToken,
            signs: vec![dense.weight.clone()],
            steps: vec![Step::Linear(dense), Step::Tanh],
        }
    }

    /// A masked-language head: a linear layer, an activation, a layer norm, and scores for the words, by the table of word
    /// embeddings, which is `size` wide, unless the checkpoint has a weight of its own.
    pub(super) fn masked_language(
        self,
        config: &BertConfig,
        size: usize,
        names: &MaskedLanguageNames,
    ) -> HeadParameters<Parameter> {
        let words = config.vocab_size;
        let dense = self.linear(names.dense, size, config.hidden_size);
        let mut bias = self.parameter(format!("{}.bias", names.decoder), vec![words]);
        // Tied decoders store the bias once, under the name it has outside the decoder.
        bias.aliases.extend(names.bias.into_iter().flat_map(|name| self.spellings(name)));
        HeadParameters {
            name: HeadName::MaskedLanguage,
            reads: Reads::EveryToken,
            signs: vec![bias.clone(), dense.weight.clone()],
            steps: vec![
                Step::Linear(dense),
                Step::Activation(names.activation),
                Step::Norm(self.norm(names.norm, size)),
                Step::Vocabulary {
                    weight: Some(self.parameter(format!("{}.weight", names.decoder), vec![words, size])),
                    bias,
                },
            ],
        }
    }

    /// Alone, and as a part of a larger model.
    fn spellings(self, key: &str) -> [String; 2] {
        [key.to_owned(), format!("{}.{key}", self.base)]
    }
}

/// What a family calls the parts of its masked-language head.
pub(super) struct MaskedLanguageNames {
    pub dense: &'static str,
    pub activation: Activation,
    pub norm: &'static str,
    pub decoder: &'static str,
    /// The decoder's bias by itself.
    pub bias: Option<&'static str>,
}

/// `BertOnlyMLMHead`.
pub(super) fn bert_predictions(config: &BertConfig) -> MaskedLanguageNames {
    MaskedLanguageNames {
        dense: "cls.predictions.transform.dense",
        activation: config.hidden_act,
        norm: "cls.predictions.transform.LayerNorm",
        decoder: "cls.predictions.decoder",
        bias: Some("cls.predictions.bias"),
    }
}

/// `RobertaLMHead`, whose activation is gelu whatever the layers have.
pub(super) const ROBERTA_PREDICTIONS: MaskedLanguageNames = MaskedLanguageNames {
    dense: "lm_head.dense",
    activation: Activation::Gelu,
    norm: "lm_head.layer_norm",
    decoder: "lm_head.decoder",
    bias: Some("lm_head.bias"),
};

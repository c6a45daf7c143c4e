//! BERT (Devlin et al. 2018), as transformers' `BertModel` has it.
//!
//! | checkpoint key (transformers)               | shape |
//! | ------------------------------------------- | ----- |
//! | `embeddings.word_embeddings.weight`         | `[vocab, D]` |
//! | `embeddings.token_type_embeddings.weight`   | `[type_vocab, D]` |
//! | `embeddings.position_embeddings.weight`     | `[max_position, D]` |
//! | `embeddings.LayerNorm.{weight,bias}`        | `[D]` |
//! | `encoder.layer.N.attention.self.{query,key,value}` | `[D, D]`, `[D]` |
//! | `encoder.layer.N.attention.output.dense`    | `[D, D]`, `[D]` |
//! | `encoder.layer.N.attention.output.LayerNorm` | `[D]` |
//! | `encoder.layer.N.intermediate.dense`        | `[intermediate, D]`, `[intermediate]` |
//! | `encoder.layer.N.output.dense`              | `[D, intermediate]`, `[D]` |
//! | `encoder.layer.N.output.LayerNorm`          | `[D]` |
//! | `pooler.dense` (optional)                   | `[D, D]`, `[D]` |
//! | `cls.predictions.transform.dense` (optional) | `[D, D]`, `[D]` |
//! | `cls.predictions.transform.LayerNorm`       | `[D]` |
//! | `cls.predictions.decoder.weight` (or tied to the word embeddings) | `[vocab, D]` |
//! | `cls.predictions.decoder.bias`, or `cls.predictions.bias` | `[vocab]` |
//!
//! Shapes are PyTorch's (`[out, in]`). A key may carry the prefix `bert.`, and a layer norm may call its
//! parameters `gamma` and `beta` (checkpoints converted from TensorFlow).

use std::borrow::Cow;

use super::{
    declaration::{
        Affine, Declaration, EmbeddedBy, EmbeddingParameters, HeadName, HeadParameters, LayerParameters, Parameter,
        Reads, Step,
    },
    family::{Family, SpecialTokens},
};
use crate::bert::BertConfig;

/// Its row in the list of families.
pub(super) const FAMILY: Family = Family {
    model_type: "bert",
    config: |json| serde_json::from_slice(json),
    declaration,
    first_position: |_| 0,
    tokenizer_class: "BertTokenizer",
    special_tokens: SpecialTokens {
        cls: Cow::Borrowed("[CLS]"),
        sep: Cow::Borrowed("[SEP]"),
        mask: Cow::Borrowed("[MASK]"),
        unk: Cow::Borrowed("[UNK]"),
        pad: Cow::Borrowed("[PAD]"),
    },
    subword_mark: |token| if token.starts_with(CONTINUES_WORD) { CONTINUES_WORD.len() } else { 0 },
};

/// WordPiece writes it before a subword that is not a word's first.
const CONTINUES_WORD: &str = "##";

fn declaration(config: &BertConfig) -> Declaration<Parameter> {
    let size = config.hidden_size;
    let table = |name: &str, rows| parameter(format!("embeddings.{name}.weight"), vec![rows, size]);
    Declaration {
        embeddings: EmbeddingParameters {
            words: table("word_embeddings", config.vocab_size),
            added: vec![
                (EmbeddedBy::Type, table("token_type_embeddings", config.type_vocab_size)),
                (EmbeddedBy::Position, table("position_embeddings", config.max_position_embeddings)),
            ],
            norm: norm("embeddings.LayerNorm", size),
        },
        layers: (0..config.num_hidden_layers).map(|n| layer(config, n)).collect(),
        heads: vec![pooler(size), masked_language(config)],
    }
}

fn layer(config: &BertConfig, n: usize) -> LayerParameters<Parameter> {
    let (size, wide) = (config.hidden_size, config.intermediate_size);
    let key = |part: &str| format!("encoder.layer.{n}.{part}");
    LayerParameters {
        query: linear(&key("attention.self.query"), size, size),
        key: linear(&key("attention.self.key"), size, size),
        value: linear(&key("attention.self.value"), size, size),
        attention_output: linear(&key("attention.output.dense"), size, size),
        attention_norm: norm(&key("attention.output.LayerNorm"), size),
        intermediate: linear(&key("intermediate.dense"), wide, size),
        output: linear(&key("output.dense"), size, wide),
        norm: norm(&key("output.LayerNorm"), size),
    }
}

/// `BertPooler`.
fn pooler(size: usize) -> HeadParameters<Parameter> {
    let dense = linear("pooler.dense", size, size);
    HeadParameters {
        name: HeadName::Pooler,
        reads: Reads::FirstToken,
        signs: vec![dense.weight.clone()],
        steps: vec![Step::Linear(dense), Step::Tanh],
    }
}

/// `BertOnlyMLMHead`.
fn masked_language(config: &BertConfig) -> HeadParameters<Parameter> {
    let (size, words) = (config.hidden_size, config.vocab_size);
    let dense = linear("cls.predictions.transform.dense", size, size);
    let mut bias = parameter("cls.predictions.decoder.bias".to_owned(), vec![words]);
    // Tied decoders store the bias once, under the name it has outside the decoder.
    bias.aliases.extend(spellings("cls.predictions.bias"));
    HeadParameters {
        name: HeadName::MaskedLanguage,
        reads: Reads::EveryToken,
        signs: vec![bias.clone(), dense.weight.clone()],
        steps: vec![
            Step::Linear(dense),
            Step::Activation(config.hidden_act),
            Step::Norm(norm("cls.predictions.transform.LayerNorm", size)),
            Step::Vocabulary {
                weight: Some(parameter("cls.predictions.decoder.weight".to_owned(), vec![words, size])),
                bias,
            },
        ],
    }
}

fn linear(key: &str, output: usize, input: usize) -> Affine<Parameter> {
    Affine {
        weight: parameter(format!("{key}.weight"), vec![output, input]),
        bias: parameter(format!("{key}.bias"), vec![output]),
    }
}

fn norm(key: &str, size: usize) -> Affine<Parameter> {
    let of = |name: &str, tensorflow: &str| {
        let mut parameter = parameter(format!("{key}.{name}"), vec![size]);
        parameter.aliases.extend(spellings(&format!("{key}.{tensorflow}")));
        parameter
    };
    Affine { weight: of("weight", "gamma"), bias: of("bias", "beta") }
}

fn parameter(name: String, shape: Vec<usize>) -> Parameter {
    let aliases = spellings(&name).into_iter().skip(1).collect();
    Parameter { name, aliases, shape }
}

/// Alone, and as a part of a larger model.
fn spellings(key: &str) -> [String; 2] {
    [key.to_owned(), format!("bert.{key}")]
}

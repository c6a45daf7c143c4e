//! ALBERT (Lan et al. 2020), as transformers' `AlbertModel` has it: embeddings narrower than the hidden states, and one layer's
//! weights in many layers.
//!
//! | checkpoint key (transformers)               | shape |
//! | ------------------------------------------- | ----- |
//! | `embeddings.*`                              | BERT's, with E in the place of D |
//! | `encoder.embedding_hidden_mapping_in`       | `[D, E]`, `[D]` |
//! | `….attention.{query,key,value,dense}`       | `[D, D]`, `[D]` |
//! | `….attention.LayerNorm`                     | `[D]` |
//! | `….ffn`                                     | `[F, D]`, `[F]` |
//! | `….ffn_output`                              | `[D, F]`, `[D]` |
//! | `….full_layer_layer_norm`                   | `[D]` |
//! | `pooler` (optional)                         | `[D, D]`, `[D]` |
//! | `predictions.{dense,LayerNorm}` (optional)  | `[E, D]`, `[E]` |
//! | `predictions.decoder.weight` (or tied to the word embeddings) | `[vocab, E]` |
//! | `predictions.decoder.bias`, or `predictions.bias` | `[vocab]` |
//!
//! … is `encoder.albert_layer_groups.G.albert_layers.N`.

use serde_json::{Map, Value};

use super::{
    declaration::{Declaration, EmbeddingParameters, LayerParameters, Parameter},
    family::{Family, Positions, SpecialTokens, defaults},
    keys::{MaskedLanguageNames, TensorNames},
};
use crate::bert::BertConfig;

/// Its row in the list of families.
pub(super) const FAMILY: Family = Family {
    model_type: "albert",
    name: "ALBERT",
    class_prefix: "Albert",
    config,
    declaration,
    positions: |_| Positions::FromZero,
    tokenizer_class: "AlbertTokenizer",
    special_tokens: SpecialTokens::named("[CLS]", "[SEP]", "[MASK]", "<unk>", "<pad>"),
};

const KEYS: TensorNames = TensorNames { base: "albert" };

fn config(config: &mut Map<String, Value>) {
    defaults(
        config,
        [
            ("vocab_size", 30000.into()),
            ("embedding_size", 128.into()),
            ("hidden_size", 4096.into()),
            ("num_hidden_layers", 12.into()),
            ("num_attention_heads", 64.into()),
            ("intermediate_size", 16384.into()),
            ("hidden_act", "gelu_new".into()),
        ],
    );
    // A round through a group goes through each of its layers.
    let inner = config.get("inner_group_num").and_then(Value::as_u64).unwrap_or(1);
    if let Some(layers) = config.get("num_hidden_layers").and_then(Value::as_u64) {
        config.insert("num_hidden_layers".to_owned(), layers.saturating_mul(inner).into());
    }
}

fn declaration(config: &BertConfig) -> Declaration<Parameter> {
    let (size, word_size) = (config.hidden_size, config.word_size());
    let (groups, inner) = (config.num_hidden_groups, config.inner_group_num);
    let masked_language = MaskedLanguageNames {
        dense: "predictions.dense",
        activation: config.hidden_act,
        norm: "predictions.LayerNorm",
        decoder: "predictions.decoder",
        bias: Some("predictions.bias"),
    };
    let rounds = config.num_hidden_layers / inner;
    let group = |round: usize| (round as f64 / (rounds as f64 / groups as f64)) as usize;
    Declaration {
        embeddings: EmbeddingParameters {
            projection: Some(KEYS.linear("encoder.embedding_hidden_mapping_in", size, word_size)),
            ..KEYS.bert_embeddings(config, word_size)
        },
        layers: (0..groups * inner).map(|at| layer(config, at / inner, at % inner)).collect(),
        order: (0..rounds).flat_map(|round| (0..inner).map(move |at| group(round) * inner + at)).collect(),
        relative_positions: None,
        heads: vec![KEYS.pooler("pooler", size), KEYS.masked_language(config, word_size, &masked_language)],
    }
}

/// `AlbertLayer`.
fn layer(config: &BertConfig, group: usize, n: usize) -> LayerParameters<Parameter> {
    let (size, wide) = (config.hidden_size, config.intermediate_size);
    let key = |part: &str| format!("encoder.albert_layer_groups.{group}.albert_layers.{n}.{part}");
    LayerParameters {
        query: KEYS.linear(&key("attention.query"), size, size),
        key: KEYS.linear(&key("attention.key"), size, size),
        value: KEYS.linear(&key("attention.value"), size, size),
        attention_output: KEYS.linear(&key("attention.dense"), size, size),
        attention_norm: KEYS.norm(&key("attention.LayerNorm"), size),
        intermediate: KEYS.linear(&key("ffn"), wide, size),
        output: KEYS.linear(&key("ffn_output"), size, wide),
        norm: KEYS.norm(&key("full_layer_layer_norm"), size),
    }
}

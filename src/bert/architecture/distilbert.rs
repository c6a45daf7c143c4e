//! DistilBERT (Sanh et al. 2019), as transformers' `DistilBertModel` has it: no token types, no pooler.
//!
//! | checkpoint key (transformers)               | shape |
//! | ------------------------------------------- | ----- |
//! | `embeddings.word_embeddings.weight`         | `[vocab, D]` |
//! | `embeddings.position_embeddings.weight`     | `[max_position, D]` |
//! | `embeddings.LayerNorm`                      | `[D]` |
//! | `transformer.layer.N.attention.{q,k,v,out}_lin` | `[D, D]`, `[D]` |
//! | `transformer.layer.N.sa_layer_norm`         | `[D]` |
//! | `transformer.layer.N.ffn.lin1`              | `[F, D]`, `[F]` |
//! | `transformer.layer.N.ffn.lin2`              | `[D, F]`, `[D]` |
//! | `transformer.layer.N.output_layer_norm`     | `[D]` |
//! | `vocab_transform`, `vocab_layer_norm` (optional) | `[D, D]`, `[D]` |
//! | `vocab_projector.weight` (or tied to the word embeddings), `vocab_projector.bias` | `[vocab, D]`, `[vocab]` |

use serde_json::{Map, Value, json};

use super::{
    declaration::{Declaration, EmbeddedBy, EmbeddingParameters, LayerParameters, Parameter},
    family::{Family, Positions, SpecialTokens},
    keys::{MaskedLanguageNames, TensorNames},
};
use crate::bert::BertConfig;

/// Its row in the list of families.
pub(super) const FAMILY: Family = Family {
    model_type: "distilbert",
    name: "DistilBERT",
    class_prefix: "DistilBert",
    config,
    declaration,
    positions: |_| Positions::FromZero,
    tokenizer_class: "BertTokenizer",
    special_tokens: SpecialTokens::BERT,
};

const KEYS: TensorNames = TensorNames { base: "distilbert" };

/// The names that DistilBERT's `config.json` has for BERT's sizes, and what transformers takes where it names none.
const SIZES: [(&str, &str, u64); 4] = [
    ("dim", "hidden_size", 768),
    ("n_layers", "num_hidden_layers", 6),
    ("n_heads", "num_attention_heads", 12),
    ("hidden_dim", "intermediate_size", 3072),
];

fn config(config: &mut Map<String, Value>) {
    for (own, name, default) in SIZES {
        let value = config.remove(own).or_else(|| config.remove(name)).unwrap_or_else(|| default.into());
        config.insert(name.to_owned(), value);
    }
    let activation = config.remove("activation").unwrap_or_else(|| json!("gelu"));
    config.insert("hidden_act".to_owned(), activation);
    // Fixed in its code.
    config.insert("layer_norm_eps".to_owned(), json!(1e-12));
    config.insert("type_vocab_size".to_owned(), json!(1));
    config.entry("vocab_size").or_insert(json!(30522));
}

fn declaration(config: &BertConfig) -> Declaration<Parameter> {
    let size = config.hidden_size;
    let masked_language = MaskedLanguageNames {
        dense: "vocab_transform",
        activation: config.hidden_act,
        norm: "vocab_layer_norm",
        decoder: "vocab_projector",
        bias: None,
    };
    Declaration {
        embeddings: EmbeddingParameters {
            words: KEYS.table("word_embeddings", config.vocab_size, size),
            added: vec![(
                EmbeddedBy::Position,
                KEYS.table("position_embeddings", config.max_position_embeddings, size),
            )],
            norm: KEYS.norm("embeddings.LayerNorm", size),
            projection: None,
        },
        layers: (0..config.num_hidden_layers).map(|n| layer(config, n)).collect(),
        order: (0..config.num_hidden_layers).collect(),
        relative_positions: None,
        heads: vec![KEYS.masked_language(config, size, &masked_language)],
    }
}

/// `TransformerBlock`.
fn layer(config: &BertConfig, n: usize) -> LayerParameters<Parameter> {
    let (size, wide) = (config.hidden_size, config.intermediate_size);
    let key = |part: &str| format!("transformer.layer.{n}.{part}");
    LayerParameters {
        query: KEYS.linear(&key("attention.q_lin"), size, size),
        key: KEYS.linear(&key("attention.k_lin"), size, size),
        value: KEYS.linear(&key("attention.v_lin"), size, size),
        attention_output: KEYS.linear(&key("attention.out_lin"), size, size),
        attention_norm: KEYS.norm(&key("sa_layer_norm"), size),
        intermediate: KEYS.linear(&key("ffn.lin1"), wide, size),
        output: KEYS.linear(&key("ffn.lin2"), size, wide),
        norm: KEYS.norm(&key("output_layer_norm"), size),
    }
}

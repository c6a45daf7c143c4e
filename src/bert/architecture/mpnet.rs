//! MPNet (Song et al. 2020), as transformers' `MPNetModel` has it: no token types; in every layer the scores get what one
//! table says of how far the key is from the query.
//!
//! BERT's names behind `mpnet.`; its differences:
//!
//! | checkpoint key (transformers)               | shape |
//! | ------------------------------------------- | ----- |
//! | `encoder.layer.N.attention.attn.{q,k,v,o}`  | `[D, D]`, `[D]` |
//! | `encoder.layer.N.attention.LayerNorm`       | `[D]` |
//! | `encoder.relative_attention_bias.weight`    | `[buckets, H]` |
//! | `lm_head` (optional)                        | RoBERTa's |

use serde_json::{Map, Value, json};

use super::{
    declaration::{Declaration, EmbeddedBy, EmbeddingParameters, LayerParameters, Parameter},
    family::{Family, Positions, SpecialTokens},
    keys::{ROBERTA_PREDICTIONS, TensorNames},
};
use crate::bert::BertConfig;

/// Its row in the list of families.
pub(super) const FAMILY: Family = Family {
    model_type: "mpnet",
    name: "MPNet",
    class_prefix: "MPNet",
    config,
    declaration,
    // Whatever `pad_token_id` says.
    positions: |_| Positions::AfterPadding(1),
    tokenizer_class: "MPNetTokenizer",
    special_tokens: SpecialTokens::named("<s>", "</s>", "<mask>", "[UNK]", "<pad>"),
};

const KEYS: TensorNames = TensorNames { base: "mpnet" };

fn config(config: &mut Map<String, Value>) {
    config.insert("type_vocab_size".to_owned(), json!(1));
    config.entry("relative_attention_num_buckets").or_insert(json!(32));
}

fn declaration(config: &BertConfig) -> Declaration<Parameter> {
    let size = config.hidden_size;
    let buckets = vec![config.relative_attention_num_buckets.unwrap_or(32), config.num_attention_heads];
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
        relative_positions: Some(KEYS.parameter("encoder.relative_attention_bias.weight".to_owned(), buckets)),
        heads: vec![KEYS.pooler("pooler.dense", size), KEYS.masked_language(config, size, &ROBERTA_PREDICTIONS)],
    }
}

/// `MPNetLayer`.
fn layer(config: &BertConfig, n: usize) -> LayerParameters<Parameter> {
    let size = config.hidden_size;
    let key = |part: &str| format!("encoder.layer.{n}.attention.{part}");
    LayerParameters {
        query: KEYS.linear(&key("attn.q"), size, size),
        key: KEYS.linear(&key("attn.k"), size, size),
        value: KEYS.linear(&key("attn.v"), size, size),
        attention_output: KEYS.linear(&key("attn.o"), size, size),
        attention_norm: KEYS.norm(&key("LayerNorm"), size),
        ..KEYS.layer(config, n)
    }
}

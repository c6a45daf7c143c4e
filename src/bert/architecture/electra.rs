//! ELECTRA (Clark et al. 2020), as transformers' `ElectraModel` has it, generator and discriminator: BERT's encoder, no
//! pooler, and embeddings that may be narrower than the hidden states.
//!
//! BERT's names behind `electra.`; its differences:
//!
//! | checkpoint key (transformers)               | shape |
//! | ------------------------------------------- | ----- |
//! | `embeddings.*`                              | E in the place of D |
//! | `embeddings_project` (only where E is not D) | `[D, E]`, `[D]` |
//! | `generator_predictions.{dense,LayerNorm}` (optional) | `[E, D]`, `[E]` |
//! | `generator_lm_head.weight` (or tied to the word embeddings), `generator_lm_head.bias` | `[vocab, E]`, `[vocab]` |

use serde_json::{Map, Value};

use super::{
    declaration::{Declaration, EmbeddingParameters, Parameter},
    family::{Family, Positions, SpecialTokens, defaults},
    keys::{MaskedLanguageNames, TensorNames},
};
use crate::bert::{Activation, BertConfig};

/// Its row in the list of families.
pub(super) const FAMILY: Family = Family {
    model_type: "electra",
    name: "ELECTRA",
    class_prefix: "Electra",
    config,
    declaration,
    positions: |_| Positions::FromZero,
    tokenizer_class: "BertTokenizer",
    special_tokens: SpecialTokens::BERT,
};

const KEYS: TensorNames = TensorNames { base: "electra" };

fn config(config: &mut Map<String, Value>) {
    defaults(
        config,
        [
            ("vocab_size", 30522.into()),
            ("embedding_size", 128.into()),
            ("hidden_size", 256.into()),
            ("num_hidden_layers", 12.into()),
            ("num_attention_heads", 4.into()),
            ("intermediate_size", 1024.into()),
        ],
    );
}

fn declaration(config: &BertConfig) -> Declaration<Parameter> {
    let (size, word_size) = (config.hidden_size, config.word_size());
    let masked_language = MaskedLanguageNames {
        dense: "generator_predictions.dense",
        activation: Activation::Gelu,
        norm: "generator_predictions.LayerNorm",
        decoder: "generator_lm_head",
        bias: None,
    };
    Declaration {
        embeddings: EmbeddingParameters {
            projection: (size != word_size).then(|| KEYS.linear("embeddings_project", size, word_size)),
            ..KEYS.bert_embeddings(config, word_size)
        },
        layers: (0..config.num_hidden_layers).map(|n| KEYS.layer(config, n)).collect(),
        order: (0..config.num_hidden_layers).collect(),
        relative_positions: None,
        heads: vec![KEYS.masked_language(config, word_size, &masked_language)],
    }
}

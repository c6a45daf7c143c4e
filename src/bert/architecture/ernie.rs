//! ERNIE (Sun et al. 2019, 2021), as transformers' `ErnieModel` has it: BERT under BERT's names, behind `ernie.`, and a table of
//! tasks where `use_task_id` says so, of which every token gets the first row.
//!
//! | checkpoint key (transformers)               | shape |
//! | ------------------------------------------- | ----- |
//! | `embeddings.task_type_embeddings.weight`    | `[task_type_vocab, D]` |

use super::{
    declaration::{Declaration, EmbeddedBy, EmbeddingParameters, Parameter},
    family::{Family, Positions, SpecialTokens, as_it_is},
    keys::{TensorNames, bert_predictions},
};
use crate::bert::BertConfig;

/// Its row in the list of families.
pub(super) const FAMILY: Family = Family {
    model_type: "ernie",
    name: "ERNIE",
    class_prefix: "Ernie",
    config: as_it_is,
    declaration,
    positions: |_| Positions::FromZero,
    tokenizer_class: "BertTokenizer",
    special_tokens: SpecialTokens::BERT,
};

const KEYS: TensorNames = TensorNames { base: "ernie" };

fn declaration(config: &BertConfig) -> Declaration<Parameter> {
    let size = config.hidden_size;
    let EmbeddingParameters { mut added, words, norm, projection } = KEYS.bert_embeddings(config, size);
    if config.use_task_id {
        added.push((EmbeddedBy::Task, KEYS.table("task_type_embeddings", config.task_type_vocab_size, size)));
    }
    Declaration {
        embeddings: EmbeddingParameters { words, added, norm, projection },
        layers: (0..config.num_hidden_layers).map(|n| KEYS.layer(config, n)).collect(),
        order: (0..config.num_hidden_layers).collect(),
        relative_positions: None,
        heads: vec![KEYS.pooler("pooler.dense", size), KEYS.masked_language(config, size, &bert_predictions(config))],
    }
}

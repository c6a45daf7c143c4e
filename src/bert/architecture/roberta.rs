//! RoBERTa (Liu et al. 2019), as transformers' `RobertaModel` has it, and those of its form under other names: XLM-RoBERTa
//! (Conneau et al. 2020) and CamemBERT (Martin et al. 2020).
//!
//! BERT's encoder under BERT's names, behind `roberta.`; its differences:
//!
//! | checkpoint key (transformers)               | shape |
//! | ------------------------------------------- | ----- |
//! | `embeddings.position_embeddings.weight`, from the row behind the padding on | `[max_position, D]` |
//! | `lm_head.{dense,layer_norm}` (optional)     | `[D, D]`, `[D]` |
//! | `lm_head.decoder.weight` (or tied to the word embeddings) | `[vocab, D]` |
//! | `lm_head.decoder.bias`, or `lm_head.bias`   | `[vocab]` |

use super::{
    declaration::{Declaration, Parameter},
    family::{Family, Positions, SpecialTokens, as_it_is},
    keys::{ROBERTA_PREDICTIONS, TensorNames},
};
use crate::bert::BertConfig;

/// Its row in the list of families.
pub(super) const FAMILY: Family = family("roberta", "RoBERTa", "Roberta", "RobertaTokenizer");

/// The row of XLM-RoBERTa.
pub(super) const XLM_ROBERTA: Family = family("xlm-roberta", "XLM-RoBERTa", "XLMRoberta", "XLMRobertaTokenizer");

/// The row of CamemBERT.
pub(super) const CAMEMBERT: Family = family("camembert", "CamemBERT", "Camembert", "CamembertTokenizer");

const fn family(
    model_type: &'static str,
    name: &'static str,
    class_prefix: &'static str,
    tokenizer_class: &'static str,
) -> Family {
    Family {
        model_type,
        name,
        class_prefix,
        config: as_it_is,
        declaration,
        positions: |config| Positions::AfterPadding(padding(config)),
        tokenizer_class,
        special_tokens: SpecialTokens::ROBERTA,
    }
}

/// A padding that is no id is none; transformers has 1 where `config.json` says nothing.
fn padding(config: &BertConfig) -> u32 {
    config.pad_token_id.and_then(|id| u32::try_from(id).ok()).unwrap_or(1)
}

const KEYS: TensorNames = TensorNames { base: "roberta" };

fn declaration(config: &BertConfig) -> Declaration<Parameter> {
    Declaration {
        embeddings: KEYS.bert_embeddings(config, config.hidden_size),
        layers: (0..config.num_hidden_layers).map(|n| KEYS.layer(config, n)).collect(),
        order: (0..config.num_hidden_layers).collect(),
        relative_positions: None,
        heads: vec![
            KEYS.pooler("pooler.dense", config.hidden_size),
            KEYS.masked_language(config, config.hidden_size, &ROBERTA_PREDICTIONS),
        ],
    }
}

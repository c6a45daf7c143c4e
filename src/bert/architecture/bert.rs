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

use super::{
    declaration::{Declaration, Parameter},
    family::{Family, Positions, SpecialTokens, as_it_is},
    keys::{TensorNames, bert_predictions},
};
use crate::bert::BertConfig;

/// Its row in the list of families.
pub(super) const FAMILY: Family = Family {
    model_type: "bert",
    name: "BERT",
    class_prefix: "Bert",
    config: as_it_is,
    declaration,
    positions: |_| Positions::FromZero,
    tokenizer_class: "BertTokenizer",
    special_tokens: SpecialTokens::BERT,
};

const KEYS: TensorNames = TensorNames { base: "bert" };

fn declaration(config: &BertConfig) -> Declaration<Parameter> {
    Declaration {
        embeddings: KEYS.bert_embeddings(config, config.hidden_size),
        layers: (0..config.num_hidden_layers).map(|n| KEYS.layer(config, n)).collect(),
        order: (0..config.num_hidden_layers).collect(),
        relative_positions: None,
        heads: vec![
            KEYS.pooler("pooler.dense", config.hidden_size),
            KEYS.masked_language(config, config.hidden_size, &bert_predictions(config)),
        ],
    }
}

use std::fmt;

use super::HeadFault;
use crate::messages::{message, quoted};

/// What a model's files leave open, or decide otherwise than one would think: said once, when the model is opened. Displays
/// as one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// No class of transformers; `tokenizer.json` is taken as it is.
    UnknownTokenizerClass {
        /// As the files name it.
        class: String,
    },
    /// The class makes its own of what `tokenizer.json` holds, as in transformers 5; transformers 4 took that of the file.
    TokenizerRebuilt {
        /// As the files name it, or the family's.
        class: String,
        /// The keys of `tokenizer.json` that are not read, separated by commas.
        parts: String,
    },
    /// Both sentences of a pair have token type 0, as in transformers 5; in transformers 4 the second had type 1.
    NoTokenTypes {
        /// As the files name it.
        class: String,
    },
    /// No file says whether text is made lower case; the vocabulary was asked.
    CaseOfVocabulary {
        /// Whether it is, because no piece has a capital.
        is_lower: bool,
    },
    /// A head cannot be used; the rest of the model can.
    Head(HeadFault),
    /// `config.json` names no class that has the head, so its tensors decide.
    AssumedHead {
        /// The class of transformers that has such a head.
        class: String,
    },
    /// sentence-transformers' activation of a classifier is not known; transformers' is taken.
    UnknownOutputActivation {
        /// As `config.json` names it.
        activation: String,
    },
}

impl fmt::Display for Remark {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&match self {
            Remark::UnknownTokenizerClass { class } => message!("bert-remark-unknown-class", class = class),
            Remark::TokenizerRebuilt { class, parts } => message!("bert-remark-rebuilt", class = class, parts = parts),
            Remark::Head(fault) => fault.to_string(),
            Remark::AssumedHead { class } => message!("bert-remark-assumed-head", class = class),
            Remark::UnknownOutputActivation { activation } => {
                message!("bert-remark-output-activation", activation = quoted(activation))
            }
            Remark::NoTokenTypes { class } => message!("bert-remark-no-token-types", class = class),
            Remark::CaseOfVocabulary { is_lower: true } => message!("bert-remark-lower-case"),
            Remark::CaseOfVocabulary { is_lower: false } => message!("bert-remark-keeps-case"),
        })
    }
}

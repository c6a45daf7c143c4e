use std::fmt;

use super::{HeadFault, heads};
use crate::messages::{listed, message, quoted};

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
    /// `id2label` leaves rows without a name, and has names of other rows.
    LabelRows {
        /// How many rows there are.
        rows: usize,
        /// Those without a name, which get transformers' usual one.
        missing: Vec<usize>,
        /// The names that are of no row, with what stands before each: `3: "c"`.
        left_out: Vec<String>,
    },
    /// `num_labels` says another number than `id2label` has names; transformers follows it.
    LabelCount {
        /// What `num_labels` says.
        count: usize,
        /// How many names there are.
        names: usize,
    },
    /// sentence-transformers' `CrossEncoder` truncates inputs that are read whole here.
    CrossEncoderLimit {
        /// After so many tokens.
        limit: usize,
        /// The most that the model reads.
        most: usize,
    },
}

/// The first of many names.
fn first<T: ToString>(all: &[T]) -> String {
    /// So many are named.
    const NAMED: usize = 5;
    let rest = (all.len() > NAMED).then(|| "…".to_owned());
    listed(all.iter().take(NAMED).map(T::to_string).chain(rest))
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
            Remark::LabelRows { rows, missing, left_out } => message!(
                "bert-remark-label-rows",
                last = rows - 1,
                missing = first(missing),
                count = missing.len(),
                called = first(&missing.iter().map(|row| heads::default_label(*row)).collect::<Vec<_>>()),
                left_out = first(left_out)
            ),
            Remark::LabelCount { count, names } => {
                message!("bert-remark-label-count", count = *count, names = *names)
            }
            Remark::CrossEncoderLimit { limit, most } => {
                message!("bert-remark-cross-encoder-limit", limit = *limit, most = *most)
            }
            Remark::NoTokenTypes { class } => message!("bert-remark-no-token-types", class = class),
            Remark::CaseOfVocabulary { is_lower: true } => message!("bert-remark-lower-case"),
            Remark::CaseOfVocabulary { is_lower: false } => message!("bert-remark-keeps-case"),
        })
    }
}

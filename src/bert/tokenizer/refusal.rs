use super::class::TokenizerModel;
use crate::messages::message;

/// Why a tokenizer is not read, though its files are whole: it would give other tokens than Python does. Each message
/// names the remedy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenizerRefusal {
    /// The class splits text in a way that only Python has.
    #[error("{}", message!("bert-tokenizer-python", class = .class))]
    Python {
        /// As the files name it.
        class: String,
    },
    /// The class is read from `tokenizer.json`, which is not there.
    #[error("{}", message!("bert-tokenizer-no-file", class = .class))]
    NoFile {
        /// As the files name it.
        class: String,
    },
    /// The class is read from `tokenizer.json` or from older files, and neither are there.
    #[error("{}", message!("bert-tokenizer-no-older-file", class = .class, files = .files.join(", ")))]
    NoOlderFile {
        /// As the files name it.
        class: String,
        /// Those that are read where there is no `tokenizer.json`.
        files: &'static [&'static str],
    },
    /// Neither `tokenizer.json` nor `vocab.txt` is there.
    #[error("{}", message!("bert-tokenizer-no-vocabulary", class = .class))]
    NoVocabulary {
        /// As the files name it, or the family's.
        class: String,
    },
    /// `tokenizer.json` cannot be that of the class.
    #[error("{}", message!("bert-tokenizer-other-model", class = .class, expected = .expected.name(), found = .found.name()))]
    OtherModel {
        /// As the files name it, or the family's.
        class: String,
        /// The pieces of the class.
        expected: TokenizerModel,
        /// Those of the file.
        found: TokenizerModel,
    },
    /// `vocab.txt` has SentencePiece's pieces, which BERT's rules would never find.
    #[error("{}", message!("bert-tokenizer-sentence-pieces"))]
    SentencePieces,
    /// A special token that BERT cannot do without is not in the vocabulary.
    #[error("{}", message!("bert-tokenizer-no-special-token", file = *.file, token = .token, setting = *.setting))]
    NoSpecialToken {
        /// Of the vocabulary.
        file: &'static str,
        /// As it is looked for.
        token: String,
        /// What names it.
        setting: &'static str,
    },
}

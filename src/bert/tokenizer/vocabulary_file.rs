//! The names of the files that hold a vocabulary.

/// A whole tokenizer, of any class.
pub const TOKENIZER_JSON: &str = "tokenizer.json";
/// BERT's pieces, a line each.
pub const WORD_PIECES: &str = "vocab.txt";
/// Pieces and their ids, of a tokenizer that joins pairs.
pub const BYTE_PAIRS: &str = "vocab.json";
/// The pairs, in the order in which they are joined.
pub const MERGES: &str = "merges.txt";
/// A model of SentencePiece.
pub const SENTENCE_PIECES: &str = "sentencepiece.bpe.model";
/// The same, as ALBERT calls it.
pub const ALBERT_PIECES: &str = "spiece.model";

/// Every one but `tokenizer.json`.
pub const ALL: [&str; 5] = [WORD_PIECES, BYTE_PAIRS, MERGES, SENTENCE_PIECES, ALBERT_PIECES];

use std::{borrow::Cow, ops::Range};

use super::spelled_out;

/// What a user gives the model: one sentence, or two read together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Input {
    /// Sentence A.
    pub text: String,
    /// Sentence B, read as `[CLS] A [SEP] B [SEP]`.
    pub pair: Option<String>,
}

impl Input {
    /// One sentence alone.
    pub fn single(text: impl Into<String>) -> Self {
        Self { text: text.into(), pair: None }
    }

    /// Two sentences joined: `[CLS] A [SEP] B [SEP]`.
    pub fn joined(text: impl Into<String>, pair: impl Into<String>) -> Self {
        Self { text: text.into(), pair: Some(pair.into()) }
    }

    /// The text of a sentence; empty for B where there is none.
    pub fn sentence(&self, which: Sentence) -> &str {
        match which {
            Sentence::A => &self.text,
            Sentence::B => self.pair.as_deref().unwrap_or_default(),
        }
    }
}

/// One of the two sentences of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sentence {
    /// The first, or the only one.
    A,
    /// The second.
    B,
}

/// One token of an input.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// As in the vocabulary.
    pub text: String,
    /// How many bytes at the start of its text are the tokenizer's mark and no part of the word: 2 for BERT's `##`, 3 for
    /// SentencePiece's `▁`.
    pub mark: usize,
    /// Whether what comes behind it spells bytes one by one, as byte pairs do (`çĮ«` for 猫).
    pub of_bytes: bool,
    /// Row of the word embedding table.
    pub id: u32,
    /// Row of the token type table: 0 for sentence A (with `[CLS]` and its `[SEP]`), 1 for sentence B (with its
    /// `[SEP]`); 0 for both in a model that knows one type.
    pub type_id: u32,
    /// The sentence it belongs to.
    pub sentence: Sentence,
    /// Whether the tokenizer declares it special (`[CLS]`, `[SEP]`, `[MASK]`, `[UNK]`, ...).
    pub special: bool,
    /// Whether it stands for text that the vocabulary does not have (`[UNK]`).
    pub unknown: bool,
    /// The bytes of its sentence it stands for; none for a token the tokenizer added.
    pub span: Option<Range<usize>>,
    /// Number of its word within its sentence; the pieces of a word share it. Where words are not written apart (Chinese,
    /// Japanese, Thai) a piece that SentencePiece or byte pairs have found is a word of its own.
    pub word: Option<u32>,
}

impl Token {
    /// Its text for people: bytes are written as the characters that they are.
    pub fn written(&self) -> Cow<'_, str> {
        match self.of_bytes {
            true => Cow::Owned(format!("{}{}", &self.text[..self.mark], legible(self.plain(), true))),
            false => Cow::Borrowed(&self.text),
        }
    }

    /// Its text without the tokenizer's mark; empty for a piece that is nothing else.
    pub fn plain(&self) -> &str {
        self.text.get(self.mark..).unwrap_or_default()
    }

    /// The same in a sentence, without the mark of a blank before it (`▁`, `Ġ`).
    pub fn in_sentence(&self) -> String {
        let mark = self.text.get(..self.mark).unwrap_or_default();
        in_sentence(mark, self.plain(), self.of_bytes)
    }

    /// A token of the text that a test needs, and nothing else about it.
    #[cfg(test)]
    pub(crate) fn example(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            mark: 0,
            of_bytes: false,
            id: 0,
            type_id: 0,
            sentence: Sentence::A,
            special: false,
            unknown: false,
            span: None,
            word: None,
        }
    }

    /// Whether it goes on with the word that the token before it is of.
    pub fn continues(&self, before: &Token) -> bool {
        self.word.is_some() && self.word == before.word && self.sentence == before.sentence
    }
}

/// A piece as a sentence has it: the mark of one that goes on with a word (`##`) stays, that of a blank, which is one character, does
/// not, but where the piece is nothing else.
pub(super) fn in_sentence(mark: &str, plain: &str, of_bytes: bool) -> String {
    let plain = legible(plain, of_bytes);
    if is_blank(mark) && !plain.trim().is_empty() { plain.into_owned() } else { format!("{mark}{plain}") }
}

/// Whether a mark is that of a blank (`▁`, `Ġ`), which is one character; `##` goes on with a word.
pub(super) fn is_blank(mark: &str) -> bool {
    mark.chars().count() == 1
}

/// A piece without its mark, bytes as the text that they are.
fn legible(plain: &str, of_bytes: bool) -> Cow<'_, str> {
    if of_bytes { spelled_out(plain).into() } else { plain.into() }
}

/// What was cut off an input longer than the model can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Truncation {
    /// Tokens the whole input has, specials included.
    pub from: usize,
    /// Tokens that are read (the model's maximum).
    pub to: usize,
}

/// An input as tokens, at most as long as the model can read.
#[derive(Clone, Debug, PartialEq)]
pub struct Encoding {
    /// The text that was split.
    pub input: Input,
    /// In reading order, specials included.
    pub tokens: Vec<Token>,
    /// Set when the input was too long.
    pub truncation: Option<Truncation>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_has_the_word_without_the_mark_of_a_blank() {
        let written = |mark: &str, of_bytes: bool, pieces: &[&str]| -> Vec<String> {
            let token = |&text: &&str| {
                let mark = if text.starts_with(mark) { mark.len() } else { 0 };
                Token { mark, of_bytes, ..Token::example(text) }
            };
            pieces.iter().map(|piece| token(piece).in_sentence()).collect()
        };
        assert_eq!(
            written("Ġ", true, &["Ġmat", "mat", "ĠcafÃ©", "çĮ«", "Ġ", "çĮ", "<mask>"]),
            ["mat", "mat", "café", "猫", "Ġ", "çĮ", "<mask>"]
        );
        assert_eq!(written("▁", false, &["▁mat", "mat", "▁", "▁café", "Ã©"]), ["mat", "mat", "▁", "café", "Ã©"]);
        assert_eq!(written("##", false, &["mat", "##s", "Ġesu"]), ["mat", "##s", "Ġesu"]);
    }
}

//! Tokens by names that hold for every reading of a pair.

use std::ops::Range;

use crate::bert::{Sentence, Token};

/// A token by its place in its sentence, which is the same whether that is read alone or joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenName {
    /// The sentence it is in; `[CLS]` is in every one.
    pub sentence: Option<Sentence>,
    /// Where in it.
    pub place: TokenPlace,
}

/// Where in its sentence a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenPlace {
    /// At these bytes.
    Text(Range<usize>),
    /// It is a special that the tokenizer has added, with this id.
    Added(u32),
}

impl TokenName {
    /// The name of a token; `alone` is the sentence that is read, where it is read by itself.
    pub(super) fn new(token: &Token, position: usize, alone: Option<Sentence>) -> Self {
        let sentence = alone.unwrap_or(token.sentence);
        match &token.span {
            Some(span) => Self { sentence: Some(sentence), place: TokenPlace::Text(span.clone()) },
            None => Self { sentence: (position > 0).then_some(sentence), place: TokenPlace::Added(token.id) },
        }
    }

    pub(super) fn is_in(&self, text: &str, tokens: &[Token], alone: Option<Sentence>) -> bool {
        self.position(text, tokens, alone).is_some()
    }

    /// Where in an input it is, spelt like that.
    pub(super) fn position(&self, text: &str, tokens: &[Token], alone: Option<Sentence>) -> Option<usize> {
        let is = |position: usize, token: &Token| Self::new(token, position, alone) == *self;
        tokens.iter().enumerate().position(|(position, token)| token.written() == text && is(position, token))
    }
}

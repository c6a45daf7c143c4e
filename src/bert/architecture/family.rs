use std::borrow::Cow;

use super::declaration::{Declaration, Parameter};
use crate::bert::BertConfig;

/// All that is not the same in two families of encoders.
pub(in crate::bert) struct Family {
    /// As `config.json` calls it.
    pub model_type: &'static str,
    /// Reads the sizes under the names that the family's `config.json` gives them.
    pub config: fn(&[u8]) -> Result<BertConfig, serde_json::Error>,
    /// Names and shapes of every tensor, with those of all heads that the family may have.
    pub declaration: fn(&BertConfig) -> Declaration<Parameter>,
    /// The row of the position table that the first token gets.
    pub first_position: fn(&BertConfig) -> usize,
    /// The class of its tokenizer, unless a file names another.
    pub tokenizer_class: &'static str,
    /// Unless the tokenizer's settings name others.
    pub special_tokens: SpecialTokens,
    /// Of a token's spelling in the vocabulary, how many bytes at its start say how it joins the token before.
    pub subword_mark: fn(&str) -> usize,
}

/// How a tokenizer spells the tokens that have a part of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecialTokens {
    /// Stands first; its vector stands for the whole input (`[CLS]`).
    pub cls: Cow<'static, str>,
    /// Ends a sentence (`[SEP]`).
    pub sep: Cow<'static, str>,
    /// Asks for the word in its place (`[MASK]`).
    pub mask: Cow<'static, str>,
    /// Stands for what the vocabulary does not have (`[UNK]`).
    pub unk: Cow<'static, str>,
    /// Fills the shorter inputs of a batch (`[PAD]`).
    pub pad: Cow<'static, str>,
}

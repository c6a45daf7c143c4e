use std::borrow::Cow;

use serde_json::{Map, Value};

use super::declaration::{Declaration, Parameter};
use crate::bert::BertConfig;

/// All that is not the same in two families of encoders.
pub(in crate::bert) struct Family {
    /// As `config.json` calls it.
    pub model_type: &'static str,
    /// As people call it.
    pub name: &'static str,
    /// What the names of its classes in transformers begin with, before `Model` or `ForMaskedLM`.
    pub class_prefix: &'static str,
    /// Brings `config.json` into BERT's form: other names of the same sizes, and what the family fixes.
    pub config: fn(&mut Map<String, Value>),
    /// Names and shapes of every tensor, with those of all heads that the family may have.
    pub declaration: fn(&BertConfig) -> Declaration<Parameter>,
    /// Which rows of the position table the tokens get.
    pub positions: fn(&BertConfig) -> Positions,
    /// The class of its tokenizer, unless a file names another.
    pub tokenizer_class: &'static str,
    /// Unless the tokenizer's settings name others.
    pub special_tokens: SpecialTokens,
}

impl Family {
    /// Whether transformers calls one of its classes so.
    pub(super) fn has_class(&self, class: &str) -> bool {
        let ending = class.strip_prefix(self.class_prefix);
        ending.is_some_and(|ending| ending.starts_with("For") || ending == "Model")
    }
}

/// The `config` of a family whose `config.json` is in BERT's form.
pub(super) fn as_it_is(_: &mut Map<String, Value>) {}

/// Gives settings what they have in a family unless `config.json` says otherwise.
pub(super) fn defaults<const N: usize>(config: &mut Map<String, Value>, defaults: [(&str, Value); N]) {
    for (name, value) in defaults {
        config.entry(name).or_insert(value);
    }
}

/// Which rows of the position table the tokens of an input get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bert) enum Positions {
    /// Their place, from 0.
    FromZero,
    /// As in fairseq: the id of the padding is the padding's row, and the other tokens are counted from the next row on.
    AfterPadding(u32),
}

impl Positions {
    /// The row of the first token that is not padding.
    pub(in crate::bert) fn first(self) -> usize {
        match self {
            Positions::FromZero => 0,
            Positions::AfterPadding(padding) => padding as usize + 1,
        }
    }

    /// Of the ids of one input the rows, in 64 bits as tables are looked up by.
    pub(in crate::bert) fn of(self, ids: impl Iterator<Item = u32>) -> Vec<i64> {
        let mut next = self.first() as i64;
        let row = |id: u32| match self {
            Positions::AfterPadding(padding) if id == padding => i64::from(padding),
            _ => {
                next += 1;
                next - 1
            }
        };
        ids.map(row).collect()
    }
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

impl SpecialTokens {
    /// BERT's.
    pub(super) const BERT: Self = Self::named("[CLS]", "[SEP]", "[MASK]", "[UNK]", "[PAD]");
    /// fairseq's.
    pub(super) const ROBERTA: Self = Self::named("<s>", "</s>", "<mask>", "<unk>", "<pad>");

    pub(super) const fn named(
        cls: &'static str,
        sep: &'static str,
        mask: &'static str,
        unk: &'static str,
        pad: &'static str,
    ) -> Self {
        let [cls, sep, mask, unk, pad] =
            [Cow::Borrowed(cls), Cow::Borrowed(sep), Cow::Borrowed(mask), Cow::Borrowed(unk), Cow::Borrowed(pad)];
        Self { cls, sep, mask, unk, pad }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_from_behind_the_padding_and_pass_it_over() {
        let of = |positions: Positions| positions.of([0, 7, 1, 7, 2].into_iter());
        assert_eq!(of(Positions::FromZero), [0, 1, 2, 3, 4]);
        assert_eq!(of(Positions::AfterPadding(1)), [2, 3, 1, 4, 5]);
        assert_eq!([Positions::FromZero.first(), Positions::AfterPadding(5).first()], [0, 6]);
    }
}

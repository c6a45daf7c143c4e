//! The pages of the view.

use crate::messages::message;

/// A part of the view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MixingPage {
    /// What the chosen token's vector is made of, the claims, and every token.
    #[default]
    MadeOf,
    /// In which layers `[CLS]` reads the sentence.
    When,
    /// How each token's vector mixes the words, beside the others: is `[CLS]` special?
    Special,
    /// The four claims, on the sentence and on many.
    Claims,
    /// How far to trust a measure.
    Trust,
}

impl MixingPage {
    /// In the order of the key.
    pub const ALL: &'static [Self] = &[Self::MadeOf, Self::When, Self::Special, Self::Claims, Self::Trust];

    /// Whether its numbers are under the measure that is chosen.
    pub(super) fn has_measure(self) -> bool {
        matches!(self, MixingPage::MadeOf | MixingPage::Special)
    }

    /// As on screen; `first` is what the tokenizer calls the first token.
    pub(super) fn title(self, first: &str) -> String {
        match self {
            MixingPage::MadeOf => message!("mixing-page-made-of"),
            MixingPage::When => message!("mixing-page-when", first = first),
            MixingPage::Special => message!("mixing-page-special", first = first),
            MixingPage::Claims => message!("mixing-page-claims"),
            MixingPage::Trust => message!("mixing-page-trust"),
        }
    }
}

//! The pages of the view.

use crate::messages::{Label, label};

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

    /// As on screen.
    pub fn title(self) -> Label {
        match self {
            MixingPage::MadeOf => label!("mixing-page-made-of"),
            MixingPage::When => label!("mixing-page-when"),
            MixingPage::Special => label!("mixing-page-special"),
            MixingPage::Claims => label!("mixing-page-claims"),
            MixingPage::Trust => label!("mixing-page-trust"),
        }
    }
}

use crate::messages::{Label, label};

/// What a head is known for, when most of its attention follows one pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// Half or more of its attention goes to the token before.
    Previous,
    /// Half or more goes to the token after.
    Next,
    /// Half or more stays where it is.
    Itself,
    /// Half or more goes to `[SEP]`.
    Separator,
    /// Half or more goes to `[CLS]`.
    Cls,
    /// It is spread over two thirds of the tokens or more.
    Broad,
}

impl Pattern {
    /// Every pattern.
    pub const ALL: &'static [Pattern] =
        &[Pattern::Previous, Pattern::Next, Pattern::Itself, Pattern::Separator, Pattern::Cls, Pattern::Broad];
    /// The share from which on a head follows a pattern.
    pub const SHARE: f32 = 0.5;
    /// The part of all tokens from which on a head is broad.
    pub const BROAD: f32 = 2.0 / 3.0;

    /// As it is written in files.
    pub fn id(self) -> &'static str {
        match self {
            Pattern::Previous => "previous",
            Pattern::Next => "next",
            Pattern::Itself => "itself",
            Pattern::Separator => "[SEP]",
            Pattern::Cls => "[CLS]",
            Pattern::Broad => "broad",
        }
    }

    /// For people, in a word.
    pub fn label(self) -> Label {
        match self {
            Pattern::Previous => label!("labels-pattern-previous"),
            Pattern::Next => label!("labels-pattern-next"),
            Pattern::Itself => label!("labels-pattern-itself"),
            Pattern::Separator => label!("labels-pattern-separator"),
            Pattern::Cls => label!("labels-pattern-cls"),
            Pattern::Broad => label!("labels-pattern-broad"),
        }
    }
}

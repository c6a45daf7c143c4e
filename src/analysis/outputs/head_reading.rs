use super::{AnswerSpan, Entity, LabelScore};
use crate::bert::{OutputHead, Prediction};

/// What one head says of an input.
#[derive(Clone, Debug, PartialEq)]
pub struct HeadReading {
    /// The head.
    pub head: OutputHead,
    /// What it says.
    pub says: HeadSays,
}

/// What a head says, by what it is for.
#[derive(Clone, Debug, PartialEq)]
pub enum HeadSays {
    /// Of the whole input, in the order of the labels.
    Labels(Vec<LabelScore>),
    /// Of its tokens.
    Tags {
        /// `[token][label]`.
        tokens: Vec<Vec<LabelScore>>,
        /// From left to right.
        entities: Vec<Entity>,
    },
    /// Where in sentence B the answer to sentence A is.
    Answers {
        /// The likeliest first.
        spans: Vec<AnswerSpan>,
        /// `[token]`.
        start_logits: Vec<f32>,
        /// `[token]`.
        end_logits: Vec<f32>,
    },
    /// What stands at each `[MASK]`.
    Words(Vec<MaskedWords>),
}

impl HeadSays {
    /// Of the masked-language head: what it says of each `[MASK]`.
    pub fn words(&self) -> Option<&[MaskedWords]> {
        match self {
            HeadSays::Words(places) => Some(places),
            _ => None,
        }
    }
}

/// What the masked-language head would write at a place.
#[derive(Clone, Debug, PartialEq)]
pub struct MaskedWords {
    /// The token's number.
    pub token: usize,
    /// The likeliest first.
    pub words: Vec<Prediction>,
}

use crate::{analysis::SentenceVector, bert::UnknownTokens};

/// Some lines of text and their vectors.
#[derive(Clone, Copy, Debug)]
pub struct Vectors<'v> {
    /// Each once.
    pub sentences: &'v [String],
    /// `[vector][sentence]`, each `[size]`; none where a sentence has no such.
    pub vectors: &'v [(SentenceVector, Vec<Option<Vec<f32>>>)],
    /// The number of each line's sentence, from 0.
    pub lines: &'v [usize],
    /// How much of each sentence the model does not know, `[sentence]`.
    pub unknown: &'v [UnknownTokens],
    /// Numbers in a vector.
    pub size: usize,
}

impl Vectors<'_> {
    /// The share of unknown tokens of a sentence.
    pub(super) fn unknown_share(&self, sentence: usize) -> f32 {
        self.unknown[sentence].share() as f32
    }
}

use crate::analysis::SentenceVector;

/// Some lines of text and their vectors.
#[derive(Clone, Copy, Debug)]
pub struct Vectors<'v> {
    /// Each once.
    pub sentences: &'v [String],
    /// `[vector][sentence]`, each `[size]`; none where a sentence has no such.
    pub vectors: &'v [(SentenceVector, Vec<Option<Vec<f32>>>)],
    /// The number of each line's sentence, from 0.
    pub lines: &'v [usize],
    /// Numbers in a vector.
    pub size: usize,
}

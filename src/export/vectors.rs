use super::error::WriteError;
use crate::{analysis::SentenceVector, bert::UnknownTokens};

/// The columns of a file of vectors.
#[derive(Clone, Debug)]
pub struct VectorColumns {
    /// Each kind of vector, and how many numbers it has.
    pub vectors: Vec<(SentenceVector, usize)>,
    /// Whether rows have ids.
    pub ids: bool,
    /// Whether rows have numbers.
    pub numbers: bool,
}

/// A file of vectors that is being written, some rows at a time.
pub trait VectorRows {
    /// Writes more rows, of the columns that the file has.
    ///
    /// # Errors
    /// When what it is written to fails.
    fn append(&mut self, rows: &Vectors) -> Result<(), WriteError>;

    /// Writes what stands at the end.
    ///
    /// # Errors
    /// When what it is written to fails.
    fn finish(self: Box<Self>) -> Result<(), WriteError>;
}

/// Some rows of text and their vectors.
#[derive(Clone, Copy, Debug)]
pub struct Vectors<'v> {
    /// Each once.
    pub sentences: &'v [String],
    /// `[vector][sentence]`, each of its size; none where a sentence has no such.
    pub vectors: &'v [(SentenceVector, Vec<Option<Vec<f32>>>)],
    /// The number of each row's sentence, from 0; none of a row that is blank.
    pub lines: &'v [Option<usize>],
    /// How much of each sentence the model does not know, `[sentence]`.
    pub unknown: &'v [UnknownTokens],
    /// What each row is called, where that was asked for.
    pub ids: Option<&'v [Option<String>]>,
    /// The number of each row in its file, from 1, where that was asked for.
    pub numbers: Option<&'v [usize]>,
}

impl Vectors<'_> {
    /// The text of a row's sentence; empty of a blank row.
    pub(super) fn text(&self, sentence: Option<usize>) -> &str {
        sentence.map_or("", |sentence| &self.sentences[sentence])
    }

    /// The share of unknown tokens of a row's sentence.
    pub(super) fn unknown_share(&self, sentence: Option<usize>) -> f32 {
        sentence.map_or(0.0, |sentence| self.unknown[sentence].share() as f32)
    }
}

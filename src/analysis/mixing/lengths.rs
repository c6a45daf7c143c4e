use std::ops::Range;

use super::super::words;
use crate::bert::Trace;

/// Lengths of vectors by layer, row and column. A column is a token, what follows the tokens, or a word of several pieces,
/// the vectors of which are summed first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VectorLengths {
    /// `[L, S, S + what follows the tokens]`.
    pub tokens: Vec<f32>,
    /// The words of several pieces, by their tokens.
    pub words: Vec<Range<usize>>,
    /// `[L, S, words]`.
    pub of_words: Vec<f32>,
}

impl VectorLengths {
    pub(super) fn new(trace: &Trace) -> Self {
        Self { words: of_several_pieces(trace), ..Self::default() }
    }

    /// Appends a layer, of which there is a list `[column]` of numbers `[S]` each: the tokens, what follows them, the
    /// words.
    pub(super) fn push(&mut self, columns: &[&[f32]]) {
        let rows = columns.first().map_or(0, |column| column.len());
        let (tokens, words) = columns.split_at(columns.len() - self.words.len());
        for row in 0..rows {
            self.tokens.extend(tokens.iter().map(|column| column[row]));
            self.of_words.extend(words.iter().map(|column| column[row]));
        }
    }
}

/// The words of several pieces, by their tokens.
fn of_several_pieces(trace: &Trace) -> Vec<Range<usize>> {
    words(&trace.tokens).into_iter().map(|word| word.tokens).filter(|tokens| tokens.len() > 1).collect()
}

/// Each token by itself, then the words of several pieces.
pub(super) fn groups(trace: &Trace) -> Vec<Range<usize>> {
    let tokens = (0..trace.tokens.len()).map(|token| token..token + 1);
    tokens.chain(of_several_pieces(trace)).collect()
}

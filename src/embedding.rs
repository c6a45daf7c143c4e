//! Many sentences into vectors, in batches of like length; only the vectors are kept.

use std::ops::ControlFlow;

use crate::{
    analysis::SentenceVector,
    bert::{Bert, BertError, Input, Truncation},
};

/// The vectors of some sentences.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Embeddings {
    /// `[vector][sentence]`, each `[hidden]`; none where a sentence has no such vector, see [`SentenceVector::of`].
    pub vectors: Vec<(SentenceVector, Vec<Option<Vec<f32>>>)>,
    /// Sentences that were cut because the model reads no more, ascending.
    pub truncated: Vec<(usize, Truncation)>,
}

/// The most sentences in one forward pass.
const MOST_ROWS: usize = 32;
/// The most query-key pairs in one forward pass, B·S²: a layer's attention is this times its heads.
const MOST_PAIRS: usize = 1 << 19;

/// Reads every sentence alone and pools it in every wanted way. The longest come first, so that what does not fit fails
/// at once. `progress` is told, after each forward pass, how many sentences are done, and may break off.
///
/// None when it was broken off.
///
/// # Errors
/// As for [`Bert::trace`].
pub fn embed(
    bert: &Bert,
    sentences: &[String],
    wanted: &[SentenceVector],
    mut progress: impl FnMut(usize) -> ControlFlow<()>,
) -> Result<Option<Embeddings>, BertError> {
    let mut vectors: Vec<_> = wanted.iter().map(|&vector| (vector, vec![None; sentences.len()])).collect();
    let mut truncated = Vec::new();
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    order.sort_by_key(|&sentence| std::cmp::Reverse(sentences[sentence].len()));
    let mut rest = order.as_slice();
    while let Some(&longest) = rest.first() {
        // A character is hardly ever more than one token.
        let length = (sentences[longest].chars().count() + 2).min(bert.info().max_length);
        let (batch, after) = rest.split_at(rest.len().min(MOST_ROWS).min((MOST_PAIRS / length.pow(2)).max(1)));
        let inputs: Vec<Input> = batch.iter().map(|&sentence| Input::single(&sentences[sentence])).collect();
        bert.states(&inputs, |row, states, truncation| {
            let sentence = batch[row];
            vectors.iter_mut().for_each(|(vector, all)| all[sentence] = vector.of(states));
            truncated.extend(truncation.map(|truncation| (sentence, truncation)));
        })?;
        rest = after;
        if progress(sentences.len() - rest.len()).is_break() {
            return Ok(None);
        }
    }
    truncated.sort_by_key(|(sentence, _)| *sentence);
    Ok(Some(Embeddings { vectors, truncated }))
}

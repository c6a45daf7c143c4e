//! Many sentences into vectors, in batches of like length; only the vectors are kept.

mod kept;

pub use kept::{Fingerprint, KeptVectors};

use std::ops::ControlFlow;

use super::Reader;
use crate::{
    analysis::{Pooling, SentenceVector},
    bert::{BertError, Input, InputLength, NonFinitePlace, Truncation, WantedReadings},
};

/// The vectors of some sentences.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Embeddings {
    /// `[vector][sentence]`, each `[hidden]`; none where a sentence has no such vector, see [`SentenceVector::of`].
    pub vectors: Vec<(SentenceVector, Vec<Option<Vec<f32>>>)>,
    /// How long each sentence is, and where it was cut off.
    pub lengths: Vec<InputLength>,
    /// Sentences with numbers that are NaN or infinite, ascending, and where these first arise.
    pub not_finite: Vec<(usize, NonFinitePlace)>,
}

/// The most sentences in one forward pass.
const MOST_ROWS: usize = 32;
/// The most query-key pairs in one forward pass, B·S²: a layer's attention is this times its heads.
const MOST_PAIRS: usize = 1 << 19;

/// What one sentence gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Embedded {
    /// Its number among the sentences, from 0.
    pub sentence: usize,
    /// A vector `[hidden]` for each that was wanted; none where the sentence has no such.
    pub vectors: Vec<Option<Vec<f32>>>,
    /// How long it is, and where it was cut off.
    pub length: InputLength,
    /// Where NaN or infinity first arises in it.
    pub not_finite: Option<NonFinitePlace>,
}

impl Embeddings {
    /// Room for so many sentences.
    pub fn new(sentences: usize, wanted: &[SentenceVector]) -> Self {
        let vectors = wanted.iter().map(|&vector| (vector, vec![None; sentences])).collect();
        Self { vectors, lengths: vec![InputLength::default(); sentences], not_finite: Vec::new() }
    }

    /// Takes in what a sentence gave.
    pub fn insert(&mut self, embedded: Embedded) {
        let Embedded { sentence, vectors, length, not_finite } = embedded;
        self.vectors.iter_mut().zip(vectors).for_each(|((_, all), vector)| all[sentence] = vector);
        self.lengths[sentence] = length;
        if let Some(place) = not_finite {
            let at = self.not_finite.partition_point(|(other, _)| *other < sentence);
            self.not_finite.insert(at, (sentence, place));
        }
    }

    /// Sentences that were cut off where the model reads no more, ascending; those for `declared` alone do not count.
    pub fn truncated(&self) -> impl Iterator<Item = (usize, Truncation)> {
        self.lengths.iter().enumerate().filter_map(|(sentence, length)| Some((sentence, length.truncation?)))
    }
}

/// Reads every sentence alone and pools it in every wanted way. The longest come first, so that what does not fit fails
/// at once. `progress` is told, after each forward pass, how many sentences are done, and may break off.
///
/// None when it was broken off.
///
/// # Errors
/// As for [`Reader::states`].
pub fn embed(
    reader: &dyn Reader,
    sentences: &[String],
    wanted: &[SentenceVector],
    mut progress: impl FnMut(usize) -> ControlFlow<()>,
) -> Result<Option<Embeddings>, BertError> {
    let mut embeddings = Embeddings::new(sentences.len(), wanted);
    let mut done = 0;
    let ended = embed_batches(reader, sentences, wanted, |batch| {
        done += batch.len();
        batch.into_iter().for_each(|embedded| embeddings.insert(embedded));
        progress(done)
    })?;
    Ok(ended.is_continue().then_some(embeddings))
}

/// As [`embed`], but hands over what each forward pass gave, the longest sentences first.
///
/// # Errors
/// As for [`Reader::states`].
pub fn embed_batches(
    reader: &dyn Reader,
    sentences: &[impl AsRef<str>],
    wanted: &[SentenceVector],
    mut each: impl FnMut(Vec<Embedded>) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, BertError> {
    let text = |sentence: usize| sentences[sentence].as_ref();
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    order.sort_by_key(|&sentence| std::cmp::Reverse(text(sentence).len()));
    let info = reader.info();
    let is_declared = |vector: &SentenceVector| vector.pooling == Pooling::Declared;
    let readings = WantedReadings { plain: !wanted.iter().all(is_declared), declared: wanted.iter().any(is_declared) };
    let most_tokens = match &info.declared {
        Ok(declared) if !readings.plain => declared.limit.tokens,
        _ => info.max_length,
    };
    let mut rest = order.as_slice();
    while let Some(&longest) = rest.first() {
        // A character is hardly ever more than one token.
        let length = (text(longest).chars().count() + 2).min(most_tokens);
        let (batch, after) = rest.split_at(rest.len().min(MOST_ROWS).min((MOST_PAIRS / length.pow(2)).max(1)));
        let inputs: Vec<Input> = batch.iter().map(|&sentence| Input::single(text(sentence))).collect();
        let mut embedded = Vec::with_capacity(batch.len());
        reader.states(&inputs, readings, &mut |row, states, length| {
            let vectors = wanted.iter().map(|vector| vector.of(states)).collect();
            embedded.push(Embedded { sentence: batch[row], vectors, length, not_finite: states.not_finite() });
        })?;
        rest = after;
        if each(embedded).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

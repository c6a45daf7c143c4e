//! What ablations do to the words that the masked-language head would write.

use super::{Reader, ReadingOfModel};
use crate::bert::{BertError, LIKELIEST_WORDS, OutputActivation};

/// A text that was read without ablations and with them, and the tokens at which words are asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct WordChangeWork {
    /// Before and after; of the same tokens.
    pub readings: [ReadingOfModel; 2],
    /// Their numbers.
    pub tokens: Vec<usize>,
    /// A word that is asked about whether it is likely or not: its token, one of those, and its id.
    pub word: Option<(usize, u32)>,
}

/// What the masked-language head says of a word at a token, before and after.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WordChange {
    /// The token's number.
    pub token: usize,
    /// The word's id.
    pub id: u32,
    /// The scores of the head.
    pub logits: [f32; 2],
    /// Among all words of the vocabulary, in 0..=1.
    pub probabilities: [f32; 2],
}

/// What ablations do to each token's words: the likeliest with them, and those that stand there. None where it is not `wanted` any
/// more; nothing where there is no masked-language head.
///
/// # Errors
/// When the backend fails.
pub fn word_changes(
    reader: &dyn Reader,
    work: &WordChangeWork,
    wanted: &dyn Fn() -> bool,
) -> Result<Option<Vec<WordChange>>, BertError> {
    let mut changes = Vec::new();
    for &token in &work.tokens {
        if !wanted() {
            return Ok(None);
        }
        let [before, after] = &work.readings;
        let logits = |of: &ReadingOfModel| {
            let trace = &of.reading.trace;
            reader.word_logits(trace.hidden_state(trace.layers, token))
        };
        let (Some(before), Some(after)) = (logits(before)?, logits(after)?) else { return Ok(Some(Vec::new())) };
        let logits = [before, after];
        let probabilities = logits.each_ref().map(|logits| OutputActivation::Softmax.scores(logits));
        let trace = &work.readings[1].reading.trace;
        let likeliest = reader.words_of(trace.hidden_state(trace.layers, token), LIKELIEST_WORDS)?;
        let mut ids: Vec<u32> = likeliest.into_iter().flatten().map(|word| word.id).collect();
        ids.extend(work.readings.iter().map(|of| of.reading.trace.tokens[token].id));
        ids.extend(work.word.filter(|(at, _)| *at == token).map(|(_, id)| id));
        ids.sort_unstable();
        ids.dedup();
        let there = |of: &[Vec<f32>; 2], id: u32| Some([*of[0].get(id as usize)?, *of[1].get(id as usize)?]);
        let change = |id: u32| {
            let (logits, probabilities) = (there(&logits, id)?, there(&probabilities, id)?);
            Some(WordChange { token, id, logits, probabilities })
        };
        changes.extend(ids.into_iter().filter_map(change));
    }
    Ok(Some(changes))
}

//! What a head's logits mean: labels with scores, entities over tokens, spans that answer a question.

mod entities;
mod head_reading;
mod spans;

pub use entities::{Entity, entities, verdicts};
pub use head_reading::{HeadReading, HeadSays, MaskedWords};
pub use spans::{AnswerSpan, MOST_ANSWER_TOKENS, answer_spans};

use crate::bert::OutputHead;

/// A label, and what a head says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelScore {
    /// As `id2label` has it.
    pub label: String,
    /// What the head gives.
    pub logit: f32,
    /// What its activation makes of it: a probability, or the logit itself.
    pub score: f32,
}

/// Every label of a head with its score, in the order of the labels.
pub fn label_scores(head: &OutputHead, logits: &[f32]) -> Vec<LabelScore> {
    let scores = head.activation.scores(logits);
    let labels = head.labels.iter().zip(logits).zip(scores);
    labels.map(|((label, &logit), score)| LabelScore { label: label.clone(), logit, score }).collect()
}

/// The number of the largest of some values, the first of equal ones; none where there is none, or where one is NaN.
pub fn largest_at(values: &[f32]) -> Option<usize> {
    if values.iter().any(|value| value.is_nan()) {
        return None;
    }
    (0..values.len()).reduce(|best, at| if values[at] > values[best] { at } else { best })
}

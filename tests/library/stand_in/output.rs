//! The stand-in's heads: a logit is a number of a vector.

use clscope::{
    analysis::LogitTarget,
    bert::{
        DirectParts, ExplainedLogit, HeadLogits, HeadName, LensWord, OutputActivation, OutputHead, Prediction, States,
        Trace,
    },
};

/// Its labels; a control character among them must not reach the terminal.
pub fn head(name: HeadName) -> OutputHead {
    let labels: &[&str] = match name {
        HeadName::SequenceClassification => &["angry", "glad", "in two minds\u{1b}[31m"],
        HeadName::NextSentence => &["is_next", "not_next"],
        HeadName::TokenClassification => &["O", "B-PER", "I-PER"],
        HeadName::QuestionAnswering => &["start", "end"],
        HeadName::MultipleChoice => &["choice"],
        HeadName::ReplacedTokens => &["original", "replaced"],
        _ => &[],
    };
    let activation = match name {
        HeadName::MultipleChoice => OutputActivation::Identity,
        HeadName::ReplacedTokens => OutputActivation::Sigmoid,
        _ => OutputActivation::Softmax,
    };
    OutputHead { name, labels: labels.iter().map(|&label| label.to_owned()).collect(), activation }
}

pub fn logits(name: HeadName, states: &States) -> Option<HeadLogits> {
    let width = if name == HeadName::ReplacedTokens { 1 } else { head(name).labels.len() };
    let rows = if name.reads_every_token() { states.tokens.len() } else { 1 };
    let numbers = |token| &states.hidden_state(states.layers, token)[..width];
    (width > 0).then(|| HeadLogits { head: name, width, values: (0..rows).flat_map(numbers).copied().collect() })
}

/// Halves, quarters, eighths.
pub fn words(vector: &[f32], count: usize) -> Vec<Prediction> {
    let first = vector[0].abs() as usize;
    let word = |rank: usize| Prediction {
        token: format!("Ġword{}", first + rank),
        written: format!("word{}", first + rank),
        id: (first + rank) as u32,
        probability: 0.5f32.powi(rank as i32 + 1),
    };
    (0..count).map(word).collect()
}

/// Of the word that is asked about only the rank depends on the vector.
pub fn lens(vector: &[f32]) -> LensWord {
    let rank = 1 + (vector[1].abs() * 16.0) as usize;
    LensWord { likeliest: words(vector, 3), probability: 0.125, rank, entropy: 2.5 }
}

/// Eighths for each token and each head; the biases have the rest.
pub fn explained(trace: &Trace, target: &LogitTarget, heads: &[HeadLogits]) -> Option<ExplainedLogit> {
    let logit = match target {
        LogitTarget::Word { id, token, .. } => *trace.hidden_state(trace.layers, *token).get(*id as usize)?,
        _ => target.logit(States::from(trace), heads)?,
    };
    let eighth = |at: usize| (at * 5 % 9) as f32 / 8.0 - 0.5;
    let tokens: Vec<f32> = (0..trace.tokens.len()).map(eighth).collect();
    let of_heads: Vec<f32> = (0..trace.layers * trace.heads).map(|at| eighth(at + 1) / 4.0).collect();
    let feed_forward: Vec<f32> = (0..trace.layers).map(|at| eighth(at + 2)).collect();
    let sum = |parts: &[f32]| parts.iter().sum::<f32>();
    let direct = DirectParts {
        embeddings: 0.25,
        biases: logit - 0.25 - sum(&of_heads) - sum(&feed_forward),
        heads: of_heads,
        feed_forward,
    };
    Some(ExplainedLogit { logit, biases: logit - sum(&tokens), tokens, direct })
}

use std::ops::Range;

use super::largest_at;
use crate::bert::{Input, Sentence, Token};

/// Tokens in a row with the same tag.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Its tag without `B-` or `I-`: `PER`.
    pub group: String,
    /// The mean probability of its tokens' labels.
    pub score: f32,
    /// The tokens as the tokenizer decodes them.
    pub word: String,
    /// Which sentence it is in.
    pub sentence: Sentence,
    /// Where it is there, in bytes.
    pub span: Range<usize>,
    /// Its tokens, by their numbers in the input.
    pub tokens: Range<usize>,
}

/// A token with its likeliest label.
struct Tagged<'t> {
    at: usize,
    token: &'t Token,
    span: &'t Range<usize>,
    label: &'t str,
    score: f32,
}

/// What transformers' `TokenClassificationPipeline` makes of probabilities `[token][label]` with
/// `aggregation_strategy="simple"`: tokens are put together while their tags are the same and none begins anew, and what is
/// tagged `O` is left out. `decode` puts tokens together to a text. No entity goes over two sentences.
pub fn entities(
    input: &Input,
    tokens: &[Token],
    labels: &[String],
    probabilities: &[Vec<f32>],
    decode: &dyn Fn(Vec<String>) -> String,
) -> Vec<Entity> {
    let mut groups: Vec<Vec<Tagged>> = Vec::new();
    for tagged in tagged(tokens, labels, probabilities) {
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(|last| tagged.continues(last)) => group.push(tagged),
            _ => groups.push(vec![tagged]),
        }
    }
    groups.iter().filter_map(|group| entity(input, group, decode)).collect()
}

/// The likeliest label of each token of the text by itself, as an entity of one token.
pub fn verdicts(
    input: &Input,
    tokens: &[Token],
    labels: &[String],
    probabilities: &[Vec<f32>],
    decode: &dyn Fn(Vec<String>) -> String,
) -> Vec<Entity> {
    tagged(tokens, labels, probabilities).filter_map(|tagged| entity(input, &[tagged], decode)).collect()
}

/// Those tokens that the tokenizer has not added: the others have no place in the text.
fn tagged<'t>(
    tokens: &'t [Token],
    labels: &'t [String],
    probabilities: &'t [Vec<f32>],
) -> impl Iterator<Item = Tagged<'t>> {
    tokens.iter().zip(probabilities).enumerate().filter_map(move |(at, (token, row))| {
        let span = token.span.as_ref()?;
        let label = largest_at(row)?;
        Some(Tagged { at, token, span, label: labels.get(label)?, score: row[label] })
    })
}

fn entity(input: &Input, group: &[Tagged], decode: &dyn Fn(Vec<String>) -> String) -> Option<Entity> {
    let (first, last) = (group.first()?, group.last()?);
    let name = first.label.split_once('-').map_or(first.label, |(_, name)| name);
    if name == "O" {
        return None;
    }
    let text = input.sentence(first.token.sentence);
    let word = |tagged: &Tagged| match tagged.token.unknown {
        true => text.get(tagged.span.clone()).unwrap_or_default().to_owned(),
        false => tagged.token.text.clone(),
    };
    Some(Entity {
        group: name.to_owned(),
        score: group.iter().map(|tagged| tagged.score).sum::<f32>() / group.len() as f32,
        word: decode(group.iter().map(word).collect()),
        sentence: first.token.sentence,
        span: first.span.start..last.span.end,
        tokens: first.at..last.at + 1,
    })
}

impl Tagged<'_> {
    fn continues(&self, before: &Tagged) -> bool {
        let (begins, tag) = tag(self.label);
        !begins && tag == self::tag(before.label).1 && self.token.sentence == before.token.sentence
    }
}

/// Whether a label begins an entity, and its tag. A label without `B-` or `I-` goes on.
fn tag(label: &str) -> (bool, &str) {
    match (label.strip_prefix("B-"), label.strip_prefix("I-")) {
        (Some(tag), _) => (true, tag),
        (None, Some(tag)) => (false, tag),
        (None, None) => (false, label),
    }
}

//! What is said of tokens: entities over the text, and each token's likeliest label.

use std::ops::Range;

use super::{OutputRow, OutputScore, OutputSection};
use crate::{
    analysis::{Entity, Granularity, HeadReading, HeadSays, LabelScore, LogitTarget, largest_at},
    bert::{HeadName, Input, Sentence},
    messages::message,
    printable::printable,
    state::Reading,
};

/// The entities, then each token's likeliest label.
pub(super) fn tagged(
    reading: &Reading,
    head: HeadName,
    tokens: &[Vec<LabelScore>],
    entities: &[Entity],
    before: Option<&HeadReading>,
) -> Vec<OutputSection> {
    let (trace, pieces) = (&reading.trace, reading.units(Granularity::Subwords));
    let before = before.and_then(|before| match &before.says {
        HeadSays::Tags { tokens, entities } => Some((tokens, entities)),
        _ => None,
    });
    let largest = |at: usize| {
        let scores: Vec<f32> = tokens.get(at)?.iter().map(|label| label.score).collect();
        largest_at(&scores)
    };
    let target = |token: usize| Some(LogitTarget::Head { head, label: largest(token)?, token });
    let logit_at = |at: usize| {
        let label = largest(at).map_or("–", |chosen| tokens[at][chosen].label.as_str());
        at_token(reading, label, at)
    };
    let of_entity = |entity: &Entity| {
        let same = |other: &&Entity| other.tokens == entity.tokens && other.group == entity.group;
        let score = OutputScore {
            score: entity.score,
            before: before.and_then(|(_, entities)| entities.iter().find(same)).map(|other| other.score),
            is_chosen: true,
            target: target(entity.tokens.start),
        };
        let name = format!("{} {}", printable(&entity.group), text(&trace.input, entity.sentence, &entity.span));
        OutputRow::one(name, true, score).explained_by(logit_at(entity.tokens.start))
    };
    let of_token = |(at, labels): (usize, &Vec<LabelScore>)| {
        trace.tokens.get(at)?;
        // With NaN among them there is no largest.
        let chosen = largest(at);
        let label = chosen.map_or("–", |chosen| labels[chosen].label.as_str());
        let score = OutputScore {
            score: chosen.map_or(f32::NAN, |chosen| labels[chosen].score),
            before: before.and_then(|(tokens, _)| Some(tokens.get(at)?.get(chosen?)?.score)),
            is_chosen: entities.iter().any(|entity| entity.tokens.contains(&at)),
            target: target(at),
        };
        let text = pieces.text(trace, pieces.unit_of(at));
        let name = format!("{at} {} {}", printable(&text), printable(label));
        Some(OutputRow::one(name, true, score).explained_by(logit_at(at)))
    };
    let rows: Vec<OutputRow> = entities.iter().map(of_entity).collect();
    let line = match head {
        HeadName::ReplacedTokens if rows.is_empty() => Some(message!("output-none-replaced")),
        _ if rows.is_empty() => Some(message!("output-no-entities")),
        HeadName::TokenClassification => Some(marked(&trace.input, entities)),
        _ => None,
    };
    let tokens = tokens.iter().enumerate().filter_map(of_token).collect();
    let title = match head {
        HeadName::ReplacedTokens => head.label().text().to_owned(),
        _ => message!("output-entities"),
    };
    vec![
        OutputSection::of_head(head, title, line, rows),
        OutputSection::of_head(head, message!("output-tokens"), None, tokens),
    ]
}

/// `[Angela Merkel PER] visited [New York LOC]`; of a pair those sentences that have any.
fn marked(input: &Input, entities: &[Entity]) -> String {
    let mut line = String::new();
    for sentence in [Sentence::A, Sentence::B] {
        let (text, mut end) = (input.sentence(sentence), 0);
        for Entity { group, span, .. } in entities.iter().filter(|entity| entity.sentence == sentence) {
            let between = text.get(end..span.start).unwrap_or_default();
            line += &format!("{between}[{} {group}]", text.get(span.clone()).unwrap_or_default());
            end = span.end;
        }
        line += text.get(end..).filter(|_| end > 0).unwrap_or_default();
        line.push(' ');
    }
    printable(line.trim()).into_owned()
}

/// `B-PER at token 3, “Angela”`.
pub(super) fn at_token(reading: &Reading, label: &str, at: usize) -> String {
    let word = reading.written(&(at..at + 1));
    message!("output-logit-at", label = &*printable(label), position = at, word = &*printable(&word))
}

pub(super) fn text(input: &Input, sentence: Sentence, span: &Range<usize>) -> String {
    printable(input.sentence(sentence).get(span.clone()).unwrap_or_default()).into_owned()
}

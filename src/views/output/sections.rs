//! What the heads say as rows of names and scores.

use crate::{
    analysis::{Entity, HeadReading, HeadSays, LabelScore, MaskedWords, largest_at},
    bert::{HeadName, Input, Sentence, Trace},
    messages::message,
    printable::printable,
    state::Reading,
};

/// What one head says of the text, or of one place in it.
pub(super) struct OutputSection {
    pub head: HeadName,
    /// For people.
    pub title: String,
    /// Why there are no rows, where there are none.
    pub empty: Option<String>,
    pub rows: Vec<OutputRow>,
}

/// A label, an entity, an answer or a word.
pub(super) struct OutputRow {
    pub name: String,
    /// A probability, or the logit of what has none.
    pub score: f32,
    /// Whether it is a probability.
    pub is_share: bool,
    /// The same without ablations; none where nothing is ablated, or where it was not found there.
    pub before: Option<f32>,
    /// Whether the head chooses it.
    pub is_chosen: bool,
}

/// Of the heads of a reading, beside the same without ablations.
pub(super) fn sections(reading: &Reading, before: Option<&Reading>) -> Vec<OutputSection> {
    let of_head = |head: &HeadReading| {
        let same = |other: &&HeadReading| other.head.name == head.head.name;
        let before = before.and_then(|before| before.outputs.iter().find(same));
        let title = head.head.name.label().text().to_owned();
        let section = |empty: Option<String>, rows| OutputSection { head: head.head.name, title, empty, rows };
        match &head.says {
            HeadSays::Labels(labels) => {
                let before = before.and_then(|before| match &before.says {
                    HeadSays::Labels(labels) => Some(labels.as_slice()),
                    _ => None,
                });
                vec![section(None, label_rows(labels, before, head))]
            }
            HeadSays::Tags { tokens, entities } => tagged(reading, head, tokens, entities, before),
            HeadSays::Answers { spans, .. } => {
                let answers_before = before.map(|before| match &before.says {
                    HeadSays::Answers { spans, .. } => spans.as_slice(),
                    _ => &[],
                });
                let rows = spans.iter().enumerate().map(|(rank, answer)| OutputRow {
                    name: text(&reading.trace.input, Sentence::B, &answer.span),
                    score: answer.score,
                    is_share: true,
                    before: answers_before
                        .and_then(|before| before.iter().find(|other| other.span == answer.span))
                        .map(|other| other.score),
                    is_chosen: rank == 0,
                });
                let rows: Vec<OutputRow> = rows.collect();
                vec![section(rows.is_empty().then(|| message!("output-no-pair")), rows)]
            }
            HeadSays::Words(places) if places.is_empty() => {
                vec![section(Some(message!("output-no-mask")), Vec::new())]
            }
            HeadSays::Words(places) => {
                let before = before.map(|before| match &before.says {
                    HeadSays::Words(places) => places.as_slice(),
                    _ => &[],
                });
                places.iter().map(|place| masked(&reading.trace, head, place, before)).collect()
            }
        }
    };
    reading.outputs.iter().flat_map(of_head).collect()
}

fn label_rows(labels: &[LabelScore], before: Option<&[LabelScore]>, head: &HeadReading) -> Vec<OutputRow> {
    use crate::bert::OutputActivation::{Identity, Sigmoid, Softmax};
    let scores: Vec<f32> = labels.iter().map(|label| label.score).collect();
    let largest = largest_at(&scores);
    let row = |(at, label): (usize, &LabelScore)| OutputRow {
        name: printable(&label.label).into_owned(),
        score: label.score,
        is_share: head.head.activation != Identity,
        before: before.and_then(|before| before.get(at)).map(|label| label.score),
        is_chosen: match head.head.activation {
            Softmax => largest == Some(at),
            Sigmoid => label.score >= 0.5,
            Identity => false,
        },
    };
    labels.iter().enumerate().map(row).collect()
}

/// The entities, then each token's likeliest label.
fn tagged(
    reading: &Reading,
    head: &HeadReading,
    tokens: &[Vec<LabelScore>],
    entities: &[Entity],
    before: Option<&HeadReading>,
) -> Vec<OutputSection> {
    let (trace, name) = (&reading.trace, head.head.name);
    let before = before.and_then(|before| match &before.says {
        HeadSays::Tags { tokens, entities } => Some((tokens, entities)),
        _ => None,
    });
    let of_entity = |entity: &Entity| {
        let same = |other: &&Entity| other.tokens == entity.tokens && other.group == entity.group;
        OutputRow {
            name: format!("{}  {}", printable(&entity.group), text(&trace.input, entity.sentence, &entity.span)),
            score: entity.score,
            is_share: true,
            before: before.and_then(|(_, entities)| entities.iter().find(same)).map(|other| other.score),
            is_chosen: true,
        }
    };
    let of_token = |(at, labels): (usize, &Vec<LabelScore>)| {
        let scores: Vec<f32> = labels.iter().map(|label| label.score).collect();
        let largest = largest_at(&scores)?;
        let token = trace.tokens.get(at)?;
        Some(OutputRow {
            name: format!("{at} {}  {}", printable(&token.text), printable(&labels[largest].label)),
            score: scores[largest],
            is_share: true,
            before: before.and_then(|(tokens, _)| Some(tokens.get(at)?.get(largest)?.score)),
            is_chosen: entities.iter().any(|entity| entity.tokens.contains(&at)),
        })
    };
    let rows: Vec<OutputRow> = entities.iter().map(of_entity).collect();
    let empty = rows.is_empty().then(|| message!("output-no-entities"));
    let tokens = tokens.iter().enumerate().filter_map(of_token).collect();
    vec![
        OutputSection { head: name, title: message!("output-entities"), empty, rows },
        OutputSection { head: name, title: message!("output-tokens"), empty: None, rows: tokens },
    ]
}

fn masked(trace: &Trace, head: &HeadReading, place: &MaskedWords, before: Option<&[MaskedWords]>) -> OutputSection {
    let before = before.and_then(|before| before.iter().find(|other| other.token == place.token));
    let mask = trace.tokens.get(place.token).map_or("", |token| token.text.as_str());
    let row = |(rank, word): (usize, &crate::bert::Prediction)| OutputRow {
        name: printable(&word.token).into_owned(),
        score: word.probability,
        is_share: true,
        before: before
            .and_then(|before| before.words.iter().find(|other| other.id == word.id))
            .map(|other| other.probability),
        is_chosen: rank == 0,
    };
    OutputSection {
        head: head.head.name,
        title: message!("output-words-for", mask = &*printable(mask), position = place.token),
        empty: None,
        rows: place.words.iter().enumerate().map(row).collect(),
    }
}

fn text(input: &Input, sentence: Sentence, span: &std::ops::Range<usize>) -> String {
    printable(input.sentence(sentence).get(span.clone()).unwrap_or_default()).into_owned()
}

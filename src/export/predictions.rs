//! What a head says of texts, a row a text: in files of values a record for each label, entity, answer or word.

use std::{ops::Range, sync::Arc};

use serde_json::{Map, Value, json};

use super::{
    error::WriteError,
    json_line::write_line,
    output::Output,
    records::{RecordColumn, RecordKind, RecordRow, RecordValue, number},
};
use crate::{
    analysis::{AnswerSpan, Entity, HeadSays, LabelScore, MaskedWords, Probe, largest_at},
    bert::{HeadName, Input, OutputActivation, OutputHead, Prediction, Sentence},
};

/// The columns of a file of predictions.
#[derive(Clone, Debug, PartialEq)]
pub struct PredictionColumns {
    /// What would name the model to `--model`.
    pub model: String,
    /// Whose.
    pub head: OutputHead,
    /// In the place of a head of the model.
    pub probe: Option<Arc<Probe>>,
    /// Whether rows have ids.
    pub ids: bool,
}

/// A text, and what the head says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct PredictedRow {
    /// From 1.
    pub number: usize,
    /// What it is called, where that was asked for.
    pub id: Option<String>,
    /// The text.
    pub input: Input,
    /// The tokens, as the vocabulary spells them.
    pub tokens: Vec<String>,
    /// None of a text that is blank.
    pub says: Option<HeadSays>,
}

/// A row as the columns have it.
struct PredictionRecord<'r> {
    columns: &'r PredictionColumns,
    row: &'r PredictedRow,
}

impl RecordRow for PredictionRecord<'_> {
    fn records(&self) -> Vec<Vec<RecordValue>> {
        self.columns.records(self.row)
    }

    fn write_json(&self, out: Output) -> Result<(), WriteError> {
        write_line(&self.columns.object(self.row), out)
    }
}

impl PredictionColumns {
    /// A row for a file of these columns.
    pub fn record<'r>(&'r self, row: &'r PredictedRow) -> impl RecordRow + 'r {
        PredictionRecord { columns: self, row }
    }

    /// The columns in files of values.
    pub fn columns(&self) -> Vec<RecordColumn> {
        use RecordKind::{Count, Score, Text};
        let mut columns = vec![RecordColumn::new("line", Count)];
        columns.extend(self.ids.then(|| RecordColumn::new("id", Text)));
        let own: &[(&str, RecordKind)] = match self.head.name {
            HeadName::TokenClassification | HeadName::ReplacedTokens => {
                &[("entity", Text), ("score", Score), ("start", Count), ("end", Count), ("word", Text)]
            }
            HeadName::QuestionAnswering => {
                &[("rank", Count), ("score", Score), ("start", Count), ("end", Count), ("answer", Text)]
            }
            HeadName::MaskedLanguage => {
                &[("position", Count), ("rank", Count), ("probability", Score), ("token", Text)]
            }
            _ => &[("label", Text), ("score", Score)],
        };
        columns.extend(own.iter().map(|&(name, kind)| RecordColumn::new(name, kind)));
        if own[0].0 == "label" {
            if self.head.labels.len() > 1 {
                columns.extend(self.head.labels.iter().map(|label| RecordColumn::new(format!("score_{label}"), Score)));
            }
            columns.extend(["text", "pair"].map(|name| RecordColumn::new(name, Text)));
        }
        columns
    }

    /// The records of a row: one with labels, one for each entity, answer or word.
    fn records(&self, row: &PredictedRow) -> Vec<Vec<RecordValue>> {
        let mut first = vec![RecordValue::Count(row.number)];
        if self.ids {
            first.push(row.id.clone().map_or(RecordValue::None, RecordValue::Text));
        }
        let record = |values: Vec<RecordValue>| first.iter().cloned().chain(values).collect::<Vec<RecordValue>>();
        let span = |sentence, span: &Range<usize>| {
            let [start, end] = characters(row.input.sentence(sentence), span);
            [RecordValue::Count(start), RecordValue::Count(end)]
        };
        match &row.says {
            // So that row i is line i.
            None if self.columns().last().is_some_and(|column| column.name == "pair") => {
                let mut values = vec![RecordValue::None; self.columns().len()];
                values.splice(..first.len(), first.iter().cloned());
                vec![values]
            }
            None => Vec::new(),
            Some(HeadSays::Labels(labels)) => {
                let (label, score) = self.chosen(labels.iter().map(|label| label.score).collect());
                let mut values = vec![
                    label.map_or(RecordValue::None, RecordValue::Text),
                    score.map_or(RecordValue::None, RecordValue::Score),
                ];
                if labels.len() > 1 {
                    values.extend(labels.iter().map(|label| RecordValue::Score(label.score)));
                }
                values.push(RecordValue::Text(row.input.text.clone()));
                values.push(row.input.pair.clone().map_or(RecordValue::None, RecordValue::Text));
                vec![record(values)]
            }
            Some(HeadSays::Tags { entities, .. }) => (entities.iter())
                .map(|entity| {
                    let [start, end] = span(entity.sentence, &entity.span);
                    let (group, word) =
                        (RecordValue::Text(entity.group.clone()), RecordValue::Text(entity.word.clone()));
                    record(vec![group, RecordValue::Score(entity.score), start, end, word])
                })
                .collect(),
            Some(HeadSays::Answers { spans, .. }) => (spans.iter().enumerate())
                .map(|(rank, answer)| {
                    let [start, end] = span(Sentence::B, &answer.span);
                    let text = RecordValue::Text(text_of(row.input.sentence(Sentence::B), &answer.span));
                    record(vec![RecordValue::Count(rank + 1), RecordValue::Score(answer.score), start, end, text])
                })
                .collect(),
            Some(HeadSays::Words(places)) => (places.iter())
                .flat_map(|place| place.words.iter().enumerate().map(move |(rank, word)| (place.token, rank, word)))
                .map(|(token, rank, word)| {
                    let probability = RecordValue::Score(word.probability);
                    record(vec![
                        RecordValue::Count(token),
                        RecordValue::Count(rank + 1),
                        probability,
                        RecordValue::Text(word.written.clone()),
                    ])
                })
                .collect(),
        }
    }

    /// The label that the scores choose, and its score; of several labels at once those that are at least as likely as not,
    /// and no score.
    fn chosen(&self, scores: Vec<f32>) -> (Option<String>, Option<f32>) {
        let labels = &self.head.labels;
        // Of a probe's two labels one is always more likely.
        let is_of_several = self.head.activation == OutputActivation::Sigmoid && self.head.name != HeadName::Probe;
        if labels.len() > 1 && is_of_several {
            let likely = labels.iter().zip(&scores).filter(|(_, score)| **score >= 0.5);
            let likely: Vec<&str> = likely.map(|(label, _)| label.as_str()).collect();
            return (Some(likely.join(", ")), None);
        }
        match largest_at(&scores) {
            Some(at) => (labels.get(at).cloned(), Some(scores[at])),
            None => (None, None),
        }
    }

    /// A row as one object, with all that the head says.
    fn object(&self, row: &PredictedRow) -> Value {
        let mut object = Map::new();
        object.insert("line".to_owned(), row.number.into());
        if self.ids {
            object.insert("id".to_owned(), row.id.clone().into());
        }
        object.insert("text".to_owned(), row.input.text.clone().into());
        if let Some(pair) = &row.input.pair {
            object.insert("pair".to_owned(), pair.clone().into());
        }
        object.insert("model".to_owned(), self.model.clone().into());
        object.insert("head".to_owned(), self.head.name.id().into());
        if let Some(probe) = &self.probe {
            object.insert("probe".to_owned(), probe.name.clone().into());
            object.insert("vector".to_owned(), probe.vector.to_string().into());
        }
        let (name, value) = match &row.says {
            None => return Value::Object(object),
            Some(HeadSays::Labels(labels)) => {
                let (label, _) = self.chosen(labels.iter().map(|label| label.score).collect());
                object.insert("label".to_owned(), label.into());
                object.insert("activation".to_owned(), self.head.activation.id().into());
                let label = |label: &LabelScore| json!({"label": label.label, "score": number(label.score), "logit": number(label.logit)});
                ("labels", labels.iter().map(label).collect::<Vec<_>>())
            }
            Some(HeadSays::Tags { entities, .. }) => {
                let entity = |entity: &Entity| {
                    let text = row.input.sentence(entity.sentence);
                    let [start, end] = characters(text, &entity.span);
                    json!({
                        "entity_group": entity.group, "score": number(entity.score), "word": entity.word,
                        "start": start, "end": end, "sentence": sentence(entity.sentence),
                    })
                };
                ("entities", entities.iter().map(entity).collect())
            }
            Some(HeadSays::Answers { spans, .. }) => {
                let answer = |answer: &AnswerSpan| {
                    let text = row.input.sentence(Sentence::B);
                    let [start, end] = characters(text, &answer.span);
                    let answered = text_of(text, &answer.span);
                    json!({"score": number(answer.score), "start": start, "end": end, "answer": answered})
                };
                ("answers", spans.iter().map(answer).collect())
            }
            Some(HeadSays::Words(places)) => {
                let place = |place: &MaskedWords| {
                    let word = |word: &Prediction| json!({"token": word.token, "id": word.id, "probability": number(word.probability)});
                    json!({"position": place.token, "words": place.words.iter().map(word).collect::<Vec<_>>()})
                };
                ("masks", places.iter().map(place).collect())
            }
        };
        object.insert(name.to_owned(), value.into());
        Value::Object(object)
    }
}

fn sentence(which: Sentence) -> &'static str {
    match which {
        Sentence::A => "a",
        Sentence::B => "b",
    }
}

/// Where a span of bytes begins and ends, in characters.
fn characters(text: &str, span: &Range<usize>) -> [usize; 2] {
    [span.start, span.end].map(|byte| text.get(..byte).map_or(0, |before| before.chars().count()))
}

fn text_of(text: &str, span: &Range<usize>) -> String {
    text.get(span.clone()).unwrap_or_default().to_owned()
}

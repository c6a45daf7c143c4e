//! The sentences nearest to one.

use std::{borrow::Cow, collections::HashMap, fmt::Write, io};

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{
    document::{Document, Tables, one_line},
    error::WriteError,
    json_line::write_line,
    output::Output,
    rows::Rows,
    similarity::{DECIMALS, SimilarityOptions, closeness, unknown_column},
};
use crate::{
    analysis::{Column, Key, Metric, SentenceVector, Table, TableRow, ValueColumn},
    bert::UnknownTokens,
    messages::message,
    printable::printable,
};

/// The sentences nearest to one, under several poolings.
#[derive(Debug)]
pub struct Nearest {
    model: String,
    options: SimilarityOptions,
    query: String,
    metric: Metric,
    /// Whether rows have ids.
    ids: bool,
    /// Under each pooling, the nearest first.
    found: Vec<(SentenceVector, Vec<Neighbour>)>,
}

/// A sentence, and how close it is.
#[derive(Clone, Debug, Serialize)]
struct Neighbour {
    /// From 1.
    number: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    similarity: f32,
    /// The share of its tokens that are unknown.
    unknown: f32,
    sentence: String,
}

impl Nearest {
    /// Of each pooling's closeness to every sentence, `[sentence]`, the `top` greatest; of equals the first comes first,
    /// and a sentence without such a vector does not count. `unknown` is how much of each sentence the model does not know.
    pub fn new(
        (model, options): (String, SimilarityOptions),
        query: String,
        rows: &Rows,
        metric: Metric,
        top: usize,
        values: Vec<(SentenceVector, Vec<Option<f32>>)>,
        unknown: &[UnknownTokens],
    ) -> Self {
        let nearest = |values: Vec<Option<f32>>| {
            let mut order: Vec<(usize, f32)> =
                values.into_iter().enumerate().filter_map(|(at, value)| Some((at, value?))).collect();
            order.sort_by(|a, b| b.1.total_cmp(&a.1));
            let neighbour = |&(at, similarity): &(usize, f32)| Neighbour {
                number: at + 1,
                id: rows.id(at).map(str::to_owned),
                similarity,
                unknown: unknown[at].share() as f32,
                sentence: rows.texts[at].clone(),
            };
            order.iter().take(top).map(neighbour).collect()
        };
        let found = values.into_iter().map(|(vector, values)| (vector, nearest(values))).collect();
        Self { model, options, query, metric, ids: rows.ids.is_some(), found }
    }
}

impl Tables for Nearest {
    /// A row a neighbour: the pooling, its rank and number (from 1), its id where rows have ids, how close it is, its share
    /// of unknown tokens, the sentence.
    fn document(&self) -> Cow<'_, Document> {
        let rows = self.found.iter().flat_map(|(vector, neighbours)| {
            (1..).zip(neighbours).map(move |(rank, Neighbour { number, id, similarity, unknown, sentence })| {
                let mut keys = vec![Key::Text(vector.to_string()), Key::Number(rank), Key::Number(*number)];
                keys.extend(self.ids.then(|| Key::Text(id.clone().unwrap_or_default())));
                keys.push(Key::Text(sentence.clone()));
                TableRow { keys, cells: Vec::new(), measures: vec![Some(*similarity), Some(*unknown)] }
            })
        });
        let mut keys: Vec<Column> = ["pooling", "rank", "number"].map(Column::from).into();
        keys.extend(self.ids.then(|| Column::from("id")));
        keys.push(Column::from("sentence").last());
        let table = Table {
            title: message!("export-nearest", query = &self.query),
            keys,
            cells: None,
            measures: vec![
                ValueColumn::new(self.metric.name(), closeness(self.metric)).rounded(DECIMALS),
                unknown_column(),
            ],
            rows: rows.collect(),
        };
        Cow::Owned(Document { tables: vec![table], ..Document::default().with("query", &self.query) })
    }

    /// The query, then the nearest under each pooling.
    fn text(&self, out: Output) -> Option<io::Result<()>> {
        let mut text = format!("{}\n", printable(&self.query));
        for (vector, neighbours) in &self.found {
            let _ = writeln!(text, "\n{vector}, {}", self.metric);
            for Neighbour { number, id, similarity, unknown, sentence } in neighbours {
                let mark = (*unknown > 0.0)
                    .then(|| message!("export-nearest-unknown", percent = format!("{:.1}", unknown * 100.0)));
                let sentence = mark.into_iter().chain([one_line(sentence)]).collect::<Vec<_>>().join(" ");
                let id = id.as_ref().map(|id| format!("{}  ", one_line(id))).unwrap_or_default();
                let similarity = closeness(self.metric).readable(Some(*similarity), 0);
                let _ = writeln!(text, "{similarity:>12} {number:>6}  {id}{sentence}");
            }
        }
        Some(out.write_all(text.as_bytes()))
    }

    /// `{"model": "...", "origin": "...", "options": {...}, "query": "...", "poolings": {"mean": {"cosine": [{"number": 3, "similarity": ..., "unknown": ..., "sentence": "..."}, ...]}}}`,
    /// `"id"` behind a number where the row has one.
    fn json(&self, out: Output) -> Option<Result<(), WriteError>> {
        Some(write_line(self, out))
    }
}

impl Serialize for Nearest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("model", &self.model)?;
        map.serialize_entry("origin", &self.options.origin)?;
        map.serialize_entry("options", &self.options)?;
        map.serialize_entry("query", &self.query)?;
        map.serialize_entry("poolings", &NearestPoolings(self))?;
        map.end()
    }
}

/// As an object, in their usual order; under each the metric.
struct NearestPoolings<'a>(&'a Nearest);

impl Serialize for NearestPoolings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.found.len()))?;
        for (vector, neighbours) in &self.0.found {
            map.serialize_entry(&vector.to_string(), &HashMap::from([(self.0.metric.name(), neighbours)]))?;
        }
        map.end()
    }
}

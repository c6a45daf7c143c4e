//! Similarities of sentences under several poolings, as a table, as tab-separated values, or as JSON.

mod nearest;

use std::{collections::HashMap, fmt::Write};

use serde::{Serialize, Serializer, ser::SerializeMap};

pub use nearest::Nearest;

use super::{
    calibration::{CalibratedSimilarities, Entry, column_width},
    json,
};
use crate::{
    analysis::{Metric, SentenceVector},
    printable::printable,
};

/// Every pair of some sentences under every pooling of a model, or of two side by side.
#[derive(Debug)]
pub struct Similarities {
    /// As given.
    pub sentences: Vec<String>,
    /// How they are compared.
    pub metric: Metric,
    /// By the model that was asked.
    pub model: ModelSimilarities,
    /// By another, in the same sentences; vectors of two models are never compared with each other.
    pub against: Option<ModelSimilarities>,
}

/// What one model makes of them.
#[derive(Debug)]
pub struct ModelSimilarities {
    /// Which.
    pub name: String,
    /// `[sentence, sentence]` under each pooling; none where a sentence has no such vector.
    pub values: Vec<(SentenceVector, Vec<Vec<Option<f32>>>)>,
    /// The same in comparison with unrelated sentences, if wanted: of cosines.
    pub calibration: Option<CalibratedSimilarities>,
}

impl Similarities {
    /// `{"sentences": [...], "poolings": {"mean": {"cosine": [[...]]}, ...}}`, and of another model `"against": {"model":
    /// "...", "poolings": {...}}`; with a calibration, beside each `"cosine"`
    /// `"calibration": {"background": "en", "sentences": 400, "percentile": [[...]], "centred": {"cosine": [[...]],
    /// "percentile": [[...]]}, "kept": 133, "whitened": {...}}`, or `{"background": "en", "reason": "..."}`.
    ///
    /// # Errors
    /// None are known; the signature is that of JSON writing.
    pub fn json(&self) -> serde_json::Result<String> {
        let poolings = |of| Poolings { of, metric: self.metric };
        let against = self.against.as_ref().map(|of| Against { model: &of.name, poolings: poolings(of) });
        let document = Document { sentences: &self.sentences, poolings: poolings(&self.model), against };
        let line = json::to_line(&document)?;
        Ok(String::from_utf8_lossy(&line).into_owned())
    }

    /// A line a pair: numbers of the two (from 1), how close they are under each pooling, the two sentences.
    pub fn tsv(&self) -> String {
        let values = &self.model.values;
        let names: Vec<_> = values.iter().map(|(vector, _)| vector.to_string()).collect();
        let mut text = format!("a\tb\t{}\tsentence_a\tsentence_b\n", names.join("\t"));
        for (a, b) in self.pairs() {
            let values = values.iter().map(|(_, values)| values[a][b]);
            let values: Vec<_> =
                values.map(|value| value.map_or(String::new(), |value| format!("{value:.6}"))).collect();
            let (first, second) = (one_line(&self.sentences[a]), one_line(&self.sentences[b]));
            let _ = writeln!(text, "{}\t{}\t{}\t{first}\t{second}", a + 1, b + 1, values.join("\t"));
        }
        text
    }

    /// For reading: the sentences by number, then a line a pair, of two models by each.
    pub fn table(&self) -> String {
        let mut text = String::new();
        for (i, sentence) in self.sentences.iter().enumerate() {
            let _ = writeln!(text, "{:>3}  {}", i + 1, printable(sentence));
        }
        for model in [Some(&self.model), self.against.as_ref()].into_iter().flatten() {
            if self.against.is_some() {
                let _ = write!(text, "\n{}", printable(&model.name));
                text.push('\n');
            }
            self.block(model, &mut text);
        }
        text
    }

    /// What one model makes of every pair.
    fn block(&self, model: &ModelSimilarities, text: &mut String) {
        let width = column_width(model.values.iter().map(|(vector, _)| *vector));
        let _ = write!(text, "\n{:<7}", self.metric);
        for (vector, _) in &model.values {
            let _ = write!(text, "{:>width$}", vector.to_string());
        }
        text.push('\n');
        for (a, b) in self.pairs() {
            let _ = write!(text, "{:>3} {:>3}", a + 1, b + 1);
            for (_, values) in &model.values {
                let value = values[a][b].map_or("–".to_owned(), |value| format!("{value:.4}"));
                let _ = write!(text, "{value:>width$}");
            }
            text.push('\n');
        }
        text.extend(model.calibration.as_ref().map(CalibratedSimilarities::table));
    }

    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let count = self.sentences.len();
        (0..count).flat_map(move |a| (a + 1..count).map(move |b| (a, b)))
    }
}

/// A sentence in one line, safe to print.
fn one_line(sentence: &str) -> String {
    printable(&sentence.replace(['\t', '\n', '\r'], " ")).into_owned()
}

#[derive(Serialize)]
struct Document<'a> {
    sentences: &'a [String],
    poolings: Poolings<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<Against<'a>>,
}

#[derive(Serialize)]
struct Against<'a> {
    model: &'a str,
    poolings: Poolings<'a>,
}

/// The poolings as an object, in their usual order; under each the metric, and the calibration if there is one.
struct Poolings<'a> {
    of: &'a ModelSimilarities,
    metric: Metric,
}

#[derive(Serialize)]
struct Under<'a> {
    #[serde(flatten)]
    metric: HashMap<&'static str, &'a [Vec<Option<f32>>]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    calibration: Option<&'a Entry>,
}

impl Serialize for Poolings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.of.values.len()))?;
        for &(vector, ref values) in &self.of.values {
            let calibration = self.of.calibration.as_ref().and_then(|calibration| calibration.entry(vector));
            let metric = HashMap::from([(self.metric.name(), values.as_slice())]);
            map.serialize_entry(&vector.to_string(), &Under { metric, calibration })?;
        }
        map.end()
    }
}

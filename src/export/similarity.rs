//! Similarities of sentences under several poolings.

use std::{borrow::Cow, collections::HashMap, fmt::Write};

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{
    calibration::{CalibratedSimilarities, Entry, column_width},
    document::{Document, Tables, one_line},
    json_line::to_line,
    rows::Rows,
};
use crate::{
    analysis::{Column, Key, Metric, Quantity, SentenceVector, Table, TableRow, ValueColumn},
    bert::UnknownTokens,
    messages::{label, message},
    printable::printable,
};

/// Decimals of a similarity in files with separators.
pub(super) const DECIMALS: usize = 6;

/// Every pair of some sentences under every pooling of a model, or of two side by side.
#[derive(Debug)]
pub struct Similarities {
    /// As given.
    pub rows: Rows,
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
    /// What it was trained to be read as, in words; none where `declared` is not among its poolings.
    pub declared: Option<String>,
    /// What is known of how its pooler was trained; none where `pooled` is not among its poolings.
    pub pooled: Option<&'static str>,
    /// `[sentence, sentence]` under each pooling; none where a sentence has no such vector.
    pub values: Vec<(SentenceVector, Vec<Vec<Option<f32>>>)>,
    /// The same in comparison with unrelated sentences, if wanted: of cosines.
    pub calibration: Option<CalibratedSimilarities>,
    /// How much of each sentence it does not know, `[sentence]`.
    pub unknown: Vec<UnknownTokens>,
    /// Sentences that differ and become the same tokens, in groups; numbers from 0.
    pub indistinct: Vec<Vec<usize>>,
}

/// The share of unknown tokens, as a column of every table with texts.
pub(super) fn unknown_column() -> ValueColumn {
    ValueColumn::new("unknown", Quantity::Share).rounded(DECIMALS)
}

impl Tables for Similarities {
    /// A row a pair: numbers of the two (from 1), their ids where rows have ids, how close they are under each pooling, the
    /// greater share of unknown tokens, the two sentences; of two models a table each, and behind it what its calibration says.
    fn document(&self) -> Cow<'_, Document> {
        let mut document = Document::default().with("model", &self.model.name).with("metric", self.metric);
        document.about.extend(self.against.as_ref().map(|against| ("against", against.name.clone())));
        document.about.extend(self.model.declared.clone().map(|steps| ("declared", steps)));
        document.about.extend(self.model.pooled.map(|training| ("pooled", training.to_owned())));
        let background = self.model.calibration.as_ref().and_then(CalibratedSimilarities::background);
        document.about.extend(background.map(|background| ("background", background)));
        let notes = self.model.calibration.iter().flat_map(CalibratedSimilarities::notes);
        document.about.extend(notes.map(|note| ("no percentile", note.clone())));
        for model in self.models() {
            document.tables.push(self.pairs_table(model));
            if let Some(calibration) = &model.calibration {
                document.tables.extend(calibration.tables(&model.name));
            }
        }
        Cow::Owned(document)
    }

    /// The sentences by number, then a line a pair, of two models by each.
    fn text(&self) -> Option<String> {
        let mut text = String::new();
        for (row, sentence) in self.rows.texts.iter().enumerate() {
            let id = self.rows.id(row).map(|id| format!("{}  ", one_line(id))).unwrap_or_default();
            let _ = writeln!(text, "{:>3}  {id}{}", row + 1, one_line(sentence));
        }
        for model in self.models() {
            if self.against.is_some() {
                let _ = write!(text, "\n{}", printable(&model.name));
                text.push('\n');
            }
            self.block(model, &mut text);
        }
        Some(text)
    }

    /// `{"ids": [...] where rows have ids, "sentences": [...], "unknown": [...], "same_tokens": [[1, 2], ...], "declared": "what it was trained to be read as", "poolings": {"mean": {"cosine": [[...]]},
    /// ...}}`, and of another model `"against": {"model": "...", "unknown": ..., "poolings": {...}}`; with a calibration
    /// `"background": [["en", ...], ...]`, the name of each pair's, `"no_percentile": ["..."]`, why some have none, and beside
    /// each `"cosine"` `"calibration": {"backgrounds": [{"name": "en", "sentences": 400, "kept": 133}, ...], "percentile":
    /// [[...]], "centred": {"cosine": [[...]], "percentile": [[...]]}, "whitened": {...}}`; a background that cannot be used
    /// has a `"reason"`.
    fn json(&self) -> Option<serde_json::Result<Vec<u8>>> {
        let poolings = |of| Poolings { of, metric: self.metric };
        let against = self.against.as_ref().map(|of| Against {
            model: &of.name,
            unknown: of.unknown_shares(),
            same_tokens: of.same_tokens(),
            pairs: of.calibration.as_ref().map(CalibratedPairs::new),
            poolings: poolings(of),
        });
        Some(to_line(&SimilarityFields {
            ids: self.rows.ids.as_deref(),
            sentences: &self.rows.texts,
            unknown: self.model.unknown_shares(),
            same_tokens: self.model.same_tokens(),
            declared: self.model.declared.as_deref(),
            pairs: self.model.calibration.as_ref().map(CalibratedPairs::new),
            poolings: poolings(&self.model),
            against,
        }))
    }
}

impl ModelSimilarities {
    /// The greater share of unknown tokens of two sentences.
    fn unknown_of(&self, a: usize, b: usize) -> f32 {
        self.unknown[a].share().max(self.unknown[b].share()) as f32
    }

    fn unknown_shares(&self) -> Vec<f32> {
        self.unknown.iter().map(|unknown| unknown.share() as f32).collect()
    }

    /// The groups, numbers from 1.
    fn same_tokens(&self) -> Vec<Vec<usize>> {
        self.indistinct.iter().map(|group| group.iter().map(|at| at + 1).collect()).collect()
    }
}

impl Similarities {
    fn models(&self) -> impl Iterator<Item = &ModelSimilarities> {
        [Some(&self.model), self.against.as_ref()].into_iter().flatten()
    }

    fn pairs_table(&self, model: &ModelSimilarities) -> Table {
        let row = |(a, b): (usize, usize)| {
            let mut keys = vec![Key::Number(a + 1), Key::Number(b + 1)];
            if self.rows.ids.is_some() {
                keys.extend([a, b].map(|row| Key::Text(self.rows.id(row).unwrap_or_default().to_owned())));
            }
            keys.extend([a, b].map(|row| Key::Text(self.rows.texts[row].clone())));
            let measures = model.values.iter().map(|(_, values)| values[a][b]).chain([Some(model.unknown_of(a, b))]);
            TableRow { keys, cells: Vec::new(), measures: measures.collect() }
        };
        let measure = |(vector, _): &(SentenceVector, _)| ValueColumn::new(vector.to_string(), closeness(self.metric));
        let mut keys: Vec<Column> = ["a", "b"].map(Column::from).into();
        if self.rows.ids.is_some() {
            let ids = [("id_a", label!("export-first-id")), ("id_b", label!("export-second-id"))];
            keys.extend(ids.map(|(id, label)| Column::new(id, label.text())));
        }
        let sentences =
            [("sentence_a", label!("export-first-sentence")), ("sentence_b", label!("export-second-sentence"))];
        keys.extend(sentences.map(|(id, label)| Column::new(id, label.text()).last()));
        Table {
            title: message!("export-similarities", metric = self.metric.to_string(), model = &model.name),
            keys,
            cells: None,
            measures: model
                .values
                .iter()
                .map(|values| measure(values).rounded(DECIMALS))
                .chain([unknown_column()])
                .collect(),
            rows: self.pairs().map(row).collect(),
        }
    }

    /// What one model makes of every pair.
    fn block(&self, model: &ModelSimilarities, text: &mut String) {
        let width = column_width(model.values.iter().map(|(vector, _)| *vector));
        let _ = write!(text, "\n{:<7}", self.metric);
        for (vector, _) in &model.values {
            let _ = write!(text, "{:>width$}", vector.to_string());
        }
        let marked = model.unknown.iter().any(|unknown| unknown.any());
        if marked {
            let _ = write!(text, "{:>10}", label!("export-unknown"));
        }
        text.push('\n');
        for (a, b) in self.pairs() {
            let _ = write!(text, "{:>3} {:>3}", a + 1, b + 1);
            for (_, values) in &model.values {
                let value = values[a][b].map_or("–".to_owned(), |value| format!("{value:.4}"));
                let _ = write!(text, "{value:>width$}");
            }
            if marked {
                let _ = write!(text, "{:>8.1} %", model.unknown_of(a, b) * 100.0);
            }
            text.push('\n');
        }
        if let Some(steps) = &model.declared {
            let _ = writeln!(text, "\n{}", message!("export-declared", steps = steps));
        }
        text.extend(model.calibration.as_ref().map(CalibratedSimilarities::text));
    }

    /// Rows by number from 0, but for those without text.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let count = self.rows.texts.len();
        let filled = |row: &usize| !self.rows.blank[*row];
        (0..count).filter(filled).flat_map(move |a| (a + 1..count).filter(filled).map(move |b| (a, b)))
    }
}

/// What a number of this metric counts.
pub(super) fn closeness(metric: Metric) -> Quantity {
    if metric == Metric::Cosine { Quantity::Cosine } else { Quantity::Number }
}

#[derive(Serialize)]
struct SimilarityFields<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    ids: Option<&'a [Option<String>]>,
    sentences: &'a [String],
    /// The share of unknown tokens, `[sentence]`.
    unknown: Vec<f32>,
    same_tokens: Vec<Vec<usize>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    declared: Option<&'a str>,
    #[serde(flatten)]
    pairs: Option<CalibratedPairs<'a>>,
    poolings: Poolings<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<Against<'a>>,
}

#[derive(Serialize)]
struct Against<'a> {
    model: &'a str,
    unknown: Vec<f32>,
    same_tokens: Vec<Vec<usize>>,
    #[serde(flatten)]
    pairs: Option<CalibratedPairs<'a>>,
    poolings: Poolings<'a>,
}

/// Which background each pair has.
#[derive(Serialize)]
struct CalibratedPairs<'a> {
    background: Vec<Vec<Option<&'a str>>>,
    no_percentile: &'a [String],
}

impl<'a> CalibratedPairs<'a> {
    fn new(calibration: &'a CalibratedSimilarities) -> Self {
        Self { background: calibration.background_names(), no_percentile: calibration.notes() }
    }
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

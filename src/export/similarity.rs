//! Similarities of sentences under several poolings.

mod text;

use std::{borrow::Cow, io, ops::Range};

use rayon::prelude::*;
use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeSeq},
};

use super::{
    calibration::{CalibratedSimilarities, Entry},
    document::{Document, StreamedTable, Tables},
    error::WriteError,
    json_line::write_line,
    output::Output,
    rows::Rows,
};
use crate::{
    analysis::{Column, ComparableVectors, Key, Metric, Quantity, SentenceVector, Table, TableRow, ValueColumn},
    bert::UnknownTokens,
    messages::{label, message},
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
    /// How many cells a line for people may have.
    pub width: usize,
    /// What was asked for.
    pub options: SimilarityOptions,
    /// By the model that was asked.
    pub model: ModelSimilarities,
    /// By another, in the same sentences; vectors of two models are never compared with each other.
    pub against: Option<ModelSimilarities>,
}

/// What similarities were asked for.
#[derive(Clone, Debug, Serialize)]
pub struct SimilarityOptions {
    /// Where the model came from: `embedded`, a directory, the Hub.
    #[serde(skip)]
    pub origin: String,
    /// The metric's id.
    pub metric: &'static str,
    /// From 0, the embeddings; none for the last.
    pub layer: Option<usize>,
    /// As given.
    pub prompt: Option<String>,
    /// As given.
    pub background: Option<String>,
    /// What computed.
    pub backend: &'static str,
    /// Of clscope.
    pub version: &'static str,
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
    /// The vectors of the sentences under each pooling: how close they are is worked out as it is written.
    pub vectors: Vec<(SentenceVector, ComparableVectors)>,
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
            document.tables.push(Table { rows: self.rows_of(model).collect(), ..self.head_of(model) });
            if let Some(calibration) = &model.calibration {
                document.tables.extend(calibration.tables(&model.name));
            }
        }
        Cow::Owned(document)
    }

    /// The same tables where there is no calibration.
    fn streamed(&self) -> Option<Vec<StreamedTable<'_>>> {
        let streamed = |model| StreamedTable {
            head: Cow::Owned(self.head_of(model)),
            rows: Box::new(self.rows_of(model).map(Cow::Owned)),
        };
        let calibrated = self.models().any(|model| model.calibration.is_some());
        (!calibrated).then(|| self.models().map(streamed).collect())
    }

    /// The sentences by number, then a line a pair, of two models by each.
    fn text(&self, out: Output) -> Option<io::Result<()>> {
        Some(self.write_text(out))
    }

    /// `{"model": "...", "origin": "...", "options": {...}, "ids": [...] where rows have ids, "sentences": [...], "unknown": [...], "same_tokens": [[1, 2], ...], "declared": "what it was trained to be read as", "poolings": {"mean": {"cosine": [[...]]},
    /// ...}}`, and of another model `"against": {"model": "...", "unknown": ..., "poolings": {...}}`; with a calibration
    /// `"background": [["en", ...], ...]`, the name of each pair's, `"no_percentile": ["..."]`, why some have none, and beside
    /// each `"cosine"` `"calibration": {"backgrounds": [{"name": "en", "sentences": 400, "kept": 133}, ...], "percentile":
    /// [[...]], "centred": {"cosine": [[...]], "percentile": [[...]]}, "whitened": {...}}`; a background that cannot be used
    /// has a `"reason"`.
    fn json(&self, out: Output) -> Option<Result<(), WriteError>> {
        let poolings = |of| Poolings { of, metric: self.metric };
        let against = self.against.as_ref().map(|of| Against {
            model: &of.name,
            unknown: of.unknown_shares(),
            same_tokens: of.same_tokens(),
            pairs: of.calibration.as_ref().map(CalibratedPairs::new),
            poolings: poolings(of),
        });
        let fields = SimilarityFields {
            model: &self.model.name,
            origin: &self.options.origin,
            options: &self.options,
            ids: self.rows.ids.as_deref(),
            sentences: &self.rows.texts,
            unknown: self.model.unknown_shares(),
            same_tokens: self.model.same_tokens(),
            declared: self.model.declared.as_deref(),
            pairs: self.model.calibration.as_ref().map(CalibratedPairs::new),
            poolings: poolings(&self.model),
            against,
        };
        Some(write_line(&fields, out))
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

    fn head_of(&self, model: &ModelSimilarities) -> Table {
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
                .vectors
                .iter()
                .map(|vectors| measure(vectors).rounded(DECIMALS))
                .chain([unknown_column()])
                .collect(),
            rows: Vec::new(),
        }
    }

    fn rows_of(&self, model: &ModelSimilarities) -> impl Iterator<Item = TableRow> {
        self.pairs(model).map(|ComparedPair { a, b, values }| {
            let mut keys = vec![Key::Number(a + 1), Key::Number(b + 1)];
            if self.rows.ids.is_some() {
                keys.extend([a, b].map(|row| Key::Text(self.rows.id(row).unwrap_or_default().to_owned())));
            }
            keys.extend([a, b].map(|row| Key::Text(self.rows.texts[row].clone())));
            let measures = values.into_iter().chain([Some(model.unknown_of(a, b))]);
            TableRow { keys, cells: Vec::new(), measures: measures.collect() }
        })
    }

    /// Every pair of rows that have a text, row by row; some rows are worked out at a time, on every core.
    fn pairs<'m>(&self, model: &'m ModelSimilarities) -> impl Iterator<Item = ComparedPair> + use<'m> {
        self.pairs_under(model, 0..model.vectors.len())
    }

    /// The same under some of the poolings.
    fn pairs_under<'m>(
        &self,
        model: &'m ModelSimilarities,
        poolings: Range<usize>,
    ) -> impl Iterator<Item = ComparedPair> + use<'m> {
        let filled: Vec<usize> = self.rows.filled().collect();
        (0..filled.len()).step_by(BLOCK).flat_map(move |start| {
            let block: Vec<Vec<ComparedPair>> = (start..filled.len().min(start + BLOCK))
                .into_par_iter()
                .map(|at| filled[at + 1..].iter().map(|&b| model.pair(filled[at], b, poolings.clone())).collect())
                .collect();
            block.into_iter().flatten()
        })
    }
}

impl ModelSimilarities {
    fn pair(&self, a: usize, b: usize, poolings: Range<usize>) -> ComparedPair {
        ComparedPair { a, b, values: self.vectors[poolings].iter().map(|(_, vectors)| vectors.get(a, b)).collect() }
    }
}

/// How many rows are compared with all others at a time.
const BLOCK: usize = 8;

/// Two rows by number, from 0, and how close they are under each pooling.
struct ComparedPair {
    a: usize,
    b: usize,
    values: Vec<Option<f32>>,
}

/// What a number of this metric counts.
pub(super) fn closeness(metric: Metric) -> Quantity {
    if metric == Metric::Cosine { Quantity::Cosine } else { Quantity::Number }
}

#[derive(Serialize)]
struct SimilarityFields<'a> {
    model: &'a str,
    origin: &'a str,
    options: &'a SimilarityOptions,
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

impl Serialize for Poolings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let under = |(vector, vectors)| Under {
            metric: self.metric,
            vectors,
            calibration: self.of.calibration.as_ref().and_then(|calibration| calibration.entry(vector)),
        };
        let poolings = self.of.vectors.iter();
        serializer.collect_map(poolings.map(|(vector, vectors)| (vector.to_string(), under((*vector, vectors)))))
    }
}

/// `{"cosine": [[...]], "calibration": {...}}`
struct Under<'a> {
    metric: Metric,
    vectors: &'a ComparableVectors,
    calibration: Option<&'a Entry>,
}

impl Serialize for Under<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(self.metric.name(), &ClosenessMatrix(self.vectors))?;
        if let Some(calibration) = self.calibration {
            map.serialize_entry("calibration", calibration)?;
        }
        map.end()
    }
}

/// `[sentence, sentence]`, worked out as it is written.
struct ClosenessMatrix<'a>(&'a ComparableVectors);

impl Serialize for ClosenessMatrix<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let count = self.0.len();
        let mut list = serializer.serialize_seq(Some(count))?;
        for start in (0..count).step_by(BLOCK) {
            let rows: Vec<Vec<Option<f32>>> =
                (start..count.min(start + BLOCK)).into_par_iter().map(|a| self.0.row(a, 0)).collect();
            rows.iter().try_for_each(|row| list.serialize_element(row))?;
        }
        list.end()
    }
}

//! The closest pairs of a list.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use unicode_width::UnicodeWidthStr;

use super::{
    calibration::percent,
    document::{Document, Tables, one_line},
    output::Output,
    rows::Rows,
    similarity::{self, DECIMALS, closeness, unknown_column},
};
use crate::{
    analysis::{Column, Key, Metric, Quantity, SentenceVector, Table, TableRow, ValueColumn},
    messages::{label, message},
};

/// The closest pairs of a list under each kind of vector.
#[derive(Debug)]
pub struct ClosePairs {
    /// The list.
    pub rows: Rows,
    /// How its sentences are compared.
    pub metric: Metric,
    /// By which model.
    pub model: String,
    /// The backgrounds, in a line; none where there is none.
    pub background: Option<String>,
    /// Why some pairs have no percentile, each in a sentence.
    pub notes: Vec<String>,
    /// Under each kind of vector.
    pub found: Vec<(SentenceVector, FoundPairs)>,
}

/// Under one kind of vector.
#[derive(Debug)]
pub struct FoundPairs {
    /// The closest first.
    pub pairs: Vec<FoundPair>,
    /// How many pairs are as close as was asked for.
    pub reached: usize,
    /// How many pairs there are.
    pub all: usize,
}

/// Two sentences that are close.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundPair {
    /// The numbers of the two, from 0.
    pub sentences: [usize; 2],
    /// In the unit of the metric.
    pub closeness: f32,
    /// The share of the background's pairs that are less close, 0..=100, and the background's name.
    pub percentile: Option<(f32, String)>,
    /// The greater share of unknown tokens of the two.
    pub unknown: f32,
}

impl ClosePairs {
    fn title(&self, vector: SentenceVector, found: &FoundPairs) -> String {
        let (pairs, all) = (found.pairs.len(), found.all);
        let (vector, metric) = (vector.to_string(), self.metric.to_string());
        match found.reached < all {
            true => {
                let reached = found.reached;
                message!(
                    "export-closest-reached",
                    vector = vector,
                    metric = metric,
                    pairs = pairs,
                    reached = reached,
                    all = all
                )
            }
            false => message!("export-closest", vector = vector, metric = metric, pairs = pairs, all = all),
        }
    }

    fn write_text(&self, out: Output) -> io::Result<()> {
        let has_ids = self.rows.ids.is_some();
        let sentence = |out: &mut dyn Write, row: usize| {
            let id = has_ids.then(|| format!("{}  ", one_line(self.rows.id(row).unwrap_or_default())));
            writeln!(out, "{:>7}  {}{}", row + 1, id.unwrap_or_default(), one_line(&self.rows.texts[row]))
        };
        if let Some(background) = &self.background {
            writeln!(out, "{}", message!("export-closest-background", background = one_line(background)))?;
        }
        for (vector, found) in &self.found {
            writeln!(out, "\n{}", self.title(*vector, found))?;
            for FoundPair { sentences, closeness, percentile, unknown } in &found.pairs {
                let less_close = percentile.as_ref().map_or(String::new(), |(percentile, _)| percent(*percentile));
                let closeness = similarity::closeness(self.metric).readable(Some(*closeness), 0);
                write!(out, "{closeness:>9} {less_close:>5}")?;
                sentence(out, sentences[0])?;
                let mark = (*unknown > 0.0).then(|| format!("{:.0} % {}", unknown * 100.0, label!("export-unknown")));
                let mark = mark.unwrap_or_default();
                write!(out, "{:>1$}{mark}", "", 15_usize.saturating_sub(mark.width()))?;
                sentence(out, sentences[1])?;
            }
        }
        if !self.notes.is_empty() {
            writeln!(out)?;
        }
        self.notes.iter().try_for_each(|note| writeln!(out, "{}", one_line(note)))
    }
}

impl Tables for ClosePairs {
    /// One table, a row a pair: the pooling, the rank, numbers of the two (from 1), their ids where rows have ids, the
    /// background, how close they are, the share of unrelated pairs that are less close, the greater share of unknown tokens,
    /// the two sentences.
    fn document(&self) -> Cow<'_, Document> {
        let has_ids = self.rows.ids.is_some();
        let rows = self.found.iter().flat_map(|(vector, found)| {
            (1..).zip(&found.pairs).map(move |(rank, pair)| {
                let mut keys = vec![Key::Text(vector.to_string()), Key::Number(rank)];
                keys.extend(pair.sentences.map(|row| Key::Number(row + 1)));
                if has_ids {
                    keys.extend(pair.sentences.map(|row| Key::Text(self.rows.id(row).unwrap_or_default().to_owned())));
                }
                let background = pair.percentile.as_ref().map(|(_, name)| name.clone());
                keys.push(Key::Text(background.unwrap_or_default()));
                keys.extend(pair.sentences.map(|row| Key::Text(self.rows.texts[row].clone())));
                let less_close = pair.percentile.as_ref().map(|(percentile, _)| percentile / 100.0);
                TableRow {
                    keys,
                    cells: Vec::new(),
                    measures: vec![Some(pair.closeness), less_close, Some(pair.unknown)],
                }
            })
        });
        let mut keys: Vec<Column> = ["pooling", "rank", "a", "b"].map(Column::from).into();
        if has_ids {
            let ids = [("id_a", label!("export-first-id")), ("id_b", label!("export-second-id"))];
            keys.extend(ids.map(|(id, label)| Column::new(id, label.text())));
        }
        keys.push(Column::from("background"));
        let sentences =
            [("sentence_a", label!("export-first-sentence")), ("sentence_b", label!("export-second-sentence"))];
        keys.extend(sentences.map(|(id, label)| Column::new(id, label.text()).last()));
        let mut document = Document::default().with("model", &self.model).with("metric", self.metric);
        for (vector, found) in &self.found {
            document.about.push(("pairs", self.title(*vector, found)));
        }
        document.about.extend(self.background.clone().map(|background| ("background", background)));
        document.about.extend(self.notes.iter().map(|note| ("no percentile", note.clone())));
        document.tables.push(Table {
            title: message!("export-closest-title", model = &self.model),
            keys,
            cells: None,
            measures: vec![
                ValueColumn::new(self.metric.name(), closeness(self.metric)).rounded(DECIMALS),
                ValueColumn::new(Column::new("less_close", label!("export-less-close-label").text()), Quantity::Share),
                unknown_column(),
            ],
            rows: rows.collect(),
        });
        Cow::Owned(document)
    }

    /// What each pooling finds, two lines a pair.
    fn text(&self, out: Output) -> Option<io::Result<()>> {
        Some(self.write_text(out))
    }
}

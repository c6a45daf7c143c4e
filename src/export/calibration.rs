//! How close sentences are in comparison with unrelated ones: what stands below the table of similarities, and beside
//! the cosines in JSON.

use std::fmt::Write;

use serde::Serialize;

use crate::{
    analysis::{
        CalibratedCosines, Calibration, Calibrations, Column, Cosines, Key, Quantity, SentenceVector, Table, TableRow,
        Unrelated, ValueColumn,
    },
    printable::printable,
};

/// Every pair of some sentences, calibrated, under every kind of vector.
#[derive(Debug)]
pub struct CalibratedSimilarities {
    sentences: usize,
    entries: Vec<(SentenceVector, Entry)>,
}

/// Under one kind of vector.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    background: String,
    #[serde(flatten)]
    outcome: Outcome,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Outcome {
    Calibrated(CalibratedEntry),
    Not { reason: String },
}

#[derive(Debug, Serialize)]
struct CalibratedEntry {
    /// Of the background.
    sentences: usize,
    percentile: Matrix,
    centred: StepEntry,
    /// How many directions whitening keeps.
    kept: usize,
    whitened: Option<StepEntry>,
}

#[derive(Debug, Serialize)]
struct StepEntry {
    cosine: Matrix,
    percentile: Matrix,
}

/// `[sentence, sentence]`; none where a sentence has no such vector.
type Matrix = Vec<Vec<Option<f32>>>;

/// What a calibration says after one of its steps; none where that step was not possible.
type Stage = fn(&CalibratedEntry) -> Option<&StepEntry>;

impl CalibratedSimilarities {
    /// Of vectors `[vector][sentence][hidden]`, against a background by its name. Two sentences that are to be `withheld`
    /// have no percentile.
    pub fn new(
        background: &str,
        calibrations: &Calibrations,
        vectors: &[(SentenceVector, Vec<Option<Vec<f32>>>)],
        withheld: &dyn Fn(usize, usize) -> bool,
    ) -> Self {
        let entry = |(vector, vectors): &(SentenceVector, Vec<Option<Vec<f32>>>)| {
            let outcome = match calibrations.get(*vector) {
                Ok(calibration) => {
                    Outcome::Calibrated(CalibratedEntry::new(calibration, &calibration.of_all(vectors), withheld))
                }
                Err(reason) => Outcome::Not { reason: reason.to_string() },
            };
            (*vector, Entry { background: background.to_owned(), outcome })
        };
        Self {
            sentences: vectors.first().map_or(0, |(_, vectors)| vectors.len()),
            entries: vectors.iter().map(entry).collect(),
        }
    }

    /// What JSON says of one kind of vector.
    pub(super) fn entry(&self, vector: SentenceVector) -> Option<&Entry> {
        self.entries.iter().find(|(kind, _)| *kind == vector).map(|(_, entry)| entry)
    }

    /// For reading, in the columns of the table of cosines: where each stands among unrelated pairs, then the cosines
    /// after centring and after whitening and where those stand.
    pub(super) fn text(&self) -> String {
        let Some((_, Entry { background, .. })) = self.entries.first() else { return String::new() };
        let background = printable(background);
        let mut text = format!(
            "\nOf 100 unrelated pairs ({background}, {} sentences), so many are less close:\n",
            self.background_sentences()
        );
        self.block(&mut text, |of, a, b| of.percentile[a][b].map(percent));
        text.push_str("\nAfter centring: cosine, and so many are less close:\n");
        self.block(&mut text, |of, a, b| of.centred.cell(a, b));
        if self.calibrated().flatten().all(|calibrated| calibrated.whitened.is_none()) {
            text.push_str("\nNo whitening: the background is too small, or all its vectors are alike.\n");
        } else {
            text.push_str("\nAfter whitening in as many directions: cosine, and so many are less close:\n");
            self.line(&mut text, "", |of| Some(of.kept.to_string()));
            self.block(&mut text, |of, a, b| of.whitened.as_ref()?.cell(a, b));
        }
        for (vector, entry) in &self.entries {
            if let Outcome::Not { reason } = &entry.outcome {
                let _ = writeln!(text, "{vector}: {reason}.");
            }
        }
        text
    }

    /// What the tables are made against; of two models that of the first serves both.
    pub(super) fn background(&self) -> Option<String> {
        let (_, Entry { background, .. }) = self.entries.first()?;
        Some(format!("{background}, {} sentences", self.background_sentences()))
    }

    /// The same numbers as tables of a model, a row a pair: the share of unrelated pairs that are less close, then the
    /// cosines after centring and after whitening with their shares.
    pub(super) fn tables(&self, model: &str) -> Vec<Table> {
        let shares = |matrix: &Matrix, a: usize, b: usize| matrix[a][b].map(|percentile| percentile / 100.0);
        let less_close = |vector: &SentenceVector| {
            ValueColumn::new(
                Column::new(format!("{vector}_less_close"), format!("{vector}, less close")),
                Quantity::Share,
            )
        };
        let cosine = |vector: &SentenceVector| ValueColumn::new(vector.to_string(), Quantity::Cosine);
        let vectors = || self.entries.iter().map(|(vector, _)| vector);
        let mut tables = vec![self.pairs_table(
            format!("How many unrelated pairs are less close, {model}"),
            vectors().map(less_close).collect(),
            |a, b| self.calibrated().map(|of| of.and_then(|of| shares(&of.percentile, a, b))).collect(),
        )];
        let stages: [(&str, Stage); 2] = [
            ("After centring", |of| Some(&of.centred)),
            ("After whitening in as many directions as are kept", |of| of.whitened.as_ref()),
        ];
        for (title, stage) in stages {
            let both = |of: Option<&CalibratedEntry>, a: usize, b: usize| match of.and_then(stage) {
                Some(ranked) => [ranked.cosine[a][b], shares(&ranked.percentile, a, b)],
                None => [None, None],
            };
            if self.calibrated().flatten().any(|of| stage(of).is_some()) {
                tables.push(self.pairs_table(
                    format!("{title}, {model}"),
                    vectors().flat_map(|vector| [cosine(vector), less_close(vector)]).collect(),
                    |a, b| self.calibrated().flat_map(|of| both(of, a, b)).collect(),
                ));
            }
        }
        tables
    }

    fn pairs_table(
        &self,
        title: String,
        measures: Vec<ValueColumn>,
        row: impl Fn(usize, usize) -> Vec<Option<f32>>,
    ) -> Table {
        let row = |(a, b): (usize, usize)| TableRow {
            keys: vec![Key::Number(a + 1), Key::Number(b + 1)],
            cells: Vec::new(),
            measures: row(a, b),
        };
        Table { title, keys: Column::all(["a", "b"]), cells: None, measures, rows: self.pairs().map(row).collect() }
    }

    fn background_sentences(&self) -> usize {
        self.calibrated().flatten().map(|calibrated| calibrated.sentences).max().unwrap_or(0)
    }

    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let count = self.sentences;
        (0..count).flat_map(move |a| (a + 1..count).map(move |b| (a, b)))
    }

    fn calibrated(&self) -> impl Iterator<Item = Option<&CalibratedEntry>> {
        self.entries.iter().map(|(_, entry)| match &entry.outcome {
            Outcome::Calibrated(calibrated) => Some(calibrated),
            Outcome::Not { .. } => None,
        })
    }

    /// A line a pair.
    fn block(&self, text: &mut String, cell: impl Fn(&CalibratedEntry, usize, usize) -> Option<String>) {
        for (a, b) in self.pairs() {
            self.line(text, &format!("{:>3} {:>3}", a + 1, b + 1), |of| cell(of, a, b));
        }
    }

    fn line(&self, text: &mut String, name: &str, cell: impl Fn(&CalibratedEntry) -> Option<String>) {
        let width = column_width(self.entries.iter().map(|(vector, _)| *vector));
        let _ = write!(text, "{name:<7}");
        for calibrated in self.calibrated() {
            let _ = write!(text, "{:>width$}", calibrated.and_then(&cell).unwrap_or("–".to_owned()));
        }
        text.push('\n');
    }
}

impl CalibratedEntry {
    fn new(calibration: &Calibration, cosines: &CalibratedCosines, withheld: &dyn Fn(usize, usize) -> bool) -> Self {
        let measure = |cosines: &Cosines, unrelated: &Unrelated| StepEntry {
            cosine: matrix(cosines, |_, _, cosine| Some(cosine)),
            percentile: matrix(cosines, |a, b, cosine| {
                let percentile = if withheld(a, b) { None } else { unrelated.percentile(cosine) };
                percentile.map(|percentile| percentile as f32)
            }),
        };
        Self {
            sentences: calibration.sentences(),
            percentile: measure(&cosines.raw, calibration.raw()).percentile,
            centred: measure(&cosines.centred, calibration.centred()),
            kept: calibration.directions(),
            whitened: cosines.whitened.as_ref().map(|cosines| measure(cosines, calibration.whitened())),
        }
    }
}

/// How wide a column of a table is that is headed by one of these, with blanks before it.
pub(super) fn column_width(vectors: impl Iterator<Item = SentenceVector>) -> usize {
    vectors.map(|vector| vector.to_string().len() + 2).max().unwrap_or(0).max(12)
}

impl StepEntry {
    fn cell(&self, a: usize, b: usize) -> Option<String> {
        let (cosine, percentile) = (self.cosine[a][b]?, self.percentile[a][b]);
        Some(format!("{cosine:.3} {:>4}", percentile.map_or("–".to_owned(), percent)))
    }
}

fn matrix(cosines: &Cosines, value: impl Fn(usize, usize, f32) -> Option<f32>) -> Matrix {
    let sentences = 0..cosines.len();
    let cell = |a, b| cosines.get(a, b).and_then(|cosine| value(a, b, cosine));
    sentences.clone().map(|a| sentences.clone().map(|b| cell(a, b)).collect()).collect()
}

/// A percentile without decimals; never none or all of them, for they are a sample.
fn percent(percentile: f32) -> String {
    match percentile {
        ..1.0 => "<1".to_owned(),
        99.0.. => ">99".to_owned(),
        _ => format!("{percentile:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_none_or_all() {
        for (percentile, text) in [
            (0.0, "<1"),
            (0.01, "<1"),
            (1.0, "1"),
            (38.4, "38"),
            (98.9, "99"),
            (99.3, ">99"),
            (99.99, ">99"),
            (100.0, ">99"),
        ] {
            assert_eq!(percent(percentile), text, "{percentile}");
        }
    }
}

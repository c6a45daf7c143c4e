//! How close sentences are in comparison with unrelated ones: what stands below the table of similarities, and beside
//! the cosines in JSON.

mod text;

pub(super) use text::{column_width, percent};

use serde::Serialize;

use crate::{
    analysis::{
        CalibratedCosines, Calibration, Calibrations, Column, Cosines, Key, Quantity, SentenceVector, Table, TableRow,
        Unrelated, ValueColumn,
    },
    messages::message,
};

/// Every pair of some sentences, calibrated, under every kind of vector.
#[derive(Debug)]
pub struct CalibratedSimilarities {
    sentences: usize,
    /// The names of the backgrounds and how many sentences each has.
    backgrounds: Vec<(String, usize)>,
    /// The place of each pair's background among them, `[sentence][sentence]`.
    of_pair: Vec<Vec<Option<usize>>>,
    /// Why some pairs have none, each in a sentence.
    notes: Vec<String>,
    entries: Vec<(SentenceVector, Entry)>,
}

/// Unrelated sentences, and what their vectors look like.
pub struct MeasuredBackground {
    /// `en`, `zh`, or a file.
    pub name: String,
    /// How many sentences it has.
    pub sentences: usize,
    /// Under each kind of vector.
    pub calibrations: Calibrations,
}

/// Under one kind of vector.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    backgrounds: Vec<BackgroundEntry>,
    percentile: Matrix,
    centred: StepEntry,
    whitened: Option<StepEntry>,
}

/// A background under one kind of vector.
#[derive(Debug, Serialize)]
struct BackgroundEntry {
    name: String,
    /// How many sentences have such a vector, and how many directions whitening keeps; or why there is no calibration.
    #[serde(flatten)]
    outcome: CalibrationOutcome,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum CalibrationOutcome {
    Calibrated { sentences: usize, kept: usize },
    Not { reason: String },
}

#[derive(Debug, Serialize)]
struct StepEntry {
    cosine: Matrix,
    percentile: Matrix,
}

/// `[sentence, sentence]`; none where a sentence has no such vector, or the pair no background.
type Matrix = Vec<Vec<Option<f32>>>;

/// What a calibration says after one of its steps; none where that step was not possible.
type StepOf = fn(&Entry) -> Option<&StepEntry>;

impl CalibratedSimilarities {
    /// Of vectors `[vector][sentence][hidden]`: each pair against the background whose place `of_pair` gives; a pair
    /// without one has no calibrated number, and `notes` say why.
    pub fn new(
        backgrounds: &[MeasuredBackground],
        of_pair: impl Fn(usize, usize) -> Option<usize>,
        notes: Vec<String>,
        vectors: &[(SentenceVector, Vec<Option<Vec<f32>>>)],
    ) -> Self {
        let sentences = vectors.first().map_or(0, |(_, vectors)| vectors.len());
        let of_pair: Vec<Vec<Option<usize>>> =
            (0..sentences).map(|a| (0..sentences).map(|b| of_pair(a, b)).collect()).collect();
        let entry = |(vector, vectors): &(_, Vec<_>)| (*vector, Entry::new(*vector, vectors, backgrounds, &of_pair));
        let entries = vectors.iter().map(entry).collect();
        let backgrounds = backgrounds.iter().map(|of| (of.name.clone(), of.sentences)).collect();
        Self { sentences, backgrounds, of_pair, notes, entries }
    }

    /// What JSON says of one kind of vector.
    pub(super) fn entry(&self, vector: SentenceVector) -> Option<&Entry> {
        self.entries.iter().find(|(kind, _)| *kind == vector).map(|(_, entry)| entry)
    }

    /// The name of each pair's background, `[sentence, sentence]`.
    pub(super) fn background_names(&self) -> Vec<Vec<Option<&str>>> {
        let name = |at: &Option<usize>| at.map(|at| self.backgrounds[at].0.as_str());
        self.of_pair.iter().map(|row| row.iter().map(name).collect()).collect()
    }

    /// What the tables are made against; of two models that of the first serves both.
    pub fn background(&self) -> Option<String> {
        let one = |(name, count): &(String, usize)| message!("export-background", name = name, count = count);
        let all: Vec<String> = self.backgrounds.iter().map(one).collect();
        (!all.is_empty()).then(|| all.join("; "))
    }

    /// The kinds of vectors under which no pair of different sentences has a percentile below this, and how many pairs have
    /// one; 0..=100.
    pub fn all_beyond(&self, percentile: f32) -> Vec<(SentenceVector, usize)> {
        let beyond = |(vector, of): &(SentenceVector, Entry)| {
            let found: Vec<f32> = self.pairs().filter_map(|(a, b)| of.percentile[a][b]).collect();
            let all = !found.is_empty() && found.iter().all(|found| *found >= percentile);
            all.then_some((*vector, found.len()))
        };
        self.entries.iter().filter_map(beyond).collect()
    }

    /// Why some pairs have no percentile.
    pub(super) fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The same numbers as tables of a model, a row a pair: the share of unrelated pairs that are less close, then the
    /// cosines after centring and after whitening with their shares. Each pair's background is named.
    pub(super) fn tables(&self, model: &str) -> Vec<Table> {
        let shares = |matrix: &Matrix, a: usize, b: usize| matrix[a][b].map(|percentile| percentile / 100.0);
        let less_close = |vector: &SentenceVector| {
            ValueColumn::new(
                Column::new(
                    format!("{vector}_less_close"),
                    message!("export-less-close-column", vector = vector.to_string()),
                ),
                Quantity::Share,
            )
        };
        let cosine = |vector: &SentenceVector| ValueColumn::new(vector.to_string(), Quantity::Cosine);
        let vectors = || self.entries.iter().map(|(vector, _)| vector);
        let mut tables = vec![self.pairs_table(
            message!("export-less-close-title", model = model),
            vectors().map(less_close).collect(),
            |a, b| self.of_each().map(|of| shares(&of.percentile, a, b)).collect(),
        )];
        let steps: [(String, StepOf); 2] = [
            (message!("export-centred-title", model = model), |of| Some(&of.centred)),
            (message!("export-whitened-title", model = model), |of| of.whitened.as_ref()),
        ];
        for (title, step) in steps {
            let both = |of: &Entry, a: usize, b: usize| match step(of) {
                Some(ranked) => [ranked.cosine[a][b], shares(&ranked.percentile, a, b)],
                None => [None, None],
            };
            if self.of_each().any(|of| step(of).is_some()) {
                tables.push(self.pairs_table(
                    title,
                    vectors().flat_map(|vector| [cosine(vector), less_close(vector)]).collect(),
                    |a, b| self.of_each().flat_map(|of| both(of, a, b)).collect(),
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
        let background = |a: usize, b: usize| self.of_pair[a][b].map_or("", |at| &self.backgrounds[at].0);
        let row = |(a, b): (usize, usize)| TableRow {
            keys: vec![Key::Number(a + 1), Key::Number(b + 1), Key::Text(background(a, b).to_owned())],
            cells: Vec::new(),
            measures: row(a, b),
        };
        Table {
            title,
            keys: Column::all(["a", "b", "background"]),
            cells: None,
            measures,
            rows: self.pairs().map(row).collect(),
        }
    }

    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let count = self.sentences;
        (0..count).flat_map(move |a| (a + 1..count).map(move |b| (a, b)))
    }

    /// Under each kind of vector.
    fn of_each(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().map(|(_, entry)| entry)
    }
}

impl Entry {
    fn new(
        vector: SentenceVector,
        vectors: &[Option<Vec<f32>>],
        backgrounds: &[MeasuredBackground],
        of_pair: &[Vec<Option<usize>>],
    ) -> Self {
        let known = backgrounds.iter().map(|background| background.calibrations.get(vector));
        let known: Vec<Result<(&Calibration, CalibratedCosines), _>> =
            known.map(|known| known.map(|calibration| (calibration, calibration.of_all(vectors)))).collect();
        // What a pair's own background makes of it.
        let matrix = |value: &dyn Fn(&Calibration, &CalibratedCosines, usize, usize) -> Option<f32>| -> Matrix {
            let cell = |(a, row): (usize, &Vec<Option<usize>>)| {
                let cell = |(b, at): (usize, &Option<usize>)| {
                    let (calibration, cosines) = known[(*at)?].as_ref().ok()?;
                    value(calibration, cosines, a, b)
                };
                row.iter().enumerate().map(cell).collect()
            };
            of_pair.iter().enumerate().map(cell).collect()
        };
        let step = |of: fn(&CalibratedCosines) -> Option<&Cosines>, unrelated: fn(&Calibration) -> &Unrelated| {
            let rank = |calibration: &Calibration, cosine| Some(unrelated(calibration).percentile(cosine)? as f32);
            StepEntry {
                cosine: matrix(&|_, cosines, a, b| of(cosines)?.get(a, b)),
                percentile: matrix(&|calibration, cosines, a, b| rank(calibration, of(cosines)?.get(a, b)?)),
            }
        };
        let is_whitened = known.iter().flatten().any(|(_, cosines)| cosines.whitened.is_some());
        Self {
            percentile: step(|cosines| Some(&cosines.raw), Calibration::raw).percentile,
            centred: step(|cosines| Some(&cosines.centred), Calibration::centred),
            whitened: is_whitened.then(|| step(|cosines| cosines.whitened.as_ref(), Calibration::whitened)),
            backgrounds: backgrounds.iter().zip(&known).map(|(background, known)| background.entry(known)).collect(),
        }
    }
}

impl MeasuredBackground {
    fn entry(&self, known: &Result<(&Calibration, CalibratedCosines), impl ToString>) -> BackgroundEntry {
        let outcome = match known {
            Ok((calibration, _)) => {
                CalibrationOutcome::Calibrated { sentences: calibration.sentences(), kept: calibration.directions() }
            }
            Err(reason) => CalibrationOutcome::Not { reason: reason.to_string() },
        };
        BackgroundEntry { name: self.name.clone(), outcome }
    }
}

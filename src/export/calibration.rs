//! How close sentences are in comparison with unrelated ones: what stands below the table of similarities, and beside
//! the cosines in JSON.

use std::fmt::Write;

use serde::Serialize;

use crate::{
    analysis::{CalibratedCosines, Calibration, Calibrations, Cosines, SentenceVector, Unrelated},
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
    Calibrated(Calibrated),
    Not { reason: String },
}

#[derive(Debug, Serialize)]
struct Calibrated {
    /// Of the background.
    sentences: usize,
    percentile: Matrix,
    centred: Measure,
    /// How many directions whitening keeps.
    kept: usize,
    whitened: Option<Measure>,
}

#[derive(Debug, Serialize)]
struct Measure {
    cosine: Matrix,
    percentile: Matrix,
}

/// `[sentence, sentence]`; none where a sentence has no such vector.
type Matrix = Vec<Vec<Option<f32>>>;

impl CalibratedSimilarities {
    /// Of vectors `[vector][sentence][hidden]`, against a background by its name.
    pub fn new(
        background: &str,
        calibrations: &Calibrations,
        vectors: &[(SentenceVector, Vec<Option<Vec<f32>>>)],
    ) -> Self {
        let entry = |(vector, vectors): &(SentenceVector, Vec<Option<Vec<f32>>>)| {
            let outcome = match calibrations.get(*vector) {
                Ok(calibration) => Outcome::Calibrated(Calibrated::new(calibration, &calibration.of_all(vectors))),
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
    pub fn table(&self) -> String {
        let Some((_, Entry { background, .. })) = self.entries.first() else { return String::new() };
        let sentences = self.calibrated().flatten().map(|calibrated| calibrated.sentences).max().unwrap_or(0);
        let background = printable(background);
        let mut text =
            format!("\nOf 100 unrelated pairs ({background}, {sentences} sentences), so many are less close:\n");
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

    fn calibrated(&self) -> impl Iterator<Item = Option<&Calibrated>> {
        self.entries.iter().map(|(_, entry)| match &entry.outcome {
            Outcome::Calibrated(calibrated) => Some(calibrated),
            Outcome::Not { .. } => None,
        })
    }

    /// A line a pair.
    fn block(&self, text: &mut String, cell: impl Fn(&Calibrated, usize, usize) -> Option<String>) {
        for (a, b) in (0..self.sentences).flat_map(|a| (a + 1..self.sentences).map(move |b| (a, b))) {
            self.line(text, &format!("{:>3} {:>3}", a + 1, b + 1), |of| cell(of, a, b));
        }
    }

    fn line(&self, text: &mut String, name: &str, cell: impl Fn(&Calibrated) -> Option<String>) {
        let width = column_width(self.entries.iter().map(|(vector, _)| *vector));
        let _ = write!(text, "{name:<7}");
        for calibrated in self.calibrated() {
            let _ = write!(text, "{:>width$}", calibrated.and_then(&cell).unwrap_or("–".to_owned()));
        }
        text.push('\n');
    }
}

impl Calibrated {
    fn new(calibration: &Calibration, cosines: &CalibratedCosines) -> Self {
        let measure = |cosines: &Cosines, unrelated: &Unrelated| Measure {
            cosine: matrix(cosines, Some),
            percentile: matrix(cosines, |cosine| unrelated.percentile(cosine).map(|percentile| percentile as f32)),
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

impl Measure {
    fn cell(&self, a: usize, b: usize) -> Option<String> {
        let (cosine, percentile) = (self.cosine[a][b]?, self.percentile[a][b]);
        Some(format!("{cosine:.3} {:>4}", percentile.map_or("–".to_owned(), percent)))
    }
}

fn matrix(cosines: &Cosines, value: impl Fn(f32) -> Option<f32>) -> Matrix {
    let sentences = 0..cosines.len();
    sentences.clone().map(|a| sentences.clone().map(|b| cosines.get(a, b).and_then(&value)).collect()).collect()
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

//! What a calibration says, for reading in a terminal.

use std::fmt::Write;

use super::{CalibratedSimilarities, CalibrationOutcome, Entry, StepEntry};
use crate::{
    analysis::{SentenceVector, narrow_cosine},
    messages::message,
    printable::printable,
};

impl CalibratedSimilarities {
    /// For reading, in the columns of the table of cosines: where each stands among unrelated pairs, then the cosines
    /// after centring and after whitening and where those stand; at the end why some have no place. Of several backgrounds
    /// each line names its own.
    pub(in crate::export) fn text(&self) -> String {
        let mut text = String::new();
        if let Some(background) = self.background() {
            let background = printable(&background);
            let heading = match self.backgrounds.len() {
                1 => message!("export-less-close", background = background),
                _ => message!("export-less-close-each", background = background),
            };
            let _ = writeln!(text, "\n{heading}");
            self.block(&mut text, |of, a, b| of.percentile[a][b].map(percent));
            let _ = writeln!(text, "\n{}", message!("export-centred"));
            self.block(&mut text, |of, a, b| of.centred.cell(a, b));
            if self.of_each().all(|of| of.whitened.is_none()) {
                let _ = writeln!(text, "\n{}", message!("export-no-whitening"));
            } else {
                let _ = writeln!(text, "\n{}", message!("export-whitened"));
                for at in 0..self.backgrounds.len() {
                    let kept = |of: &Entry| match of.backgrounds[at].outcome {
                        CalibrationOutcome::Calibrated { kept, .. } => Some(kept.to_string()),
                        CalibrationOutcome::Not { .. } => None,
                    };
                    self.line(&mut text, "", self.name_of(at), kept);
                }
                self.block(&mut text, |of, a, b| of.whitened.as_ref()?.cell(a, b));
            }
            for (vector, entry) in &self.entries {
                for background in &entry.backgrounds {
                    if let CalibrationOutcome::Not { reason } = &background.outcome {
                        let _ = writeln!(text, "{vector}: {reason}.");
                    }
                }
            }
        }
        if !self.notes.is_empty() {
            text.push('\n');
        }
        for note in &self.notes {
            let _ = writeln!(text, "{}", printable(note));
        }
        text
    }

    /// A line for each pair that has a background.
    fn block(&self, text: &mut String, cell: impl Fn(&Entry, usize, usize) -> Option<String>) {
        for (a, b) in self.pairs() {
            if let Some(background) = self.of_pair[a][b] {
                let name = format!("{:>3} {:>3}", a + 1, b + 1);
                self.line(text, &name, self.name_of(background), |of| cell(of, a, b));
            }
        }
    }

    /// The name at the end of a line where there are several.
    fn name_of(&self, background: usize) -> &str {
        if self.backgrounds.len() < 2 { "" } else { &self.backgrounds[background].0 }
    }

    fn line(&self, text: &mut String, name: &str, background: &str, cell: impl Fn(&Entry) -> Option<String>) {
        let width = column_width(self.entries.iter().map(|(vector, _)| *vector));
        let _ = write!(text, "{name:<7}");
        for of in self.of_each() {
            let _ = write!(text, "{:>width$}", cell(of).unwrap_or("–".to_owned()));
        }
        let gap = if background.is_empty() { "" } else { "  " };
        let _ = writeln!(text, "{gap}{}", printable(background));
    }
}

/// How wide a column of a table is that is headed by one of these, with blanks before it.
pub(in crate::export) fn column_width(vectors: impl Iterator<Item = SentenceVector>) -> usize {
    vectors.map(|vector| vector.to_string().len() + 2).max().unwrap_or(0).max(12)
}

impl StepEntry {
    fn cell(&self, a: usize, b: usize) -> Option<String> {
        let (cosine, percentile) = (self.cosine[a][b]?, self.percentile[a][b]);
        Some(format!("{} {:>4}", narrow_cosine(cosine, 3, 6), percentile.map_or("–".to_owned(), percent)))
    }
}

/// A percentile without decimals; never none or all of them, for they are a sample.
pub(in crate::export) fn percent(percentile: f32) -> String {
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

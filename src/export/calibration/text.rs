//! What a calibration says, for reading in a terminal.

use std::fmt::Write;

use super::{BackgroundEntry, CalibratedSimilarities, CalibrationOutcome, Entry, StepEntry};
use crate::{
    analysis::{SentenceVector, narrow_cosine},
    messages::message,
    printable::printable,
};

impl CalibratedSimilarities {
    /// For reading, in the columns of the table of cosines under these poolings: where each stands among unrelated pairs,
    /// then the cosines after centring and after whitening and where those stand. Of several backgrounds each line names its
    /// own.
    pub(in crate::export) fn text(&self, vectors: &[SentenceVector]) -> String {
        let Some(background) = self.background() else { return String::new() };
        let background = printable(&background);
        let entries: Vec<(SentenceVector, &Entry)> =
            vectors.iter().filter_map(|&vector| Some((vector, self.entry(vector)?))).collect();
        let mut text = String::new();
        let heading = match self.backgrounds.len() {
            1 => message!("export-less-close", background = background),
            _ => message!("export-less-close-each", background = background),
        };
        let _ = writeln!(text, "\n{heading}");
        self.block(&mut text, &entries, |of, a, b| of.percentile[a][b].map(percent));
        let _ = writeln!(text, "\n{}", message!("export-centred"));
        self.block(&mut text, &entries, |of, a, b| of.centred.cell(a, b));
        if self.of_each().all(|of| of.whitened.is_none()) {
            let _ = writeln!(text, "\n{}", message!("export-no-whitening"));
        } else {
            let _ = writeln!(text, "\n{}", message!("export-whitened"));
            for at in 0..self.backgrounds.len() {
                let kept = |of: &Entry| of.backgrounds[at].kept().map(|kept| kept.to_string());
                line(&mut text, &entries, "", self.name_of(at), kept);
            }
            self.block(&mut text, &entries, |of, a, b| of.whitened.as_ref()?.cell(a, b));
        }
        text
    }

    /// Under which poolings a background cannot be used, and why some pairs have no place.
    pub(in crate::export) fn text_of_notes(&self) -> String {
        let mut text = String::new();
        for (vector, entry) in &self.entries {
            for background in &entry.backgrounds {
                if let CalibrationOutcome::Not { reason } = &background.outcome {
                    let _ = writeln!(text, "{vector}: {reason}.");
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

    /// The background of a pair, and how many sentences it has.
    pub(in crate::export) fn background_of(&self, a: usize, b: usize) -> Option<String> {
        let (name, count) = &self.backgrounds[self.of_pair[a][b]?];
        Some(message!("export-background", name = name, count = *count))
    }

    /// What is said of a pair under one pooling: how many unrelated pairs of 100 are less close, the cosine after centring and
    /// how many are less close there, the same after whitening.
    pub(in crate::export) fn cells(&self, vector: SentenceVector, a: usize, b: usize) -> [Option<String>; 5] {
        let Some(of) = self.entry(vector) else { return Default::default() };
        let cosine = |step: &StepEntry| Some(narrow_cosine(step.cosine[a][b]?, 3, 6));
        let less_close = |step: &StepEntry| step.percentile[a][b].map(percent);
        let whitened = of.whitened.as_ref();
        [
            of.percentile[a][b].map(percent),
            cosine(&of.centred),
            less_close(&of.centred),
            whitened.and_then(cosine),
            whitened.and_then(less_close),
        ]
    }

    /// In how many directions the background of a pair is whitened: one number, or one for each pooling; none where it is
    /// not.
    pub(in crate::export) fn directions_of(&self, a: usize, b: usize) -> Option<String> {
        let background = self.of_pair[a][b]?;
        let whitened = self.entries.iter().filter(|(_, of)| of.whitened.is_some());
        let kept: Vec<(SentenceVector, usize)> =
            whitened.filter_map(|(vector, of)| Some((*vector, of.backgrounds[background].kept()?))).collect();
        let (_, first) = kept.first()?;
        match kept.iter().all(|(_, kept)| kept == first) {
            true => Some(first.to_string()),
            false => Some(kept.iter().map(|(vector, kept)| format!("{vector} {kept}")).collect::<Vec<_>>().join(", ")),
        }
    }

    /// How many cells the name of a background takes at the end of a line.
    pub(in crate::export) fn name_width(&self) -> usize {
        let longest = self.backgrounds.iter().map(|(name, _)| name.chars().count() + 2).max();
        longest.filter(|_| self.backgrounds.len() > 1).unwrap_or(0)
    }

    /// A line for each pair that has a background.
    fn block(
        &self,
        text: &mut String,
        entries: &[(SentenceVector, &Entry)],
        cell: impl Fn(&Entry, usize, usize) -> Option<String>,
    ) {
        for (a, b) in self.pairs() {
            if let Some(background) = self.of_pair[a][b] {
                let name = format!("{:>3} {:>3}", a + 1, b + 1);
                line(text, entries, &name, self.name_of(background), |of| cell(of, a, b));
            }
        }
    }

    /// The name at the end of a line where there are several.
    fn name_of(&self, background: usize) -> &str {
        if self.backgrounds.len() < 2 { "" } else { &self.backgrounds[background].0 }
    }
}

fn line(
    text: &mut String,
    entries: &[(SentenceVector, &Entry)],
    name: &str,
    background: &str,
    cell: impl Fn(&Entry) -> Option<String>,
) {
    let _ = write!(text, "{name:<7}");
    for (vector, of) in entries {
        let width = column_width(*vector);
        let _ = write!(text, "{:>width$}", cell(of).unwrap_or("–".to_owned()));
    }
    let gap = if background.is_empty() { "" } else { "  " };
    let _ = writeln!(text, "{gap}{}", printable(background));
}

/// How wide a column of a table is that is headed by a kind of vector, with blanks before it.
pub(in crate::export) fn column_width(vector: SentenceVector) -> usize {
    (vector.to_string().len() + 2).max(12)
}

impl BackgroundEntry {
    /// How many directions whitening keeps.
    fn kept(&self) -> Option<usize> {
        match self.outcome {
            CalibrationOutcome::Calibrated { kept, .. } => Some(kept),
            CalibrationOutcome::Not { .. } => None,
        }
    }
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

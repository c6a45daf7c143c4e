//! Similarities for reading in a terminal.

use std::{io, ops::Range};

use super::{ComparedPair, ModelSimilarities, Similarities, closeness};
use crate::{
    analysis::SentenceVector,
    export::{
        calibration::{CalibratedSimilarities, column_width},
        columns::aligned,
        document::one_line,
        output::Output,
    },
    messages::{label, message},
    printable::printable,
};

/// The numbers of a pair.
const PAIR: usize = 7;
/// A share of unknown tokens.
const UNKNOWN: usize = 10;

impl Similarities {
    /// The sentences by number, then what each model makes of them: of one pair a line a pooling, else a line a pair.
    pub(super) fn write_text(&self, out: Output) -> io::Result<()> {
        for (row, sentence) in self.rows.texts.iter().enumerate() {
            let id = self.rows.id(row).map(|id| format!("{}  ", one_line(id))).unwrap_or_default();
            writeln!(out, "{:>3}  {id}{}", row + 1, one_line(sentence))?;
        }
        let filled: Vec<usize> = self.rows.filled().collect();
        for model in self.models() {
            if self.against.is_some() {
                writeln!(out, "\n{}", printable(&model.name))?;
            }
            match *filled {
                [a, b] => self.write_pair(model, a, b, out)?,
                _ => self.write_pairs(model, out)?,
            }
            if let Some(steps) = &model.declared {
                writeln!(out, "\n{}", message!("export-declared", steps = steps))?;
            }
            let notes = model.calibration.as_ref().map(CalibratedSimilarities::text_of_notes).unwrap_or_default();
            out.write_all(notes.as_bytes())?;
        }
        Ok(())
    }

    /// A line a pooling: how close the two are, and where that stands among unrelated pairs.
    fn write_pair(&self, model: &ModelSimilarities, a: usize, b: usize, out: Output) -> io::Result<()> {
        let calibration = model.calibration.as_ref();
        let ranked = calibration.and_then(|calibration| Some((calibration, calibration.background_of(a, b)?)));
        let mut headings = vec![String::new(), self.metric.to_string()];
        if ranked.is_some() {
            let less_close = label!("export-pair-less-close");
            let [centred, whitened] = [label!("export-pair-centred"), label!("export-pair-whitened")];
            let labels = [less_close, centred, less_close, whitened, less_close];
            headings.extend(labels.map(|label| label.text().to_owned()));
        }
        let mut lines = vec![headings];
        for (vector, vectors) in &model.vectors {
            let close = vectors.get(a, b).map(|value| closeness(self.metric).readable(Some(value), 0));
            let mut cells = vec![Some(vector.to_string()), close];
            cells.extend(ranked.iter().flat_map(|(calibration, _)| calibration.cells(*vector, a, b)));
            let cells = cells.into_iter().map(|cell| cell.unwrap_or_else(|| "–".to_owned()));
            lines.push(cells.collect());
        }
        write!(out, "\n{}", aligned(&lines, |at| at == 0))?;
        if model.unknown_of(a, b) > 0.0 {
            let share = format!("{:.1}", model.unknown_of(a, b) * 100.0);
            writeln!(out, "\n{}", message!("export-pair-unknown", share = share))?;
        }
        let Some((calibration, background)) = ranked else { return Ok(()) };
        let background = printable(&background).into_owned();
        writeln!(out, "\n{}", message!("export-pair-background", background = background))?;
        writeln!(out, "{}", label!("export-pair-centring"))?;
        match calibration.directions_of(a, b) {
            Some(directions) => writeln!(out, "{}", message!("export-pair-whitening", directions = directions)),
            None => writeln!(out, "{}", label!("export-no-whitening")),
        }
    }

    /// A line a pair; of more poolings than a line holds, some after the others.
    fn write_pairs(&self, model: &ModelSimilarities, out: Output) -> io::Result<()> {
        let marked = model.unknown.iter().any(|unknown| unknown.any());
        let widths: Vec<usize> = model.vectors.iter().map(|(vector, _)| column_width(*vector)).collect();
        let names = model.calibration.as_ref().map_or(0, CalibratedSimilarities::name_width);
        let beside = PAIR + if marked { UNKNOWN.max(names) } else { names };
        for poolings in groups(&widths, self.width.saturating_sub(beside)) {
            let widths = &widths[poolings.clone()];
            write!(out, "\n{:<PAIR$}", self.metric)?;
            for ((vector, _), width) in model.vectors[poolings.clone()].iter().zip(widths) {
                write!(out, "{:>width$}", vector.to_string())?;
            }
            if marked {
                write!(out, "{:>UNKNOWN$}", label!("export-unknown"))?;
            }
            writeln!(out)?;
            for ComparedPair { a, b, values } in self.pairs_under(model, poolings.clone()) {
                write!(out, "{:>3} {:>3}", a + 1, b + 1)?;
                for (value, width) in values.into_iter().zip(widths) {
                    let value = closeness(self.metric).readable(value, 0);
                    write!(out, "{value:>width$}")?;
                }
                if marked {
                    write!(out, "{:>8.1} %", model.unknown_of(a, b) * 100.0)?;
                }
                writeln!(out)?;
            }
            let vectors: Vec<SentenceVector> = model.vectors[poolings].iter().map(|(vector, _)| *vector).collect();
            let calibrated = model.calibration.as_ref().map(|calibration| calibration.text(&vectors));
            out.write_all(calibrated.unwrap_or_default().as_bytes())?;
        }
        Ok(())
    }
}

/// Columns of these widths, as many at a time as a line of `room` cells holds; one at least.
fn groups(widths: &[usize], room: usize) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    let mut used = 0;
    for (at, width) in widths.iter().enumerate() {
        match groups.last_mut() {
            Some(group) if used + width <= room => {
                group.end = at + 1;
                used += width;
            }
            _ => {
                groups.push(at..at + 1);
                used = *width;
            }
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_as_many_columns_as_fit() {
        let widths = [12, 12, 13, 12];
        assert_eq!(groups(&widths, 49), std::slice::from_ref(&(0..4)));
        assert_eq!(groups(&widths, 48), [0..3, 3..4]);
        assert_eq!(groups(&widths, 24), [0..2, 2..3, 3..4]);
        assert_eq!(groups(&widths, 5), [0..1, 1..2, 2..3, 3..4]);
        assert!(groups(&[], 5).is_empty());
    }
}

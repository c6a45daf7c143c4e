use super::super::{AttentionOptions, AttentionRow, Granularity, Measure, MeasuredTrace, Units, attention_row};
use crate::bert::Trace;

/// What the vector of one unit is made of behind a layer, in shares of it: they add up to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SourceShares {
    /// Of the unit itself.
    pub own: f32,
    /// Of the words, itself aside.
    pub words: f32,
    /// Of punctuation and other signs, itself aside.
    pub signs: f32,
    /// Of the specials that the tokenizer has added, itself aside.
    pub specials: f32,
    /// Of no token: the biases.
    pub biases: f32,
    /// How evenly the words share: the entropy of their shares over the log of their number, 1 where all have the same. None for fewer
    /// than two words.
    pub evenness: Option<f32>,
    /// The same without the unit itself.
    pub evenness_of_others: Option<f32>,
    /// The unit that has the largest share, whatever its sign.
    pub largest: usize,
}

/// What a unit of a sentence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitKind {
    /// A letter or a digit is in it.
    Word,
    /// It has none: a stop, a comma, an emoji.
    Sign,
    /// The tokenizer has added it.
    Special,
}

/// What each unit is, `[unit]`.
pub fn unit_kinds(trace: &Trace, units: &Units) -> Vec<UnitKind> {
    let kind = |unit| match () {
        () if units.is_special(unit) => UnitKind::Special,
        () if units.text(trace, unit).chars().any(char::is_alphanumeric) => UnitKind::Word,
        () => UnitKind::Sign,
    };
    (0..units.len()).map(kind).collect()
}

impl SourceShares {
    /// Of one unit behind a layer, from 0, under a measure that is [there](MeasuredTrace::has); in words.
    pub fn new(trace: &MeasuredTrace, units: &Units, measure: Measure, layer: usize, unit: usize) -> Self {
        let options = AttentionOptions { measure, granularity: Granularity::Words, ..AttentionOptions::default() };
        Self::of_row(&attention_row(trace, units, layer, unit, options), &unit_kinds(trace, units), unit)
    }

    fn of_row(row: &AttentionRow, kinds: &[UnitKind], unit: usize) -> Self {
        let of = |kind: UnitKind| {
            let shares = row.weights.iter().zip(kinds).enumerate();
            shares.filter(move |(at, (_, of))| *at != unit && **of == kind).map(|(_, (share, _))| *share).sum()
        };
        let words = |other_than: Option<usize>| -> Vec<f32> {
            let shares = row.weights.iter().zip(kinds).enumerate();
            let words = shares.filter(|(at, (_, kind))| **kind == UnitKind::Word && Some(*at) != other_than);
            words.map(|(_, (share, _))| *share).collect()
        };
        let sizes = row.weights.iter().map(|share| share.abs()).enumerate();
        Self {
            own: row.weights[unit],
            words: of(UnitKind::Word),
            signs: of(UnitKind::Sign),
            specials: of(UnitKind::Special),
            biases: row.biases.unwrap_or(0.0),
            evenness: evenness(&words(None)),
            evenness_of_others: evenness(&words(Some(unit))),
            largest: sizes.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map_or(unit, |(at, _)| at),
        }
    }
}

/// The entropy of shares, of their sizes where they are signed, over the log of their number.
fn evenness(shares: &[f32]) -> Option<f32> {
    let spread = super::super::effective_tokens(shares);
    (shares.len() > 1 && spread > 0.0).then(|| spread.ln() / (shares.len() as f32).ln())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_told_apart_and_add_up() {
        use UnitKind::{Sign, Special, Word};
        let row = AttentionRow {
            weights: vec![0.3, 0.2, 0.2, -0.1, 0.25],
            biases: Some(0.15),
            hidden: 0.0,
            effective_tokens: 0.0,
        };
        let found = SourceShares::of_row(&row, &[Special, Word, Word, Sign, Special], 1);
        assert_eq!((found.own, found.words, found.signs, found.biases, found.largest), (0.2, 0.2, -0.1, 0.15, 0));
        assert!((found.specials - 0.55).abs() < 1e-6);
        assert!((found.evenness.unwrap() - 1.0).abs() < 1e-6, "two words of the same share");
        assert_eq!(found.evenness_of_others, None);
        assert_eq!(evenness(&[0.5, 0.0, 0.0]).map(|it| it.abs() < 1e-6), Some(true));
    }
}

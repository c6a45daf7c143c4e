use super::{
    super::{AttentionOptions, Granularity, Measure, MeasuredTrace, Units, attention_row},
    MixedShares, MixedVector,
};
use crate::bert::Trace;

/// What a vector is made of behind a layer, in shares of it: they add up to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SourceShares {
    /// Of the unit itself; 0 of a mean and of the pooler output, which are no unit's.
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
        let row = attention_row(trace, units, layer, unit, options);
        Self::of_shares(&row.weights, row.biases.unwrap_or(0.0), &unit_kinds(trace, units), Some(unit))
    }

    /// Of any vector; none where [`MixedShares`] has none of it.
    pub fn of_vector(
        trace: &MeasuredTrace,
        units: &Units,
        measure: Measure,
        layer: usize,
        vector: MixedVector,
    ) -> Option<Self> {
        if let MixedVector::Unit(unit) = vector {
            return Some(Self::new(trace, units, measure, layer, unit));
        }
        let shares = MixedShares::new(trace, units, measure, layer, vector)?;
        Some(Self::of_shares(&shares.units, shares.biases, &unit_kinds(trace, units), None))
    }

    fn of_shares(weights: &[f32], biases: f32, kinds: &[UnitKind], unit: Option<usize>) -> Self {
        let of = |kind: UnitKind| {
            let shares = weights.iter().zip(kinds).enumerate();
            shares.filter(move |(at, (_, of))| Some(*at) != unit && **of == kind).map(|(_, (share, _))| *share).sum()
        };
        let words = |other_than: Option<usize>| -> Vec<f32> {
            let shares = weights.iter().zip(kinds).enumerate();
            let words = shares.filter(|(at, (_, kind))| **kind == UnitKind::Word && Some(*at) != other_than);
            words.map(|(_, (share, _))| *share).collect()
        };
        let sizes = weights.iter().map(|share| share.abs()).enumerate();
        Self {
            own: unit.map_or(0.0, |unit| weights[unit]),
            words: of(UnitKind::Word),
            signs: of(UnitKind::Sign),
            specials: of(UnitKind::Special),
            biases,
            evenness: evenness(&words(None)),
            evenness_of_others: unit.and_then(|unit| evenness(&words(Some(unit)))),
            largest: sizes.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map_or(0, |(at, _)| at),
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
        let (weights, kinds) = ([0.3, 0.2, 0.2, -0.1, 0.25], [Special, Word, Word, Sign, Special]);
        let found = SourceShares::of_shares(&weights, 0.15, &kinds, Some(1));
        assert_eq!((found.own, found.words, found.signs, found.biases, found.largest), (0.2, 0.2, -0.1, 0.15, 0));
        assert!((found.specials - 0.55).abs() < 1e-6);
        assert!((found.evenness.unwrap() - 1.0).abs() < 1e-6, "two words of the same share");
        assert_eq!(found.evenness_of_others, None);
        let whole = SourceShares::of_shares(&weights, 0.15, &kinds, None);
        assert_eq!((whole.own, whole.words, whole.largest, whole.evenness), (0.0, 0.4, 0, found.evenness));
        assert_eq!(evenness(&[0.5, 0.0, 0.0]).map(|it| it.abs() < 1e-6), Some(true));
    }
}

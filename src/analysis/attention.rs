use std::fmt;

use super::{Lens, Units, attention_row};
use crate::bert::Trace;

/// Which heads of a layer a number speaks of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HeadChoice {
    /// The mean over all heads; still sums to 1.
    #[default]
    Mean,
    /// The largest of all heads, key by key; sums to 1 or more.
    Max,
    /// One head, counted from 0.
    One(usize),
}

impl HeadChoice {
    /// Whether several heads may be merged, so that it matters which.
    pub fn is_merged(self) -> bool {
        self.merge().is_some()
    }

    /// How several are merged: `mean`, `max`; none of a single one.
    pub fn merge(self) -> Option<&'static str> {
        match self {
            HeadChoice::Mean => Some("mean"),
            HeadChoice::Max => Some("max"),
            HeadChoice::One(_) => None,
        }
    }
}

impl fmt::Display for HeadChoice {
    /// As on screen: heads are counted from 1 there.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HeadChoice::Mean => f.write_str("mean of heads"),
            HeadChoice::Max => f.write_str("max of heads"),
            HeadChoice::One(head) => write!(f, "head {}", head + 1),
        }
    }
}

/// One unit's attention in one layer: what it looks at, or who looks at it.
#[derive(Clone, Debug, PartialEq)]
pub struct AttentionRow {
    /// `[unit]`, each in 0..=1; 0 for what is hidden. The maximum over heads in words, a sum over pieces, may exceed 1.
    pub weights: Vec<f32>,
    /// The share of all of it, in 0..=1, that is hidden with the specials.
    pub hidden: f32,
    /// How many units what is shown is spread over, see [`effective_tokens`].
    pub effective_tokens: f32,
}

impl AttentionRow {
    /// What some units get together.
    pub fn sum_of(&self, units: &[usize]) -> f32 {
        units.iter().map(|&unit| self.weights[unit]).sum()
    }
}

/// One unit's attention in every layer, as a lens shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct AttentionMap {
    /// The unit that looks or is looked at.
    pub source: usize,
    /// How it is looked at.
    pub lens: Lens,
    /// `[layer]`, from the first encoder layer.
    pub rows: Vec<AttentionRow>,
    /// The largest weight of all rows that are not faint: the top of the colour scale.
    pub largest: f32,
}

/// Reads the map of one unit off a trace.
pub fn attention_map(trace: &Trace, units: &Units, source: usize, lens: Lens) -> AttentionMap {
    let rows: Vec<AttentionRow> =
        (0..trace.layers).map(|layer| attention_row(trace, units, layer, source, lens)).collect();
    AttentionMap { source, lens, largest: largest(&rows), rows }
}

impl AttentionRow {
    /// Whether less than half a percent of its attention is left where specials are hidden. Scaled to 100 %, it would
    /// be the brightest of all, and stand for next to nothing.
    pub fn is_faint(&self) -> bool {
        self.hidden > 0.995
    }
}

/// The largest weight of some rows, the faint ones left aside: the top of their colour scale.
pub fn largest<'r>(rows: impl IntoIterator<Item = &'r AttentionRow>) -> f32 {
    let clear = rows.into_iter().filter(|row| !row.is_faint());
    clear.flat_map(|row| &row.weights).copied().fold(0.0, f32::max)
}

/// The effective number of tokens attention is spread over: exp of the entropy (in nats) of the weights
/// scaled to sum 1. 1 when all of it rests on one token, S when it is even over S tokens; NaN when a weight is.
pub fn effective_tokens(weights: &[f32]) -> f32 {
    let total: f64 = weights.iter().map(|&w| f64::from(w)).sum();
    if total.is_nan() {
        return f32::NAN;
    }
    if total <= 0.0 {
        return 0.0;
    }
    let entropy: f64 = weights.iter().map(|&w| f64::from(w) / total).filter(|&p| p > 0.0).map(|p| -p * p.ln()).sum();
    entropy.exp() as f32
}

/// The place of one weight among all, 1 being the largest; equal weights share the better place.
pub fn rank(weights: &[f32], index: usize) -> usize {
    1 + weights.iter().filter(|&&weight| weight > weights[index]).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effective_tokens_counts_what_is_looked_at() {
        assert!((effective_tokens(&[0.25; 4]) - 4.0).abs() < 1e-5);
        assert!((effective_tokens(&[0.0, 1.0, 0.0]) - 1.0).abs() < 1e-6);
        assert!((effective_tokens(&[0.5, 0.5, 0.0]) - 2.0).abs() < 1e-5);
        // The scale of the weights does not matter, so max over heads can be measured too.
        assert!((effective_tokens(&[3.0, 3.0]) - 2.0).abs() < 1e-5);
        assert_eq!(effective_tokens(&[0.0, 0.0]), 0.0);
    }

    #[test]
    fn rank_counts_the_larger_ones() {
        let weights = [0.1, 0.5, 0.2, 0.2];
        assert_eq!((0..4).map(|i| rank(&weights, i)).collect::<Vec<_>>(), [4, 1, 2, 2]);
    }
}

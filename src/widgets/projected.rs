//! Columns for a projector: the strongest, wide; the others in one.

use std::ops::Range;

use super::{
    columns::{ColumnPlace, Columns, UnitLabel},
    text::cells,
};
use crate::analysis::AttentionRow;

/// The narrowest column.
const NARROWEST: usize = 7;
/// The widest; longer tokens are cut with `…`.
const WIDEST: usize = 16;

impl Columns {
    /// The columns of rows of weights for a projector: the cursor's, the strongest of the row number `here`, and those that are strong
    /// anywhere; the others are one. With their labels.
    pub(crate) fn of_strongest(
        labels: &[UnitLabel],
        rows: &[AttentionRow],
        here: usize,
        cursor: usize,
        x: Range<u16>,
    ) -> (Self, Vec<UnitLabel>) {
        let weight = |row: usize, unit: usize| rows[row].weights[unit].abs();
        let strength = |unit: usize| (0..rows.len()).map(|row| weight(row, unit)).fold(0.0, f32::max);
        let units = labels.iter().map(|label| label.unit);
        let strongest = units.max_by(|&a, &b| weight(here, a).total_cmp(&weight(here, b)));
        let first: Vec<usize> = strongest.into_iter().chain([cursor]).collect();
        Self::strongest(labels, &first, strength, x)
    }

    /// The columns of a map that is read from afar, in the cells `x`: as many of the strongest as fit, in reading order, and behind them one
    /// for all others together. The first of `first` are in it in any case. With their labels.
    pub(crate) fn strongest(
        labels: &[UnitLabel],
        first: &[usize],
        strength: impl Fn(usize) -> f32,
        x: Range<u16>,
    ) -> (Self, Vec<UnitLabel>) {
        let width = |label: &UnitLabel| (cells(&label.text) + 3).clamp(NARROWEST, WIDEST);
        let others = UnitLabel::others();
        let whole: usize = labels.iter().map(width).sum();
        let room = if whole <= x.len() { x.len() } else { x.len().saturating_sub(width(&others)) };
        let mut order: Vec<usize> = (0..labels.len()).collect();
        let is_first = |at: &usize| first.contains(&labels[*at].unit);
        order.sort_by(|a, b| {
            let by_strength = strength(labels[*b].unit).total_cmp(&strength(labels[*a].unit));
            is_first(b).cmp(&is_first(a)).then(by_strength)
        });
        let mut used = 0;
        let mut chosen: Vec<usize> = Vec::new();
        for at in order {
            if used + width(&labels[at]) > room {
                break;
            }
            used += width(&labels[at]);
            chosen.push(at);
        }
        chosen.sort_unstable();
        let folded: Vec<usize> =
            (0..labels.len()).filter(|at| !chosen.contains(at)).map(|at| labels[at].unit).collect();
        let mut shown: Vec<UnitLabel> = chosen.iter().map(|&at| labels[at].clone()).collect();
        if !folded.is_empty() {
            used += width(&others);
            shown.push(others);
        }
        let spare = x.len().saturating_sub(used) / shown.len().max(1);
        let mut left = x.start;
        let place = |(at, label): (usize, &UnitLabel)| {
            let width = (width(label) + spare.min(4)) as u16;
            let place = ColumnPlace { at, unit: label.unit, x: left, width };
            left += width;
            place
        };
        let visible = shown.iter().enumerate().map(place).collect();
        (Self::folding(visible, folded), shown)
    }
}

//! Which unit of one reading is which of another.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::Units;
use crate::bert::Trace;

/// A unit of what is held and the one that takes its place in what is shown; a unit that the other side lacks stands
/// alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitPair {
    /// The unit of what is held.
    pub held: Option<usize>,
    /// The unit of what is shown.
    pub shown: Option<usize>,
}

/// Pairs the units of two readings, in reading order; every unit is in one pair.
///
/// Units that stand at the same places of the same text go together, whatever was read there. Between other texts it is
/// the longest run of equal units (whatever the case) that goes together; where as many units are replaced by others,
/// these do one by one, and what is left stands alone. Specials go with specials only.
pub(super) fn align(held: (&Trace, &Units), shown: (&Trace, &Units)) -> Vec<UnitPair> {
    if held.0.input == shown.0.input && places(held).eq(places(shown)) {
        return (0..held.1.len()).map(|unit| UnitPair { held: Some(unit), shown: Some(unit) }).collect();
    }
    let (old, new) = (keys(held), keys(shown));
    let mut pairs = Vec::with_capacity(old.len().max(new.len()));
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (a, b) = (op.old_range(), op.new_range());
        let kinds = |keys: &[(bool, String)]| keys.iter().map(|key| key.0).collect::<Vec<_>>();
        let one_by_one = match op {
            DiffOp::Equal { .. } => true,
            _ => kinds(&old[a.clone()]) == kinds(&new[b.clone()]),
        };
        if one_by_one {
            pairs.extend(a.zip(b).map(|(held, shown)| UnitPair { held: Some(held), shown: Some(shown) }));
        } else {
            pairs.extend(a.map(|unit| UnitPair { held: Some(unit), shown: None }));
            pairs.extend(b.map(|unit| UnitPair { held: None, shown: Some(unit) }));
        }
    }
    pairs
}

/// Where each unit stands: its sentence, and the bytes of that.
fn places<'t>((trace, units): (&'t Trace, &'t Units)) -> impl Iterator<Item = impl PartialEq + 't> {
    let place = |position: usize| {
        let token = &trace.tokens[position];
        (token.sentence, token.span.as_ref())
    };
    (0..units.len()).map(move |unit| (place(units.tokens(unit).start), place(units.tokens(unit).end - 1)))
}

/// What makes two units the same: being a special or not, and how they are written.
fn keys((trace, units): (&Trace, &Units)) -> Vec<(bool, String)> {
    (0..units.len()).map(|unit| (units.is_special(unit), units.text(trace, unit).to_lowercase())).collect()
}

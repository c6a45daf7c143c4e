//! Values in messages: short, and safe to print.

use crate::printable::printable;

/// As much of a value as a message shows, safe to print.
pub(super) fn short(value: &str) -> String {
    const MOST: usize = 40;
    let value = printable(value.trim());
    if value.chars().count() <= MOST {
        return value.into_owned();
    }
    value.chars().take(MOST).chain(['…']).collect()
}

pub(super) fn list(values: &[String]) -> String {
    values.iter().map(|value| short(value)).collect::<Vec<_>>().join(", ")
}

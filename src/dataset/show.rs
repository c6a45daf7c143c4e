//! Values in messages: short, and safe to print.

use crate::{
    messages::{MOST_NAMES, message},
    printable::printable,
};

/// As much of a value as a message shows, safe to print.
pub(super) fn short(value: &str) -> String {
    const MOST: usize = 40;
    let value = printable(value.trim());
    if value.chars().count() <= MOST {
        return value.into_owned();
    }
    value.chars().take(MOST).chain(['…']).collect()
}

/// The first values of a row, with a sign between, and how many there are beside them.
pub(super) fn first_values(row: &[String]) -> String {
    let values = row.iter().take(MOST_NAMES).map(|value| short(value)).collect::<Vec<_>>().join(" | ");
    match row.len().saturating_sub(MOST_NAMES) {
        0 => values,
        more => message!("messages-and-more", first = values, more = more),
    }
}

pub(super) fn list(values: &[String]) -> String {
    values.iter().map(|value| short(value)).collect::<Vec<_>>().join(", ")
}

//! The parts of a table as people read them.

use crate::{
    analysis::{Key, Quantity, Table, ValueColumn},
    export::document::one_line,
    messages::message,
};

pub(super) fn key_text(key: &Key) -> String {
    one_line(&key.read())
}

/// A measure's heading, with its unit.
pub(super) fn heading(measure: &ValueColumn) -> String {
    let unit = if measure.quantity == Quantity::Share { " %" } else { "" };
    format!("{}{unit}", one_line(&measure.column.label))
}

/// A table's title, with the unit of its cells.
pub(super) fn titled(table: &Table) -> String {
    let shares = table.cells.as_ref().is_some_and(|cells| cells.quantity == Quantity::Share);
    let title = one_line(&table.title);
    if shares { message!("export-in-percent", title = title) } else { title }
}

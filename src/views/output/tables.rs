//! The numbers behind what the heads say.

use super::OutputSection;
use crate::analysis::{Column, Key, Quantity, Table, TableRow, ValueColumn};

/// The scores of a section, and those without ablations where something is ablated.
pub(super) fn table(section: &OutputSection) -> Table {
    let has_before = section.rows.iter().any(|row| row.before.is_some());
    let mut measures = vec![ValueColumn::new("score", Quantity::Number)];
    if has_before {
        measures.extend(["before", "change"].map(|id| ValueColumn::new(id, Quantity::Number)));
    }
    let row = |row: &super::OutputRow| {
        let mut numbers = vec![Some(row.score)];
        if has_before {
            numbers.extend([row.before, row.before.map(|before| row.score - before)]);
        }
        let keys = vec![Key::Text(section.head.id().to_owned()), Key::Text(row.name.clone())];
        TableRow { keys, cells: Vec::new(), measures: numbers }
    };
    Table {
        title: section.title.clone(),
        keys: Column::all(["head", "name"]),
        cells: None,
        measures,
        rows: section.rows.iter().map(row).collect(),
    }
}

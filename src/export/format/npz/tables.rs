//! Tables as a numpy archive.

use std::io::Cursor;

use ndarray_npy::NpzWriter;

use super::view::view;
use crate::{
    analysis::{Key, Table, TableRow},
    export::{document::Tables, error::WriteError, output::Output},
};

/// Of each table the cells `[row, column]` and every measure `[row]` as f32, NaN where there is no number, and every
/// key that is a number `[row]` as i64. Names are those of the JSON in small letters, digits and `_` (`to_sep`); of
/// several tables they begin with `table_1_`, `table_2_`, ...
pub(in crate::export::format) fn write(tables: &dyn Tables, out: Output) -> Result<(), WriteError> {
    let document = tables.document();
    let mut npz = NpzWriter::new(Cursor::new(Vec::new()));
    for (at, table) in document.tables.iter().enumerate() {
        let prefix = if document.tables.len() > 1 { format!("table_{}_", at + 1) } else { String::new() };
        let named = |name: &str| format!("{prefix}{}", identifier(name));
        let count = table.rows.len();
        for (at, key) in table.keys.iter().enumerate() {
            if let Some(numbers) = numbers(table, at) {
                npz.add_array(named(&key.id), &view(&numbers, count)?)?;
            }
        }
        if let Some(cells) = &table.cells {
            let values: Vec<f32> = table.rows.iter().flat_map(|row| row.cells.iter().map(number)).collect();
            npz.add_array(named(cells.id), &view(&values, (count, cells.columns.len()))?)?;
        }
        for (at, measure) in table.measures.iter().enumerate() {
            let values: Vec<f32> = table.rows.iter().map(|row| number(&row.measures[at])).collect();
            npz.add_array(named(&measure.column.id), &view(&values, count)?)?;
        }
    }
    Ok(out.write_all(npz.finish()?.get_ref())?)
}

fn number(value: &Option<f32>) -> f32 {
    value.unwrap_or(f32::NAN)
}

/// A key of all rows; none when it is not a number in each.
fn numbers(table: &Table, at: usize) -> Option<Vec<i64>> {
    let number = |row: &TableRow| match &row.keys[at] {
        Key::Number(number) => i64::try_from(*number).ok(),
        Key::Text(_) | Key::Named { .. } => None,
    };
    table.rows.iter().map(number).collect()
}

/// `to [SEP]` as `to_sep`.
fn identifier(name: &str) -> String {
    let small = name.to_ascii_lowercase();
    let words = small.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_")
}

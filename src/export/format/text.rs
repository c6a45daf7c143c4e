//! Tables for reading in a terminal.

use std::ops::Range;

use super::readable::{heading, key_text, titled};
use crate::{
    analysis::Table,
    export::{
        columns::aligned,
        document::{Document, Tables, one_line},
        error::WriteError,
        output::Output,
    },
};

/// In the layout of the document's own, or else the usual one.
pub(super) fn write(tables: &dyn Tables, out: Output) -> Result<(), WriteError> {
    Ok(tables.text(&mut *out).unwrap_or_else(|| out.write_all(text(&tables.document()).as_bytes()))?)
}

/// What the tables are about in a line, then each under its title; shares in percent. A table with more columns of cells
/// than rows stands on its side, a line a column.
fn text(document: &Document) -> String {
    let about: Vec<String> =
        document.about.iter().map(|(name, value)| format!("{name}: {}", one_line(value))).collect();
    let tables = document.tables.iter().map(|table| format!("{}\n\n{}", titled(table), block(table)));
    let about = (!about.is_empty()).then(|| format!("{}\n", about.join(" · ")));
    about.into_iter().chain(tables).collect::<Vec<_>>().join("\n")
}

fn block(table: &Table) -> String {
    let keys = table.telling_keys();
    let columns = table.cells.as_ref().map_or(0, |cells| cells.columns.len());
    let lines = lines(table, &keys);
    if columns > table.rows.len() {
        let mut lines = transposed(&lines);
        // What is right of it, not below it.
        lines.iter_mut().take(keys.len()).filter_map(|line| line.first_mut()).for_each(|name| name.push_str(" →"));
        // The measures stand apart, as they count something else.
        lines.insert(keys.len() + columns, Vec::new());
        aligned(&lines, |at| at < 1)
    } else {
        aligned(&lines, |at| at < keys.len())
    }
}

/// The heading and the rows: some keys, all cells, the measures that some row has, each with its interval.
fn lines(table: &Table, keys: &[usize]) -> Vec<Vec<String>> {
    let cells = table.cells.iter().flat_map(|cells| cells.columns.iter().map(|name| one_line(name)));
    let measures = measures(table);
    let headings = measures.iter().map(|measure| heading(&table.measures[measure.start]));
    let first = keys.iter().map(|&at| table.keys[at].label.to_string()).chain(cells).chain(headings).collect();
    let rows = table.rows.iter().map(|row| {
        let keys = keys.iter().map(|&at| key_text(&row.keys[at]));
        let quantity = table.cells.as_ref().map(|cells| cells.quantity);
        let cells = row.cells.iter().zip(quantity.into_iter().cycle()).map(|(&value, of)| of.readable(value, 2));
        let measures = measures.iter().map(|measure| {
            let read = |at: usize| table.measures[at].quantity.readable(row.measures[at], 2);
            let has_interval = measure.len() == 3 && row.measures[measure.start + 1].is_some();
            let [value, low, high] = [0, 1, 2].map(|of| read((measure.start + of).min(measure.end - 1)));
            if has_interval { format!("{value} [{low}, {high}]") } else { value }
        });
        keys.chain(cells).chain(measures).collect()
    });
    std::iter::once(first).chain(rows).collect()
}

/// The columns of each measure that some row has: one, or three where the ends of its interval follow it.
fn measures(table: &Table) -> Vec<Range<usize>> {
    let id = |at: usize| table.measures.get(at).map_or("", |measure| &measure.column.id);
    let mut found = Vec::new();
    let mut at = 0;
    while at < table.measures.len() {
        let is_interval = [(1, "low"), (2, "high")].iter().all(|(by, end)| id(at + by) == format!("{}_{end}", id(at)));
        let measure = at..at + if is_interval { 3 } else { 1 };
        at = measure.end;
        if table.rows.iter().any(|row| row.measures[measure.start].is_some()) {
            found.push(measure);
        }
    }
    found
}

fn transposed(lines: &[Vec<String>]) -> Vec<Vec<String>> {
    let count = lines.first().map_or(0, Vec::len);
    (0..count).map(|at| lines.iter().map(|line| line[at].clone()).collect()).collect()
}

//! The numbers behind the sentences.

use crate::{
    analysis::{Cells, Column, Pooling, Quantity, Table, TableRow, ValueColumn},
    messages::{label, message},
    state::{
        ListState,
        list::{key_columns, keys, unknown, unknown_column},
    },
};

/// Matrices of more sentences are left to `clscope similarity --file`.
const MOST_IN_A_TABLE: usize = 200;

/// The matrices under both poolings, the neighbours of the sentence under the cursor, and the disagreements.
pub(super) fn tables(list: &ListState) -> Vec<Table> {
    if !list.is_arranged() || list.is_empty() {
        return Vec::new();
    }
    let sides = if list.lines().len() <= MOST_IN_A_TABLE { 0..2 } else { 0..0 };
    sides.map(|side| matrix(list, side)).chain([neighbours(list)]).chain(disagreements(list)).collect()
}

/// The cosines under a pooling, rows and columns in the order shown.
fn matrix(list: &ListState, side: usize) -> Table {
    let pooling = list.poolings()[side];
    let column = |&line: &usize| format!("{} {}", line + 1, list.lines()[line].text);
    let row = |&line: &usize| TableRow {
        keys: keys(list, line),
        cells: list.rows().iter().map(|&other| list.cosine(side, line, other)).collect(),
        measures: vec![unknown(list, [line])],
    };
    Table {
        title: message!("sentences-table", pooling = pooling.name()),
        keys: key_columns(),
        cells: Some(Cells {
            id: "cosines",
            quantity: Quantity::Cosine,
            columns: list.rows().iter().map(column).collect(),
        }),
        measures: vec![unknown_column()],
        rows: list.rows().iter().map(row).collect(),
    }
}

/// How close every other is to the one under the cursor.
fn neighbours(list: &ListState) -> Table {
    let others = list.rows().iter().filter(|&&line| line != list.line());
    let row = |&other: &usize| TableRow {
        keys: keys(list, other),
        cells: Vec::new(),
        measures: (0..2).map(|side| list.cosine(side, list.line(), other)).chain([unknown(list, [other])]).collect(),
    };
    Table {
        title: message!("sentences-table-nearest", line = list.line() + 1, sentence = &*list.lines()[list.line()].text),
        keys: key_columns(),
        cells: None,
        measures: list
            .poolings()
            .iter()
            .map(|pooling| ValueColumn::new(pooling.to_string(), Quantity::Cosine))
            .chain([unknown_column()])
            .collect(),
        rows: others.map(row).collect(),
    }
}

/// The pairs on which the two poolings disagree most.
fn disagreements(list: &ListState) -> Option<Table> {
    let rows = list.disagreements()?.into_iter().map(|(a, b, percentiles)| {
        let shares = percentiles.map(|percentile| Some((percentile / 100.0) as f32));
        TableRow {
            keys: [keys(list, a), keys(list, b)].concat(),
            cells: Vec::new(),
            measures: (0..2).map(|side| list.cosine(side, a, b)).chain(shares).chain([unknown(list, [a, b])]).collect(),
        }
    });
    let poolings = list.poolings();
    let cosines = poolings.iter().map(|pooling| ValueColumn::new(pooling.to_string(), Quantity::Cosine));
    let share = |pooling: &Pooling| {
        let label = message!("sentences-column-less-close", pooling = pooling.name());
        ValueColumn::new(Column::new(format!("less close, {pooling}"), label), Quantity::Share)
    };
    let keys = [
        ("line a", label!("sentences-column-line-a")),
        ("sentence a", label!("sentences-column-sentence-a")),
        ("line b", label!("sentences-column-line-b")),
        ("sentence b", label!("sentences-column-sentence-b")),
    ];
    Some(Table {
        title: message!("sentences-table-disagreements"),
        keys: keys.map(|(id, label)| Column::new(id, label.text())).to_vec(),
        cells: None,
        measures: cosines.chain(poolings.iter().map(share)).chain([unknown_column()]).collect(),
        rows: rows.collect(),
    })
}

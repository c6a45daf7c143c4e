//! What every form of a table is read into.

use super::{
    error::{Fault, Found},
    place::RecordPlace,
};

/// One record: a row of values, or what is wrong with it.
#[derive(Debug)]
pub(super) struct Record {
    pub place: RecordPlace,
    /// Its values by column.
    pub values: RecordCells,
    /// Why it cannot be used; its values are incomplete then.
    pub fault: Option<Box<Fault>>,
}

/// A value of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RecordCell {
    /// Null, or a key that is not there.
    Missing,
    /// A list or an object.
    Nested,
    Text(Box<str>),
}

impl From<&str> for RecordCell {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for RecordCell {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl RecordCell {
    /// The value, without spaces around it; none where it is missing, empty, or no single value.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }
}

/// The values of a record. A column that has none in it takes no room, so that records of many different keys are no
/// larger than their text.
#[derive(Debug, Default)]
pub(super) struct RecordCells(Vec<(usize, RecordCell)>);

impl From<Vec<RecordCell>> for RecordCells {
    /// One for each column, from the first.
    fn from(cells: Vec<RecordCell>) -> Self {
        Self(cells.into_iter().enumerate().collect())
    }
}

impl RecordCells {
    /// Values with their columns, in any order; the last of one column counts.
    pub(super) fn of_columns(mut cells: Vec<(usize, RecordCell)>) -> Self {
        cells.reverse();
        cells.sort_by_key(|(column, _)| *column);
        cells.dedup_by_key(|(column, _)| *column);
        Self(cells)
    }

    /// How many columns there are up to the last that has a value.
    pub(super) fn len(&self) -> usize {
        self.0.last().map_or(0, |(column, _)| column + 1)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn place(&self, column: usize) -> Option<usize> {
        match self.0.get(column) {
            Some((at, _)) if *at == column => Some(column),
            _ => self.0.binary_search_by_key(&column, |(at, _)| *at).ok(),
        }
    }

    pub(super) fn get(&self, column: usize) -> Option<&RecordCell> {
        self.place(column).map(|at| &self.0[at].1)
    }

    /// The value of a column, taken out.
    pub(super) fn into_cell(mut self, column: usize) -> Option<RecordCell> {
        self.place(column).map(|at| self.0.swap_remove(at).1)
    }

    /// Those that there are, with their columns, from the first.
    pub(super) fn filled(&self) -> impl Iterator<Item = (usize, &RecordCell)> {
        self.0.iter().map(|(column, cell)| (*column, cell))
    }

    /// Those that there are.
    pub(super) fn iter(&self) -> impl Iterator<Item = &RecordCell> {
        self.0.iter().map(|(_, cell)| cell)
    }
}

impl Record {
    /// Of values for each column, from the first.
    pub(super) fn new(place: RecordPlace, values: Vec<RecordCell>) -> Self {
        Self::of_cells(place, values.into())
    }

    pub(super) fn of_cells(place: RecordPlace, values: RecordCells) -> Self {
        Self { place, values, fault: None }
    }

    pub(super) fn bad(place: RecordPlace, fault: Fault) -> Self {
        Self { place, values: RecordCells::default(), fault: Some(Box::new(fault)) }
    }

    /// A blank line, or a record of nothing but empty values.
    pub(super) fn is_blank(&self) -> bool {
        self.fault.is_none() && self.values.iter().all(|cell| cell.text().is_none() && *cell != RecordCell::Nested)
    }

    pub(super) fn text(&self, column: usize) -> Option<&str> {
        self.values.get(column).and_then(RecordCell::text)
    }
}

/// The records of a table, one after the other.
pub(super) trait Records: Send {
    /// The next; none at the end. An error ends the table.
    fn next(&mut self) -> Option<Found<Record>>;

    /// The names of the columns, where the form itself has them; they may grow with the records.
    fn names(&self) -> Option<Vec<String>> {
        None
    }
}

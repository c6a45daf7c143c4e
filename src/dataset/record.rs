//! What every form of a table is read into.

use super::{
    error::{Fault, Found},
    place::RecordPlace,
};

/// One record: a row of values, or what is wrong with it.
#[derive(Debug)]
pub(super) struct Record {
    pub place: RecordPlace,
    /// One for each column, from the first; none where nothing is written.
    pub values: Vec<RecordCell>,
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

impl Record {
    pub(super) fn new(place: RecordPlace, values: Vec<RecordCell>) -> Self {
        Self { place, values, fault: None }
    }

    pub(super) fn bad(place: RecordPlace, fault: Fault) -> Self {
        Self { place, values: Vec::new(), fault: Some(Box::new(fault)) }
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

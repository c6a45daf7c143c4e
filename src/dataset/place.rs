//! Where a record stands in its file.

use std::fmt;

use crate::messages::message;

/// Where a record stands. Displays as `line 3`, `lines 3 to 5`, or `row 7` in a file without lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordPlace {
    /// Whether numbers count lines of text or records.
    pub unit: Unit,
    /// From 1.
    pub first: u64,
    /// The same as `first`, but for a record whose quoted value has line breaks.
    pub last: u64,
}

/// What a [`RecordPlace`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Lines of text, which end with LF, CR LF or CR.
    Line,
    /// Records, from 1, the heading not counted: Parquet, and JSON whose values stand by column.
    Row,
}

impl RecordPlace {
    /// One line, from 1.
    pub fn line(number: u64) -> Self {
        Self { unit: Unit::Line, first: number, last: number }
    }

    /// One record, from 1.
    pub fn row(number: u64) -> Self {
        Self { unit: Unit::Row, first: number, last: number }
    }
}

impl fmt::Display for RecordPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match (self.unit, self.first == self.last) {
            (Unit::Line, true) => message!("dataset-line", number = self.first),
            (Unit::Line, false) => message!("dataset-lines", first = self.first, last = self.last),
            (Unit::Row, true) => message!("dataset-row", number = self.first),
            (Unit::Row, false) => message!("dataset-rows", first = self.first, last = self.last),
        })
    }
}

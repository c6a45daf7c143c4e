//! What is said about a file that was read: its form, its columns, what was decided, what was skipped.

use std::fmt;

use super::{
    ColumnName, ColumnsUsed, Delimiter, Fault, FirstLine, Layout,
    error::{Found, Placed},
    place::RecordPlace,
    show::{list, short},
};
use crate::messages::message;

/// How a file was read. Displays as one line: the form, the columns used, the first line.
#[derive(Debug)]
pub struct FileReading {
    /// The form.
    pub layout: Layout,
    /// Whether the first line is a heading.
    pub first_line: FirstLine,
    /// The columns used.
    pub columns: ColumnsUsed,
    /// What else a reader should know.
    pub notes: Vec<Note>,
    /// Records that could not be used.
    pub skipped: Skipped,
    /// Blank lines that are no examples or rows.
    pub blank: Blanks,
}

impl fmt::Display for FileReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.layout)?;
        let columns = self.columns.to_string();
        if !columns.is_empty() {
            write!(f, "; {columns}")?;
        }
        if self.first_line.line > 0 { write!(f, "; {}", self.first_line) } else { Ok(()) }
    }
}

/// Something that was decided, or that looks unlike what was expected. Displays as a sentence without a full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Records of several splits are read together.
    AllSplits {
        /// The column with the splits.
        column: ColumnName,
        /// The first of them.
        splits: Vec<String>,
    },
    /// Another column tells the records apart in the same way as the label.
    SameLabels {
        /// The label.
        used: ColumnName,
        /// The other.
        other: ColumnName,
    },
    /// The first line of a list looks like a heading, and was kept as a text.
    LooksLikeHeading(String),
    /// The lines of a list look like a table's.
    LooksLikeColumns(Delimiter),
    /// These lines stand above the heading.
    AboveHeading(RecordPlace),
    /// The first line of a table could be a heading or data.
    DoubtfulFirstLine(FirstLine),
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::AllSplits { column, splits } => {
                message!("dataset-all-splits", column = column.to_string(), splits = list(splits))
            }
            Self::SameLabels { used, other } => {
                message!("dataset-same-labels", used = used.to_string(), other = other.to_string())
            }
            Self::LooksLikeHeading(text) => message!("dataset-may-be-heading", text = short(text)),
            Self::LooksLikeColumns(delimiter) => {
                message!("dataset-may-be-columns", delimiter = delimiter.to_string())
            }
            Self::AboveHeading(place) => message!("dataset-above-heading", place = place.to_string()),
            Self::DoubtfulFirstLine(first) => {
                let answer = if first.is_heading { "no" } else { "yes" };
                message!("dataset-doubtful-first", reading = first.to_string(), answer = answer)
            }
        })
    }
}

/// Records that could not be used: how many, and the first.
#[derive(Debug, Default)]
pub struct Skipped {
    /// How many there are.
    pub count: u64,
    /// The first, at most [`Skipped::TOLD`].
    pub first: Vec<BadRecord>,
}

/// A record that was skipped. Displays as `line 3: the score "four" is not a number`.
#[derive(Debug)]
pub struct BadRecord {
    /// Where it stands.
    pub place: RecordPlace,
    /// What is wrong.
    pub fault: Fault,
}

impl fmt::Display for BadRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.fault)
    }
}

impl Skipped {
    /// Of more bad records nobody reads on.
    pub const TOLD: usize = 20;

    /// Notes a bad record, or refuses it.
    pub(super) fn add(&mut self, place: RecordPlace, fault: Fault, strict: bool) -> Found<()> {
        if strict {
            return Err(Placed::at(place, Fault::Strict(Box::new(fault))));
        }
        self.count += 1;
        if self.first.len() < Self::TOLD {
            self.first.push(BadRecord { place, fault });
        }
        Ok(())
    }
}

/// Blank lines: how many, and the numbers of the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blanks {
    /// How many there are.
    pub count: u64,
    /// The first, at most five.
    pub first: Vec<u64>,
}

impl Blanks {
    pub(super) fn add(&mut self, place: RecordPlace) {
        self.count += 1;
        if self.first.len() < 5 {
            self.first.push(place.first);
        }
    }
}

impl fmt::Display for Blanks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers: Vec<String> = self.first.iter().map(u64::to_string).collect();
        let numbers = numbers.join(", ");
        f.write_str(&match self.count > self.first.len() as u64 {
            true => message!("dataset-blank-lines-more", count = self.count, lines = numbers),
            false => message!("dataset-blank-lines", count = self.count, lines = numbers),
        })
    }
}

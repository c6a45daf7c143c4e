//! Which columns of a file of examples are read, and what is said of how it was read.

use clap::{Args, ValueEnum};

use super::output::diagnostic;
use crate::{
    dataset::{ColumnChoice, Delimiter, Options, Quotes, Reading},
    export::{Document, Format},
    messages::message,
};

/// What a person may say of a file of examples instead of having it found out.
#[derive(Debug, Args)]
pub(super) struct DatasetArguments {
    /// The column with the text, by its heading or its number from 1; for pairs, give it twice
    #[arg(long, value_name = "COLUMN", help_heading = "Columns")]
    text_column: Vec<ColumnChoice>,
    /// The column with the scores
    #[arg(long, value_name = "COLUMN", help_heading = "Columns")]
    score_column: Option<ColumnChoice>,
    /// The column with the labels
    #[arg(long, value_name = "COLUMN", help_heading = "Columns")]
    label_column: Option<ColumnChoice>,
    /// Read only the rows of this split: train, test, ...
    #[arg(long, value_name = "NAME", help_heading = "Columns")]
    split: Option<String>,
    /// The column that names the split of a row
    #[arg(long, value_name = "COLUMN", requires = "split", help_heading = "Columns")]
    split_column: Option<ColumnChoice>,
    /// The delimiter between columns: tab, comma, semicolon, pipe, or a few characters
    #[arg(long, value_name = "NAME", help_heading = "Columns")]
    delimiter: Option<Delimiter>,
    /// Whether the first line is a heading
    #[arg(long, value_enum, value_name = "yes|no", help_heading = "Columns")]
    heading: Option<YesNo>,
    /// What a double quote means: yes, it encloses a value (RFC 4180); backslash, the same with \" inside; no, it is a
    /// character like any other
    #[arg(long, value_enum, value_name = "yes|backslash|no", help_heading = "Columns")]
    quotes: Option<QuoteRule>,
    /// Read 4,5 as four and a half
    #[arg(long, help_heading = "Columns")]
    decimal_comma: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum YesNo {
    Yes,
    No,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum QuoteRule {
    Yes,
    Backslash,
    No,
}

impl DatasetArguments {
    /// The same for the reader of datasets.
    pub(super) fn options(&self, strict: bool) -> Options {
        let quotes = |rule| match rule {
            QuoteRule::Yes => Quotes::Yes,
            QuoteRule::Backslash => Quotes::Backslash,
            QuoteRule::No => Quotes::No,
        };
        Options {
            texts: self.text_column.clone(),
            score: self.score_column.clone(),
            label: self.label_column.clone(),
            split: self.split.clone(),
            split_column: self.split_column.clone(),
            delimiter: self.delimiter.clone(),
            quotes: self.quotes.map(quotes),
            heading: self.heading.map(|heading| heading == YesNo::Yes),
            decimal_comma: self.decimal_comma,
            strict,
            ..Options::default()
        }
    }
}

/// Says which lines were skipped and what was decided. Which columns were used stands in the document; where its format
/// shows only the numbers, that is said, too.
pub(super) fn say(file: &str, reading: &Reading, format: Format) {
    if !matches!(format, Format::Table | Format::Json | Format::Html) {
        diagnostic(&format!("{file}: {reading}"));
    }
    for note in &reading.notes {
        diagnostic(&format!("{file}: {note}"));
    }
    for bad in &reading.skipped.first {
        let (place, reason) = (bad.place.to_string(), bad.fault.to_string());
        diagnostic(&message!("cli-dataset-skipped", place = place, file = file, reason = reason));
    }
    let more = reading.skipped.count - reading.skipped.first.len() as u64;
    if more > 0 {
        diagnostic(&message!("cli-dataset-skipped-more", count = more));
    }
}

/// A document that names the columns its numbers are made of.
pub(super) fn with_columns(mut document: Document, reading: &Reading) -> Document {
    document.about.extend(reading.columns.roles());
    if reading.first_line.line > 0 {
        document.about.push(("first line", reading.first_line.to_string()));
    }
    document
}

//! How a file of texts or examples is read, and what is said of how it was read.

use clap::{Args, ValueEnum};

use super::output::diagnostic;
use crate::{
    dataset::{Blank, ColumnChoice, Delimiter, FileReading, Layout, Quotes, ReadingOptions, TextForm, called},
    export::{Document, Format},
    messages::message,
};

/// What a person may say of a file of texts or examples instead of having it found out.
#[derive(Args, Debug, Default, PartialEq)]
struct DatasetArguments {
    /// The column with the text, by its heading or its number from 1; for the pairs of clscope evaluate, give it twice
    #[arg(long, value_name = "COLUMN", help_heading = "Columns")]
    text_column: Vec<ColumnChoice>,
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
    /// End at the first bad line, and refuse what is in doubt
    #[arg(long)]
    strict: bool,
}

/// The same of examples.
#[derive(Args, Debug)]
pub(super) struct ExampleArguments {
    #[command(flatten)]
    dataset: DatasetArguments,
    /// The column with the scores
    #[arg(long, value_name = "COLUMN", help_heading = "Columns")]
    score_column: Option<ColumnChoice>,
    /// The column with the labels
    #[arg(long, value_name = "COLUMN", help_heading = "Columns")]
    label_column: Option<ColumnChoice>,
    /// Read 4,5 as four and a half
    #[arg(long, help_heading = "Columns")]
    decimal_comma: bool,
}

/// The same of texts.
#[derive(Args, Debug, Default, PartialEq)]
pub(super) struct TextArguments {
    /// Read each line as a text, whatever the file is called and whatever is in it
    #[arg(long, conflicts_with_all = ["text_column", "split", "delimiter", "quotes"])]
    lines: bool,
    #[command(flatten)]
    dataset: DatasetArguments,
}

/// The same of texts whose rows are numbered and may have ids.
#[derive(Args, Debug, Default, PartialEq)]
pub(super) struct ListArguments {
    /// What becomes of blank lines: keep, a row without a vector, so that row i is line i; or leave-out
    #[arg(long, value_enum, value_name = "keep|leave-out")]
    blank_lines: Option<BlankRule>,
    #[command(flatten)]
    texts: TextArguments,
    /// The column with the ids of the rows
    #[arg(long, value_name = "COLUMN", conflicts_with = "lines", help_heading = "Columns")]
    id_column: Option<ColumnChoice>,
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum BlankRule {
    Keep,
    LeaveOut,
}

impl DatasetArguments {
    fn options(&self) -> ReadingOptions {
        let quotes = |rule| match rule {
            QuoteRule::Yes => Quotes::Yes,
            QuoteRule::Backslash => Quotes::Backslash,
            QuoteRule::No => Quotes::No,
        };
        ReadingOptions {
            texts: self.text_column.clone(),
            split: self.split.clone(),
            split_column: self.split_column.clone(),
            delimiter: self.delimiter.clone(),
            quotes: self.quotes.map(quotes),
            heading: self.heading.map(|heading| heading == YesNo::Yes),
            strict: self.strict,
            ..ReadingOptions::default()
        }
    }
}

impl ExampleArguments {
    /// The same for the reader of datasets.
    pub(super) fn options(&self) -> ReadingOptions {
        ReadingOptions {
            score: self.score_column.clone(),
            label: self.label_column.clone(),
            decimal_comma: self.decimal_comma,
            ..self.dataset.options()
        }
    }
}

impl TextArguments {
    /// The same for the reader of datasets; blank lines are left out.
    pub(super) fn options(&self) -> ReadingOptions {
        ReadingOptions { blank: Blank::LeaveOut, form: self.lines.then_some(TextForm::Lines), ..self.dataset.options() }
    }
}

impl ListArguments {
    /// The same for the reader of datasets.
    pub(super) fn options(&self) -> ReadingOptions {
        ReadingOptions {
            id: self.id_column.clone(),
            blank: match self.blank_lines {
                None | Some(BlankRule::Keep) => Blank::Keep,
                Some(BlankRule::LeaveOut) => Blank::LeaveOut,
            },
            ..self.texts.options()
        }
    }

    /// The same where a second --text-column is that of the second texts.
    pub(super) fn options_of_pairs(&self) -> ReadingOptions {
        ReadingOptions { pairs: true, ..self.options() }
    }

    /// Whether rows carry ids.
    pub(super) fn has_ids(&self) -> bool {
        self.id_column.is_some()
    }
}

/// Says which lines were skipped and what was decided. Which columns were used stands in the document; where its format
/// shows only the numbers, that is said, too.
pub(super) fn say(file: &str, reading: &FileReading, format: Format) {
    let file = &called(file);
    if !matches!(format, Format::Table | Format::Json | Format::Html) {
        diagnostic(&format!("{file}: {reading}"));
    }
    say_doubts(file, reading);
    say_skipped(file, reading, false);
}

/// How a list of texts is read, before any is: its documents have no place for it.
pub(super) fn say_of_columns(file: &str, reading: &FileReading) {
    let file = &called(file);
    if reading.layout != Layout::Lines {
        diagnostic(&format!("{file}: {reading}"));
    }
    say_doubts(file, reading);
}

/// What was left out of a list of texts, when all are read. `blank` is what became of blank lines.
pub(super) fn say_left_out(file: &str, reading: &FileReading, blank: Blank) {
    let file = &called(file);
    say_skipped(file, reading, blank == Blank::Keep);
    if reading.blank.count > 0 {
        let lines = reading.blank.to_string();
        diagnostic(&message!("cli-dataset-blank", file = file, count = reading.blank.count, lines = lines));
    }
}

fn say_doubts(file: &str, reading: &FileReading) {
    for note in &reading.notes {
        diagnostic(&format!("{file}: {note}"));
    }
}

/// `kept` where a row that cannot be used is still a row.
fn say_skipped(file: &str, reading: &FileReading, kept: bool) {
    for bad in &reading.skipped.first {
        let (place, reason) = (bad.place.to_string(), bad.fault.to_string());
        diagnostic(&match kept {
            true => message!("cli-dataset-no-vector", place = place, file = file, reason = reason),
            false => message!("cli-dataset-skipped", place = place, file = file, reason = reason),
        });
    }
    let more = reading.skipped.count - reading.skipped.first.len() as u64;
    if more > 0 {
        diagnostic(&match kept {
            true => message!("cli-dataset-no-vector-more", count = more),
            false => message!("cli-dataset-skipped-more", count = more),
        });
    }
}

/// A document that names the columns its numbers are made of.
pub(super) fn with_columns(mut document: Document, reading: &FileReading) -> Document {
    document.about.extend(reading.columns.roles());
    if reading.first_line.line > 0 {
        document.about.push(("first line", reading.first_line.to_string()));
    }
    document
}

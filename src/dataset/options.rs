//! What a caller may decide instead of having it found out.

use crate::messages::{label, message};
use std::fmt;

use super::columns::ColumnChoice;

/// How a table is read. What is left at its default is found out, and refused where that is in doubt.
#[derive(Clone, Debug, Default)]
pub struct ReadingOptions {
    /// One column for texts and labelled texts, two for pairs; none to find them.
    pub texts: Vec<ColumnChoice>,
    /// Whether a text may have a second one beside it, from a second of [`Self::texts`].
    pub pairs: bool,
    /// The column of scores.
    pub score: Option<ColumnChoice>,
    /// The column of labels.
    pub label: Option<ColumnChoice>,
    /// A column that is carried along with each example.
    pub id: Option<ColumnChoice>,
    /// Only records with this value in the column of splits.
    pub split: Option<String>,
    /// The column of splits; none to find it by its heading.
    pub split_column: Option<ColumnChoice>,
    /// What stands between values.
    pub delimiter: Option<Delimiter>,
    /// What quotes mean.
    pub quotes: Option<Quotes>,
    /// Whether the first line is a heading.
    pub heading: Option<bool>,
    /// Whether `4,5` is four and a half.
    pub decimal_comma: bool,
    /// Whether a bad record ends the reading instead of being skipped, and a doubt about the first line is refused.
    pub strict: bool,
    /// What becomes of blank lines among texts.
    pub blank: Blank,
    /// Whether a file of texts has columns; none to tell by its name and by the options above.
    pub form: Option<TextForm>,
    /// More rows of texts than these are refused, and more text than a table may have.
    pub most_rows: Option<usize>,
    /// Which of the rows of texts or pairs are read; all without.
    pub shard: Option<Shard>,
}

/// Every so many rows one, for as many machines: `2/5` are the rows 2, 7, 12, ...
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    index: usize,
    of: usize,
}

impl Shard {
    /// All rows.
    pub const WHOLE: Shard = Shard { index: 0, of: 1 };

    /// Whether it has this row, from 0.
    pub fn has(self, row: usize) -> bool {
        row % self.of == self.index
    }

    /// The row of the file that is the n-th of it, both from 0.
    pub fn row(self, nth: usize) -> usize {
        nth * self.of + self.index
    }
}

impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        match parsed {
            Some((number, of)) if (1..=of).contains(&number) => Ok(Self { index: number - 1, of }),
            _ => Err(message!("dataset-no-shard")),
        }
    }
}

/// What becomes of a blank line in a list of texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Blank {
    /// It is a row without text, so that row i is line i.
    #[default]
    Keep,
    /// It is left out and counted.
    LeaveOut,
}

/// Whether a file of texts is a list or a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextForm {
    /// A text a line, whatever is in it.
    Lines,
    /// A table or JSON, with the text in a column.
    Table,
}

/// What quotes around a value mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quotes {
    /// A quote is a quote, as in the files of the STS benchmark.
    No,
    /// RFC 4180: a value in quotes may hold delimiters and line breaks, and doubles its quotes.
    Yes,
    /// The same, with a backslash before a quote that is part of the value, as MySQL writes it.
    Backslash,
}

/// What stands between the values of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delimiter(String);

impl Delimiter {
    pub(super) fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// As it stands in the file.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A delimiter that is empty, or a quote or a line's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", message!("dataset-no-delimiter"))]
pub struct NoDelimiter;

impl std::str::FromStr for Delimiter {
    type Err = NoDelimiter;

    fn from_str(text: &str) -> Result<Self, NoDelimiter> {
        let text = match text {
            "tab" | "tabs" | "\\t" => "\t",
            "comma" | "commas" => ",",
            "semicolon" | "semicolons" => ";",
            "pipe" | "pipes" => "|",
            other => other,
        };
        let fits = !text.is_empty() && text.chars().count() <= 8 && !text.contains(['"', '\n', '\r']);
        if fits { Ok(Self::new(text)) } else { Err(NoDelimiter) }
    }
}

impl fmt::Display for Delimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_str() {
            "\t" => f.write_str(label!("dataset-tabs").text()),
            "," => f.write_str(label!("dataset-commas").text()),
            ";" => f.write_str(label!("dataset-semicolons").text()),
            "|" => f.write_str(label!("dataset-pipes").text()),
            "\u{1}" => f.write_str(label!("dataset-control").text()),
            other => write!(f, "{:?}", super::show::short(other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_divide_the_rows() {
        let shards: Vec<Shard> = (1..=3).map(|number| format!("{number}/3").parse().unwrap()).collect();
        for row in 0..20 {
            assert_eq!(shards.iter().filter(|shard| shard.has(row)).count(), 1);
            assert_eq!(shards[row % 3].row(row / 3), row);
        }
        for wrong in ["", "1", "0/3", "4/3", "1/0", "a/b", "-1/3", "1/3/5", "1/99999999999999999999999"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn delimiters_have_names() {
        let of = |text: &str| text.parse::<Delimiter>().map(|delimiter| delimiter.to_string());
        assert_eq!(of("tab"), Ok("tabs".to_owned()));
        assert_eq!(of("||"), Ok("\"||\"".to_owned()));
        assert!([of(""), of("\""), of("a\n")].iter().all(Result::is_err));
    }
}

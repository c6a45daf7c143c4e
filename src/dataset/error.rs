//! What keeps a table or a list from being read: each fault says what to do.

use std::{fmt, io};

use super::{
    columns::{Candidate, ColumnName},
    foreign::Looks,
    options::Delimiter,
    show::{list, short},
};
use crate::printable::printable;

/// A fault with the file and, where it has one, the place it was found at. One line.
#[derive(Debug, thiserror::Error)]
pub struct DatasetError {
    /// As it was given; `-` is standard input.
    pub file: String,
    /// None for what concerns the whole file.
    pub place: Option<Place>,
    /// What is wrong, and the remedy.
    pub fault: Box<Fault>,
}

impl fmt::Display for DatasetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, place, fault } = self;
        let name = printable(file);
        let place_of = place.map(|place| place.to_string());
        if fault.is_of_bytes() {
            let name = if file == "-" { "standard input".into() } else { name };
            let place = place_of.map(|place| format!("{place} ")).unwrap_or_default();
            return write!(f, "cannot read {name} as text: {place}{fault}");
        }
        match place_of {
            Some(place) => write!(f, "{place} of {name}: {fault}"),
            None => write!(f, "{name}: {fault}"),
        }
    }
}

/// Where a record stands. Displays as `line 3`, `lines 3 to 5`, or `row 7` in a file without lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Whether numbers count lines of text or records.
    pub unit: Unit,
    /// From 1.
    pub first: u64,
    /// The same as `first`, but for a record whose quoted value has line breaks.
    pub last: u64,
}

/// What a [`Place`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Lines of text, which end with LF, CR LF or CR.
    Line,
    /// Records, from 1, the heading not counted: Parquet, and JSON whose values stand by column.
    Row,
}

impl Place {
    /// One line, from 1.
    pub fn line(number: u64) -> Self {
        Self { unit: Unit::Line, first: number, last: number }
    }

    /// One record, from 1.
    pub fn row(number: u64) -> Self {
        Self { unit: Unit::Row, first: number, last: number }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Line => "line",
            Unit::Row => "row",
        };
        if self.first == self.last {
            write!(f, "{unit} {}", self.first)
        } else {
            write!(f, "{unit}s {} to {}", self.first, self.last)
        }
    }
}

/// What is wrong, without the file's name.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The file cannot be opened or read.
    #[error("{0}")]
    Read(#[source] io::Error),
    /// A gzip file that is cut or damaged.
    #[error("it cannot be unpacked: {0}; fetch the file again, or test it with gzip -t")]
    Unpack(#[source] io::Error),
    /// A form that is recognised and not read.
    #[error("this is {what}, which is not read; {remedy}")]
    Container {
        /// With its article.
        what: &'static str,
        /// What to do.
        remedy: &'static str,
    },
    /// Bytes in another encoding, or damaged UTF-8.
    #[error("is not UTF-8: byte 0x{byte:02X} at offset {offset}{}", .looks.as_ref().map_or_else(
        || "; convert it with iconv -f ENCODING -t UTF-8".to_owned(), ToString::to_string))]
    NotUtf8 {
        /// From 0, in the unpacked file.
        offset: u64,
        /// The first that is not UTF-8.
        byte: u8,
        /// Where that is sure.
        looks: Option<Looks>,
    },
    /// Half of a UTF-16 character.
    #[error("is not UTF-16: no character at offset {offset}; the file is damaged or cut, save it as UTF-8")]
    NotUtf16 {
        /// From 0, in the unpacked file.
        offset: u64,
    },
    /// A NUL, which no text has.
    #[error("is no text: a NUL at offset {offset}{}", .looks.map_or_else(String::new, |looks| format!(
        "; it looks like {looks} without a byte order mark: iconv -f {looks} -t UTF-8")))]
    Binary {
        /// From 0, in the unpacked file.
        offset: u64,
        /// UTF-16LE or UTF-16BE, where every other byte is NUL.
        looks: Option<&'static str>,
    },
    /// A line or record without an end.
    #[error("is longer than {} MiB, so this is no text of lines; is it the right file?", .most >> 20)]
    LongLine {
        /// In bytes.
        most: usize,
    },
    /// More text than a table may have.
    #[error("it has more than {} MiB of text, the most that a table may have; split it, or take a sample of its lines", .most >> 20)]
    TooLarge {
        /// In bytes.
        most: usize,
    },
    /// More rows than the caller can use.
    #[error("it has more than {most} lines, the most that are read here; take a sample of them")]
    TooManyRows {
        /// As given in the options.
        most: usize,
    },
    /// Parquet that is damaged or has a form that the library does not read.
    #[error("it cannot be read as Parquet: {0}; write it again, or export it as CSV")]
    Parquet(String),
    /// Parquet with a compression that is not built in.
    #[error(
        "this Parquet file is compressed with {codec}, which is not read; write it with snappy, gzip or none \
         (pandas: df.to_parquet(FILE, compression=\"snappy\"))"
    )]
    Compression {
        /// As Parquet calls it.
        codec: String,
    },
    /// A value that begins with a quote and has no end.
    #[error(
        "a quote opened here is not closed{}; close it, double a quote that is part of the text, or take --quotes no",
        .next.map_or_else(String::new, |line| format!(" (the next quote, in line {line}, does not end a value)"))
    )]
    UnclosedQuote {
        /// The line of a quote that stands in the middle of a value.
        next: Option<u64>,
    },
    /// Text after a closing quote.
    #[error("text follows a closing quote; double the quotes inside a value, or take --quotes no")]
    TextAfterQuote,
    /// Two delimiters split the records equally well.
    #[error("the delimiter is in doubt: {first} or {second}; write --delimiter")]
    DelimiterDoubt {
        /// The first candidate.
        first: Delimiter,
        /// The second candidate.
        second: Delimiter,
    },
    /// A line that is not the JSON of a record.
    #[error("it is no JSON object ({0})")]
    Json(String),
    /// JSON that holds no records.
    #[error("this JSON holds no records; write an object a line, or an array of objects")]
    JsonForm,
    /// The first line could be either, and `strict` refuses that.
    #[error("it may be a heading or data ({0}); write --heading yes or --heading no")]
    HeadingDoubt(String),
    /// More values than the table has columns: an unquoted delimiter in a text.
    #[error("it has {found} columns, not {expected}; quote a text that contains the delimiter")]
    ExtraColumns {
        /// In this record.
        found: usize,
        /// In the heading, or in most records.
        expected: usize,
    },
    /// A record that ends before a column that is needed.
    #[error("it has no {0}")]
    Missing(ColumnName),
    /// A value that is a list or an object.
    #[error("{0} holds a list or an object, not one value")]
    Nested(ColumnName),
    /// No text where one is needed.
    #[error("a sentence is empty")]
    EmptyText,
    /// No label where one is needed.
    #[error("it has no label")]
    EmptyLabel,
    /// A fastText line with several labels.
    #[error("it has {0} labels; leave one")]
    SeveralLabels(usize),
    /// A score that is no number.
    #[error("the score {:?} is not a number", short(.0))]
    Score(String),
    /// A score with a comma for the decimal point.
    #[error("the score {:?} has a decimal comma; write a point, or take --decimal-comma", short(.0))]
    DecimalComma(String),
    /// A column of scores with commas for decimal points.
    #[error("the scores in {column} have decimal commas ({}); write points, or take --decimal-comma", short(.example))]
    DecimalCommas {
        /// The column that would be the score.
        column: ColumnName,
        /// One of its values.
        example: String,
    },
    /// A column of words where scores are needed.
    #[error(
        "the scores in {column} are words ({}); a score is a number: write one for each word, or name another column \
         with --score-column",
        list(.words)
    )]
    WordScores {
        /// The column that would be the score.
        column: ColumnName,
        /// The first different words.
        words: Vec<String>,
    },
    /// A score that is the same in every record.
    #[error(
        "it gives all pairs the same score ({} in {column}), which nothing can follow; give scores that differ, or name \
         another column with --score-column", short(.value)
    )]
    ConstantScore {
        /// The column that would be the score.
        column: ColumnName,
        /// The value.
        value: String,
    },
    /// A label that is the same in every record.
    #[error(
        "it knows one label only, {:?} in {column}; there is nothing to tell apart; name another column with \
         --label-column", short(.value)
    )]
    ConstantLabel {
        /// The column that would be the label.
        column: ColumnName,
        /// The value.
        value: String,
    },
    /// Whole numbers that all differ where scores or labels are needed.
    #[error(
        "the whole numbers in {column} all differ ({}), like line numbers or ids, so they are no {role}s; name another \
         column with {option}, or this one if it is right",
        list(.samples)
    )]
    Count {
        /// `score` or `label`.
        role: &'static str,
        /// The column that would play the role.
        column: ColumnName,
        /// The first values.
        samples: Vec<String>,
        /// What to write on the command line.
        option: &'static str,
    },
    /// Several columns could play a role.
    #[error("which column is {role} is in doubt: {}; write {option}", several(.candidates))]
    Doubt {
        /// With its article.
        role: &'static str,
        /// What to write on the command line.
        option: &'static str,
        /// In the order of the file.
        candidates: Vec<Candidate>,
    },
    /// No column can play a role.
    #[error("no column is {role}{}; write {option}", .columns.first().map_or_else(String::new, |_| format!(
        " (the columns are {})", several(.columns))))]
    NoColumn {
        /// With its article.
        role: &'static str,
        /// What to write on the command line.
        option: &'static str,
        /// All columns.
        columns: Vec<Candidate>,
    },
    /// A column that was asked for and is not there.
    #[error("there is no column {:?} for {option}; the columns are {}", short(.asked), several(.columns))]
    NoSuchColumn {
        /// As it was written.
        asked: String,
        /// The option.
        option: &'static str,
        /// All columns.
        columns: Vec<Candidate>,
    },
    /// The wrong number of `--text-column`.
    #[error("--text-column is needed {}, not {given} times", if *.needed == 2 { "twice" } else { "once" })]
    TextColumns {
        /// One or two.
        needed: usize,
        /// How often it was given.
        given: usize,
    },
    /// One column in two roles.
    #[error("{0} is named for two roles; name another column for one of them")]
    TwoRoles(ColumnName),
    /// No record belongs to the split that was asked for.
    #[error("no record has {:?} in {column}; it has {}", short(.asked), list(.found))]
    NoSuchSplit {
        /// As it was written.
        asked: String,
        /// The column with the splits.
        column: ColumnName,
        /// The first different values.
        found: Vec<String>,
    },
    /// Nothing to read as pairs.
    #[error("it has no pairs; write a line each: score, sentence, sentence, with tabs or commas between, or as JSON")]
    NoPairs,
    /// Labels with one sentence where pairs are needed.
    #[error("it has no scored pairs, but labels and sentences; for these take --task classify")]
    LabelledOnly,
    /// Nothing to read as labelled texts.
    #[error("it has no examples; write a line each: label, sentence, with a tab or comma between, or as JSON")]
    NoExamples,
    /// Nothing to read as texts.
    #[error("it is empty; write a sentence a line")]
    NoTexts,
    /// A bad record that `strict` does not skip.
    #[error("{0}; correct it, or leave --strict away to skip such lines")]
    Strict(#[source] Box<Fault>),
}

impl Fault {
    /// Whether the bytes are at fault, not what they say.
    fn is_of_bytes(&self) -> bool {
        matches!(
            self,
            Self::Read(_)
                | Self::Unpack(_)
                | Self::NotUtf8 { .. }
                | Self::NotUtf16 { .. }
                | Self::Binary { .. }
                | Self::LongLine { .. }
                | Self::TooLarge { .. }
                | Self::Container { .. }
        )
    }
}

/// A fault on its way up, which does not know the file's name yet.
#[derive(Debug)]
pub(super) struct Placed {
    pub place: Option<Place>,
    /// Boxed, as it is large and rare.
    pub fault: Box<Fault>,
}

pub(super) type Found<T> = Result<T, Placed>;

impl Placed {
    pub(super) fn at(place: Place, fault: Fault) -> Self {
        Self { place: Some(place), fault: Box::new(fault) }
    }

    pub(super) fn of(self, file: &str) -> DatasetError {
        DatasetError { file: file.to_owned(), place: self.place, fault: self.fault }
    }
}

impl From<Fault> for Placed {
    fn from(fault: Fault) -> Self {
        Self { place: None, fault: Box::new(fault) }
    }
}

fn several(candidates: &[Candidate]) -> String {
    candidates.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

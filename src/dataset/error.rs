//! What keeps a table or a list from being read: each fault says what to do.

use std::{fmt, io};

use super::{
    columns::{Candidates, ColumnName},
    foreign::Looks,
    options::Delimiter,
    place::RecordPlace,
    show::{list, short},
    unread::UnreadForm,
};
use crate::{
    messages::{Label, cannot_read, message, quoted, some_of},
    printable::printable,
};

/// A fault with the file and, where it has one, the place it was found at. One line.
#[derive(Debug, thiserror::Error)]
pub struct DatasetError {
    /// As it was given; `-` is standard input.
    pub file: String,
    /// None for what concerns the whole file.
    pub place: Option<RecordPlace>,
    /// What is wrong, and the remedy.
    pub fault: Box<Fault>,
}

impl fmt::Display for DatasetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, place, fault } = self;
        let name = called(file);
        let fault_text = fault.to_string();
        f.write_str(&match (fault.is_of_bytes(), place) {
            (true, None) => message!("dataset-unreadable", file = name, fault = fault_text),
            (true, Some(place)) => {
                message!("dataset-unreadable-at", file = name, place = place.to_string(), fault = fault_text)
            }
            (false, Some(place)) => {
                message!("dataset-fault-at", file = name, place = place.to_string(), fault = fault_text)
            }
            (false, None) => message!("dataset-fault", file = name, fault = fault_text),
        })
    }
}

/// A file as messages call it, by what the command line was given; `-` is standard input.
pub fn called(file: &str) -> String {
    if file == "-" { message!("dataset-standard-input") } else { printable(file).into_owned() }
}

/// What is wrong, without the file's name.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The file cannot be opened or read.
    #[error("{}", cannot_read(.0))]
    Read(#[source] io::Error),
    /// A gzip file that is cut or damaged.
    #[error("{}", message!("dataset-unpack", reason = .0.to_string()))]
    Unpack(#[source] io::Error),
    /// A form that is recognised and not read.
    #[error("{}", message!("dataset-container", what = *.what, remedy = *.remedy))]
    Container {
        /// With its article.
        what: Label,
        /// What to do.
        remedy: Label,
    },
    /// Bytes in another encoding, or damaged UTF-8.
    #[error("{}", match .looks {
        None => message!("dataset-not-utf8", byte = hexadecimal(*.byte), offset = *.offset),
        Some(Looks::Encoding(name)) => {
            message!("dataset-not-utf8-but", byte = hexadecimal(*.byte), offset = *.offset, encoding = *name)
        }
        Some(Looks::DamagedUtf8) => {
            message!("dataset-damaged-utf8", byte = hexadecimal(*.byte), offset = *.offset)
        }
    })]
    NotUtf8 {
        /// From 0, in the unpacked file.
        offset: u64,
        /// The first that is not UTF-8.
        byte: u8,
        /// Where that is sure.
        looks: Option<Looks>,
    },
    /// Half of a UTF-16 character.
    #[error("{}", message!("dataset-not-utf16", offset = *.offset))]
    NotUtf16 {
        /// From 0, in the unpacked file.
        offset: u64,
    },
    /// A NUL, which no text has.
    #[error("{}", match .looks {
        None => message!("dataset-nul", offset = *.offset),
        Some(looks) => message!("dataset-nul-but", offset = *.offset, encoding = *looks),
    })]
    Binary {
        /// From 0, in the unpacked file.
        offset: u64,
        /// UTF-16LE or UTF-16BE, where every other byte is NUL.
        looks: Option<&'static str>,
    },
    /// A line or record without an end.
    #[error("{}", message!("dataset-long-line", most = .most >> 20))]
    LongLine {
        /// In bytes.
        most: usize,
    },
    /// More text than a table may have.
    #[error("{}", message!("dataset-too-large", most = .most >> 20))]
    TooLarge {
        /// In bytes.
        most: usize,
    },
    /// More rows than the caller can use.
    #[error("{}", message!("dataset-too-many-rows", most = *.most))]
    TooManyRows {
        /// As given in the options.
        most: usize,
    },
    /// Parquet that is damaged or has a form that the library does not read.
    #[error("{}", message!("dataset-parquet", reason = .0))]
    Parquet(String),
    /// Parquet with a compression that is not built in.
    #[error("{}", message!("dataset-compression", codec = .codec))]
    Compression {
        /// As Parquet calls it.
        codec: String,
    },
    /// A value that begins with a quote and has no end.
    #[error("{}", match .next {
        None => message!("dataset-unclosed-quote"),
        Some(line) => message!("dataset-unclosed-quote-next", line = *line),
    })]
    UnclosedQuote {
        /// The line of a quote that stands in the middle of a value.
        next: Option<u64>,
    },
    /// Text after a closing quote.
    #[error("{}", message!("dataset-text-after-quote"))]
    TextAfterQuote,
    /// Two delimiters split the records equally well.
    #[error("{}", message!("dataset-delimiter-doubt", first = .first.to_string(), second = .second.to_string()))]
    DelimiterDoubt {
        /// The first candidate.
        first: Delimiter,
        /// The second candidate.
        second: Delimiter,
    },
    /// A line that is not the JSON of a record.
    #[error("{}", message!("dataset-json", reason = .0))]
    Json(String),
    /// JSON that holds no records.
    #[error("{}", message!("dataset-json-form"))]
    JsonForm,
    /// JSON with several lists of records, as of a train and a test split.
    #[error("{}", message!("dataset-json-splits", names = some_of(.0.iter().map(|name| short(name))), first = .0.first().cloned().unwrap_or_default()))]
    JsonSplits(Vec<String>),
    /// Lines above the heading, which `strict` refuses.
    #[error("{}", message!("dataset-is-above-heading"))]
    AboveHeading,
    /// A form of text that is recognised and not read.
    #[error("{}", .0.to_string())]
    TextForm(UnreadForm),
    /// The first line could be either, and `strict` refuses that.
    #[error("{}", message!("dataset-heading-doubt", reason = .0))]
    HeadingDoubt(String),
    /// More values than the table has columns: an unquoted delimiter in a text.
    #[error("{}", message!("dataset-extra-columns", found = *.found, expected = *.expected))]
    ExtraColumns {
        /// In this record.
        found: usize,
        /// In the heading, or in most records.
        expected: usize,
    },
    /// A record that ends before a column that is needed.
    #[error("{}", message!("dataset-missing", column = .0.to_string()))]
    Missing(ColumnName),
    /// A value that is a list or an object.
    #[error("{}", message!("dataset-nested", column = .0.to_string()))]
    Nested(ColumnName),
    /// No text where one is needed.
    #[error("{}", message!("dataset-empty-text"))]
    EmptyText,
    /// No label where one is needed.
    #[error("{}", message!("dataset-empty-label"))]
    EmptyLabel,
    /// A fastText line with several labels.
    #[error("{}", message!("dataset-several-labels", count = *.0))]
    SeveralLabels(usize),
    /// A score that is no number.
    #[error("{}", message!("dataset-score", value = quoted(short(.0))))]
    Score(String),
    /// A score with a comma for the decimal point.
    #[error("{}", message!("dataset-decimal-comma", value = quoted(short(.0))))]
    DecimalComma(String),
    /// A column of scores with commas for decimal points.
    #[error("{}", message!("dataset-decimal-commas", column = .column.to_string(), example = short(.example)))]
    DecimalCommas {
        /// The column that would be the score.
        column: ColumnName,
        /// One of its values.
        example: String,
    },
    /// A column of words, or of numbers with something beside them, where scores are needed.
    #[error("{}", match .words.iter().any(|word| word.starts_with(|c: char| c.is_ascii_digit())) {
        true => message!("dataset-number-scores", column = .column.to_string(), words = list(.words)),
        false => message!("dataset-word-scores", column = .column.to_string(), words = list(.words)),
    })]
    WordScores {
        /// The column that would be the score.
        column: ColumnName,
        /// The first different words.
        words: Vec<String>,
    },
    /// A score that is the same in every record.
    #[error("{}", message!("dataset-constant-score", value = short(.value), column = .column.to_string()))]
    ConstantScore {
        /// The column that would be the score.
        column: ColumnName,
        /// The value.
        value: String,
    },
    /// A label that is the same in every record.
    #[error("{}", message!("dataset-constant-label", value = quoted(short(.value)), column = .column.to_string()))]
    ConstantLabel {
        /// The column that would be the label.
        column: ColumnName,
        /// The value.
        value: String,
    },
    /// Whole numbers that all differ where scores or labels are needed.
    #[error("{}", message!(
        "dataset-count",
        role = *.role,
        column = .column.to_string(),
        samples = list(.samples),
        option = *.option
    ))]
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
    #[error("{}", message!("dataset-doubt", role = *.role, candidates = .candidates.to_string(), option = *.option))]
    Doubt {
        /// With its article.
        role: Label,
        /// What to write on the command line.
        option: &'static str,
        /// In the order of the file.
        candidates: Candidates,
    },
    /// No column can play a role.
    #[error("{}", match .columns.first.is_empty() {
        true => message!("dataset-no-column", role = *.role, option = *.option),
        false => message!("dataset-no-column-of", role = *.role, option = *.option, columns = .columns.to_string()),
    })]
    NoColumn {
        /// With its article.
        role: Label,
        /// What to write on the command line.
        option: &'static str,
        /// All columns.
        columns: Candidates,
    },
    /// A column that was asked for and is not there.
    #[error("{}", message!("dataset-no-such-column", asked = quoted(short(.asked)), option = *.option, columns = .columns.to_string()))]
    NoSuchColumn {
        /// As it was written.
        asked: String,
        /// The option.
        option: &'static str,
        /// All columns.
        columns: Candidates,
    },
    /// The wrong number of `--text-column`.
    #[error("{}", match *.needed {
        2 => message!("dataset-two-text-columns", given = *.given),
        _ => message!("dataset-one-text-column", given = *.given),
    })]
    TextColumns {
        /// One or two.
        needed: usize,
        /// How often it was given.
        given: usize,
    },
    /// One column in two roles.
    #[error("{}", message!("dataset-two-roles", column = .0.to_string()))]
    TwoRoles(ColumnName),
    /// No record belongs to the split that was asked for.
    #[error("{}", message!("dataset-no-such-split", asked = quoted(short(.asked)), column = .column.to_string(), found = list(.found)))]
    NoSuchSplit {
        /// As it was written.
        asked: String,
        /// The column with the splits.
        column: ColumnName,
        /// The first different values.
        found: Vec<String>,
    },
    /// Nothing to read as pairs.
    #[error("{}", message!("dataset-no-pairs"))]
    NoPairs,
    /// Labels with one sentence where pairs are needed.
    #[error("{}", message!("dataset-labelled-only"))]
    LabelledOnly,
    /// Nothing to read as labelled texts.
    #[error("{}", message!("dataset-no-examples"))]
    NoExamples,
    /// Nothing to read as texts.
    #[error("{}", message!("dataset-no-texts"))]
    NoTexts,
    /// A bad record that `strict` does not skip.
    #[error("{}", message!("dataset-strict", fault = .0.to_string()))]
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
    pub place: Option<RecordPlace>,
    /// Boxed, as it is large and rare.
    pub fault: Box<Fault>,
}

pub(super) type Found<T> = Result<T, Placed>;

impl Placed {
    pub(super) fn at(place: RecordPlace, fault: Fault) -> Self {
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

/// A byte as tools show it: `0xE9`.
fn hexadecimal(byte: u8) -> String {
    format!("0x{byte:02X}")
}

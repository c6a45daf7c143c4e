//! A file opened as a table: its form, its headings, its first records, and the rest where it is read as it comes.

use crate::messages::{label, message};
use std::fmt;

use super::{
    Delimiter, Fault, Quotes, ReadingOptions,
    content::ColumnContents,
    delimited::{Ahead, Delimited},
    dialect::{Known, dialect, one_column},
    encoding::Decoder,
    error::{Found, Placed},
    fasttext::{FastText, is_fasttext},
    heading::{FirstLine, first_line, lines_above_heading},
    json::{Json, JsonLines, document},
    lines::{TextLine, TextLines},
    parquet,
    place::RecordPlace,
    profile::profiles,
    reading::Note,
    record::{Record, Records},
    show::first_values,
    source::FileSource,
};

/// The most text that a table may have, in bytes after unpacking.
pub(super) const MOST_TABLE: usize = 256 << 20;
/// How much of a table that is read as it comes decides about the whole.
const HEAD_LINES: usize = 4000;
const HEAD_BYTES: usize = 4 << 20;

/// The form of a file. Displays as `values separated by tabs`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A text a line.
    Lines,
    /// Values with a delimiter between.
    Delimited(Delimiter, Quotes),
    /// A JSON object a line.
    JsonLines,
    /// Another form of JSON.
    Json,
    /// `__label__X` and one text per line.
    FastText,
    /// Parquet.
    Parquet,
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lines => f.write_str(label!("dataset-layout-lines").text()),
            Self::Delimited(delimiter, quotes) => {
                let name = delimiter.to_string();
                f.write_str(&match (quotes, delimiter.as_str()) {
                    (Quotes::Yes, "," | ";") => message!("dataset-layout-delimited", delimiter = name),
                    (Quotes::No, "," | ";") => message!("dataset-layout-quotes-left", delimiter = name),
                    (Quotes::No, _) => message!("dataset-layout-delimited", delimiter = name),
                    (Quotes::Yes, _) => message!("dataset-layout-quotes-undone", delimiter = name),
                    (Quotes::Backslash, _) => message!("dataset-layout-backslash", delimiter = name),
                })
            }
            Self::JsonLines => f.write_str(label!("dataset-layout-json-lines").text()),
            Self::Json => f.write_str("JSON"),
            Self::FastText => f.write_str("fastText"),
            Self::Parquet => f.write_str("Parquet"),
        }
    }
}

/// A table, or as much of it as decides about the rest.
pub(super) struct RecordTable {
    pub layout: Layout,
    /// Lines above the heading, which are not read.
    pub above: Option<RecordPlace>,
    pub first_line: FirstLine,
    pub headings: Option<Vec<String>>,
    /// Without the heading; blank ones are there.
    pub records: Vec<Record>,
    pub rest: Box<dyn Records>,
    /// More values than these are a delimiter that stands in a text.
    expected: Option<usize>,
}

/// Lines of which the first have been looked at.
pub(super) struct TableHead {
    pub lines: Vec<TextLine>,
    pub rest: TextLines,
    /// Whether the file has no more lines than these.
    pub whole: bool,
    /// A fault behind the lines.
    fault: Option<Placed>,
}

impl TableHead {
    /// With `all`, everything, and an error where that is too much; else some.
    pub(super) fn read(bytes: Box<dyn std::io::Read + Send>, all: bool) -> Found<Self> {
        let mut rest = TextLines::new(Decoder::new(bytes));
        let (mut lines, mut size) = (Vec::new(), 0);
        let (mut whole, mut fault) = (false, None);
        while all || lines.len() < HEAD_LINES && size < HEAD_BYTES {
            match rest.next() {
                None => {
                    whole = true;
                    break;
                }
                Some(Ok(line)) => {
                    // A line costs more than its text.
                    size += line.text.len() + 16;
                    if all && size > MOST_TABLE {
                        return Err(Fault::TooLarge { most: MOST_TABLE }.into());
                    }
                    lines.push(line);
                }
                Some(Err(placed)) => {
                    fault = Some(placed);
                    break;
                }
            }
        }
        match fault {
            // Nothing that was read before is of use.
            Some(placed) if all || lines.is_empty() => Err(placed),
            fault => Ok(Self { lines, rest, whole, fault }),
        }
    }

    /// The first line with something in it.
    pub(super) fn first(&self) -> Option<&TextLine> {
        self.lines.iter().find(|line| !line.is_blank())
    }

    /// All lines, those that were looked at first.
    pub(super) fn all(self) -> Ahead {
        let fault = self.fault.map(Err);
        self.lines.into_iter().map(Ok).chain(fault).collect::<Vec<_>>().into_iter().chain(self.rest)
    }

    /// The whole text.
    fn text(self) -> Found<String> {
        let mut text = String::new();
        for line in self.all() {
            let line = line?;
            text.push_str(&line.text);
            text.push_str(if line.end.is_empty() { "" } else { "\n" });
            if text.len() > MOST_TABLE {
                return Err(Fault::TooLarge { most: MOST_TABLE }.into());
            }
        }
        Ok(text)
    }

    /// What JSON this is, if it is JSON.
    pub(super) fn json(&self) -> Option<Layout> {
        let filled: Vec<&str> =
            self.lines.iter().map(|line| line.text.trim()).filter(|line| !line.is_empty()).take(3).collect();
        let first = *filled.first()?;
        let is_object = |line: &str| matches!(serde_json::from_str(line), Ok(Json::Object(_)));
        match first.chars().next()? {
            '{' if filled.len() == 1 => Some(Layout::Json),
            '{' if is_object(first) || filled.get(1).is_some_and(|second| is_object(second)) => Some(Layout::JsonLines),
            '{' => (first == "{" || first[1..].trim_start().starts_with('"')).then_some(Layout::Json),
            '[' => {
                let next = first[1..].trim_start().chars().next().or_else(|| filled.get(1)?.chars().next());
                let is_array = matches!(serde_json::from_str(first), Ok(Json::Array(_)));
                (is_array || matches!(next, None | Some('{' | '[' | ']' | '"'))).then_some(Layout::Json)
            }
            _ => None,
        }
    }
}

impl RecordTable {
    /// Opens a file as a table whose examples need `needed` columns; with `all`, every record is read.
    pub(super) fn open(
        source: FileSource,
        file: &str,
        options: &ReadingOptions,
        needed: usize,
        all: bool,
    ) -> Found<Self> {
        let records: Box<dyn Records> = match source {
            FileSource::ParquetFile(file) => Box::new(parquet::open_file(file)?),
            FileSource::ParquetBytes(bytes) => Box::new(parquet::open_bytes(bytes)?),
            FileSource::Text(bytes) => return Self::of_text(TableHead::read(bytes, all)?, file, options, needed, all),
        };
        Self::of_named(records, Layout::Parquet, all)
    }

    /// The same of text that has been looked at.
    pub(super) fn of_text(
        head: TableHead,
        file: &str,
        options: &ReadingOptions,
        needed: usize,
        all: bool,
    ) -> Found<Self> {
        match head.json() {
            Some(Layout::JsonLines) if options.delimiter.is_none() => {
                return Self::of_named(Box::new(JsonLines::new(head.all())), Layout::JsonLines, all);
            }
            Some(layout) if options.delimiter.is_none() => {
                let document = document(&head.text()?)?;
                if document.names().is_some() {
                    return Self::of_named(Box::new(document), layout, all);
                }
                return Self::of_records(Box::new(document), layout, options, u64::MAX);
            }
            _ => {}
        }
        if options.delimiter.is_none() && is_fasttext(&head.lines) {
            return Self::of_named(Box::new(FastText(head.all())), Layout::FastText, all);
        }
        let name = file.trim_end_matches(".gz").to_lowercase();
        let known = Known {
            delimiter: options.delimiter.clone(),
            quotes: options.quotes,
            tabs_named: name.ends_with(".tsv") || name.ends_with(".tab"),
            columns: needed,
        };
        let (found, names_delimiter) = dialect(&head.lines, &known)?;
        let last = head.lines.last().map_or(0, |line| line.number);
        let found = found.unwrap_or_else(|| one_column(&head.lines, options.quotes, name.ends_with(".csv")));
        let layout = Layout::Delimited(found.delimiter.clone(), found.quotes);
        let lines = head.all().skip(usize::from(names_delimiter));
        let limit = if all { u64::MAX } else { last };
        Self::of_records(Box::new(Delimited::new(lines, found)), layout, options, limit)
    }

    fn of_named(mut records: Box<dyn Records>, layout: Layout, all: bool) -> Found<Self> {
        let mut found = Vec::new();
        while all || found.len() < HEAD_LINES {
            match records.next() {
                Some(record) => found.push(record?),
                None => break,
            }
        }
        let headings = records.names();
        let first_line = FirstLine::of_form();
        Ok(Self { layout, above: None, first_line, headings, records: found, rest: records, expected: None })
    }

    /// Records without names, of which the first may be a heading; those that begin before the line `limit` are read.
    fn of_records(mut records: Box<dyn Records>, layout: Layout, options: &ReadingOptions, limit: u64) -> Found<Self> {
        let mut found = Vec::new();
        while found.last().is_none_or(|record: &Record| record.place.last < limit) {
            match records.next() {
                Some(record) => found.push(record?),
                None => break,
            }
        }
        let start = found.iter().position(|record| !record.is_blank()).unwrap_or(0);
        found.drain(..start);
        let above = if options.heading == Some(false) { 0 } else { lines_above_heading(&found) };
        let above = found
            .drain(..above)
            .map(|record| record.place)
            .reduce(|all, place| RecordPlace { last: place.last, ..all });
        if let Some(place) = above.filter(|_| options.strict) {
            return Err(Placed::at(place, Fault::Strict(Box::new(Fault::AboveHeading))));
        }
        let first_line = first_line(&found, options.heading);
        if first_line.doubtful && options.strict {
            let doubt = Fault::HeadingDoubt(first_values(&first_line.values));
            return Err(Placed::at(RecordPlace::line(first_line.line), doubt));
        }
        let mut headings = first_line.is_heading.then(|| first_line.values.clone());
        if headings.is_some() {
            found.remove(0);
        }
        let usual = usual_columns(&found, headings.as_ref().map(Vec::len));
        let is_usual =
            |record: &Record| record.values.len() == usual || record.values.is_empty() || record.fault.is_some();
        let ends_empty = || found.iter().all(|record| record.text(usual - 1).is_none());
        if let Some(headings) = &mut headings
            && headings.len() + 1 == usual
            && !ends_empty()
            && found.iter().all(is_usual)
        {
            // R gives its column of row names no heading.
            headings.insert(0, String::new());
        }
        let tabs = matches!(&layout, Layout::Delimited(delimiter, _) if delimiter.as_str() == "\t");
        let expected = match &headings {
            Some(headings) => Some(headings.len().max(usual)),
            None if tabs => None,
            None => Some(usual),
        };
        let mut table = Self { layout, above, first_line, headings, records: found, rest: records, expected };
        let mut records = std::mem::take(&mut table.records);
        records.iter_mut().for_each(|record| table.check(record));
        table.records = records;
        Ok(table)
    }

    /// What was decided about the first lines.
    pub(super) fn notes(&self) -> Vec<Note> {
        let above = self.above.map(Note::AboveHeading);
        let doubtful = self.first_line.doubtful.then(|| Note::DoubtfulFirstLine(self.first_line.clone()));
        above.into_iter().chain(doubtful).collect()
    }

    /// Marks a record that has more values than there are columns.
    fn check(&self, record: &mut Record) {
        let Some(expected) = self.expected.filter(|_| record.fault.is_none()) else { return };
        if record.values.len() > expected && (expected..record.values.len()).any(|column| record.text(column).is_some())
        {
            record.fault = Some(Box::new(Fault::ExtraColumns { found: record.values.len(), expected }));
        }
    }

    /// The next record behind those that were read.
    pub(super) fn next(&mut self) -> Option<Found<Record>> {
        let mut record = self.rest.next()?;
        if let Ok(record) = &mut record {
            self.check(record);
        }
        Some(record)
    }

    /// What is in the columns, by the records that were read.
    pub(super) fn columns(&self) -> ColumnContents {
        let widest = self.records.iter().map(|record| record.values.len()).max().unwrap_or_default();
        let count = self.expected.unwrap_or(widest).max(self.headings.as_ref().map_or(0, Vec::len));
        ColumnContents::new(self.headings.as_deref(), profiles(&self.records, count))
    }
}

/// How many values most records have; where as many have another number, that of the headings.
fn usual_columns(records: &[Record], headings: Option<usize>) -> usize {
    let mut counts = std::collections::BTreeMap::new();
    for record in records.iter().filter(|record| record.fault.is_none() && !record.values.is_empty()) {
        *counts.entry(record.values.len()).or_insert(0_usize) += 1;
    }
    let rank = |(count, times): &(usize, usize)| (*times, Some(*count) == headings);
    counts.into_iter().max_by_key(rank).map_or(0, |(count, _)| count)
}

//! Texts, one after the other: a line each, or a column of a table; only what decides is held.

use std::path::Path;

use super::{
    Blank, DatasetError, Delimiter, Fault, FileReading, FirstLine, Layout, ReadingOptions, Shard, TextForm,
    columns::ColumnsUsed,
    delimited::Ahead,
    error::Found,
    examples::{reading, split_column},
    names::is_known,
    place::RecordPlace,
    reading::{Blanks, Note, Skipped},
    record::{Record, RecordCell},
    roles::{asked_texts, distinct, single_text},
    source::{self, FileSource},
    table::{MOST_TABLE, RecordTable, TableHead},
};

/// A text and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The line, or the row in a form without lines.
    pub place: RecordPlace,
    /// Empty for a blank line that is kept.
    pub text: String,
    /// The second text, where a column for it was asked for; empty where the row has none.
    pub pair: Option<String>,
    /// Of the column that was asked for.
    pub id: Option<String>,
}

/// The texts of a file, in their order. Ends after an error.
pub struct Texts {
    file: String,
    rows: TextRows,
    reading: FileReading,
    blank: Blank,
    strict: bool,
    most: Option<usize>,
    shard: Option<Shard>,
    /// Of every shard, so far.
    rows_seen: usize,
    given: usize,
    bytes: usize,
    ended: bool,
}

enum TextRows {
    Lines(Box<Ahead>),
    Table {
        table: Box<RecordTable>,
        read: std::vec::IntoIter<Record>,
        text: usize,
        pair: Option<usize>,
        id: Option<usize>,
        split: Option<(usize, String)>,
    },
}

/// Opens a list of texts; `-` is standard input. A file is a table where options name columns, where its name ends in
/// `.csv`, `.tsv`, `.tab`, `.json`, `.jsonl`, `.ndjson` or `.parquet` (before `.gz`), or where it is JSON; else each line is
/// a text.
///
/// # Errors
///
/// Where the file cannot be read, is empty, or its columns are in doubt.
pub fn texts(path: &Path, options: &ReadingOptions) -> Result<Texts, DatasetError> {
    let file = path.display().to_string();
    let source = source::open(path).map_err(Into::into);
    source.and_then(|source| open(source, &file, options)).map_err(|placed| placed.of(&file))
}

pub(super) fn open(source: FileSource, file: &str, options: &ReadingOptions) -> Found<Texts> {
    let head = match source {
        FileSource::Text(bytes) => TableHead::read(bytes, false)?,
        source => return of_table(RecordTable::open(source, file, options, 1, false)?, file, options),
    };
    if head.first().is_none() && head.whole {
        return Err(Fault::NoTexts.into());
    }
    let name = file.to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let tables = [".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson"];
    let columns =
        !options.texts.is_empty() || options.id.is_some() || options.split.is_some() || options.delimiter.is_some();
    let is_table = match options.form {
        Some(form) => form == TextForm::Table,
        None => columns || tables.iter().any(|end| name.ends_with(end)) || head.json() == Some(Layout::JsonLines),
    };
    if is_table {
        return of_table(RecordTable::of_text(head, file, options, 1, false)?, file, options);
    }
    let mut notes = Vec::new();
    let first = head.first().map(|line| line.text.clone()).unwrap_or_default();
    if options.heading.is_none() && is_known(&first) && head.lines.len() > 2 {
        notes.push(Note::LooksLikeHeading(first));
    }
    let filled = || head.lines.iter().filter(|line| !line.is_blank());
    if filled().count() >= 2 && filled().all(|line| line.text.trim().contains('\t')) {
        notes.push(Note::LooksLikeColumns(Delimiter::new("\t")));
    }
    let heading = options.heading == Some(true);
    let mut lines = head.all();
    if heading {
        lines.next();
    }
    Ok(Texts::new(
        file,
        TextRows::Lines(Box::new(lines)),
        reading(Layout::Lines, FirstLine::of_form(), ColumnsUsed::default(), notes),
        options,
    ))
}

fn of_table(mut table: RecordTable, file: &str, options: &ReadingOptions) -> Found<Texts> {
    let columns = table.columns();
    if table.records.iter().all(Record::is_blank) {
        return Err(Fault::NoTexts.into());
    }
    let needed = if options.pairs && options.texts.len() == 2 { 2 } else { 1 };
    let mut asked = asked_texts(&columns, &options.texts, needed)?;
    let id = options.id.as_ref().map(|id| columns.find(id, "--id-column")).transpose()?;
    let split = split_column(&columns, options)?;
    distinct(&columns, &asked)?;
    let chosen = options.split.as_ref().and(split);
    let pair = asked.get(1).copied();
    asked.truncate(1);
    let taken: Vec<usize> = id.into_iter().chain(chosen).chain(pair).collect();
    let text = single_text(&columns, &asked, &taken)?;
    let name = |column: usize| columns.names[column].clone();
    let mut notes = table.notes();
    if let (None, Some(column)) = (chosen, split)
        && columns.profiles[column].distinct() > 1
    {
        notes.push(Note::AllSplits { column: name(column), splits: columns.profiles[column].samples.clone() });
    }
    let used = [Some(text), pair, id, chosen];
    let columns = ColumnsUsed {
        texts: [Some(text), pair].into_iter().flatten().map(name).collect(),
        id: id.map(name),
        split: chosen.map(name).zip(options.split.clone()),
        not_used: (0..columns.len()).filter(|column| !used.contains(&Some(*column))).map(name).collect(),
        ..ColumnsUsed::default()
    };
    let reading = reading(table.layout.clone(), table.first_line.clone(), columns, notes);
    let read = std::mem::take(&mut table.records).into_iter();
    let split = chosen.zip(options.split.clone());
    Ok(Texts::new(file, TextRows::Table { table: Box::new(table), read, text, pair, id, split }, reading, options))
}

impl Texts {
    fn new(file: &str, rows: TextRows, reading: FileReading, options: &ReadingOptions) -> Self {
        Self {
            file: file.to_owned(),
            rows,
            reading,
            blank: options.blank,
            strict: options.strict,
            most: options.most_rows,
            shard: options.shard,
            rows_seen: 0,
            given: 0,
            bytes: 0,
            ended: false,
        }
    }

    /// How the file is read; what was skipped and left out so far.
    pub fn reading(&self) -> &FileReading {
        &self.reading
    }

    /// Blank lines that were left out so far.
    pub fn blank(&self) -> &Blanks {
        &self.reading.blank
    }

    /// Records without a usable text so far.
    pub fn skipped(&self) -> &Skipped {
        &self.reading.skipped
    }

    fn text(&mut self) -> Found<Option<Text>> {
        loop {
            let Some((text, fault)) = self.rows.next()? else { return Ok(None) };
            let place = text.place;
            match fault {
                Some(fault) => {
                    self.reading.skipped.add(place, *fault, self.strict)?;
                    if self.blank == Blank::LeaveOut {
                        continue;
                    }
                }
                None if text.text.trim().is_empty() && self.blank == Blank::LeaveOut => {
                    self.reading.blank.add(place);
                    continue;
                }
                None => {}
            }
            let row = self.rows_seen;
            self.rows_seen += 1;
            if self.shard.is_some_and(|shard| !shard.has(row)) {
                continue;
            }
            if self.most.is_some_and(|most| self.given >= most) {
                return Err(Fault::TooManyRows { most: self.given }.into());
            }
            self.given += 1;
            self.bytes += text.text.len() + text.pair.as_ref().map_or(0, String::len);
            if self.most.is_some() && self.bytes > MOST_TABLE {
                return Err(Fault::TooLarge { most: MOST_TABLE }.into());
            }
            return Ok(Some(text));
        }
    }
}

impl TextRows {
    /// The next row, with what is wrong with it.
    fn next(&mut self) -> Found<Option<(Text, Option<Box<Fault>>)>> {
        match self {
            Self::Lines(lines) => {
                let Some(line) = lines.next().transpose()? else { return Ok(None) };
                let text = if line.is_blank() { String::new() } else { line.text };
                Ok(Some((Text { place: RecordPlace::line(line.number), text, pair: None, id: None }, None)))
            }
            Self::Table { table, read, text, pair, id, split } => loop {
                let record = match read.next() {
                    Some(record) => record,
                    None => match table.next().transpose()? {
                        Some(record) => record,
                        None => return Ok(None),
                    },
                };
                if split
                    .as_ref()
                    .is_some_and(|(column, value)| record.fault.is_none() && record.text(*column) != Some(value.trim()))
                {
                    continue;
                }
                let id = id.and_then(|column| record.text(column)).map(str::to_owned);
                let pair = pair.map(|column| record.text(column).unwrap_or_default().to_owned());
                let mut fault = record.fault;
                let text = match record.values.into_cell(*text) {
                    Some(RecordCell::Text(text)) if fault.is_none() && !text.trim().is_empty() => text.into(),
                    Some(RecordCell::Nested) => {
                        fault.get_or_insert_with(|| Box::new(Fault::EmptyText));
                        String::new()
                    }
                    _ => String::new(),
                };
                return Ok(Some((Text { place: record.place, text, pair, id }, fault)));
            },
        }
    }
}

impl Iterator for Texts {
    type Item = Result<Text, DatasetError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let found = self.text().map_err(|placed| placed.of(&self.file)).transpose();
        self.ended = !matches!(found, Some(Ok(_)));
        found
    }
}

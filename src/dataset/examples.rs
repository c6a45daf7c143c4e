//! Pairs with a score, and texts with a label.

use crate::messages::label;
use std::path::Path;

use super::{
    DatasetError, Fault, FileReading, ReadingOptions, Shard,
    columns::ColumnsUsed,
    content::ColumnContents,
    error::{Found, Placed},
    names::Role,
    place::RecordPlace,
    reading::{Blanks, Note, Skipped},
    record::{Record, RecordCell},
    roles::{asked_texts, distinct, label, pair_texts, score, single_text},
    scores,
    source::{self, FileSource},
    table::RecordTable,
    unread::UnreadForm,
};

/// Pairs of texts with a score of how alike they are.
#[derive(Debug)]
pub struct Scored {
    /// In the order of the file; there is one at least, but of a shard.
    pub pairs: Vec<ScoredPair>,
    /// How the file was read.
    pub reading: FileReading,
}

/// Two texts and a score.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoredPair {
    /// Where it stands.
    pub place: RecordPlace,
    /// Its number among the rows of the file, from 0; blank ones and those that cannot be used count.
    pub row: usize,
    /// A finite number in the file's own unit; True is 1, False 0.
    pub score: f64,
    /// Neither is empty.
    pub texts: [String; 2],
    /// Of the column that was asked for.
    pub id: Option<String>,
}

/// Texts with a label each.
#[derive(Debug)]
pub struct Labelled {
    /// In the order of the file; there is one at least.
    pub examples: Vec<LabelledText>,
    /// How the file was read.
    pub reading: FileReading,
}

/// A text and its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledText {
    /// Where it stands.
    pub place: RecordPlace,
    /// Not empty.
    pub label: String,
    /// Not empty.
    pub text: String,
    /// Of the column that was asked for.
    pub id: Option<String>,
}

/// Reads pairs with scores; `-` is standard input.
///
/// # Errors
///
/// Where the file cannot be read, its columns are in doubt, it has no pairs, or, in strict reading, a record is bad.
pub fn read_pairs(path: &Path, options: &ReadingOptions) -> Result<Scored, DatasetError> {
    let file = path.display().to_string();
    source::open(path)
        .map_err(Into::into)
        .and_then(|source| pairs(source, &file, options))
        .map_err(|placed| placed.of(&file))
}

/// Reads texts with labels; `-` is standard input.
///
/// # Errors
///
/// Where the file cannot be read, its columns are in doubt, it has no examples, or, in strict reading, a record is bad.
pub fn read_labelled(path: &Path, options: &ReadingOptions) -> Result<Labelled, DatasetError> {
    let file = path.display().to_string();
    let source = source::open(path).map_err(Into::into);
    source.and_then(|source| labelled(source, &file, options)).map_err(|placed| placed.of(&file))
}

/// Columns by role, before any is used.
struct Asked {
    texts: Vec<usize>,
    /// The score or the label.
    value: Option<usize>,
    id: Option<usize>,
    split: Option<usize>,
}

impl Asked {
    /// Those that are not texts or the value by choice.
    fn taken(&self) -> Vec<usize> {
        self.value.into_iter().chain(self.id).chain(self.split).collect()
    }
}

/// A table with its records of the split that was asked for, and its columns.
fn chosen(
    source: FileSource,
    file: &str,
    options: &ReadingOptions,
    needed: usize,
) -> Found<(RecordTable, ColumnContents, Vec<Note>)> {
    let mut table = RecordTable::open(source, file, options, needed, true)?;
    let mut columns = table.columns();
    let mut notes = table.notes();
    let split = split_column(&columns, options)?;
    match (&options.split, split) {
        (Some(asked), Some(column)) => {
            let found = columns.profiles[column].samples.clone();
            table.records.retain(|record| record.fault.is_some() || record.text(column) == Some(asked.trim()));
            if !table.records.iter().any(|record| record.fault.is_none()) {
                let column = columns.names[column].clone();
                return Err(Fault::NoSuchSplit { asked: asked.clone(), column, found }.into());
            }
            columns = table.columns();
        }
        (_, Some(column)) if columns.profiles[column].distinct() > 1 => notes.push(Note::AllSplits {
            column: columns.names[column].clone(),
            splits: columns.profiles[column].samples.clone(),
        }),
        _ => {}
    }
    Ok((table, columns, notes))
}

/// Refuses a table of which no record can be used, with what is wrong with the first.
fn usable(table: &mut RecordTable) -> Found<()> {
    let is_fine = |record: &Record| record.fault.is_none() && !record.is_blank();
    if table.records.iter().any(is_fine) {
        return Ok(());
    }
    let first = table.records.iter_mut().find_map(|record| Some((record.place, record.fault.take()?)));
    first.map_or(Ok(()), |(place, fault)| Err(Placed { place: Some(place), fault }))
}

/// The column of splits: the one that is named, or the one whose heading says so.
pub(super) fn split_column(columns: &ColumnContents, options: &ReadingOptions) -> Result<Option<usize>, Fault> {
    if let Some(asked) = &options.split_column {
        return columns.find(asked, "--split-column").map(Some);
    }
    let few = |column: &usize| !columns.profiles[*column].reads() && columns.profiles[*column].present > 0;
    let best = (0..columns.len())
        .filter(few)
        .filter_map(|column| Some((Role::Split.standing(columns.heading(column)?)?, column)))
        .min();
    match (best, &options.split) {
        (None, Some(_)) => {
            Err(Fault::NoColumn { role: label!("dataset-the-split"), option: "--split-column", columns: columns.all() })
        }
        (best, _) => Ok(best.map(|(_, column)| column)),
    }
}

fn asked(
    columns: &ColumnContents,
    options: &ReadingOptions,
    value: Option<usize>,
    texts: usize,
) -> Result<Asked, Fault> {
    let asked = Asked {
        texts: asked_texts(columns, &options.texts, texts)?,
        value,
        id: options.id.as_ref().map(|id| columns.find(id, "--id-column")).transpose()?,
        split: options.split.as_ref().and(split_column(columns, options)?),
    };
    distinct(columns, &asked.texts.iter().copied().chain(asked.value).collect::<Vec<_>>())?;
    Ok(asked)
}

pub(super) fn pairs(source: FileSource, file: &str, options: &ReadingOptions) -> Found<Scored> {
    let (mut table, columns, notes) = chosen(source, file, options, 3)?;
    if table.records.iter().all(Record::is_blank) {
        return Err(Fault::NoPairs.into());
    }
    usable(&mut table)?;
    let value = options.score.as_ref().map(|score| columns.find(score, "--score-column")).transpose()?;
    let asked = asked(&columns, options, value, 2)?;
    let found = pair_texts(&columns, &asked.texts, &asked.taken()).and_then(|texts| {
        let taken = [&texts[..], &asked.id.into_iter().chain(asked.split).collect::<Vec<_>>()].concat();
        Ok((score(&columns, &table.records, asked.value, &taken, options.decimal_comma)?, texts))
    });
    let (score, texts) = match found {
        Ok(found) => found,
        Err(fault) => in_order(&table, &columns, options).ok_or(fault)?,
    };
    let mut used = used(&columns, &texts, &asked, options);
    used.score = Some(columns.names[score].clone());
    let mut reading = reading(table.layout, table.first_line, finish(&columns, used, score), notes);
    let mut pairs = Vec::new();
    // Which columns there are is found out of all rows, so that every shard finds the same.
    let shard = options.shard.unwrap_or(Shard::WHOLE);
    for (row, record) in table.records.into_iter().enumerate().filter(|(row, _)| shard.has(*row)) {
        let place = record.place;
        if record.is_blank() {
            reading.blank.add(place);
            continue;
        }
        let pair = |mut record: Record| {
            if let Some(fault) = record.fault.take() {
                return Err(*fault);
            }
            let value = value_of(&columns, &record, score)?.ok_or_else(|| Fault::Score(String::new()))?;
            let score = scores::score(value, options.decimal_comma)?;
            let id = asked.id.and_then(|column| record.text(column)).map(str::to_owned);
            let texts = [text_of(&columns, &record, texts[0])?, text_of(&columns, &record, texts[1])?];
            Ok(ScoredPair { place, row, score, texts, id })
        };
        match pair(record) {
            Ok(pair) => pairs.push(pair),
            Err(fault) => reading.skipped.add(place, fault, options.strict)?,
        }
    }
    if pairs.is_empty() && options.shard.is_none() { Err(Fault::NoPairs.into()) } else { Ok(Scored { pairs, reading }) }
}

/// Score, text, text: the order of three columns where nothing else tells, as of pairs of numbers.
fn in_order(table: &RecordTable, columns: &ColumnContents, options: &ReadingOptions) -> Option<(usize, [usize; 2])> {
    let free = table.headings.is_none() && columns.len() == 3;
    let asked = options.score.is_some() || !options.texts.is_empty() || options.id.is_some();
    let first = columns.profiles.first()?;
    let is_pair = |record: &Record| {
        let score = record.text(0).is_some_and(|text| scores::score(text, options.decimal_comma).is_ok());
        score && record.text(1).is_some() && record.text(2).is_some()
    };
    (free && !asked && !first.is_count() && !first.is_constant() && table.records.iter().any(is_pair))
        .then_some((0, [1, 2]))
}

pub(super) fn labelled(source: FileSource, file: &str, options: &ReadingOptions) -> Found<Labelled> {
    let (mut table, columns, mut notes) = chosen(source, file, options, 2)?;
    if table.records.iter().all(Record::is_blank) {
        return Err(Fault::NoExamples.into());
    }
    if let Some(form) = UnreadForm::of(&table.records, columns.len()) {
        return Err(Fault::TextForm(form).into());
    }
    usable(&mut table)?;
    let value = options.label.as_ref().map(|label| columns.find(label, "--label-column")).transpose()?;
    let asked = asked(&columns, options, value, 1)?;
    if columns.len() < 2 {
        return Err(Fault::NoExamples.into());
    }
    let text = single_text(&columns, &asked.texts, &asked.taken())?;
    let taken: Vec<usize> = [text].into_iter().chain(asked.id).chain(asked.split).collect();
    let (label, same) = label(&columns, &table.records, asked.value, &taken)?;
    notes.extend(
        same.into_iter()
            .map(|other| Note::SameLabels { used: columns.names[label].clone(), other: columns.names[other].clone() }),
    );
    let mut used = used(&columns, &[text], &asked, options);
    used.label = Some(columns.names[label].clone());
    let mut reading = reading(table.layout, table.first_line, finish(&columns, used, label), notes);
    let mut examples = Vec::new();
    for record in table.records {
        let place = record.place;
        if record.is_blank() {
            reading.blank.add(place);
            continue;
        }
        let example = |mut record: Record| {
            if let Some(fault) = record.fault.take() {
                return Err(*fault);
            }
            let label = value_of(&columns, &record, label)?.ok_or(Fault::EmptyLabel)?.to_owned();
            let id = asked.id.and_then(|column| record.text(column)).map(str::to_owned);
            Ok(LabelledText { place, label, text: text_of(&columns, &record, text)?, id })
        };
        match example(record) {
            Ok(example) => examples.push(example),
            Err(fault) => reading.skipped.add(place, fault, options.strict)?,
        }
    }
    if examples.is_empty() { Err(Fault::NoExamples.into()) } else { Ok(Labelled { examples, reading }) }
}

pub(super) fn reading(
    layout: super::Layout,
    first_line: super::FirstLine,
    columns: ColumnsUsed,
    notes: Vec<Note>,
) -> FileReading {
    FileReading { layout, first_line, columns, notes, skipped: Skipped::default(), blank: Blanks::default() }
}

fn used(columns: &ColumnContents, texts: &[usize], asked: &Asked, options: &ReadingOptions) -> ColumnsUsed {
    let name = |column: usize| columns.names[column].clone();
    ColumnsUsed {
        texts: texts.iter().map(|&column| name(column)).collect(),
        id: asked.id.map(name),
        split: asked.split.map(name).zip(options.split.clone()),
        ..ColumnsUsed::default()
    }
}

/// With those columns that are used for nothing.
fn finish(columns: &ColumnContents, used: ColumnsUsed, value: usize) -> ColumnsUsed {
    let taken = |name: &super::ColumnName| {
        name.number == value + 1
            || used.texts.contains(name)
            || used.id.as_ref() == Some(name)
            || used.split.as_ref().is_some_and(|(split, _)| split == name)
    };
    let not_used = columns.names.iter().filter(|name| !taken(name)).cloned().collect();
    ColumnsUsed { not_used, ..used }
}

/// The value of a column; none where it is empty.
fn value_of<'r>(columns: &ColumnContents, record: &'r Record, column: usize) -> Result<Option<&'r str>, Fault> {
    match record.values.get(column) {
        None | Some(RecordCell::Missing) => Err(Fault::Missing(columns.names[column].clone())),
        Some(RecordCell::Nested) => Err(Fault::Nested(columns.names[column].clone())),
        Some(cell) => Ok(cell.text()),
    }
}

/// The text of a column.
fn text_of(columns: &ColumnContents, record: &Record, column: usize) -> Result<String, Fault> {
    value_of(columns, record, column)?.ok_or(Fault::EmptyText)?;
    match record.values.get(column) {
        // One column may be both texts of a pair.
        Some(RecordCell::Text(text)) => Ok(text.to_string()),
        _ => Err(Fault::EmptyText),
    }
}

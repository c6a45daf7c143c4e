//! Vectors that somebody has made, with their texts where the file holds them: npz, npy, JSON lines, Parquet.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

use parquet::{
    file::{reader::FileReader, serialized_reader::SerializedFileReader},
    record::Field,
};
use serde_json::Value;

use super::numpy::{npy, npz};
use crate::{
    guard::guarded,
    messages::{message, quoted, some_of},
    printable::printable,
};

/// Vectors in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextVectors {
    /// The text of each; none where the file holds no texts.
    pub texts: Option<Vec<String>>,
    /// `[text]`, all of one size; empty where a row has none.
    pub vectors: Vec<Vec<f32>>,
    /// What the file calls the vectors; none where they have no name.
    pub column: Option<String>,
}

/// Why vectors cannot be read; displays as one line that names the remedy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct VectorsError(String);

/// Names under which texts stand, the likelier first.
const TEXTS: [&str; 4] = ["text", "sentence", "input", "content"];

/// Reads a file of vectors by its ending. `column` names the vectors, `text_column` the texts, where a file holds several.
///
/// # Errors
/// When the file cannot be read, when it is in doubt which of it are the vectors, or they differ in size.
pub fn read_vectors(path: &Path, column: Option<&str>, text_column: Option<&str>) -> Result<TextVectors, VectorsError> {
    let file = path.display().to_string();
    let failed = |reason: String| {
        // Of the readers some draw the place below.
        let reason = printable(reason.lines().next().unwrap_or_default().trim_end());
        VectorsError(message!("dataset-vectors-failed", file = &file, reason = &*reason))
    };
    let opened = File::open(path).map_err(|error| failed(error.to_string()))?;
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    let read = match ending.as_str() {
        "npz" => npz(opened, column),
        "npy" => npy(opened),
        "jsonl" | "ndjson" => rows(json_lines(opened), column, text_column),
        "parquet" => rows(parquet_rows(opened), column, text_column),
        _ => Err(message!("dataset-vectors-ending")),
    };
    let found = read.map_err(failed)?;
    let sizes = || found.vectors.iter().map(Vec::len).filter(|size| *size > 0);
    match (sizes().min(), sizes().max()) {
        (None, _) | (_, None) => Err(failed(message!("dataset-vectors-none"))),
        (Some(least), Some(most)) if least != most => {
            Err(failed(message!("dataset-vectors-sizes", least = least, most = most)))
        }
        _ => Ok(found),
    }
}

/// What a row holds under a name, as far as it can be a text or a vector.
#[derive(Debug)]
enum Held {
    Text(String),
    Vector(Vec<f32>),
}

type HeldRow = Vec<(String, Held)>;

fn json_lines(file: File) -> impl Iterator<Item = Result<HeldRow, String>> {
    let held = |value: Value| match value {
        Value::String(text) => Some(Held::Text(text)),
        Value::Array(numbers) => {
            let numbers: Option<Vec<f32>> = numbers.iter().map(|number| number.as_f64().map(|n| n as f32)).collect();
            numbers.filter(|numbers| !numbers.is_empty()).map(Held::Vector)
        }
        _ => None,
    };
    let row = move |value: Value| match value {
        Value::Object(fields) => {
            fields.into_iter().filter_map(|(name, value)| held(value).map(|held| (name, held))).collect()
        }
        other => held(other).map(|held| (String::new(), held)).into_iter().collect(),
    };
    let lines = BufReader::new(file).lines().enumerate();
    lines.filter(|(_, line)| line.as_ref().map_or(true, |line| !line.trim().is_empty())).map(move |(at, line)| {
        let line = line.map_err(|error| error.to_string())?;
        let parsed = serde_json::from_str(&line);
        parsed.map(row).map_err(|_| message!("dataset-vectors-json", line = at + 1))
    })
}

fn parquet_rows(file: File) -> impl Iterator<Item = Result<HeldRow, String>> {
    let number = |field: &Field| match field {
        Field::Float(number) => Some(*number),
        Field::Double(number) => Some(*number as f32),
        Field::Float16(number) => Some(number.to_f32()),
        _ => None,
    };
    let held = move |field: &Field| match field {
        Field::Str(text) => Some(Held::Text(text.clone())),
        Field::ListInternal(list) => {
            let numbers: Option<Vec<f32>> = list.elements().iter().map(number).collect();
            numbers.filter(|numbers| !numbers.is_empty()).map(Held::Vector)
        }
        _ => None,
    };
    let opened = guarded(|| {
        let reader: Box<dyn FileReader> = Box::new(SerializedFileReader::new(file).map_err(|error| error.to_string())?);
        Ok::<_, String>(parquet::record::reader::RowIter::from_file_into(reader))
    });
    let (mut rows, mut failure) = match opened.and_then(|opened| opened) {
        Ok(rows) => (Some(rows), None),
        Err(error) => (None, Some(error)),
    };
    std::iter::from_fn(move || {
        if let Some(error) = failure.take() {
            return Some(Err(error));
        }
        let row = guarded(|| rows.as_mut().and_then(Iterator::next));
        match row {
            Ok(None) => None,
            Ok(Some(Ok(row))) => {
                let held = |(name, field): (&String, &Field)| held(field).map(|held| (name.clone(), held));
                Some(Ok(row.get_column_iter().filter_map(held).collect()))
            }
            Ok(Some(Err(error))) => {
                rows = None;
                Some(Err(error.to_string()))
            }
            Err(panic) => {
                rows = None;
                Some(Err(panic))
            }
        }
    })
}

/// The vectors and texts of rows; which columns they are, the first row with a vector decides.
fn rows(
    rows: impl Iterator<Item = Result<HeldRow, String>>,
    column: Option<&str>,
    text_column: Option<&str>,
) -> Result<TextVectors, String> {
    let mut found = TextVectors::default();
    let mut names: Option<(String, Option<String>)> = None;
    let mut texts = Vec::new();
    for row in rows {
        let row = row?;
        if names.is_none() && row.iter().any(|(_, held)| matches!(held, Held::Vector(_))) {
            names = Some(decide(&row, column, text_column)?);
        }
        let (mut text, mut vector) = (String::new(), Vec::new());
        for (name, held) in row {
            match (held, &names) {
                (Held::Vector(numbers), Some((column, _))) if name == *column => vector = numbers,
                (Held::Text(words), Some((_, Some(column)))) if name == *column => text = words,
                _ => {}
            }
        }
        found.vectors.push(if vector.iter().all(|number| number.is_finite()) { vector } else { Vec::new() });
        texts.push(text);
    }
    let (column, text) = names.ok_or_else(|| message!("dataset-vectors-none"))?;
    Ok(TextVectors { texts: text.map(|_| texts), column: Some(column).filter(|name| !name.is_empty()), ..found })
}

/// Under which names a row has its vector and its text.
fn decide(row: &HeldRow, column: Option<&str>, text_column: Option<&str>) -> Result<(String, Option<String>), String> {
    let named = |is_vector: bool| -> Vec<&str> {
        let is = |held: &Held| matches!(held, Held::Vector(_)) == is_vector;
        row.iter().filter(|(_, held)| is(held)).map(|(name, _)| name.as_str()).collect()
    };
    let vectors: Vec<(String, ())> = named(true)
        .into_iter()
        .filter(|name| column.is_none_or(|column| column == *name))
        .map(|name| (name.to_owned(), ()))
        .collect();
    let (vector, ()) = only(vectors, column)?;
    let texts = named(false);
    let known = TEXTS.into_iter().find(|known| texts.contains(known));
    let text = match (text_column, known, texts.as_slice()) {
        (Some(asked), ..) if !texts.contains(&asked) => {
            return Err(message!("dataset-vectors-no-column", name = quoted(asked)));
        }
        (Some(asked), ..) => Some(asked),
        (None, Some(known), _) => Some(known),
        (None, None, [one]) => Some(*one),
        (None, None, []) => None,
        (None, None, several) => {
            return Err(message!("dataset-vectors-texts", names = some_of(several.iter().copied().map(quoted))));
        }
    };
    Ok((vector, text.map(str::to_owned)))
}

/// The one that there is, or an error that says what to write.
pub(super) fn only<T>(mut found: Vec<(String, T)>, column: Option<&str>) -> Result<(String, T), String> {
    match (found.len(), column) {
        (1, _) => Ok(found.remove(0)),
        (0, Some(column)) => Err(message!("dataset-vectors-no-column", name = quoted(column))),
        (0, None) => Err(message!("dataset-vectors-none")),
        _ => {
            let names = some_of(found.iter().map(|(name, _)| quoted(name)));
            Err(message!("dataset-vectors-several", names = names))
        }
    }
}

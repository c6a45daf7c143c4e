//! Files of records, written some at a time: what each column holds, and the values.

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Value, json};

use super::{error::WriteError, json_line::write_line, output::Output};

/// A column of a file of records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordColumn {
    /// In files: English and stable.
    pub name: String,
    /// What stands in it.
    pub kind: RecordKind,
}

/// What a column of records holds, where there is a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordKind {
    /// Whole numbers from 0.
    Count,
    /// Numbers of single precision.
    Score,
    /// Numbers of double precision.
    Number,
    /// Texts.
    Text,
}

/// A value of a record.
#[derive(Clone, Debug, PartialEq)]
pub enum RecordValue {
    /// There is none.
    None,
    /// Of [`RecordKind::Count`].
    Count(usize),
    /// Of [`RecordKind::Score`].
    Score(f32),
    /// Of [`RecordKind::Number`].
    Number(f64),
    /// Of [`RecordKind::Text`].
    Text(String),
}

/// A row that is written: as records, or as an object.
pub trait RecordRow {
    /// The values of each record, in the order of the columns.
    fn records(&self) -> Vec<Vec<RecordValue>>;

    /// Writes the row as one object of JSON, in a line.
    ///
    /// # Errors
    /// When what it is written to fails.
    fn write_json(&self, out: Output) -> Result<(), WriteError>;
}

/// A row of one record, whose object has the names of the columns.
#[derive(Clone, Debug)]
pub struct PlainRecord<'c> {
    /// The columns.
    pub columns: &'c [RecordColumn],
    /// As many.
    pub values: Vec<RecordValue>,
}

/// A file of records that is being written, some rows at a time.
pub trait RecordRows {
    /// Writes more rows.
    ///
    /// # Errors
    /// When what it is written to fails.
    fn append(&mut self, rows: &[&dyn RecordRow]) -> Result<(), WriteError>;

    /// Writes what stands at the end.
    ///
    /// # Errors
    /// When what it is written to fails.
    fn finish(self: Box<Self>) -> Result<(), WriteError>;
}

impl RecordColumn {
    /// A column.
    pub fn new(name: impl Into<String>, kind: RecordKind) -> Self {
        Self { name: name.into(), kind }
    }
}

impl From<Option<String>> for RecordValue {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::None, Self::Text)
    }
}

impl From<Option<f64>> for RecordValue {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Self::None, Self::Number)
    }
}

impl RecordRow for PlainRecord<'_> {
    fn records(&self) -> Vec<Vec<RecordValue>> {
        vec![self.values.clone()]
    }

    fn write_json(&self, out: Output) -> Result<(), WriteError> {
        write_line(self, out)
    }
}

/// In the order of the columns.
impl Serialize for PlainRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.values.len()))?;
        for (RecordColumn { name, .. }, value) in self.columns.iter().zip(&self.values) {
            match value {
                RecordValue::None => map.serialize_entry(name, &())?,
                RecordValue::Count(count) => map.serialize_entry(name, count)?,
                RecordValue::Score(score) => map.serialize_entry(name, &number(*score))?,
                // What is not finite is null.
                RecordValue::Number(number) => map.serialize_entry(name, number)?,
                RecordValue::Text(text) => map.serialize_entry(name, text)?,
            }
        }
        map.end()
    }
}

/// In as many digits as tell it from its neighbours; null where it is not finite.
pub(super) fn number(value: f32) -> Value {
    json!(value.to_string().parse::<f64>().ok().filter(|value| value.is_finite()))
}

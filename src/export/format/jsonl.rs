//! Sentences' vectors as a line of JSON each.

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::export::{
    error::WriteError,
    json_line::write_line,
    output::Output,
    vectors::{VectorColumns, VectorRows, Vectors},
};

/// `{"text": "...", "unknown": 0.0, "mean": [...], ...}` a row, null where there is no vector; `"line"` and `"id"` before the
/// text where rows have numbers and ids.
pub(super) fn open(_: VectorColumns, out: Output<'_>) -> Result<Box<dyn VectorRows + '_>, WriteError> {
    Ok(Box::new(JsonLinesFile(out)))
}

struct JsonLinesFile<'o>(Output<'o>);

impl VectorRows for JsonLinesFile<'_> {
    /// What follows in a pipe gets the lines at once.
    fn append(&mut self, vectors: &Vectors) -> Result<(), WriteError> {
        for (row, &sentence) in vectors.lines.iter().enumerate() {
            write_line(&JsonLine { vectors, row, sentence }, self.0)?;
        }
        Ok(self.0.flush()?)
    }

    fn finish(self: Box<Self>) -> Result<(), WriteError> {
        Ok(())
    }
}

/// One row's sentence.
struct JsonLine<'v> {
    vectors: &'v Vectors<'v>,
    row: usize,
    sentence: Option<usize>,
}

impl Serialize for JsonLine<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let JsonLine { vectors, row, sentence } = *self;
        let mut map = serializer.serialize_map(None)?;
        if let Some(numbers) = vectors.numbers {
            map.serialize_entry("line", &numbers[row])?;
        }
        if let Some(ids) = vectors.ids {
            map.serialize_entry("id", &ids[row])?;
        }
        map.serialize_entry("text", vectors.text(sentence))?;
        map.serialize_entry("unknown", &vectors.unknown_share(sentence))?;
        for (vector, all) in vectors.vectors {
            map.serialize_entry(&vector.to_string(), &sentence.and_then(|sentence| all[sentence].as_ref()))?;
        }
        map.end()
    }
}

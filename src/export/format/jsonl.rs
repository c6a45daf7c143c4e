//! Sentences' vectors as a line of JSON each.

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::export::{error::WriteError, json_line::to_line, vectors::Vectors};

/// `{"text": "...", "unknown": 0.0, "mean": [...], ...}` a line, null where there is no vector.
pub(super) fn write(vectors: &Vectors) -> Result<Vec<u8>, WriteError> {
    let mut bytes = Vec::new();
    for &sentence in vectors.lines {
        bytes.append(&mut to_line(&Line { vectors, sentence })?);
    }
    Ok(bytes)
}

/// One line's sentence.
struct Line<'v> {
    vectors: &'v Vectors<'v>,
    sentence: usize,
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Line { vectors, sentence } = *self;
        let mut map = serializer.serialize_map(Some(vectors.vectors.len() + 2))?;
        map.serialize_entry("text", &vectors.sentences[sentence])?;
        map.serialize_entry("unknown", &vectors.unknown_share(sentence))?;
        for (vector, all) in vectors.vectors {
            map.serialize_entry(&vector.to_string(), &all[sentence])?;
        }
        map.end()
    }
}

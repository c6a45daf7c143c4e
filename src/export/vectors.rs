//! Sentences' vectors for other programs: a line of JSON each, a numpy archive, or a Parquet file.

mod parquet;

use std::io::Cursor;

use ndarray_npy::{NpzWriter, WriteNpzError};
use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{
    json::to_line,
    npz::{NpzError, view},
};
use crate::analysis::SentenceVector;

/// Some lines of text and their vectors.
#[derive(Clone, Copy, Debug)]
pub struct Vectors<'v> {
    /// Each once.
    pub sentences: &'v [String],
    /// `[vector][sentence]`, each `[size]`; none where a sentence has no such.
    pub vectors: &'v [(SentenceVector, Vec<Option<Vec<f32>>>)],
    /// The number of each line's sentence, from 0.
    pub lines: &'v [usize],
    /// Numbers in a vector.
    pub size: usize,
}

/// Why vectors could not be written.
#[derive(Debug, thiserror::Error)]
pub enum VectorsError {
    /// As JSON.
    #[error("cannot write the JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// As a numpy archive.
    #[error(transparent)]
    Npz(#[from] NpzError),
    /// As Parquet.
    #[error("cannot write the Parquet file: {0}")]
    Parquet(#[from] ::parquet::errors::ParquetError),
}

impl From<WriteNpzError> for VectorsError {
    fn from(error: WriteNpzError) -> Self {
        NpzError::from(error).into()
    }
}

impl Vectors<'_> {
    /// `{"text": "...", "mean": [...], ...}` a line, null where there is no vector.
    ///
    /// # Errors
    /// None are known; the signature is that of JSON writing.
    pub fn jsonl(&self) -> Result<Vec<u8>, VectorsError> {
        let mut bytes = Vec::new();
        for &sentence in self.lines {
            bytes.append(&mut to_line(&Line { vectors: self, sentence })?);
        }
        Ok(bytes)
    }

    /// An array `[line, size]` of f32 under the name of each vector, `mean` or `mean@3`, NaN where there is none.
    ///
    /// # Errors
    /// When the archive would be too large for its format.
    pub fn npz(&self) -> Result<Vec<u8>, VectorsError> {
        let mut npz = NpzWriter::new(Cursor::new(Vec::new()));
        let missing = vec![f32::NAN; self.size];
        for (vector, all) in self.vectors {
            let rows = self.lines.iter().flat_map(|&line| all[line].as_ref().unwrap_or(&missing));
            let values: Vec<f32> = rows.copied().collect();
            let array = view(&values, (self.lines.len(), self.size)).map_err(NpzError::from)?;
            npz.add_array(vector.to_string(), &array)?;
        }
        Ok(npz.finish()?.into_inner())
    }

    /// A row a line: `text` as a string, each vector as a list of floats under its name, null where there is none.
    ///
    /// # Errors
    /// When it would be too large for its format.
    pub fn parquet(&self) -> Result<Vec<u8>, VectorsError> {
        Ok(parquet::write(self)?)
    }
}

/// One line's sentence.
struct Line<'v> {
    vectors: &'v Vectors<'v>,
    sentence: usize,
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Line { vectors, sentence } = *self;
        let mut map = serializer.serialize_map(Some(vectors.vectors.len() + 1))?;
        map.serialize_entry("text", &vectors.sentences[sentence])?;
        for (vector, all) in vectors.vectors {
            map.serialize_entry(&vector.to_string(), &all[sentence])?;
        }
        map.end()
    }
}

//! Sentences' vectors as a numpy archive.

use std::io::Cursor;

use ndarray_npy::NpzWriter;

use super::view::view;
use crate::export::{error::WriteError, vectors::Vectors};

/// An array `[line, size]` of f32 under the name of each vector, `mean` or `mean@3`, NaN where there is none; `unknown
/// [line]`, the share of unknown tokens.
pub(in crate::export::format) fn write(vectors: &Vectors) -> Result<Vec<u8>, WriteError> {
    let mut npz = NpzWriter::new(Cursor::new(Vec::new()));
    for ((vector, all), &size) in vectors.vectors.iter().zip(vectors.sizes) {
        let missing = vec![f32::NAN; size];
        let rows = vectors.lines.iter().flat_map(|line| line.and_then(|line| all[line].as_ref()).unwrap_or(&missing));
        let values: Vec<f32> = rows.copied().collect();
        npz.add_array(vector.to_string(), &view(&values, (vectors.lines.len(), size))?)?;
    }
    let unknown: Vec<f32> = vectors.lines.iter().map(|&line| vectors.unknown_share(line)).collect();
    npz.add_array("unknown", &view(&unknown, vectors.lines.len())?)?;
    Ok(npz.finish()?.into_inner())
}

//! Sentences' vectors as a numpy archive.

use std::io::Cursor;

use ndarray_npy::NpzWriter;

use super::view::view;
use crate::export::{
    error::WriteError,
    output::Output,
    vectors::{VectorColumns, VectorRows, Vectors},
};

/// An array `[line, size]` of f32 under the name of each vector, `mean` or `mean@3`, NaN where there is none; `unknown
/// [line]`, the share of unknown tokens; `line [line]`, the numbers of rows that have some. The length of an array stands before it, so all rows are held until the end.
pub(in crate::export::format) fn open(
    columns: VectorColumns,
    out: Output<'_>,
) -> Result<Box<dyn VectorRows + '_>, WriteError> {
    let values = vec![Vec::new(); columns.vectors.len()];
    Ok(Box::new(Arrays { columns, values, unknown: Vec::new(), numbers: Vec::new(), out }))
}

struct Arrays<'o> {
    columns: VectorColumns,
    /// `[vector][line, size]`.
    values: Vec<Vec<f32>>,
    unknown: Vec<f32>,
    numbers: Vec<i64>,
    out: Output<'o>,
}

impl VectorRows for Arrays<'_> {
    fn append(&mut self, rows: &Vectors) -> Result<(), WriteError> {
        for ((values, (_, size)), (_, all)) in self.values.iter_mut().zip(&self.columns.vectors).zip(rows.vectors) {
            let missing = vec![f32::NAN; *size];
            for line in rows.lines {
                values.extend_from_slice(line.and_then(|line| all[line].as_ref()).unwrap_or(&missing));
            }
        }
        self.numbers.extend(rows.numbers.unwrap_or_default().iter().map(|&number| number as i64));
        self.unknown.extend(rows.lines.iter().map(|&line| rows.unknown_share(line)));
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), WriteError> {
        let mut npz = NpzWriter::new(Cursor::new(Vec::new()));
        for ((vector, size), values) in self.columns.vectors.iter().zip(self.values) {
            npz.add_array(vector.to_string(), &view(&values, (self.unknown.len(), *size))?)?;
        }
        if self.columns.numbers {
            npz.add_array("line", &view(&self.numbers, self.numbers.len())?)?;
        }
        npz.add_array("unknown", &view(&self.unknown, self.unknown.len())?)?;
        Ok(self.out.write_all(npz.finish()?.get_ref())?)
    }
}

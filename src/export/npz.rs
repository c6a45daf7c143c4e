//! A trace as a numpy archive, under transformers' names and shapes.

use std::io::Cursor;

use ndarray::{ArrayView, Dimension, IntoDimension, ShapeError};
use ndarray_npy::{NpzWriter, WriteNpzError};

use crate::bert::Trace;

/// Why an archive could not be made.
#[derive(Debug, thiserror::Error)]
pub enum NpzError {
    /// The archive could not be written.
    #[error("cannot write the npz archive: {0}")]
    Write(#[from] WriteNpzError),
    /// Arrays and their sizes disagree; a mistake of clscope's.
    #[error("some arrays have unexpected sizes ({0}); please report it")]
    Shape(#[from] ShapeError),
}

/// `input_ids [S]` and `token_type_ids [S]` as i64; `attentions [L, H, S, S]`, `hidden_states [L+1, S, D]`,
/// `last_hidden_state [S, D]` and, where there is a pooler, `pooler_output [D]` as f32.
///
/// # Errors
/// When the archive would be too large for its format.
pub fn npz(trace: &Trace) -> Result<Vec<u8>, NpzError> {
    let (layers, heads, tokens, size) = (trace.layers, trace.heads, trace.tokens.len(), trace.hidden_size);
    let ids: Vec<i64> = trace.tokens.iter().map(|token| i64::from(token.id)).collect();
    let type_ids: Vec<i64> = trace.tokens.iter().map(|token| i64::from(token.type_id)).collect();

    let mut npz = NpzWriter::new(Cursor::new(Vec::new()));
    npz.add_array("input_ids", &view(&ids, tokens)?)?;
    npz.add_array("token_type_ids", &view(&type_ids, tokens)?)?;
    npz.add_array("attentions", &view(&trace.attentions, (layers, heads, tokens, tokens))?)?;
    npz.add_array("hidden_states", &view(&trace.hidden_states, (layers + 1, tokens, size))?)?;
    npz.add_array("last_hidden_state", &view(trace.last_hidden_state(), (tokens, size))?)?;
    if let Some(pooled) = &trace.pooler_output {
        npz.add_array("pooler_output", &view(pooled, size)?)?;
    }
    Ok(npz.finish()?.into_inner())
}

/// Row-major values as an array of this shape.
pub(super) fn view<T, S: IntoDimension>(values: &[T], shape: S) -> Result<ArrayView<'_, T, S::Dim>, ShapeError>
where
    S::Dim: Dimension,
{
    ArrayView::from_shape(shape.into_dimension(), values)
}

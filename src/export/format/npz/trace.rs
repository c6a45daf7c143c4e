//! A trace as a numpy archive, under transformers' names and shapes.

use std::io::Cursor;

use ndarray_npy::NpzWriter;

use super::view::view;
use crate::export::{error::WriteError, output::Output, trace::TraceDocument};

/// `input_ids [S]` and `token_type_ids [S]` as i64; `attentions [L, H, S, S]`, `hidden_states [L+1, S, D]`,
/// `last_hidden_state [S, D]` and, where there is a pooler, `pooler_output [D]` as f32; behind these the arrays of heads
/// and of measures.
pub(in crate::export::format) fn write(document: &TraceDocument, out: Output) -> Result<(), WriteError> {
    let trace = document.trace;
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
    for array in document.head_arrays() {
        npz.add_array(array.name, &view(&array.values, array.shape.as_slice())?)?;
    }
    for array in &document.measures {
        npz.add_array(array.id, &view(&array.values, array.shape.as_slice())?)?;
    }
    Ok(out.write_all(npz.finish()?.get_ref())?)
}

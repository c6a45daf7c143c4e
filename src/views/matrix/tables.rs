//! The numbers behind the matrix.

use crate::{
    analysis::Table,
    labels,
    state::{State, tables},
};

/// From every unit to every unit, in the cursor's layer.
pub(super) fn tables(state: &State) -> Vec<Table> {
    let Some((reading, shown)) = state.attended() else { return Vec::new() };
    let Some(matrix) = &shown.matrix else { return Vec::new() };
    let attention = &state.attention;
    let title = labels::analysis::matrix_title(attention.layer, shown.map.options, reading.trace.heads);
    vec![Table::matrix(title, attention.layer, tables::columns(reading, shown), matrix)]
}

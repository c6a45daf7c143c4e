//! The numbers behind the layers.

use crate::{
    analysis::{HeadChoice, Table},
    labels,
    state::{State, tables},
};

/// Every layer's row of the source; then every head's, of the cursor's layer.
pub(super) fn tables(state: &State) -> Vec<Table> {
    let attention = &state.attention;
    let (Some(readings), Some(shown)) = (&state.readings, &attention.shown) else { return Vec::new() };
    let passage = readings.passage(attention.reading);
    let who = tables::who(passage, shown);
    let rows: Vec<_> = (0..).zip(&shown.map.rows).map(|(layer, row)| ((layer, attention.options.heads), row)).collect();
    let head_rows: Vec<_> =
        (0..).zip(&shown.head_rows).map(|(head, row)| ((attention.layer, HeadChoice::One(head)), row)).collect();
    let heads = labels::analysis::heads(attention.options, passage.trace.heads);
    vec![
        tables::attention(format!("{who}, {heads}"), passage, shown, &rows),
        tables::attention(format!("{who}, layer {}, head by head", attention.layer + 1), passage, shown, &head_rows),
    ]
}

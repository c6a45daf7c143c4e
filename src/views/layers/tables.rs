//! The numbers behind the layers.

use crate::{
    analysis::{HeadChoice, Table},
    labels,
    messages::message,
    state::{State, tables},
};

/// Every layer's row of the source; then every head's, of the cursor's layer.
pub(super) fn tables(state: &State) -> Vec<Table> {
    let attention = &state.attention;
    let (Some(readings), Some(shown)) = (&state.readings, &attention.shown) else { return Vec::new() };
    let reading = readings.get(attention.reading_choice);
    let who = tables::who(reading, shown);
    let rows: Vec<_> = (0..).zip(&shown.map.rows).map(|(layer, row)| ((layer, attention.options.heads), row)).collect();
    let head_rows: Vec<_> =
        (0..).zip(&shown.head_rows).map(|(head, row)| ((attention.layer, HeadChoice::One(head)), row)).collect();
    let heads = labels::analysis::heads(shown.map.options, reading.trace.heads);
    let mut tables =
        vec![tables::attention(message!("layers-table", who = &who, heads = heads), reading, shown, &rows)];
    if !head_rows.is_empty() {
        let title = message!("layers-table-heads", who = who, layer = attention.layer + 1);
        tables.push(tables::attention(title, reading, shown, &head_rows));
    }
    tables
}

//! The numbers behind the view of all heads.

use crate::{
    analysis::{HeadChoice, Table},
    state::{State, tables},
};

/// Every statistic of each head, in the order shown; then the source's row in each.
pub(super) fn tables(state: &State) -> Vec<Table> {
    let Some((passage, shown)) = state.attended() else { return Vec::new() };
    let attention = &state.attention;
    let (trace, statistics) = (&passage.trace, passage.heads(attention.options.measure));
    let mut all: Vec<_> = (0..trace.layers).flat_map(|layer| (0..trace.heads).map(move |head| (layer, head))).collect();
    let rows = shown.heads.iter().flatten().zip(&all);
    let rows: Vec<_> = rows.map(|(row, &(layer, head))| ((layer, HeadChoice::One(head)), row)).collect();
    let pictures = tables::attention(format!("{}, every head", tables::who(passage, shown)), passage, shown, &rows);
    if attention.sorted {
        let statistic = attention.statistic_of(passage);
        let value = |(layer, head)| statistics.value(layer, head, statistic);
        all.sort_by(|&a, &b| value(b).total_cmp(&value(a)));
    }
    vec![Table::heads("What each head does".to_owned(), statistics, all), pictures]
}

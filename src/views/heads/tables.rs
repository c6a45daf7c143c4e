//! The numbers behind the heads.

use super::statistic::{ChosenStatistic, every_head};
use crate::{
    analysis::{HeadChoice, Table},
    state::{State, tables},
};

/// What each head does, in the order on screen; then every head's row of the source.
pub(super) fn tables(chosen: &ChosenStatistic, state: &State) -> Vec<Table> {
    let Some((passage, shown)) = state.attended() else { return Vec::new() };
    let (trace, statistics) = (&passage.trace, passage.heads(state.attention.options.measure));
    let rows = shown.heads.iter().flatten().zip(every_head(trace));
    let rows: Vec<_> = rows.map(|(row, (layer, head))| ((layer, HeadChoice::One(head)), row)).collect();
    vec![
        Table::heads("What each head does".to_owned(), statistics, chosen.in_order(trace, statistics)),
        tables::attention(format!("{}, every head", tables::who(passage, shown)), passage, shown, &rows),
    ]
}

//! The numbers behind the heads.

use super::statistic::{ChosenStatistic, every_head};
use crate::{
    analysis::{HeadChoice, Table},
    labels,
    messages::message,
    state::{State, tables},
};

/// What each head does, in the order on screen; then every head's row of the source.
pub(super) fn tables(chosen: &ChosenStatistic, state: &State) -> Vec<Table> {
    let Some((reading, shown)) = state.attended() else { return Vec::new() };
    let (trace, statistics) = (&reading.trace, reading.heads(state.measure()));
    let rows = shown.heads.iter().flatten().zip(every_head(trace, statistics));
    let rows: Vec<_> = rows.map(|(row, (layer, head))| ((layer, HeadChoice::One(head)), row)).collect();
    vec![
        Table::heads(
            message!("heads-table"),
            labels::analysis::statistic,
            statistics,
            chosen.in_order(trace, statistics),
        ),
        tables::attention(message!("heads-table-rows", who = tables::who(reading, shown)), reading, shown, &rows),
    ]
}

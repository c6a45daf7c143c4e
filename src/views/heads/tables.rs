//! The numbers behind the heads.

use super::statistic::{ChosenStatistic, HeadNumbers, every_head};
use crate::{
    analysis::{HeadChoice, Statistic, Table},
    labels,
    messages::message,
    state::{State, tables},
};

/// What each head does, in the order on screen; every head's row of the source; and, where tokens are marked, the heads in which
/// the source gives them most.
pub(super) fn tables(chosen: &ChosenStatistic, state: &State) -> Vec<Table> {
    let Some((reading, shown)) = state.attended() else { return Vec::new() };
    let Some(numbers) = HeadNumbers::new(state) else { return Vec::new() };
    let (trace, statistics) = (&reading.trace, numbers.of_trace());
    let rows = shown.heads.iter().flatten().zip(every_head(trace, statistics));
    let rows: Vec<_> = rows.map(|(row, (layer, head))| ((layer, HeadChoice::One(head)), row)).collect();
    let mut all = vec![
        Table::heads(
            message!("heads-table"),
            labels::analysis::statistic,
            statistics,
            chosen.in_order(trace, &numbers),
        ),
        tables::attention(message!("heads-table-rows", who = tables::who(reading, shown)), reading, shown, &rows),
    ];
    all.extend(numbers.links().map(|links| {
        let marked: Vec<String> = shown.marked.iter().map(|&unit| shown.units.in_sentence(trace, unit)).collect();
        let source = shown.units.in_sentence(trace, shown.map.source);
        let title = labels::analysis::links_title(&source, &marked.join(" "), shown.map.options);
        let label = labels::analysis::statistic(Statistic::ToMarked);
        Table::head_links(title, label, shown.map.options.measure.unit(), links, statistics, links.strongest())
    }));
    all
}

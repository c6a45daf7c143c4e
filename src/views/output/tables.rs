//! The numbers behind what heads and probes say.

use super::{OutputRow, OutputSection};
use crate::{
    analysis::{Column, Key, Quantity, Table, TableRow, ValueColumn},
    messages::label,
};

/// The scores of a section, and those without ablations where something is ablated.
pub(super) fn scores(section: &OutputSection) -> Table {
    let scores = || section.rows.iter().flat_map(|row| &row.scores);
    let has_before = scores().any(|score| score.before.is_some());
    let of_column = |name: &String| {
        let id = |id: &str| if section.columns.len() > 1 { format!("{name}_{id}") } else { id.to_owned() };
        let ids: &[&str] = if has_before { &["score", "before", "change"] } else { &["score"] };
        ids.iter().map(|&it| ValueColumn::new(id(it), Quantity::Number)).collect::<Vec<_>>()
    };
    let row = |row: &OutputRow| {
        let numbers = row.scores.iter().flat_map(|score| {
            let before = [score.before, score.before.map(|before| score.score - before)];
            std::iter::once(Some(score.score)).chain(before.into_iter().filter(move |_| has_before))
        });
        let keys = vec![Key::Text(section.head.id().to_owned()), Key::Text(row.name.clone())];
        TableRow { keys, cells: Vec::new(), measures: numbers.collect() }
    };
    Table {
        title: section.title.clone(),
        keys: vec![Column::new("head", label!("output-column-head").text()), "name".into()],
        cells: None,
        measures: section.columns.iter().flat_map(of_column).collect(),
        rows: section.rows.iter().map(row).collect(),
    }
}

use super::{Column, Key, Table, TableRow, ValueColumn};
use crate::analysis::{HeadLinks, HeadStatistics, Quantity, Statistic};

impl Table {
    /// What one unit gives some others in each head, `(layer, head)` from 0 in the order given.
    pub fn head_links(
        title: String,
        label: &'static str,
        unit: Quantity,
        links: &HeadLinks,
        statistics: &HeadStatistics,
        heads: impl IntoIterator<Item = (usize, usize)>,
    ) -> Self {
        let row = |(layer, head)| TableRow {
            keys: vec![Key::Number(layer + 1), Key::from(statistics.read(head))],
            cells: Vec::new(),
            measures: vec![Some(links.value(layer, head))],
        };
        Self {
            title,
            keys: Column::all(["layer", "head"]),
            cells: None,
            measures: vec![ValueColumn::new(Column::new(Statistic::ToMarked.id(), label), unit)],
            rows: heads.into_iter().map(row).collect(),
        }
    }
}

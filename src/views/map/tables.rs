//! The numbers behind the map.

use crate::{
    analysis::{Quantity, Table, TableRow, ValueColumn},
    messages::{listed, message},
    state::{
        ListState,
        list::{key_columns, keys, unknown, unknown_column},
    },
};

/// The points of both maps, once both are there.
pub(super) fn tables(list: &ListState) -> Vec<Table> {
    if list.is_empty() { Vec::new() } else { points(list).into_iter().collect() }
}

/// The points of both maps.
fn points(list: &ListState) -> Option<Table> {
    let sides = [list.side(0)?, list.side(1)?];
    let point = |side: usize, line: usize| sides[side].projection.points[list.place(line)?];
    let row = |&line: &usize| TableRow {
        keys: keys(list, line),
        cells: Vec::new(),
        measures: [(0, 0), (0, 1), (1, 0), (1, 1)]
            .map(|(side, axis)| Some(point(side, line)?[axis]))
            .into_iter()
            .chain([unknown(list, [line])])
            .collect(),
    };
    let shares = sides.map(|side| {
        let [x, y] = side.projection.shares.map(|share| share * 100.0);
        let [x, y] = [x, y].map(|share| format!("{share:.1}"));
        message!("map-table-shares", pooling = side.pooling.name(), x = x, y = y)
    });
    let names = list.poolings().into_iter().flat_map(|pooling| ["x", "y"].map(|axis| format!("{pooling} {axis}")));
    Some(Table {
        title: message!("map-table", shares = listed(shares)),
        keys: key_columns(),
        cells: None,
        measures: names.map(|name| ValueColumn::new(name, Quantity::Coordinate)).chain([unknown_column()]).collect(),
        rows: list.rows().iter().map(row).collect(),
    })
}

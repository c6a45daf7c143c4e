//! A comparison as tables.

use super::{Cells, Column, Key, Measure, Quantity, Table, TableRow};
use crate::analysis::Comparison;

/// What the three tables of a comparison are of.
const SIDES: [&str; 3] = ["held", "shown", "difference"];

impl Table {
    /// One row of a comparison, the number of a pair, as it is held, shown, and different; then every row of each.
    pub fn comparison(comparison: &Comparison, row: Option<usize>) -> Vec<Self> {
        let columns = comparison.columns.iter().map(|&at| format!("{at} {}", comparison.name(at))).collect();
        let of = Of { comparison, columns };
        let matrices = SIDES.into_iter().map(|side| of.matrix(side));
        row.map(|row| of.row(row)).into_iter().chain(matrices).collect()
    }
}

struct Of<'c> {
    comparison: &'c Comparison,
    columns: Vec<String>,
}

impl Of<'_> {
    /// A row, side by side.
    fn row(&self, row: usize) -> Table {
        let line = |side| TableRow {
            keys: vec![Key::Text(String::from(side))],
            cells: self.cells(side, row),
            measures: Vec::new(),
        };
        Table {
            title: format!("{} looks at …, held, shown, and their difference", self.comparison.name(row)),
            keys: Column::all(["side"]),
            cells: Some(self.heading("weights")),
            measures: Vec::new(),
            rows: SIDES.into_iter().map(line).collect(),
        }
    }

    /// Every row of a side.
    fn matrix(&self, side: &str) -> Table {
        let line = |&row: &usize| TableRow {
            keys: vec![Key::Number(row), Key::Text(self.comparison.name(row))],
            cells: self.cells(side, row),
            measures: vec![self.comparison.distances[row]],
        };
        Table {
            title: format!("Who looks at whom, {side}"),
            keys: Column::all(["from", "token"]),
            cells: Some(self.heading(if side == "difference" { "differences" } else { "weights" })),
            measures: vec![Measure::new("rows apart", Quantity::Share)],
            rows: self.comparison.columns.iter().map(line).collect(),
        }
    }

    fn heading(&self, name: &'static str) -> Cells {
        Cells { id: name, quantity: Quantity::Share, columns: self.columns.clone() }
    }

    fn cells(&self, side: &str, row: usize) -> Vec<Option<f32>> {
        let cell = |&column: &usize| {
            let [held, shown] = self.comparison.weights(row, column);
            match side {
                "held" => held,
                "shown" => shown,
                _ => self.comparison.difference(row, column),
            }
        };
        self.comparison.columns.iter().map(cell).collect()
    }
}

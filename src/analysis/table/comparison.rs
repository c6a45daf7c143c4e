//! A comparison as tables.

use super::{Cells, Column, Key, Table, TableRow, ValueColumn};
use crate::{
    analysis::{Comparison, Measure, Quantity},
    messages::{Label, label},
};

/// What a table of a comparison is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComparedTable {
    /// One row, with this name, in all three parts.
    Row(String),
    /// Every row of one part.
    Matrix(ComparedPart),
}

/// A part of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComparedPart {
    /// The baseline.
    Held,
    /// What is compared with it.
    Shown,
    /// Shown less held.
    Difference,
}

impl ComparedPart {
    /// Every part, in the order of the tables.
    pub const ALL: [ComparedPart; 3] = [ComparedPart::Held, ComparedPart::Shown, ComparedPart::Difference];

    /// As it is written in files.
    pub fn id(self) -> &'static str {
        match self {
            ComparedPart::Held => "held",
            ComparedPart::Shown => "shown",
            ComparedPart::Difference => "difference",
        }
    }

    /// For people.
    pub fn label(self) -> Label {
        match self {
            ComparedPart::Held => label!("compare-baseline"),
            ComparedPart::Shown => label!("compare-shown"),
            ComparedPart::Difference => label!("compare-difference"),
        }
    }
}

impl Table {
    /// One row of a comparison, the number of a pair, in all three parts; then every row of each. `title` names a table.
    pub fn comparison(
        comparison: &Comparison,
        row: Option<usize>,
        title: impl Fn(&ComparedTable) -> String,
    ) -> Vec<Self> {
        let columns = comparison.columns.iter().map(|&at| format!("{at} {}", comparison.name(at))).collect();
        let of = Of { comparison, columns };
        let row = row.map(|row| of.row(row, title(&ComparedTable::Row(comparison.name(row)))));
        let matrices = ComparedPart::ALL.map(|part| of.matrix(part, title(&ComparedTable::Matrix(part))));
        row.into_iter().chain(matrices).collect()
    }
}

struct Of<'c> {
    comparison: &'c Comparison,
    columns: Vec<String>,
}

impl Of<'_> {
    /// A row, part by part.
    fn row(&self, row: usize, title: String) -> Table {
        let line = |part: ComparedPart| TableRow {
            keys: vec![Key::Named { id: part.id(), label: part.label() }],
            cells: self.cells(part, row),
            measures: Vec::new(),
        };
        Table {
            title,
            keys: Column::all(["side"]),
            cells: Some(self.heading(self.measure().numbers_id())),
            measures: Vec::new(),
            rows: ComparedPart::ALL.into_iter().map(line).collect(),
        }
    }

    /// Every row of a part.
    fn matrix(&self, part: ComparedPart, title: String) -> Table {
        let line = |&row: &usize| TableRow {
            keys: vec![Key::Number(row), Key::Text(self.comparison.name(row))],
            cells: self.cells(part, row),
            measures: vec![self.comparison.distances[row]],
        };
        let cells = if part == ComparedPart::Difference { "differences" } else { self.measure().numbers_id() };
        Table {
            title,
            keys: Column::all(["from", "token"]),
            cells: Some(self.heading(cells)),
            measures: vec![ValueColumn::new("rows apart", Quantity::Share)],
            rows: self.comparison.columns.iter().map(line).collect(),
        }
    }

    fn measure(&self) -> Measure {
        self.comparison.measure
    }

    fn heading(&self, name: &'static str) -> Cells {
        Cells { id: name, quantity: self.measure().unit(), columns: self.columns.clone() }
    }

    fn cells(&self, part: ComparedPart, row: usize) -> Vec<Option<f32>> {
        let cell = |&column: &usize| {
            let [held, shown] = self.comparison.weights(row, column);
            match part {
                ComparedPart::Held => held,
                ComparedPart::Shown => shown,
                ComparedPart::Difference => self.comparison.difference(row, column),
            }
        };
        self.comparison.columns.iter().map(cell).collect()
    }
}

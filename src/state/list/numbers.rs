//! The numbers behind the views of the list: tables, facts, and what is copied.

use super::{ListOrder, ListState};
use crate::{
    analysis::{Cells, Column, Key, Measure, Quantity, Table, TableRow},
    state::{State, View},
};

/// Matrices of more sentences are left to `clscope similarity --file`.
const MOST_IN_A_TABLE: usize = 200;

const NO_PAIR: &str = "no cosine is under the cursor";

impl ListState {
    fn keys(&self, line: usize) -> Vec<Key> {
        vec![Key::Number(line + 1), Key::Text(self.lines[line].text.to_string())]
    }

    /// The cosines under a pooling, rows and columns in the order shown.
    fn matrix(&self, side: usize) -> Table {
        let pooling = self.poolings[side];
        let column = |&line: &usize| format!("{} {}", line + 1, self.lines[line].text);
        let row = |&line: &usize| TableRow {
            keys: self.keys(line),
            cells: self.rows.iter().map(|&other| self.cosine(side, line, other)).collect(),
            measures: Vec::new(),
        };
        Table {
            title: format!("Cosine of each sentence with each, {pooling}"),
            keys: Column::all(["line", "sentence"]),
            cells: Some(Cells {
                id: "cosines",
                quantity: Quantity::Cosine,
                columns: self.rows.iter().map(column).collect(),
            }),
            measures: Vec::new(),
            rows: self.rows.iter().map(row).collect(),
        }
    }

    /// How close every other is to the one under the cursor.
    fn neighbours(&self) -> Table {
        let others = self.rows.iter().filter(|&&line| line != self.line);
        let row = |&other: &usize| TableRow {
            keys: self.keys(other),
            cells: Vec::new(),
            measures: (0..2).map(|side| self.cosine(side, self.line, other)).collect(),
        };
        Table {
            title: format!("Cosine of each sentence with {} {}", self.line + 1, self.lines[self.line].text),
            keys: Column::all(["line", "sentence"]),
            cells: None,
            measures: self.poolings.iter().map(|pooling| measure(pooling.to_string(), Quantity::Cosine)).collect(),
            rows: others.map(row).collect(),
        }
    }

    /// The pairs on which the two poolings disagree most.
    fn disagreements(&self) -> Option<Table> {
        let arranged = self.arranged.as_ref()?;
        let mut lines = vec![None; self.lines.len()];
        (0..self.lines.len()).filter_map(|line| Some((line, self.place(line)?))).for_each(|(line, place)| {
            if let Some(at) = lines.get_mut(place) {
                *at = Some(line);
            }
        });
        let line = |place: usize| lines.get(place).copied().flatten();
        let rows = arranged.disagreements.iter().filter_map(|pair| {
            let (a, b) = (line(pair.a)?, line(pair.b)?);
            let shares = pair.percentiles.map(|percentile| Some((percentile / 100.0) as f32));
            Some(TableRow {
                keys: [self.keys(a), self.keys(b)].concat(),
                cells: Vec::new(),
                measures: (0..2).map(|side| self.cosine(side, a, b)).chain(shares).collect(),
            })
        });
        let cosines = self.poolings.iter().map(|pooling| measure(pooling.to_string(), Quantity::Cosine));
        let shares = self.poolings.iter().map(|pooling| measure(format!("less close, {pooling}"), Quantity::Share));
        Some(Table {
            title: "Pairs by how much the two poolings disagree on their place among all pairs".to_owned(),
            keys: Column::all(["line a", "sentence a", "line b", "sentence b"]),
            cells: None,
            measures: cosines.chain(shares).collect(),
            rows: rows.collect(),
        })
    }

    /// The points of both maps.
    fn points(&self) -> Option<Table> {
        let sides = [self.side(0)?, self.side(1)?];
        let point = |side: usize, line: usize| sides[side].projection.points[self.place(line)?];
        let row = |&line: &usize| TableRow {
            keys: self.keys(line),
            cells: Vec::new(),
            measures: [(0, 0), (0, 1), (1, 0), (1, 1)].map(|(side, axis)| Some(point(side, line)?[axis])).to_vec(),
        };
        let shares = sides.map(|side| {
            let [x, y] = side.projection.shares.map(|share| share * 100.0);
            format!("{} {x:.1} % and {y:.1} %", side.pooling)
        });
        let names = self.poolings.iter().flat_map(|pooling| ["x", "y"].map(|axis| format!("{pooling} {axis}")));
        Some(Table {
            title: format!("First two principal components, with their share of the variance: {}", shares.join(", ")),
            keys: Column::all(["line", "sentence"]),
            cells: None,
            measures: names.map(|name| measure(name, Quantity::Number)).collect(),
            rows: self.rows.iter().map(row).collect(),
        })
    }
}

fn measure(name: String, quantity: Quantity) -> Measure {
    Measure::new(name, quantity)
}

impl State {
    /// The tables behind the views of the list.
    pub(crate) fn list_tables(&self) -> Vec<Table> {
        let list = &self.list;
        if list.side(0).is_none() || list.side(1).is_none() || list.is_empty() {
            return Vec::new();
        }
        if self.view == View::Map {
            return list.points().into_iter().collect();
        }
        let sides = if list.lines.len() <= MOST_IN_A_TABLE { 0..2 } else { 0..0 };
        let matrices = sides.map(|side| list.matrix(side));
        matrices.chain([list.neighbours()]).chain(list.disagreements()).collect()
    }

    /// What to know about them.
    pub(crate) fn list_facts(&self) -> Vec<(&'static str, String)> {
        let [left, right] = self.list.poolings;
        let order = match self.list.order {
            ListOrder::Given => "as given".to_owned(),
            ListOrder::Clustered => format!("clustered under {left}"),
        };
        vec![
            ("sentences", self.list.lines.len().to_string()),
            ("poolings", format!("{left}, {right}")),
            ("order", order),
        ]
    }

    /// The cosine under the cursor and left pooling; on the map, that with the nearest.
    pub(crate) fn list_number(&self) -> Result<(f32, String), &'static str> {
        let list = &self.list;
        let [pooling, _] = list.poolings;
        let (other, cosine) = match self.view {
            View::Map => *list.nearest(0).first().ok_or(NO_PAIR)?,
            _ => (list.other, list.cosine(0, list.line, list.other).ok_or(NO_PAIR)?),
        };
        Ok((cosine, format!("cosine of sentences {} and {} under {pooling}", list.line + 1, other + 1)))
    }
}

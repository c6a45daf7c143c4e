//! Why two sentences are close: what their parts add to a cosine, and which of their tokens are alike.

use super::{Cells, Column, Key, Table, TableRow, ValueColumn};
use crate::{
    analysis::{CosineTerms, Granularity, LateInteraction, Quantity},
    bert::Trace,
    messages::label,
};

impl Table {
    /// What each part of A adds with each part of B, in the units given; `names` are of the rows and the columns.
    pub fn cosine_terms(title: String, terms: &CosineTerms, granularity: Granularity, names: [Vec<String>; 2]) -> Self {
        let [rows, columns] = names;
        let (sums, [of_a, _]) = (terms.row_sums(), sides(granularity));
        let row = |(at, name): (usize, String)| TableRow {
            keys: vec![Key::Text(name)],
            cells: (0..columns.len()).map(|column| terms.get(at, column).map(|term| term as f32)).collect(),
            measures: vec![sums.get(at).map(|sum| *sum as f32)],
        };
        Self {
            title,
            keys: vec![of_a],
            rows: rows.into_iter().enumerate().map(row).collect(),
            cells: Some(Cells { id: "terms", quantity: Quantity::Number, columns }),
            measures: vec![ValueColumn::new("sum", Quantity::Number)],
        }
    }

    /// The pairs of the same table one below the other, the largest first, whatever their sign, and their shares of the
    /// cosine; at most so many.
    pub fn strongest_pairs(
        title: String,
        terms: &CosineTerms,
        granularity: Granularity,
        names: &[Vec<String>; 2],
        most: usize,
    ) -> Self {
        let (cosine, [rows, columns]) = (terms.cosine(), names);
        let row = |(row, column): (usize, usize)| {
            let term = terms.get(row, column);
            let share = term.filter(|_| cosine.abs() > CosineTerms::LEAST).map(|term| (term / cosine) as f32);
            TableRow {
                keys: vec![Key::Text(rows[row].clone()), Key::Text(columns[column].clone())],
                cells: Vec::new(),
                measures: vec![term.map(|term| term as f32), share],
            }
        };
        let label = label!("pooling-dimensions-adds");
        Self {
            title,
            keys: sides(granularity).into(),
            cells: None,
            measures: vec![
                ValueColumn::new(Column::new("adds", label.text()), Quantity::Number),
                ValueColumn::new(Column::new("share", label!("analysis-share-of-cosine").text()), Quantity::Share),
            ],
            rows: terms.strongest().into_iter().take(most).map(row).collect(),
        }
    }

    /// Each token of one text with its nearest of another.
    pub fn late_interaction(title: String, found: &LateInteraction, from: &Trace, to: &Trace) -> Self {
        let name = |trace: &Trace, token: usize| Key::Text(format!("{token} {}", trace.tokens[token].written()));
        let rows = found.tokens.iter().map(|found| TableRow {
            keys: vec![name(from, found.token), name(to, found.nearest)],
            cells: Vec::new(),
            measures: vec![Some(found.cosine)],
        });
        let keys = [("token", label!("analysis-token")), ("nearest", label!("analysis-nearest"))];
        Self {
            title,
            keys: keys.map(|(id, label)| Column::new(id, label.text())).into(),
            cells: None,
            measures: vec![ValueColumn::new("cosine", Quantity::Cosine)],
            rows: rows.collect(),
        }
    }
}

/// What rows and columns are of.
fn sides(granularity: Granularity) -> [Column; 2] {
    let named = match granularity {
        Granularity::Words => {
            [("word of A", label!("pooling-column-word-of-a")), ("word of B", label!("pooling-column-word-of-b"))]
        }
        Granularity::Subwords => {
            [("token of A", label!("pooling-column-token-of-a")), ("token of B", label!("pooling-column-token-of-b"))]
        }
    };
    named.map(|(id, label)| Column::new(id, label.text()))
}

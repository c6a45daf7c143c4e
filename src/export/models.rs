//! Models to choose from.

use std::{borrow::Cow, io};

use serde_json::{Value, json};

use super::{
    columns::aligned,
    document::{Document, Tables, byte_count},
    error::WriteError,
    json_line::write_line,
    output::Output,
};
use crate::{
    analysis::{Column, Key, Table, TableRow},
    messages::{label, message},
    models::{Bytes, Listed},
    printable::printable,
};

/// The columns of a line that are numbers: layers and heads, and bytes.
const NUMBERS: [usize; 2] = [3, 4];

/// The models of this machine and those that are recommended.
#[derive(Debug)]
pub struct ModelList(pub Vec<Listed>);

impl Tables for ModelList {
    /// A row a model, sizes in bytes.
    fn document(&self) -> Cow<'_, Document> {
        let text = |text: &str| Key::Text(printable(text).into_owned());
        let row = |Listed { name, place, summary, languages, note }: &Listed| TableRow {
            keys: vec![
                text(name),
                text(place.name()),
                text(&summary.family),
                text(summary.pooling.as_deref().unwrap_or_default()),
                Key::Number(summary.layers),
                Key::Number(summary.heads),
                Key::Number(summary.hidden_size),
                byte_count(summary.bytes),
                text(languages.as_deref().unwrap_or_default()),
                text(note.as_deref().unwrap_or_default()),
            ],
            cells: Vec::new(),
            measures: Vec::new(),
        };
        let table = Table {
            title: message!("export-models"),
            keys: Column::all([
                "name",
                "place",
                "family",
                "pooling",
                "layers",
                "heads",
                "hidden_size",
                "bytes",
                "languages",
                "note",
            ]),
            cells: None,
            measures: Vec::new(),
            rows: self.0.iter().map(row).collect(),
        };
        Cow::Owned(Document { tables: vec![table], ..Document::default() })
    }

    /// A line a model.
    fn text(&self, out: Output) -> Option<io::Result<()>> {
        let headings = [
            label!("export-name").text(),
            label!("export-place").text(),
            label!("export-family").text(),
            "L×H",
            label!("export-size").text(),
            label!("export-languages").text(),
        ];
        let mut lines = vec![headings.map(str::to_owned).to_vec()];
        lines.extend(self.0.iter().map(|Listed { name, place, summary, languages, .. }| {
            vec![
                printable(name).into_owned(),
                place.label().to_string(),
                printable(&summary.family).into_owned(),
                format!("{}×{}", summary.layers, summary.heads),
                Bytes(summary.bytes).to_string(),
                printable(languages.as_deref().unwrap_or_default()).into_owned(),
            ]
        }));
        Some(out.write_all(aligned(&lines, |at| !NUMBERS.contains(&at)).as_bytes()))
    }

    /// `[{"name": ..., "place": ..., "layers": ..., "heads": ..., "hidden_size": ..., "bytes": ..., ...}, ...]`
    fn json(&self, out: Output) -> Option<Result<(), WriteError>> {
        let model = |Listed { name, place, summary, languages, note }: &Listed| {
            json!({
                "name": name, "place": place.name(), "family": summary.family, "pooling": summary.pooling, "layers": summary.layers, "heads": summary.heads,
                "hidden_size": summary.hidden_size, "bytes": summary.bytes, "languages": languages, "note": note,
            })
        };
        let models: Vec<Value> = self.0.iter().map(model).collect();
        Some(write_line(&models, out))
    }
}

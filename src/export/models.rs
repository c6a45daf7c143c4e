//! Models to choose from.

use std::{borrow::Cow, fmt::Write, io};

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use super::{
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
        let models = &self.0;
        let widest = |texts: &dyn Fn(&Listed) -> String| models.iter().map(|model| texts(model).width()).max();
        let name_of = |model: &Listed| printable(&model.name).into_owned();
        let family_of = |model: &Listed| printable(&model.summary.family).into_owned();
        let languages = |model: &Listed| printable(model.languages.as_deref().unwrap_or_default()).into_owned();
        let (name, place, size) = (label!("export-name"), label!("export-place"), label!("export-size"));
        let (family, languages_label) = (label!("export-family"), label!("export-languages"));
        let name_width = widest(&name_of).unwrap_or(0).max(name.text().width());
        let family_width = widest(&family_of).unwrap_or(0).max(family.text().width());
        let padded = |text: &str, width: usize| format!("{text}{}", " ".repeat(width.saturating_sub(text.width())));
        let (name, family) = (padded(name.text(), name_width), padded(family.text(), family_width));
        let mut text = format!("{name}  {place:<9}  {family}  {:>7}  {size:>7}  {languages_label}\n", "L×H");
        for model in models {
            let name = padded(&name_of(model), name_width);
            let family = padded(&family_of(model), family_width);
            let shape = format!("{}×{}", model.summary.layers, model.summary.heads);
            let (place, size) = (model.place.label(), Bytes(model.summary.bytes));
            let line = format!("{name}  {place:<9}  {family}  {shape:>7}  {size:>7}  {}", languages(model));
            let _ = writeln!(text, "{}", line.trim_end());
        }
        Some(out.write_all(text.as_bytes()))
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

//! Tables and traces as JSON.

mod trace;

use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeSeq},
};

pub(super) use trace::write as write_trace;

use crate::{
    analysis::{Key, Table, TableRow},
    export::{
        document::{Document, Tables},
        error::WriteError,
        json_line::write_line,
        output::Output,
    },
};

/// In the shape of the document's own, or else the usual one: `{"about": {"model": ..., ...}, "tables": [{"title": ..., "columns": ["0 [CLS]", ...], "rows": [{"layer": 1, "head":
/// "mean", "weights": [...], "spread": ..., "hidden": ...}, ...]}]}`; null for what is not finite.
pub(super) fn write(tables: &dyn Tables, out: Output) -> Result<(), WriteError> {
    tables.json(&mut *out).unwrap_or_else(|| write_line(&WholeDocument(&tables.document()), out))
}

struct WholeDocument<'d>(&'d Document);

impl Serialize for WholeDocument<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("about", &About(&self.0.about))?;
        map.serialize_entry("tables", &List(&self.0.tables))?;
        map.end()
    }
}

/// Each name once, as of two of one name readers see the last: facts of one name are the lines of one text.
struct About<'d>(&'d [(&'static str, String)]);

impl Serialize for About<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut facts: Vec<(&str, String)> = Vec::new();
        for (name, value) in self.0 {
            match facts.iter_mut().find(|(known, _)| known == name) {
                Some((_, lines)) => *lines = format!("{lines}\n{value}"),
                None => facts.push((name, value.clone())),
            }
        }
        serializer.collect_map(facts)
    }
}

struct List<'d>(&'d [Table]);

impl Serialize for List<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(One))
    }
}

struct One<'d>(&'d Table);

impl Serialize for One<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("title", &self.0.title)?;
        if let Some(cells) = &self.0.cells {
            map.serialize_entry("columns", &cells.columns)?;
        }
        map.serialize_entry("rows", &JsonRows(self.0))?;
        map.end()
    }
}

struct JsonRows<'d>(&'d Table);

impl Serialize for JsonRows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.rows.len()))?;
        for row in &self.0.rows {
            list.serialize_element(&JsonRow(self.0, row))?;
        }
        list.end()
    }
}

struct JsonRow<'d>(&'d Table, &'d TableRow);

impl Serialize for JsonRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let JsonRow(table, row) = self;
        let mut map = serializer.serialize_map(None)?;
        for (column, key) in table.keys.iter().zip(&row.keys) {
            match key {
                Key::Number(number) => map.serialize_entry(&column.id, number)?,
                Key::Text(text) => map.serialize_entry(&column.id, text)?,
                Key::Named { id, .. } => map.serialize_entry(&column.id, id)?,
            }
        }
        if let Some(cells) = &table.cells {
            map.serialize_entry(cells.id, &row.cells)?;
        }
        for (measure, value) in table.measures.iter().zip(&row.measures) {
            map.serialize_entry(&measure.column.id, value)?;
        }
        map.end()
    }
}

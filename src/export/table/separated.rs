//! Tables as values with separators, for spreadsheets and scripts.

use csv::{QuoteStyle, WriterBuilder};

use super::{Document, key_text, one_line};
use crate::analysis::Table;

/// Tab-separated, never quoted: tabs and line breaks in a text become blanks.
pub(super) fn tsv(document: &Document) -> Result<Vec<u8>, csv::Error> {
    separated(document, WriterBuilder::new().delimiter(b'\t').quote_style(QuoteStyle::Never))
}

/// Comma-separated, quoted where RFC 4180 asks for it.
pub(super) fn csv(document: &Document) -> Result<Vec<u8>, csv::Error> {
    separated(document, &WriterBuilder::new())
}

/// Each table as a heading and its rows: keys, cells, measures; an empty line between two tables. Numbers have all their
/// digits, and are missing where they are not finite.
fn separated(document: &Document, builder: &WriterBuilder) -> Result<Vec<u8>, csv::Error> {
    let write = |table: &Table| -> Result<Vec<u8>, csv::Error> {
        let mut writer = builder.from_writer(Vec::new());
        let cells = table.cells.iter().flat_map(|cells| &cells.columns);
        let measures = table.measures.iter().map(|measure| &measure.name);
        let names = cells.chain(measures).map(|name| one_line(name));
        writer.write_record(table.keys.iter().map(|&key| key.to_owned()).chain(names))?;
        for row in &table.rows {
            let numbers = row.cells.iter().chain(&row.measures).map(|&value| number(value));
            writer.write_record(row.keys.iter().map(key_text).chain(numbers))?;
        }
        Ok(writer.into_inner().map_err(|e| e.into_error())?)
    };
    Ok(document.tables.iter().map(write).collect::<Result<Vec<_>, _>>()?.join(&b'\n'))
}

fn number(value: Option<f32>) -> String {
    value.filter(|value| value.is_finite()).map_or(String::new(), |value| value.to_string())
}

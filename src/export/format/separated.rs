//! Tables as values with separators, for spreadsheets and scripts.

use csv::{QuoteStyle, WriterBuilder};

use crate::{
    analysis::{Key, Table},
    export::{
        document::{StreamedTable, Tables, one_plain_line},
        error::WriteError,
        output::Output,
    },
};

/// Tab-separated, never quoted: tabs and line breaks in a text become blanks.
pub(super) fn write_tsv(tables: &dyn Tables, out: Output) -> Result<(), WriteError> {
    separated(tables, out, WriterBuilder::new().delimiter(b'\t').quote_style(QuoteStyle::Never))
}

/// Comma-separated, quoted where RFC 4180 asks for it.
pub(super) fn write_csv(tables: &dyn Tables, out: Output) -> Result<(), WriteError> {
    separated(tables, out, &WriterBuilder::new())
}

/// Each table as a heading and its rows: keys, cells, measures, keys that come last; an empty line between two tables.
/// Numbers have all their digits unless their measure is rounded, and are missing where they are not finite.
fn separated(tables: &dyn Tables, mut out: Output, builder: &WriterBuilder) -> Result<(), WriteError> {
    let document;
    let streamed = match tables.streamed() {
        Some(tables) => tables,
        None => {
            document = tables.document();
            document.tables.iter().map(StreamedTable::from).collect()
        }
    };
    for (at, StreamedTable { head, rows }) in streamed.into_iter().enumerate() {
        let table: &Table = &head;
        if at > 0 {
            out.write_all(b"\n")?;
        }
        let mut writer = builder.from_writer(&mut out);
        let keys = |is_last| (0..table.keys.len()).filter(move |&at| table.keys[at].is_last == is_last);
        let ids = |is_last| keys(is_last).map(|at| table.keys[at].id.to_string());
        let cells = table.cells.iter().flat_map(|cells| &cells.columns).map(|name| one_plain_line(name));
        let measures = table.measures.iter().map(|measure| one_plain_line(&measure.column.id));
        writer.write_record(ids(false).chain(cells).chain(measures).chain(ids(true)))?;
        for row in rows {
            let texts = |is_last| keys(is_last).map(|at| key(&row.keys[at]));
            let cells = row.cells.iter().map(|&value| number(value, None));
            let measures = row.measures.iter().zip(&table.measures);
            let measures = measures.map(|(&value, measure)| number(value, measure.decimals));
            writer.write_record(texts(false).chain(cells).chain(measures).chain(texts(true)))?;
        }
        writer.flush()?;
    }
    Ok(())
}

fn key(key: &Key) -> String {
    match key {
        Key::Text(text) => one_plain_line(text),
        key => key.to_string(),
    }
}

fn number(value: Option<f32>, decimals: Option<usize>) -> String {
    match (value.filter(|value| value.is_finite()), decimals) {
        (None, _) => String::new(),
        (Some(value), None) => value.to_string(),
        (Some(value), Some(decimals)) => format!("{value:.decimals$}"),
    }
}

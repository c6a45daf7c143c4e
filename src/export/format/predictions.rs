//! Predictions in every format, as they come.

use csv::{QuoteStyle, Writer, WriterBuilder};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::export::{
    document::{one_line, one_plain_line},
    error::WriteError,
    json_line::write_line,
    output::Output,
    predictions::{PredictedRow, PredictionColumns, PredictionRows, RecordValue},
};

/// `{"line": 1, "text": ..., "head": ..., "labels" | "entities" | "answers" | "masks": [...]}` a row.
pub(super) fn open_jsonl(columns: PredictionColumns, out: Output<'_>) -> Box<dyn PredictionRows + '_> {
    Box::new(JsonFile { columns, out, is_list: false, count: 0 })
}

/// The same in a list.
pub(super) fn open_json(columns: PredictionColumns, out: Output<'_>) -> Box<dyn PredictionRows + '_> {
    Box::new(JsonFile { columns, out, is_list: true, count: 0 })
}

struct JsonFile<'o> {
    columns: PredictionColumns,
    out: Output<'o>,
    is_list: bool,
    count: usize,
}

impl PredictionRows for JsonFile<'_> {
    fn append(&mut self, rows: &[PredictedRow]) -> Result<(), WriteError> {
        for row in rows {
            if self.is_list {
                self.out.write_all(if self.count == 0 { b"[" } else { b"," })?;
            }
            self.count += 1;
            let object: Value = self.columns.object(row);
            write_line(&object, self.out)?;
        }
        Ok(self.out.flush()?)
    }

    fn finish(self: Box<Self>) -> Result<(), WriteError> {
        match (self.is_list, self.count) {
            (true, 0) => self.out.write_all(b"[]\n")?,
            (true, _) => self.out.write_all(b"]\n")?,
            (false, _) => {}
        }
        Ok(())
    }
}

/// A record a line; tabs and line breaks in a text become blanks.
pub(super) fn open_tsv(columns: PredictionColumns, out: Output<'_>) -> Box<dyn PredictionRows + '_> {
    let mut builder = WriterBuilder::new();
    builder.delimiter(b'\t').quote_style(QuoteStyle::Never);
    Box::new(SeparatedFile { columns, writer: builder.from_writer(out), begun: false })
}

/// A record a line, quoted where RFC 4180 asks for it.
pub(super) fn open_csv(columns: PredictionColumns, out: Output<'_>) -> Box<dyn PredictionRows + '_> {
    Box::new(SeparatedFile { columns, writer: WriterBuilder::new().from_writer(out), begun: false })
}

struct SeparatedFile<'o> {
    columns: PredictionColumns,
    writer: Writer<Output<'o>>,
    begun: bool,
}

impl SeparatedFile<'_> {
    fn begin(&mut self) -> Result<(), WriteError> {
        if !std::mem::replace(&mut self.begun, true) {
            self.writer.write_record(self.columns.names().iter().map(|name| one_plain_line(name)))?;
        }
        Ok(())
    }
}

impl PredictionRows for SeparatedFile<'_> {
    fn append(&mut self, rows: &[PredictedRow]) -> Result<(), WriteError> {
        self.begin()?;
        for record in rows.iter().flat_map(|row| self.columns.records(row)) {
            self.writer.write_record(record.iter().map(|cell| match cell {
                RecordValue::None => String::new(),
                RecordValue::Count(count) => count.to_string(),
                RecordValue::Score(score) if score.is_finite() => score.to_string(),
                RecordValue::Score(_) => String::new(),
                RecordValue::Text(text) => one_plain_line(text),
            }))?;
        }
        Ok(self.writer.flush()?)
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        self.begin()?;
        Ok(self.writer.flush()?)
    }
}

/// For reading in a terminal: columns as wide as those of the first rows.
pub(super) fn open_text(columns: PredictionColumns, out: Output<'_>) -> Box<dyn PredictionRows + '_> {
    Box::new(TextFile { columns, out, widths: Vec::new() })
}

struct TextFile<'o> {
    columns: PredictionColumns,
    out: Output<'o>,
    widths: Vec<usize>,
}

impl TextFile<'_> {
    fn line(&mut self, cells: &[String]) -> Result<(), WriteError> {
        let mut line = String::new();
        for (at, (cell, width)) in cells.iter().zip(&self.widths).enumerate() {
            if at > 0 {
                line.push_str("  ");
            }
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width())));
        }
        Ok(self.out.write_all(format!("{}\n", line.trim_end()).as_bytes())?)
    }
}

impl PredictionRows for TextFile<'_> {
    fn append(&mut self, rows: &[PredictedRow]) -> Result<(), WriteError> {
        let lines: Vec<Vec<String>> = rows
            .iter()
            .flat_map(|row| self.columns.records(row))
            .map(|record| record.iter().map(readable).collect())
            .collect();
        if self.widths.is_empty() {
            let names: Vec<String> = self.columns.names().iter().map(|name| one_line(name)).collect();
            let width = |at: usize| lines.iter().chain([&names]).map(|line| line[at].width()).max().unwrap_or(0);
            self.widths = (0..names.len()).map(width).collect();
            self.line(&names)?;
        }
        for line in &lines {
            self.line(line)?;
        }
        Ok(self.out.flush()?)
    }

    fn finish(self: Box<Self>) -> Result<(), WriteError> {
        Ok(())
    }
}

fn readable(cell: &RecordValue) -> String {
    match cell {
        RecordValue::None => String::new(),
        RecordValue::Count(count) => count.to_string(),
        RecordValue::Score(score) if score.is_finite() => format!("{score:.4}"),
        RecordValue::Score(_) => "–".to_owned(),
        RecordValue::Text(text) => one_line(text),
    }
}

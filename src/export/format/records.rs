//! Records in every format that is text, as they come.

use csv::{QuoteStyle, Writer, WriterBuilder};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::export::{
    document::{one_line, one_plain_line},
    error::WriteError,
    output::Output,
    records::{RecordColumn, RecordRow, RecordRows, RecordValue},
};

type OpenedRecords<'o> = Result<Box<dyn RecordRows + 'o>, WriteError>;

/// An object a row: `{"line": 1, "text": ..., ...}`.
pub(super) fn open_jsonl(_: Vec<RecordColumn>, out: Output<'_>) -> OpenedRecords<'_> {
    Ok(Box::new(JsonFile { out, is_list: false, count: 0 }))
}

/// The same in a list.
pub(super) fn open_json(_: Vec<RecordColumn>, out: Output<'_>) -> OpenedRecords<'_> {
    Ok(Box::new(JsonFile { out, is_list: true, count: 0 }))
}

struct JsonFile<'o> {
    out: Output<'o>,
    is_list: bool,
    count: usize,
}

impl RecordRows for JsonFile<'_> {
    fn append(&mut self, rows: &[&dyn RecordRow]) -> Result<(), WriteError> {
        for row in rows {
            if self.is_list {
                self.out.write_all(if self.count == 0 { b"[" } else { b"," })?;
            }
            self.count += 1;
            row.write_json(self.out)?;
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
pub(super) fn open_tsv(columns: Vec<RecordColumn>, out: Output<'_>) -> OpenedRecords<'_> {
    let mut builder = WriterBuilder::new();
    builder.delimiter(b'\t').quote_style(QuoteStyle::Never);
    Ok(Box::new(SeparatedFile { columns, writer: builder.from_writer(out), begun: false }))
}

/// A record a line, quoted where RFC 4180 asks for it.
pub(super) fn open_csv(columns: Vec<RecordColumn>, out: Output<'_>) -> OpenedRecords<'_> {
    Ok(Box::new(SeparatedFile { columns, writer: WriterBuilder::new().from_writer(out), begun: false }))
}

struct SeparatedFile<'o> {
    columns: Vec<RecordColumn>,
    writer: Writer<Output<'o>>,
    begun: bool,
}

impl SeparatedFile<'_> {
    fn begin(&mut self) -> Result<(), WriteError> {
        if !std::mem::replace(&mut self.begun, true) {
            self.writer.write_record(self.columns.iter().map(|column| one_plain_line(&column.name)))?;
        }
        Ok(())
    }
}

impl RecordRows for SeparatedFile<'_> {
    fn append(&mut self, rows: &[&dyn RecordRow]) -> Result<(), WriteError> {
        self.begin()?;
        for record in rows.iter().flat_map(|row| row.records()) {
            self.writer.write_record(record.iter().map(|cell| match cell {
                RecordValue::Count(count) => count.to_string(),
                RecordValue::Score(score) if score.is_finite() => score.to_string(),
                RecordValue::Number(number) if number.is_finite() => number.to_string(),
                RecordValue::None | RecordValue::Score(_) | RecordValue::Number(_) => String::new(),
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
pub(super) fn open_text(columns: Vec<RecordColumn>, out: Output<'_>) -> OpenedRecords<'_> {
    Ok(Box::new(TextFile { columns, out, widths: Vec::new() }))
}

struct TextFile<'o> {
    columns: Vec<RecordColumn>,
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

impl RecordRows for TextFile<'_> {
    fn append(&mut self, rows: &[&dyn RecordRow]) -> Result<(), WriteError> {
        let lines: Vec<Vec<String>> =
            rows.iter().flat_map(|row| row.records()).map(|record| record.iter().map(readable).collect()).collect();
        if self.widths.is_empty() {
            let names: Vec<String> = self.columns.iter().map(|column| one_line(&column.name)).collect();
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
        RecordValue::Number(number) if number.is_finite() => format!("{number:.4}"),
        RecordValue::Score(_) | RecordValue::Number(_) => "–".to_owned(),
        RecordValue::Text(text) => beginning(one_line(text)),
    }
}

/// What a terminal has room for.
fn beginning(text: String) -> String {
    const MOST: usize = 60;
    if text.width() <= MOST {
        return text;
    }
    let mut used = 0;
    let fits = |character: &char| {
        used += character.width().unwrap_or(0);
        used < MOST
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_the_beginning_of_a_long_text() {
        assert_eq!(beginning("short".to_owned()), "short");
        let long = beginning("猫".repeat(100));
        assert!(long.width() <= 60 && long.ends_with('…'), "{long}");
        assert_eq!(beginning("x".repeat(61)), format!("{}…", "x".repeat(59)));
    }
}

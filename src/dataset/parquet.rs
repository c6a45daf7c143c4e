//! Parquet: the columns of single values, row by row.

use std::fs::File;

use bytes::Bytes;
use parquet::{
    basic::{Compression, Repetition},
    file::{reader::FileReader, serialized_reader::SerializedFileReader},
    record::{Field, Row, reader::RowIter},
    schema::types::{Type, TypePtr},
};

use super::{
    error::{Fault, Found, Placed},
    place::RecordPlace,
    record::{Record, RecordCell, Records},
};
use crate::guard::guarded;

/// The rows of a file.
pub(super) struct ParquetRecords {
    rows: RowIter<'static>,
    names: Vec<String>,
    row: u64,
}

pub(super) fn open_file(file: File) -> Found<ParquetRecords> {
    open(|| SerializedFileReader::new(file).map(|reader| Box::new(reader) as Box<dyn FileReader>))
}

pub(super) fn open_bytes(bytes: Vec<u8>) -> Found<ParquetRecords> {
    open(|| SerializedFileReader::new(Bytes::from(bytes)).map(|reader| Box::new(reader) as Box<dyn FileReader>))
}

fn open(reader: impl FnOnce() -> parquet::errors::Result<Box<dyn FileReader>>) -> Found<ParquetRecords> {
    let opened = guarded(|| {
        let reader = reader()?;
        let groups = reader.metadata().row_groups();
        let compressed = groups.iter().flat_map(|group| group.columns()).map(|column| column.compression());
        let unread = compressed
            .filter(|codec| !matches!(codec, Compression::UNCOMPRESSED | Compression::SNAPPY | Compression::GZIP(_)));
        if let Some(codec) = unread.min_by_key(|codec| format!("{codec:?}")) {
            let codec = format!("{codec:?}").split('(').next().unwrap_or_default().to_lowercase();
            return Ok(Err(Fault::Compression { codec }));
        }
        let root = reader.metadata().file_metadata().schema_descr().root_schema_ptr();
        let fields: Vec<TypePtr> = root.get_fields().iter().filter(|field| is_single(field)).cloned().collect();
        let names = fields.iter().map(|field| field.name().to_owned()).collect();
        let schema = Type::group_type_builder(root.name()).with_fields(fields).build()?;
        let rows = RowIter::from_file_into(reader).project(Some(schema))?;
        Ok(Ok(ParquetRecords { rows, names, row: 0 }))
    });
    match opened {
        Ok(Ok(Ok(records))) => Ok(records),
        Ok(Ok(Err(fault))) => Err(fault.into()),
        Ok(Err(error)) => Err(damaged(&error)),
        Err(panic) => Err(Fault::Parquet(panic).into()),
    }
}

fn damaged(error: &parquet::errors::ParquetError) -> Placed {
    let text = error.to_string();
    let text = text.lines().next().unwrap_or_default();
    Fault::Parquet(text.strip_prefix("Parquet error: ").unwrap_or(text).to_owned()).into()
}

/// Whether a column has one value a row; lists, as of vectors, are not read.
fn is_single(field: &Type) -> bool {
    field.is_primitive() && field.get_basic_info().repetition() != Repetition::REPEATED
}

impl Records for ParquetRecords {
    fn next(&mut self) -> Option<Found<Record>> {
        let row = match guarded(|| self.rows.next()) {
            Ok(row) => row?,
            Err(panic) => return Some(Err(Fault::Parquet(panic).into())),
        };
        self.row += 1;
        let place = RecordPlace::row(self.row);
        Some(match row {
            Ok(row) => Ok(Record::new(place, values(&row))),
            Err(error) => Err(Placed { place: Some(place), ..damaged(&error) }),
        })
    }

    fn names(&self) -> Option<Vec<String>> {
        Some(self.names.clone())
    }
}

fn values(row: &Row) -> Vec<RecordCell> {
    let cell = |field: &Field| match field {
        Field::Null => RecordCell::Missing,
        Field::Str(text) => RecordCell::from(text.as_str()),
        Field::Bytes(bytes) => match bytes.as_utf8() {
            Ok(text) => RecordCell::from(text),
            Err(_) => RecordCell::Nested,
        },
        Field::Float(number) => RecordCell::from(number.to_string()),
        Field::Double(number) => RecordCell::from(number.to_string()),
        Field::Group(_) | Field::ListInternal(_) | Field::MapInternal(_) => RecordCell::Nested,
        other => RecordCell::from(other.to_string()),
    };
    row.get_column_iter().map(|(_, field)| cell(field)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Written by pyarrow (`scripts/dataset_reference.py`).
    fn file(name: &str) -> Vec<u8> {
        std::fs::read(format!("{}/tests/reference/dataset/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    fn rows(bytes: Vec<u8>) -> (Vec<String>, Vec<Vec<RecordCell>>) {
        let mut records = open_bytes(bytes).unwrap_or_else(|placed| panic!("{}", placed.fault));
        let rows = std::iter::from_fn(|| records.next())
            .map(|record| record.unwrap().values.iter().cloned().collect())
            .collect();
        (records.names, rows)
    }

    #[test]
    fn columns_of_single_values_are_read() {
        for codec in ["snappy", "gzip"] {
            let (names, rows) = rows(file(&format!("pairs.{codec}.parquet")));
            assert_eq!(
                names,
                ["label", "sentence1", "sentence2", "idx", "__index_level_0__"],
                "the vectors are left out"
            );
            assert_eq!(rows.len(), 10);
            assert_eq!(
                rows[1][..2],
                [RecordCell::Text("0".into()), RecordCell::Text("Our train leaves at noon.".into())]
            );
        }
        let (_, rows) = rows(file("texts.parquet"));
        assert_eq!(
            rows.iter().map(|row| row[1].text()).collect::<Vec<_>>(),
            [Some("A cat sat."), None, Some("猫坐着。")]
        );
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let fault = open_bytes(file("pairs.zstd.parquet")).err().unwrap().fault.to_string();
        assert!(fault.contains("compressed with zstd") && fault.contains("snappy"), "{fault}");
        let whole = file("pairs.snappy.parquet");
        let fault = open_bytes(whole[..whole.len() / 2].to_vec()).err().unwrap().fault.to_string();
        assert!(fault.starts_with("it cannot be read as Parquet") && fault.ends_with("export it as CSV"), "{fault}");
        // Whatever is damaged is an error, never a panic.
        for at in (4..whole.len()).step_by(7) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x55;
            if let Ok(mut records) = open_bytes(bytes) {
                while let Some(Ok(_)) = records.next() {}
            }
        }
    }
}

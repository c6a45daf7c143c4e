use parquet::{
    basic::{Repetition, Type as Physical},
    data_type::{ByteArray, ByteArrayType, DataType, DoubleType, FloatType, Int64Type},
    errors::ParquetError,
    file::writer::{SerializedColumnWriter, SerializedFileWriter},
    schema::types::Type,
};

use super::{begin, number, string};
use crate::export::{
    error::WriteError,
    output::Output,
    records::{RecordColumn, RecordKind, RecordRow, RecordRows, RecordValue},
};

/// So many records are a group: a reader takes up one group at a time, and small ones would cost more than they hold.
const GROUP: usize = 2048;

/// A record each, any value of which may be null: whole numbers as `int64`, scores as `float`, numbers as `double`, texts as strings.
pub(in super::super) fn open_records(
    columns: Vec<RecordColumn>,
    out: Output<'_>,
) -> Result<Box<dyn RecordRows + '_>, WriteError> {
    let file = begin(schema(&columns)?, out)?;
    Ok(Box::new(RecordGroups { columns, file, waiting: Vec::new() }))
}

struct RecordGroups<'o> {
    columns: Vec<RecordColumn>,
    file: SerializedFileWriter<Output<'o>>,
    /// Those that are in no group yet.
    waiting: Vec<Vec<RecordValue>>,
}

impl RecordRows for RecordGroups<'_> {
    fn append(&mut self, rows: &[&dyn RecordRow]) -> Result<(), WriteError> {
        self.waiting.extend(rows.iter().flat_map(|row| row.records()));
        if self.waiting.len() >= GROUP { self.write_group() } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        if !self.waiting.is_empty() {
            self.write_group()?;
        }
        self.file.close()?;
        Ok(())
    }
}

impl RecordGroups<'_> {
    fn write_group(&mut self) -> Result<(), WriteError> {
        let records = std::mem::take(&mut self.waiting);
        let mut group = self.file.next_row_group()?;
        for (at, RecordColumn { kind, .. }) in self.columns.iter().enumerate() {
            let Some(column) = group.next_column()? else { break };
            let values = records.iter().map(|record| &record[at]);
            match kind {
                RecordKind::Count => write::<Int64Type>(column, values, |value| match value {
                    RecordValue::Count(count) => Some(*count as i64),
                    _ => None,
                }),
                RecordKind::Score => write::<FloatType>(column, values, |value| match value {
                    RecordValue::Score(score) => Some(*score).filter(|score| score.is_finite()),
                    _ => None,
                }),
                RecordKind::Number => write::<DoubleType>(column, values, |value| match value {
                    RecordValue::Number(number) => Some(*number).filter(|number| number.is_finite()),
                    _ => None,
                }),
                RecordKind::Text => write::<ByteArrayType>(column, values, |value| match value {
                    RecordValue::Text(text) => Some(ByteArray::from(text.as_str())),
                    _ => None,
                }),
            }?;
        }
        group.close()?;
        Ok(())
    }
}

fn write<'v, T: DataType>(
    mut column: SerializedColumnWriter,
    values: impl Iterator<Item = &'v RecordValue>,
    take: impl Fn(&RecordValue) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let (mut there, mut depths) = (Vec::new(), Vec::new());
    for value in values.map(take) {
        depths.push(i16::from(value.is_some()));
        there.extend(value);
    }
    column.typed::<T>().write_batch(&there, Some(&depths), None)?;
    column.close()
}

fn schema(columns: &[RecordColumn]) -> Result<Type, ParquetError> {
    let field = |RecordColumn { name, kind }: &RecordColumn| match kind {
        RecordKind::Count => number(name, Physical::INT64, Repetition::OPTIONAL),
        RecordKind::Score => number(name, Physical::FLOAT, Repetition::OPTIONAL),
        RecordKind::Number => number(name, Physical::DOUBLE, Repetition::OPTIONAL),
        RecordKind::Text => string(name, Repetition::OPTIONAL),
    };
    let fields = columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
    Type::group_type_builder("clscope").with_fields(fields).build()
}

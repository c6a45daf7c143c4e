//! Parquet files in the form that DuckDB, Spark and pyarrow read: vectors as lists of floats, and records.

mod records;

use std::sync::Arc;

use parquet::{
    basic::{LogicalType, Repetition, Type as Physical},
    data_type::{ByteArray, ByteArrayType, FloatType, Int64Type},
    errors::ParquetError,
    file::{properties::WriterProperties, writer::SerializedFileWriter},
    schema::types::Type,
};

pub(super) use records::open_records;

use crate::export::{
    error::WriteError,
    output::Output,
    vectors::{VectorColumns, VectorRows, Vectors},
};

/// How deep a number of a list stands, and an empty or missing list (the format's definition levels).
const DEPTH_OF_NUMBER: i16 = 2;
const DEPTH_OF_NOTHING: i16 = 0;

/// A row each: `line` where rows have numbers, `id` where they have ids, `text` as a string, `unknown` as the share of unknown tokens, each vector as a list
/// of floats under its name, null where there is none. What is appended at once is a group of rows.
pub(super) fn open(columns: VectorColumns, out: Output<'_>) -> Result<Box<dyn VectorRows + '_>, WriteError> {
    Ok(Box::new(Groups(begin(schema(&columns)?, out)?)))
}

fn begin(schema: Type, out: Output<'_>) -> Result<SerializedFileWriter<Output<'_>>, ParquetError> {
    // Texts and numbers do not repeat, so a dictionary would only cost.
    let properties = WriterProperties::builder().set_dictionary_enabled(false).build();
    SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))
}

fn string(name: &str, repetition: Repetition) -> Result<Arc<Type>, ParquetError> {
    let column = Type::primitive_type_builder(name, Physical::BYTE_ARRAY).with_repetition(repetition);
    column.with_logical_type(Some(LogicalType::String)).build().map(Arc::new)
}

fn number(name: &str, kind: Physical, repetition: Repetition) -> Result<Arc<Type>, ParquetError> {
    Type::primitive_type_builder(name, kind).with_repetition(repetition).build().map(Arc::new)
}

struct Groups<'o>(SerializedFileWriter<Output<'o>>);

impl VectorRows for Groups<'_> {
    fn append(&mut self, vectors: &Vectors) -> Result<(), WriteError> {
        let mut group = self.0.next_row_group()?;
        if let Some(numbers) = vectors.numbers
            && let Some(mut column) = group.next_column()?
        {
            let numbers: Vec<i64> = numbers.iter().map(|&number| number as i64).collect();
            column.typed::<Int64Type>().write_batch(&numbers, None, None)?;
            column.close()?;
        }
        if let Some(ids) = vectors.ids
            && let Some(mut column) = group.next_column()?
        {
            let names: Vec<ByteArray> = ids.iter().flatten().map(|id| id.as_str().into()).collect();
            let depths: Vec<i16> = ids.iter().map(|id| i16::from(id.is_some())).collect();
            column.typed::<ByteArrayType>().write_batch(&names, Some(&depths), None)?;
            column.close()?;
        }
        if let Some(mut column) = group.next_column()? {
            let texts: Vec<ByteArray> = vectors.lines.iter().map(|&line| vectors.text(line).into()).collect();
            column.typed::<ByteArrayType>().write_batch(&texts, None, None)?;
            column.close()?;
        }
        if let Some(mut column) = group.next_column()? {
            let shares: Vec<f32> = vectors.lines.iter().map(|&line| vectors.unknown_share(line)).collect();
            column.typed::<FloatType>().write_batch(&shares, None, None)?;
            column.close()?;
        }
        for (_, all) in vectors.vectors {
            let Some(mut column) = group.next_column()? else { break };
            let (mut numbers, mut depths, mut begins) = (Vec::new(), Vec::new(), Vec::new());
            for &line in vectors.lines {
                match line.and_then(|line| all[line].as_ref()) {
                    Some(vector) => {
                        numbers.extend_from_slice(vector);
                        depths.extend(vector.iter().map(|_| DEPTH_OF_NUMBER));
                        begins.extend((0..vector.len()).map(|at| i16::from(at > 0)));
                    }
                    None => {
                        depths.push(DEPTH_OF_NOTHING);
                        begins.push(0);
                    }
                }
            }
            column.typed::<FloatType>().write_batch(&numbers, Some(&depths), Some(&begins))?;
            column.close()?;
        }
        group.close()?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), WriteError> {
        self.0.close()?;
        Ok(())
    }
}

/// `required int64 line; optional string id; required string text; required float unknown; optional list<required float> mean; ...`
fn schema(columns: &VectorColumns) -> Result<Type, ParquetError> {
    let mut fields = Vec::new();
    if columns.numbers {
        fields.push(number("line", Physical::INT64, Repetition::REQUIRED)?);
    }
    if columns.ids {
        fields.push(string("id", Repetition::OPTIONAL)?);
    }
    fields.push(string("text", Repetition::REQUIRED)?);
    fields.push(number("unknown", Physical::FLOAT, Repetition::REQUIRED)?);
    for (vector, _) in &columns.vectors {
        let element = number("element", Physical::FLOAT, Repetition::REQUIRED)?;
        let list = Type::group_type_builder("list").with_repetition(Repetition::REPEATED).with_fields(vec![element]);
        let name = vector.to_string();
        let column = Type::group_type_builder(&name)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(Some(LogicalType::List))
            .with_fields(vec![Arc::new(list.build()?)]);
        fields.push(Arc::new(column.build()?));
    }
    Type::group_type_builder("clscope").with_fields(fields).build()
}

//! What an index says of each tensor
//! (<https://github.com/tensorflow/tensorflow/blob/v2.20.0/tensorflow/core/protobuf/tensor_bundle.proto>).

use burn::tensor::DType;

use super::table;
use crate::{
    bert::wire::{WireField, WireReader},
    messages::message,
};

/// A tensor of a checkpoint.
#[derive(Debug, PartialEq)]
pub(super) struct IndexEntry {
    /// As TensorFlow calls it.
    pub name: String,
    /// None for what holds no floating-point numbers.
    pub dtype: Option<DType>,
    pub shape: Vec<usize>,
    /// Which of the data files it is in.
    pub shard: usize,
    /// Where it begins there.
    pub offset: u64,
    /// Its length.
    pub bytes: usize,
    /// Of its bytes, masked.
    pub checksum: u32,
    /// Whether it is kept in parts under other names.
    pub in_parts: bool,
}

/// Reads an index: how many data files there are, and every tensor.
///
/// # Errors
/// What is wrong with it, in one line.
pub(super) fn read(bytes: &[u8]) -> Result<(usize, Vec<IndexEntry>), String> {
    let damaged = || message!("bert-tensorflow-index");
    let all = table::entries(bytes).map_err(|error| match error {
        table::TableError::NoTable => message!("bert-tensorflow-no-table"),
        table::TableError::Packed => message!("bert-tensorflow-packed"),
        table::TableError::Checksum => message!("bert-tensorflow-checksum"),
        table::TableError::Damaged => damaged(),
    })?;
    let mut all = all.into_iter();
    // The empty key stands first.
    let (_, header) = all.next().filter(|(key, _)| key.is_empty()).ok_or_else(damaged)?;
    let (shards, is_little) = header_of(&header).ok_or_else(damaged)?;
    if !is_little {
        return Err(message!("bert-tensorflow-big-endian"));
    }
    let entries = all.map(|(key, value)| {
        let name = String::from_utf8(key).map_err(|_| damaged())?;
        entry(name, &value).ok_or_else(damaged)
    });
    Ok((shards, entries.collect::<Result<_, _>>()?))
}

/// How many data files there are, and whether numbers begin with their lowest byte.
fn header_of(bytes: &[u8]) -> Option<(usize, bool)> {
    let (mut reader, mut shards, mut is_little) = (WireReader(bytes), 0, true);
    while !reader.0.is_empty() {
        match reader.field()? {
            (1, WireField::Number(value)) => shards = usize::try_from(value).ok()?,
            (2, WireField::Number(value)) => is_little = value == 0,
            _ => {}
        }
    }
    Some((shards, is_little))
}

fn entry(name: String, bytes: &[u8]) -> Option<IndexEntry> {
    let mut reader = WireReader(bytes);
    let mut entry = IndexEntry {
        name,
        dtype: None,
        shape: Vec::new(),
        shard: 0,
        offset: 0,
        bytes: 0,
        checksum: 0,
        in_parts: false,
    };
    while !reader.0.is_empty() {
        match reader.field()? {
            (1, WireField::Number(value)) => entry.dtype = dtype(value),
            (2, WireField::Bytes(shape)) => entry.shape = dimensions(shape)?,
            (3, WireField::Number(value)) => entry.shard = usize::try_from(value).ok()?,
            (4, WireField::Number(value)) => entry.offset = value,
            (5, WireField::Number(value)) => entry.bytes = usize::try_from(value).ok()?,
            (6, WireField::Number(value)) => entry.checksum = u32::try_from(value).ok()?,
            (7, _) => entry.in_parts = true,
            _ => {}
        }
    }
    let elements = entry.shape.iter().try_fold(1usize, |product, &size| product.checked_mul(size));
    let is_whole =
        entry.dtype.is_none_or(|dtype| elements.and_then(|n| n.checked_mul(dtype.size())) == Some(entry.bytes));
    (entry.in_parts || is_whole).then_some(entry)
}

fn dimensions(bytes: &[u8]) -> Option<Vec<usize>> {
    let (mut reader, mut sizes) = (WireReader(bytes), Vec::new());
    while !reader.0.is_empty() {
        if let (2, WireField::Bytes(dimension)) = reader.field()? {
            let (mut reader, mut size) = (WireReader(dimension), 0);
            while !reader.0.is_empty() {
                if let (1, WireField::Number(value)) = reader.field()? {
                    size = usize::try_from(value).ok()?;
                }
            }
            sizes.push(size);
        }
    }
    Some(sizes)
}

/// Numbers of `tensorflow.DataType`.
fn dtype(number: u64) -> Option<DType> {
    match number {
        1 => Some(DType::F32),
        2 => Some(DType::F64),
        14 => Some(DType::BF16),
        19 => Some(DType::F16),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::bert::tensorflow::masked;

    fn written(name: &str) -> Vec<u8> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/tensorflow");
        fs::read(format!("{folder}/{name}")).unwrap()
    }

    #[test]
    fn an_index_of_tensorflows_is_read() {
        let (shards, entries) = read(&written("bert/bert_model.ckpt.index")).unwrap();
        assert_eq!((shards, entries.len()), (1, 32));
        assert!(entries.is_sorted_by(|a, b| a.name < b.name));
        let of = |name: &str| entries.iter().find(|entry| entry.name == name).unwrap();
        let words = of("bert/embeddings/word_embeddings");
        assert_eq!((words.dtype, &*words.shape, words.bytes), (Some(DType::F32), &[49, 16][..], 49 * 16 * 4));
        assert_eq!((of("global_step").dtype, of("global_step").shape.len()), (None, 0));
        let (shards, entries) = read(&written("bert-sharded/bert_model.ckpt.index")).unwrap();
        assert_eq!(shards, 3);
        assert!((0..3).all(|shard| entries.iter().any(|entry| entry.shard == shard)));
    }

    /// With checksums that fit its blocks, where these still lie inside.
    fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
        let seal = |bytes: &mut Vec<u8>, start: usize, length: usize| {
            let end = start.checked_add(length).filter(|end| end + 5 <= bytes.len());
            let Some(end) = end else { return };
            let checksum = masked(crc32c::crc32c(&bytes[start..=end])).to_le_bytes();
            bytes[end + 1..end + 5].copy_from_slice(&checksum);
        };
        let mut footer = WireReader(&bytes[bytes.len() - 48..]);
        let handles: Vec<usize> = (0..4).map_while(|_| footer.varint()).map(|number| number as usize).collect();
        // One block of keys, which lies first.
        let first = handles[0].min(bytes.len()).saturating_sub(5);
        seal(&mut bytes, 0, first);
        seal(&mut bytes, handles[2], handles[3]);
        bytes
    }

    #[test]
    fn no_damage_is_believed_and_none_is_fatal() {
        let whole = written("bert-sharded/bert_model.ckpt.index");
        assert_eq!(sealed(whole.clone()), whole, "the checksums are those of TensorFlow");
        let expected = read(&whole).unwrap();
        let mut changed = 0;
        for at in 0..whole.len() {
            for value in [0, 1, 0x7f, 0x80, 0xff] {
                let mut bytes = whole.clone();
                bytes[at] = value;
                if bytes != whole {
                    // Without a fitting checksum nothing is read otherwise than it was written.
                    assert!(read(&bytes).is_err() || read(&bytes).unwrap() == expected, "{at} is {value}");
                    changed += usize::from(read(&sealed(bytes)).is_ok_and(|found| found != expected));
                }
            }
            assert!(read(&whole[..at]).is_err(), "cut at {at}");
        }
        assert!(changed > 100, "what is sealed is read: {changed}");
    }
}

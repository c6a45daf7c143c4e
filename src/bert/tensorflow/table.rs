//! The sorted table that a checkpoint's index is
//! (<https://github.com/google/leveldb/blob/main/doc/table_format.md>): blocks of keys that each say how much of the key before
//! they share, a block that leads to the others, and a footer that leads to that one.

use crate::bert::wire::WireReader;

/// What each block ends with: of which kind it is, and a checksum.
const TRAILER: usize = 5;
const FOOTER: usize = 48;
const MAGIC: u64 = 0xdb47_7524_8b80_fb57;

/// Why a table cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TableError {
    /// It does not end as tables do.
    NoTable,
    /// A block is packed, which TensorFlow does not do.
    Packed,
    /// A block is not what its checksum says.
    Checksum,
    /// Something leads out of the file, or out of its block.
    Damaged,
}

/// A key and its value.
type KeyAndValue = (Vec<u8>, Vec<u8>);

/// Every key and its value, in their order.
pub(super) fn entries(bytes: &[u8]) -> Result<Vec<KeyAndValue>, TableError> {
    let footer = bytes.len().checked_sub(FOOTER).ok_or(TableError::NoTable)?;
    let (handles, magic) = bytes[footer..].split_at(FOOTER - size_of::<u64>());
    if magic != MAGIC.to_le_bytes() {
        return Err(TableError::NoTable);
    }
    let mut handles = WireReader(handles);
    let _meta = handle(&mut handles)?;
    let mut all = Vec::new();
    for (_, value) in block(bytes, handle(&mut handles)?)? {
        all.extend(block(bytes, handle(&mut WireReader(&value))?)?);
        // Blocks may be pointed at twice: what they hold together cannot be more than there is.
        if all.len() > bytes.len() {
            return Err(TableError::Damaged);
        }
    }
    Ok(all)
}

/// Where a block begins, and how long it is.
fn handle(reader: &mut WireReader) -> Result<(usize, usize), TableError> {
    let mut number = || reader.varint().and_then(|value| usize::try_from(value).ok()).ok_or(TableError::Damaged);
    Ok((number()?, number()?))
}

fn block(bytes: &[u8], (start, length): (usize, usize)) -> Result<Vec<KeyAndValue>, TableError> {
    let end = start.checked_add(length).ok_or(TableError::Damaged)?;
    let content = bytes.get(start..end).ok_or(TableError::Damaged)?;
    let trailer = bytes.get(end..end.saturating_add(TRAILER)).ok_or(TableError::Damaged)?;
    if trailer[0] != 0 {
        return Err(TableError::Packed);
    }
    let checked = bytes.get(start..=end).ok_or(TableError::Damaged)?;
    if super::masked(crc32c::crc32c(checked)).to_le_bytes() != trailer[1..] {
        return Err(TableError::Checksum);
    }
    // Behind the keys stand the places from which one can read on without the key before, and their number.
    let number = content.len().checked_sub(4).ok_or(TableError::Damaged)?;
    let restarts = u32::from_le_bytes(content[number..].try_into().map_err(|_| TableError::Damaged)?) as usize;
    let keys = restarts.checked_mul(4).and_then(|size| number.checked_sub(size)).ok_or(TableError::Damaged)?;

    let (mut reader, mut found, mut before) = (WireReader(&content[..keys]), Vec::new(), Vec::new());
    while !reader.0.is_empty() {
        let mut next = || reader.varint().and_then(|value| usize::try_from(value).ok());
        let (shared, own, value) =
            next().zip(next()).zip(next()).map(|((a, b), c)| (a, b, c)).ok_or(TableError::Damaged)?;
        let mut key: Vec<u8> = before.get(..shared).ok_or(TableError::Damaged)?.to_vec();
        key.extend_from_slice(reader.take(own).ok_or(TableError::Damaged)?);
        let value = reader.take(value).ok_or(TableError::Damaged)?.to_vec();
        before.clone_from(&key);
        found.push((key, value));
    }
    Ok(found)
}

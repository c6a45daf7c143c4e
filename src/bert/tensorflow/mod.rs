//! Checkpoints of TensorFlow, as Google gave its BERTs away: a sorted table says where in which file each tensor lies, and the files
//! hold the numbers as they are. Also out of the zip that they came in.

mod data;
mod index;
mod names;
mod table;

use std::{path::PathBuf, sync::Arc};

use burn_store::burn_pack::{Bytes, Error as ReadError, Tensor as StoredTensor};

use super::{
    BertError,
    weights::{Tensors, name},
};
use crate::messages::message;
use data::Data;
use index::IndexEntry;

/// A checkpoint's files, in a directory or in a zip.
#[derive(Clone, Debug)]
pub struct TensorFlowFiles {
    /// The zip that the others are in.
    pub zip: Option<PathBuf>,
    /// `bert_model.ckpt.index`.
    pub index: PathBuf,
    /// `bert_model.ckpt.data-00000-of-00001` and the like, in their order.
    pub data: Vec<PathBuf>,
}

impl TensorFlowFiles {
    /// The files on the disk.
    pub(super) fn paths(&self) -> Vec<&PathBuf> {
        self.zip.as_ref().map_or_else(|| std::iter::once(&self.index).chain(&self.data).collect(), |zip| vec![zip])
    }
}

/// Reads the index. Tensors have the names and the shapes of transformers.
pub(super) fn open(files: &TensorFlowFiles) -> Result<Tensors, BertError> {
    let file = name(&files.index);
    let damaged = |reason: String| BertError::Weights { file: file.clone(), reason };
    let (shards, entries) = index::read(&data::small(files.zip.as_deref(), &files.index)?).map_err(damaged)?;
    if entries.iter().any(|entry| entry.name.ends_with("/.ATTRIBUTES/VARIABLE_VALUE")) {
        return Err(BertError::WeightsForm { file, reason: message!("bert-tensorflow-objects") });
    }
    if shards != files.data.len() {
        let reason = message!("bert-tensorflow-shards", expected = shards.to_string(), found = files.data.len());
        return Err(BertError::WeightsForm { file, reason });
    }
    let data = files.data.iter().map(|path| Data::open(files.zip.as_deref(), path).map(Arc::new));
    let data: Vec<Arc<Data>> = data.collect::<Result<_, _>>()?;
    let is_albert = entries.iter().any(|entry| names::is_of_albert(&entry.name));
    let mut tensors = Tensors::new();
    for entry in entries.into_iter().filter(|entry| !entry.in_parts) {
        let shard = data.get(entry.shard).ok_or_else(|| damaged(message!("bert-tensorflow-index")))?;
        if entry.offset.checked_add(entry.bytes as u64).is_none_or(|end| end > shard.length()) {
            let (name, bytes) = (entry.name, shard.length());
            let reason = message!("bert-tensorflow-short", name = name, bytes = bytes);
            return Err(BertError::Weights { file: shard.name(), reason });
        }
        let (name, tensor) = tensor(entry, is_albert, Arc::clone(shard));
        tensors.insert(name, tensor);
    }
    Ok(tensors)
}

/// A tensor that is read when it is wanted.
fn tensor(entry: IndexEntry, is_albert: bool, data: Arc<Data>) -> (String, StoredTensor) {
    let (name, is_turned) = names::torch_name(&entry.name, is_albert);
    let IndexEntry { dtype, mut shape, offset, bytes, checksum, name: own, .. } = entry;
    let turned = match *shape {
        [rows, columns] if is_turned => {
            shape.reverse();
            Some((rows, columns))
        }
        _ => None,
    };
    let width = dtype.map_or(1, |dtype| dtype.size());
    let provider = move || {
        let failed = |reason: String| ReadError::IoError(format!("{own}: {reason}"));
        let values = data.read(offset, bytes).map_err(|error| failed(error.to_string()))?;
        if masked(crc32c::crc32c(&values)) != checksum {
            return Err(failed(message!("bert-tensorflow-checksum")));
        }
        Ok(Bytes::from_bytes_vec(match turned {
            Some((rows, columns)) => transposed(&values, rows, columns, width),
            None => values,
        }))
    };
    // Only floats are ever loaded; what stands for anything else does not matter.
    let dtype = dtype.unwrap_or(burn::tensor::DType::U8);
    let shape = burn::tensor::Shape::from(shape);
    (name.clone(), StoredTensor::deferred(name, dtype, shape, None, bytes, provider))
}

/// `[rows, columns]` the other way round, of numbers so many bytes wide.
fn transposed(values: &[u8], rows: usize, columns: usize, width: usize) -> Vec<u8> {
    let mut turned = Vec::with_capacity(values.len());
    for column in 0..columns {
        for row in 0..rows {
            let at = (row * columns + column) * width;
            turned.extend_from_slice(&values[at..at + width]);
        }
    }
    turned
}

/// A checksum as these files keep it, so that checksums of files that hold some are not strange.
fn masked(checksum: u32) -> u32 {
    checksum.rotate_right(15).wrapping_add(0xa282_ead8)
}

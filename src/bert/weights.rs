//! The tensors of a checkpoint's files. Only headers are read here; a tensor's bytes are read when it is loaded,
//! one after the other, so that the weights never stand in memory twice.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use burn::tensor::DType;
use burn_store::{
    ModuleStore, PytorchStore,
    burn_pack::{Bytes, Error as ReadError, Tensor as StoredTensor},
};
use safetensors::tensor::{Dtype, Metadata};

use super::{BertError, TensorFlowFiles, tensorflow};
use crate::messages::{cannot_read, message};

/// Where the weights lie, and in which form.
#[derive(Clone, Debug)]
pub enum Weights {
    /// A `model.safetensors`, compiled into the program.
    Static(&'static [u8]),
    /// `model.safetensors`, or its shards.
    Safetensors(Vec<PathBuf>),
    /// `pytorch_model.bin` (what `torch.save` writes), or its shards.
    Pytorch(Vec<PathBuf>),
    /// `bert_model.ckpt.index` with its data, of Google's.
    TensorFlow(TensorFlowFiles),
}

/// A checkpoint's tensors by the names they have in it.
pub(super) type Tensors = BTreeMap<String, StoredTensor>;

impl Weights {
    /// A line for each file, not the same once it has changed: path, length, time of change, and a checksum of its beginning
    /// and of samples, for a file may be replaced by one of the same length and time.
    pub(super) fn stamp(&self) -> String {
        let of = |path: &PathBuf| {
            let changed = path.metadata().map(|meta| (meta.len(), meta.modified().ok())).ok();
            format!("{} {changed:?} {:?}\n", path.display(), checksum(path).ok())
        };
        match self {
            Weights::Static(bytes) => format!("compiled in {}\n", bytes.len()),
            Weights::Safetensors(paths) | Weights::Pytorch(paths) => paths.iter().map(of).collect(),
            Weights::TensorFlow(files) => files.paths().into_iter().map(of).collect(),
        }
    }

    /// Bytes of all files together.
    pub fn size(&self) -> u64 {
        let of = |path: &PathBuf| path.metadata().map_or(0, |meta| meta.len());
        match self {
            Weights::Static(bytes) => bytes.len() as u64,
            Weights::Safetensors(paths) | Weights::Pytorch(paths) => paths.iter().map(of).sum(),
            Weights::TensorFlow(files) => files.paths().into_iter().map(of).sum(),
        }
    }
}

/// Of a file's first bytes, where the header is, and of samples of the rest, the last bytes among them: 160 KiB at most.
fn checksum(path: &Path) -> io::Result<u32> {
    const HEADER: u64 = 96 << 10;
    const SAMPLES: u64 = 16;
    const SAMPLE: u64 = 4 << 10;
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut bytes = Vec::new();
    (&mut file).take(HEADER).read_to_end(&mut bytes)?;
    let last = length.saturating_sub(SAMPLE);
    for sample in 1..=SAMPLES {
        let place = last / SAMPLES * sample + last % SAMPLES * sample / SAMPLES;
        file.seek(SeekFrom::Start(place))?;
        (&mut file).take(SAMPLE).read_to_end(&mut bytes)?;
    }
    Ok(crc32fast::hash(&bytes))
}

/// Reads the headers of all files.
pub(super) fn open(weights: &Weights) -> Result<Tensors, BertError> {
    let mut tensors = Tensors::new();
    match weights {
        Weights::Static(bytes) => {
            tensors.append(&mut safetensors(&Arc::new(WeightsSource::Static(bytes)), "model.safetensors")?)
        }
        Weights::Safetensors(paths) => {
            for path in paths {
                let file = opened(path)?;
                let source = Arc::new(WeightsSource::File(Mutex::new(file)));
                tensors.append(&mut safetensors(&source, &name(path))?);
            }
        }
        Weights::TensorFlow(files) => tensors.append(&mut tensorflow::open(files)?),
        Weights::Pytorch(paths) => {
            for path in paths {
                let first = beginning(&mut opened(path)?);
                // burn-store would close gaps in the numbers of layers, file by file; ours mean what they say.
                let mut store = PytorchStore::from_file(path).map_indices_contiguous(false);
                let stored = store.get_all_tensors().map_err(|e| unreadable(path, &first, e.to_string()))?;
                tensors.extend(stored.iter().map(|(name, tensor)| (name.clone(), tensor.clone())));
            }
        }
    }
    Ok(tensors)
}

/// Bytes that can be read from any place on.
enum WeightsSource {
    Static(&'static [u8]),
    File(Mutex<File>),
}

impl WeightsSource {
    fn length(&self) -> std::io::Result<u64> {
        match self {
            WeightsSource::Static(bytes) => Ok(bytes.len() as u64),
            WeightsSource::File(file) => Ok(file.lock().unwrap_or_else(PoisonError::into_inner).metadata()?.len()),
        }
    }

    /// Reads on from a place until the room is full.
    fn fill(&self, start: u64, room: &mut [u8]) -> std::io::Result<()> {
        match self {
            WeightsSource::Static(bytes) => {
                let start = usize::try_from(start).ok();
                let found = start.and_then(|start| bytes.get(start..start.checked_add(room.len())?));
                room.copy_from_slice(found.ok_or(std::io::ErrorKind::UnexpectedEof)?);
                Ok(())
            }
            WeightsSource::File(file) => {
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(start))?;
                file.read_exact(room)
            }
        }
    }
}

/// The eight bytes before the header say how long it is.
const LENGTH: u64 = 8;
/// Headers take some hundred bytes a tensor; the format's own library allows this much.
const LONGEST_HEADER: u64 = 100_000_000;

/// Reads the header of a safetensors file (<https://huggingface.co/docs/safetensors>) and checks it against the
/// file's length, so that no lie in it is believed.
fn safetensors(source: &Arc<WeightsSource>, file: &str) -> Result<Tensors, BertError> {
    let damaged = |reason: String| BertError::Weights { file: file.to_owned(), reason };
    let read = |start, length| -> Result<Vec<u8>, BertError> {
        let mut bytes = vec![0; length];
        source.fill(start, &mut bytes).map_err(|e| damaged(e.to_string()))?;
        Ok(bytes)
    };
    let length = source.length().map_err(|e| damaged(e.to_string()))?;
    if length < LENGTH {
        return Err(damaged(message!("bert-weights-short", bytes = length)));
    }
    let mut prefix = [0; LENGTH as usize];
    prefix.copy_from_slice(&read(0, LENGTH as usize)?);
    if prefix == *b"version " {
        return Err(BertError::WeightsForm { file: file.to_owned(), reason: message!("bert-weights-lfs") });
    }
    let header = u64::from_le_bytes(prefix);
    if header > LONGEST_HEADER || header > length - LENGTH {
        return Err(damaged(message!("bert-weights-header-size", claimed = header.to_string(), bytes = length)));
    }
    let metadata: Metadata = serde_json::from_slice(&read(LENGTH, header as usize)?)
        .map_err(|e| damaged(message!("bert-weights-header", reason = e.to_string())))?;
    let data = LENGTH + header;
    if metadata.data_len() as u64 != length - data {
        return Err(damaged(message!(
            "bert-weights-size",
            expected = data + metadata.data_len() as u64,
            bytes = length
        )));
    }
    Ok(metadata
        .tensors()
        .into_iter()
        .map(|(name, info)| {
            let (start, end) = info.data_offsets;
            let bytes = end - start;
            let source = Arc::clone(source);
            let dtype = dtype(info.dtype);
            let provider = move || {
                let fill = |room: &mut [u8]| {
                    source.fill(data + start as u64, room).map_err(|e| ReadError::IoError(e.to_string()))
                };
                // Where they are what is wanted, straight into their place.
                if dtype == DType::F32 {
                    let mut values = vec![0f32; bytes / size_of::<f32>()];
                    fill(bytemuck::cast_slice_mut(&mut values))?;
                    return Ok(Bytes::from_elems(values));
                }
                let mut values = vec![0; bytes];
                fill(&mut values)?;
                Ok(Bytes::from_bytes_vec(values))
            };
            let tensor = StoredTensor::deferred(name.clone(), dtype, info.shape.clone(), None, bytes, provider);
            (name, tensor)
        })
        .collect())
}

/// Only floats are ever loaded; what stands for anything else (the buffer `position_ids`) does not matter.
fn dtype(dtype: Dtype) -> DType {
    match dtype {
        Dtype::F64 => DType::F64,
        Dtype::F32 => DType::F32,
        Dtype::F16 => DType::F16,
        Dtype::BF16 => DType::BF16,
        _ => DType::U8,
    }
}

pub(super) fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn opened(path: &Path) -> Result<File, BertError> {
    File::open(path).map_err(|error| BertError::WeightsForm { file: name(path), reason: cannot_read(&error) })
}

/// A file's first bytes, by which some kinds of files are known.
fn beginning(file: &mut File) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What cannot be read is said by who reads all of it.
    let _ = file.take(16).read_to_end(&mut bytes);
    bytes
}

/// Why a pickle cannot be read: it may be something else that is whole.
fn unreadable(path: &Path, first: &[u8], reason: String) -> BertError {
    let form = if first.get(8) == Some(&b'{') {
        message!("bert-weights-is-safetensors")
    } else if reason.contains("Expected a dictionary at the root") {
        message!("bert-weights-pickled-model", file = name(path))
    } else {
        return BertError::Weights { file: name(path), reason };
    };
    BertError::WeightsForm { file: name(path), reason: form }
}

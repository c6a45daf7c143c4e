//! The bytes of a checkpoint's files, where they lie by themselves and where they are packed in a zip.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use zip::ZipArchive;

use crate::{
    bert::{BertError, weights::name},
    messages::{cannot_read, message},
};

/// An index takes some hundred bytes a tensor.
const LARGEST_INDEX: u64 = 64 << 20;

/// A file of data.
pub(super) struct Data {
    path: PathBuf,
    length: u64,
    content: Mutex<Content>,
}

enum Content {
    /// As it lies.
    Open(File),
    /// In a zip; it is unpacked into a file without a name when the first tensor is read.
    Packed(PathBuf),
}

impl Data {
    pub(super) fn open(zip: Option<&Path>, path: &Path) -> Result<Self, BertError> {
        let failed = |error: io::Error| unopened(path, &error);
        let (content, length) = match zip {
            None => {
                let file = File::open(path).map_err(failed)?;
                let length = file.metadata().map_err(failed)?.len();
                (Content::Open(file), length)
            }
            Some(zip) => {
                let length = member(zip, path, |member| Ok(member.size()))?;
                (Content::Packed(zip.to_owned()), length)
            }
        };
        Ok(Self { path: path.to_owned(), length, content: Mutex::new(content) })
    }

    /// As the file is called.
    pub(super) fn name(&self) -> String {
        name(&self.path)
    }

    /// In bytes, as the directory or the zip says.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// So many bytes from a place on, which lie inside.
    pub(super) fn read(&self, offset: u64, bytes: usize) -> io::Result<Vec<u8>> {
        let mut content = self.content.lock().unwrap_or_else(PoisonError::into_inner);
        if let Content::Packed(zip) = &*content {
            *content = Content::Open(unpacked(zip, &self.path, self.length)?);
        }
        let mut values = vec![0; bytes];
        if let Content::Open(file) = &mut *content {
            file.seek(SeekFrom::Start(offset))?;
            file.read_exact(&mut values)?;
        }
        Ok(values)
    }
}

/// A file in a zip as a file without a name, which is gone with the program; no more than it says that it is long.
fn unpacked(zip: &Path, path: &Path, length: u64) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    let copied = member(zip, path, |member| Ok(io::copy(&mut member.take(length), &mut file)));
    let copied = copied.map_err(|error| io::Error::other(error.to_string()))??;
    if copied < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(file)
}

/// A small file, by itself or in a zip.
pub(super) fn small(zip: Option<&Path>, path: &Path) -> Result<Vec<u8>, BertError> {
    let read = |source: &mut dyn Read, length: u64| {
        if length > LARGEST_INDEX {
            let reason = message!("bert-tensorflow-large", bytes = length);
            return Err(BertError::Weights { file: name(path), reason });
        }
        let mut bytes = Vec::new();
        let read = source.take(LARGEST_INDEX).read_to_end(&mut bytes);
        read.map(|_| bytes).map_err(|error| unopened(path, &error))
    };
    match zip {
        None => {
            let mut file = File::open(path).map_err(|error| unopened(path, &error))?;
            let length = file.metadata().map_or(0, |meta| meta.len());
            read(&mut file, length)
        }
        Some(zip) => member(zip, path, |member| {
            let length = member.size();
            read(member, length)
        }),
    }
}

fn member<T>(
    zip: &Path,
    path: &Path,
    work: impl FnOnce(&mut zip::read::ZipFile<'_, File>) -> Result<T, BertError>,
) -> Result<T, BertError> {
    let packed = |error: zip::result::ZipError| BertError::Weights { file: name(zip), reason: error.to_string() };
    let file = File::open(zip).map_err(|error| unopened(zip, &error))?;
    let mut archive = ZipArchive::new(file).map_err(packed)?;
    let mut member = archive.by_name(&path.to_string_lossy()).map_err(packed)?;
    work(&mut member)
}

fn unopened(path: &Path, error: &io::Error) -> BertError {
    BertError::WeightsForm { file: name(path), reason: cannot_read(error) }
}

//! The small files beside the weights, read whole.

use std::{
    fs,
    io::{self, Read},
    path::Path,
};

use super::ModelError;
use crate::messages::{cannot_read, message};

/// The small files are some hundred kilobytes; anything near this is not one of them.
pub(super) const LARGEST_SMALL_FILE: u64 = 64 * 1024 * 1024;

/// A small file's bytes; none when there is no such file.
pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>, ModelError> {
    let wrong = |reason: String| ModelError::File { path: path.to_owned(), reason };
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => match path.symlink_metadata() {
            Ok(_) => Err(wrong(message!("models-link-to-nothing"))),
            Err(_) => Ok(None),
        },
        Err(error) => Err(wrong(cannot_read(&error))),
        Ok(meta) if !meta.is_file() => Err(wrong(message!("models-not-a-file"))),
        Ok(meta) if meta.len() > LARGEST_SMALL_FILE => {
            Err(wrong(message!("models-file-too-large", bytes = meta.len())))
        }
        Ok(_) if is_pointer(path) => Err(wrong(message!("models-lfs"))),
        Ok(_) => fs::read(path).map(Some).map_err(|error| wrong(cannot_read(&error))),
    }
}

/// Why what stands at this place is no file that can be read: a directory, a link to nothing; none where nothing stands there.
pub(super) fn no_file(path: &Path) -> Option<ModelError> {
    path.symlink_metadata().ok()?;
    let reason = match fs::metadata(path) {
        Ok(_) => message!("models-not-a-file"),
        Err(error) if error.kind() == io::ErrorKind::NotFound => message!("models-link-to-nothing"),
        Err(error) => cannot_read(&error),
    };
    Some(ModelError::File { path: path.to_owned(), reason })
}

/// Whether git-lfs has left only its pointer where the file should be.
pub(super) fn is_pointer(path: &Path) -> bool {
    const BEGINNING: &[u8] = b"version https://git-lfs.github.com/spec/";
    let mut read = [0; BEGINNING.len()];
    fs::File::open(path).and_then(|mut file| file.read_exact(&mut read)).is_ok() && read == *BEGINNING
}

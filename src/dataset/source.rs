//! A file or standard input as bytes of text, unpacked; forms that hold no text are refused by name.

use crate::messages::{Label, label, message};
use std::{
    fs::File,
    io::{self, BufReader, Cursor, Read},
    path::Path,
};

use flate2::bufread::MultiGzDecoder;

use super::error::Fault;

/// Bytes of a text, or a Parquet file.
pub(super) enum FileSource {
    Text(Box<dyn Read + Send>),
    /// A file that can be read from anywhere.
    ParquetFile(File),
    /// What came through a pipe or a packed file, whole.
    ParquetBytes(Vec<u8>),
}

/// How much of a file says what it is.
const HEAD: usize = 512;
/// The most that is held of a Parquet file that cannot be read from anywhere, in bytes.
const MOST_PARQUET: usize = 256 << 20;

pub(super) fn open(path: &Path) -> Result<FileSource, Fault> {
    if path == Path::new("-") {
        return read(Box::new(io::stdin()));
    }
    let mut file = File::open(path).map_err(Fault::Read)?;
    let meta = file.metadata().map_err(Fault::Read)?;
    if meta.is_dir() {
        return Err(Fault::Read(io::Error::other(message!("dataset-directory"))));
    }
    if meta.is_file() {
        let mut magic = [0; 4];
        let found = file.read_exact(&mut magic).is_ok() && &magic == b"PAR1";
        io::Seek::rewind(&mut file).map_err(Fault::Read)?;
        if found {
            return Ok(FileSource::ParquetFile(file));
        }
    }
    read(Box::new(file))
}

/// The same of any bytes.
pub(super) fn read(bytes: Box<dyn Read + Send>) -> Result<FileSource, Fault> {
    let (head, bytes) = peek(bytes)?;
    if !head.starts_with(&[0x1f, 0x8b]) {
        return unpacked(&head, bytes);
    }
    let (head, bytes) = peek(Box::new(Unpacking(MultiGzDecoder::new(BufReader::new(bytes)))))?;
    unpacked(&head, bytes)
}

fn unpacked(head: &[u8], bytes: Box<dyn Read + Send>) -> Result<FileSource, Fault> {
    if head.starts_with(b"PAR1") {
        let mut all = Vec::new();
        bytes.take(MOST_PARQUET as u64 + 1).read_to_end(&mut all).map_err(of_io)?;
        if all.len() > MOST_PARQUET {
            return Err(Fault::TooLarge { most: MOST_PARQUET });
        }
        return Ok(FileSource::ParquetBytes(all));
    }
    match container(head) {
        Some((what, remedy)) => Err(Fault::Container { what, remedy }),
        None => Ok(FileSource::Text(bytes)),
    }
}

/// The beginning, and all bytes from the beginning.
fn peek(mut bytes: Box<dyn Read + Send>) -> Result<(Vec<u8>, Box<dyn Read + Send>), Fault> {
    let mut head = Vec::with_capacity(HEAD);
    bytes.by_ref().take(HEAD as u64).read_to_end(&mut head).map_err(of_io)?;
    Ok((head.clone(), Box::new(Cursor::new(head).chain(bytes))))
}

/// Marks what goes wrong in unpacking.
struct Unpacking<R>(R);

#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct UnpackError(io::Error);

impl<R: Read> Read for Unpacking<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => error,
            io::ErrorKind::UnexpectedEof => io::Error::other(UnpackError(io::Error::other(message!("dataset-ends")))),
            _ => io::Error::other(UnpackError(error)),
        })
    }
}

/// An error of reading, told from one of unpacking.
pub(super) fn of_io(error: io::Error) -> Fault {
    match error.get_ref().is_some_and(|inner| inner.is::<UnpackError>()) {
        true => Fault::Unpack(error),
        false => Fault::Read(error),
    }
}

/// Forms that begin with bytes of their own, and what to do with them.
fn container(head: &[u8]) -> Option<(Label, Label)> {
    const UNPACK: Label = label!("dataset-unpack-it");
    const EXPORT: Label = label!("dataset-export-it");
    let known: [(&[u8], Label, Label); 17] = [
        (b"PK\x03\x04", label!("dataset-is-zip"), label!("dataset-is-unpack-or-save")),
        (b"PK\x05\x06", label!("dataset-is-empty-zip"), label!("dataset-is-name-it")),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", label!("dataset-is-xls"), label!("dataset-is-save-as-csv")),
        (b"\x28\xb5\x2f\xfd", label!("dataset-is-zstd"), UNPACK),
        (b"\xfd7zXZ\0", label!("dataset-is-xz"), UNPACK),
        (b"\x04\x22\x4d\x18", label!("dataset-is-lz4"), UNPACK),
        (b"7z\xbc\xaf\x27\x1c", label!("dataset-is-7z"), UNPACK),
        (b"Rar!\x1a\x07", label!("dataset-is-rar"), UNPACK),
        (b"ARROW1", label!("dataset-is-feather"), EXPORT),
        (b"\xff\xff\xff\xff", label!("dataset-is-arrow"), EXPORT),
        (b"Obj\x01", label!("dataset-is-avro"), EXPORT),
        (b"\x89HDF", label!("dataset-is-hdf5"), EXPORT),
        (b"SQLite format 3\0", label!("dataset-is-sqlite"), EXPORT),
        (b"\x93NUMPY", label!("dataset-is-numpy"), EXPORT),
        (b"%PDF-", label!("dataset-is-pdf"), label!("dataset-is-save-text")),
        (b"version https://git-lfs.github.com/spec/", label!("dataset-is-git-lfs"), label!("dataset-is-git-lfs-pull")),
        (b"\x84\x31\x95\x33", label!("dataset-is-gb18030"), label!("dataset-is-from-gb18030")),
    ];
    if let Some((_, what, remedy)) = known.iter().find(|(magic, ..)| head.starts_with(magic)) {
        return Some((*what, *remedy));
    }
    // Letters that could begin a sentence need what follows them.
    if head.starts_with(b"BZh") && head.get(4..10) == Some(b"1AY&SY") {
        return Some((label!("dataset-is-bzip2"), UNPACK));
    }
    if head.starts_with(b"ORC") && head.get(3).is_some_and(|&byte| byte < b'\t') {
        return Some((label!("dataset-is-orc"), EXPORT));
    }
    let pickle = head.len() > 2 && head[0] == 0x80 && (2..=5).contains(&head[1]);
    if pickle {
        return Some((label!("dataset-is-pickle"), label!("dataset-is-write-with-pandas")));
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some((label!("dataset-is-tar"), label!("dataset-is-unpack-and-name")));
    }
    let start: String = head.iter().map(|&byte| byte.to_ascii_lowercase() as char).take(200).collect();
    let start = start.trim_start();
    (start.starts_with("<!doctype html") || start.starts_with("<html"))
        .then_some((label!("dataset-is-web-page"), label!("dataset-is-fetch-itself")))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn text(bytes: &[u8]) -> Result<String, Fault> {
        match read(Box::new(Cursor::new(bytes.to_vec())))? {
            FileSource::Text(mut bytes) => {
                let mut text = String::new();
                bytes.read_to_string(&mut text).map_err(of_io)?;
                Ok(text)
            }
            _ => Ok("parquet".to_owned()),
        }
    }

    fn packed(text: &str) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(text.as_bytes()).unwrap();
        packer.finish().unwrap()
    }

    #[test]
    fn gzip_is_unpacked_member_by_member() {
        assert_eq!(text(b"a\tb\n").unwrap(), "a\tb\n");
        assert_eq!(text(b"").unwrap(), "");
        assert_eq!(text(&[packed("eins\n"), packed("zwei\n")].concat()).unwrap(), "eins\nzwei\n");
        let long = "a lantern drifts\n".repeat(5000);
        let whole = packed(&long);
        let cut = text(&whole[..whole.len() / 2]).unwrap_err().to_string();
        assert!(cut.contains("ends in the middle") && cut.contains("gzip -t"), "{cut}");
        assert_eq!(text(b"PAR1....").unwrap(), "parquet");
    }

    #[test]
    fn what_is_no_text_is_named() {
        for (bytes, name) in [
            (&b"PK\x03\x04\x14\0"[..], "Excel"),
            (b"\x28\xb5\x2f\xfd..", "zstd"),
            (b"BZh91AY&SY\x01\x02", "bzip2"),
            (b"ARROW1\0\0", "Arrow"),
            (b"\x80\x04\x95..", "pickle"),
            (b"SQLite format 3\0", "SQLite"),
            (b"version https://git-lfs.github.com/spec/v1\noid", "git lfs pull"),
            (b"\n <!DOCTYPE html><html>", "web page"),
        ] {
            let fault = text(bytes).unwrap_err().to_string();
            assert!(fault.contains(name), "{fault}");
        }
        assert!(text(&packed("PK\x03\x04..")).is_err());
        assert_eq!(text(b"BZh is no word, but ORC is").unwrap().len(), 26);
    }
}

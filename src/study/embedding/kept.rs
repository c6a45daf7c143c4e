//! Vectors kept in a file, so that a run that was broken off goes on where it stopped.
//!
//! A file belongs to one model and one choice of vectors. It is its 16 bytes of fingerprint and then records, appended
//! as they come: `length u32, sentence, vectors, checksum u32`. The first record that is damaged or cut ends it.

use std::{
    collections::HashMap,
    fs::{self, File},
    hash::{DefaultHasher, Hash, Hasher},
    io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    path::Path,
    time::SystemTime,
};

use super::Embedded;
use crate::{
    analysis::SentenceVector,
    bert::{Checkpoint, InputLength, ModelInfo, Truncation},
};

/// The most bytes that all files together take; the oldest give way.
const MOST_BYTES: u64 = 1 << 30;

/// What tells one model's vectors from another's, and one choice of vectors from another: 128 bits. Another release of
/// Rust may count them differently; then what was kept is not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint([u8; BYTES]);

const BYTES: usize = 16;

/// Changes with the form of the records.
const FORM: u8 = 2;

impl Fingerprint {
    /// Of a model's configuration, tokenizer and weights (files by path, length, time of change and samples), its prompt, the
    /// backend, and clscope's version.
    pub fn new(checkpoint: &Checkpoint, info: &ModelInfo, wanted: &[SentenceVector]) -> Self {
        let half = |number: u8| {
            let mut hash = DefaultHasher::new();
            (number, FORM, env!("CARGO_PKG_VERSION"), info.backend.name()).hash(&mut hash);
            info.declared.as_ref().ok().and_then(|declared| declared.prompt.as_deref()).hash(&mut hash);
            (checkpoint.identity(), wanted).hash(&mut hash);
            u128::from(hash.finish())
        };
        Self((half(0) << 64 | half(1)).to_le_bytes())
    }

    fn file_name(self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A file of vectors, open for more.
#[derive(Debug)]
pub struct KeptVectors {
    file: BufWriter<File>,
    bytes: u64,
    most: u64,
    sizes: Vec<usize>,
    /// Where the record of a sentence begins, by a hash of the sentence. Of two sentences with one hash the later is found.
    places: HashMap<u64, u64>,
}

impl KeptVectors {
    /// Opens the file of this fingerprint, made where there is none, for sentences with vectors of these sizes. None while
    /// another process writes to it.
    ///
    /// # Errors
    /// When the directory or the file cannot be made, read or written. A damaged file is no error: what is whole is
    /// taken, and the rest written anew.
    pub fn open(directory: &Path, fingerprint: Fingerprint, sizes: &[usize]) -> io::Result<Option<Self>> {
        fs::create_dir_all(directory)?;
        let path = directory.join(fingerprint.file_name());
        // A pipe would be waited for.
        if fs::metadata(&path).is_ok_and(|there| !there.is_file()) {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let mut file = File::options().read(true).write(true).create(true).truncate(false).open(&path)?;
        if file.try_lock().is_err() {
            return Ok(None);
        }
        let total = file.metadata()?.len();
        let mut reader = BufReader::new(&file);
        let mut header = [0; BYTES];
        let mut whole = 0;
        let mut places = HashMap::new();
        if reader.read_exact(&mut header).is_ok() && header == fingerprint.0 {
            whole = BYTES as u64;
            while let Some(record) = next_record(&mut reader, total - whole) {
                let Some((sentence, ..)) = parse(&record, sizes) else { break };
                places.insert(hash(sentence), whole);
                whole += record.len() as u64 + 8;
            }
        }
        if whole == 0 {
            file.seek(SeekFrom::Start(0))?;
            file.write_all(&fingerprint.0)?;
            whole = BYTES as u64;
        }
        file.set_len(whole)?;
        file.seek(SeekFrom::Start(whole))?;
        // The youngest of all now, whatever is added to it.
        let _ = file.set_modified(SystemTime::now());
        let most = MOST_BYTES.saturating_sub(make_room(directory, &path, MOST_BYTES / 2));
        Ok(Some(Self { file: BufWriter::new(file), bytes: whole, most, sizes: sizes.to_vec(), places }))
    }

    /// What an earlier run or this one left of a sentence, as the sentence number 0.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find(&mut self, sentence: &str) -> io::Result<Option<Embedded>> {
        let Some(&place) = self.places.get(&hash(sentence)) else { return Ok(None) };
        let end = self.file.seek(SeekFrom::End(0))?;
        let file = self.file.get_mut();
        file.seek(SeekFrom::Start(place))?;
        let record = next_record(file, end - place);
        file.seek(SeekFrom::End(0))?;
        let found = record.as_deref().and_then(|record| parse(record, &self.sizes));
        let found = found.filter(|(own, ..)| *own == sentence);
        Ok(found.map(|(_, vectors, length)| Embedded { sentence: 0, vectors, length, not_finite: None }))
    }

    /// Appends what some sentences gave; nothing once the files together have the size they may have.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn append<'a>(&mut self, batch: impl IntoIterator<Item = (&'a str, &'a Embedded)>) -> io::Result<()> {
        for (sentence, embedded) in batch {
            let record = record(sentence, embedded);
            let place = self.bytes;
            self.bytes += record.len() as u64 + 8;
            if self.bytes > self.most {
                break;
            }
            self.places.insert(hash(sentence), place);
            self.file.write_all(&(record.len() as u32).to_le_bytes())?;
            self.file.write_all(&record)?;
            self.file.write_all(&crc32fast::hash(&record).to_le_bytes())?;
        }
        self.file.flush()
    }
}

/// `sentence length u32, sentence, tokens u32`, then twice `truncated from u32, to u32` (0 where it was not), as it is and as
/// declared, then a vector each: `1, numbers f32` or `0`.
fn record(sentence: &str, embedded: &Embedded) -> Vec<u8> {
    let InputLength { tokens, truncation, declared } = embedded.length;
    let cut = |truncation: Option<Truncation>| truncation.map_or([0, 0], |cut| [cut.from, cut.to]);
    let lengths = [tokens].into_iter().chain(cut(truncation)).chain(cut(declared));
    let mut bytes = (sentence.len() as u32).to_le_bytes().to_vec();
    bytes.extend(sentence.as_bytes());
    lengths.for_each(|tokens| bytes.extend((tokens as u32).to_le_bytes()));
    for vector in &embedded.vectors {
        bytes.push(u8::from(vector.is_some()));
        vector.iter().flatten().for_each(|number| bytes.extend(number.to_le_bytes()));
    }
    bytes
}

fn hash(sentence: &str) -> u64 {
    let mut hash = DefaultHasher::new();
    sentence.hash(&mut hash);
    hash.finish()
}

type Parsed<'r> = (&'r str, Vec<Option<Vec<f32>>>, InputLength);

fn parse<'r>(record: &'r [u8], sizes: &[usize]) -> Option<Parsed<'r>> {
    let (length, rest) = split_u32(record)?;
    let (sentence, mut rest) = rest.split_at_checked(length)?;
    let mut numbers = [0; 5];
    for number in &mut numbers {
        (*number, rest) = split_u32(rest)?;
    }
    let mut vectors = Vec::with_capacity(sizes.len());
    for size in sizes {
        let (&there, behind) = rest.split_first()?;
        let (numbers, behind) = behind.split_at_checked(if there == 1 { size * 4 } else { 0 })?;
        let numbers = numbers.chunks_exact(4).map(|bytes| f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]));
        vectors.push((there == 1).then(|| numbers.collect()));
        rest = behind;
    }
    let [tokens, cuts @ ..] = numbers;
    let [truncation, declared] =
        [[cuts[0], cuts[1]], [cuts[2], cuts[3]]].map(|[from, to]| (from > 0).then_some(Truncation { from, to }));
    let length = InputLength { tokens, truncation, declared };
    rest.is_empty().then_some((std::str::from_utf8(sentence).ok()?, vectors, length))
}

fn split_u32(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (number, rest) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_le_bytes(*number) as usize, rest))
}

/// The next record, none where it is cut or its checksum is wrong; `left` bytes are left of the file.
fn next_record(reader: &mut impl Read, left: u64) -> Option<Vec<u8>> {
    let mut number = [0; 4];
    reader.read_exact(&mut number).ok()?;
    let length = u32::from_le_bytes(number);
    if u64::from(length) + 8 > left {
        return None;
    }
    let mut record = vec![0; length as usize];
    reader.read_exact(&mut record).ok()?;
    reader.read_exact(&mut number).ok()?;
    (crc32fast::hash(&record) == u32::from_le_bytes(number)).then_some(record)
}

/// Removes the oldest other files until they take no more than so many bytes; returns what they still take.
fn make_room(directory: &Path, own: &Path, most: u64) -> u64 {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten().filter(|entry| entry.path() != own);
    let of = |entry: fs::DirEntry| {
        let meta = entry.metadata().ok().filter(fs::Metadata::is_file)?;
        Some((meta.modified().ok()?, meta.len(), entry.path()))
    };
    let mut files: Vec<_> = entries.filter_map(of).collect();
    files.sort();
    let mut total: u64 = files.iter().map(|(_, bytes, _)| bytes).sum();
    for (_, bytes, path) in files {
        if total <= most {
            break;
        }
        if fs::remove_file(path).is_ok() {
            total -= bytes;
        }
    }
    total
}

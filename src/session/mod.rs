//! A session as a file: kept while the explorer runs and when it is left, saved by a key, sent to a colleague, written by hand.

mod blind;
mod form;
mod kept;
mod values;

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use crate::{
    messages::{cannot_write, label, message, reason},
    printable::printable,
    state::Session,
    whole_file,
};

pub use form::{parse, text};
pub use kept::{KeptSession, KeptSessions};

/// The largest file that is read, in bytes: more than twice the longest list of sentences.
const LARGEST: u64 = 16 << 20;

/// Why a session cannot be gone back to, or kept: one line, with the remedy.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The explorer was never left with a text.
    #[error("{}", message!("session-none-kept"))]
    NoneKept,
    /// The file cannot be opened or is not text.
    #[error("{}", message!("session-unreadable", file = .file, reason = reason(.source)))]
    Unreadable {
        /// The path as given.
        file: String,
        /// What the system says.
        source: io::Error,
    },
    /// The file is so large that it cannot be a session.
    #[error("{}", message!("session-too-large", file = .file))]
    TooLarge {
        /// The path as given.
        file: String,
    },
    /// An entry is not what it should be.
    #[error("{}:{line}: {}", printable(.file), printable(.problem))]
    Invalid {
        /// The path as given.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong and what would be right.
        problem: String,
    },
    /// The system does not let it be written.
    #[error("{}", message!("session-unwritable", file = .file, reason = cannot_write(.source)))]
    Unwritable {
        /// Which file.
        file: String,
        /// What the system says.
        source: io::Error,
    },
}

/// Reads a session file.
///
/// # Errors
/// When it cannot be read, or something in it is not what it should be; the message says in which line.
pub fn read(path: &Path) -> Result<Session, SessionError> {
    let file = path.display().to_string();
    let mut bytes = Vec::new();
    // One byte more than is allowed at most, so that an endless file ends too.
    let text = File::open(path)
        .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
        .and_then(|_| String::from_utf8(bytes).map_err(|_| io::Error::other(label!("session-not-text").text())));
    match text {
        Ok(text) if text.len() as u64 > LARGEST => Err(SessionError::TooLarge { file }),
        Ok(text) => parse(&file, &text),
        Err(source) => Err(SessionError::Unreadable { file, source }),
    }
}

/// Saves a session in a directory under the next name that is free, `clscope-session-1.toml`; returns the file.
///
/// # Errors
/// When the system refuses.
pub fn save(directory: &Path, session: &Session) -> Result<PathBuf, SessionError> {
    let unwritable = |file: &Path, source| SessionError::Unwritable { file: file.display().to_string(), source };
    let text = text(session).map_err(|source| unwritable(directory, source))?;
    let mut number = 1;
    loop {
        let path = directory.join(format!("clscope-session-{number}.toml"));
        match whole_file::create(&path, text.as_bytes()) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(unwritable(&path, error)),
        }
    }
}

use std::io;

use crate::messages::{message, reason};

/// Why a file gives no probe: one line, with the remedy.
#[derive(Debug, thiserror::Error)]
pub enum ProbeFileError {
    /// It cannot be opened or is not text.
    #[error("{}", message!("probe-unreadable", file = .file, reason = reason(.source)))]
    Unreadable {
        /// The path as given.
        file: String,
        /// What the system says.
        source: io::Error,
    },
    /// It is so large that it cannot be a probe.
    #[error("{}", message!("probe-too-large", file = .file))]
    TooLarge {
        /// The path as given.
        file: String,
    },
    /// It is not what `probe train` writes.
    #[error("{}", message!("probe-invalid", file = .file, reason = .reason))]
    Invalid {
        /// The path as given.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// It was written by a newer clscope.
    #[error("{}", message!("probe-version", file = .file, number = .number, known = .known))]
    Version {
        /// The path as given.
        file: String,
        /// The version of its form.
        number: u32,
        /// The newest that is known.
        known: u32,
    },
}

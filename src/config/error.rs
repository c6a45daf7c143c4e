//! What can be wrong with a configuration file.

use std::fmt::Write;

use crate::messages::{message, reason};

/// Why a configuration was refused: one line that says where, what, and what would be right.
/// Control characters, which a file may hold, are shown escaped.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be opened or is not text.
    #[error("{}", message!("config-unreadable", file = printable(.file), reason = printable(&reason(.source))))]
    Unreadable {
        /// The path as given.
        file: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is so large that it cannot be a configuration.
    #[error("{}", message!("config-too-large", file = printable(.file)))]
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
}

/// The text with everything that is not printable escaped; quotes and backslashes stay, for they were escaped before.
fn printable(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut shown, c| {
        match c {
            '"' | '\'' | '\\' => shown.push(c),
            _ => drop(write!(shown, "{}", c.escape_debug())),
        }
        shown
    })
}

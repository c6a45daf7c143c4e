use crate::{
    messages::{message, quoted},
    printable::printable,
    session::SessionError,
};

/// Why there is no lesson; each message is one line that names the remedy.
#[derive(Debug, thiserror::Error)]
pub enum LessonError {
    /// There is none of this name, and no such file.
    #[error("{}", message!("lesson-unknown", name = quoted(.name), choices = .choices))]
    Unknown {
        /// What was asked for.
        name: String,
        /// Those there are.
        choices: String,
    },
    /// The file cannot be read.
    #[error("{}", message!("lesson-unreadable", file = .file, reason = .reason))]
    Unreadable {
        /// Which.
        file: String,
        /// The system's words.
        reason: String,
    },
    /// The file is a session without a lesson.
    #[error("{}", message!("lesson-only-session", file = .file))]
    OnlySession {
        /// Which.
        file: String,
    },
    /// The session in the file is wrong.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// The file says something that no lesson can.
    #[error("{}:{line}: {}", printable(.file), printable(.problem))]
    Invalid {
        /// Which.
        file: String,
        /// In which line, from 1.
        line: usize,
        /// What is wrong, with the valid words.
        problem: String,
    },
}

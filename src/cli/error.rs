use std::io;

use crate::{
    bert::BertError,
    config::ConfigError,
    lesson::LessonError,
    messages::{cannot_write, message, reason},
    models::ModelError,
    probe::ProbeFileError,
    session::SessionError,
};

/// Why a command failed: one line, with the remedy.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The arguments contradict each other; ends with status 2.
    #[error("{0}")]
    Usage(String),
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// There is no such session, or it cannot be read.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// There is no such lesson, or it is wrong.
    #[error(transparent)]
    Lesson(#[from] LessonError),
    /// There is no such probe, or it is wrong.
    #[error(transparent)]
    Probe(#[from] ProbeFileError),
    /// The model cannot be opened.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The text cannot be read.
    #[error(transparent)]
    Bert(#[from] BertError),
    /// A file or stream failed.
    #[error("{}", .attempt.failed(.source))]
    Io {
        /// Which, and what was tried.
        attempt: Attempt,
        /// The system's words.
        source: io::Error,
    },
    /// Anything else that cannot be done, in one line.
    #[error("{0}")]
    Failed(String),
}

impl CliError {
    /// The exit status: 1 failed, 2 wrong usage.
    pub fn status(&self) -> u8 {
        match self {
            CliError::Usage(_) => 2,
            _ => 1,
        }
    }

    /// Whether the reader of our output went away, which is no failure.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, CliError::Io { source, .. } if source.kind() == io::ErrorKind::BrokenPipe)
    }

    /// Wraps what the system says of an attempt.
    pub(super) fn io(attempt: Attempt) -> impl FnOnce(io::Error) -> Self {
        move |source| CliError::Io { attempt, source }
    }
}

/// What was tried with a file or stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// To write this file.
    Write(String),
    /// To write to standard output.
    WriteOutput,
    /// To read what is typed.
    ReadAnswer,
    /// To run the explorer in the terminal.
    UseTerminal,
}

impl Attempt {
    fn failed(&self, error: &io::Error) -> String {
        match self {
            Attempt::Write(file) => message!("cli-cannot-write", file = file, reason = cannot_write(error)),
            Attempt::WriteOutput => message!("cli-cannot-write-output", reason = cannot_write(error)),
            Attempt::ReadAnswer => message!("cli-cannot-read-answer", reason = reason(error)),
            Attempt::UseTerminal => message!("cli-terminal-failed", reason = reason(error)),
        }
    }
}

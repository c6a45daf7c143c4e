use std::io;

use ndarray::ShapeError;
use ndarray_npy::WriteNpzError;
use parquet::errors::ParquetError;

use super::contents::Holds;
use crate::messages::message;

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The format has no form for what the document holds.
    #[error("{}", message!("export-no-form", holds = .holds.label(), format = *.format, formats = .formats))]
    NoForm {
        /// What the document holds.
        holds: Holds,
        /// The format's id.
        format: &'static str,
        /// The ids of those that would do: `json, npz`.
        formats: String,
    },
    /// As values with separators.
    #[error("{}", message!("export-separated-failed", reason = .0.to_string()))]
    Separated(csv::Error),
    /// As JSON.
    #[error("{}", message!("export-json-failed", reason = .0.to_string()))]
    Json(serde_json::Error),
    /// As a numpy archive.
    #[error("{}", message!("export-npz-failed", reason = .0.to_string()))]
    Npz(#[from] WriteNpzError),
    /// Arrays and their sizes disagree; a mistake of clscope's.
    #[error("{}", message!("export-shapes", reason = .0.to_string()))]
    Shape(#[from] ShapeError),
    /// What it is written to fails.
    #[error(transparent)]
    Output(#[from] io::Error),
    /// A text has characters that the fonts of every reader of PDF lack.
    #[error("{}", message!("export-not-in-pdf", character = .0))]
    NotInPdf(String),
    /// A figure of a table without numbers.
    #[error("{}", message!("export-nothing-to-draw"))]
    NothingToDraw,
    /// A figure of more rows or columns than can be seen on it.
    #[error("{}", message!("export-figure-too-large", rows = *.rows, columns = *.columns))]
    FigureTooLarge {
        /// Of the table.
        rows: usize,
        /// Of the table.
        columns: usize,
    },
    /// As Parquet.
    #[error("{}", message!("export-parquet-failed", reason = .0.to_string()))]
    Parquet(ParquetError),
}

impl From<csv::Error> for WriteError {
    fn from(error: csv::Error) -> Self {
        if !error.is_io_error() {
            return Self::Separated(error);
        }
        match error.into_kind() {
            csv::ErrorKind::Io(error) => Self::Output(error),
            kind => Self::Output(io::Error::other(format!("{kind:?}"))),
        }
    }
}

impl From<serde_json::Error> for WriteError {
    fn from(error: serde_json::Error) -> Self {
        if error.is_io() { Self::Output(error.into()) } else { Self::Json(error) }
    }
}

impl From<ParquetError> for WriteError {
    fn from(error: ParquetError) -> Self {
        match error {
            ParquetError::External(error) => match error.downcast::<io::Error>() {
                Ok(error) => Self::Output(*error),
                Err(error) => Self::Parquet(ParquetError::External(error)),
            },
            error => Self::Parquet(error),
        }
    }
}

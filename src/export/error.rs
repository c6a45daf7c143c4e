use ndarray::ShapeError;
use ndarray_npy::WriteNpzError;
use parquet::errors::ParquetError;

use super::contents::Holds;

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The format has no form for what the document holds.
    #[error("{holds} cannot be written as {format}; take {formats}")]
    NoForm {
        /// What the document holds.
        holds: Holds,
        /// The format's id.
        format: &'static str,
        /// The ids of those that would do: `json, npz`.
        formats: String,
    },
    /// As values with separators.
    #[error("cannot write the values: {0}")]
    Separated(#[from] csv::Error),
    /// As JSON.
    #[error("cannot write the JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// As a numpy archive.
    #[error("cannot write the npz archive: {0}")]
    Npz(#[from] WriteNpzError),
    /// Arrays and their sizes disagree; a mistake of clscope's.
    #[error("some arrays have unexpected sizes ({0}); please report it")]
    Shape(#[from] ShapeError),
    /// As Parquet.
    #[error("cannot write the Parquet file: {0}")]
    Parquet(#[from] ParquetError),
}

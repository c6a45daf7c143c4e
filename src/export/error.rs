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
    Separated(#[from] csv::Error),
    /// As JSON.
    #[error("{}", message!("export-json-failed", reason = .0.to_string()))]
    Json(#[from] serde_json::Error),
    /// As a numpy archive.
    #[error("{}", message!("export-npz-failed", reason = .0.to_string()))]
    Npz(#[from] WriteNpzError),
    /// Arrays and their sizes disagree; a mistake of clscope's.
    #[error("{}", message!("export-shapes", reason = .0.to_string()))]
    Shape(#[from] ShapeError),
    /// As Parquet.
    #[error("{}", message!("export-parquet-failed", reason = .0.to_string()))]
    Parquet(#[from] ParquetError),
}

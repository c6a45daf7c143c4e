//! What leaves the program: tables, traces, vectors and pictures, in every [`Format`].
//!
//! A document says what it holds, a format what it can write; neither knows the other's list. A new format is a file in
//! `format/` and a row in `format.rs`; a new table is a builder of its [`Document`].

mod ablation;
mod calibration;
mod closest;
mod clusters;
mod columns;
mod contents;
mod document;
mod error;
mod format;
mod inventory;
mod json_line;
mod models;
mod nearest;
mod output;
mod page;
mod predictions;
mod records;
mod rows;
mod similarity;
pub mod svg;
mod trace;
mod vectors;

pub use calibration::{CalibratedSimilarities, MeasuredBackground};
pub use closest::{ClosePairs, FoundPair, FoundPairs};
pub use clusters::SentenceClusters;
pub use contents::{ExportContents, FigureOf, FigureStyle, Holds};
pub use document::{Document, OneTable, StreamedTable, Tables};
pub use error::WriteError;
pub use format::Format;
pub use inventory::CheckpointInventory;
pub use models::ModelList;
pub use nearest::Nearest;
pub use output::Output;
pub use page::{AttentionPage, PageKey, PageMeasure, PageStart};
pub use predictions::{PredictedRow, PredictionColumns};
pub use records::{PlainRecord, RecordColumn, RecordKind, RecordRow, RecordRows, RecordValue};
pub use rows::Rows;
pub use similarity::{ModelSimilarities, Similarities, SimilarityOptions};
pub use trace::TraceDocument;
pub use vectors::{VectorColumns, VectorRows, Vectors};

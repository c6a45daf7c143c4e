//! What is shown at a moment, to be compared with another.

use std::sync::Arc;

use super::{Reading, ReadingChoice};
use crate::{
    analysis::{AttentionOptions, Side},
    labels,
};

/// Attention as it is shown at a moment.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The model that read it.
    pub model: String,
    /// The number of the job that opened that model.
    pub opened: u64,
    /// What it read.
    pub reading: Arc<Reading>,
    /// In which reading of a pair.
    pub reading_choice: ReadingChoice,
    /// The layer, from 0.
    pub layer: usize,
    /// Through which heads.
    pub options: AttentionOptions,
}

impl Snapshot {
    /// Whether another is the same reading, seen the same way.
    pub(crate) fn is(&self, other: &Snapshot) -> bool {
        Arc::ptr_eq(&self.reading, &other.reading) && self.layer == other.layer && self.options == other.options
    }

    /// What is compared of it.
    pub(crate) fn side(&self) -> Side<'_> {
        Side { trace: &self.reading.trace, layer: self.layer, options: self.options }
    }

    /// `layer 3, head 5`.
    pub fn place(&self) -> String {
        labels::analysis::place(self.side())
    }
}

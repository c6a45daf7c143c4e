//! What is shown at a moment, to be compared with another.

use std::sync::Arc;

use super::{Passage, Reading};
use crate::{
    analysis::{AttentionOptions, Side},
    labels,
};

/// Attention as it is shown at a moment.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The model that read it.
    pub model: String,
    /// What it read.
    pub passage: Arc<Passage>,
    /// In which reading of a pair.
    pub reading: Reading,
    /// The layer, from 0.
    pub layer: usize,
    /// Through which heads.
    pub options: AttentionOptions,
}

impl Snapshot {
    /// Whether another is the same passage, seen the same way.
    pub(crate) fn is(&self, other: &Snapshot) -> bool {
        Arc::ptr_eq(&self.passage, &other.passage) && self.layer == other.layer && self.options == other.options
    }

    /// What is compared of it.
    pub(crate) fn side(&self) -> Side<'_> {
        Side { trace: &self.passage.trace, layer: self.layer, options: self.options }
    }

    /// `layer 3, head 5`.
    pub fn place(&self) -> String {
        labels::analysis::place(self.side())
    }
}

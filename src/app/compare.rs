//! What is held, to compare what is shown with it.

use std::sync::Arc;

use super::{Passage, Reading};
use crate::analysis::Lens;

/// What was shown when it was held.
#[derive(Clone, Debug)]
pub struct Held {
    /// The model that read it.
    pub model: String,
    /// What it read.
    pub passage: Arc<Passage>,
    /// In which reading of a pair.
    pub reading: Reading,
    /// The layer, from 0.
    pub layer: usize,
    /// Through which heads.
    pub lens: Lens,
}

use crate::bert::{Cuts, Input};

/// One thing after the other to be switched off, each by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// Grows with every sweep.
    pub number: u64,
    /// What is read.
    pub input: Input,
    /// What is off all the while.
    pub base: Cuts,
    /// What is off each time, `base` among it.
    pub each: Vec<Cuts>,
}

/// What is swept, and what has been found.
#[derive(Debug, Default)]
pub struct SweepState {
    /// The line the cursor is on.
    pub selected: usize,
}

impl SweepState {
    /// Goes to a line.
    pub(super) fn select(&mut self, line: usize) {
        self.selected = line;
    }
}

//! clscope opens a BERT in a terminal: type a sentence and watch, layer by layer and head by head, where
//! `[CLS]` looks; then hold the pooled output against the mean of the sequence output.
//!
//! Data travels one way: text → tokens → trace → analysis → view. `ARCHITECTURE.md` draws it.

pub mod bert;
pub mod models;

//! clscope opens a BERT in a terminal: type a sentence and see, for each layer and head, how `[CLS]` attends to every
//! token; then compare the pooled output with the mean of the sequence output.
//!
//! Data travels one way: text → tokens → trace → analysis → study → view. `ARCHITECTURE.md` draws it.

#[cfg(not(unix))]
compile_error!("clscope needs a Unix terminal: Linux, macOS, or WSL on Windows");

pub mod analysis;
pub mod app;
pub mod bert;
pub mod cli;
pub mod config;
pub mod dataset;
pub mod explorer;
pub mod export;
pub mod guard;
pub mod jobs;
pub mod labels;
pub mod lesson;
pub mod messages;
pub mod models;
pub mod printable;
pub mod probe;
pub mod session;
pub mod state;
pub mod study;
pub mod terminal;
pub mod views;
mod whole_file;
pub mod widgets;
pub mod worker;

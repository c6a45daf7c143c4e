//! Numpy archives.

mod tables;
mod trace;
mod vectors;
mod view;

pub(super) use tables::write;
pub(super) use trace::write as write_trace;
pub(super) use vectors::open as open_vectors;

//! Files written: a trace as JSON or npz, tables in every form, similarities as text, vectors, a frame as SVG.

pub mod calibration;
mod cuts;
mod json;
pub mod models;
pub mod npz;
pub mod similarity;
pub mod svg;
pub mod table;
pub mod trace_json;
pub mod vectors;

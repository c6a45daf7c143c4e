//! Files written: a trace as JSON or npz, attention and similarities as text, a frame as SVG.

pub mod attention;
mod cuts;
mod json;
pub mod models;
pub mod npz;
pub mod similarity;
pub mod svg;
pub mod trace_json;

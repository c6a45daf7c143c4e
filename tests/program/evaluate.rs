//! `evaluate`, `embed` and the newer half of `similarity`: the numbers of sentence-transformers and scikit-learn, whatever
//! form the examples come in and the vectors leave in.

mod best;
mod closest;
mod examples;
mod kept;
mod lists;
mod reference;
mod rows;
mod shards;
mod streams;
mod vectors;

pub const PAIRS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/evaluate/pairs.tsv");
pub const LABELLED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/evaluate/labelled.tsv");

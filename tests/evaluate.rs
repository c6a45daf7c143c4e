//! `evaluate`, `embed` and the newer half of `similarity`: the numbers of sentence-transformers and scikit-learn, whatever
//! form the examples come in and the vectors leave in.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "evaluate/examples.rs"]
mod examples;
#[path = "evaluate/kept.rs"]
mod kept;
#[path = "cli/program.rs"]
#[allow(dead_code)]
mod program;
#[path = "evaluate/reference.rs"]
mod reference;
#[path = "evaluate/vectors.rs"]
mod vectors;

const PAIRS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/evaluate/pairs.tsv");
const LABELLED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/evaluate/labelled.tsv");

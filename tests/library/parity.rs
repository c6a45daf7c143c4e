//! Every number is the one transformers gives: token ids, attentions, hidden states, pooler output,
//! against `tests/reference` (made by `scripts/reference.py`), on each backend of this build.

use clscope::bert::{Backend, Input};

#[cfg(feature = "wgpu")]
use crate::common::GPU;
use crate::{
    apart::apart,
    common::{CPU, check, input, load, reference},
};

/// Compares every case and batch of a model with its reference.
fn parity(model: &str, backend: Backend, tolerance: f64) {
    let bert = load(model, backend);
    let reference = reference(model);
    assert!(!reference.cases.is_empty() && !reference.batches.is_empty());
    for case in &reference.cases {
        check(model, &bert.trace(&input(case)).unwrap(), case, tolerance);
    }
    for batch in &reference.batches {
        let inputs: Vec<Input> = batch.texts.iter().map(Input::single).collect();
        let traces = bert.trace_batch(&inputs).unwrap();
        assert_eq!(traces.len(), batch.rows.len());
        for (trace, row) in traces.iter().zip(&batch.rows) {
            check(model, trace, row, tolerance);
        }
    }
}

/// A padded row equals the same sentence alone.
fn batch_equals_single(backend: Backend, tolerance: f64) {
    let bert = load("all-MiniLM-L6-v2", backend);
    let inputs = [
        Input::single("Snow."),
        Input::joined("Does the ferry run on Sundays?", "Only from May to October, weather permitting."),
        Input::single("A kettle is whistling somewhere on the third floor, and nobody seems to mind it at all."),
    ];
    let traces = bert.trace_batch(&inputs).unwrap();
    assert_eq!(traces.len(), inputs.len());
    for (batched, input) in traces.iter().zip(&inputs) {
        let alone = bert.trace(input).unwrap();
        assert_eq!(batched.tokens, alone.tokens);
        for (a, b) in [(&batched.attentions, &alone.attentions), (&batched.hidden_states, &alone.hidden_states)] {
            let worst = apart(a, b);
            assert!(worst <= tolerance, "{backend}: a padded row is off by {worst:.2e}");
        }
    }
}

macro_rules! backend_tests {
    ($module:ident, $backend:expr, $tolerance:expr) => {
        mod $module {
            use super::*;

            #[test]
            fn embedded_model() {
                parity("all-MiniLM-L6-v2", $backend, $tolerance);
            }
            #[test]
            fn small_checkpoint_with_pooler() {
                parity("tiny-pooler", $backend, $tolerance);
            }
            #[test]
            fn small_checkpoint_without_pooler() {
                parity("tiny-no-pooler", $backend, $tolerance);
            }
            #[test]
            fn small_checkpoint_with_prefixed_keys_and_heads() {
                parity("tiny-bert-prefix", $backend, $tolerance);
            }
            #[test]
            fn a_padded_row_equals_the_sentence_alone() {
                batch_equals_single($backend, $tolerance);
            }
        }
    };
}

backend_tests!(flex, Backend::Flex, CPU);
backend_tests!(ndarray, Backend::Ndarray, CPU);
#[cfg(feature = "wgpu")]
backend_tests!(wgpu, Backend::Wgpu, GPU);

#[test]
#[cfg(not(feature = "wgpu"))]
fn a_build_without_wgpu_names_the_command_that_adds_it() {
    let error = crate::common::open(&clscope::models::ModelSource::Embedded, Backend::Wgpu).err().unwrap().to_string();
    assert!(error.contains("cargo build --release --features wgpu"), "{error}");
}

/// Where no adapter can be had, that is an error in one line, not an abort in the middle of a screen.
#[test]
#[cfg(feature = "wgpu")]
fn wgpu_without_a_device_is_an_error() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_clscope"))
        .args(["trace", "Snow.", "--backend", "wgpu"])
        .env("VK_DRIVER_FILES", "/nowhere.json")
        .env("VK_ICD_FILENAMES", "/nowhere.json")
        .output()
        .unwrap();
    let message = String::from_utf8_lossy(&output.stderr);
    // wgpu may still find another way to a device (OpenGL); then it must work.
    match output.status.code() {
        Some(0) => {}
        Some(1) => assert!(message.contains("the wgpu backend failed"), "{message}"),
        other => panic!("{other:?}: {message}"),
    }
}

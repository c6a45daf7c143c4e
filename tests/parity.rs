//! Every number is the one transformers gives: token ids, attentions, hidden states, pooler output,
//! against `tests/reference` (made by `scripts/reference.py`), on each backend of this build.

use std::path::PathBuf;

use clscope::{
    bert::{Backend, Bert, Input, Trace},
    models::ModelSource,
};
use serde::Deserialize;

/// Absolute tolerance on every element, as promised for flex and ndarray.
const CPU: f64 = 2e-5;
/// wgpu's adapters round differently (fused multiply-add, their own exp).
const GPU: f64 = 1e-4;

#[derive(Deserialize)]
struct Reference {
    cases: Vec<Case>,
    batches: Vec<Batch>,
}

#[derive(Deserialize)]
struct Batch {
    texts: Vec<String>,
    rows: Vec<Case>,
}

/// What transformers said about one input; which numbers are there depends on the model's size.
#[derive(Deserialize)]
struct Case {
    text: String,
    pair: Option<String>,
    truncated_from: Option<usize>,
    tokens: Vec<String>,
    input_ids: Vec<u32>,
    token_type_ids: Vec<u32>,
    spans: Vec<Option<(usize, usize)>>,
    // Whole tensors (small checkpoints).
    attentions: Option<Numbers>,
    hidden_states: Option<Numbers>,
    pooler_output: Option<Numbers>,
    // Slices and projections at these token positions (the embedded model).
    positions: Option<Vec<usize>>,
    attentions_from_cls: Option<Numbers>,
    attentions_projection: Option<Numbers>,
    hidden_slice: Option<Numbers>,
    hidden_projection: Option<Numbers>,
    last_hidden_mean: Option<Numbers>,
}

#[derive(Deserialize)]
struct Numbers {
    shape: Vec<usize>,
    values: Vec<f64>,
}

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn reference(model: &str) -> Reference {
    let path = repository().join("tests/reference").join(format!("{model}.json"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn load(model: &str, backend: Backend) -> Bert {
    let directory = match model {
        "all-MiniLM-L6-v2" => repository().join("models").join(model),
        _ => repository().join("tests/reference/checkpoints").join(model),
    };
    ModelSource::Directory(directory).load(backend).unwrap()
}

/// The one definition of "the same numbers".
fn assert_close(what: &str, expected: &Numbers, actual: impl IntoIterator<Item = f64>, tolerance: f64) {
    assert_eq!(expected.shape.iter().product::<usize>(), expected.values.len(), "{what}: a damaged reference");
    let actual: Vec<f64> = actual.into_iter().collect();
    assert_eq!(expected.values.len(), actual.len(), "{what}: shape {:?}", expected.shape);
    let (worst, at) = expected
        .values
        .iter()
        .zip(&actual)
        .enumerate()
        .map(|(i, (e, a))| ((e - a).abs(), i))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .unwrap();
    assert!(worst <= tolerance, "{what}: off by {worst:.2e} at {at} of shape {:?}", expected.shape);
}

fn widened(values: &[f32]) -> impl Iterator<Item = f64> + '_ {
    values.iter().map(|&value| f64::from(value))
}

/// Σ x\[i\]·cos(i+1): one number that moves when any element does.
fn projection(values: &[f32]) -> f64 {
    widened(values).enumerate().map(|(i, value)| value * ((i + 1) as f64).cos()).sum()
}

fn check(model: &str, trace: &Trace, case: &Case, tolerance: f64) {
    let what = |part: &str| format!("{model}, {:?}: {part}", case.text.chars().take(40).collect::<String>());
    assert_eq!(trace.tokens.iter().map(|t| &t.text).collect::<Vec<_>>(), case.tokens.iter().collect::<Vec<_>>());
    assert_eq!(trace.tokens.iter().map(|t| t.id).collect::<Vec<_>>(), case.input_ids, "{}", what("input_ids"));
    assert_eq!(trace.tokens.iter().map(|t| t.type_id).collect::<Vec<_>>(), case.token_type_ids, "{}", what("types"));
    assert_eq!(trace.truncation.map(|t| t.from), case.truncated_from, "{}", what("truncation"));
    let spans: Vec<_> = trace
        .tokens
        .iter()
        .map(|token| {
            let sentence = trace.input.sentence(token.type_id);
            let characters = |byte: usize| sentence[..byte].chars().count();
            token.span.as_ref().map(|span| (characters(span.start), characters(span.end)))
        })
        .collect();
    assert_eq!(spans, case.spans, "{}", what("spans"));

    if let Some(expected) = &case.attentions {
        assert_close(&what("attentions"), expected, widened(&trace.attentions), tolerance);
    }
    if let Some(expected) = &case.hidden_states {
        assert_close(&what("hidden_states"), expected, widened(&trace.hidden_states), tolerance);
    }
    match (&case.pooler_output, &trace.pooler_output) {
        (Some(expected), Some(actual)) => assert_close(&what("pooler_output"), expected, widened(actual), tolerance),
        (None, None) => {}
        (expected, _) => panic!("{}: transformers has one: {}", what("pooler_output"), expected.is_some()),
    }

    let Some(positions) = &case.positions else { return };
    let (layers, heads, tokens) = (trace.layers, trace.heads, trace.tokens.len());
    let each_head = || (0..layers).flat_map(move |layer| (0..heads).map(move |head| (layer, head)));
    let each_token = || (0..=layers).flat_map(|layer| positions.iter().map(move |&token| (layer, token)));
    if let Some(expected) = &case.attentions_from_cls {
        let actual = each_head().flat_map(|(layer, head)| {
            positions.iter().map(move |&key| f64::from(trace.attention(layer, head, 0)[key]))
        });
        assert_close(&what("attention from [CLS]"), expected, actual, tolerance);
    }
    if let Some(expected) = &case.attentions_projection {
        let actual = each_head().flat_map(|(layer, head)| {
            positions.iter().map(move |&query| projection(trace.attention(layer, head, query)))
        });
        assert_close(&what("projection of attentions"), expected, actual, tolerance);
    }
    if let Some(expected) = &case.hidden_slice {
        let dims = expected.shape[2];
        let actual = each_token().flat_map(|(layer, token)| widened(&trace.hidden_state(layer, token)[..dims]));
        assert_close(&what("hidden states"), expected, actual, tolerance);
    }
    if let Some(expected) = &case.hidden_projection {
        // A sum over D numbers of which each may be off by the tolerance; √D of it bounds honest rounding.
        let tolerance = tolerance * (trace.hidden_size as f64).sqrt();
        let actual = each_token().map(|(layer, token)| projection(trace.hidden_state(layer, token)));
        assert_close(&what("projection of hidden states"), expected, actual, tolerance);
    }
    if let Some(expected) = &case.last_hidden_mean {
        let actual = (0..trace.hidden_size)
            .map(|d| (0..tokens).map(|t| f64::from(trace.hidden_state(layers, t)[d])).sum::<f64>() / tokens as f64);
        assert_close(&what("mean of the last hidden state"), expected, actual, tolerance);
    }
}

fn input(case: &Case) -> Input {
    Input { text: case.text.clone(), pair: case.pair.clone() }
}

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
        for (trace, row) in bert.trace_batch(&inputs).unwrap().iter().zip(&batch.rows) {
            check(model, trace, row, tolerance);
        }
    }
}

/// A padded row equals the same sentence alone.
fn batch_equals_single(backend: Backend, tolerance: f32) {
    let bert = load("all-MiniLM-L6-v2", backend);
    let inputs = [
        Input::single("Snow."),
        Input::joined("Does the ferry run on Sundays?", "Only from May to October, weather permitting."),
        Input::single("A kettle is whistling somewhere on the third floor, and nobody seems to mind it at all."),
    ];
    for (batched, input) in bert.trace_batch(&inputs).unwrap().iter().zip(&inputs) {
        let alone = bert.trace(input).unwrap();
        assert_eq!(batched.tokens, alone.tokens);
        for (a, b) in [(&batched.attentions, &alone.attentions), (&batched.hidden_states, &alone.hidden_states)] {
            assert_eq!(a.len(), b.len());
            let worst = a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
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
                batch_equals_single($backend, $tolerance as f32);
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
    let _ = GPU;
    let error = ModelSource::Embedded.load(Backend::Wgpu).err().unwrap().to_string();
    assert!(error.contains("cargo build --release --features wgpu"), "{error}");
}

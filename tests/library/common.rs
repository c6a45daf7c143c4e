//! What transformers said (`tests/reference`), and the one definition of "the same numbers".

use std::path::PathBuf;

use clscope::{
    bert::{Backend, Bert, Input, Trace},
    models::{Cancel, Hub, HubError, ModelError, ModelSource},
};
use serde::{Deserialize, de::DeserializeOwned};

/// Absolute tolerance on every element, as promised for flex and ndarray.
pub const CPU: f64 = 2e-5;
/// wgpu's adapters round differently (fused multiply-add, their own exp).
pub const GPU: f64 = 1e-4;

#[derive(Deserialize)]
pub struct Reference {
    pub cases: Vec<Case>,
    pub batches: Vec<Batch>,
}

#[derive(Deserialize)]
pub struct Batch {
    pub texts: Vec<String>,
    pub rows: Vec<Case>,
}

/// What transformers said about one input; which numbers are there depends on the model's size.
#[derive(Deserialize)]
pub struct Case {
    pub text: String,
    pub pair: Option<String>,
    pub truncated_from: Option<usize>,
    pub tokens: Vec<String>,
    pub input_ids: Vec<u32>,
    pub token_type_ids: Vec<u32>,
    pub spans: Vec<Option<(usize, usize)>>,
    // Whole tensors (small checkpoints).
    pub attentions: Option<MeasureNumbers>,
    pub hidden_states: Option<MeasureNumbers>,
    pub pooler_output: Option<MeasureNumbers>,
    // Slices and projections at these token positions (the embedded model).
    pub positions: Option<Vec<usize>>,
    pub attentions_from_cls: Option<MeasureNumbers>,
    pub attentions_projection: Option<MeasureNumbers>,
    pub hidden_slice: Option<MeasureNumbers>,
    pub hidden_projection: Option<MeasureNumbers>,
    pub last_hidden_mean: Option<MeasureNumbers>,
    /// Probabilities of the masked-language head, `[token, vocab]`.
    pub mlm: Option<MeasureNumbers>,
}

#[derive(Deserialize)]
pub struct MeasureNumbers {
    pub shape: Vec<usize>,
    pub values: Vec<f64>,
}

pub fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Opens a model that is here: there is no Hub.
pub fn open(source: &ModelSource, backend: Backend) -> Result<Bert, ModelError> {
    source.load(&Hub::new(Err(HubError::NoCache)), backend, &Cancel::default(), &mut |_| {})
}

/// Loads the embedded model, or a checkpoint of `tests/reference/checkpoints`, by its name.
pub fn load(model: &str, backend: Backend) -> Bert {
    let source = match model {
        "all-MiniLM-L6-v2" => ModelSource::Embedded,
        _ => ModelSource::Directory(repository().join("tests/reference/checkpoints").join(model)),
    };
    open(&source, backend).unwrap()
}

/// Reads `tests/reference/NAME.json` of one model.
pub fn reference(name: &str) -> Reference {
    read(name)
}

/// Reads any other `tests/reference/NAME.json`.
pub fn read<T: DeserializeOwned>(name: &str) -> T {
    let path = repository().join("tests/reference").join(format!("{name}.json"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The one definition of "the same numbers".
pub fn assert_close(what: &str, expected: &MeasureNumbers, actual: impl IntoIterator<Item = f64>, tolerance: f64) {
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

pub fn widened(values: &[f32]) -> impl Iterator<Item = f64> + '_ {
    values.iter().map(|&value| f64::from(value))
}

/// Σ x\[i\]·cos(i+1): one number that moves when any element does.
pub fn projection(values: &[f32]) -> f64 {
    widened(values).enumerate().map(|(i, value)| value * ((i + 1) as f64).cos()).sum()
}

/// Tokens, ids, type ids, truncation and spans are the same; else what differs first.
pub fn check_tokens(trace: &Trace, case: &Case) -> Result<(), String> {
    fn same<T: PartialEq + std::fmt::Debug>(what: &str, actual: &T, expected: &T) -> Result<(), String> {
        if actual == expected { Ok(()) } else { Err(format!("{what} {actual:?}\n    transformers {expected:?}")) }
    }
    let spans: Vec<_> = trace
        .tokens
        .iter()
        .map(|token| {
            let sentence = trace.input.sentence(token.sentence);
            let characters = |byte: usize| sentence[..byte].chars().count();
            token.span.as_ref().map(|span| (characters(span.start), characters(span.end)))
        })
        .collect();
    same("tokens", &trace.tokens.iter().map(|token| token.text.clone()).collect(), &case.tokens)?;
    same("input_ids", &trace.tokens.iter().map(|token| token.id).collect(), &case.input_ids)?;
    same("token_type_ids", &trace.tokens.iter().map(|token| token.type_id).collect(), &case.token_type_ids)?;
    same("truncated from", &trace.truncation.map(|cut| cut.from), &case.truncated_from)?;
    same("spans", &spans, &case.spans)
}

/// Everything the case holds is the same within the tolerance.
pub fn check(model: &str, trace: &Trace, case: &Case, tolerance: f64) {
    let what = |part: &str| format!("{model}, {:?}: {part}", case.text.chars().take(40).collect::<String>());
    if let Err(difference) = check_tokens(trace, case) {
        panic!("{}: {difference}", what("tokens"));
    }

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

/// The input of a case.
pub fn input(case: &Case) -> Input {
    Input { text: case.text.clone(), pair: case.pair.clone() }
}

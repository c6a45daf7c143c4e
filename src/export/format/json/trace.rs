//! A trace as JSON: the npz archive's arrays under the same names, and the tokens and the model in words.

use serde::{Serialize, Serializer, ser::SerializeSeq};
use serde_json::Value;

use crate::{
    analysis::MixingArray,
    bert::{Prediction, Token},
    export::{
        ablation,
        error::WriteError,
        json_line::write_line,
        output::Output,
        trace::{HeadArray, TraceDocument},
    },
};

/// `predictions` are `[token][rank]`.
pub(in crate::export::format) fn write(document: &TraceDocument, out: Output) -> Result<(), WriteError> {
    let TraceDocument { trace, info, origin, predictions, ablations, measures, .. } = document;
    let head_arrays = document.head_arrays();
    let (layers, heads, tokens, size) = (trace.layers, trace.heads, trace.tokens.len(), trace.hidden_size);
    let fields = TraceFields {
        model: TraceModel {
            id: &info.name,
            source: origin,
            layers,
            heads,
            hidden_size: size,
            backend: info.backend.name(),
        },
        text: &trace.input.text,
        pair: trace.input.pair.as_deref(),
        truncated_from: trace.truncation.map(|cut| cut.from),
        ablations: ablation::value(ablations),
        tokens: trace.tokens.iter().map(|token| describe(token, trace.input.sentence(token.sentence))).collect(),
        input_ids: trace.tokens.iter().map(|token| token.id).collect(),
        token_type_ids: trace.tokens.iter().map(|token| token.type_id).collect(),
        attentions: Array(&trace.attentions, &[layers, heads, tokens, tokens]),
        hidden_states: Array(&trace.hidden_states, &[layers + 1, tokens, size]),
        last_hidden_state: Array(trace.last_hidden_state(), &[tokens, size]),
        pooler_output: trace.pooler_output.as_deref(),
        heads: HeadArrays(&head_arrays),
        measures: Measures(measures),
        predictions: predictions
            .map(|rows| rows.iter().map(|row| row.iter().map(PredictionEntry::from).collect()).collect()),
    };
    write_line(&fields, out)
}

#[derive(Serialize)]
struct TraceFields<'a> {
    model: TraceModel<'a>,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pair: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    truncated_from: Option<usize>,
    #[serde(rename = "cuts", skip_serializing_if = "Option::is_none")]
    ablations: Option<Value>,
    tokens: Vec<TraceToken<'a>>,
    input_ids: Vec<u32>,
    token_type_ids: Vec<u32>,
    attentions: Array<'a>,
    hidden_states: Array<'a>,
    last_hidden_state: Array<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pooler_output: Option<&'a [f32]>,
    #[serde(flatten)]
    heads: HeadArrays<'a>,
    #[serde(flatten)]
    measures: Measures<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    predictions: Option<Vec<Vec<PredictionEntry<'a>>>>,
}

#[derive(Serialize)]
struct PredictionEntry<'a> {
    token: &'a str,
    id: u32,
    probability: f32,
}

impl<'a> From<&'a Prediction> for PredictionEntry<'a> {
    fn from(prediction: &'a Prediction) -> Self {
        Self { token: &prediction.token, id: prediction.id, probability: prediction.probability }
    }
}

#[derive(Serialize)]
struct TraceModel<'a> {
    id: &'a str,
    source: &'a str,
    layers: usize,
    heads: usize,
    hidden_size: usize,
    backend: &'a str,
}

/// `span` counts characters of the token's own sentence, as Python does.
#[derive(Serialize)]
struct TraceToken<'a> {
    text: &'a str,
    id: u32,
    type_id: u32,
    special: bool,
    unknown: bool,
    span: Option<[usize; 2]>,
}

fn describe<'a>(token: &'a Token, sentence: &str) -> TraceToken<'a> {
    let characters = |byte: usize| sentence.get(..byte).map_or(0, |before| before.chars().count());
    TraceToken {
        text: &token.text,
        id: token.id,
        type_id: token.type_id,
        special: token.special,
        unknown: token.unknown,
        span: token.span.as_ref().map(|span| [characters(span.start), characters(span.end)]),
    }
}

/// The arrays of heads under transformers' names.
struct HeadArrays<'a>(&'a [HeadArray]);

impl Serialize for HeadArrays<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|array| (array.name, Array(&array.values, &array.shape))))
    }
}

/// Arrays under their names.
struct Measures<'a>(&'a [MixingArray<'a>]);

impl Serialize for Measures<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|array| (array.id, Array(&array.values, &array.shape))))
    }
}

/// Row-major values and their shape, written as nested lists.
struct Array<'a>(&'a [f32], &'a [usize]);

impl Serialize for Array<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.1 {
            [] | [_] => self.0.serialize(serializer),
            [length, inner @ ..] => {
                let step = inner.iter().product::<usize>();
                let mut list = serializer.serialize_seq(Some(*length))?;
                for row in 0..*length {
                    list.serialize_element(&Array(&self.0[row * step..(row + 1) * step], inner))?;
                }
                list.end()
            }
        }
    }
}

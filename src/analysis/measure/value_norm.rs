//! Value norms (Kobayashi et al. 2020): |α·f(x)| with f(x) = W_O(W_V·x + b_V), over several heads the length of what their
//! vectors add up to; as shares of a row, for the lengths add up to nothing fixed.

use super::definition::{Definition, Groundwork, HeadAxis, Measure, Verb};
use crate::{
    analysis::{MeasuredTrace, MixingArray, Quantity, measure_numbers::MeasureNumbersKind},
    messages::label,
};

pub(super) const VALUE_NORM: Measure = Measure::new(&Definition {
    id: "value-norm",
    numbers_id: "shares",
    says: label!("measure-value-norm"),
    meaning: label!("measure-value-norm-meaning"),
    verb: Verb::TakesFrom,
    unit: Quantity::Share,
    is_signed: false,
    is_for_papers: false,
    is_from_input: false,
    heads: HeadAxis::Summed,
    extra_columns: &[],
    groundwork: Groundwork::Layers,
    numbers: |trace| trace.layer_mixing().map(MeasureNumbersKind::HeadLengths),
    arrays,
});

/// `value_norm_heads [L, H, S, S]` and `value_norm [L, S, S]`.
fn arrays(trace: &MeasuredTrace) -> Vec<MixingArray<'_>> {
    let Some(mixing) = trace.layer_mixing() else { return Vec::new() };
    let (layers, heads, tokens) = (trace.layers, trace.heads, trace.tokens.len());
    let rows = trace.attentions.chunks_exact(tokens.max(1)).enumerate();
    let by_head = rows.flat_map(|(row, weights)| {
        let lengths = &mixing.head_outputs[row / tokens * tokens..][..tokens];
        weights.iter().zip(lengths).map(|(weight, length)| weight * length)
    });
    vec![
        MixingArray::new("value_norm_heads", [layers, heads, tokens, tokens], by_head.collect::<Vec<f32>>()),
        MixingArray::new("value_norm", [layers, tokens, tokens], &mixing.value_norm.tokens),
    ]
}

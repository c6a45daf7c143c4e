//! DecompX's vectors c as signed shares c·h/|h|² of the vector h that they add up to. They add up over pieces and words too.

use super::definition::{Definition, Groundwork, HeadAxis, Measure, Verb};
use crate::{
    analysis::{MeasuredTrace, MixingArray, Quantity, measure_numbers::MeasureNumbersKind},
    messages::label,
};

pub(super) const DOT: Measure = Measure::new(&Definition {
    id: "dot",
    numbers_id: "shares",
    says: label!("measure-dot"),
    meaning: label!("measure-dot-meaning"),
    verb: Verb::TakesFrom,
    unit: Quantity::Share,
    is_signed: true,
    is_for_papers: false,
    is_from_input: true,
    heads: HeadAxis::Layer,
    extra_columns: &["biases"],
    groundwork: Groundwork::Sources,
    numbers: |trace| trace.decomposition().map(|whole| MeasureNumbersKind::Layers(&whole.dots)),
    arrays,
});

/// `decompx_dot [L, S, S + 1]`, the biases last; of the mean over all tokens and of the pooler output `mean_dot` and
/// `pooled_dot [S + 1]`.
fn arrays(trace: &MeasuredTrace) -> Vec<MixingArray<'_>> {
    let Some(whole) = trace.decomposition() else { return Vec::new() };
    let (layers, tokens) = (trace.layers, trace.tokens.len());
    let mut arrays = vec![
        MixingArray::new("decompx_dot", [layers, tokens, tokens + 1], &whole.dots),
        MixingArray::new("mean_dot", [tokens + 1], &whole.mean.dots),
    ];
    arrays.extend(whole.pooled.iter().map(|pooled| MixingArray::new("pooled_dot", [tokens + 1], &pooled.dots)));
    arrays
}

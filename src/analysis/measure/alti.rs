//! ALTI (Ferrando et al. 2022): how much nearer a token's vector brings one to the output of the block, in L1, rolled out over the
//! layers: from the input on.

use super::definition::{Definition, Groundwork, HeadAxis, Measure, Verb};
use crate::{
    analysis::{MeasuredTrace, MixingArray, Quantity, measure_numbers::MeasureNumbersKind},
    messages::label,
};

pub(super) const ALTI: Measure = Measure::new(&Definition {
    id: "alti",
    numbers_id: "shares",
    says: label!("measure-alti"),
    meaning: label!("measure-alti-meaning"),
    verb: Verb::TakesFrom,
    unit: Quantity::Share,
    is_signed: false,
    is_for_papers: false,
    is_from_input: true,
    heads: HeadAxis::Layer,
    extra_columns: &[],
    groundwork: Groundwork::Layers,
    numbers: |trace| trace.layer_mixing().map(|mixing| MeasureNumbersKind::Layers(&mixing.alti)),
    arrays,
});

/// `alti_layer [L, S, S]`, of each layer by itself, and `alti [L, S, S]`, from the input on.
fn arrays(trace: &MeasuredTrace) -> Vec<MixingArray<'_>> {
    let Some(mixing) = trace.layer_mixing() else { return Vec::new() };
    let shape = [trace.layers, trace.tokens.len(), trace.tokens.len()];
    vec![MixingArray::new("alti_layer", shape, &mixing.alti_layer), MixingArray::new("alti", shape, &mixing.alti)]
}

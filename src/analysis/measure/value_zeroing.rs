//! Value zeroing (Mohebbi et al. 2023): how far a token's vector behind a layer turns when another's value vectors are zero; as shares of
//! a row. An intervention, not a decomposition.

use super::definition::{Definition, Groundwork, HeadAxis, Measure, Verb};
use crate::{
    analysis::{MeasuredTrace, MixingArray, Quantity, measure_numbers::MeasureNumbersKind},
    messages::label,
};

pub(super) const VALUE_ZEROING: Measure = Measure::new(&Definition {
    id: "value-zeroing",
    numbers_id: "shares",
    says: label!("measure-value-zeroing"),
    meaning: label!("measure-value-zeroing-meaning"),
    verb: Verb::TakesFrom,
    unit: Quantity::Share,
    is_signed: false,
    is_for_papers: false,
    is_from_input: false,
    heads: HeadAxis::Layer,
    extra_columns: &[],
    groundwork: Groundwork::Zeroing,
    numbers: |trace| trace.zeroing().map(MeasureNumbersKind::Lengths),
    arrays,
});

/// `value_zeroing [L, S, S]`: 1 - cosine.
fn arrays(trace: &MeasuredTrace) -> Vec<MixingArray<'_>> {
    let Some(turned) = trace.zeroing() else { return Vec::new() };
    let shape = [trace.layers, trace.tokens.len(), trace.tokens.len()];
    vec![MixingArray::new("value_zeroing", shape, &turned.tokens)]
}

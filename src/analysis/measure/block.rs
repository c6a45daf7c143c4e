//! The attention block (Kobayashi et al. 2021): as the value norm, with the residual path in the token's own vector and
//! behind the layer norm; as shares of a row.

use super::definition::{Definition, Groundwork, HeadAxis, Measure, Verb};
use crate::{
    analysis::{MeasuredTrace, MixingArray, Quantity, measure_numbers::MeasureNumbersKind},
    messages::label,
};

pub(super) const BLOCK: Measure = Measure::new(&Definition {
    id: "block",
    numbers_id: "shares",
    says: label!("measure-block"),
    meaning: label!("measure-block-meaning"),
    verb: Verb::TakesFrom,
    unit: Quantity::Share,
    is_signed: false,
    is_for_papers: false,
    is_from_input: false,
    heads: HeadAxis::Layer,
    extra_columns: &[],
    groundwork: Groundwork::Layers,
    numbers: |trace| trace.layer_mixing().map(|mixing| MeasureNumbersKind::Lengths(&mixing.block_norm)),
    arrays,
});

/// `block_norm [L, S, S]`, and `mixing_block [L, S]`: how much of each vector comes from other tokens.
fn arrays(trace: &MeasuredTrace) -> Vec<MixingArray<'_>> {
    let Some(mixing) = trace.layer_mixing() else { return Vec::new() };
    let (layers, tokens) = (trace.layers, trace.tokens.len());
    vec![
        MixingArray::new("block_norm", [layers, tokens, tokens], &mixing.block_norm.tokens),
        MixingArray::new("mixing_block", [layers, tokens], &mixing.mixing_block),
    ]
}

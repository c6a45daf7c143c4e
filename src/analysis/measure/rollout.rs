//! Attention rollout (Abnar & Zuidema 2020): weights, half of each token made to stay where it is, rolled out over the layers.
//! For those who compare with papers: its own share is at least 0.5^L whatever the model does.

use super::definition::{Definition, Groundwork, HeadAxis, Measure, Verb};
use crate::{
    analysis::{MeasuredTrace, MixingArray, Quantity, attention_rollout, measure_numbers::MeasureNumbersKind},
    messages::label,
};

pub(super) const ROLLOUT: Measure = Measure::new(&Definition {
    id: "rollout",
    numbers_id: "shares",
    says: label!("measure-rollout"),
    meaning: label!("measure-rollout-meaning"),
    verb: Verb::TakesFrom,
    unit: Quantity::Share,
    is_signed: false,
    is_for_papers: true,
    is_from_input: true,
    heads: HeadAxis::Layer,
    extra_columns: &[],
    groundwork: Groundwork::Trace,
    numbers: |trace| Some(MeasureNumbersKind::Layers(shares(trace))),
    arrays,
});

/// `rollout [L, S, S]`.
fn arrays(trace: &MeasuredTrace) -> Vec<MixingArray<'_>> {
    vec![MixingArray::new("rollout", [trace.layers, trace.tokens.len(), trace.tokens.len()], shares(trace))]
}

fn shares(trace: &MeasuredTrace) -> &[f32] {
    trace.shares(ROLLOUT, || attention_rollout(trace).into_iter().map(|share| share as f32).collect())
}

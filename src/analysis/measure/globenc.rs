//! GlobEnc (Modarressi et al. 2022): the block's vectors behind the second layer norm, rolled out over the layers as their
//! authors do, each row then as shares.

use super::definition::{Definition, Groundwork, HeadAxis, Measure, Verb};
use crate::{
    analysis::{MeasuredTrace, MixingArray, Quantity, measure_numbers::MeasureNumbersKind},
    messages::label,
};

pub(super) const GLOBENC: Measure = Measure::new(&Definition {
    id: "globenc",
    numbers_id: "shares",
    says: label!("measure-globenc"),
    meaning: label!("measure-globenc-meaning"),
    verb: Verb::TakesFrom,
    unit: Quantity::Share,
    is_signed: false,
    is_for_papers: true,
    is_from_input: true,
    heads: HeadAxis::Layer,
    extra_columns: &[],
    groundwork: Groundwork::Layers,
    numbers: |trace| shares(trace).map(MeasureNumbersKind::Layers),
    arrays,
});

/// `globenc [L, S, S]` as its authors multiply it. It grows with each layer; where f32 would not hold it, a layer is divided by
/// its largest number, which changes no proportion.
fn arrays(trace: &MeasuredTrace) -> Vec<MixingArray<'_>> {
    let Some(mixing) = trace.layer_mixing() else { return Vec::new() };
    let (layers, tokens) = (trace.layers, trace.tokens.len());
    let products = mixing.globenc(tokens);
    let narrowed = products.chunks_exact((tokens * tokens).max(1)).flat_map(|layer| {
        let largest = layer.iter().copied().fold(0.0, f64::max);
        let by = if largest > f64::from(f32::MAX) { largest } else { 1.0 };
        layer.iter().map(move |value| (value / by) as f32)
    });
    vec![MixingArray::new("globenc", [layers, tokens, tokens], narrowed.collect::<Vec<f32>>())]
}

/// Each row as shares.
fn shares(trace: &MeasuredTrace) -> Option<&[f32]> {
    let (mixing, tokens) = (trace.layer_mixing()?, trace.tokens.len());
    let shares = || {
        let products = mixing.globenc(tokens);
        let rows = products.chunks_exact(tokens.max(1));
        rows.flat_map(|row| {
            let all: f64 = row.iter().sum();
            row.iter().map(move |value| (value / all) as f32)
        })
        .collect()
    };
    Some(trace.shares(GLOBENC, shares))
}

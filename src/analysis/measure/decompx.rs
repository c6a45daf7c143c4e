//! DecompX (Modarressi et al. 2023): lengths of what each input token has become in a vector, and of what the biases have, as shares
//! of all. Vectors that cancel count like others.

use super::definition::{Definition, Groundwork, HeadAxis, Measure, Verb};
use crate::{
    analysis::{MeasuredTrace, MixingArray, Quantity, measure_numbers::MeasureNumbersKind},
    messages::label,
};

pub(super) const DECOMPX: Measure = Measure::new(&Definition {
    id: "decompx",
    numbers_id: "shares",
    says: label!("measure-decompx"),
    meaning: label!("measure-decompx-meaning"),
    verb: Verb::TakesFrom,
    unit: Quantity::Share,
    is_signed: false,
    is_for_papers: false,
    is_from_input: true,
    heads: HeadAxis::Layer,
    extra_columns: &["biases"],
    groundwork: Groundwork::Sources,
    numbers: |trace| trace.decomposition().map(|whole| MeasureNumbersKind::Lengths(&whole.norms)),
    arrays,
});

/// `decompx_norm [L, S, S + 1]`, the biases last; of the mean over all tokens and of the pooler output `mean_norm` and
/// `pooled_norm [S + 1]`.
fn arrays(trace: &MeasuredTrace) -> Vec<MixingArray<'_>> {
    let Some(whole) = trace.decomposition() else { return Vec::new() };
    let (layers, tokens) = (trace.layers, trace.tokens.len());
    let mut arrays = vec![
        MixingArray::new("decompx_norm", [layers, tokens, tokens + 1], &whole.norms.tokens),
        MixingArray::new("mean_norm", [tokens + 1], &whole.mean.norms),
    ];
    arrays.extend(whole.pooled.iter().map(|pooled| MixingArray::new("pooled_norm", [tokens + 1], &pooled.norms)));
    arrays
}

//! Which closeness means "the same", where scores say which pairs are.

use super::{compared::RankedVectors, document::measures};
use crate::{
    analysis::{Column, LabelledCloseness, Quantity, Resamples, Table, TableRow, ThresholdEstimate},
    messages::message,
};

/// Of the pairs above a threshold so many are to belong together.
const PRECISION: f64 = 0.95;

/// A table of thresholds, a row for each row of `compared`, and what is said of it. Pairs belong together from the score
/// `positive_from` on; where nothing is said, those with the higher of two scores. Of more scores there is none, which is
/// said.
pub(super) fn of(
    compared: &RankedVectors,
    scores: &[f64],
    positive_from: Option<f64>,
    resamples: Resamples,
) -> (Option<Table>, Option<String>) {
    let mut values: Vec<f64> = scores.to_vec();
    values.sort_by(f64::total_cmp);
    values.dedup();
    let from = match (positive_from, values.as_slice()) {
        (Some(from), _) => from,
        (None, [_, higher]) => *higher,
        (None, values) => return (None, Some(message!("cli-evaluate-no-threshold", count = values.len()))),
    };
    let positive = scores.iter().filter(|score| **score >= from).count();
    let note = message!("cli-evaluate-positive", count = positive, all = scores.len(), score = from.to_string());
    if positive == 0 || positive == scores.len() {
        return (None, Some(note));
    }
    let has_models = compared.rows.iter().any(|row| row.row.model.is_some());
    let mut keys = vec!["model"; usize::from(has_models)];
    keys.extend(["pooling", "layer", "metric"]);
    let rows = compared.rows.iter().map(|row| {
        let there = row.row.closeness.iter().zip(scores).filter_map(|(close, score)| Some(((*close)?, *score >= from)));
        let (closeness, together): (Vec<f64>, Vec<bool>) = there.unzip();
        let labelled = LabelledCloseness::new(&closeness, &together);
        let best = labelled.as_ref().and_then(|labelled| labelled.best_f1(resamples));
        let precise = labelled.as_ref().and_then(|labelled| labelled.at_precision(PRECISION, resamples));
        let mut numbers = Vec::new();
        let mut push = |estimate: Option<ThresholdEstimate>,
                        value: fn(&ThresholdEstimate) -> f64,
                        interval: fn(&ThresholdEstimate) -> Option<[f64; 2]>| {
            numbers.push(estimate.as_ref().map(|of| value(of) as f32));
            if resamples.count > 0 {
                let interval = estimate.as_ref().and_then(interval);
                numbers.extend([0, 1].map(|end| interval.map(|interval| interval[end] as f32)));
            }
        };
        push(best, |of| of.threshold.closeness, |of| of.closeness);
        push(best, |of| of.threshold.f1(), |of| of.f1);
        push(precise, |of| of.threshold.closeness, |of| of.closeness);
        push(precise, |of| of.threshold.recall, |of| of.recall);
        TableRow { keys: row.names(), cells: Vec::new(), measures: numbers }
    });
    let names = [
        "threshold",
        "threshold_low",
        "threshold_high",
        "f1",
        "f1_low",
        "f1_high",
        "precise_threshold",
        "precise_threshold_low",
        "precise_threshold_high",
        "recall",
        "recall_low",
        "recall_high",
    ];
    let names = if resamples.count > 0 { &names[..] } else { &["threshold", "f1", "precise_threshold", "recall"] };
    let table = Table {
        title: message!("cli-evaluate-thresholds-title"),
        keys: keys.into_iter().map(Column::from).collect(),
        cells: None,
        measures: measures(names, Quantity::Number),
        rows: rows.collect(),
    };
    (Some(table), Some(note))
}

//! How the view calls what a change is measured on.

use super::state::SweepState;
use crate::{analysis::Affected, labels, messages::message, printable::printable};

/// `cls`, `“it”`, `cell`.
pub(super) fn affected(sweep: &SweepState, affected: Affected) -> String {
    match (affected, &sweep.target().token) {
        (Affected::Token, Some(tokens)) => format!("“{}”", printable(&sweep.written(tokens))),
        (Affected::Output, _) => output(sweep),
        _ => labels::analysis::affected(affected).to_owned(),
    }
}

/// `“it” → “animal”, layer 3, head 5`; empty where there is no cell.
pub(super) fn cell(sweep: &SweepState) -> String {
    let Some(cell) = &sweep.target().cell else { return String::new() };
    let [from, to] = [&cell.from, &cell.to].map(|tokens| printable(&sweep.written(tokens)).into_owned());
    let heads = labels::analysis::head_choice(cell.heads);
    message!("sweep-cell", from = from, to = to, layer = cell.layer + 1, heads = heads)
}

/// `logit of positive`.
fn output(sweep: &SweepState) -> String {
    message!("sweep-output", name = &*printable(&sweep.output_name()))
}

//! How the view calls what a change is measured on.

use super::state::SweepState;
use crate::{
    analysis::Affected,
    labels,
    messages::message,
    printable::printable,
    widgets::text::{cells, shorten},
};

/// `cls`, `“it”`, `cell`.
pub(super) fn affected(sweep: &SweepState, affected: Affected) -> String {
    match (affected, &sweep.target().token) {
        (Affected::Token, Some(tokens)) => format!("“{}”", printable(&sweep.written(tokens))),
        (Affected::Output, _) => output(sweep),
        _ => labels::analysis::affected(affected).to_owned(),
    }
}

/// The same above a column, where as much of it stands as fits: `logit of positive (feeling, cls)`, `logit of positive`, `positive`.
pub(super) fn heading(sweep: &SweepState, what: Affected, room: usize) -> String {
    let name = affected(sweep, what);
    if what != Affected::Output {
        return shorten(&name, room).into_owned();
    }
    let label = printable(&sweep.output_label()).into_owned();
    let named = message!("sweep-output", name = &*label);
    let fitting = [name, named].into_iter().find(|name| cells(name) <= room);
    fitting.unwrap_or_else(|| shorten(&label, room).into_owned())
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

//! What a page is about, as people read it: the names of facts, and those of their values that are ids.

use std::borrow::Cow;

use crate::messages::{Label, label};

/// A fact's name; a fact without one has its id.
pub(super) fn name(id: &str) -> &str {
    let label: Label = match id {
        "model" => label!("export-fact-model"),
        "origin" => label!("export-fact-origin"),
        "view" => label!("export-fact-view"),
        "text" => label!("export-fact-text"),
        "pair" => label!("export-fact-pair"),
        "compared with" => label!("export-fact-compared-with"),
        "unknown" => label!("export-fact-unknown"),
        "truncated" => label!("export-fact-truncated"),
        "off" => label!("export-fact-off"),
        "reading" => label!("export-fact-reading"),
        "source" => label!("export-fact-source"),
        "direction" => label!("export-fact-direction"),
        "measure" => label!("export-fact-measure"),
        "among" => label!("export-fact-among"),
        "units" => label!("export-fact-units"),
        "specials" => label!("export-fact-specials"),
        "marked" => label!("export-fact-marked"),
        "parts" => label!("export-fact-parts"),
        "token" => label!("export-fact-token"),
        "vector" => label!("export-fact-vector"),
        "background" => label!("export-fact-background"),
        "sentences" => label!("export-fact-sentences"),
        "poolings" => label!("export-fact-poolings"),
        "order" => label!("export-fact-order"),
        "sweep" => label!("export-fact-sweep"),
        "held" => label!("export-fact-held"),
        "shown" => label!("export-fact-shown"),
        "logit_of" => label!("export-fact-logit-of"),
        "cell_before" => label!("export-fact-cell-before"),
        "metric" => label!("export-fact-metric"),
        "query" => label!("export-fact-query"),
        "pairs" => label!("export-fact-pairs"),
        "labels" => label!("export-fact-labels"),
        "folds" => label!("export-fact-folds"),
        "file" => label!("export-fact-file"),
        "probe" => label!("export-fact-probe"),
        other => return other,
    };
    label.text()
}

/// What a fact says, where that is an id of few; else as it is.
pub(super) fn value<'v>(id: &str, value: &'v str) -> Cow<'v, str> {
    let label: Label = match (id, value) {
        ("view", "layers") => label!("layers-tab"),
        ("view", "heads") => label!("heads-tab"),
        ("view", "matrix") => label!("matrix-tab"),
        ("view", "compare") => label!("compare-tab"),
        ("view", "pooling") => label!("pooling-tab"),
        ("view", "sweep") => label!("sweep-tab"),
        ("view", "mixing") => label!("mixing-tab"),
        ("view", "output") => label!("output-tab"),
        ("view", "sentences") => label!("sentences-tab"),
        ("view", "map") => label!("map-tab"),
        ("units", "pieces") => label!("export-explore-pieces"),
        ("units", "words") => label!("export-explore-words"),
        ("specials", "show") => label!("export-explore-specials-show"),
        ("specials", "hide") => label!("export-explore-specials-hide"),
        ("specials", "renormalize") => label!("export-explore-specials-renormalize"),
        ("direction", "from") => label!("export-explore-from"),
        ("direction", "to") => label!("export-explore-to"),
        ("reading", "A alone") => label!("export-fact-a-alone"),
        ("reading", "B alone") => label!("export-fact-b-alone"),
        ("reading", "A and B joined") => label!("export-fact-joined"),
        _ => return value.into(),
    };
    label.text().into()
}

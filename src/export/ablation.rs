//! What was ablated in a forward pass, as files and tables say it.

use serde_json::{Value, json};

use crate::{
    bert::{Ablations, Edge},
    messages::message,
};

/// `{"heads": [[3, 5], ...], "hidden_tokens": [...], "masked_tokens": [...]}`, layers and heads from 1, tokens from 0; none
/// where nothing was. With `"edges": [[6, 0, 1], ...]` where edges are cut: the layer, the token that does not look, and at what.
pub(super) fn value(ablations: &Ablations) -> Option<Value> {
    let heads: Vec<[usize; 2]> = ablations.heads.iter().map(|(layer, head)| [layer + 1, head + 1]).collect();
    let mut value = json!({"heads": heads, "hidden_tokens": ablations.masked, "masked_tokens": ablations.replaced});
    if !ablations.edges.is_empty() {
        value["edges"] = ablations.edges.iter().map(|edge| json!([edge.layer + 1, edge.query, edge.key])).collect();
    }
    (*ablations != Ablations::default()).then_some(value)
}

/// `heads 3.5 4.1; hidden tokens 2; cut edges 6:0>1` (layer 6, token 0 does not look at token 1); none where nothing was.
pub(super) fn words(ablations: &Ablations) -> Option<String> {
    let list = |names: Vec<String>| (!names.is_empty()).then(|| names.join(" "));
    let heads = list(ablations.heads.iter().map(|(layer, head)| format!("{}.{}", layer + 1, head + 1)).collect());
    let hidden = list(ablations.masked.iter().map(usize::to_string).collect());
    let masked = list(ablations.replaced.iter().map(usize::to_string).collect());
    let edge = |edge: &Edge| format!("{}:{}>{}", edge.layer + 1, edge.query, edge.key);
    let edges = list(ablations.edges.iter().map(edge).collect());
    let parts = [
        heads.map(|heads| message!("export-off-heads", heads = heads)),
        hidden.map(|tokens| message!("export-off-hidden", tokens = tokens)),
        masked.map(|tokens| message!("export-off-masked", tokens = tokens)),
        edges.map(|edges| message!("export-off-edges", edges = edges)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

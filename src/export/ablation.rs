//! What was ablated in a forward pass, as files and tables say it.

use serde_json::{Value, json};

use crate::{bert::Ablations, messages::message};

/// `{"heads": [[3, 5], ...], "hidden_tokens": [...], "masked_tokens": [...]}`, layers and heads from 1, tokens from 0; none
/// where nothing was.
pub(super) fn value(ablations: &Ablations) -> Option<Value> {
    let heads: Vec<[usize; 2]> = ablations.heads.iter().map(|(layer, head)| [layer + 1, head + 1]).collect();
    (*ablations != Ablations::default())
        .then(|| json!({"heads": heads, "hidden_tokens": ablations.masked, "masked_tokens": ablations.replaced}))
}

/// `heads 3.5 4.1; hidden tokens 2`; none where nothing was.
pub(super) fn words(ablations: &Ablations) -> Option<String> {
    let list = |names: Vec<String>| (!names.is_empty()).then(|| names.join(" "));
    let heads = list(ablations.heads.iter().map(|(layer, head)| format!("{}.{}", layer + 1, head + 1)).collect());
    let hidden = list(ablations.masked.iter().map(usize::to_string).collect());
    let masked = list(ablations.replaced.iter().map(usize::to_string).collect());
    let parts = [
        heads.map(|heads| message!("export-off-heads", heads = heads)),
        hidden.map(|tokens| message!("export-off-hidden", tokens = tokens)),
        masked.map(|tokens| message!("export-off-masked", tokens = tokens)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

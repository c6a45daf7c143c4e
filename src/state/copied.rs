//! What goes to the clipboard.

use super::{Passage, Shown};
use crate::labels::analysis::heads;

/// Why there is no number.
pub(crate) const NONE: &str = "no number is under the cursor";
pub(crate) const NO_CURSOR: &str = "this view has no cursor: open its table to choose a number there";

/// `layer 3, mean of heads: [CLS] → it`.
pub(crate) fn place(passage: &Passage, shown: &Shown, layer: usize, looks: bool, unit: usize) -> String {
    let [source, target] = [shown.map.source, unit].map(|unit| shown.units.text(&passage.trace, unit));
    let [from, to] = if looks { [source, target] } else { [target, source] };
    format!("layer {}, {}: {from} → {to}", layer + 1, heads(shown.map.options, passage.trace.heads))
}

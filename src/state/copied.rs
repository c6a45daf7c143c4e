//! What goes to the clipboard.

use super::{LoopRequest, Notice, Passage, Shown, State};
use crate::labels::analysis::heads;

/// Why there is no number.
pub(crate) const NONE: &str = "no number is under the cursor";
pub(crate) const NO_CURSOR: &str = "this view has no cursor: open its table to choose a number there";

impl State {
    /// Says why nothing is copied.
    pub(crate) fn nothing_to_copy(&mut self, why: &str) -> LoopRequest {
        self.notice = Some(Notice { text: why.to_owned(), is_error: true });
        LoopRequest::None
    }

    /// The number under the cursor of an open table.
    pub(super) fn copy_from_table(&mut self) -> LoopRequest {
        match self.table.as_ref().and_then(|table| Some((table.value()?.0?, table.name()?))) {
            Some((number, of)) => LoopRequest::Copy { number: number.to_string(), of },
            None => self.nothing_to_copy(NONE),
        }
    }
}

/// `layer 3, mean of heads: [CLS] → it`.
pub(crate) fn place(passage: &Passage, shown: &Shown, layer: usize, looks: bool, unit: usize) -> String {
    let [source, target] = [shown.map.source, unit].map(|unit| shown.units.text(&passage.trace, unit));
    let [from, to] = if looks { [source, target] } else { [target, source] };
    format!("layer {}, {}: {from} → {to}", layer + 1, heads(shown.map.options, passage.trace.heads))
}

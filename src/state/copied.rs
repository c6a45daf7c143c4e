//! What goes to the clipboard.

use super::{Reading, Shown};
use crate::{
    analysis::Measure,
    labels::analysis::heads,
    messages::{Label, label, message},
};

/// Why there is no number.
pub(crate) const NONE: Label = label!("state-no-number");
pub(crate) const NO_CURSOR: Label = label!("state-no-cursor");

/// `layer 3, mean of heads: [CLS] → it`.
pub(crate) fn place(reading: &Reading, shown: &Shown, layer: usize, looks: bool, unit: usize) -> String {
    let [source, target] = [shown.map.source, unit].map(|unit| shown.units.in_sentence(&reading.trace, unit));
    let [from, to] = if looks { [source, target] } else { [target, source] };
    let heads = heads(shown.map.options, reading.trace.heads);
    match shown.map.options.measure {
        measure if measure == Measure::default() => {
            message!("state-number-of", layer = layer + 1, heads = heads, from = from, to = to)
        }
        measure => {
            let measure = measure.id();
            message!(
                "state-number-of-measure",
                measure = measure,
                layer = layer + 1,
                heads = heads,
                from = from,
                to = to
            )
        }
    }
}

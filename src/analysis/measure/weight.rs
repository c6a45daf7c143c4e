//! Raw attention: softmax(q·k / √d), the weight with which a value is taken. A weight is no contribution: values differ
//! in length, and the residual path carries the rest.

use super::definition::{Definition, HeadAxis, Measure, NumbersFrom, Verb};
use crate::analysis::Quantity;

pub(super) const WEIGHT: Measure = Measure::new(&Definition {
    id: "weight",
    numbers_id: "weights",
    verb: Verb::LooksAt,
    unit: Quantity::Share,
    rows_sum_to_one: true,
    heads: HeadAxis::Each,
    extra_columns: &[],
    source: NumbersFrom::Trace(|trace| &trace.attentions),
});

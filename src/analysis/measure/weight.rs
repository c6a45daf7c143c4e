//! Raw attention: softmax(q·k / √d), the weight with which a value is taken. A weight is no contribution: values differ
//! in length, and the residual path carries the rest.

use super::definition::{Definition, Groundwork, HeadAxis, Measure, Verb};
use crate::{
    analysis::{Quantity, measure_numbers::MeasureNumbersKind},
    messages::label,
};

pub(super) const WEIGHT: Measure = Measure::new(&Definition {
    id: "weight",
    numbers_id: "weights",
    says: label!("measure-weight"),
    meaning: label!("measure-weight-meaning"),
    verb: Verb::LooksAt,
    unit: Quantity::Share,
    is_signed: false,
    is_for_papers: false,
    is_from_input: false,
    heads: HeadAxis::Each,
    extra_columns: &[],
    groundwork: Groundwork::Trace,
    numbers: |trace| Some(MeasureNumbersKind::Heads(&trace.attentions)),
    arrays: |_| Vec::new(),
});

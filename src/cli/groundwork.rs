//! What measures rest on, worked out with progress.

use std::ops::ControlFlow;

use super::{error::CliError, meter::Meter};
use crate::{
    analysis::{Measure, MeasuredTrace},
    bert::Bert,
    messages::message,
    study::Reader,
};

/// Works out what a measure of a trace of this model rests on.
pub(super) fn work_out(bert: &Bert, trace: &MeasuredTrace, measure: Measure) -> Result<(), CliError> {
    let mut meter = Meter::after_a_pause(measure.to_string());
    bert.work_out(trace, measure.groundwork(), &mut |done, total| {
        meter.say(message!("cli-progress-steps", done = done, total = total));
        ControlFlow::Continue(())
    })?;
    Ok(())
}

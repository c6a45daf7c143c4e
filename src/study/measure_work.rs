//! What a measure rests on, worked out of readings.

use std::{fmt, ops::ControlFlow, sync::Arc};

use super::{Reader, Reading};
use crate::{
    analysis::{Groundwork, Measure, MeasuredTrace},
    bert::BertError,
};

/// A measure to work out of some readings.
#[derive(Clone)]
pub struct MeasureWork {
    /// Which measure.
    pub measure: Measure,
    /// What the model read; those of which it is known already are passed over.
    pub readings: Vec<Arc<Reading>>,
    /// The number of the job that opened the model that read them: no other can work it out.
    pub model: u64,
}

impl fmt::Debug for MeasureWork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { measure, readings, model } = self;
        let texts: Vec<&str> = readings.iter().map(|reading| reading.trace.input.text.as_str()).collect();
        f.debug_struct("MeasureWork").field("measure", measure).field("readings", &texts).field("model", model).finish()
    }
}

impl PartialEq for MeasureWork {
    /// Readings are the same where they are one.
    fn eq(&self, other: &Self) -> bool {
        let are_same = |(a, b): (&Arc<Reading>, &Arc<Reading>)| Arc::ptr_eq(a, b);
        (self.measure, self.model, self.readings.len()) == (other.measure, other.model, other.readings.len())
            && self.readings.iter().zip(&other.readings).all(are_same)
    }
}

/// Works a measure out of readings, one after the other, as long as it is `wanted`; `progress` is told how many of how many steps
/// are done of the one at hand. Whether all of it was done.
///
/// # Errors
/// As for [`Reader::work_out`].
pub fn work_out(
    reader: &dyn Reader,
    work: &MeasureWork,
    wanted: &dyn Fn() -> bool,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<bool, BertError> {
    for reading in &work.readings {
        let mut step = |done, total| {
            progress(done, total);
            if wanted() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        if !wanted() {
            return Ok(false);
        }
        reader.work_out(&reading.trace, work.measure.groundwork(), &mut step)?;
        if !reading.trace.has(work.measure.groundwork()) {
            return Ok(false);
        }
        reading.trace.prepare(work.measure);
    }
    Ok(true)
}

/// Whether a measure is worked out as fast as people type, so that it can come with the reading.
pub(super) fn is_fast(trace: &MeasuredTrace, measure: Measure) -> bool {
    /// Multiplications and additions, about half a second on two cores.
    const MOST: f64 = 8e10;
    let [tokens, size, layers] = [trace.tokens.len(), trace.hidden_size, trace.layers].map(|count| count as f64);
    let pass = layers * (20.0 * tokens * size * size + 2.0 * tokens * tokens * size);
    let work = match measure.groundwork() {
        Groundwork::Trace | Groundwork::Layers => pass + layers * tokens.powi(3),
        Groundwork::Sources | Groundwork::Zeroing => pass * tokens,
    };
    work <= MOST
}

//! A trace, and what its measures say: the numbers every heat map and statistic reads.

use std::{ops::Deref, sync::OnceLock};

use super::{HeadStatistics, Measure, measure::NumbersFrom, numbers::Numbers, text_shares::TextShares};
use crate::bert::Trace;

/// A trace with what is worked out of it, each measure when it is first asked for. It never changes, so that what is
/// worked out stays true.
#[derive(Clone, Debug)]
pub struct MeasuredTrace {
    trace: Trace,
    /// In the order of [`Measure::ALL`].
    worked_out: Vec<WorkedOut>,
}

/// What is known of one measure so far.
#[derive(Clone, Debug, Default)]
struct WorkedOut {
    /// Of a measure that the trace does not hold.
    numbers: OnceLock<Vec<f32>>,
    text_shares: OnceLock<TextShares>,
    statistics: OnceLock<HeadStatistics>,
}

impl From<Trace> for MeasuredTrace {
    fn from(trace: Trace) -> Self {
        Self { trace, worked_out: vec![WorkedOut::default(); Measure::ALL.len()] }
    }
}

impl Deref for MeasuredTrace {
    type Target = Trace;

    fn deref(&self) -> &Trace {
        &self.trace
    }
}

impl MeasuredTrace {
    /// Works out what a key would wait for: at 512 tokens and 12x12 heads, statistics and scaling without specials take
    /// longer than it may.
    pub fn prepare(&self, measure: Measure) {
        self.text_shares(measure);
        self.head_statistics(measure);
    }

    /// The numbers of a measure.
    pub fn numbers(&self, measure: Measure) -> Numbers<'_> {
        let numbers = match measure.source() {
            NumbersFrom::Trace(of) => of(&self.trace),
            NumbersFrom::Computed(of) => self.of(measure).numbers.get_or_init(|| of(&self.trace)),
        };
        Numbers::new(numbers, measure, &self.trace)
    }

    /// What each head does on the whole, under a measure.
    pub fn head_statistics(&self, measure: Measure) -> &HeadStatistics {
        self.of(measure).statistics.get_or_init(|| HeadStatistics::new(&self.trace, self.numbers(measure)))
    }

    /// How much of each row is of the text, rather than of specials.
    pub(super) fn text_shares(&self, measure: Measure) -> &TextShares {
        self.of(measure).text_shares.get_or_init(|| TextShares::new(&self.trace.tokens, self.numbers(measure)))
    }

    fn of(&self, measure: Measure) -> &WorkedOut {
        &self.worked_out[measure.place()]
    }
}

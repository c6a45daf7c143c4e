//! Unrelated sentences, and what the model makes of them: the views that compare sentences measure cosines by these.

use std::sync::Arc;

use super::{Job, Measured, Numbered, Stage, State, Subject};
use crate::{
    analysis::{Calibration, Pooling},
    study::{Background, Baseline},
};

/// What is known of unrelated sentences.
#[derive(Debug, Default)]
pub struct BackgroundState {
    /// The newest measurement that was asked for: of which sentences, and how many of them are read.
    measurement: Option<(Numbered<Background>, usize)>,
    /// What the model makes of them.
    pub measured: Option<Arc<Baseline>>,
    /// Why nothing will be known of them.
    pub error: Option<String>,
    number: u64,
}

impl BackgroundState {
    /// The unrelated sentences that cosines are, or will be, compared with, and how many of them are read.
    pub fn sentences(&self) -> Option<(&Background, usize)> {
        self.measurement.as_ref().map(|(measurement, done)| (&measurement.task, *done))
    }

    /// What those sentences look like under a pooling; none before they are read, or where they have no such vector.
    pub fn calibration(&self, pooling: Pooling) -> Option<&Calibration> {
        self.measured.as_ref()?.calibrations.get(pooling.into()).ok()
    }

    /// Another model is in use, for which nothing is known.
    pub(super) fn forget(&mut self) {
        (self.measurement, self.measured, self.error) = (None, None, None);
    }

    /// Takes in how far a measurement is.
    pub(super) fn on_report(&mut self, number: u64, result: Result<Measured, String>) {
        let Some((measurement, done)) = &mut self.measurement else { return };
        if measurement.number != number {
            return;
        }
        match result {
            Ok(Measured::Read(read)) => *done = read,
            Ok(Measured::Done(measured)) => {
                *done = measurement.sentences.len();
                self.measured = Some(measured);
            }
            Err(why) => self.error = Some(why),
        }
    }

    /// The unrelated sentences to be read now, unless it is these already.
    fn ask(&mut self, background: Background) -> Option<Job> {
        if self.measurement.as_ref().is_some_and(|(measurement, _)| measurement.name == background.name) {
            return None;
        }
        self.forget();
        self.number += 1;
        let measurement = Numbered { number: self.number, task: background };
        self.measurement = Some((measurement.clone(), 0));
        Some(Job::Measure(measurement))
    }
}

impl State {
    /// The measurement of unrelated sentences that is to begin now: a view that compares sentences is on screen, and
    /// there are two or more.
    pub(super) fn measurement_if_due(&mut self) -> Option<Job> {
        let has_pair = self.readings.as_ref().is_some_and(|readings| readings.pair.is_some());
        if self.model.is_none() || self.is_reading() {
            return None;
        }
        let background = match self.subject() {
            Subject::Alone if has_pair => Background::suited_to([self.sentence.value(), self.pair.value()]),
            Subject::List if self.list.stage == Stage::Done && self.list.lines().len() > 1 => {
                Background::suited_to(self.list.lines().iter().map(|line| &*line.text))
            }
            Subject::Readings if self.attention.needs.background && !self.is_empty() => {
                Background::suited_to([self.sentence.value()])
            }
            _ => return None,
        };
        self.background.ask(background)
    }

    /// Tells the list what its cosines are compared with, as soon as that is known.
    pub(super) fn calibrate_list(&mut self) {
        match &self.background.measured {
            None => self.list.unrelated.clear(),
            Some(measured) if self.list.unrelated.is_empty() => {
                let known = measured.calibrations.iter().filter(|(vector, _)| vector.layer.is_none());
                let raw =
                    known.filter_map(|(vector, calibration)| Some((vector.pooling, calibration.ok()?.raw().clone())));
                self.list.unrelated = raw.collect();
            }
            Some(_) => {}
        }
    }
}

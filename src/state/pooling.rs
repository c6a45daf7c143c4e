//! The pooling view: its pages, and the unrelated sentences that its cosines are held against.

mod pages;
mod tables;
mod warnings;

use std::sync::Arc;

use super::{Stage, State, View};
use crate::{
    analysis::{Calibrated, Calibration, NoCalibration, Pooling, SentenceVector},
    jobs::{Job, Measured, Numbered},
    study::{Background, Baseline},
};

/// A part of the pooling view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// The poolings, how they agree, and how close two sentences are under each.
    #[default]
    Overview,
    /// The same cosines centred and whitened.
    Calibration,
    /// How the sentences approach each other from layer to layer.
    Layers,
    /// Which dimensions make up the cosine.
    Dimensions,
    /// What each word adds to the cosine of the means.
    Words,
}

impl Page {
    /// In the order of the key.
    pub const ALL: &'static [Page] = &[Page::Overview, Page::Calibration, Page::Layers, Page::Dimensions, Page::Words];

    /// As on screen.
    pub fn title(self) -> &'static str {
        match self {
            Page::Overview => "overview",
            Page::Calibration => "calibration",
            Page::Layers => "layers",
            Page::Dimensions => "dimensions",
            Page::Words => "words",
        }
    }
}

/// The pooling view.
#[derive(Debug, Default)]
pub struct PoolingState {
    /// The page shown.
    pub page: Page,
    /// First line of the page shown, from 0.
    pub top: usize,
    /// The pooling whose dimensions, or words, are shown: its place among those that have any.
    pooling: usize,
    /// The word of A and the word of B under the cursor.
    pub cell: (usize, usize),
    /// The newest measurement that was asked for: for whom, and how far it is.
    measurement: Option<(Numbered<Background>, usize)>,
    /// What is known of the unrelated sentences; of those of the measurement.
    pub baseline: Option<Arc<Baseline>>,
    /// Why nothing will be known of them.
    pub error: Option<String>,
    /// How close A and B are, under each pooling both have.
    pub closeness: Vec<(Pooling, Result<Calibrated, NoCalibration>)>,
    number: u64,
}

impl PoolingState {
    /// The unrelated sentences that are, or are being, held against, and how many of them are read.
    pub fn background(&self) -> Option<(&Background, usize)> {
        self.measurement.as_ref().map(|(measurement, done)| (&measurement.task, *done))
    }

    /// What those sentences look like under a pooling; none before they are read, or where they have no such vector.
    pub fn unrelated(&self, pooling: Pooling) -> Option<&Calibration> {
        self.baseline.as_ref()?.calibrations.get(pooling.into()).ok()
    }

    /// Another model is in use, for which nothing is known.
    pub(super) fn forget(&mut self) {
        (self.measurement, self.baseline, self.error) = (None, None, None);
        self.closeness.clear();
    }

    /// Takes in how far a measurement is.
    pub(super) fn on_report(&mut self, number: u64, result: Result<Measured, String>) {
        let Some((measurement, done)) = &mut self.measurement else { return };
        if measurement.number != number {
            return;
        }
        match result {
            Ok(Measured::Read(read)) => *done = read,
            Ok(Measured::Done(baseline)) => {
                *done = measurement.sentences.len();
                self.baseline = Some(baseline);
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
    /// The pooling whose dimensions or words are shown, of those both sentences have; none where there is but one
    /// sentence.
    pub fn shown_pooling(&self) -> Option<Pooling> {
        let choices = self.poolings_of_page();
        choices.get(self.pooling_view.pooling.min(choices.len().saturating_sub(1))).copied()
    }

    fn poolings_of_page(&self) -> Vec<Pooling> {
        let Some(pair) = self.readings.as_ref().and_then(|readings| readings.pair.as_ref()) else { return Vec::new() };
        match self.pooling_view.page {
            Page::Words => pair.terms.iter().map(|(pooling, _)| *pooling).collect(),
            _ => pair.contributions.iter().map(|(pooling, _)| *pooling).collect(),
        }
    }

    /// The measurement of unrelated sentences that is to begin now: a view that compares sentences is on screen, and
    /// there are two or more.
    pub(super) fn measurement_if_due(&mut self) -> Option<Job> {
        let has_pair = self.readings.as_ref().is_some_and(|readings| readings.pair.is_some());
        if self.model.is_none() || self.is_reading() {
            return None;
        }
        let background = match self.view {
            View::Pooling if has_pair => Background::suited_to([self.sentence.value(), self.pair.value()]),
            view if view.is_of_list() && self.list.stage == Stage::Done && self.list.lines().len() > 1 => {
                Background::suited_to(self.list.lines().iter().map(|line| &*line.text))
            }
            _ => return None,
        };
        self.pooling_view.ask(background)
    }

    /// Brings what the pages show up to date, after whatever may have changed it.
    pub(super) fn calibrate(&mut self) {
        let (rows, columns) = self.words_of_page();
        match &self.pooling_view.baseline {
            None => self.list.unrelated.clear(),
            Some(baseline) if self.list.unrelated.is_empty() => {
                let known = baseline.calibrations.iter().filter(|(vector, _)| vector.layer.is_none());
                let raw =
                    known.filter_map(|(vector, calibration)| Some((vector.pooling, calibration.ok()?.raw().clone())));
                self.list.unrelated = raw.collect();
            }
            Some(_) => {}
        }
        let fit = |at: usize, count: usize| at.min(count.saturating_sub(1));
        self.pooling_view.cell = (fit(self.pooling_view.cell.0, rows), fit(self.pooling_view.cell.1, columns));
        self.pooling_view.closeness.clear();
        let (View::Pooling, Some(readings), Some(baseline)) = (self.view, &self.readings, &self.pooling_view.baseline)
        else {
            return;
        };
        let Some(pair) = readings.pair.as_ref().filter(|_| !self.stale) else { return };
        let both = readings.a_pooling.vectors.iter().filter_map(|(pooling, a)| {
            let b = pair.b_pooling.vector(*pooling)?;
            let calibration = baseline.calibrations.get(SentenceVector::from(*pooling));
            Some((*pooling, calibration.map(|calibration| calibration.of(a, b))))
        });
        self.pooling_view.closeness = both.collect();
    }
}

//! The pooling view: its pages, and the unrelated sentences that its cosines are held against.

mod tables;

use std::sync::Arc;

use super::{Action, App, Job, Stage, View};
use crate::{
    analysis::{Calibrated, Calibrations, Contributions, NoCalibration, Pooling, SentenceVector, after},
    background::Background,
};

/// A part of the pooling view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// The poolings, how they agree, and how close two sentences are under each.
    #[default]
    Overview,
    /// How the sentences approach each other from layer to layer.
    Layers,
    /// Which dimensions make up the cosine.
    Dimensions,
    /// What each word adds to the cosine of the means.
    Words,
}

impl Page {
    /// In the order of the key.
    pub const ALL: &'static [Page] = &[Page::Overview, Page::Layers, Page::Dimensions, Page::Words];

    /// As on screen.
    pub fn title(self) -> &'static str {
        match self {
            Page::Overview => "overview",
            Page::Layers => "layers",
            Page::Dimensions => "dimensions",
            Page::Words => "words",
        }
    }
}

/// Unrelated sentences to be read, which takes a second or more.
#[derive(Clone, Debug, PartialEq)]
pub struct Measurement {
    /// Grows with every one that is asked for.
    pub number: u64,
    /// The sentences.
    pub background: Background,
}

/// What a model makes of unrelated sentences.
pub struct Baseline {
    /// How many there are.
    pub sentences: usize,
    /// What their vectors of each kind look like.
    pub calibrations: Calibrations,
    /// What each dimension adds to the mean cosine of two of them.
    pub expected: Vec<(SentenceVector, Contributions)>,
}

impl Baseline {
    /// From the vectors of the background, `[vector][sentence][hidden]`.
    pub fn new(vectors: &[(SentenceVector, Vec<Option<Vec<f32>>>)]) -> Self {
        let expected = vectors.iter().map(|(vector, all)| {
            let there: Vec<&[f32]> = all.iter().filter_map(Option::as_deref).collect();
            (*vector, Contributions::to_expected(&there))
        });
        Self {
            sentences: vectors.first().map_or(0, |(_, all)| all.len()),
            calibrations: Calibrations::new(vectors),
            expected: expected.collect(),
        }
    }
}

impl std::fmt::Debug for Baseline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Baseline").field("sentences", &self.sentences).finish_non_exhaustive()
    }
}

/// How far a measurement is.
#[derive(Debug)]
pub enum Measured {
    /// So many sentences are read.
    Read(usize),
    /// All is known.
    Done(Arc<Baseline>),
}

/// The pooling view.
#[derive(Debug, Default)]
pub struct LabState {
    /// The page shown.
    pub page: Page,
    /// First part of the overview shown, from 0.
    pub top: usize,
    /// The pooling whose dimensions, or words, are shown: its place among those that have any.
    pooling: usize,
    /// The word of A and the word of B under the cursor.
    pub cell: (usize, usize),
    /// The newest measurement that was asked for: for whom, and how far it is.
    measurement: Option<(Measurement, usize)>,
    /// What is known of the unrelated sentences; of those of the measurement.
    pub baseline: Option<Arc<Baseline>>,
    /// Why nothing will be known of them.
    pub error: Option<String>,
    /// How close A and B are, under each pooling both have.
    pub closeness: Vec<(Pooling, Result<Calibrated, NoCalibration>)>,
    number: u64,
}

impl LabState {
    /// The unrelated sentences that are, or are being, held against: their name, how many are read, and how many there
    /// are.
    pub fn background(&self) -> Option<(&str, usize, usize)> {
        let (Measurement { background, .. }, done) = self.measurement.as_ref()?;
        Some((&background.name, *done, background.sentences.len()))
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
                *done = measurement.background.sentences.len();
                self.baseline = Some(baseline);
            }
            Err(why) => self.error = Some(why),
        }
    }

    /// The unrelated sentences to be read now, unless it is these already.
    fn ask(&mut self, background: Background) -> Option<Job> {
        if self.measurement.as_ref().is_some_and(|(measurement, _)| measurement.background.name == background.name) {
            return None;
        }
        self.forget();
        self.number += 1;
        let measurement = Measurement { number: self.number, background };
        self.measurement = Some((measurement.clone(), 0));
        Some(Job::Measure(measurement))
    }
}

impl App {
    /// The pooling whose dimensions or words are shown, of those both sentences have; none where there is but one
    /// sentence.
    pub fn lab_pooling(&self) -> Option<Pooling> {
        let choices = self.lab_poolings();
        choices.get(self.lab.pooling.min(choices.len().saturating_sub(1))).copied()
    }

    fn lab_poolings(&self) -> Vec<Pooling> {
        let Some(pair) = self.readings.as_ref().and_then(|readings| readings.pair.as_ref()) else { return Vec::new() };
        match self.lab.page {
            Page::Words => pair.terms.iter().map(|(pooling, _)| *pooling).collect(),
            _ => pair.contributions.iter().map(|(pooling, _)| *pooling).collect(),
        }
    }

    /// How many words A and B have on the page of words.
    fn lab_words(&self) -> (usize, usize) {
        let pair = self.readings.as_ref().and_then(|readings| readings.pair.as_ref());
        pair.and_then(|pair| pair.terms.first()).map_or((0, 0), |(_, terms)| (terms.rows, terms.columns))
    }

    /// Carries out what the pages understand; whether it was that.
    pub(super) fn update_lab(&mut self, action: Action) -> bool {
        let (rows, columns) = self.lab_words();
        let choices = self.lab_poolings().len();
        let cell = self.lab.cell;
        let lab = &mut self.lab;
        let to = |at: usize, count: usize, by: isize| at.saturating_add_signed(by).min(count.saturating_sub(1));
        match (action, lab.page) {
            (Action::NextPage, _) => lab.page = after(Page::ALL, lab.page),
            (Action::OtherPooling, _) if choices > 0 => {
                lab.pooling = (lab.pooling.min(choices - 1) + 1) % choices;
            }
            (Action::Up, Page::Words) => lab.cell.0 = to(cell.0, rows, -1),
            (Action::Down, Page::Words) => lab.cell.0 = to(cell.0, rows, 1),
            (Action::Left, Page::Words) => lab.cell.1 = to(cell.1, columns, -1),
            (Action::Right, Page::Words) => lab.cell.1 = to(cell.1, columns, 1),
            (Action::Up, Page::Overview) => lab.top = lab.top.saturating_sub(1),
            (Action::Down, Page::Overview) => lab.top = (lab.top + 1).min(self.furthest),
            _ => return false,
        }
        true
    }

    /// Whether such an action would change anything now; none of one that the pages do not understand.
    pub(super) fn lab_would_act(&self, action: Action) -> Option<bool> {
        let ((rows, columns), lab) = (self.lab_words(), &self.lab);
        let words = |at: usize, count: usize, forth: bool| if forth { at + 1 < count } else { at > 0 && count > 0 };
        Some(match (action, lab.page) {
            (Action::NextPage, _) => self.readings.is_some(),
            (Action::OtherPooling, Page::Dimensions | Page::Words) => self.lab_poolings().len() > 1,
            (Action::OtherPooling, _) => false,
            (Action::Up, Page::Words) => words(lab.cell.0, rows, false),
            (Action::Down, Page::Words) => words(lab.cell.0, rows, true),
            (Action::Left, Page::Words) => words(lab.cell.1, columns, false),
            (Action::Right, Page::Words) => words(lab.cell.1, columns, true),
            (Action::Up, Page::Overview) => lab.top > 0,
            (Action::Down, Page::Overview) => lab.top < self.furthest,
            (Action::Up | Action::Down | Action::Left | Action::Right, _) => false,
            (Action::NextReading, Page::Overview) => return None,
            (Action::NextReading, _) => false,
            _ => return None,
        })
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
        self.lab.ask(background)
    }

    /// Brings what the pages show up to date, after whatever may have changed it.
    pub(super) fn calibrate(&mut self) {
        let (rows, columns) = self.lab_words();
        match &self.lab.baseline {
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
        self.lab.cell = (fit(self.lab.cell.0, rows), fit(self.lab.cell.1, columns));
        self.lab.closeness.clear();
        let (View::Pooling, Some(readings), Some(baseline)) = (self.view, &self.readings, &self.lab.baseline) else {
            return;
        };
        let Some(pair) = readings.pair.as_ref().filter(|_| !self.stale) else { return };
        let both = readings.a_pooling.vectors.iter().filter_map(|(pooling, a)| {
            let b = pair.b_pooling.vector(*pooling)?;
            let calibration = baseline.calibrations.get(SentenceVector::from(*pooling));
            Some((*pooling, calibration.map(|calibration| calibration.of(a, b))))
        });
        self.lab.closeness = both.collect();
    }
}

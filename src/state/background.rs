//! Unrelated sentences, and what the model makes of them: the views that compare sentences measure cosines by these.

use std::sync::Arc;

use super::{Job, Measured, Numbered, Stage, State, Subject};
use crate::{
    analysis::{Calibration, Pooling, Unrelated},
    study::{Background, BackgroundLanguage, Baseline, NoBackground},
};

/// What is known of unrelated sentences, language by language.
#[derive(Debug, Default)]
pub struct BackgroundState {
    /// At most one of them is being read.
    sets: Vec<BackgroundSet>,
    number: u64,
}

/// The unrelated sentences of a language.
#[derive(Debug)]
pub struct BackgroundSet {
    /// Which.
    pub language: BackgroundLanguage,
    measurement: Numbered<Background>,
    /// How many of them are read.
    pub done: usize,
    /// What the model makes of them, once all are read.
    pub measured: Option<Arc<Baseline>>,
    /// Why nothing will be known of them.
    pub error: Option<String>,
}

impl BackgroundSet {
    /// How many sentences there are.
    pub fn count(&self) -> usize {
        self.measured.as_ref().map_or(self.measurement.sentences.len(), |measured| measured.sentences)
    }

    /// The sentences.
    pub fn sentences(&self) -> &[String] {
        &self.measurement.sentences
    }

    /// What those sentences look like under a pooling; none before they are read, or where they have no such vector.
    pub fn calibration(&self, pooling: Pooling) -> Option<&Calibration> {
        self.measured.as_ref()?.calibrations.get(pooling.into()).ok()
    }

    fn is_being_read(&self) -> bool {
        self.measured.is_none() && self.error.is_none()
    }
}

impl BackgroundState {
    /// The set of a language, once it was asked for.
    pub fn of(&self, language: BackgroundLanguage) -> Option<&BackgroundSet> {
        self.sets.iter().find(|set| set.language == language)
    }

    /// Another model is in use, for which nothing is known.
    pub(super) fn forget(&mut self) {
        self.sets.clear();
    }

    /// Takes in how far a measurement is.
    pub(super) fn on_report(&mut self, number: u64, result: Result<Measured, String>) {
        let Some(set) = self.sets.iter_mut().find(|set| set.measurement.number == number) else { return };
        match result {
            Ok(Measured::Read(read)) => set.done = read,
            Ok(Measured::Done(measured)) => {
                set.done = set.measurement.sentences.len();
                set.measured = Some(measured);
            }
            Err(why) => set.error = Some(why),
        }
    }

    /// Asks for the first of some languages that is not there. One that is being read is waited for, or given up where
    /// it is not among them.
    fn ask(&mut self, languages: &[BackgroundLanguage]) -> Option<Job> {
        let is_there = |sets: &[BackgroundSet], language| sets.iter().any(|set| set.language == language);
        if languages.iter().all(|language| is_there(&self.sets, *language)) {
            return None;
        }
        self.sets.retain(|set| !set.is_being_read() || languages.contains(&set.language));
        if self.sets.iter().any(BackgroundSet::is_being_read) {
            return None;
        }
        let language = languages.iter().copied().find(|language| !is_there(&self.sets, *language))?;
        self.number += 1;
        let measurement = Numbered { number: self.number, task: language.background() };
        let set = BackgroundSet { language, measurement: measurement.clone(), done: 0, measured: None, error: None };
        self.sets.push(set);
        Some(Job::Measure(measurement))
    }
}

impl State {
    /// The measurement of unrelated sentences that is to begin now: a view that compares sentences is on screen, and
    /// there are two or more.
    pub(super) fn measurement_if_due(&mut self) -> Option<Job> {
        if self.model.is_none() || self.is_reading() {
            return None;
        }
        let pair = self.readings.as_ref().and_then(|readings| readings.pair.as_ref());
        let languages = match (self.subject(), pair) {
            (Subject::Alone, Some(pair)) => pair.background.ok().into_iter().collect(),
            (Subject::List, _) if self.list.stage == Stage::Done => self.list.background_languages(),
            (Subject::Readings, _) if self.attention.needs.background => {
                self.reading().and_then(|reading| reading.background().ok()).into_iter().collect()
            }
            _ => return None,
        };
        self.background.ask(&languages)
    }

    /// The unrelated sentences that A and B are compared with, as far as they are known; none where there are none for
    /// the two.
    pub fn background_of_pair(&self) -> Option<&BackgroundSet> {
        self.background.of(self.readings.as_ref()?.pair.as_ref()?.background.ok()?)
    }
}

/// Where a cosine of two lines of the list stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rank {
    /// That is not known yet, or there is no vector.
    Unknown,
    /// Of a hundred pairs of unrelated sentences of this language, so many are less close.
    Percentile(f64, BackgroundLanguage),
    /// Of a hundred pairs of the list itself, so many are less close.
    AmongList(f64),
    /// It is compared with none.
    Without(NoBackground),
}

impl State {
    /// The poolings under which all pairs of the list lie beyond what is usual for unrelated sentences, and the language of
    /// these; none where the list is of several languages, or two sentences only.
    pub fn list_beyond_background(&self) -> Option<(Vec<Pooling>, BackgroundLanguage)> {
        let [language] = *self.list.background_languages() else { return None };
        let set = self.background.of(language)?;
        let is_beyond = |pooling: Pooling, side: usize| {
            let (least, _) = self.list.side(side)?.range?;
            Some(set.calibration(pooling)?.raw().percentile(least)? >= Unrelated::UNUSUAL)
        };
        let mut poolings: Vec<Pooling> = self.list.poolings().to_vec();
        let mut sides = 0..2;
        poolings.retain(|&pooling| sides.next().and_then(|side| is_beyond(pooling, side)).unwrap_or(false));
        poolings.dedup();
        (!poolings.is_empty() && self.list.lines().len() > 2).then_some((poolings, language))
    }

    /// Where the cosine of two lines under a pooling stands.
    pub fn rank_in_list(&self, pooling: Pooling, (a, b): (usize, usize), cosine: f32) -> Rank {
        match self.list.background(a, b) {
            Some(background) if self.list.is_own_background && background != Err(NoBackground::Unknown) => {
                let side = (0..2).filter_map(|side| self.list.side(side)).find(|side| side.pooling == pooling);
                let percentile = side.and_then(|side| side.own.percentile(cosine));
                percentile.map_or(Rank::Unknown, Rank::AmongList)
            }
            None => Rank::Unknown,
            Some(Err(why)) => Rank::Without(why),
            Some(Ok(language)) => {
                let calibration = self.background.of(language).and_then(|set| set.calibration(pooling));
                let percentile = calibration.and_then(|calibration| calibration.raw().percentile(cosine));
                percentile.map_or(Rank::Unknown, |percentile| Rank::Percentile(percentile, language))
            }
        }
    }
}

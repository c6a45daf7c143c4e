//! What is found out behind the screen, page by page: one thing at a time, and the newest wins.

use std::sync::Arc;

use super::MixingPage;
use crate::{
    analysis::{BlindLayers, Measure, MixingFindings, Pooling, pool, raw_and_centred},
    state::{Job, JobKind, MixingFound, MixingRequest, MixingWork, Numbered, Reading, Stage, State},
};

/// What is found out for one page.
#[derive(Clone, Debug, Default)]
pub struct MixingStudy {
    /// How far it is.
    pub stage: Stage,
    /// So many of so many steps are done, as far as is known.
    pub steps: Option<(usize, usize)>,
    work: Option<MixingWork>,
    found: Option<MixingFound>,
}

impl MixingStudy {
    /// The last `[CLS]` of a reading where it is blind in some layers, as cosines to the real one: raw, and less the mean vector of unrelated
    /// sentences where that is known. None before it is found.
    pub fn blind(&self, reading: &Arc<Reading>, choice: BlindLayers, mean: Option<&[f32]>) -> Option<[Option<f32>; 2]> {
        let Some(MixingFound::Blind(found)) = &self.found else { return None };
        let is_of = matches!(&self.work, Some(MixingWork::Blind(of)) if Arc::ptr_eq(&of.reading, reading));
        let same = choice.same(reading.trace.layers);
        let (_, blind) = found.iter().find(|(other, _)| is_of && *other == same)?;
        Some(raw_and_centred(&pool(&reading.trace, Pooling::Cls)?, blind, mean))
    }

    /// What was found of a sentence or of many; none before that.
    pub fn findings(&self) -> Option<&MixingFindings> {
        let Some(MixingFound::Findings(found)) = &self.found else { return None };
        Some(found)
    }

    /// Whether it is about the reading that is shown.
    pub(super) fn is_of(&self, state: &State) -> bool {
        match (&self.work, state.reading()) {
            (Some(MixingWork::Blind(of) | MixingWork::Trust(of)), Some(reading)) => Arc::ptr_eq(&of.reading, reading),
            _ => false,
        }
    }

    /// Whether it is about the user's own list.
    pub(super) fn is_of_own_list(&self, state: &State) -> bool {
        let Some(MixingWork::List(request)) = &self.work else { return false };
        request.texts.len() > 1 && request.texts.iter().map(String::as_str).eq(listed_texts(state))
    }

    fn is_due(&self, work: &MixingWork) -> bool {
        let is_same = match (&self.work, work) {
            (Some(MixingWork::List(known)), MixingWork::List(wanted)) => known.covers(wanted),
            (known, wanted) => known.as_ref() == Some(wanted),
        };
        self.stage == Stage::Due || !is_same
    }

    fn begin(&mut self, work: MixingWork) {
        *self = Self { stage: Stage::Running, work: Some(work), ..Self::default() };
    }

    fn take_in(&mut self, result: Result<MixingFound, String>) {
        match result {
            Ok(MixingFound::Steps(done, of)) => self.steps = Some((done, of)),
            Ok(found) => (self.stage, self.found) = (Stage::Done, Some(found)),
            Err(why) => self.stage = Stage::Failed(why),
        }
    }

    /// Ends what is under way; whether something was.
    fn turn(&mut self, stage: Stage) -> bool {
        let was_running = self.stage == Stage::Running;
        if was_running {
            self.stage = stage;
        }
        was_running
    }
}

/// What is found out for each page.
#[derive(Debug, Default)]
pub struct MixingStudies {
    blind: MixingStudy,
    trust: MixingStudy,
    list: MixingStudy,
    /// The same with how the measures follow what happens without each word, which takes several times as long.
    list_trust: MixingStudy,
    /// Of the newest job, which is the one that may be under way.
    number: u64,
}

impl MixingStudies {
    /// What is found out for a page; none for one that needs nothing.
    pub fn of(&self, page: MixingPage) -> Option<&MixingStudy> {
        match page {
            MixingPage::When => Some(&self.blind),
            MixingPage::Claims => Some(&self.list),
            MixingPage::Trust => Some(&self.trust),
            MixingPage::MadeOf | MixingPage::Special => None,
        }
    }

    /// How the measures follow what happens without each word of the sentence.
    pub(super) fn trust(&self) -> &MixingStudy {
        &self.trust
    }

    /// What many sentences say of the measures, too.
    pub(super) fn list_trust(&self) -> &MixingStudy {
        &self.list_trust
    }

    /// What many sentences say.
    pub(super) fn list(&self) -> &MixingStudy {
        &self.list
    }

    fn each(&self) -> [&MixingStudy; 4] {
        [&self.blind, &self.trust, &self.list, &self.list_trust]
    }

    fn all(&mut self) -> [&mut MixingStudy; 4] {
        [&mut self.blind, &mut self.trust, &mut self.list, &mut self.list_trust]
    }

    /// Whether something is under way.
    pub(super) fn is_running(&self) -> bool {
        self.each().into_iter().any(|study| study.stage == Stage::Running)
    }

    /// The job that is to begin now for the page that is open.
    pub(super) fn begin_if_due(&mut self, page: MixingPage, state: &State) -> Option<Job> {
        if state.error.is_some() || state.is_reading() || state.work.is_running() {
            return None;
        }
        let (study, work) = self.due(page, state)?;
        self.interrupt();
        self.number += 1;
        self.all()[study].begin(work.clone());
        Some(Job::Mix(Numbered { number: self.number, task: work }))
    }

    /// What a page still needs, and its place among all.
    fn due(&self, page: MixingPage, state: &State) -> Option<(usize, MixingWork)> {
        let of_list = |trust| {
            is_background_known(state).then_some(())?;
            let texts = own_list(state)
                .or_else(|| Some(state.reading()?.background_by_language().ok()?.background().sentences))?;
            let work = MixingWork::List(MixingRequest { texts, measures: Measure::from_input().to_vec(), trust });
            let (at, study) = if trust { (3, &self.list_trust) } else { (2, &self.list) };
            study.is_due(&work).then_some((at, work))
        };
        let reading = || state.reading_of_model();
        match page {
            MixingPage::When => {
                let work = MixingWork::Blind(reading()?);
                self.blind.is_due(&work).then_some((0, work))
            }
            MixingPage::Claims => of_list(false),
            MixingPage::Trust => {
                let work = MixingWork::Trust(reading()?);
                match (&self.trust.stage, self.trust.is_due(&work)) {
                    (_, true) => Some((1, work)),
                    (Stage::Done, false) => of_list(true),
                    (_, false) => None,
                }
            }
            MixingPage::MadeOf | MixingPage::Special => None,
        }
    }

    /// Takes in what was found, if it is of the newest job.
    pub(super) fn on_report(&mut self, number: u64, result: &Result<MixingFound, String>) {
        if number == self.number
            && let Some(study) = self.all().into_iter().find(|study| study.stage == Stage::Running)
        {
            study.take_in(result.clone());
        }
        // What is found with trust is found without, too.
        if self.list_trust.stage == Stage::Done && self.list.stage != Stage::Done {
            self.list = self.list_trust.clone();
        }
    }

    /// The worker turns to something else.
    pub(super) fn on_job(&mut self, job: &Job) {
        if job.ends(JobKind::Mix) {
            self.interrupt();
        }
    }

    fn interrupt(&mut self) {
        for study in self.all() {
            study.turn(Stage::Due);
        }
    }

    /// Finds out no more; none where nothing is under way.
    pub(super) fn cancel(&mut self) -> Option<Job> {
        let was_running = self.all().map(|study| study.turn(Stage::Cancelled)).contains(&true);
        was_running.then_some(Job::CancelMixing)
    }

    /// Whether what a page shows was cancelled or failed.
    pub(super) fn can_retry(&self, page: MixingPage) -> bool {
        let of_page = match page {
            MixingPage::Trust => vec![&self.trust, &self.list_trust],
            other => self.of(other).into_iter().collect(),
        };
        of_page.iter().any(|study| matches!(study.stage, Stage::Cancelled | Stage::Failed(_)))
    }

    /// Lets what was cancelled or failed begin again.
    pub(super) fn retry(&mut self) {
        for study in self.all() {
            if matches!(study.stage, Stage::Cancelled | Stage::Failed(_)) {
                study.stage = Stage::Due;
            }
        }
    }

    /// Forgets what was found and ends what is under way.
    pub(super) fn forget(&mut self) -> Option<Job> {
        let job = self.cancel();
        *self = Self { number: self.number, ..Self::default() };
        job
    }
}

/// Whether unrelated sentences are read, so that their reading does not wait for what takes longer.
fn is_background_known(state: &State) -> bool {
    match state.reading().map(|reading| reading.background()) {
        Some(Ok(language)) => {
            let set = state.background.of(language);
            set.is_some_and(|set| set.measured.is_some() || set.error.is_some())
        }
        Some(Err(_)) => true,
        None => false,
    }
}

/// The sentences of the user's list; none where there are no two.
fn own_list(state: &State) -> Option<Vec<String>> {
    Some(listed_texts(state).map(str::to_owned).collect::<Vec<_>>()).filter(|texts| texts.len() > 1)
}

fn listed_texts(state: &State) -> impl Iterator<Item = &str> {
    state.list.lines().iter().map(|line| &*line.text).filter(|text| !text.trim().is_empty())
}

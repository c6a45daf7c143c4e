//! The measure that is shown: going from one to another, and what it rests on being worked out behind the screen.

use std::sync::Arc;

use super::{Job, JobKind, MeasureWork, Notice, Numbered, Reading, Stage, State};
use crate::{
    analysis::Measure,
    messages::{Label, label, message},
};

/// How far the working out of a measure is.
#[derive(Debug, Default)]
pub struct WorkState {
    /// How far it is.
    pub stage: Stage,
    /// So many of so many steps are done, as far as is known.
    pub steps: Option<(usize, usize)>,
    /// What is under way, or was last.
    work: Option<MeasureWork>,
    /// What was cancelled or failed: it is not begun again by itself.
    given_up: Option<MeasureWork>,
    /// The number of the newest job.
    number: u64,
}

impl WorkState {
    /// Whether it is under way.
    pub fn is_running(&self) -> bool {
        self.stage == Stage::Running
    }

    /// Whether something was cancelled or failed, and waits for a key.
    pub fn is_given_up(&self) -> bool {
        self.given_up.is_some()
    }

    /// Lets what was given up begin again.
    pub(crate) fn retry(&mut self) {
        self.given_up = None;
    }

    /// The worker turns to something else, which ends what is under way; what is known stays.
    fn interrupt(&mut self) {
        if self.is_running() {
            self.stage = Stage::Due;
        }
    }

    /// What is to be worked out now, unless just that is under way.
    fn begin(&mut self, work: MeasureWork) -> Option<Job> {
        let is_under_way = self.is_running() && self.work.as_ref() == Some(&work);
        if work.readings.is_empty() || is_under_way || self.given_up.as_ref() == Some(&work) {
            return None;
        }
        self.number += 1;
        (self.stage, self.steps, self.work) = (Stage::Running, None, Some(work.clone()));
        Some(Job::WorkOut(Numbered { number: self.number, task: work }))
    }
}

impl State {
    /// The measure that is shown: the one that is chosen, once it is worked out.
    pub fn measure(&self) -> Measure {
        let options = self.attention.options;
        self.attention.shown.as_ref().map_or(options, |shown| shown.map.options).measure
    }

    /// Shows the measure after.
    pub(crate) fn next_measure(&mut self) {
        self.work.retry();
        self.attend(|attention| attention.options.measure = attention.options.measure.next());
    }

    /// Shows the measure before.
    pub(crate) fn previous_measure(&mut self) {
        self.work.retry();
        self.attend(|attention| attention.options.measure = attention.options.measure.previous());
    }

    /// Has measures worked out of what the view on screen shows, one after the other, as far as that is not done; `readings` are of the
    /// model in use.
    pub(crate) fn work_out_if_due(&mut self, measures: &[Measure], readings: &[Arc<Reading>]) -> Option<Job> {
        if self.stale || self.is_reading() || self.model.is_none() {
            return None;
        }
        let missing = |measure: Measure| -> Vec<Arc<Reading>> {
            readings.iter().filter(|reading| !reading.trace.is_prepared(measure)).cloned().collect()
        };
        let due = measures.iter().map(|&measure| (measure, missing(measure))).find(|(_, missing)| !missing.is_empty());
        let (measure, missing) = due?;
        self.work.begin(MeasureWork { measure, readings: missing, model: self.opened })
    }

    /// Takes note of a job that goes to the worker.
    pub(crate) fn on_job(&mut self, job: &Job) {
        if job.ends(JobKind::WorkOut) {
            self.work.interrupt();
        }
        if job.ends(JobKind::ReadList) {
            self.list.interrupt();
        }
        self.words_on_job(job);
    }

    /// Takes in how far the worker is.
    pub(super) fn on_worked_out(&mut self, number: u64, result: Result<Option<(usize, usize)>, String>) {
        if number != self.work.number || !self.work.is_running() {
            return;
        }
        match result {
            Ok(Some(steps)) => self.work.steps = Some(steps),
            Ok(None) => {
                self.work.stage = Stage::Done;
                self.attend(|_| {});
            }
            Err(why) => {
                let measure = self.work.work.as_ref().map_or(self.attention.options.measure, |work| work.measure);
                let text = message!("state-work-failed", measure = measure.id(), reason = why);
                self.notice = Some(Notice { text, is_error: true });
                self.give_up(Stage::Done);
            }
        }
    }

    /// What cancelling would end; none where nothing is being worked out.
    pub(super) fn work_label(&self) -> Option<Label> {
        self.work.is_running().then_some(label!("command-cancel-work-bar"))
    }

    /// Works it out no further: the measure that is shown is the one chosen again.
    pub(super) fn cancel_work(&mut self) -> Job {
        self.give_up(Stage::Cancelled);
        Job::CancelWork
    }

    fn give_up(&mut self, stage: Stage) {
        self.work.stage = stage;
        self.work.given_up = self.work.work.clone();
        let (shown, chosen) = (self.measure(), self.attention.options.measure);
        // It may be another that a view shows of its own.
        if self.work.work.as_ref().is_some_and(|work| work.measure != chosen) {
            return;
        }
        // What is shown may be beside something of which it is not known.
        let measure = if shown == chosen { Measure::default() } else { shown };
        self.attend(|attention| attention.options.measure = measure);
    }
}

//! What ablations do to the words that the masked-language head would write: asked for behind the screen.

use std::sync::Arc;

use super::{Job, JobKind, Notice, Numbered, Reading, ReadingOfModel, Stage, State, WordChange, WordChangeWork};
use crate::{
    analysis::{Affected, LogitTarget},
    messages::message,
};

/// What is known of words before and after ablations.
#[derive(Debug, Default)]
pub struct WordsState {
    stage: Stage,
    number: u64,
    /// What is under way, or was last.
    asked: Option<WordChangeWork>,
    found: Arc<Vec<WordChange>>,
}

impl WordsState {
    /// Whether they are being found out.
    pub(crate) fn is_running(&self) -> bool {
        self.stage == Stage::Running
    }

    fn begin(&mut self, work: WordChangeWork) -> Option<Job> {
        let is_asked = self.asked.as_ref().is_some_and(|asked| {
            let is_found = work.word.is_none_or(|(token, id)| self.of(token, id).is_some());
            asked.readings == work.readings && asked.tokens == work.tokens && (asked.word == work.word || is_found)
        });
        if self.stage != Stage::Due && is_asked {
            return None;
        }
        self.number += 1;
        // What was found of other tokens of the same readings stays until these come.
        if self.asked.as_ref().is_none_or(|asked| asked.readings != work.readings) {
            self.found = Arc::default();
        }
        (self.stage, self.asked) = (Stage::Running, Some(work.clone()));
        Some(Job::CompareWords(Numbered { number: self.number, task: work }))
    }

    fn of(&self, token: usize, id: u32) -> Option<&WordChange> {
        self.found.iter().find(|change| (change.token, change.id) == (token, id))
    }

    /// The worker turns to something else.
    pub(super) fn interrupt(&mut self) {
        if self.is_running() {
            self.stage = Stage::Due;
        }
    }
}

impl State {
    /// What ablations do to the words of the reading that is shown, as far as that is known.
    pub(crate) fn word_changes(&self) -> Option<&Arc<Vec<WordChange>>> {
        let (before, after) = self.before_and_after()?;
        let [asked_before, asked_after] = &self.words.asked.as_ref()?.readings;
        let is_of_these = Arc::ptr_eq(before, &asked_before.reading) && Arc::ptr_eq(after, &asked_after.reading);
        is_of_these.then_some(&self.words.found)
    }

    /// What they do to one of them.
    pub(crate) fn word_change(&self, token: usize, id: u32) -> Option<&WordChange> {
        self.word_changes().and_then(|_| self.words.of(token, id))
    }

    /// Whether something is found out that is no view's own.
    pub(crate) fn is_working(&self) -> bool {
        self.work.is_running() || self.words.is_running()
    }

    /// Whether the line of ablations is about the logit of a word.
    pub(crate) fn speaks_of_a_word(&self) -> bool {
        self.about == Affected::Output && matches!(self.output, Some(LogitTarget::Word { .. }))
    }

    /// Has it found out of every mask and of the token under the cursor, where something is ablated.
    pub(crate) fn word_changes_if_due(&mut self) -> Option<Job> {
        if self.error.is_some() || self.is_reading() || self.model.is_none() {
            return None;
        }
        let (before, after) = self.before_and_after()?;
        let masks = after.outputs.iter().find_map(|head| head.says.words())?;
        let cursor = Some(self.attention.token).filter(|token| *token < after.trace.tokens.len());
        let mut tokens: Vec<usize> = masks.iter().map(|place| place.token).chain(cursor).collect();
        tokens.sort_unstable();
        tokens.dedup();
        let of_model = |reading: &Arc<Reading>| ReadingOfModel { reading: Arc::clone(reading), model: self.opened };
        let word = match &self.output {
            Some(LogitTarget::Word { id, token, .. }) if tokens.contains(token) => Some((*token, *id)),
            _ => None,
        };
        let work = WordChangeWork { readings: [of_model(before), of_model(after)], tokens, word };
        self.words.begin(work)
    }

    /// Takes in what was found, if it is what is under way.
    pub(super) fn on_words_compared(&mut self, number: u64, result: Result<Vec<WordChange>, String>) {
        if !self.words.is_running() || number != self.words.number {
            return;
        }
        self.words.stage = Stage::Done;
        match result {
            Ok(found) => self.words.found = Arc::new(found),
            Err(why) => {
                self.notice = Some(Notice { text: message!("output-why-failed", reason = why), is_error: true });
            }
        }
    }

    /// Takes note of a job that goes to the worker.
    pub(super) fn words_on_job(&mut self, job: &Job) {
        if job.ends(JobKind::CompareWords) {
            self.words.interrupt();
        }
    }
}

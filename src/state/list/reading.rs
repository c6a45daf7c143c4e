//! When the list is read and arranged, and what comes of it.

use std::sync::Arc;

use super::{ListLine, ListState};
use crate::{
    analysis::Pooling,
    bert::ModelInfo,
    jobs::{Job, Numbered},
    state::{Stage, State, Subject},
    study::{Arranged, Arrangement, ListReading, SentenceRead},
};

impl ListState {
    /// How many sentences are read ahead of all others: more than a screen has rows.
    const AHEAD: usize = 64;

    /// Begins to read what is not read yet, the rows around the cursor before all others; none where all is.
    fn start(&mut self) -> Option<Job> {
        let around = self.rows.len().min(Self::AHEAD);
        let first = self.row_of(self.line).saturating_sub(around / 2).min(self.rows.len() - around);
        let (near, far): (Vec<usize>, Vec<usize>) = (0..self.rows.len())
            .filter(|&row| self.lines[self.rows[row]].read.is_none())
            .partition(|row| (first..first + around).contains(row));
        let is_split = !near.is_empty() && !far.is_empty();
        let line = |row: usize| &self.lines[self.rows[row]];
        let rows = if near.is_empty() { far } else { near };
        let lines: Vec<(u64, Arc<str>)> =
            rows.into_iter().map(line).map(|line| (line.key, Arc::clone(&line.text))).collect();
        self.ahead = if is_split { lines.iter().map(|(key, _)| *key).collect() } else { Vec::new() };
        self.is_screen_read = false;
        self.stage = if lines.is_empty() { Stage::Done } else { Stage::Running };
        (!lines.is_empty()).then(|| {
            self.number += 1;
            Job::ReadList(Numbered { number: self.number, task: ListReading { lines } })
        })
    }

    /// Takes in what was read. What was asked for before the list changed counts as well: nothing is read twice.
    fn on_read(&mut self, number: u64, result: Result<Vec<SentenceRead>, String>) {
        if number <= self.outdated {
            return;
        }
        match result {
            Ok(found) => {
                for (key, read) in found {
                    if let Some(line) = self.lines.iter_mut().find(|line| line.key == key) {
                        line.read = Some(read);
                    }
                }
                self.on_progress();
            }
            Err(why) if self.stage == Stage::Running && number == self.number => self.stage = Stage::Failed(why),
            Err(_) => {}
        }
    }

    /// Whether what was asked for is read now.
    fn on_progress(&mut self) {
        if self.stage != Stage::Running {
            return;
        }
        let is_missing = |line: &ListLine| line.read.is_none() && self.ahead.contains(&line.key);
        if self.lines.iter().all(|line| line.read.is_some()) {
            self.stage = Stage::Done;
        } else if !self.ahead.is_empty() && !self.lines.iter().any(is_missing) {
            self.ahead.clear();
            (self.stage, self.is_screen_read) = (Stage::Due, true);
        }
    }

    /// What is to be worked out now: something is read that is not arranged, and no more is coming or it is what the
    /// screen shows.
    fn arrange(&mut self) -> Option<Job> {
        let is_due = std::mem::take(&mut self.is_screen_read) || matches!(self.stage, Stage::Done | Stage::Cancelled);
        if self.arranging.is_some() || !is_due {
            return None;
        }
        let read = self.lines.iter().filter_map(|line| Some((line.key, Arc::clone(line.read.as_ref()?))));
        let lines: Vec<SentenceRead> = read.collect();
        if lines.is_empty() {
            if self.arranged.take().is_some() {
                self.fit();
            }
            return None;
        }
        let keys: Vec<u64> = lines.iter().map(|(key, _)| *key).collect();
        if self.arranged.as_ref().is_some_and(|arranged| arranged.is_of(&keys, self.poolings)) {
            return None;
        }
        self.number += 1;
        self.arranging = Some(self.number);
        let known = self.arranged.clone();
        let task = Arrangement { poolings: self.poolings, lines, known };
        Some(Job::Arrange(Numbered { number: self.number, task }))
    }

    fn on_arranged(&mut self, number: u64, result: Result<Arc<Arranged>, String>) {
        if self.arranging.take_if(|under_way| *under_way == number).is_none() {
            return;
        }
        match result {
            Ok(arranged) => {
                self.arranged = Some(arranged);
                self.walk = None;
                self.fit();
            }
            Err(why) => self.stage = Stage::Failed(why),
        }
    }

    /// The worker turns to something else, which ends the reading under way; what is read stays.
    pub(crate) fn interrupt(&mut self) {
        if self.stage == Stage::Running {
            self.stage = Stage::Due;
        }
    }

    /// Reads no further; none where nothing is being read.
    pub(crate) fn cancel(&mut self) -> Option<Job> {
        (self.stage == Stage::Running).then(|| self.stage = Stage::Cancelled)?;
        Some(Job::CancelList)
    }

    /// Another model is in use: everything is to be read anew.
    pub(crate) fn forget(&mut self, info: &ModelInfo) {
        self.outdated = self.number;
        (self.arranged, self.arranging, self.stage) = (None, None, Stage::Due);
        let lines = self.before.iter_mut().chain([&mut self.lines]).flatten();
        lines.for_each(|line| line.read = None);
        let there: Vec<Pooling> = Pooling::of_model(info).collect();
        for side in 0..2 {
            if there.contains(&self.poolings[side]) {
                continue;
            }
            match self.poolings[side] {
                Pooling::Declared if self.poolings[1 - side] != Pooling::Mean => self.poolings[side] = Pooling::Mean,
                _ => self.choose_pooling(side, &there),
            }
        }
        self.fit();
    }

    /// Goes on to the next pooling of a side, of those that are there, but for that of the other one.
    pub(super) fn choose_pooling(&mut self, side: usize, there: &[Pooling]) {
        let free: Vec<Pooling> = there.iter().copied().filter(|pooling| *pooling != self.poolings[1 - side]).collect();
        let after = free.iter().find(|pooling| **pooling > self.poolings[side]).or(free.first());
        self.poolings[side] = after.copied().unwrap_or(self.poolings[side]);
        self.walk = None;
    }

    /// The poolings and the order of a session.
    pub(crate) fn choose(&mut self, poolings: [Pooling; 2], order: super::ListOrder) {
        (self.poolings, self.order) = (poolings, order);
        self.fit();
    }
}

impl State {
    /// What is to be done for the list now: sentences to be read, when nothing more urgent is, or those that are read
    /// to be arranged, which what the screen shows is before the others are read. What a view has under way (`is_busy`) goes
    /// on unless the list is in view.
    pub(crate) fn list_if_due(&mut self, is_busy: bool) -> Option<Job> {
        if let Some(job) = self.list.is_screen_read.then(|| self.list.arrange()).flatten() {
            return Some(job);
        }
        let in_view = self.subject() == Subject::List;
        let is_free = !is_busy || in_view;
        let begins = self.list.stage == Stage::Due && self.model.is_some() && !self.is_reading() && is_free;
        begins.then(|| self.list.start()).flatten().or_else(|| self.list.arrange())
    }

    /// Takes in what was read of the list.
    pub(crate) fn on_list_read(&mut self, number: u64, result: Result<Vec<SentenceRead>, String>) {
        self.list.on_read(number, result);
    }

    /// Takes in what follows from it.
    pub(crate) fn on_list_arranged(&mut self, number: u64, result: Result<Arc<Arranged>, String>) {
        self.list.on_arranged(number, result);
    }

    /// Whether it is the reading of the list that is cancelled first: it is in view, or nothing else goes on.
    pub(crate) fn cancels_list(&self) -> bool {
        let nothing_else = self.opening.is_none() && self.model_error.is_none();
        self.list.stage == Stage::Running && (nothing_else || (self.subject() == Subject::List))
    }
}

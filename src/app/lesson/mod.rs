//! Lessons in the explorer: the list of them, and the one that is gone through, below the view that it sets up.

mod commands;
mod draw;

use super::{Job, JobKind, LessonProgress, Notice, Numbered, Report, Session, Stage, State};
use crate::{
    analysis::{AttentionOptions, Granularity, HeadChoice},
    lesson::{Lesson, LessonStep, LessonWalk},
    state::{Focus, NamedAblations},
    study::LayerName,
};

pub(super) use draw::{draw, draw_list, said};

/// The lessons, how far each is, and the one that is open.
#[derive(Debug, Default)]
pub(super) struct LessonPanel {
    /// Those of the list; empty before it is opened for the first time.
    lessons: Vec<Lesson>,
    /// The line of the list.
    line: usize,
    walks: Vec<LessonWalk>,
    /// Which of them is open.
    open: Option<usize>,
    /// What was on screen before, which leaving brings back.
    before: Option<Session>,
    /// What is asked of the explorer.
    wish: Option<LessonWish>,
    /// What is to be done after the reading.
    pub later: Option<Job>,
    /// The word whose attention is shown as soon as the text is read.
    from: Option<String>,
    stage: Stage,
    /// The number of the newest measurement.
    number: u64,
    /// The lesson and the step that it is of.
    measured: (usize, usize),
    /// Whether the list is open, and filled.
    is_listed: bool,
    is_folded: bool,
    top: usize,
    furthest: usize,
}

/// What a lesson asks of the explorer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LessonWish {
    /// To put the step on screen.
    SetUp,
    /// To put back what was there before.
    Leave,
}

impl LessonPanel {
    /// The lesson that is open.
    pub fn walk(&self) -> Option<&LessonWalk> {
        self.walks.get(self.open?)
    }

    /// Whether its keys come before those of the view.
    pub fn is_in_front(&self, state: &State) -> bool {
        self.open.is_some() && state.overlay().is_none()
    }

    /// Opens a lesson where it was left; one that was ended, anew.
    pub fn begin(&mut self, lesson: Lesson) {
        let known = self.walks.iter().position(|walk| walk.lesson == lesson);
        self.open = Some(known.unwrap_or(self.walks.len()));
        match known {
            None => self.walks.push(LessonWalk::new(lesson)),
            Some(at) if self.walks[at].step().is_none() => self.walks[at] = LessonWalk::new(lesson),
            Some(_) => {}
        }
        (self.is_folded, self.stage) = (false, Stage::Due);
        self.set_up();
    }

    pub fn take_wish(&mut self) -> Option<LessonWish> {
        self.wish.take()
    }

    fn set_up(&mut self) {
        (self.wish, self.top) = (Some(LessonWish::SetUp), 0);
    }

    fn walk_mut(&mut self) -> Option<&mut LessonWalk> {
        self.walks.get_mut(self.open?)
    }

    /// Goes so many steps on or back, and puts that one on screen.
    fn go(&mut self, by: isize) {
        self.walk_mut().into_iter().for_each(|walk| walk.go(by));
        // What failed was another step.
        if matches!(self.stage, Stage::Failed(_)) {
            self.stage = Stage::Due;
        }
        self.set_up();
    }

    fn answer(&mut self, predicted: Option<usize>, state: &mut State) {
        let Some(walk) = self.walk_mut() else { return };
        walk.answer(predicted);
        walk.step().and_then(|step| step.scene.view_after).into_iter().for_each(|view| state.show(view));
        (self.top, self.stage) = (0, Stage::Due);
    }

    /// What is on screen for the step, where `now` is what is there; none at the end, which leaves the screen as it is.
    pub fn scene(&mut self, now: Session) -> Option<Session> {
        let walk = self.walk()?;
        let mut step = walk.step()?.clone();
        if walk.asks().is_none() {
            step.scene.view = step.scene.view_after.or(step.scene.view);
        }
        self.before.get_or_insert_with(|| now.clone());
        self.from.clone_from(&step.scene.from);
        Some(scene(&step, now))
    }

    /// Closes the lesson; what was on screen before it.
    pub fn leave(&mut self) -> Option<Session> {
        (self.open, self.from, self.later, self.stage) = (None, None, None, Stage::Due);
        self.before.take()
    }

    /// Whether something is measured.
    pub fn is_running(&self) -> bool {
        self.stage == Stage::Running
    }

    /// What is to be measured now.
    pub fn due(&mut self, state: &State) -> Option<Job> {
        if self.is_running() || state.opening.is_some() || state.is_reading() || matches!(self.stage, Stage::Failed(_))
        {
            return None;
        }
        let (model, opened) = state.model_in_use()?;
        let walk = self.walk()?;
        let at = walk.due(model)?;
        let task = walk.work(at, opened)?;
        self.measured = (self.open?, at);
        self.number += 1;
        self.stage = Stage::Running;
        Some(Job::Quantities(Numbered { number: self.number, task }))
    }

    /// Takes note of a job that goes to the worker: it may end what is being measured.
    pub fn on_job(&mut self, job: &Job) {
        if self.is_running() && job.ends(JobKind::Quantities) {
            self.stage = Stage::Due;
        }
    }

    /// Takes in what was measured.
    pub fn on_report(&mut self, report: &mut Report, state: &State) {
        match report {
            Report::Model { result: Ok(_), .. } => self.stage = Stage::Due,
            Report::Quantities { number, result } if *number == self.number && self.is_running() => {
                let (lesson, at) = self.measured;
                let model = state.model_in_use().map_or("", |(model, _)| model);
                let name = state.model.as_ref().map_or(model, |info| &info.name);
                self.stage = match std::mem::replace(result, Ok(Vec::new())) {
                    Err(why) => Stage::Failed(why),
                    Ok(numbers) => {
                        if let Some(walk) = self.walks.get_mut(lesson) {
                            walk.take_in(at, (model, name), numbers);
                        }
                        Stage::Done
                    }
                }
            }
            _ => {}
        }
    }

    /// Brings up to date what hangs on the state.
    pub fn refresh(&mut self, state: &mut State) {
        if state.is_choosing_lesson && !self.is_listed {
            self.fill_list(state);
        }
        self.is_listed = state.is_choosing_lesson;
        if state.is_reading() {
            return;
        }
        let Some(reading) = state.reading().cloned() else { return };
        let Some(word) = self.from.take() else { return };
        let units = reading.units(Granularity::Words);
        if let Some(unit) = units.written(&reading.trace, &word).next() {
            let source = units.tokens(unit).start;
            state.attend(|attention| attention.source = source);
        }
    }

    /// Takes in how far the lesson can be scrolled; whether that changed anything.
    pub fn on_drawn(&mut self, furthest: usize) -> bool {
        let before = (self.furthest, self.top);
        (self.furthest, self.top) = (furthest, self.top.min(furthest));
        before != (self.furthest, self.top)
    }

    /// How far each lesson is.
    pub fn progress(&self) -> Vec<LessonProgress> {
        let progress = |(at, walk): (usize, &LessonWalk)| LessonProgress {
            name: walk.lesson.name.clone(),
            step: walk.at,
            is_open: self.open == Some(at),
            predictions: walk.predictions(),
        };
        self.walks.iter().enumerate().map(progress).collect()
    }

    /// What came out of the lessons, a line each.
    pub fn notes(&self) -> Vec<String> {
        self.walks.iter().flat_map(LessonWalk::notes).collect()
    }

    /// Takes up the lessons of a session; those that are not there any more are said.
    pub fn restore(&mut self, lessons: &[LessonProgress]) -> Option<Notice> {
        (self.open, self.before, self.from, self.later, self.wish) = (None, None, None, None, None);
        let mut missing = Vec::new();
        for known in lessons {
            match Lesson::open(&known.name) {
                Err(error) => missing.push(Notice::error(error)),
                Ok(lesson) => {
                    self.walks.retain(|walk| walk.lesson.name != lesson.name);
                    self.walks.push(LessonWalk::resumed(lesson, known.step, &known.predictions));
                    if known.is_open {
                        self.open = Some(self.walks.len() - 1);
                    }
                }
            }
        }
        (self.stage, self.top, self.is_folded) = (Stage::Due, 0, false);
        Notice::together(missing)
    }
}

/// What is on screen for a step: everything as the explorer starts, but for the list of sentences, which stays.
fn scene(step: &LessonStep, now: Session) -> Session {
    let shown = &step.scene;
    let Session { sentences, poolings, order, is_own_background, lessons, notes, .. } = now;
    let fresh = State::new(shown.view.unwrap_or(now.view), step.input.clone(), Vec::<super::Example>::new());
    Session {
        model: shown.model.clone(),
        focus: Focus::View,
        layer: match shown.layer {
            Some(LayerName::Number(number)) => number.saturating_sub(1),
            // Fitted to the model when the text is read.
            Some(LayerName::Last) => usize::MAX,
            None => 0,
        },
        options: AttentionOptions {
            measure: shown.measure.unwrap_or_default(),
            heads: shown.head.map_or_else(HeadChoice::default, |head| HeadChoice::One(head.saturating_sub(1))),
            ..AttentionOptions::default()
        },
        ablations: NamedAblations { heads: shown.off.iter().copied().collect(), ..NamedAblations::default() },
        sentences,
        poolings,
        order,
        is_own_background,
        lessons,
        notes,
        ..fresh.session()
    }
}

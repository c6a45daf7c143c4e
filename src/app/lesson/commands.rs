//! What keys do in the list of lessons, and in a lesson.

use super::LessonPanel;
use crate::{
    app::overlays::ALWAYS,
    lesson::{Lesson, LessonWalk},
    messages::{Label, label},
    state::{
        BarEntry, BarLabel, Command, CommandTable, Group, LoopRequest, Notice, Outcome, Run, State, entries, entry,
    },
};

impl CommandTable for LessonPanel {
    const COMMANDS: &'static [Group<Self>] = &[
        Group::Own(&[
            ANSWER_1, ANSWER_2, ANSWER_3, ANSWER_4, NEXT, BACK, UP, DOWN, PAGE_UP, PAGE_DOWN, FOLD, KEEP, LEAVE,
        ]),
        Group::Shared(ALWAYS),
    ];

    const BAR: &'static [BarEntry] = &[
        entries(
            &["lesson-answer-1", "lesson-answer-2", "lesson-answer-3", "lesson-answer-4"],
            label!("lesson-command-answer-bar"),
        ),
        entry("lesson-next"),
        entry("lesson-back"),
        entries(&["lesson-down", "lesson-up"], label!("bar-move")),
        entries(&["lesson-page-down", "lesson-page-up"], label!("bar-scroll")),
        entry("lesson-keep"),
        entry("lesson-fold"),
        entry("lesson-leave"),
        entry("edit-sentence"),
        entry("next-view"),
    ];
}

/// The row of an answer.
const fn answer_row(
    id: &'static str,
    keys: &'static [&'static str],
    enabled: fn(&LessonPanel, &State) -> bool,
    run: fn(&mut LessonPanel, &mut State),
) -> Command<LessonPanel> {
    let description = label!("lesson-command-answer");
    Command { id, keys, label: BarLabel::None, description, enabled, run: Run::Change(run) }
}

const ANSWER_1: Command<LessonPanel> =
    answer_row("lesson-answer-1", &["1"], |panel, _| panel.can_answer(0), |panel, state| panel.answer(Some(0), state));
const ANSWER_2: Command<LessonPanel> =
    answer_row("lesson-answer-2", &["2"], |panel, _| panel.can_answer(1), |panel, state| panel.answer(Some(1), state));
const ANSWER_3: Command<LessonPanel> =
    answer_row("lesson-answer-3", &["3"], |panel, _| panel.can_answer(2), |panel, state| panel.answer(Some(2), state));
const ANSWER_4: Command<LessonPanel> =
    answer_row("lesson-answer-4", &["4"], |panel, _| panel.can_answer(3), |panel, state| panel.answer(Some(3), state));

impl LessonPanel {
    fn can_answer(&self, answer: usize) -> bool {
        self.walk().and_then(LessonWalk::asks).is_some_and(|claim| answer < claim.answers.len())
    }

    fn next_label(&self, state: &State) -> Label {
        match self.walk() {
            _ if state.is_choosing_lesson => label!("lesson-command-begin-bar"),
            Some(walk) if walk.asks().is_some() => label!("lesson-command-skip-bar"),
            Some(walk) if walk.step().is_none() => label!("lesson-command-leave-bar"),
            _ => label!("lesson-command-next-bar"),
        }
    }

    fn next(&mut self, state: &mut State) {
        if state.is_choosing_lesson {
            let Some(lesson) = self.lessons.get(self.line).cloned() else { return };
            state.is_choosing_lesson = false;
            return self.begin(lesson);
        }
        match self.walk() {
            Some(walk) if walk.asks().is_some() => self.answer(None, state),
            Some(walk) if walk.step().is_none() => self.wish = Some(super::LessonWish::Leave),
            _ => self.go(1),
        }
    }

    /// Fills the list, with the cursor on the lesson that is open.
    pub(super) fn fill_list(&mut self, state: &mut State) {
        if self.lessons.is_empty() {
            match Lesson::built_in() {
                Ok(lessons) => self.lessons = lessons,
                Err(error) => state.notice = Some(Notice::error(error)),
            }
        }
        // A teacher's own is there as long as its progress is.
        let own = self.walks.iter().map(|walk| &walk.lesson).filter(|own| !self.lessons.contains(own));
        let own: Vec<Lesson> = own.cloned().collect();
        self.lessons.extend(own);
        let open = self.walk().and_then(|walk| self.lessons.iter().position(|lesson| *lesson == walk.lesson));
        self.line = open.unwrap_or(self.line);
    }

    /// Goes to a line of the list.
    pub fn select(&mut self, line: usize) {
        self.line = line.min(self.lessons.len().saturating_sub(1));
    }

    fn can_step(&self, state: &State, by: isize) -> bool {
        let to = self.line.checked_add_signed(by);
        state.is_choosing_lesson && to.is_some_and(|to| to < self.lessons.len())
    }
}

const NEXT: Command<LessonPanel> = Command {
    id: "lesson-next",
    keys: &["enter"],
    label: BarLabel::Of(|panel, state| Some(panel.next_label(state))),
    description: label!("lesson-command-next"),
    enabled: |panel, state| state.is_choosing_lesson || !panel.is_running(),
    run: Run::Change(|panel, state| panel.next(state)),
};

const BACK: Command<LessonPanel> = Command {
    id: "lesson-back",
    keys: &["backspace"],
    label: BarLabel::Fixed(label!("lesson-command-back-bar")),
    description: label!("lesson-command-back"),
    enabled: |panel, state| !state.is_choosing_lesson && panel.walk().is_some_and(|walk| walk.at > 0),
    run: Run::Change(|panel, _| panel.go(-1)),
};

const UP: Command<LessonPanel> = Command {
    id: "lesson-up",
    keys: &["up", "k"],
    label: BarLabel::None,
    description: label!("lesson-command-up"),
    enabled: |panel, state| panel.can_step(state, -1),
    run: Run::Change(|panel, _| panel.line -= 1),
};

const DOWN: Command<LessonPanel> = Command {
    id: "lesson-down",
    keys: &["down", "j"],
    label: BarLabel::None,
    description: label!("lesson-command-down"),
    enabled: |panel, state| panel.can_step(state, 1),
    run: Run::Change(|panel, _| panel.line += 1),
};

const PAGE_UP: Command<LessonPanel> = Command {
    id: "lesson-page-up",
    keys: &["pageup"],
    label: BarLabel::None,
    description: label!("lesson-command-page-up"),
    enabled: |panel, state| !state.is_choosing_lesson && panel.top > 0,
    run: Run::Change(|panel, _| panel.top = panel.top.saturating_sub(5)),
};

const PAGE_DOWN: Command<LessonPanel> = Command {
    id: "lesson-page-down",
    keys: &["pagedown"],
    label: BarLabel::None,
    description: label!("lesson-command-page-down"),
    enabled: |panel, state| !state.is_choosing_lesson && panel.top < panel.furthest,
    run: Run::Change(|panel, _| panel.top = (panel.top + 5).min(panel.furthest)),
};

const FOLD: Command<LessonPanel> = Command {
    id: "lesson-fold",
    keys: &["H"],
    label: BarLabel::Of(|panel, _| {
        Some(if panel.is_folded { label!("lesson-command-unfold-bar") } else { label!("lesson-command-fold-bar") })
    }),
    description: label!("lesson-command-fold"),
    enabled: |_, state| !state.is_choosing_lesson,
    run: Run::Change(|panel, _| panel.is_folded = !panel.is_folded),
};

/// Only at the end: before, the key is the view's.
const KEEP: Command<LessonPanel> = Command {
    id: "lesson-keep",
    keys: &["w"],
    label: BarLabel::Fixed(label!("lesson-command-keep-bar")),
    description: label!("lesson-command-keep"),
    enabled: |panel, state| !state.is_choosing_lesson && panel.walk().is_some_and(|walk| walk.step().is_none()),
    run: Run::Ask(|_, _| LoopRequest::KeepLesson.into()),
};

const LEAVE: Command<LessonPanel> = Command {
    id: "lesson-leave",
    keys: &["esc"],
    label: BarLabel::Fixed(label!("lesson-command-leave-bar")),
    description: label!("lesson-command-leave"),
    enabled: |_, _| true,
    run: Run::Ask(|panel, state| {
        if !std::mem::take(&mut state.is_choosing_lesson) {
            panel.wish = Some(super::LessonWish::Leave);
        }
        Outcome::DONE
    }),
};

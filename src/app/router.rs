//! From keys to commands, from commands and reports to the state and its views.

use std::ops::{Deref, DerefMut};

use super::{
    lesson::{LessonPanel, LessonWish},
    overlays::{self, OverlayTable},
    tabs::Tabs,
};
use crate::{
    analysis::Table,
    bert::Input,
    lesson::{Lesson, LessonWalk},
    messages::Label,
    state::{
        BarEntry, ClickTarget, Commands, Example, Fact, Job, LoopRequest, Notice, Outcome, Overlay, Report, Session,
        State, add_line, entry,
    },
    views::View,
    widgets::Look,
};

/// The explorer: what its views share, the views, and what lies over them.
#[derive(Debug)]
pub struct App {
    /// What the views share.
    pub state: State,
    tabs: Tabs,
    overlays: Vec<OverlayTable>,
    lesson: LessonPanel,
    /// The view that is on screen.
    shown: &'static str,
}

/// What the bottom bar says of one command, or of several that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The ids of those that would do something now.
    pub commands: Vec<&'static str>,
    /// What they do, in a word or two.
    pub label: Label,
}

/// Whose table of commands is asked.
#[derive(Clone, Copy)]
enum Owner {
    Overlay(Overlay),
    View,
    Everywhere,
    Lesson,
}

// Whoever has the explorer has what its views share.
impl Deref for App {
    type Target = State;

    fn deref(&self) -> &State {
        &self.state
    }
}

impl DerefMut for App {
    fn deref_mut(&mut self) -> &mut State {
        &mut self.state
    }
}

impl App {
    /// An explorer on a text, without a model yet: see [`State::open`].
    pub fn new(input: Input, examples: impl IntoIterator<Item: Into<Example>>) -> Self {
        let tabs = Tabs::new();
        let shown = tabs.first();
        let mut state = State::new(shown, input, examples);
        let view = tabs.open(&state);
        let (subject, needs) = (view.subject(), view.needs());
        state.on_shown(subject, needs);
        Self { state, tabs, overlays: overlays::all(), lesson: LessonPanel::default(), shown }
    }

    /// The view that is open.
    pub fn view(&self) -> &dyn View {
        self.tabs.open(&self.state)
    }

    /// Every view, in the order of the tabs.
    pub fn views(&self) -> impl Iterator<Item = &dyn View> {
        self.tabs.iter()
    }

    /// A view by its type, whether it is open or not.
    pub fn view_of<V: View>(&self) -> Option<&V> {
        self.tabs.of()
    }

    /// Whose commands there are now: the first that has a command runs it.
    fn owners(&self) -> Vec<Owner> {
        use Owner::{Everywhere, View};
        match self.state.overlay() {
            Some(Overlay::Lesson) => vec![Owner::Lesson],
            None if self.lesson.is_in_front(&self.state) => {
                vec![Owner::Lesson, View, Everywhere, Owner::Overlay(Overlay::Input)]
            }
            // Text can be edited by keys of the user's while no field has the cursor.
            None => vec![View, Everywhere, Owner::Overlay(Overlay::Input)],
            Some(table @ Overlay::Table) => vec![Owner::Overlay(table), Everywhere],
            // The wheel moves in the view, as the keys are the field's.
            Some(input @ Overlay::Input) => vec![Owner::Overlay(input), View, Everywhere],
            Some(overlay) => vec![Owner::Overlay(overlay)],
        }
    }

    fn table(&self, owner: Owner) -> Option<&dyn Commands> {
        Some(match owner {
            Owner::Overlay(one) => &*self.overlays.iter().find(|table| table.overlay == one)?.commands,
            Owner::View => self.tabs.open(&self.state),
            Owner::Everywhere => &self.tabs,
            Owner::Lesson => &self.lesson,
        })
    }

    /// Runs the command of an id, if there is one now.
    pub fn update(&mut self, id: &str) -> (LoopRequest, Option<Job>) {
        self.state.notice = None;
        self.state.attention.forget_digits();
        let outcome = self.owners().into_iter().find_map(|owner| self.run(owner, id)).unwrap_or_default();
        (outcome.request, self.catch_up(outcome.job))
    }

    fn run(&mut self, owner: Owner, id: &str) -> Option<Outcome> {
        let state = &mut self.state;
        match owner {
            Owner::Overlay(one) => self.overlays.iter_mut().find(|table| table.overlay == one)?.commands.run(id, state),
            Owner::View => self.tabs.open_mut(state).run(id, state),
            Owner::Everywhere => self.tabs.run(id, state),
            Owner::Lesson => self.lesson.run(id, state),
        }
    }

    /// Brings everything up to date, after whatever may have changed it. `job` is what the change asks for; where it asks
    /// for nothing, the next thing that is due is done.
    fn catch_up(&mut self, job: Option<Job>) -> Option<Job> {
        let job = self.follow_lesson().or(job);
        self.change_view();
        let (tabs, state) = (&mut self.tabs, &mut self.state);
        tabs.each(state.view).for_each(|(view, is_open)| view.refresh(state, is_open));
        self.lesson.refresh(state);
        let job = job.or_else(|| self.lesson.due(state));
        // What the views need waits until the lesson has its numbers.
        let is_free = job.is_none() && !self.lesson.is_running();
        let is_busy = |tabs: &Tabs, state: &State| {
            !is_free || state.is_working() || tabs.iter().any(|view| view.under_way(state).is_some())
        };
        // What the line above every view says takes a moment, and comes before what a view needs.
        let words = (!is_busy(tabs, state) && state.speaks_of_a_word()).then(|| state.word_changes_if_due()).flatten();
        let job = job.or(words);
        let is_free = is_free && !state.words.is_running();
        let due = || tabs.each(state.view).find_map(|(view, is_open)| view.due(state, is_open));
        let job = job.or_else(|| is_free.then(due).flatten());
        let job = job.or_else(|| {
            if !is_free {
                return None;
            }
            let view = tabs.open(state);
            let (measures, readings) = (view.measures(state), view.measured(state));
            state.work_out_if_due(&measures, &readings)
        });
        let is_busy = is_busy(tabs, state);
        let job = job.or_else(|| state.due(is_busy));
        job.iter().for_each(|job| state.on_job(job));
        job.iter().for_each(|job| self.lesson.on_job(job));
        job.iter().for_each(|job| tabs.each(state.view).for_each(|(view, _)| view.on_job(job)));
        job
    }

    /// Puts the view that is open on screen, where that is another than before.
    fn change_view(&mut self) {
        let before = std::mem::replace(&mut self.shown, self.state.view);
        if before != self.state.view {
            self.tabs.named(before).on_hidden(&mut self.state);
            let (subject, needs) = (self.view().subject(), self.view().needs());
            self.state.on_shown(subject, needs);
        }
    }

    /// Carries out what a click asks for.
    pub fn click(&mut self, target: ClickTarget) -> (LoopRequest, Option<Job>) {
        if let ClickTarget::Do(id) = target {
            return self.update(id);
        }
        if let (ClickTarget::Line(line), Some(Overlay::Lesson)) = (target, self.state.overlay()) {
            self.lesson.select(line);
            return (LoopRequest::None, None);
        }
        let is_in_view = self.state.overlay().is_none();
        if !is_in_view || !self.tabs.open_mut(&self.state).click(target, &mut self.state) {
            self.state.click(target);
        }
        (LoopRequest::None, self.catch_up(None))
    }

    /// A character typed into the text field that has the focus.
    pub fn insert(&mut self, character: char) -> Option<Job> {
        self.paste(character.encode_utf8(&mut [0; 4]))
    }

    /// Text pasted at the cursor of the field that has the focus, or of the sentence.
    pub fn paste(&mut self, text: &str) -> Option<Job> {
        let job = self.state.paste(text);
        self.catch_up(job)
    }

    /// A digit that no command has: on the views of attention, of a layer's number or, after a point, of a head's.
    pub fn type_digit(&mut self, digit: usize) -> Option<Job> {
        if self.state.overlay().is_none() && self.view().has_layers() {
            self.state.type_digit(digit);
        }
        self.catch_up(None)
    }

    /// A point between the numbers of a layer and a head, `6.12`.
    pub fn type_point(&mut self) -> Option<Job> {
        if self.state.overlay().is_none() && self.view().has_layers() {
            self.state.attention.type_point();
        }
        self.catch_up(None)
    }

    /// Adds sentences to the list, and says so.
    pub fn add_sentences(&mut self, sentences: &[impl AsRef<str>]) -> Option<Job> {
        let job = self.state.add_sentences(sentences);
        self.catch_up(job)
    }

    /// The language has changed: what was put into words is told again, or no more.
    pub fn retell(&mut self) -> Option<Job> {
        self.state.notice = None;
        let job = self.catch_up(None);
        self.refresh_table();
        job
    }

    /// Gives the table that is open the numbers there are now.
    fn refresh_table(&mut self) {
        if self.state.table.is_some() {
            let tables = self.tables();
            self.state.table.iter_mut().for_each(|table| table.refresh(&tables));
        }
    }

    /// Takes in what the worker reports; may ask for the next job.
    pub fn on_report(&mut self, mut report: Report) -> Option<Job> {
        self.lesson.on_report(&mut report, &self.state);
        self.tabs.each(self.shown).for_each(|(view, _)| view.on_report(&report, &mut self.state));
        let job = self.state.on_report(report).or_else(|| self.lesson.later.take());
        let job = self.catch_up(job);
        self.refresh_table();
        job
    }

    /// Takes in what only drawing shows: how far the view on screen can be scrolled. Scrolls back what was scrolled
    /// too far; whether anything changed, so that it must be drawn again.
    pub fn on_drawn(&mut self, furthest: usize, furthest_of_lesson: usize) -> bool {
        let of_lesson = self.lesson.on_drawn(furthest_of_lesson);
        let of_view = self.state.help.is_none() && self.tabs.open_mut(&self.state).on_drawn(furthest);
        self.state.on_drawn(furthest) || of_view || of_lesson
    }

    /// What can be gone back to later.
    pub fn session(&self) -> Session {
        let mut session = self.state.session();
        self.tabs.iter().for_each(|view| view.save(&mut session));
        session.lessons = self.lesson.progress();
        session
    }

    /// Goes back to a session: reads its text with the model there is, and opens the session's own where that is
    /// another.
    pub fn restore(&mut self, session: Session) -> Vec<Job> {
        let missing = self.lesson.restore(&session.lessons);
        self.state.notes.clone_from(&session.notes);
        let (open, read) = self.put_back(session);
        let next = self.catch_up(read);
        self.state.notice = Notice::together(missing.into_iter().chain(self.state.notice.take()));
        open.into_iter().chain(next).collect()
    }

    fn put_back(&mut self, session: Session) -> (Option<Job>, Option<Job>) {
        self.tabs.each(self.shown).for_each(|(view, _)| view.restore(&session));
        self.state.restore(session)
    }

    /// The same with what came out of the lessons in its notes: for a file that is given to somebody.
    pub fn session_with_notes(&self) -> Session {
        let mut session = self.session();
        for line in self.lesson.notes().into_iter().filter(|line| !self.notes.lines().any(|there| there == line)) {
            add_line(&mut session.notes, &line);
            session.notes.push('\n');
        }
        session
    }

    /// The lines of the notes that are not blank.
    pub(super) fn note_lines(&self) -> impl Iterator<Item = &str> {
        self.notes.lines().filter(|line| !line.trim().is_empty())
    }

    /// Opens a lesson, with its first step on screen, or the one where it was left.
    pub fn begin_lesson(&mut self, lesson: Lesson) -> Option<Job> {
        self.lesson.begin(lesson);
        self.catch_up(None)
    }

    /// The lesson that is open.
    pub fn lesson_walk(&self) -> Option<&LessonWalk> {
        self.lesson.walk()
    }

    /// What the open lesson says now, a line each.
    pub fn lesson_lines(&self) -> Vec<String> {
        super::lesson::said(&self.lesson, &self.state)
    }

    pub(super) fn lesson(&self) -> &LessonPanel {
        &self.lesson
    }

    /// Whether a command of lessons has its key now, before all others: where it would do something, and what goes on or back always.
    pub fn is_of_lesson(&self, id: &str) -> bool {
        let would_act = || self.lesson.is_enabled(id, &self.state) == Some(true) && self.would_act(id);
        self.lesson.is_in_front(&self.state) && (matches!(id, "lesson-next" | "lesson-back") || would_act())
    }

    /// Does what the lesson asks for: puts a step on screen, or what was there before.
    fn follow_lesson(&mut self) -> Option<Job> {
        let session = match self.lesson.take_wish()? {
            LessonWish::SetUp => {
                let now = self.session();
                self.lesson.scene(now)?
            }
            LessonWish::Leave => self.lesson.leave()?,
        };
        match self.put_back(session) {
            // The model at hand reads meanwhile.
            (open, Some(read)) => {
                self.lesson.later = open;
                Some(read)
            }
            (open, None) => open,
        }
    }

    /// The name of the first key that asks for a command now, or nothing.
    pub(super) fn key(&self, look: &Look, id: &str) -> String {
        let own = || look.keymap.keys(Overlay::Lesson.id(), id).first().map(ToString::to_string);
        let is_front = self.lesson.is_in_front(&self.state);
        is_front.then(own).flatten().unwrap_or_else(|| look.key(&self.state, id))
    }

    /// Whether the command of an id would change anything now. The key that leaves a lesson first cancels what is under way.
    pub fn would_act(&self, id: &str) -> bool {
        if id == "lesson-leave" && self.lesson.is_in_front(&self.state) && self.would_act("cancel") {
            return false;
        }
        let tables = self.owners().into_iter().filter_map(|owner| self.table(owner));
        tables.into_iter().find_map(|table| table.is_enabled(id, &self.state)).unwrap_or(false)
    }

    /// What would do something now, the most useful first; the last ones are always worth their room.
    pub fn hints(&self) -> Vec<Hint> {
        let overlay = self.state.overlay();
        let bar = self.owners().first().and_then(|&owner| self.table(owner)).map_or_else(Vec::new, Commands::bar);
        let first = overlay.is_none().then(|| entry("cancel"));
        let last: &[BarEntry] = if overlay == Some(Overlay::Help) { &[] } else { &[entry("help"), entry("quit")] };
        let hint = |entry: BarEntry| {
            let commands: Vec<&'static str> = entry.ids().iter().copied().filter(|id| self.would_act(id)).collect();
            let first = *commands.first()?;
            let label = entry.label.or_else(|| self.label(first))?;
            Some(Hint { label, commands })
        };
        first.into_iter().chain(bar).chain(last.iter().copied()).filter_map(hint).collect()
    }

    /// What the bottom bar says of a command.
    fn label(&self, id: &str) -> Option<Label> {
        let tables = self.owners().into_iter().filter_map(|owner| self.table(owner));
        tables.into_iter().find_map(|table| table.says(id, &self.state))
    }

    /// The tables behind the view that is open; none where there is nothing to see.
    pub fn tables(&self) -> Vec<Table> {
        self.view().tables(&self.state)
    }

    /// What to know about them, in the order it is told.
    pub fn facts(&self) -> Vec<Fact> {
        self.view().facts(&self.state)
    }
}

//! From keys to commands, from commands and reports to the state and its views.

use std::{
    any::Any,
    ops::{Deref, DerefMut},
};

use crate::{
    analysis::Table,
    bert::Input,
    state::{
        Action, BarEntry, ClickTarget, Context, Fact, Hint, Job, LoopRequest, Outcome, Report, Session, State, entries,
        entry,
    },
    views::{self, View},
};

/// The explorer: what its views share, and the views.
#[derive(Debug)]
pub struct App {
    /// What the views share.
    pub state: State,
    views: Vec<Box<dyn View>>,
    /// The place of the view that is on screen.
    shown: usize,
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
    pub fn new(input: Input, examples: Vec<Input>) -> Self {
        Self { state: State::new(input, examples), views: views::all(), shown: 0 }
    }

    /// The view that is open.
    pub fn view(&self) -> &dyn View {
        &*self.views[self.open()]
    }

    /// Every view, in the order of the tabs.
    pub fn views(&self) -> impl Iterator<Item = &dyn View> {
        self.views.iter().map(|view| &**view)
    }

    /// A view by its type, whether it is open or not.
    pub fn view_of<V: View>(&self) -> Option<&V> {
        self.views().find_map(|view| (view as &dyn Any).downcast_ref())
    }

    /// The place of the open view among the tabs.
    fn open(&self) -> usize {
        self.state.view as usize
    }

    /// Carries an action out.
    pub fn update(&mut self, action: Action) -> (LoopRequest, Option<Job>) {
        let context = self.state.context();
        let is_below = context.is_view() || matches!(context, Context::Table | Context::Input);
        let outcome = match action {
            Action::Table if is_below => Some(self.toggle_table()),
            Action::Copy if is_below && context != Context::Table => Some(self.copy()),
            Action::Cancel if is_below => Some(self.cancel()),
            // Of the wheel where something is typed, as the keys are the field's; where the view has no such row, nothing
            // moves unseen.
            Action::Up | Action::Down | Action::Left | Action::Right
                if context.is_view() || context == Context::Input =>
            {
                Some(self.run(action.name()).unwrap_or(Outcome::DONE))
            }
            _ if context.is_view() => self.run(action.name()),
            _ => None,
        };
        let Outcome { request, job, show } = outcome.unwrap_or_else(|| {
            let (request, job) = self.state.update(action);
            Outcome { request, job, show: None }
        });
        if let Some(at) = show.and_then(|id| self.views().position(|view| view.id() == id)) {
            self.state.show(crate::state::View::ALL[at]);
        }
        (request, self.catch_up(job))
    }

    /// Runs a command of the view that is open.
    fn run(&mut self, id: &str) -> Option<Outcome> {
        let open = self.open();
        let view = &mut self.views[open];
        view.is_enabled(id, &self.state)?;
        self.state.notice = None;
        self.state.attention.forget_digits();
        view.run(id, &mut self.state)
    }

    /// Brings everything up to date, after whatever may have changed it. `job` is what the change asks for; where it asks
    /// for nothing, the next thing that is due is done.
    fn catch_up(&mut self, job: Option<Job>) -> Option<Job> {
        self.change_view();
        let (open, state) = (self.open(), &mut self.state);
        state.refresh();
        for (at, view) in self.views.iter_mut().enumerate() {
            view.refresh(state, at == open);
        }
        let job = job.or_else(|| self.views.iter_mut().enumerate().find_map(|(at, view)| view.due(state, at == open)));
        let is_busy = self.views.iter().any(|view| view.under_way(state).is_some());
        let job = job.or_else(|| state.due(is_busy));
        job.iter().for_each(|job| self.views.iter_mut().for_each(|view| view.on_job(job)));
        job
    }

    /// Puts the view that is open on screen, where that is another than before.
    fn change_view(&mut self) {
        let open = self.open();
        let before = std::mem::replace(&mut self.shown, open);
        if before != open {
            self.views[before].on_hidden(&mut self.state);
            self.state.on_shown(self.views[open].subject(), self.views[open].needs());
        }
    }

    /// Opens the table behind the view, or closes it.
    fn toggle_table(&mut self) -> Outcome {
        self.state.notice = None;
        let tables = self.tables();
        self.state.toggle_table(&tables);
        Outcome::DONE
    }

    /// To copy the number under the cursor as exactly as it is known, a share of 12.31 % as 0.1231.
    fn copy(&mut self) -> Outcome {
        self.state.notice = None;
        match self.view().number(&self.state) {
            // The shortest decimal number that no other f32 is nearer to.
            Ok((number, of)) => LoopRequest::Copy { number: number.to_string(), of }.into(),
            Err(why) => self.state.nothing_to_copy(why).into(),
        }
    }

    /// Ends what goes on behind the screen, or what is said about it: of the open view first, then what the state has
    /// under way, then of the other views.
    fn cancel(&mut self) -> Outcome {
        self.state.notice = None;
        let (open, state) = (self.open(), &mut self.state);
        if self.views[open].under_way(state).is_some() {
            return self.views[open].cancel(state).into();
        }
        if state.would_act(Action::Cancel) {
            return state.cancel().into();
        }
        self.views.iter_mut().find_map(|view| view.cancel(state)).into()
    }

    /// What cancelling would end; none where there is nothing to cancel.
    fn cancel_label(&self) -> Option<&'static str> {
        let own = self.view().under_way(&self.state);
        let shared = || self.state.would_act(Action::Cancel).then(|| self.state.cancel_label()).flatten();
        own.or_else(shared).or_else(|| self.views().find_map(|view| view.under_way(&self.state)))
    }

    /// Carries out what a click asks for.
    pub fn click(&mut self, target: ClickTarget) -> (LoopRequest, Option<Job>) {
        if let Some(action) = match target {
            ClickTarget::Do(id) => Action::named(id),
            _ => None,
        } {
            return self.update(action);
        }
        let open = self.open();
        if !self.state.context().is_view() || !self.views[open].click(target, &mut self.state) {
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

    /// A digit that no command has: on the views of attention, of a layer's number.
    pub fn type_digit(&mut self, digit: usize) -> Option<Job> {
        self.state.type_digit(digit);
        self.catch_up(None)
    }

    /// Adds the lines of a text to the list, each a sentence, and says so.
    pub fn add_sentences(&mut self, text: &str) -> Option<Job> {
        let job = self.state.add_sentences(text);
        self.catch_up(job)
    }

    /// Takes in what the worker reports; may ask for the next job.
    pub fn on_report(&mut self, report: Report) -> Option<Job> {
        self.views.iter_mut().for_each(|view| view.on_report(&report, &mut self.state));
        let job = self.state.on_report(report);
        let job = self.catch_up(job);
        if self.state.table.is_some() {
            let tables = self.tables();
            self.state.table.iter_mut().for_each(|table| table.refresh(&tables));
        }
        job
    }

    /// Takes in what only drawing shows: how far the view on screen can be scrolled. Scrolls back what was scrolled
    /// too far; whether anything changed, so that it must be drawn again.
    pub fn on_drawn(&mut self, furthest: usize) -> bool {
        let open = self.open();
        let of_view = self.state.help.is_none() && self.views[open].on_drawn(furthest);
        self.state.on_drawn(furthest) || of_view
    }

    /// What can be gone back to later.
    pub fn session(&self) -> Session {
        let mut session = self.state.session();
        self.views.iter().for_each(|view| view.save(&mut session));
        session
    }

    /// Goes back to a session: reads its text with the model there is, and opens the session's own where that is
    /// another.
    pub fn restore(&mut self, session: Session) -> Vec<Job> {
        self.views.iter_mut().for_each(|view| view.restore(&session));
        let (open, read) = self.state.restore(session);
        let next = self.catch_up(read);
        open.into_iter().chain(next).collect()
    }

    /// Whether an action would change anything now.
    pub fn would_act(&self, action: Action) -> bool {
        let is_view = self.state.context().is_view();
        match action {
            Action::Cancel if is_view => self.cancel_label().is_some(),
            _ => {
                let own = is_view.then(|| self.view().is_enabled(action.name(), &self.state)).flatten();
                own.unwrap_or_else(|| self.state.would_act(action))
            }
        }
    }

    /// What would do something now, the most useful first; the last ones are always worth their room.
    pub fn hints(&self) -> Vec<Hint> {
        if !self.state.context().is_view() {
            return self.state.hints();
        }
        let bar = self.view().bar();
        let cancel = self.cancel_label().map(|label| entries(&["cancel"], label));
        let bar = cancel.into_iter().chain(bar).chain([entry("help"), entry("quit")]);
        let hint = |entry: BarEntry| {
            let named = entry.ids().iter().filter_map(|id| Action::named(id));
            let actions: Vec<Action> = named.filter(|action| self.would_act(*action)).collect();
            let first = *actions.first()?;
            let label = entry.label.unwrap_or_else(|| self.label(first));
            (!label.is_empty()).then_some(Hint { label, actions })
        };
        bar.filter_map(hint).collect()
    }

    /// What the bottom bar says of an action.
    fn label(&self, action: Action) -> &'static str {
        match action {
            Action::NextView => self.views[(self.open() + 1) % self.views.len()].id(),
            _ => self.view().says(action.name(), &self.state).unwrap_or(action.short()),
        }
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::config::{self, KeyChord};

    /// As long as there are two: the rows of each view that has any, and `config/keymap.toml`.
    #[test]
    fn rows_have_the_keys_of_the_keymap() {
        let keymap = config::parse("", "").unwrap().keymap;
        for view in views::all() {
            let context = *Context::ALL.iter().find(|context| context.name() == view.id()).unwrap();
            let rows = view.rows();
            for row in &rows {
                let keys: Vec<KeyChord> = row.keys.iter().map(|key| key.parse().unwrap()).collect();
                let action = Action::named(row.id).unwrap();
                assert_eq!(keymap.keys(context, action), keys, "{} of {}", row.id, view.id());
            }
            for (action, _) in keymap.bindings(context).filter(|_| !rows.is_empty()) {
                assert!(rows.iter().any(|row| row.id == action.name()), "{} has no {}", view.id(), action.name());
            }
        }
    }
}

//! From keys to commands, from commands and reports to the state and its views.

use std::ops::{Deref, DerefMut};

use crate::{
    analysis::Table,
    bert::Input,
    state::{Action, Aim, BarEntry, Context, Hint, Job, Outcome, Report, State, Wish, entries, entry},
    views::{self, View},
};

/// The explorer: what its views share, and the views.
#[derive(Debug)]
pub struct App {
    /// What the views share.
    pub state: State,
    views: Vec<Box<dyn View>>,
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
        Self { state: State::new(input, examples), views: views::all() }
    }

    /// The view that is open.
    pub(crate) fn view(&self) -> &dyn View {
        &*self.views[self.state.view as usize]
    }

    /// Every view, in the order of the tabs.
    pub(crate) fn views(&self) -> impl Iterator<Item = &dyn View> {
        self.views.iter().map(|view| &**view)
    }

    /// Carries an action out.
    pub fn update(&mut self, action: Action) -> (Wish, Option<Job>) {
        let context = self.state.context();
        let is_below = context.is_view() || matches!(context, Context::Table | Context::Input);
        let outcome = match action {
            Action::Table if is_below => Some(self.toggle_table()),
            Action::Copy if is_below && context != Context::Table => Some(self.copy()),
            _ if context.is_view() => self.run(action.name()),
            _ => None,
        };
        match outcome {
            Some(Outcome { wish, job, .. }) => (wish, self.state.catch_up(job)),
            None => self.state.update(action),
        }
    }

    /// Runs a command of the view that is open.
    fn run(&mut self, id: &str) -> Option<Outcome> {
        let view = &mut self.views[self.state.view as usize];
        view.is_enabled(id, &self.state)?;
        self.state.notice = None;
        self.state.attention.forget_digits();
        view.run(id, &mut self.state)
    }

    /// Opens the table behind the view, or closes it.
    fn toggle_table(&mut self) -> Outcome {
        self.state.notice = None;
        let tables = self.tables();
        self.state.toggle_table(&tables).into()
    }

    /// To copy the number under the cursor as exactly as it is known, a share of 12.31 % as 0.1231.
    fn copy(&mut self) -> Outcome {
        self.state.notice = None;
        match self.view().number(&self.state) {
            // The shortest decimal number that no other f32 is nearer to.
            Ok((number, of)) => Wish::Copy { number: number.to_string(), of }.into(),
            Err(why) => self.state.nothing_to_copy(why).into(),
        }
    }

    /// Carries out what a click asks for.
    pub fn aim(&mut self, aim: Aim) -> (Wish, Option<Job>) {
        match aim {
            Aim::Do(action) => self.update(action),
            aim => {
                self.state.aim(aim);
                (Wish::None, None)
            }
        }
    }

    /// Takes in what the worker reports; may ask for the next job.
    pub fn on_report(&mut self, report: Report) -> Option<Job> {
        let job = self.state.on_report(report);
        if self.state.table.is_some() {
            let tables = self.tables();
            self.state.table.iter_mut().for_each(|table| table.refresh(&tables));
        }
        job
    }

    /// Whether an action would change anything now.
    pub fn would_act(&self, action: Action) -> bool {
        let own = self.state.context().is_view().then(|| self.view().is_enabled(action.name(), &self.state)).flatten();
        own.unwrap_or_else(|| self.state.would_act(action))
    }

    /// What would do something now, the most useful first; the last ones are always worth their room.
    pub fn hints(&self) -> Vec<Hint> {
        let bar = self.view().bar();
        if bar.is_empty() || !self.state.context().is_view() {
            return self.state.hints();
        }
        let cancel = self.state.cancel_label().map(|label| entries(&["cancel"], label));
        let bar = cancel.into_iter().chain(bar).chain([entry("help"), entry("quit")]);
        let hint = |entry: BarEntry| {
            let named = entry.ids().iter().filter_map(|id| Action::ALL.iter().find(|action| action.name() == *id));
            let actions: Vec<Action> = named.copied().filter(|action| self.would_act(*action)).collect();
            let first = *actions.first()?;
            let label = entry.label.unwrap_or_else(|| self.label(first));
            Some(Hint { label, actions })
        };
        bar.filter_map(hint).collect()
    }

    /// What the bottom bar says of an action.
    fn label(&self, action: Action) -> &'static str {
        match action {
            Action::NextView => self.views[(self.state.view as usize + 1) % self.views.len()].id(),
            _ => self.view().says(action.name(), &self.state).unwrap_or(action.short()),
        }
    }

    /// The tables behind the view that is open; none where there is nothing to see.
    pub fn tables(&self) -> Vec<Table> {
        self.view().tables(&self.state)
    }

    /// What to know about them, in the order it is told.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        self.view().facts(&self.state)
    }
}

//! The views, of which one is open.

use std::any::Any;

use crate::{
    messages::Label,
    state::{Job, State},
    views::{self, View},
};

/// Every view. Which is open, the state says.
#[derive(Debug)]
pub(super) struct Tabs(Vec<Box<dyn View>>);

impl Tabs {
    pub fn new() -> Self {
        Self(views::all())
    }

    /// In the order of the tabs.
    pub fn iter(&self) -> impl Iterator<Item = &dyn View> {
        self.0.iter().map(|view| &**view)
    }

    /// The id of the first.
    pub fn first(&self) -> &'static str {
        self.iter().next().map_or("", View::id)
    }

    /// Each, and whether it is the open one, by its id.
    pub fn each(&mut self, open: &str) -> impl Iterator<Item = (&mut dyn View, bool)> {
        let open = self.position(open);
        self.0.iter_mut().enumerate().map(move |(at, view)| (&mut **view, at == open))
    }

    /// The one that is open.
    pub fn open(&self, state: &State) -> &dyn View {
        &*self.0[self.position(state.view)]
    }

    /// The same, to be changed.
    pub fn open_mut(&mut self, state: &State) -> &mut dyn View {
        let open = self.position(state.view);
        &mut *self.0[open]
    }

    /// One by its id.
    pub fn named(&mut self, id: &str) -> &mut dyn View {
        let at = self.position(id);
        &mut *self.0[at]
    }

    /// One by its type.
    pub fn of<V: View>(&self) -> Option<&V> {
        self.iter().find_map(|view| (view as &dyn Any).downcast_ref())
    }

    /// The view so many tabs further, around the circle.
    pub fn beside(&self, state: &State, by: isize) -> &dyn View {
        let count = self.0.len() as isize;
        let at = (self.position(state.view) as isize + by).rem_euclid(count);
        &*self.0[at as usize]
    }

    /// What cancelling would end: of the open view first, then what the state has under way, then of the other views;
    /// none where there is nothing to cancel.
    pub fn cancel_label(&self, state: &State) -> Option<Label> {
        let own = self.open(state).under_way(state);
        own.or_else(|| state.cancel_label()).or_else(|| self.iter().find_map(|view| view.under_way(state)))
    }

    /// Ends that.
    pub fn cancel(&mut self, state: &mut State) -> Option<Job> {
        if self.open(state).under_way(state).is_some() {
            return self.open_mut(state).cancel(state);
        }
        if state.cancel_label().is_some() {
            return state.cancel();
        }
        self.0.iter_mut().find_map(|view| view.cancel(state))
    }

    /// The place of a view; the first one's where there is no such view.
    fn position(&self, id: &str) -> usize {
        self.iter().position(|view| view.id() == id).unwrap_or(0)
    }
}

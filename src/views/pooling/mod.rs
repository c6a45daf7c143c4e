//! The poolings side by side.

mod commands;
mod draw;
mod pages;
mod tables;
mod terms;
mod warnings;

use std::sync::Arc;

use ratatui::layout::Rect;

use super::{Extent, Legend, View, legend};
use crate::{
    analysis::{Measure, Table},
    labels,
    messages::{Label, label},
    state::{CommandInfo, Fact, Job, Reading, Session, State, Subject, copied},
    widgets::{Look, canvas::Canvas},
};

pub use pages::{Page, Pages};
pub use terms::{ShownTerms, TermsChoice};

/// The view.
#[derive(Debug, Default)]
pub struct PoolingView {
    /// Its pages.
    pub pages: Pages,
}

impl View for PoolingView {
    fn id(&self) -> &'static str {
        "pooling"
    }

    fn legend(&self) -> Option<&'static Legend> {
        Some(legend::POOLING)
    }

    fn label(&self) -> Label {
        label!("pooling-tab")
    }

    fn shown_by(&self) -> CommandInfo {
        CommandInfo { id: "show-pooling", keys: &["f7"], description: label!("pooling-command-show") }
    }

    fn subject(&self) -> Subject {
        Subject::Alone
    }

    fn measures(&self, _state: &State) -> Vec<Measure> {
        self.pages.measures()
    }

    fn measured(&self, state: &State) -> Vec<Arc<Reading>> {
        self.pages.measured(state)
    }

    fn draw(&self, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) -> Extent {
        let Some(readings) = &state.readings else { return Extent::default() };
        Extent { furthest: draw::draw(&self.pages, state, readings, look, area, canvas), cursor: None }
    }

    fn tables(&self, state: &State) -> Vec<Table> {
        tables::tables(&self.pages, state)
    }

    fn facts(&self, state: &State) -> Vec<Fact> {
        let mut facts = state.text_facts(self.id());
        if let Some(pair) = state.readings.as_ref().and_then(|readings| readings.pair.as_ref()) {
            facts.push(("compared with", pair.b.trace.input.text.clone()));
        }
        facts.extend(
            state.background_of_pair().map(|set| ("background", labels::background::set(set.language, set.count()))),
        );
        facts.extend(self.pages.facts());
        [facts, state.reading_facts()].concat()
    }

    fn number(&self, _state: &State) -> Result<(f32, String), Label> {
        tables::number(&self.pages).ok_or(copied::NO_CURSOR)
    }

    /// Other sentences are measured, by which nothing is known of A and B yet.
    fn on_job(&mut self, job: &Job) {
        if matches!(job, Job::Measure(_)) {
            self.pages.closeness.clear();
        }
    }

    fn refresh(&mut self, state: &mut State, on_screen: bool) {
        self.pages.refresh(state, on_screen);
    }

    fn on_drawn(&mut self, furthest: usize) -> bool {
        self.pages.on_drawn(furthest)
    }

    fn restore(&mut self, _session: &Session) {
        self.pages.top = 0;
    }
}

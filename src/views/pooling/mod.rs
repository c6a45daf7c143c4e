//! The poolings side by side.

mod commands;
mod draw;

use ratatui::layout::Rect;

use super::{Extent, View};
use crate::{
    analysis::Table,
    state::{Fact, State, Subject, copied},
    widgets::{Look, canvas::Canvas},
};

/// The view.
#[derive(Debug, Default)]
pub struct PoolingView;

impl View for PoolingView {
    fn id(&self) -> &'static str {
        "pooling"
    }

    fn label(&self) -> &'static str {
        "Pooling"
    }

    fn subject(&self) -> Subject {
        Subject::Alone
    }

    fn draw(&self, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) -> Extent {
        let furthest = state.readings.as_ref().map_or(0, |readings| draw::draw(state, readings, look, area, canvas));
        Extent { furthest, cursor: None }
    }

    fn tables(&self, state: &State) -> Vec<Table> {
        state.readings.as_ref().map_or_else(Vec::new, |readings| state.pooling_tables(readings))
    }

    fn facts(&self, state: &State) -> Vec<Fact> {
        let mut facts = state.text_facts(self.id());
        if let Some(pair) = state.readings.as_ref().and_then(|readings| readings.pair.as_ref()) {
            facts.push(("compared with", pair.b.trace.input.text.clone()));
        }
        [facts, state.reading_facts()].concat()
    }

    fn number(&self, state: &State) -> Result<(f32, String), &'static str> {
        state.pooling_number().ok_or(copied::NO_CURSOR)
    }
}

//! What switching off each head, or each word, changes.

mod commands;
mod draw;
mod tables;

use ratatui::layout::Rect;

use super::{Extent, View};
use crate::{
    analysis::Table,
    state::{ClickTarget, Fact, State, copied},
    widgets::{Look, canvas::Canvas},
};

/// The view.
#[derive(Debug, Default)]
pub struct SweepView;

impl View for SweepView {
    fn id(&self) -> &'static str {
        "sweep"
    }

    fn label(&self) -> &'static str {
        "Sweep"
    }

    fn draw(&self, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) -> Extent {
        if let Some(readings) = &state.readings {
            draw::draw(state, readings, look, area, canvas);
        }
        Extent::default()
    }

    fn tables(&self, state: &State) -> Vec<Table> {
        tables::tables(state)
    }

    fn facts(&self, state: &State) -> Vec<Fact> {
        [state.text_facts(self.id()), state.reading_facts()].concat()
    }

    fn number(&self, state: &State) -> Result<(f32, String), &'static str> {
        tables::number(state).ok_or(copied::NONE)
    }

    fn click(&mut self, target: ClickTarget, state: &mut State) -> bool {
        let ClickTarget::Line(line) = target else { return false };
        state.sweep.select(line);
        true
    }
}

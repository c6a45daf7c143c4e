//! What is held beside what is shown, and their difference.

mod commands;
mod draw;
mod tables;

use ratatui::layout::Rect;

use super::{Extent, View};
use crate::{
    analysis::Table,
    state::{Fact, Needs, Origin, State, copied},
    widgets::{Look, canvas::Canvas},
};

/// The view.
#[derive(Debug, Default)]
pub struct CompareView;

impl View for CompareView {
    fn id(&self) -> &'static str {
        "compare"
    }

    fn label(&self) -> &'static str {
        "Compare"
    }

    fn needs(&self) -> Needs {
        Needs { square: true, ..Needs::default() }
    }

    fn draw(&self, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) -> Extent {
        draw::draw(state, look, area, canvas);
        Extent::default()
    }

    fn tables(&self, state: &State) -> Vec<Table> {
        tables::tables(state)
    }

    fn facts(&self, state: &State) -> Vec<Fact> {
        let mut facts = [state.text_facts(self.id()), state.reading_facts()].concat();
        if let Some(compared) = &state.compared {
            facts.push(("held", compared.held.describe(compared.origin)));
            facts.push(("shown", compared.shown.describe(Origin::Asked)));
        }
        [facts, state.merged_facts(), state.unit_facts()].concat()
    }

    fn number(&self, state: &State) -> Result<(f32, String), &'static str> {
        tables::number(state).ok_or(copied::NONE)
    }
}

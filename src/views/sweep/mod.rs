//! What switching off each head, or each word, changes.

mod draw;

use ratatui::layout::Rect;

use super::{Extent, View};
use crate::{
    state::{BarEntry, CommandTable, Group, State},
    widgets::{Look, canvas::Canvas},
};

/// The view.
#[derive(Debug, Default)]
pub struct SweepView;

// What its keys do is still `State::update`'s; its numbers are `State::tables`'.
impl CommandTable for SweepView {
    const COMMANDS: &'static [Group<Self>] = &[];
    const BAR: &'static [BarEntry] = &[];
}

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
}

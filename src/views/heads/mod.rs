//! All heads of all layers at once.

mod draw;

use ratatui::layout::Rect;

use super::{Extent, View};
use crate::{
    state::{BarEntry, CommandTable, Group, Needs, State},
    widgets::{Look, canvas::Canvas},
};

/// The view.
#[derive(Debug, Default)]
pub struct HeadsView;

// What its keys do is still `State::update`'s; its numbers are `State::tables`'.
impl CommandTable for HeadsView {
    const COMMANDS: &'static [Group<Self>] = &[];
    const BAR: &'static [BarEntry] = &[];
}

impl View for HeadsView {
    fn id(&self) -> &'static str {
        "heads"
    }

    fn label(&self) -> &'static str {
        "Heads"
    }

    fn needs(&self) -> Needs {
        Needs { every_head: true, ..Needs::default() }
    }

    fn draw(&self, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) -> Extent {
        if let Some(readings) = &state.readings {
            draw::draw(state, readings, look, area, canvas);
        }
        Extent::default()
    }
}

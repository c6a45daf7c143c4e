//! What is held beside what is shown, and their difference.

mod draw;

use ratatui::layout::Rect;

use super::{Extent, View};
use crate::{
    state::{BarEntry, CommandTable, Group, Needs, State},
    widgets::{Look, canvas::Canvas},
};

/// The view.
#[derive(Debug, Default)]
pub struct CompareView;

// What its keys do is still `State::update`'s; its numbers are `State::tables`'.
impl CommandTable for CompareView {
    const COMMANDS: &'static [Group<Self>] = &[];
    const BAR: &'static [BarEntry] = &[];
}

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
}

//! The sentences of the list as points of a plane.

mod draw;

use ratatui::layout::Rect;

use super::{Extent, View};
use crate::{
    state::{BarEntry, CommandTable, Group, State, Subject},
    widgets::{Look, canvas::Canvas},
};

/// The view.
#[derive(Debug, Default)]
pub struct MapView;

// What its keys do is still `State::update`'s; its numbers are `State::tables`'.
impl CommandTable for MapView {
    const COMMANDS: &'static [Group<Self>] = &[];
    const BAR: &'static [BarEntry] = &[];
}

impl View for MapView {
    fn id(&self) -> &'static str {
        "map"
    }

    fn label(&self) -> &'static str {
        "Map"
    }

    fn subject(&self) -> Subject {
        Subject::List
    }

    fn is_ready(&self, state: &State) -> bool {
        state.model.is_some()
    }

    fn draw(&self, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) -> Extent {
        draw::draw(state, look, area, canvas);
        Extent::default()
    }
}

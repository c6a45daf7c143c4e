//! The poolings side by side.

mod draw;

use ratatui::layout::Rect;

use super::{Extent, View};
use crate::{
    state::{BarEntry, CommandTable, Group, State, Subject},
    widgets::{Look, canvas::Canvas},
};

/// The view.
#[derive(Debug, Default)]
pub struct PoolingView;

// What its keys do is still `State::update`'s; its numbers are `State::tables`'.
impl CommandTable for PoolingView {
    const COMMANDS: &'static [Group<Self>] = &[];
    const BAR: &'static [BarEntry] = &[];
}

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
}

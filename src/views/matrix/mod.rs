//! One layer's attention from every token to every token.

mod draw;

use ratatui::layout::Rect;

use super::{Extent, View};
use crate::{
    state::{BarEntry, CommandTable, Group, Needs, State},
    widgets::{Look, canvas::Canvas},
};

/// The view.
#[derive(Debug, Default)]
pub struct MatrixView;

// What its keys do is still `State::update`'s; its numbers are `State::tables`'.
impl CommandTable for MatrixView {
    const COMMANDS: &'static [Group<Self>] = &[];
    const BAR: &'static [BarEntry] = &[];
}

impl View for MatrixView {
    fn id(&self) -> &'static str {
        "matrix"
    }

    fn label(&self) -> &'static str {
        "Matrix"
    }

    fn needs(&self) -> Needs {
        Needs { square: true, matrix: true, ..Needs::default() }
    }

    fn draw(&self, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) -> Extent {
        if let Some(readings) = &state.readings {
            draw::draw(state, readings, look, area, canvas);
        }
        Extent::default()
    }
}

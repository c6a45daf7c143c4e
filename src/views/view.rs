//! What a view is to the rest of the explorer.

use std::fmt::Debug;

use ratatui::layout::{Position, Rect};

use crate::{
    analysis::Table,
    state::{Commands, State},
    widgets::{Look, canvas::Canvas},
};

/// A screen of the explorer: its own state, its commands ([`crate::state::CommandTable`]), its drawing, its tables.
pub trait View: Commands + Debug {
    /// Its name on the command line, in sessions and in keymap files; never changes.
    fn id(&self) -> &'static str;

    /// Its name on its tab.
    fn label(&self) -> &'static str;

    /// Whether there is anything to draw; else the frame says what is missing.
    fn is_ready(&self, state: &State) -> bool {
        state.readings.is_some()
    }

    /// Draws it. Nothing drawn changes the state; what only drawing shows is returned.
    fn draw(&self, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) -> Extent;

    /// The numbers behind it; none where there is nothing to see.
    fn tables(&self, state: &State) -> Vec<Table> {
        state.tables()
    }

    /// What to know about these numbers, in the order it is told.
    fn facts(&self, state: &State) -> Vec<(&'static str, String)> {
        state.facts()
    }

    /// The number under the cursor and what it is; or why there is none.
    fn number(&self, state: &State) -> Result<(f32, String), &'static str> {
        state.number()
    }
}

/// What only drawing shows of a view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// How far it can be scrolled.
    pub furthest: usize,
    /// Where the text cursor stands, if text is typed into it.
    pub cursor: Option<Position>,
}

//! A list of sentences, each held against each.

mod draw;

use ratatui::layout::Rect;

use super::{Extent, View};
use crate::{
    state::{BarEntry, CommandTable, Group, State, Subject},
    widgets::{Look, canvas::Canvas},
};

/// The view.
#[derive(Debug, Default)]
pub struct SentencesView;

// What its keys do is still `State::update`'s; its numbers are `State::tables`'.
impl CommandTable for SentencesView {
    const COMMANDS: &'static [Group<Self>] = &[];
    const BAR: &'static [BarEntry] = &[];
}

impl View for SentencesView {
    fn id(&self) -> &'static str {
        "sentences"
    }

    fn label(&self) -> &'static str {
        "Sentences"
    }

    fn subject(&self) -> Subject {
        Subject::List
    }

    fn on_hidden(&mut self, state: &mut State) {
        state.leave_line();
    }

    fn is_ready(&self, state: &State) -> bool {
        state.model.is_some()
    }

    fn draw(&self, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) -> Extent {
        Extent { furthest: 0, cursor: draw::draw(state, look, area, canvas) }
    }
}

//! A list of sentences, each held against each.

mod commands;
mod draw;
mod tables;

use ratatui::layout::Rect;

use super::{Extent, Legend, View, legend};
use crate::{
    analysis::Table,
    messages::{Label, label},
    state::{CommandInfo, Fact, State, Subject, list},
    widgets::{Look, canvas::Canvas},
};

/// The view. The list and its cursor are those that both views of the list share.
#[derive(Debug, Default)]
pub struct SentencesView;

impl View for SentencesView {
    fn id(&self) -> &'static str {
        "sentences"
    }

    fn legend(&self) -> Option<&'static Legend> {
        Some(legend::LIST)
    }

    fn label(&self) -> Label {
        label!("sentences-tab")
    }

    fn shown_by(&self) -> CommandInfo {
        CommandInfo { id: "show-sentences", keys: &["f8"], description: label!("sentences-command-show") }
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

    fn tables(&self, state: &State) -> Vec<Table> {
        tables::tables(&state.list)
    }

    fn facts(&self, state: &State) -> Vec<Fact> {
        state.list_facts(self.id())
    }

    /// The cosine under the cursor and the left pooling.
    fn number(&self, state: &State) -> Result<(f32, String), Label> {
        list::number(&state.list, state.list.other())
    }
}

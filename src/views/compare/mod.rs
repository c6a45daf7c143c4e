//! A baseline beside what is shown, and their difference.

mod commands;
mod comparison;
mod draw;
mod tables;

use std::sync::Arc;

use ratatui::layout::Rect;

use super::{
    Legend, legend,
    view::{Extent, View},
};
use crate::{
    analysis::Table,
    messages::{Label, label},
    state::{CommandInfo, Fact, Needs, Reading, Snapshot, State, copied},
    widgets::{Look, canvas::Canvas},
};
pub use comparison::{Compared, Origin};

/// The view. What is pinned is in the state: other views pin as well.
#[derive(Debug, Default)]
pub struct CompareView {
    /// What was shown when the comparison came on screen, to compare with while nothing is pinned.
    first: Option<Snapshot>,
    /// The baseline beside what is shown; only while the comparison is on screen.
    compared: Option<Compared>,
}

impl CompareView {
    /// The baseline beside what is shown; none while the comparison is not on screen.
    pub fn compared(&self) -> Option<&Compared> {
        self.compared.as_ref()
    }

    /// Whether what is shown is compared with what was shown first, and is something else by now.
    fn can_start_again(&self) -> bool {
        self.compared.as_ref().is_some_and(|compared| compared.origin == Origin::First && !compared.is_same())
    }
}

impl View for CompareView {
    fn id(&self) -> &'static str {
        "compare"
    }

    fn legend(&self) -> Option<&'static Legend> {
        Some(legend::ATTENTION)
    }

    fn label(&self) -> Label {
        label!("compare-tab")
    }

    fn shown_by(&self) -> CommandInfo {
        CommandInfo { id: "show-compare", keys: &["f5"], description: label!("compare-command-show") }
    }

    fn has_layers(&self) -> bool {
        true
    }

    fn needs(&self) -> Needs {
        Needs { square: true, measure: true, ..Needs::default() }
    }

    fn measured(&self, state: &State) -> Vec<Arc<Reading>> {
        let shown = state.snapshot();
        let compared = self.compared.as_ref().map(|compared| compared.baseline.clone());
        let sides = shown
            .iter()
            .chain(compared.iter().filter(|side| shown.as_ref().is_some_and(|it| it.opened == side.opened)));
        sides.map(|side| side.reading.clone()).collect()
    }

    fn draw(&self, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) -> Extent {
        if let Some(compared) = &self.compared {
            draw::draw(compared, state, look, area, canvas);
        }
        Extent::default()
    }

    fn tables(&self, state: &State) -> Vec<Table> {
        match &self.compared {
            Some(compared) if state.attended().is_some() => tables::tables(compared, state),
            _ => Vec::new(),
        }
    }

    fn facts(&self, state: &State) -> Vec<Fact> {
        let sides = self.compared.as_ref().map(Compared::facts).unwrap_or_default();
        let text = [state.text_facts(self.id()), state.reading_facts()].concat();
        [text, sides, state.merged_facts(), state.unit_facts()].concat()
    }

    fn number(&self, state: &State) -> Result<(f32, String), Label> {
        let compared = self.compared.as_ref().filter(|_| state.attended().is_some());
        compared.and_then(|compared| compared.number(&state.attention)).ok_or(copied::NONE)
    }

    fn on_hidden(&mut self, _state: &mut State) {
        (self.first, self.compared) = (None, None);
    }

    fn refresh(&mut self, state: &mut State, on_screen: bool) {
        if !on_screen {
            return;
        }
        match state.snapshot() {
            Some(shown) => {
                let first = self.first.get_or_insert_with(|| shown.clone());
                self.compared = Some(Compared::new(state, first, shown, self.compared.take()));
            }
            None if state.readings.is_none() => self.compared = None,
            // The model before has read what is there: it stays until the new one has.
            None => {}
        }
    }
}

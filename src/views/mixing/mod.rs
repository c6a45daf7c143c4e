//! What the vector of a token is made of, layer by layer, and what is often said of `[CLS]`, tested on the sentence.

mod commands;
mod draw;
mod mixing_state;
mod tables;

use std::sync::Arc;

use ratatui::layout::Rect;

use super::{Extent, View};
use crate::{
    analysis::{Measure, Table},
    messages::{Label, label},
    state::{CommandInfo, Fact, Needs, Reading, State, copied},
    widgets::{Look, canvas::Canvas},
};
pub use mixing_state::Mixing;

/// The view. The token that is explained, and the layer of the cursor, are those of the views of attention.
#[derive(Debug, Default)]
pub struct MixingView {
    /// Which of [`Mixing::measures`] the shares are under.
    chosen: usize,
    /// What is known of the reading that is shown.
    mixing: Option<Mixing>,
}

impl MixingView {
    /// What is known; none before all of it is worked out for the first time.
    pub fn mixing(&self) -> Option<&Mixing> {
        self.mixing.as_ref()
    }

    /// The measure that the shares are under.
    pub fn measure(&self) -> Measure {
        let measures = Mixing::measures();
        measures[self.chosen % measures.len()]
    }
}

impl View for MixingView {
    fn id(&self) -> &'static str {
        "mixing"
    }

    fn label(&self) -> Label {
        label!("mixing-tab")
    }

    fn shown_by(&self) -> CommandInfo {
        CommandInfo { id: "show-mixing", keys: &["f10"], description: label!("mixing-command-show") }
    }

    fn has_layers(&self) -> bool {
        true
    }

    fn needs(&self) -> Needs {
        Needs { background: true, ..Needs::default() }
    }

    fn measures(&self, _state: &State) -> Vec<Measure> {
        Mixing::measures().to_vec()
    }

    fn measured(&self, state: &State) -> Vec<Arc<Reading>> {
        state.snapshot().map(|shown| shown.reading).into_iter().collect()
    }

    fn draw(&self, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) -> Extent {
        draw::draw(self, state, look, area, canvas);
        Extent::default()
    }

    fn tables(&self, state: &State) -> Vec<Table> {
        self.mixing.as_ref().map_or(Vec::new(), |mixing| tables::tables(mixing, state))
    }

    fn facts(&self, state: &State) -> Vec<Fact> {
        let text = [state.text_facts(self.id()), state.reading_facts()].concat();
        let own = self
            .mixing
            .as_ref()
            .map(|mixing| vec![("measure", mixing.measure.to_string()), ("token", mixing.name(mixing.unit))]);
        [text, own.unwrap_or_default()].concat()
    }

    /// The share of the token itself in the cursor's layer.
    fn number(&self, state: &State) -> Result<(f32, String), Label> {
        let mixing = self.mixing.as_ref().ok_or(copied::NONE)?;
        let layer = state.attention.layer.min(mixing.layers.len().saturating_sub(1));
        let shares = mixing.layers.get(layer).ok_or(copied::NONE)?;
        Ok((shares.own, tables::number_of(mixing, layer)))
    }

    fn refresh(&mut self, state: &mut State, on_screen: bool) {
        if !on_screen {
            return;
        }
        match state.snapshot() {
            Some(shown) => {
                let (measure, token) = (self.measure(), state.attention.source);
                if let Some(mixing) = Mixing::renewed(self.mixing.take(), &shown.reading, measure, token) {
                    self.mixing = Some(mixing);
                }
            }
            None if state.readings.is_none() => self.mixing = None,
            None => {}
        }
    }
}

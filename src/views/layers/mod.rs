//! Where one token looks, layer by layer, and head by head in the cursor's layer.

mod commands;
mod draw;
mod tables;

use ratatui::layout::Rect;

use super::{Extent, Legend, View, legend};
use crate::{
    analysis::Table,
    messages::{Label, label},
    state::{CommandInfo, Fact, Needs, State, copied},
    widgets::{Look, canvas::Canvas},
};

/// The view. Cursor and options are those that all views of attention share.
#[derive(Debug, Default)]
pub struct LayersView;

impl View for LayersView {
    fn id(&self) -> &'static str {
        "layers"
    }

    fn legend(&self) -> Option<&'static Legend> {
        Some(legend::ATTENTION)
    }

    fn label(&self) -> Label {
        label!("layers-tab")
    }

    fn shown_by(&self) -> CommandInfo {
        CommandInfo { id: "show-layers", keys: &["f2"], description: label!("layers-command-show") }
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["attention"]
    }

    fn has_layers(&self) -> bool {
        true
    }

    fn needs(&self) -> Needs {
        Needs { measure: true, ..Needs::default() }
    }

    fn draw(&self, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) -> Extent {
        if let Some(readings) = &state.readings {
            draw::draw(state, readings, look, area, canvas);
        }
        Extent::default()
    }

    fn tables(&self, state: &State) -> Vec<Table> {
        tables::tables(state)
    }

    fn facts(&self, state: &State) -> Vec<Fact> {
        let text = [state.text_facts(self.id()), state.reading_facts()].concat();
        [text, state.source_facts(), state.merged_facts(), state.unit_facts()].concat()
    }

    fn number(&self, state: &State) -> Result<(f32, String), Label> {
        let attention = &state.attention;
        let (shown, reading) = attention.shown.as_ref().zip(state.reading()).ok_or(copied::NONE)?;
        let unit = shown.units.unit_of(attention.token);
        let weight = shown.map.rows[attention.layer].weights[unit];
        Ok((weight, copied::place(reading, shown, attention.layer, shown.looks(), unit)))
    }
}

//! One layer's attention from every token to every token.

mod commands;
mod draw;
mod tables;

use ratatui::layout::Rect;

use super::{
    Legend, legend,
    view::{Extent, View},
};
use crate::{
    analysis::Table,
    messages::{Label, label},
    state::{CommandInfo, Fact, Needs, Session, State, Zoom, copied},
    widgets::{Look, canvas::Canvas},
};

/// The view. Cursor and options are those that all views of attention share.
#[derive(Debug, Default)]
pub struct MatrixView {
    zoom: Zoom,
}

impl View for MatrixView {
    fn id(&self) -> &'static str {
        "matrix"
    }

    fn legend(&self) -> Option<&'static Legend> {
        Some(legend::ATTENTION)
    }

    fn label(&self) -> Label {
        label!("matrix-tab")
    }

    fn shown_by(&self) -> CommandInfo {
        CommandInfo { id: "show-matrix", keys: &["f4"], description: label!("matrix-command-show") }
    }

    fn has_layers(&self) -> bool {
        true
    }

    fn needs(&self) -> Needs {
        Needs { square: true, matrix: true, measure: true, ..Needs::default() }
    }

    fn draw(&self, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) -> Extent {
        if let Some(readings) = &state.readings {
            draw::draw(self.zoom, state, readings, look, area, canvas);
        }
        Extent::default()
    }

    fn tables(&self, state: &State) -> Vec<Table> {
        tables::tables(state)
    }

    fn facts(&self, state: &State) -> Vec<Fact> {
        [state.text_facts(self.id()), state.reading_facts(), state.merged_facts(), state.unit_facts()].concat()
    }

    fn number(&self, state: &State) -> Result<(f32, String), Label> {
        let (reading, shown) = state.attended().ok_or(copied::NONE)?;
        let matrix = shown.matrix.as_ref().ok_or(copied::NONE)?;
        let unit = shown.units.unit_of(state.attention.token);
        let weight = matrix.rows[shown.map.source].weights[unit];
        Ok((weight, copied::place(reading, shown, state.attention.layer, true, unit)))
    }

    fn save(&self, session: &mut Session) {
        session.zoom = self.zoom;
    }

    fn restore(&mut self, session: &Session) {
        self.zoom = session.zoom;
    }
}

//! One layer's attention from every token to every token.

mod commands;
mod draw;
mod tables;

use ratatui::layout::Rect;

use super::{Extent, View};
use crate::{
    analysis::Table,
    state::{Fact, Needs, State, copied},
    widgets::{Look, canvas::Canvas},
};

/// The view.
#[derive(Debug, Default)]
pub struct MatrixView;

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

    fn tables(&self, state: &State) -> Vec<Table> {
        tables::tables(state)
    }

    fn facts(&self, state: &State) -> Vec<Fact> {
        let text = [state.text_facts(self.id()), state.reading_facts()].concat();
        [text, state.merged_facts(), state.unit_facts()].concat()
    }

    fn number(&self, state: &State) -> Result<(f32, String), &'static str> {
        let attention = &state.attention;
        let (passage, shown) = state.attended().ok_or(copied::NONE)?;
        let matrix = shown.matrix.as_ref().ok_or(copied::NONE)?;
        let unit = shown.units.unit_of(attention.token);
        Ok((matrix.rows[shown.map.source].weights[unit], copied::place(passage, shown, attention.layer, true, unit)))
    }
}

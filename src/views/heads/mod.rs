//! All heads of all layers at once.

mod commands;
mod draw;
mod tables;

use ratatui::layout::Rect;

use super::{Extent, View};
use crate::{
    analysis::{HeadChoice, Table},
    labels::analysis::{head_choice, statistic},
    state::{Fact, Needs, State, copied},
    widgets::{Look, canvas::Canvas},
};

/// The view.
#[derive(Debug, Default)]
pub struct HeadsView;

impl View for HeadsView {
    fn id(&self) -> &'static str {
        "heads"
    }

    fn label(&self) -> &'static str {
        "Heads"
    }

    fn needs(&self) -> Needs {
        Needs { every_head: true, ..Needs::default() }
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
        [text, state.source_facts(), state.unit_facts()].concat()
    }

    fn number(&self, state: &State) -> Result<(f32, String), &'static str> {
        let attention = &state.attention;
        let (passage, _) = state.attended().ok_or(copied::NONE)?;
        let (head, which) = (attention.head().ok_or(copied::NO_HEAD)?, attention.statistic_of(passage));
        let name = head_choice(HeadChoice::One(head));
        let of = format!("layer {}, {name}: {}", attention.layer + 1, statistic(which));
        Ok((passage.heads(attention.options.measure).value(attention.layer, head, which), of))
    }
}

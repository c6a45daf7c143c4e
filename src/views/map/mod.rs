//! The sentences of the list as points of a plane.

mod color;
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
use color::PointColor;

/// The view. The list and its cursor are those that both views of the list share.
#[derive(Debug, Default)]
pub struct MapView {
    /// What the colours of its points stand for.
    color: PointColor,
}

impl View for MapView {
    fn id(&self) -> &'static str {
        "map"
    }

    fn legend(&self) -> Option<&'static Legend> {
        Some(legend::LIST)
    }

    fn label(&self) -> Label {
        label!("map-tab")
    }

    fn shown_by(&self) -> CommandInfo {
        CommandInfo { id: "show-map", keys: &["f9"], description: label!("map-command-show") }
    }

    fn subject(&self) -> Subject {
        Subject::List
    }

    fn is_ready(&self, state: &State) -> bool {
        state.model.is_some()
    }

    fn draw(&self, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) -> Extent {
        draw::draw(state, self.color, look, area, canvas);
        Extent::default()
    }

    fn tables(&self, state: &State) -> Vec<Table> {
        tables::tables(&state.list)
    }

    fn facts(&self, state: &State) -> Vec<Fact> {
        state.list_facts(self.id())
    }

    /// The cosine with the nearest sentence under the left pooling.
    fn number(&self, state: &State) -> Result<(f32, String), Label> {
        let (nearest, _) = state.list.nearest(0).first().ok_or(list::NO_PAIR)?;
        list::number(&state.list, *nearest)
    }
}

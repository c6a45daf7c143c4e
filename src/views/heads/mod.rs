//! All heads of all layers at once.

mod commands;
mod draw;
mod statistic;
mod tables;

use ratatui::layout::Rect;

use super::{
    Legend, legend,
    view::{Extent, View},
};
use crate::{
    analysis::{AttentionOptions, HeadChoice, Statistic, Table},
    labels,
    messages::{Label, label, message},
    state::{CommandInfo, Fact, Needs, Session, State, copied},
    widgets::{Look, canvas::Canvas},
};
use statistic::{ChosenStatistic, HeadNumbers};

/// The view. The cursor's layer and head are those that all views of attention share.
#[derive(Debug, Default)]
pub struct HeadsView {
    chosen: ChosenStatistic,
}

impl HeadsView {
    /// The number that is shown of each head; none before the first reading.
    pub fn statistic(&self, state: &State) -> Option<Statistic> {
        Some(self.chosen.shown(&HeadNumbers::new(state)?))
    }

    /// Whether the heads stand in the order of that number, largest first.
    pub fn is_sorted(&self) -> bool {
        self.chosen.sorted
    }
}

impl View for HeadsView {
    fn id(&self) -> &'static str {
        "heads"
    }

    fn legend(&self) -> Option<&'static Legend> {
        Some(legend::ATTENTION)
    }

    fn label(&self) -> Label {
        label!("heads-tab")
    }

    fn shown_by(&self) -> CommandInfo {
        CommandInfo { id: "show-heads", keys: &["f3"], description: label!("heads-command-show") }
    }

    fn has_layers(&self) -> bool {
        true
    }

    fn needs(&self) -> Needs {
        Needs { every_head: true, measure: true, ..Needs::default() }
    }

    fn draw(&self, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) -> Extent {
        if let Some(readings) = &state.readings {
            draw::draw(&self.chosen, state, readings, look, area, canvas);
        }
        Extent::default()
    }

    fn tables(&self, state: &State) -> Vec<Table> {
        tables::tables(&self.chosen, state)
    }

    fn facts(&self, state: &State) -> Vec<Fact> {
        let text = [state.text_facts(self.id()), state.reading_facts(), state.measure_facts()].concat();
        [text, state.source_facts(), state.unit_facts()].concat()
    }

    fn number(&self, state: &State) -> Result<(f32, String), Label> {
        let (reading, shown) = state.attended().ok_or(copied::NONE)?;
        let heads = HeadNumbers::new(state).ok_or(copied::NONE)?;
        let (layer, head) =
            (state.attention.layer, heads.plane_of(state.attention.head()).ok_or(label!("heads-no-head"))?);
        let statistic = self.chosen.shown(&heads);
        let options = AttentionOptions { heads: HeadChoice::One(head), ..shown.map.options };
        let name = labels::analysis::heads(options, reading.trace.heads);
        let statistic_name = labels::analysis::statistic(statistic);
        let of = message!("heads-number-of", layer = layer + 1, head = name, statistic = statistic_name);
        Ok((heads.value(layer, head, statistic), of))
    }

    fn save(&self, session: &mut Session) {
        (session.statistic, session.sorted) = (self.chosen.wanted, self.chosen.sorted);
    }

    fn restore(&mut self, session: &Session) {
        self.chosen = ChosenStatistic { wanted: session.statistic, sorted: session.sorted };
    }
}

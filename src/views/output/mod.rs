//! What the model's heads say of the text: labels, next sentence, entities, answers, words for `[MASK]`; before and after
//! ablations.

mod commands;
mod draw;
mod sections;
mod tables;

use ratatui::layout::Rect;

use super::{Extent, View};
use crate::{
    analysis::Table,
    messages::{Label, label},
    state::{CommandInfo, Fact, State, copied},
    widgets::{Look, canvas::Canvas},
};
use sections::{OutputRow, OutputSection, sections};

/// The view, with a cursor on one of its rows.
#[derive(Debug, Default)]
pub struct OutputView {
    row: usize,
}

impl OutputView {
    /// What is shown: of the reading that is chosen, beside the same without ablations.
    fn sections(state: &State) -> Vec<OutputSection> {
        let (Some(reading), Some(readings)) = (state.reading(), &state.readings) else { return Vec::new() };
        let before = readings.unablated.as_ref().map(|whole| whole.readings.get(state.attention.reading_choice));
        sections(reading, before.map(|before| &**before))
    }

    fn count(state: &State) -> usize {
        Self::sections(state).iter().map(|section| section.rows.len()).sum()
    }

    fn cursor(&self, state: &State) -> usize {
        self.row.min(Self::count(state).saturating_sub(1))
    }

    fn go(&mut self, state: &State, by: isize) {
        self.row = self.cursor(state).saturating_add_signed(by).min(Self::count(state).saturating_sub(1));
    }
}

impl View for OutputView {
    fn id(&self) -> &'static str {
        "output"
    }

    fn label(&self) -> Label {
        label!("output-tab")
    }

    fn shown_by(&self) -> CommandInfo {
        CommandInfo { id: "show-output", keys: &["f11"], description: label!("output-command-show") }
    }

    fn draw(&self, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) -> Extent {
        draw::draw(&Self::sections(state), self.cursor(state), state, look, area, canvas);
        Extent::default()
    }

    fn tables(&self, state: &State) -> Vec<Table> {
        Self::sections(state).iter().map(tables::table).collect()
    }

    fn facts(&self, state: &State) -> Vec<Fact> {
        [state.text_facts(self.id()), state.reading_facts()].concat()
    }

    /// The score under the cursor.
    fn number(&self, state: &State) -> Result<(f32, String), Label> {
        let sections = Self::sections(state);
        let rows = sections.iter().flat_map(|section| section.rows.iter().map(move |row| (section, row)));
        let (section, row) = rows.into_iter().nth(self.cursor(state)).ok_or(copied::NONE)?;
        Ok((row.score, format!("{}: {}", section.title, row.name)))
    }
}

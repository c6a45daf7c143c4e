//! What the vector of a token is made of, layer by layer, and what is often said of `[CLS]`, tested on the sentence.

mod commands;
mod draw;
mod mixing_state;
mod pages;
mod studies;
mod tables;

use std::sync::Arc;

use ratatui::layout::Rect;

use super::{Extent, Legend, View, legend};
use crate::{
    analysis::{Measure, MixedVector, Table, TraitOrder},
    messages::{Label, label},
    state::{CommandInfo, Fact, Job, Needs, Reading, Report, State, copied},
    widgets::{Look, canvas::Canvas},
};
pub use mixing_state::{MixedLayer, Mixing};
pub use pages::MixingPage;
pub use studies::{MixingStudies, MixingStudy};

/// The view. The token that is explained, and the layer of the cursor, are those of the views of attention.
#[derive(Debug, Default)]
pub struct MixingView {
    /// Of [`Mixing::measures`], the one that the shares are under; none for [`Measure::of_mixing`].
    measure: Option<Measure>,
    /// What is known of the reading that is shown.
    mixing: Option<Mixing>,
    /// The page that is open.
    page: MixingPage,
    /// The order of the page of tokens.
    order: TraitOrder,
    /// What is explained instead of the token: the mean, or the pooler output.
    whole: Option<MixedVector>,
    /// What is found out while the page that shows it is open.
    studies: MixingStudies,
}

impl MixingView {
    /// What is known; none before all of it is worked out for the first time.
    pub fn mixing(&self) -> Option<&Mixing> {
        self.mixing.as_ref()
    }

    /// The page that is open.
    pub fn page(&self) -> MixingPage {
        self.page
    }

    /// The order of the page of tokens.
    pub fn order(&self) -> TraitOrder {
        self.order
    }

    /// What is found out for the pages.
    pub fn studies(&self) -> &MixingStudies {
        &self.studies
    }

    /// Whether what is known is of the reading that is shown.
    fn is_current(&self, state: &State) -> bool {
        let shown = state.snapshot().map(|shown| shown.reading);
        self.mixing.as_ref().zip(shown).is_some_and(|(mixing, shown)| Arc::ptr_eq(&mixing.reading, &shown))
    }

    /// The measure that the shares are under.
    pub fn measure(&self) -> Measure {
        self.measure.unwrap_or_else(Measure::of_mixing)
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

    fn legend(&self) -> Option<&'static Legend> {
        Some(legend::MIXING)
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
        self.mixing
            .as_ref()
            .map_or(Vec::new(), |mixing| tables::tables(mixing, &self.studies, self.page, self.order, state))
    }

    fn facts(&self, state: &State) -> Vec<Fact> {
        let text = [state.text_facts(self.id()), state.reading_facts()].concat();
        let own = self
            .mixing
            .as_ref()
            .map(|mixing| vec![("measure", mixing.measure.to_string()), ("token", mixing.name(mixing.vector))]);
        [text, own.unwrap_or_default()].concat()
    }

    /// The share of the token itself in the cursor's layer.
    fn number(&self, state: &State) -> Result<(f32, String), Label> {
        let mixing = self.mixing.as_ref().ok_or(copied::NONE)?;
        let layer = state.attention.layer.min(mixing.layers.len().saturating_sub(1));
        let shares = mixing.layers.get(layer).and_then(|of| of.shares).ok_or(copied::NONE)?;
        if mixing.vector != MixedVector::Unit(mixing.unit) {
            return Err(copied::NONE);
        }
        Ok((shares.own, tables::number_of(mixing, layer)))
    }

    fn on_report(&mut self, report: &Report, _state: &mut State) {
        match report {
            Report::Mixed { number, result } => self.studies.on_report(*number, result),
            Report::Model { result: Ok(_), .. } => drop(self.studies.forget()),
            _ => {}
        }
    }

    fn on_job(&mut self, job: &Job) {
        self.studies.on_job(job);
    }

    fn due(&mut self, state: &mut State, on_screen: bool) -> Option<Job> {
        if state.is_empty() {
            return self.studies.forget();
        }
        let is_open = on_screen && self.mixing.is_some();
        is_open.then(|| self.studies.begin_if_due(self.page, state)).flatten()
    }

    fn under_way(&self, _state: &State) -> Option<Label> {
        self.studies.is_running().then_some(label!("mixing-command-cancel-bar"))
    }

    fn cancel(&mut self, _state: &mut State) -> Option<Job> {
        self.studies.cancel()
    }

    fn refresh(&mut self, state: &mut State, on_screen: bool) {
        if !on_screen {
            return;
        }
        match state.snapshot() {
            Some(shown) => {
                let (measure, token) = (self.measure(), state.attention.source);
                let unrelated = tables::unrelated_means(state);
                self.mixing =
                    Mixing::renewed(self.mixing.take(), &shown.reading, measure, (token, self.whole), unrelated);
            }
            None if state.readings.is_none() => self.mixing = None,
            None => {}
        }
    }
}

//! What switching off each head, or each word, changes.

mod commands;
mod draw;
mod names;
mod state;
mod tables;

use ratatui::layout::Rect;

use super::{Extent, Legend, View, legend};
use crate::{
    analysis::Table,
    messages::{Label, label},
    state::{ClickTarget, CommandInfo, Fact, Job, JobKind, Report, Stage, State, copied},
    widgets::{Look, canvas::Canvas},
};

pub use state::SweepState;

/// The view.
#[derive(Debug, Default)]
pub struct SweepView {
    /// What is swept, and what has been found.
    pub sweep: SweepState,
}

impl View for SweepView {
    fn id(&self) -> &'static str {
        "sweep"
    }

    fn legend(&self) -> Option<&'static Legend> {
        Some(legend::ATTENTION)
    }

    fn label(&self) -> Label {
        label!("sweep-tab")
    }

    fn shown_by(&self) -> CommandInfo {
        CommandInfo { id: "show-sweep", keys: &["f6"], description: label!("sweep-command-show") }
    }

    fn draw(&self, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) -> Extent {
        if let Some(readings) = &state.readings {
            draw::draw(&self.sweep, state, readings, look, area, canvas);
        }
        Extent::default()
    }

    fn tables(&self, state: &State) -> Vec<Table> {
        tables::tables(&self.sweep, state)
    }

    fn facts(&self, state: &State) -> Vec<Fact> {
        [state.text_facts(self.id()), state.reading_facts()].concat()
    }

    fn number(&self, _state: &State) -> Result<(f32, String), Label> {
        tables::number(&self.sweep).ok_or(copied::NONE)
    }

    fn on_report(&mut self, report: &Report, _state: &mut State) {
        match report {
            Report::Sweep { number, result } => self.sweep.on_report(*number, result.clone()),
            // The next reading ends what is under way, or there is none.
            Report::Model { result: Ok(_), .. } => drop(self.sweep.forget()),
            _ => {}
        }
    }

    /// The worker turns to something else.
    fn on_job(&mut self, job: &Job) {
        if job.ends(JobKind::Sweep) {
            self.sweep.interrupt();
        }
    }

    fn due(&mut self, state: &mut State, on_screen: bool) -> Option<Job> {
        if state.is_empty() {
            return self.sweep.forget();
        }
        on_screen.then(|| self.sweep.begin_if_due(state)).flatten()
    }

    fn refresh(&mut self, state: &mut State, _on_screen: bool) {
        self.sweep.follow(state.about);
    }

    fn under_way(&self, _state: &State) -> Option<Label> {
        (self.sweep.stage == Stage::Running).then_some(label!("sweep-command-cancel-bar"))
    }

    fn cancel(&mut self, _state: &mut State) -> Option<Job> {
        self.sweep.cancel()
    }

    fn click(&mut self, target: ClickTarget, _state: &mut State) -> bool {
        let ClickTarget::Line(line) = target else { return false };
        self.sweep.select(line);
        true
    }
}

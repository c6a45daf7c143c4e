//! What the model's heads, and probes, say of the text: labels, next sentence, entities, answers, words for `[MASK]`; before and
//! after ablations; and why.

mod commands;
mod draw;
mod sections;
mod tables;
mod why;

use ratatui::layout::Rect;

use super::{Extent, View};
use crate::{
    analysis::{LogitTarget, Table},
    messages::{Label, label},
    state::{ClickTarget, CommandInfo, Fact, Job, Report, Stage, State, copied},
    widgets::{Look, canvas::Canvas},
};
use sections::{OutputRow, OutputScore, OutputSection, sections};
use why::{WhyBy, WhyState};

/// The view, with a cursor on one of its scores.
#[derive(Debug, Default)]
pub struct OutputView {
    row: usize,
    column: usize,
    why: WhyState,
}

impl OutputView {
    fn count(state: &State) -> usize {
        sections(state).iter().map(|section| section.rows.len()).sum()
    }

    fn cursor(&self, state: &State) -> usize {
        self.row.min(Self::count(state).saturating_sub(1))
    }

    fn go(&mut self, state: &State, by: isize) {
        self.row = self.cursor(state).saturating_add_signed(by).min(Self::count(state).saturating_sub(1));
    }

    /// The score under the cursor, and what it is called.
    fn chosen(&self, sections: &[OutputSection]) -> Option<(OutputScore, String)> {
        let count: usize = sections.iter().map(|section| section.rows.len()).sum();
        let rows = sections.iter().flat_map(|section| section.rows.iter().map(move |row| (section, row)));
        let (section, row) = rows.into_iter().nth(self.row.min(count.saturating_sub(1)))?;
        let column = self.column.min(row.scores.len().saturating_sub(1));
        Some((row.scores.get(column)?.clone(), section.name_of(row, column)))
    }

    fn target(&self, state: &State) -> Option<LogitTarget> {
        self.chosen(&sections(state))?.0.target
    }

    /// How many scores the row under the cursor has.
    fn columns(&self, state: &State) -> usize {
        let cursor = self.cursor(state);
        let rows = sections(state).into_iter().flat_map(|section| section.rows);
        rows.into_iter().nth(cursor).map_or(0, |row| row.scores.len())
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
        draw::draw(self, state, look, area, canvas);
        Extent::default()
    }

    fn tables(&self, state: &State) -> Vec<Table> {
        let sections = sections(state);
        let why = self.target(state).and_then(|target| self.why.of(&target).cloned());
        let name = self.chosen(&sections).map_or_else(String::new, |(_, name)| name);
        let of_why = why.iter().flat_map(|why| {
            [Some(tables::words(why, &name)), tables::heads(why, &name), Some(tables::layers(why, &name))]
        });
        sections.iter().map(tables::scores).chain(of_why.flatten()).collect()
    }

    fn facts(&self, state: &State) -> Vec<Fact> {
        [state.text_facts(self.id()), state.reading_facts()].concat()
    }

    /// The score under the cursor.
    fn number(&self, state: &State) -> Result<(f32, String), Label> {
        let (score, name) = self.chosen(&sections(state)).ok_or(copied::NONE)?;
        Ok((score.score, name))
    }

    fn on_report(&mut self, report: &Report, _state: &mut State) {
        match report {
            Report::Explained { number, result } => self.why.on_report(*number, result),
            // It ends what is under way, or there is none.
            Report::Model { result: Ok(_), .. } => self.why.forget(),
            _ => {}
        }
    }

    fn on_job(&mut self, job: &Job) {
        if matches!(
            job,
            Job::Read(_) | Job::Sweep(_) | Job::ReadList(_) | Job::WorkOut(_) | Job::Quantities(_) | Job::Mix(_)
        ) {
            self.why.interrupt();
        }
    }

    fn refresh(&mut self, state: &mut State, _on_screen: bool) {
        state.output = self.target(state);
    }

    fn due(&mut self, state: &mut State, on_screen: bool) -> Option<Job> {
        let target = state.output.clone().filter(|_| on_screen);
        let job = self.why.begin_if_due(target, state);
        if job.is_some() {
            state.list.interrupt();
        }
        job
    }

    fn under_way(&self, _state: &State) -> Option<Label> {
        (self.why.stage == Stage::Running).then_some(label!("output-command-cancel-bar"))
    }

    fn cancel(&mut self, _state: &mut State) -> Option<Job> {
        self.why.cancel()
    }

    fn click(&mut self, target: ClickTarget, _state: &mut State) -> bool {
        let ClickTarget::Line(line) = target else { return false };
        self.row = line;
        true
    }
}

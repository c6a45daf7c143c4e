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
    analysis::{LogitTarget, Table, largest_at},
    bert::{HeadName, Input},
    messages::{Label, label},
    state::{ClickTarget, CommandInfo, Fact, Job, JobKind, LogitWhy, Report, Stage, State, copied},
    widgets::{Look, canvas::Canvas},
};
use sections::{OutputRow, OutputScore, OutputSection, SectionSources, sections};
use why::{WhyBy, WhyState};

/// The view, with a cursor on one of its scores.
#[derive(Debug, Default)]
pub struct OutputView {
    /// Where the cursor was put; none as long as it stays with what the model says.
    row: Option<usize>,
    column: usize,
    /// What heads and probes say.
    sections: Vec<OutputSection>,
    /// What that was made of.
    made_of: Option<SectionSources>,
    why: WhyState,
    kept: Option<KeptWord>,
    /// Whether the token was chosen here after the cursor was put anywhere: what is said of it is in view.
    shows_token: bool,
    /// Where the cursor was when that was found out.
    seen_row: Option<usize>,
}

/// A word that was chosen among those that would stand at a token, and where the cursor was then.
#[derive(Debug)]
struct KeptWord {
    target: LogitTarget,
    input: Input,
    row: Option<usize>,
}

/// The score under the cursor.
struct ChosenScore<'v> {
    score: &'v OutputScore,
    /// What it is called.
    name: String,
    /// What the logit is called that is explained.
    logit: String,
}

impl OutputView {
    fn rows(&self) -> impl Iterator<Item = (&OutputSection, &OutputRow)> {
        self.sections.iter().flat_map(|section| section.rows.iter().map(move |row| (section, row)))
    }

    fn cursor(&self) -> usize {
        self.row.unwrap_or_else(|| self.said()).min(self.rows().count().saturating_sub(1))
    }

    /// The row of what the model says first; with something ablated, what it says without.
    fn said(&self) -> usize {
        let Some(section) = self.sections.iter().find(|section| !section.rows.is_empty()) else { return 0 };
        if section.head.reads_every_token() {
            return 0;
        }
        let score = |row: &OutputRow| row.scores.get(self.column).or(row.scores.last()).map(OutputScore::without);
        let scores: Vec<f32> = section.rows.iter().map(|row| score(row).unwrap_or(f32::NAN)).collect();
        largest_at(&scores).unwrap_or(0)
    }

    fn go(&mut self, by: isize) {
        self.row = Some(self.cursor().saturating_add_signed(by).min(self.rows().count().saturating_sub(1)));
    }

    fn chosen(&self) -> Option<ChosenScore<'_>> {
        let (section, row) = self.rows().nth(self.cursor())?;
        let column = self.column.min(row.scores.len().saturating_sub(1));
        let score = row.scores.get(column)?;
        let name = section.name_of(row, column);
        let logit = row.logit.clone().unwrap_or_else(|| name.clone());
        Some(ChosenScore { score, name, logit })
    }

    fn target(&self) -> Option<LogitTarget> {
        self.chosen()?.score.target.clone()
    }

    /// What was chosen of a token, as long as it is not known what else would stand there: that is found out on screen alone.
    fn kept_word(&self, state: &State, is_written: bool) -> Option<LogitTarget> {
        let (kept, reading) = (self.kept.as_ref()?, state.reading()?);
        let token = kept.target.token()?;
        let mut masks = reading.outputs.iter().filter_map(|head| head.says.words()).flatten();
        let is_same = token == state.attention.token && kept.row == self.row && kept.input == reading.trace.input;
        let is_kept = !is_written && is_same && masks.all(|place| place.token != token);
        is_kept.then(|| kept.target.clone())
    }

    /// Whether what is said depends on the token that is chosen.
    fn is_of_token(&self) -> bool {
        self.columns() < 2 && self.sections.iter().any(|section| section.head == HeadName::MaskedLanguage)
    }

    /// How many scores the row under the cursor has.
    fn columns(&self) -> usize {
        self.rows().nth(self.cursor()).map_or(0, |(_, row)| row.scores.len())
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
        let name = self.chosen().map_or_else(String::new, |chosen| chosen.logit);
        // Not of the text before.
        let is_of_this = |why: &&LogitWhy| state.reading().is_some_and(|reading| why.is_of(reading));
        let why = self.target().and_then(|target| self.why.of(&target).filter(is_of_this));
        let of_why = why.iter().flat_map(|why| why.tables(&name));
        self.sections.iter().map(tables::scores).chain(of_why).collect()
    }

    fn facts(&self, state: &State) -> Vec<Fact> {
        [state.text_facts(self.id()), state.reading_facts()].concat()
    }

    /// The score under the cursor.
    fn number(&self, _state: &State) -> Result<(f32, String), Label> {
        let ChosenScore { score, name, .. } = self.chosen().ok_or(copied::NONE)?;
        Ok((score.score, name))
    }

    fn on_report(&mut self, report: &Report, _state: &mut State) {
        match report {
            Report::Explained { number, result } => self.why.on_report(*number, result),
            // It ends what is under way, or there is none.
            Report::Model { result: Ok(_), .. } => {
                self.why.forget();
                (self.row, self.kept) = (None, None);
            }
            _ => {}
        }
    }

    fn on_job(&mut self, job: &Job) {
        if job.ends(JobKind::Explain) {
            self.why.interrupt();
        }
    }

    fn refresh(&mut self, state: &mut State, on_screen: bool) {
        let written = state.reading().and_then(|reading| self.why.written(reading));
        let sources = SectionSources::new(state, written.is_some());
        let is_other_token = self.made_of.as_ref().is_some_and(|before| before.is_of_other_token(&sources));
        self.shows_token = on_screen && (self.shows_token || is_other_token) && self.seen_row == self.row;
        self.seen_row = self.row;
        if self.made_of.as_ref() != Some(&sources) {
            (self.sections, self.made_of) = (sections(state, written), Some(sources));
        }
        state.output = self.kept_word(state, written.is_some()).or_else(|| self.target());
        let word = state.output.clone().filter(|target| matches!(target, LogitTarget::Word { .. }));
        let input = state.reading().map(|reading| reading.trace.input.clone());
        self.kept = word.zip(input).map(|(target, input)| KeptWord { target, input, row: self.row });
    }

    fn due(&mut self, state: &mut State, on_screen: bool) -> Option<Job> {
        if !on_screen {
            return None;
        }
        // What is said comes before why.
        state.word_changes_if_due().or_else(|| self.why.begin_if_due(state.output.clone(), state))
    }

    fn under_way(&self, _state: &State) -> Option<Label> {
        (self.why.stage == Stage::Running).then_some(label!("output-command-cancel-bar"))
    }

    fn cancel(&mut self, _state: &mut State) -> Option<Job> {
        self.why.cancel()
    }

    fn click(&mut self, target: ClickTarget, _state: &mut State) -> bool {
        let ClickTarget::Line(line) = target else { return false };
        self.row = Some(line);
        true
    }
}

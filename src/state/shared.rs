//! The state itself.

use std::sync::Arc;

use super::examples::ExampleCycle;
use super::{
    AttentionState, BackgroundState, Example, Field, Finding, Focus, Job, ListState, NamedAblations, Needs, NoteField,
    Notice, Numbered, Opening, Picker, Probes, ReadRequest, Reading, ReadingChoice, ReadingOfModel, Readings, Session,
    Snapshot, Subject, TableView, TextField, TokenizedTexts, WordsState, WorkState,
};
use crate::{
    analysis::{Affected, LogitTarget, Measure},
    bert::{Input, ModelInfo, NonFinitePlace},
    export::FigureStyle,
    messages::{Label, label, message},
    models::Bytes,
};

/// The explorer.
#[derive(Debug)]
pub struct State {
    /// The id of the view that is open.
    pub view: &'static str,
    /// What that is of.
    pub(super) subject: Subject,
    /// Where typed characters go.
    pub focus: Focus,
    /// First line of the help shown; none while it is closed.
    pub help: Option<usize>,
    /// Sentence A.
    pub sentence: TextField,
    /// Sentence B.
    pub pair: TextField,
    /// The model that reads; none before the first is there.
    pub model: Option<ModelInfo>,
    /// The model on its way, if one is.
    pub opening: Option<Opening>,
    /// Why the model asked for last cannot be opened, in one line.
    pub model_error: Option<String>,
    /// The list of models to choose from.
    pub picker: Picker,
    /// The token that is looked for, while that is typed.
    pub finding: Option<Finding>,
    /// A note, while it is typed.
    pub note: Option<NoteField>,
    /// What was written beside what is on screen, a line each.
    pub notes: String,
    /// The numbers behind the view, while they are shown as a table.
    pub table: Option<TableView>,
    /// Whether the form of a file is being chosen.
    pub is_exporting: bool,
    /// Whether the screen is for a projector: fewer and larger things.
    pub is_projected: bool,
    /// Whether a lesson is being chosen.
    pub is_choosing_lesson: bool,
    /// What was done last, until the next key.
    pub notice: Option<Notice>,
    /// Whether clicks are clscope's, or the terminal's.
    pub mouse: bool,
    /// How figures look.
    pub figure: FigureStyle,
    /// Whether there is a session to go back to.
    pub has_last_session: bool,
    /// The newest reading of the sentences, which may be older than the text while typing.
    pub readings: Option<Arc<Readings>>,
    /// Why the sentences could not be read, in one line.
    pub error: Option<String>,
    /// Unrelated sentences, which cosines are compared with.
    pub background: BackgroundState,
    /// How far what is on screen can be scrolled, see [`State::on_drawn`].
    pub(super) furthest: usize,
    /// Cursor and switches of the views of attention.
    pub attention: AttentionState,
    /// What is pinned to compare with.
    pub baseline: Option<Snapshot>,
    /// How far the measure that is chosen is worked out.
    pub work: WorkState,
    /// The list of sentences and what is known of it.
    pub list: ListState,
    /// What there is of probes.
    pub probes: Probes,
    /// What is ablated.
    pub ablations: NamedAblations,
    /// The logit that was chosen in Output; none where that has no parts.
    pub output: Option<LogitTarget>,
    /// What ablations do to the words that a masked-language head would write.
    pub words: WordsState,
    /// What a change is measured on first: by the sweep, and by the line above every view.
    pub about: Affected,
    /// What was ablated before each change.
    pub(super) ablations_before: Vec<NamedAblations>,
    /// What was looked for last.
    pub(super) found: String,
    /// The session gone back to, until its first reading.
    pub(super) restored: Option<Session>,
    /// The model asked for last.
    pub(super) asked: Option<String>,
    pub(super) examples: ExampleCycle,
    pub(super) newest_request: u64,
    pub(super) answered_request: u64,
    pub(super) newest_opening: u64,
    /// The number of the job that opened the model in use.
    pub(super) opened: u64,
    /// Whether the readings are those of the model before.
    pub(super) stale: bool,
}

impl State {
    /// An explorer on a text, at a view, without a model yet: see [`State::open`].
    pub fn new(view: &'static str, input: Input, examples: impl IntoIterator<Item: Into<Example>>) -> Self {
        let focus = if input.text.is_empty() { Focus::Text(Field::Sentence) } else { Focus::View };
        Self {
            view,
            subject: Subject::default(),
            focus,
            help: None,
            sentence: TextField::new(&input.text),
            pair: TextField::new(input.pair.as_deref().unwrap_or_default()),
            model: None,
            opening: None,
            model_error: None,
            picker: Picker::default(),
            finding: None,
            note: None,
            notes: String::new(),
            table: None,
            is_exporting: false,
            is_projected: false,
            is_choosing_lesson: false,
            notice: None,
            mouse: true,
            figure: FigureStyle::default(),
            has_last_session: false,
            readings: None,
            error: None,
            background: BackgroundState::default(),
            furthest: 0,
            attention: AttentionState::default(),
            baseline: None,
            work: WorkState::default(),
            list: ListState::default(),
            probes: Probes::default(),
            output: None,
            words: WordsState::default(),
            ablations: NamedAblations::default(),
            about: Affected::default(),
            ablations_before: Vec::new(),
            found: String::new(),
            restored: None,
            asked: None,
            examples: ExampleCycle::new(examples),
            newest_request: 0,
            answered_request: 0,
            newest_opening: 0,
            opened: 0,
            stale: false,
        }
    }

    /// Asks for a model, as `--model` names it.
    pub fn open(&mut self, name: &str) -> Job {
        self.newest_opening += 1;
        self.model_error = None;
        self.asked = Some(name.to_owned());
        self.opening = Some(Opening { number: self.newest_opening, name: name.to_owned(), progress: None });
        Job::Open { number: self.newest_opening, name: name.to_owned() }
    }

    /// The model that reads now, as `--model` takes it, and the number of the job that opened it.
    pub(crate) fn model_in_use(&self) -> Option<(&str, u64)> {
        let info = self.model.as_ref()?;
        Some((self.picker.current.as_deref().unwrap_or(&info.name), self.opened))
    }

    /// What the text fields say now.
    pub fn input(&self) -> Input {
        let pair = self.pair.value();
        Input { text: self.sentence.value().to_owned(), pair: (!pair.trim().is_empty()).then(|| pair.to_owned()) }
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.sentence.value().trim().is_empty()
    }

    /// Whether a newer reading than the one shown is on its way.
    pub fn is_reading(&self) -> bool {
        self.stale || self.answered_request < self.newest_request && self.model.is_some()
    }

    /// What the view on screen is of.
    pub fn subject(&self) -> Subject {
        self.subject
    }

    /// The reading the open view shows; the pooling view shows sentences alone.
    pub fn reading(&self) -> Option<&Arc<Reading>> {
        let (readings, choice) = (self.readings.as_ref()?, self.attention.reading_choice);
        Some(match self.subject() {
            Subject::Alone => readings.alone(choice).1,
            _ => readings.get(choice),
        })
    }

    /// The same with the model that read it.
    pub(crate) fn reading_of_model(&self) -> Option<ReadingOfModel> {
        self.reading().map(|reading| ReadingOfModel { reading: Arc::clone(reading), model: self.opened })
    }

    /// What the texts of the open view are as tokens; none before they are read.
    pub fn tokenized(&self) -> Option<&TokenizedTexts> {
        match self.subject() {
            Subject::List => Some(&self.list.tokenized),
            _ => self.readings.as_ref().map(|readings| &readings.tokenized),
        }
    }

    /// Where NaN or infinity first arises in what the open view shows.
    pub fn not_finite(&self) -> Option<NonFinitePlace> {
        match self.subject() {
            Subject::List => self.list.lines().iter().filter_map(|line| line.read.as_ref()?.not_finite).min(),
            _ => self.readings.as_ref()?.not_finite,
        }
    }

    /// A digit of a layer's number.
    pub(crate) fn type_digit(&mut self, digit: usize) {
        if let Some(readings) = &self.readings {
            self.attention.type_digit(digit, readings);
        }
    }

    /// What is to be done now behind the screen, where nothing else was asked for; `is_busy` says whether a view has
    /// something under way already.
    pub(crate) fn due(&mut self, is_busy: bool) -> Option<Job> {
        self.list_if_due(is_busy).or_else(|| self.measurement_if_due())
    }

    /// Takes in what only drawing shows: how far the view on screen can be scrolled. Scrolls back what was scrolled
    /// too far; whether anything changed, so that it must be drawn again.
    pub fn on_drawn(&mut self, furthest: usize) -> bool {
        let before = (self.furthest, self.help);
        self.furthest = furthest;
        self.help.iter_mut().for_each(|top| *top = furthest.min(*top));
        before != (self.furthest, self.help)
    }

    /// Asks for the text to be read, unless there is none or no model yet.
    pub(super) fn read(&mut self) -> Option<Job> {
        if self.is_empty() {
            self.readings = None;
            self.error = None;
            self.answered_request = self.newest_request;
            self.stale = false;
            return None;
        }
        self.model.as_ref()?;
        self.newest_request += 1;
        let attention = &self.attention;
        let task = ReadRequest {
            input: self.input(),
            ablations: self.ablations.clone(),
            measure: if attention.needs.measure { attention.options.measure } else { Measure::default() },
            reading_choice: attention.reading_choice,
            sampled: self.probes.may_be_of(self.model.as_ref()?),
        };
        Some(Job::Read(Numbered { number: self.newest_request, task }))
    }

    /// Asks for the text as it is now to be read; tokens that were cut are no longer where they were.
    pub(super) fn edited(&mut self) -> Option<Job> {
        let out_of_view = match self.focus {
            Focus::Text(Field::Sentence) => ReadingChoice::AloneB,
            Focus::Text(Field::Pair) | Focus::View => ReadingChoice::AloneA,
            // It is read when it is taken into the list.
            Focus::Text(Field::Line) => return None,
        };
        if self.attention.reading_choice == out_of_view && self.readings.as_ref().is_some_and(|it| it.pair.is_some()) {
            // Whoever edits a sentence wants to see it.
            self.attention.reading_choice = ReadingChoice::Joined;
            self.readings.iter().for_each(|readings| self.attention.fit(readings));
        }
        self.forget_tokens();
        self.read()
    }

    /// What cancelling would end; none where there is nothing to cancel.
    pub(crate) fn cancel_label(&self) -> Option<Label> {
        match &self.opening {
            _ if self.cancels_list() => Some(label!("command-cancel-list-bar")),
            None if self.work.is_running() => self.work_label(),
            Some(Opening { progress: Some(_), .. }) => Some(label!("command-cancel-download-bar")),
            Some(_) => Some(label!("command-cancel-bar")),
            None => self.model_error.as_ref().map(|_| label!("command-dismiss-bar")),
        }
    }

    /// Ends what goes on behind the screen, the latest first, and what is said about it.
    pub(crate) fn cancel(&mut self) -> Option<Job> {
        if self.cancels_list() {
            return self.list.cancel();
        }
        if self.opening.is_none() && self.work.is_running() {
            return Some(self.cancel_work());
        }
        self.model_error = None;
        let Opening { name, progress, .. } = self.opening.take()?;
        self.restored.take_if(|_| self.model.is_some());
        let kept = progress.filter(|progress| progress.done > 0).map(|progress| Bytes(progress.done));
        self.model_error = Some(match kept {
            None => message!("state-cancelled", name = name),
            Some(bytes) => message!("state-cancelled-kept", name = name, bytes = bytes.to_string()),
        });
        Some(Job::CancelOpening)
    }

    /// Opens the view of an id.
    pub(crate) fn show(&mut self, view: &'static str) {
        self.view = view;
        self.table = None;
    }

    /// A view of this subject, which needs so much worked out, is on screen now.
    pub(crate) fn on_shown(&mut self, subject: Subject, needs: Needs) {
        self.subject = subject;
        self.attention.show(needs, self.readings.as_deref());
    }

    /// Opens the model under the cursor of the list of models, unless it is on its way already.
    pub(crate) fn open_chosen(&mut self) -> Option<Job> {
        let name = self.picker.chosen()?;
        self.picker.is_open = false;
        let is_coming = self.opening.as_ref().is_some_and(|opening| opening.name == name);
        (!is_coming).then(|| self.open(&name))
    }

    /// Whether there are numbers behind the view on screen.
    pub(crate) fn has_numbers(&self) -> bool {
        if self.subject() == Subject::List { self.list.is_arranged() } else { self.reading().is_some() }
    }

    /// Says why nothing is done.
    pub(crate) fn refuse(&mut self, why: Label) {
        self.notice = Some(Notice { text: why.text().to_owned(), is_error: true });
    }

    /// Scrolls the help by so many lines.
    pub(crate) fn scroll_help(&mut self, by: isize) {
        self.help.iter_mut().for_each(|top| *top = top.saturating_add_signed(by).min(self.furthest));
    }

    /// Whether the help can be scrolled that way.
    pub(crate) fn can_scroll_help(&self, by: isize) -> bool {
        self.help.is_some_and(|top| top.saturating_add_signed(by).min(self.furthest) != top)
    }
}

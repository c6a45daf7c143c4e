//! The explorer's state, and how each action and each finished job changes it.
//!
//! `update` never draws and never waits: what takes time is returned as a [`Job`] for the worker, whose
//! result comes back through [`App::on_report`].

pub mod action;
mod attention;
mod hints;
mod picker;
mod readings;
mod text;

pub use action::{Action, Context};
pub use attention::{AttentionState, Scale, Shown, Zoom};
pub use hints::Hint;
pub use picker::{Choice, Picker};
pub use readings::{PairReadings, Passage, PoolingReport, Reading, Readings, Uncut};
pub use text::{Field, TextField};

use std::collections::BTreeSet;

use crate::{
    bert::{Input, ModelInfo},
    models::{Bytes, Listed, Progress},
};

/// A screen of the explorer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Where the source token looks, layer by layer.
    #[default]
    Layers,
    /// All heads of all layers at once.
    Heads,
    /// One layer's attention from every token to every token.
    Matrix,
    /// The poolings side by side.
    Pooling,
}

impl View {
    /// In the order of their tabs.
    pub const ALL: &'static [View] = &[View::Layers, View::Heads, View::Matrix, View::Pooling];

    /// As on its tab, and on the command line in lower case.
    pub fn title(self) -> &'static str {
        match self {
            View::Layers => "Layers",
            View::Heads => "Heads",
            View::Matrix => "Matrix",
            View::Pooling => "Pooling",
        }
    }

    /// The action that shows it.
    pub fn action(self) -> Action {
        match self {
            View::Layers => Action::ShowLayers,
            View::Heads => Action::ShowHeads,
            View::Matrix => Action::ShowMatrix,
            View::Pooling => Action::ShowPooling,
        }
    }

    fn step(self, by: usize) -> Self {
        let at = Self::ALL.iter().position(|view| *view == self).unwrap_or(0);
        Self::ALL[(at + by) % Self::ALL.len()]
    }
}

/// Where typed characters go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// Into a text field.
    Text(Field),
    /// They are commands.
    View,
}

/// A model on its way; the one before it stays in use until it is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// Grows with every model asked for.
    pub number: u64,
    /// As `--model` takes it.
    pub name: String,
    /// How far its download is; none while it is looked for. All of it is here while it is being loaded.
    pub progress: Option<Progress>,
}

/// What takes time and is done behind the screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Job {
    /// Read these sentences; replaces any such job not yet begun.
    Read(Request),
    /// Open another model; replaces any such job not yet done.
    Open {
        /// As in [`Opening`].
        number: u64,
        /// As `--model` takes it.
        name: String,
    },
    /// Open no other model after all.
    CancelOpening,
    /// Look for the models there are to choose from.
    ListModels,
}

/// Sentences to read, numbered so that the newest can be told from the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Grows with every edit.
    pub number: u64,
    /// Sentence A and perhaps B.
    pub input: Input,
    /// Heads to switch off, `(layer, head)` from 0.
    pub cuts: BTreeSet<(usize, usize)>,
}

/// What the worker reports.
#[derive(Debug)]
pub enum Report {
    /// How far the download of a model is.
    Opening {
        /// The number of its [`Opening`].
        number: u64,
        /// Of the download.
        progress: Progress,
    },
    /// A model is ready and reads from now on, or why it cannot be opened.
    Model {
        /// The number of its [`Opening`].
        number: u64,
        /// What `--model` calls it and what it is, or what is wrong.
        result: Result<(String, ModelInfo), String>,
    },
    /// The models there are to choose from.
    Models(Vec<Listed>),
    /// A request was read, or why it could not be.
    Readings {
        /// The request's number.
        number: u64,
        /// Its traces and what follows from them.
        result: Result<Box<Readings>, String>,
    },
}

/// What `update` asks of its caller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wish {
    /// Nothing but to go on.
    #[default]
    None,
    /// To leave.
    Quit,
    /// To stop until the shell brings it back.
    Suspend,
    /// To draw every cell again.
    Redraw,
}

/// The explorer.
#[derive(Debug)]
pub struct App {
    /// The screen shown.
    pub view: View,
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
    /// The newest reading of the sentences, which may be older than the text while typing.
    pub readings: Option<Box<Readings>>,
    /// Why the sentences could not be read, in one line.
    pub error: Option<String>,
    /// First part of the pooling view shown, from 0.
    pub pooling_top: usize,
    /// How far what is on screen can be scrolled, see [`App::on_drawn`].
    furthest: usize,
    /// Cursor and switches of the views of attention.
    pub attention: AttentionState,
    /// Heads that are switched off, `(layer, head)` from 0.
    pub cuts: BTreeSet<(usize, usize)>,
    /// What was switched off before each change.
    cuts_before: Vec<BTreeSet<(usize, usize)>>,
    examples: Vec<Input>,
    next_example: usize,
    newest_request: u64,
    answered_request: u64,
    newest_opening: u64,
    /// Whether the readings are those of the model before.
    stale: bool,
}

impl App {
    /// An explorer on a text, without a model yet: see [`App::open`].
    pub fn new(input: Input, examples: Vec<Input>) -> Self {
        let focus = if input.text.is_empty() { Focus::Text(Field::Sentence) } else { Focus::View };
        Self {
            view: View::default(),
            focus,
            help: None,
            sentence: TextField::new(&input.text),
            pair: TextField::new(input.pair.as_deref().unwrap_or_default()),
            model: None,
            opening: None,
            model_error: None,
            picker: Picker::default(),
            readings: None,
            error: None,
            pooling_top: 0,
            furthest: 0,
            attention: AttentionState::default(),
            cuts: BTreeSet::new(),
            cuts_before: Vec::new(),
            examples,
            next_example: 0,
            newest_request: 0,
            answered_request: 0,
            newest_opening: 0,
            stale: false,
        }
    }

    /// Asks for a model, as `--model` names it.
    pub fn open(&mut self, name: &str) -> Job {
        self.newest_opening += 1;
        self.model_error = None;
        self.opening = Some(Opening { number: self.newest_opening, name: name.to_owned(), progress: None });
        Job::Open { number: self.newest_opening, name: name.to_owned() }
    }

    /// The table of the keymap that holds now.
    pub fn context(&self) -> Context {
        match (self.help, self.focus, self.view) {
            (Some(_), _, _) => Context::Help,
            _ if self.picker.is_open => Context::Picker,
            (None, Focus::Text(_), _) => Context::Input,
            (None, Focus::View, View::Layers) => Context::Layers,
            (None, Focus::View, View::Heads) => Context::Heads,
            (None, Focus::View, View::Matrix) => Context::Matrix,
            (None, Focus::View, View::Pooling) => Context::Pooling,
        }
    }

    /// What the text fields say now.
    pub fn input(&self) -> Input {
        let pair = self.pair.value();
        Input { text: self.sentence.value().to_owned(), pair: (!pair.trim().is_empty()).then(|| pair.to_owned()) }
    }

    /// Whether a head is switched off; of no head, whether all of its layer's are.
    pub fn is_off(&self, layer: usize, head: Option<usize>) -> bool {
        let heads = self.model.as_ref().map_or(0, |model| model.heads);
        match head {
            Some(head) => self.cuts.contains(&(layer, head)),
            None => !self.cuts.is_empty() && (0..heads).all(|head| self.cuts.contains(&(layer, head))),
        }
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.sentence.value().trim().is_empty()
    }

    /// Whether a newer reading than the one shown is on its way.
    pub fn is_reading(&self) -> bool {
        self.stale || self.answered_request < self.newest_request && self.model.is_some()
    }

    /// Whether nothing has been typed and there is an example to show instead.
    pub fn offers_example(&self) -> bool {
        self.sentence.value().is_empty() && self.pair.value().is_empty() && !self.examples.is_empty()
    }

    /// The passage the open view shows; the pooling view shows sentences alone.
    pub fn passage(&self) -> Option<&Passage> {
        let (readings, reading) = (self.readings.as_ref()?, self.attention.reading);
        Some(match self.view {
            View::Pooling => readings.alone(reading).1,
            _ => readings.passage(reading),
        })
    }

    /// A character typed into the text field that has the focus.
    pub fn insert(&mut self, character: char) -> Option<Job> {
        self.paste(character.encode_utf8(&mut [0; 4]))
    }

    /// Text pasted at the cursor of the field that has the focus, or of the sentence.
    pub fn paste(&mut self, text: &str) -> Option<Job> {
        match self.context() {
            Context::Help => None,
            Context::Picker => {
                self.picker.insert(text);
                None
            }
            _ => {
                self.focused_field().insert(text);
                self.read()
            }
        }
    }

    /// A digit that no action has: on the views of attention, of a layer's number.
    pub fn type_digit(&mut self, digit: usize) {
        let counts = matches!(self.context(), Context::Layers | Context::Heads | Context::Matrix);
        if let (true, Some(readings)) = (counts, &self.readings) {
            self.attention.type_digit(digit, readings, self.view);
        }
    }

    /// Carries an action out.
    pub fn update(&mut self, action: Action) -> (Wish, Option<Job>) {
        let mut wish = Wish::None;
        let mut job = None;
        match action {
            Action::Quit => wish = Wish::Quit,
            Action::Suspend => wish = Wish::Suspend,
            Action::Redraw => wish = Wish::Redraw,
            Action::Help => self.help = if self.help.is_some() { None } else { Some(0) },
            Action::Leave if self.help.is_some() => self.help = None,
            _ if self.help.is_none() && self.picker.is_open => job = self.update_picker(action),
            Action::Commit if self.offers_example() => job = self.load_example(),
            Action::Leave | Action::Commit => self.focus = Focus::View,
            _ if self.help.is_some() => self.scroll_help(action),
            Action::PickModel => {
                self.model_error = None;
                self.picker.open();
                job = Some(Job::ListModels);
            }
            Action::CancelOpening => {
                self.model_error = None;
                if let Some(Opening { name, progress, .. }) = self.opening.take() {
                    let kept = progress.filter(|progress| progress.done > 0).map(|progress| Bytes(progress.done));
                    let kept =
                        kept.map_or(String::new(), |bytes| format!("; {bytes} are kept, and it goes on from there"));
                    self.model_error = Some(format!("{name}: cancelled{kept}"));
                    job = Some(Job::CancelOpening);
                }
            }
            Action::CutHead => job = self.cut(),
            Action::UndoCut => {
                if let Some(before) = self.cuts_before.pop() {
                    self.cuts = before;
                    job = self.read();
                }
            }
            Action::EditSentence => self.focus = Focus::Text(Field::Sentence),
            Action::EditPair => self.focus = Focus::Text(Field::Pair),
            Action::OtherField => self.focus = self.other_field(),
            Action::Example => job = self.load_example(),
            Action::ShowLayers => self.show(View::Layers),
            Action::ShowHeads => self.show(View::Heads),
            Action::ShowMatrix | Action::OpenHead => self.show(View::Matrix),
            Action::ShowPooling => self.show(View::Pooling),
            Action::NextView => self.show(self.view.step(1)),
            Action::PreviousView => self.show(self.view.step(View::ALL.len() - 1)),
            Action::Up if self.view == View::Pooling => self.pooling_top = self.pooling_top.saturating_sub(1),
            Action::Down if self.view == View::Pooling => self.pooling_top = (self.pooling_top + 1).min(self.furthest),
            Action::NextReading if self.view == View::Pooling => {
                self.attention.toggle_alone(self.readings.as_deref(), self.view)
            }
            _ if text::edits(action) => {
                if self.focused_field().apply(action) {
                    job = self.read();
                }
            }
            _ => {
                if let Some(readings) = &self.readings {
                    self.attention.update(action, self.view, readings);
                }
            }
        }
        (wish, job)
    }

    /// Takes in what only drawing shows: how far the view on screen can be scrolled. Scrolls back what was scrolled
    /// too far; whether anything changed, so that it must be drawn again.
    pub fn on_drawn(&mut self, furthest: usize) -> bool {
        let before = (self.furthest, self.help, self.pooling_top);
        self.furthest = furthest;
        match &mut self.help {
            Some(top) => *top = furthest.min(*top),
            None if self.view == View::Pooling => self.pooling_top = self.pooling_top.min(furthest),
            None => {}
        }
        before != (self.furthest, self.help, self.pooling_top)
    }

    /// Takes in what the worker reports; may ask for the next reading.
    pub fn on_report(&mut self, report: Report) -> Option<Job> {
        match report {
            Report::Opening { number, progress } => {
                if let Some(opening) = self.opening.as_mut().filter(|opening| opening.number == number) {
                    opening.progress = Some(progress);
                }
            }
            Report::Models(models) => self.picker.set_models(models),
            Report::Model { number, result: Ok((name, info)) } => {
                // Also when nobody waits for it any more: it is the one that reads now.
                self.opening.take_if(|opening| opening.number == number);
                self.model_error = None;
                self.picker.current = Some(name);
                self.model = Some(info);
                // They were heads of the other model.
                self.cuts.clear();
                self.cuts_before.clear();
                self.error = None;
                self.stale = self.readings.is_some();
                // What the model before is still reading comes too late.
                self.answered_request = self.newest_request;
                return self.read();
            }
            Report::Model { number, result: Err(why) } => {
                if self.opening.take_if(|opening| opening.number == number).is_some() {
                    self.model_error = Some(why);
                }
            }
            Report::Readings { number, result } => {
                // Answered already by a newer one, or the field was emptied meanwhile.
                if number <= self.answered_request {
                    return None;
                }
                self.answered_request = number;
                let stale = std::mem::take(&mut self.stale);
                match result {
                    Ok(readings) => {
                        self.error = None;
                        self.attention.fit(&readings, self.view);
                        self.readings = Some(readings);
                    }
                    Err(why) => {
                        self.error = Some(why);
                        if stale {
                            self.readings = None;
                        }
                    }
                }
            }
        }
        None
    }

    /// Asks for the text to be read, unless there is none or no model yet.
    fn read(&mut self) -> Option<Job> {
        if self.is_empty() {
            self.readings = None;
            self.error = None;
            self.answered_request = self.newest_request;
            self.stale = false;
            return None;
        }
        self.model.as_ref()?;
        self.newest_request += 1;
        Some(Job::Read(Request { number: self.newest_request, input: self.input(), cuts: self.cuts.clone() }))
    }

    /// Switches the head that is shown off, or all of the cursor's layer where none is; back on if it is off.
    fn cut(&mut self) -> Option<Job> {
        let (layers, heads) = self.model.as_ref().map(|model| (model.layers, model.heads))?;
        let layer = self.attention.layer.min(layers.saturating_sub(1));
        let meant: BTreeSet<(usize, usize)> = match self.attention.head().filter(|head| *head < heads) {
            Some(head) => [(layer, head)].into(),
            None => (0..heads).map(|head| (layer, head)).collect(),
        };
        self.cuts_before.push(self.cuts.clone());
        if meant.is_subset(&self.cuts) {
            self.cuts.retain(|cut| !meant.contains(cut));
        } else {
            self.cuts.extend(meant);
        }
        self.read()
    }

    fn show(&mut self, view: View) {
        self.view = view;
        self.attention.show(view, self.readings.as_deref());
    }

    fn update_picker(&mut self, action: Action) -> Option<Job> {
        match action {
            Action::Leave => self.picker.is_open = false,
            Action::OpenModel => {
                let name = self.picker.chosen()?;
                self.picker.is_open = false;
                // On its way already.
                if self.opening.as_ref().is_none_or(|opening| opening.name != name) {
                    return Some(self.open(&name));
                }
            }
            _ => self.picker.update(action),
        }
        None
    }

    fn load_example(&mut self) -> Option<Job> {
        let example = self.examples.get(self.next_example)?;
        self.sentence = TextField::new(&example.text);
        self.pair = TextField::new(example.pair.as_deref().unwrap_or_default());
        self.next_example = (self.next_example + 1) % self.examples.len();
        self.focus = Focus::View;
        self.attention.reset();
        self.read()
    }

    fn other_field(&self) -> Focus {
        match self.focus {
            Focus::Text(Field::Sentence) => Focus::Text(Field::Pair),
            _ => Focus::Text(Field::Sentence),
        }
    }

    /// The field that text goes to.
    fn field(&self) -> &TextField {
        match self.focus {
            Focus::Text(Field::Pair) => &self.pair,
            _ => &self.sentence,
        }
    }

    fn focused_field(&mut self) -> &mut TextField {
        match self.focus {
            Focus::Text(Field::Pair) => &mut self.pair,
            _ => &mut self.sentence,
        }
    }

    fn scroll_help(&mut self, action: Action) {
        let Some(top) = &mut self.help else { return };
        *top = match action {
            Action::Up => top.saturating_sub(1),
            Action::Down => *top + 1,
            Action::PageLeft => top.saturating_sub(10),
            Action::PageRight => *top + 10,
            Action::Top => 0,
            Action::Bottom => self.furthest,
            _ => *top,
        };
        *top = self.furthest.min(*top);
    }
}

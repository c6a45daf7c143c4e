//! The explorer without terminal and worker: keys go in, the stand-in model answers, frames come out.

use clscope::{
    app::{self, App, LoopRequest},
    bert::Input,
    config::{self, ColorDepth, KeyChord, ThemeName},
    explorer,
    jobs::{AtOnce, Job, Report},
    models::{Listed, ModelPlace, Summary},
    study::MixingWork,
    widgets::Look,
};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::{Terminal, backend::TestBackend};

use crate::stand_in::StandIn;

pub struct Explorer {
    pub app: App,
    pub look: Look,
    pub model: StandIn,
    /// That model, and the models there are to choose from.
    at_once: AtOnce<StandIn>,
}

impl Explorer {
    /// Started on a text, the model still loading.
    pub fn loading(text: &str, pair: Option<&str>) -> Self {
        Self::loading_model(StandIn::USUAL, text, pair)
    }

    pub fn loading_model(model: StandIn, text: &str, pair: Option<&str>) -> Self {
        let input = Input { text: text.to_owned(), pair: pair.map(str::to_owned) };
        let examples = vec![Input::single("The dog bit the man."), Input::joined("A dog barks.", "A cat meows.")];
        let mut app = App::new(input, examples);
        app.open("stand-in");
        Self { app, look: look(ThemeName::Dark, ColorDepth::TrueColor), model, at_once: at_once(model) }
    }

    /// Started on a text, which has been read.
    pub fn on(text: &str, pair: Option<&str>) -> Self {
        Self::with(StandIn::USUAL, text, pair)
    }

    pub fn with(model: StandIn, text: &str, pair: Option<&str>) -> Self {
        let mut explorer = Self::loading_model(model, text, pair);
        let job =
            explorer.app.on_report(Report::Model { number: 1, result: Ok(("stand-in".to_owned(), model.info())) });
        explorer.answer(job);
        explorer
    }

    /// Has another model read from now on.
    pub fn set_model(&mut self, model: StandIn) {
        (self.model, self.at_once) = (model, at_once(model));
    }

    pub fn looking(mut self, theme: ThemeName, depth: ColorDepth) -> Self {
        self.look = look(theme, depth);
        self
    }

    /// Presses one key, named as in keymap files, and leaves the job to the caller.
    pub fn press(&mut self, key: &str) -> (LoopRequest, Option<Job>) {
        self.send(event(key.parse().expect(key)))
    }

    /// Presses keys with blanks between them, of which no job is done but the last one's, which is left to the caller.
    pub fn keys_to_job(&mut self, keys: &str) -> (LoopRequest, Option<Job>) {
        keys.split_whitespace().map(|key| self.press(key)).last().expect("a key")
    }

    pub fn send(&mut self, key: KeyEvent) -> (LoopRequest, Option<Job>) {
        explorer::press(&mut self.app, &self.look.keymap, key)
    }

    /// Presses keys with blanks between them; each job is done at once.
    pub fn keys(mut self, keys: &str) -> Self {
        for key in keys.split_whitespace() {
            let (wish, job) = self.press(key);
            assert_eq!(wish, LoopRequest::None, "{key}");
            self.answer(job);
            self.look_at_the_screen();
        }
        self
    }

    /// Draws at the usual size, as the explorer does after every key: only drawing shows how far a view can be scrolled.
    fn look_at_the_screen(&mut self) {
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).expect("a backend in memory never fails");
        app::render(&mut terminal, &mut self.app, &self.look).expect("a backend in memory never fails");
    }

    /// Types into the field that has the focus; each job is done at once.
    pub fn typing(mut self, text: &str) -> Self {
        for character in text.chars() {
            let (_, job) = self.send(KeyEvent::new(KeyCode::Char(character), KeyModifiers::NONE));
            self.answer(job);
        }
        self
    }

    /// Does a job at once, and every job that follows from it.
    pub fn answer(&mut self, job: Option<Job>) {
        let app = &mut self.app;
        self.at_once.answer(job.map(shortened), |report| app.on_report(report).map(shortened));
    }

    /// The one report of a job that is told in one.
    pub fn report(&mut self, job: Job) -> Report {
        let mut reports = self.at_once.reports(job);
        assert_eq!(reports.len(), 1);
        reports.remove(0)
    }

    pub fn frame(&self, (width, height): (u16, u16)) -> TestBackend {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a backend in memory never fails");
        let draw = |frame: &mut ratatui::Frame| {
            app::draw(frame, &self.app, &self.look);
        };
        terminal.draw(draw).expect("a backend in memory never fails");
        terminal.backend().clone()
    }
}

fn at_once(model: StandIn) -> AtOnce<StandIn> {
    AtOnce::new(model, "stand-in", models)
}

/// Of unrelated sentences a dozen are enough to see what becomes of them.
fn shortened(mut job: Job) -> Job {
    match &mut job {
        Job::Measure(background) => background.task.sentences.truncate(12),
        Job::Mix(work) => {
            if let MixingWork::List(request) = &mut work.task {
                request.texts.truncate(12);
            }
        }
        _ => {}
    }
    job
}

pub fn look(theme: ThemeName, depth: ColorDepth) -> Look {
    let mut config = config::parse("", "", &app::key_contexts()).expect("the built-in configuration");
    config.options.theme = theme;
    let (theme, themes) = (config.theme(depth, true), config.themes(depth));
    Look { theme, themes, keymap: config.keymap, dark: true, timing: true }
}

/// The key press that a chord stands for.
pub fn event(chord: KeyChord) -> KeyEvent {
    keyboard().find(|&event| KeyChord::from(event) == chord).unwrap_or_else(|| panic!("no key {chord}"))
}

/// Every key of an American keyboard, alone and with one modifier.
pub fn keyboard() -> impl Iterator<Item = KeyEvent> {
    use KeyCode::*;
    let named =
        [Left, Right, Up, Down, Home, End, PageUp, PageDown, Tab, BackTab, Enter, Esc, Backspace, Delete, Insert];
    let codes = (' '..='~').map(Char).chain(named).chain((1..=12).map(F));
    let modifiers = [KeyModifiers::NONE, KeyModifiers::SHIFT, KeyModifiers::CONTROL, KeyModifiers::ALT];
    codes.flat_map(move |code| modifiers.map(|modifiers| KeyEvent::new(code, modifiers)))
}

/// Some models to choose from: names of every length, sizes of every magnitude.
fn models() -> Vec<Listed> {
    let model = |name: &str, place, (layers, heads), megabytes: u64, languages: &str, note: &str| Listed {
        name: name.to_owned(),
        place,
        summary: Summary {
            family: if languages == "Chinese" { "RoBERTa".into() } else { "BERT".into() },
            pooling: (heads == 12).then(|| "mean".into()),
            layers,
            heads,
            hidden_size: 64 * heads,
            bytes: megabytes * 1_000_000,
        },
        languages: Some(languages.to_owned()).filter(|words| !words.is_empty()),
        note: Some(note.to_owned()).filter(|words| !words.is_empty()),
    };
    vec![
        model("embedded", ModelPlace::Embedded, (6, 12), 45, "English", "Inside the program: small and quick."),
        model("stand-in", ModelPlace::Directory, (6, 4), 1, "", ""),
        model("/home/ada/模型/my own bert", ModelPlace::Directory, (2, 2), 4, "", ""),
        model(
            "ada/bert-of-a-very-long-name-that-no-column-can-hold@refs/pr/12",
            ModelPlace::Cache,
            (24, 16),
            1345,
            "",
            "",
        ),
        model("google-bert/bert-base-uncased", ModelPlace::Cache, (12, 12), 440, "English", "The BERT of the paper."),
        model(
            "google-bert/bert-base-chinese",
            ModelPlace::Hub,
            (12, 12),
            412,
            "Chinese",
            "Reads character by character. Try: 今天天气很[MASK]，我们去公园散步。",
        ),
    ]
}

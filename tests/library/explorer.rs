//! The explorer without terminal and worker: keys go in, the stand-in model answers, frames come out.

use std::sync::Arc;

use clscope::{
    analysis::{Pooling, SentenceVector},
    app::{App, Baseline, Job, Measured, Measurement, Readings, Report, Wish},
    bert::Input,
    config::{self, ColorDepth, KeyChord, ThemeName},
    explorer,
    models::{Listed, Place, Summary},
    ui::{self, Look},
    worker,
};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::{Terminal, backend::TestBackend};

use crate::stand_in::StandIn;

pub struct Explorer {
    pub app: App,
    pub look: Look,
    pub model: StandIn,
    /// What there is to choose from.
    pub models: Vec<Listed>,
}

impl Explorer {
    /// Started on a text, the model still loading.
    pub fn loading(text: &str, pair: Option<&str>) -> Self {
        let input = Input { text: text.to_owned(), pair: pair.map(str::to_owned) };
        let examples = vec![Input::single("The dog bit the man."), Input::joined("A dog barks.", "A cat meows.")];
        let mut app = App::new(input, examples);
        app.open("stand-in");
        Self { app, look: look(ThemeName::Dark, ColorDepth::TrueColor), model: StandIn::USUAL, models: models() }
    }

    /// Started on a text, which has been read.
    pub fn on(text: &str, pair: Option<&str>) -> Self {
        Self::with(StandIn::USUAL, text, pair)
    }

    pub fn with(model: StandIn, text: &str, pair: Option<&str>) -> Self {
        let mut explorer = Self { model, ..Self::loading(text, pair) };
        let job =
            explorer.app.on_report(Report::Model { number: 1, result: Ok(("stand-in".to_owned(), model.info())) });
        explorer.answer(job);
        explorer
    }

    pub fn looking(mut self, theme: ThemeName, depth: ColorDepth) -> Self {
        self.look = look(theme, depth);
        self
    }

    /// Presses one key, named as in keymap files, and leaves the job to the caller.
    pub fn press(&mut self, key: &str) -> (Wish, Option<Job>) {
        self.send(event(key.parse().expect(key)))
    }

    pub fn send(&mut self, key: KeyEvent) -> (Wish, Option<Job>) {
        explorer::press(&mut self.app, &self.look.keymap, key)
    }

    /// Presses keys with blanks between them; each job is done at once.
    pub fn keys(mut self, keys: &str) -> Self {
        for key in keys.split_whitespace() {
            let (wish, job) = self.press(key);
            assert_eq!(wish, Wish::None, "{key}");
            self.answer(job);
            self.look_at_the_screen();
        }
        self
    }

    /// Draws at the usual size, as the explorer does after every key: only drawing shows how far a view can be scrolled.
    fn look_at_the_screen(&mut self) {
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).expect("a backend in memory never fails");
        ui::render(&mut terminal, &mut self.app, &self.look).expect("a backend in memory never fails");
    }

    /// Types into the field that has the focus; each job is done at once.
    pub fn typing(mut self, text: &str) -> Self {
        for character in text.chars() {
            let (_, job) = self.send(KeyEvent::new(KeyCode::Char(character), KeyModifiers::NONE));
            self.answer(job);
        }
        self
    }

    pub fn answer(&mut self, mut job: Option<Job>) {
        while let Some(report) = job.take().filter(|job| !is_cancelling(job)).map(|job| self.report(job)) {
            job = self.app.on_report(report);
        }
    }

    /// What the worker would report of a job.
    pub fn report(&self, job: Job) -> Report {
        match job {
            Job::Read(request) => {
                let mut readings = self.model.read(&request.input);
                if !request.off.is_empty() {
                    // The stand-in has nothing to switch off; other words have other vectors.
                    let uncut = Input { text: format!("{} then", request.input.text), ..request.input.clone() };
                    readings = readings.beside(Arc::new(self.model.read(&uncut)));
                }
                Report::Readings { number: request.number, result: Ok(Arc::new(readings)) }
            }
            Job::Open { number, .. } => {
                Report::Model { number, result: Ok(("stand-in".to_owned(), self.model.info())) }
            }
            Job::ListModels => Report::Models(self.models.clone()),
            Job::Sweep(sweep) => Report::Sweep { number: sweep.number, result: Ok(self.model.sweep(&sweep)) },
            Job::Measure(Measurement { number, background }) => {
                // A dozen are enough to see what becomes of them.
                let some = background.sentences.iter().take(12);
                let read: Vec<_> = some.map(|sentence| self.model.read(&Input::single(sentence))).collect();
                let vectors: Vec<_> = Pooling::ALL
                    .iter()
                    .map(|&pooling| {
                        let of = |readings: &Readings| readings.a_pooling.vector(pooling).map(<[f32]>::to_vec);
                        (SentenceVector::from(pooling), read.iter().map(of).collect())
                    })
                    .collect();
                Report::Measured { number, result: Ok(Measured::Done(Arc::new(Baseline::new(&vectors)))) }
            }
            Job::ReadList(list) => Report::ListRead { number: list.number, result: Ok(self.model.read_list(&list)) },
            Job::Arrange(arrangement) => worker::arrange(arrangement),
            Job::CancelOpening | Job::CancelSweep | Job::CancelList => panic!("a cancelled job is not reported"),
        }
    }

    pub fn frame(&self, (width, height): (u16, u16)) -> TestBackend {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a backend in memory never fails");
        let draw = |frame: &mut ratatui::Frame| {
            ui::draw(frame, &self.app, &self.look);
        };
        terminal.draw(draw).expect("a backend in memory never fails");
        terminal.backend().clone()
    }
}

fn is_cancelling(job: &Job) -> bool {
    matches!(job, Job::CancelOpening | Job::CancelSweep | Job::CancelList)
}

pub fn look(theme: ThemeName, depth: ColorDepth) -> Look {
    let mut config = config::parse("", "").expect("the built-in configuration");
    config.options.theme = theme;
    Look { theme: config.theme(depth, true), keymap: config.keymap, dark: true, timing: true }
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
        summary: Summary { layers, heads, hidden_size: 64 * heads, bytes: megabytes * 1_000_000 },
        languages: Some(languages.to_owned()).filter(|words| !words.is_empty()),
        note: Some(note.to_owned()).filter(|words| !words.is_empty()),
    };
    vec![
        model("embedded", Place::Embedded, (6, 12), 45, "English", "Inside the program: small and quick."),
        model("stand-in", Place::Directory, (6, 4), 1, "", ""),
        model("/home/ada/模型/my own bert", Place::Directory, (2, 2), 4, "", ""),
        model("ada/bert-of-a-very-long-name-that-no-column-can-hold@refs/pr/12", Place::Cache, (24, 16), 1345, "", ""),
        model("google-bert/bert-base-uncased", Place::Cache, (12, 12), 440, "English", "The BERT of the paper."),
        model(
            "google-bert/bert-base-chinese",
            Place::Hub,
            (12, 12),
            412,
            "Chinese",
            "Reads character by character. Try: 今天天气很[MASK]，我们去公园散步。",
        ),
    ]
}

//! From what the command line says to a running explorer.

use std::io;

use crossterm::style::force_color_output;

use super::{Setup, probes::with_built_in, put_back_probes, run};
use crate::{
    app::{App, Example, Focus, GivenProbe, Session},
    bert::Input,
    config::{self, ColorDepth, Config, LanguageChoice, ThemeName},
    jobs::Notice,
    lesson::Lesson,
    session::SessionError,
    widgets::Look,
};

/// What the explorer starts with.
#[derive(Debug)]
pub enum Start {
    /// A text; an empty one asks for it.
    Text(Input),
    /// A list of sentences; with a text in the fields, or with none.
    List {
        /// For the text fields.
        input: Input,
        /// The list.
        sentences: Vec<String>,
    },
    /// A lesson, at its first step, and the session that leaving it goes back to.
    Lesson(Box<Lesson>, Option<Box<Session>>),
    /// A session, which is gone back to.
    Session(Box<Session>),
}

impl From<Session> for Start {
    fn from(session: Session) -> Self {
        Start::Session(Box::new(session))
    }
}

/// Runs the explorer until the user leaves, with as many colours as the terminal has, on a dark or light background.
/// Returns the exit status, and whether the session was kept in [`Setup::kept`].
///
/// # Errors
/// The first when the terminal cannot be drawn on or read from, the second when that file cannot be written.
pub fn start(
    start: Start,
    config: Config,
    (depth, dark): (ColorDepth, bool),
    mut setup: Setup,
) -> (io::Result<u8>, Result<(), SessionError>) {
    let kept = setup.kept.clone();
    let mut app = app(start, std::mem::take(&mut setup.probes), &config);
    app.mouse = config.options.mouse;
    app.has_last_session = kept.as_ref().is_some_and(|kept| !kept.others().is_empty());
    // What the user chose, or clscope found, holds: crossterm would look at NO_COLOR once more.
    force_color_output(depth != ColorDepth::None);
    let ended = run(&mut app, setup, look(config, depth, dark, true));
    // However it ended: a window that is closed may also look like a terminal that fails.
    let kept = match kept.filter(|_| !app.is_empty() || !app.list.is_empty()) {
        Some(kept) => kept.keep(&app.session()),
        None => Ok(()),
    };
    (ended, kept)
}

/// Nothing is read before there is a model.
pub(super) fn app(start: Start, probes: Vec<GivenProbe>, config: &Config) -> App {
    let new = |input: Input| {
        let mut app = App::new(input, examples(config));
        app.probes = with_built_in(probes.clone());
        app.figure = config.options.figure;
        app
    };
    let restored = |session: Session| {
        let mut app = new(Input::default());
        let said = if probes.is_empty() { put_back_probes(&mut app, &session) } else { None };
        app.restore(session);
        app.notice = Notice::together(said.into_iter().chain(app.notice.take()));
        app
    };
    match start {
        Start::Text(input) => new(input),
        Start::List { input, sentences } => {
            let mut app = new(input);
            app.update("show-sentences");
            app.focus = Focus::View;
            app.add_sentences(&sentences);
            app
        }
        Start::Lesson(lesson, session) => {
            let mut app = session.map_or_else(|| new(Input::default()), |session| restored(*session));
            app.begin_lesson(*lesson);
            app
        }
        Start::Session(session) => restored(*session),
    }
}

/// The texts that are offered where none is typed.
pub(super) fn examples(config: &Config) -> Vec<Example> {
    let example = |e: &config::ExampleSetting| Example {
        input: Input { text: e.text.clone(), pair: e.pair.clone() },
        question: e.question.clone(),
        language: e.language.and_then(LanguageChoice::language),
    };
    config.options.examples.iter().map(example).collect()
}

/// Colours and keys.
pub(super) fn look(config: Config, depth: ColorDepth, dark: bool, timing: bool) -> Look {
    let dark = match config.options.theme {
        ThemeName::Light => false,
        ThemeName::Dark => true,
        ThemeName::Auto | ThemeName::Mono => dark,
    };
    let (theme, themes) = (config.theme(depth, dark), config.themes(depth));
    Look { theme, themes, keymap: config.keymap, dark, timing }
}

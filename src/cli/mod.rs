//! The command line: arguments, and what each command does. Results go to standard output, everything else
//! to standard error.

mod args;
mod attention;
mod calibration;
mod cut;
mod embed;
mod evaluate;
mod format;
mod meter;
mod models;
/// Where results and messages go.
pub mod output;
mod records;
mod screenshot;
mod similarity;
mod trace;
mod vectors;

use std::{
    env, fmt,
    fs::{self, File},
    io::{self, IsTerminal, Read},
    path::{Path, PathBuf},
    time::Duration,
};

use clap::CommandFactory;

pub use args::Arguments;
use args::{Command, ConfigCommand, Global};

use crate::{
    app::{App, Focus, Notice, Session, View},
    bert::{Backend, Bert, BertError, Checkpoint, Input},
    config::{self, ColorDepth, Config, ConfigError, Options, ThemeName},
    explorer::{self, Setup},
    models::{Cancel, Hub, HubSettings, Library, ModelError, ModelSource, Recent},
    session::{self, SessionError},
    ui::Look,
};

/// Why a command failed: one line, with the remedy.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The arguments contradict each other; ends with status 2.
    #[error("{0}")]
    Usage(String),
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// There is no such session, or it cannot be read.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// The model cannot be opened.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The text cannot be read.
    #[error(transparent)]
    Bert(#[from] BertError),
    /// A file or stream failed.
    #[error("{what}: {source}")]
    Io {
        /// Which, and what was tried.
        what: String,
        /// The system's words.
        source: io::Error,
    },
    /// Anything else that cannot be done, in one line.
    #[error("{0}")]
    Failed(String),
}

impl CliError {
    /// The exit status: 1 failed, 2 wrong usage.
    pub fn status(&self) -> u8 {
        match self {
            CliError::Usage(_) => 2,
            _ => 1,
        }
    }

    /// Whether the reader of our output went away, which is no failure.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, CliError::Io { source, .. } if source.kind() == io::ErrorKind::BrokenPipe)
    }

    fn io(what: impl fmt::Display) -> impl FnOnce(io::Error) -> Self {
        move |source| CliError::Io { what: what.to_string(), source }
    }
}

/// Carries the command out; returns the exit status.
///
/// # Errors
/// When it cannot be done; the error's message is one line with the remedy.
pub fn run(arguments: Arguments) -> Result<u8, CliError> {
    let Arguments { text, pair, restore, file, command, global } = arguments;
    match command {
        None if restore => return explore(session::last(config::last_session_path().as_deref())?.into(), &global),
        None => return explore(Start::on(text, pair, file.as_deref())?, &global),
        Some(_) if restore => {
            return Err(CliError::Usage("--restore opens the explorer and belongs to no command".to_owned()));
        }
        Some(_) if text.is_some() || pair.is_some() => {
            return Err(CliError::Usage("a text before a command belongs to no command; put it behind".to_owned()));
        }
        Some(_) if file.is_some() => {
            return Err(CliError::Usage("--file before a command opens the explorer; put it behind".to_owned()));
        }
        Some(Command::Open { file }) => return explore(session::read(&file)?.into(), &global),
        Some(Command::Trace(arguments)) => trace::run(&arguments, &global)?,
        Some(Command::Attention(arguments)) => attention::run(&arguments, &global)?,
        Some(Command::Similarity(arguments)) => similarity::run(&arguments, &global)?,
        Some(Command::Evaluate(arguments)) => evaluate::run(&arguments, &global)?,
        Some(Command::Embed(arguments)) => embed::run(&arguments, &global)?,
        Some(Command::Screenshot(arguments)) => screenshot::run(&arguments, &global)?,
        Some(Command::Models(arguments)) => models::run(&arguments, &global)?,
        Some(Command::Config(arguments)) => print_config(&arguments)?,
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "clscope", &mut script);
            output::write(&script, None)?;
        }
    }
    Ok(0)
}

/// What the explorer starts with.
enum Start {
    Text(Input),
    /// On a list of sentences, one a line; with a text in the fields, or with none.
    List {
        input: Input,
        text: String,
        file: PathBuf,
    },
    Session(Box<Session>),
}

impl Start {
    fn on(text: Option<String>, pair: Option<String>, file: Option<&Path>) -> Result<Self, CliError> {
        if pair.is_some() && text.is_none() {
            return Err(CliError::Usage("--pair needs a first sentence: clscope TEXT --pair TEXT".to_owned()));
        }
        let input = Input { text: text.unwrap_or_default(), pair };
        // Read before the screen comes up.
        Ok(match file {
            None => Start::Text(input),
            Some(path) => Start::List { input, text: read_text(path)?, file: path.to_owned() },
        })
    }
}

impl From<Session> for Start {
    fn from(session: Session) -> Self {
        Start::Session(Box::new(session))
    }
}

fn explore(start: Start, global: &Global) -> Result<u8, CliError> {
    let config = global.config()?;
    // Keys come from the terminal itself where the list came through standard input.
    let keys = io::stdin().is_terminal() || matches!(&start, Start::List { file, .. } if file == Path::new("-"));
    if !io::stdout().is_terminal() || !keys {
        return Err(CliError::Failed(
            "the explorer needs a terminal; in a pipe use clscope trace, attention, similarity, evaluate or screenshot"
                .to_owned(),
        ));
    }
    let backend = available(config.options.backend)?;
    let (model, mut app) = match start {
        // Refused here, not behind the screen: they are mistakes of the command's.
        Start::Text(input) => (global.source(&config.options)?.origin(), App::new(input, examples(&config))),
        Start::List { input, text, file } => {
            let mut app = App::new(input, examples(&config));
            (app.view, app.focus) = (View::Sentences, Focus::View);
            // Nothing is read before there is a model.
            app.add_sentences(&text);
            notice_if_empty(&mut app, &file, &text);
            (global.source(&config.options)?.origin(), app)
        }
        Start::Session(mut session) => {
            let model = match session.model.take() {
                // A colleague's may not be here: said on the screen, where another can be chosen for the text.
                Some(model) if global.model.is_none() && global.revision.is_none() => model,
                Some(model) if global.model.is_none() => {
                    global.source(&Options { model, ..config.options.clone() })?.origin()
                }
                _ => global.source(&config.options)?.origin(),
            };
            let mut app = App::new(Input::default(), examples(&config));
            // Nothing is read before there is a model.
            app.restore(*session);
            (model, app)
        }
    };
    let last_session = config::last_session_path();
    app.mouse = config.options.mouse;
    app.has_last_session = last_session.as_ref().is_some_and(|path| path.is_file());
    let setup = Setup {
        model,
        library: global.library()?,
        backend,
        debounce: Duration::from_millis(config.options.debounce_ms.into()),
        log: log(),
        last_session: last_session.clone(),
    };
    let depth = ColorDepth::detect(config.options.color, environment);
    let dark = config::dark_background(environment);
    let ended = explorer::run(&mut app, setup, &look(config, depth, dark, true));
    // However it ended: a window that is closed may also look like a terminal that fails.
    if let Some(path) = last_session.filter(|_| !app.is_empty() || !app.list.is_empty())
        && let Err(error) = session::keep(&path, &app.session())
    {
        output::say(&format!("clscope: the session is not kept: {error}"));
    }
    ended.map_err(CliError::io("the terminal failed"))
}

fn print_config(arguments: &ConfigCommand) -> Result<(), CliError> {
    let text = if arguments.path {
        let path = config::path().ok_or_else(|| {
            CliError::Failed("there is no home directory, so no configuration file; name one with --config".to_owned())
        })?;
        format!("{}\n", path.display())
    } else {
        config::template()
    };
    output::write(text.as_bytes(), None)
}

impl Global {
    /// The configuration: built-in, then the user's file, then the command line.
    fn config(&self) -> Result<Config, CliError> {
        let mut config = config::load(self.config.as_deref())?;
        let options = &mut config.options;
        if let Some(model) = &self.model {
            options.model.clone_from(model);
        }
        options.backend = self.backend.unwrap_or(options.backend);
        options.color = self.color.unwrap_or(options.color);
        options.theme = self.theme.unwrap_or(options.theme);
        Ok(config)
    }

    /// The model that the options and the command line name.
    fn source(&self, options: &Options) -> Result<ModelSource, CliError> {
        Ok(ModelSource::parse(&options.model, self.revision.as_deref())?)
    }

    /// Where models are looked for.
    fn library(&self) -> Result<Library, CliError> {
        let mut settings = HubSettings::resolve(environment, etcetera::home_dir().ok().as_deref());
        if let Ok(settings) = &mut settings {
            settings.offline |= self.offline;
        }
        let recent = Recent::new(config::recent_models_path());
        Ok(Library { hub: Hub::new(settings), recommended: config::recommended_models()?, recent })
    }

    /// Opens the model the headless commands work with.
    fn open(&self) -> Result<(Bert, ModelSource), CliError> {
        self.open_with(&self.config()?.options)
    }

    /// The files of a model that was opened.
    fn checkpoint(&self, source: &ModelSource) -> Result<Checkpoint, CliError> {
        Ok(source.checkpoint(&self.library()?.hub, &Cancel::default(), &mut |_| {})?)
    }

    fn open_with(&self, options: &Options) -> Result<(Bert, ModelSource), CliError> {
        self.load(self.source(options)?, options)
    }

    /// Opens a model beside the one they work with, for which `--revision` does not speak.
    fn open_another(&self, model: &str) -> Result<(Bert, ModelSource), CliError> {
        self.load(ModelSource::parse(model, None)?, &self.config()?.options)
    }

    fn load(&self, source: ModelSource, options: &Options) -> Result<(Bert, ModelSource), CliError> {
        let backend = available(options.backend)?;
        let mut meter = meter::Meter::new(source.name());
        let bert =
            source.load(&self.library()?.hub, backend, &Cancel::default(), &mut |progress| meter.say(progress))?;
        Ok((bert, source))
    }
}

fn available(backend: Backend) -> Result<Backend, CliError> {
    match backend.is_built_in() {
        true => Ok(backend),
        false => Err(BertError::BackendMissing { backend }.into()),
    }
}

fn examples(config: &Config) -> Vec<Input> {
    config.options.examples.iter().map(|e| Input { text: e.text.clone(), pair: e.pair.clone() }).collect()
}

fn look(config: Config, depth: ColorDepth, dark: bool, timing: bool) -> Look {
    let dark = match config.options.theme {
        ThemeName::Light => false,
        ThemeName::Dark => true,
        ThemeName::Auto | ThemeName::Mono => dark,
    };
    Look { theme: config.theme(depth, dark), keymap: config.keymap, dark, timing }
}

/// The log file, begun anew; none where it cannot be written, which is no reason not to start.
fn log() -> Option<File> {
    let path = config::log_path()?;
    fs::create_dir_all(path.parent()?).ok()?;
    File::create(path).ok()
}

fn environment(name: &str) -> Option<String> {
    env::var(name).ok()
}

/// Says on standard error that an input was cut; never silently.
fn warn_of_truncation(what: &str, truncation: Option<crate::bert::Truncation>) {
    if let Some(cut) = truncation {
        output::say(&format!(
            "clscope: {what} has {} tokens; the model reads {}, the rest is cut off",
            cut.from, cut.to
        ));
    }
}

/// The lines of a file that are not empty, or these texts.
fn sentences(file: Option<&Path>, texts: &[String]) -> Result<Vec<String>, CliError> {
    match file {
        Some(path) => {
            let text = read_text(path)?;
            let lines: Vec<_> = text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
            if lines.is_empty() { Err(CliError::Usage(empty(path))) } else { Ok(lines) }
        }
        None => Ok(texts.to_vec()),
    }
}

/// What is said of a file without a line.
fn empty(path: &Path) -> String {
    format!("{} is empty; write a sentence a line", named(path))
}

/// Says on the screen that a file has no line for the list.
fn notice_if_empty(app: &mut App, path: &Path, text: &str) {
    if text.trim().is_empty() {
        app.notice = Some(Notice { text: empty(path), is_error: true });
    }
}

fn read_text(path: &Path) -> Result<String, CliError> {
    let failed = CliError::io(format!("cannot read {} as text", named(path)));
    let mut bytes = Vec::new();
    match path == Path::new("-") {
        true => io::stdin().read_to_end(&mut bytes).map_err(failed)?,
        false => File::open(path).and_then(|mut file| file.read_to_end(&mut bytes)).map_err(failed)?,
    };
    String::from_utf8(bytes).map_err(|error| {
        let whole = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = whole.iter().filter(|byte| **byte == b'\n').count() + 1;
        CliError::Failed(format!("cannot read {} as text: line {line} is not UTF-8; convert it", named(path)))
    })
}

/// A file as messages call it.
fn named(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}

//! The explorer, and pictures of it.

use std::{
    fs::{self, File},
    io::{self, IsTerminal},
    path::Path,
    time::Duration,
};

use super::{
    arguments::ScreenshotCommand,
    dataset::TextArguments,
    declared::warn_of_lengths_of,
    error::{Attempt, CliError},
    global::{GlobalArguments, available, environment},
    input::{LongText, sentences, warn_of_length},
    output, sessions,
    unknown::{warn_of_unknown, warn_of_unknown_in},
};
use crate::{
    bert::Input,
    config::{self, ColorDepth, KeyChord, Options},
    explorer::{self, LinesError, Screenshot, Setup, Start},
    messages::message,
};

/// What the explorer starts on, where neither a session nor a command is named.
pub(super) fn start(
    text: Option<String>,
    pair: Option<String>,
    file: Option<&Path>,
    texts: &TextArguments,
) -> Result<Start, CliError> {
    if pair.is_some() && text.is_none() {
        return Err(CliError::Usage(message!("cli-pair-alone")));
    }
    let input = Input { text: text.unwrap_or_default(), pair };
    // Read before the screen comes up.
    let sentences = list(file, texts)?;
    Ok(if sentences.is_empty() { Start::Text(input) } else { Start::List { input, sentences } })
}

/// The sentences of a file, if one is named.
fn list(file: Option<&Path>, texts: &TextArguments) -> Result<Vec<String>, CliError> {
    match file {
        None if *texts != TextArguments::default() => Err(CliError::Usage(message!("cli-file-options-alone"))),
        None => Ok(Vec::new()),
        Some(path) => sentences(path, texts),
    }
}

/// Runs the explorer; returns its exit status. `keys_from_terminal` where standard input is not the keyboard but a text
/// that has been read.
pub(super) fn run(
    mut start: Start,
    probes: &[String],
    keys_from_terminal: bool,
    global: &GlobalArguments,
) -> Result<u8, CliError> {
    if global.is_plain() {
        return plain(start, probes, global);
    }
    let config = global.config()?;
    let probes = explorer::open_probes(probes)?;
    if !io::stdout().is_terminal() || !(keys_from_terminal || io::stdin().is_terminal()) {
        return Err(CliError::Failed(message!("cli-no-terminal")));
    }
    let backend = available(config.options.backend)?;
    let model = match &mut start {
        Start::Session(session) => match session.model.take() {
            // A colleague's may not be here: said on the screen, where another can be chosen for the text.
            Some(model) if global.model.is_none() && global.revision.is_none() => model,
            Some(model) if global.model.is_none() => {
                global.source(&Options { model, ..config.options.clone() })?.origin()
            }
            _ => global.source(&config.options)?.origin(),
        },
        Start::Lesson(lesson, session) => {
            // The lesson's first step has it, or another.
            session.iter_mut().for_each(|session| session.model = None);
            match lesson.steps.first().and_then(|step| step.scene.model.clone()) {
                Some(model) if global.model.is_none() => model,
                _ => global.source(&config.options)?.origin(),
            }
        }
        // Refused here, not behind the screen: they are mistakes of the command's.
        Start::Text(_) | Start::List { .. } => global.source(&config.options)?.origin(),
    };
    let setup = Setup {
        model,
        library: global.library()?,
        backend,
        debounce: Duration::from_millis(config.options.debounce_ms.into()),
        log: log(),
        kept: sessions::kept(),
        probes,
    };
    let depth = ColorDepth::detect(config.options.color, environment);
    let dark = config::dark_background(environment);
    let (ended, kept) = explorer::start(start, config, (depth, dark), setup);
    if let Err(error) = kept {
        output::diagnostic(&message!("cli-session-not-kept", reason = error.to_string()));
    }
    ended.map_err(CliError::io(Attempt::UseTerminal))
}

/// Runs the explorer as lines of text.
fn plain(start: Start, probes: &[String], global: &GlobalArguments) -> Result<u8, CliError> {
    let config = global.config()?;
    let probes = explorer::open_probes(probes)?;
    let of_start = match &start {
        Start::Session(session) => session.model.clone(),
        Start::Lesson(lesson, _) => lesson.steps.first().and_then(|step| step.scene.model.clone()),
        Start::Text(_) | Start::List { .. } => None,
    };
    let (bert, source) = match of_start.filter(|_| global.model.is_none()) {
        Some(model) => global.open_another(&model)?,
        None => global.open_with(&config.options)?,
    };
    let library = global.library()?;
    let lines = (io::stdin().lock(), io::stdout());
    let ended = explorer::plain((start, probes), config, bert, &source.origin(), move || library.list(), lines);
    ended.map(|()| 0).map_err(|error| match error {
        LinesError::Read(error) => CliError::io(Attempt::ReadAnswer)(error),
        LinesError::Write(error) => CliError::io(Attempt::WriteOutput)(error),
    })
}

/// Draws what the explorer would show.
pub(super) fn screenshot(arguments: &ScreenshotCommand, global: &GlobalArguments) -> Result<(), CliError> {
    let config = global.config()?;
    let (bert, source) = global.open_with(&config.options)?;
    let library = global.library()?;
    let key = |name: &str| {
        name.parse::<KeyChord>().map_err(|error| CliError::Usage(message!("cli-keys", reason = error.to_string())))
    };
    let screenshot = Screenshot {
        input: Input { text: arguments.text.clone(), pair: arguments.pair.clone() },
        list: list(arguments.file.as_deref(), &arguments.texts)?,
        screen: arguments.view.clone(),
        keys: arguments.keys.split_whitespace().map(key).collect::<Result<_, _>>()?,
        size: arguments.size,
        probes: explorer::open_probes(&arguments.probe)?,
    };
    let name = |at| message!("cli-text-sentence", sentence = at + 1);
    warn_of_length(&bert, LongText::Input, &screenshot.input, bert.encode(&screenshot.input)?.truncation)?;
    warn_of_lengths_of(&bert, &screenshot.list, name)?;
    warn_of_unknown_in(&bert, &screenshot.input)?;
    warn_of_unknown(&bert, &screenshot.list, name)?;
    // A picture is of one model: --model says which.
    let svg = screenshot.draw(config, bert, &source.origin(), move || library.list());
    output::write(svg.as_bytes(), arguments.output.as_deref())
}

/// The log file, begun anew; none where it cannot be written, which is no reason not to start.
fn log() -> Option<File> {
    let path = config::log_path()?;
    fs::create_dir_all(path.parent()?).ok()?;
    File::create(path).ok()
}

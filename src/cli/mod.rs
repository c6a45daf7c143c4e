//! The command line: arguments, and what each command does. Results go to standard output, everything else
//! to standard error.

mod ablations;
mod arguments;
mod attention;
mod calibration;
mod check;
mod choices;
mod dataset;
mod declared;
mod embed;
mod error;
mod evaluate;
mod explore;
mod files;
mod finite;
mod format;
mod global;
mod groundwork;
mod input;
mod labelled_examples;
mod lesson;
mod man;
mod meter;
mod mixing;
mod models;
mod numbered;
/// Where results and messages go.
pub mod output;
mod predict;
mod probe;
mod rows;
mod seen;
mod sessions;
mod similarity;
mod trace;
mod unknown;
mod vectors;

use std::path::Path;

use clap::{CommandFactory, FromArgMatches};

pub use arguments::Arguments;
use arguments::{CliCommand, ConfigCommand};
use dataset::TextArguments;
pub use error::{Attempt, CliError};
pub use files::NamedFiles;

use crate::{
    config, explorer,
    messages::message,
    session::{self, SessionError},
};

/// Chooses the language of what is said, before the arguments are read.
pub fn speak() {
    global::speak_before_parsing(std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()));
}

/// Reads the arguments of the program, and which files they name.
///
/// # Errors
/// When they are no command, or ask for help.
pub fn parse() -> Result<(Arguments, NamedFiles), clap::Error> {
    let mut command = Arguments::command();
    let matches = command.try_get_matches_from_mut(std::env::args_os())?;
    let arguments = Arguments::from_arg_matches(&matches).map_err(|error| error.format(&mut command))?;
    Ok((arguments, NamedFiles::of(&command, &matches)))
}

/// Carries the command out; returns the exit status.
///
/// # Errors
/// When it cannot be done; the error's message is one line with the remedy.
pub fn run(arguments: Arguments, files: &NamedFiles) -> Result<u8, CliError> {
    let Arguments { text, pair, restore, file, texts, probe, command, global } = arguments;
    global.speak();
    files.check()?;
    match command {
        None if restore => {
            let session = sessions::kept().ok_or(SessionError::NoneKept)?.last()?;
            return explore::run(session.into(), &probe, false, &global);
        }
        None => {
            // Keys come from the terminal itself where the list came through standard input.
            let keys_from_terminal = file.as_deref() == Some(Path::new("-"));
            return explore::run(
                explore::start(text, pair, file.as_deref(), &texts)?,
                &probe,
                keys_from_terminal,
                &global,
            );
        }
        Some(_) if restore => {
            return Err(CliError::Usage(message!("cli-restore-before-command")));
        }
        Some(_) if text.is_some() || pair.is_some() => {
            return Err(CliError::Usage(message!("cli-text-before-command")));
        }
        Some(_) if file.is_some() || texts != TextArguments::default() => {
            return Err(CliError::Usage(message!("cli-file-before-command")));
        }
        Some(CliCommand::Open { file }) => return explore::run(session::read(&file)?.into(), &probe, false, &global),
        Some(_) if !probe.is_empty() => {
            return Err(CliError::Usage(message!("cli-probe-before-command")));
        }
        Some(CliCommand::Sessions(tables)) => sessions::list(&tables, &global)?,
        Some(CliCommand::Trace(arguments)) => trace::run(&arguments, &global)?,
        Some(CliCommand::Attention(arguments)) => attention::run(&arguments, &global)?,
        Some(CliCommand::Similarity(arguments)) => similarity::run(&arguments, &global)?,
        Some(CliCommand::Mixing(arguments)) => mixing::run(&arguments, &global)?,
        Some(CliCommand::Evaluate(arguments)) => evaluate::run(&arguments, &global)?,
        Some(CliCommand::Embed(arguments)) => embed::run(&arguments, &global)?,
        Some(CliCommand::Predict(arguments)) => predict::run(&arguments, &global)?,
        Some(CliCommand::Probe(arguments)) => probe::run(&arguments, &global)?,
        Some(CliCommand::Lesson(arguments)) => return lesson::run(&arguments, &global),
        Some(CliCommand::Screenshot(arguments)) => explore::screenshot(&arguments, &global)?,
        Some(CliCommand::Models(arguments)) => models::run(&arguments, &global)?,
        Some(CliCommand::Config(arguments)) => print_config(&arguments)?,
        Some(CliCommand::Completions { shell }) => man::complete(shell)?,
        Some(CliCommand::Man { command, directory }) => man::run(&command, directory.as_deref())?,
    }
    Ok(0)
}

/// Why what was asked for of the arguments, such as help, could not be printed.
pub fn not_printed(error: std::io::Error) -> CliError {
    CliError::io(Attempt::WriteOutput)(error)
}

fn print_config(arguments: &ConfigCommand) -> Result<(), CliError> {
    let text = if arguments.path {
        let path = config::path().ok_or_else(|| CliError::Failed(message!("cli-no-config-file")))?;
        format!("{}\n", path.display())
    } else {
        config::template(&explorer::key_contexts())
    };
    output::write(text.as_bytes(), None)
}

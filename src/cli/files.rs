//! What a command reads and where it writes, before it begins: no result takes the place of what it is made from, and a place that cannot be
//! written is said at once, not after an hour's work.

use std::{
    ffi::OsStr,
    fs::{self, Metadata},
    io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use clap::{ArgMatches, Command, ValueHint};

use super::{
    error::{Attempt, CliError},
    numbered::numbered_path,
};
use crate::{messages::message, whole_file::BegunFile};

const STANDARD_INPUT: &str = "/dev/stdin";
/// More tables than any command writes.
const MOST_TABLES: usize = 64;
/// The option that every command calls so.
const OUTPUT: &str = "output";

/// The files that a command names.
#[derive(Debug, Default)]
pub struct NamedFiles {
    output: Option<PathBuf>,
    /// What may be files or directories that are read.
    inputs: Vec<PathBuf>,
    /// Whether it adds to the output, which needs no other file beside it.
    adds: bool,
    /// Whether it may write several tables, into files beside the output.
    numbers: bool,
}

impl NamedFiles {
    /// Those of the command, and of the commands it is one of: the values of every argument that is a path.
    pub(super) fn of(command: &Command, matches: &ArgMatches) -> Self {
        let mut named = match matches.subcommand() {
            Some((name, matches)) => {
                command.find_subcommand(name).map_or_else(Self::default, |command| Self::of(command, matches))
            }
            None => Self::default(),
        };
        for argument in command.get_arguments() {
            let id = argument.get_id().as_str();
            // A file may be read as standard input.
            let path = |value: &OsStr| PathBuf::from(if value == "-" { OsStr::new(STANDARD_INPUT) } else { value });
            let raw = || matches.try_get_raw(id).ok().flatten().into_iter().flatten();
            let values = || raw().map(&path);
            match argument.get_value_hint() {
                _ if id == OUTPUT => named.output = raw().next().map(PathBuf::from).or(named.output),
                ValueHint::AnyPath | ValueHint::FilePath | ValueHint::DirPath => named.inputs.extend(values()),
                _ if id == "table" => named.numbers = values().next().is_none(),
                _ if id == "resume" => named.adds |= values().any(|given| given.as_os_str() == "true"),
                _ => {}
            }
        }
        named
    }

    /// # Errors
    /// When the output is a file that is read, or cannot be written.
    pub(super) fn check(&self) -> Result<(), CliError> {
        let Some(output) = &self.output else { return Ok(()) };
        let file = || output.display().to_string();
        if output == Path::new("-") {
            return Err(CliError::Usage(message!("cli-output-dash")));
        }
        let is_input = |there: &Metadata| {
            self.inputs.iter().any(|input| fs::metadata(input).is_ok_and(|input| is_same(&input, there)))
        };
        let there = fs::metadata(output).ok();
        if let Some(there) = there.as_ref().filter(|there| there.is_file()) {
            if is_input(there) {
                return Err(CliError::Usage(message!("cli-output-is-input", file = file())));
            }
            if let Some(directory) = self.inputs.iter().find(|input| holds(input, output)) {
                let directory = directory.display().to_string();
                return Err(CliError::Usage(message!("cli-output-in-input", file = file(), directory = directory)));
            }
        }
        if self.numbers {
            let numbered = (2..=MOST_TABLES).map(|number| numbered_path(output, number));
            let mut there = numbered.filter_map(|path| Some((fs::metadata(&path).ok()?, path)));
            if let Some((_, path)) = there.find(|(there, _)| is_input(there)) {
                return Err(CliError::Usage(message!("cli-output-is-input", file = path.display().to_string())));
            }
        }
        let attempt = Attempt::Write(file());
        match there {
            Some(there) if there.is_dir() => Err(CliError::io(attempt)(io::ErrorKind::IsADirectory.into())),
            Some(there) if !there.is_file() || self.adds => Ok(()),
            _ => BegunFile::beside(output).map(drop).map_err(CliError::io(attempt)),
        }
    }
}

/// Whatever they are called.
fn is_same(a: &Metadata, b: &Metadata) -> bool {
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

/// Whether a file is in a directory, directly or deeper.
fn holds(directory: &Path, file: &Path) -> bool {
    let whole = |path: &Path| fs::canonicalize(path).ok();
    directory.is_dir() && whole(directory).zip(whole(file)).is_some_and(|(directory, file)| file.starts_with(directory))
}

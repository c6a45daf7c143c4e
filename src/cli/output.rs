use std::{
    fs,
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
};

use super::error::{Attempt, CliError};
use crate::{
    export::{ExportContents, Format, Holds},
    messages::message,
    printable::printable,
};

/// Says a line on standard error, with nothing in it that a terminal would obey. Where standard error is closed or full,
/// there is nobody to tell.
pub fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{}", printable(line));
}

/// Says what a command remarks on, or why it failed: the program's name, a colon, and the message.
pub fn diagnostic(message: &str) {
    say(&format!("clscope: {message}"));
}

/// In which format a result is written, and where.
pub(super) struct Destination<'d> {
    format: Format,
    path: Option<&'d Path>,
}

impl<'d> Destination<'d> {
    /// A file, or standard output: in the format that was asked for, else in that of the file's extension, else in the usual
    /// one. `holds` is what will be written.
    ///
    /// # Errors
    /// When the extension is that of another format than was asked for, or when a terminal would get what is not text;
    /// refused before anything is computed.
    pub(super) fn new(
        asked: Option<Format>,
        path: Option<&'d Path>,
        holds: Holds,
        usual: Format,
    ) -> Result<Self, CliError> {
        let named = path.and_then(Format::of_path);
        let format = asked.or(named).unwrap_or(usual);
        if let (Some(path), Some(named)) = (path, named)
            && (named != format || !named.writes(holds))
        {
            let formats = Format::of(holds).map(Format::id).collect::<Vec<_>>().join(", ");
            let (file, extension) = (path.display().to_string(), named.extension());
            return Err(CliError::Usage(match asked {
                Some(_) => message!("cli-extension", file = file, extension = extension, format = format.id()),
                None => message!("cli-extension-unknown", file = file, extension = extension, formats = formats),
            }));
        }
        Self::checked(format, path)
    }

    /// Standard output.
    ///
    /// # Errors
    /// When a terminal would get what is not text.
    pub(super) fn standard_output(format: Format) -> Result<Self, CliError> {
        Self::checked(format, None)
    }

    fn checked(format: Format, path: Option<&'d Path>) -> Result<Self, CliError> {
        if format.is_binary() && path.is_none() && io::stdout().is_terminal() {
            return Err(CliError::Usage(message!("cli-binary-on-terminal", format = format.id())));
        }
        Ok(Self { format, path })
    }

    /// What is written.
    pub(super) fn format(&self) -> Format {
        self.format
    }

    /// Writes a result in its format.
    pub(super) fn write<'c>(&self, contents: impl Into<ExportContents<'c>>) -> Result<(), CliError> {
        let bytes = self.format.write(contents).map_err(|error| CliError::Failed(error.to_string()))?;
        write(&bytes, self.path)
    }
}

/// Writes a result to a file, or to standard output. A file appears whole or not at all.
pub(super) fn write(bytes: &[u8], path: Option<&Path>) -> Result<(), CliError> {
    match path {
        Some(path) => replace(path, bytes).map_err(CliError::io(Attempt::Write(path.display().to_string()))),
        None => {
            let mut stdout = io::stdout().lock();
            stdout.write_all(bytes).and_then(|()| stdout.flush()).map_err(CliError::io(Attempt::WriteOutput))
        }
    }
}

/// A device or pipe is written to as it is; a file is replaced by one that is complete.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|meta| !meta.is_file()) {
        return fs::write(path, bytes);
    }
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = PathBuf::from(name);
    fs::write(&part, bytes).and_then(|()| fs::rename(&part, path)).inspect_err(|_| {
        let _ = fs::remove_file(&part);
    })
}

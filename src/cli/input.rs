//! Texts that are read, and what is said of them.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use super::{error::CliError, output};
use crate::bert::Truncation;

/// Says on standard error that an input was cut; never silently.
pub(super) fn warn_of_truncation(what: &str, truncation: Option<Truncation>) {
    if let Some(cut) = truncation {
        output::say(&format!(
            "clscope: {what} has {} tokens; the model reads {}, the rest is cut off",
            cut.from, cut.to
        ));
    }
}

/// The lines of a file that are not empty, or these texts.
pub(super) fn sentences(file: Option<&Path>, texts: &[String]) -> Result<Vec<String>, CliError> {
    match file {
        Some(path) => {
            let text = read_text(path)?;
            let lines: Vec<_> = text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
            if lines.is_empty() { Err(CliError::Usage(empty(path))) } else { Ok(lines) }
        }
        None => Ok(texts.to_vec()),
    }
}

/// What is said of a text that was read from a file and has no line; none where it has one.
pub(super) fn wrong_with(path: &Path, text: &str) -> Option<String> {
    text.trim().is_empty().then(|| empty(path))
}

fn empty(path: &Path) -> String {
    format!("{} is empty; write a sentence a line", named(path))
}

/// A file as text; `-` is standard input.
pub(super) fn read_text(path: &Path) -> Result<String, CliError> {
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

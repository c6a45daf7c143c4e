//! Texts that are read, and what is said of them.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use super::{
    error::{Attempt, CliError},
    output::diagnostic,
};
use crate::{bert::Truncation, messages::message};

/// A text that is longer than the model reads. Sentences by number, from 0.
#[derive(Clone, Copy, Debug)]
pub(super) enum LongText<'m> {
    /// The one text of the command.
    Input,
    /// One sentence of several.
    Sentence(usize),
    /// The same as another model reads it.
    SentenceOf { model: &'m str, sentence: usize },
    /// What the sentences are searched for.
    Query,
    /// What a comparison starts from.
    Baseline,
}

/// Says on standard error that a text was cut off; never silently.
pub(super) fn warn_of_truncation(what: LongText, truncation: Option<Truncation>) {
    let Some(Truncation { from: tokens, to: limit }) = truncation else { return };
    diagnostic(&match what {
        LongText::Input => message!("cli-truncated-input", tokens = tokens, limit = limit),
        LongText::Sentence(sentence) => {
            message!("cli-truncated-sentence", sentence = sentence + 1, tokens = tokens, limit = limit)
        }
        LongText::SentenceOf { model, sentence } => message!(
            "cli-truncated-sentence-of-model",
            model = model,
            sentence = sentence + 1,
            tokens = tokens,
            limit = limit
        ),
        LongText::Query => message!("cli-truncated-query", tokens = tokens, limit = limit),
        LongText::Baseline => message!("cli-truncated-baseline", tokens = tokens, limit = limit),
    });
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
    message!("cli-file-empty", file = named(path))
}

/// A file as text; `-` is standard input.
pub(super) fn read_text(path: &Path) -> Result<String, CliError> {
    let failed = CliError::io(Attempt::Read(named(path)));
    let mut bytes = Vec::new();
    match path == Path::new("-") {
        true => io::stdin().read_to_end(&mut bytes).map_err(failed)?,
        false => File::open(path).and_then(|mut file| file.read_to_end(&mut bytes)).map_err(failed)?,
    };
    String::from_utf8(bytes).map_err(|error| {
        let whole = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = whole.iter().filter(|byte| **byte == b'\n').count() + 1;
        CliError::Failed(message!("cli-file-not-text", file = named(path), line = line))
    })
}

/// A file as messages call it.
fn named(path: &Path) -> String {
    if path == Path::new("-") { message!("cli-standard-input") } else { path.display().to_string() }
}

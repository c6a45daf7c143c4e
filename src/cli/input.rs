//! Texts that are read, and what is said of them.

use std::path::Path;

use super::{
    dataset::{self, ListArguments, TextArguments},
    error::CliError,
    output::diagnostic,
};
use crate::{
    bert::Truncation,
    dataset::{DatasetError, Fault, ReadingOptions, Text, texts},
    export::Rows,
    messages::message,
};

/// A text that is longer than the model reads.
#[derive(Clone, Copy, Debug)]
pub(super) enum LongText {
    /// The one text of the command.
    Input,
    /// What a comparison starts from.
    Baseline,
}

/// Says on standard error that a text was cut off; never silently.
pub(super) fn warn_of_truncation(what: LongText, truncation: Option<Truncation>) {
    let Some(Truncation { from: tokens, to: limit }) = truncation else { return };
    diagnostic(&match what {
        LongText::Input => message!("cli-truncated-input", tokens = tokens, limit = limit),
        LongText::Baseline => message!("cli-truncated-baseline", tokens = tokens, limit = limit),
    });
}

/// The rows of a file, or these texts. A row that is blank or cannot be used stays one without text, so that row i is
/// line i, where nothing else is asked for. More rows than `most` are refused.
pub(super) fn rows(
    file: Option<&Path>,
    given: &[String],
    list: &ListArguments,
    most: Option<usize>,
) -> Result<Rows, CliError> {
    let Some(path) = file else {
        return match *list == ListArguments::default() {
            true => Ok(Rows::of_texts(given.to_vec())),
            false => Err(CliError::Usage(message!("cli-file-options-alone"))),
        };
    };
    let mut rows = Rows { ids: list.has_ids().then(Vec::new), ..Rows::default() };
    read(path, ReadingOptions { most_rows: most, ..list.options() }, |Text { text, id, .. }| {
        rows.blank.push(text.trim().is_empty());
        rows.texts.push(text);
        if let Some(ids) = &mut rows.ids {
            ids.push(id);
        }
    })?;
    Ok(rows)
}

/// The sentences of a file, without blank lines.
pub(super) fn sentences(path: &Path, texts: &TextArguments) -> Result<Vec<String>, CliError> {
    let mut sentences = Vec::new();
    read(path, texts.options(), |text| sentences.push(text.text))?;
    Ok(sentences)
}

/// The texts of a file, row by row; empty where a row has none.
pub(super) fn texts_of(path: &Path, options: ReadingOptions) -> Result<Vec<String>, CliError> {
    let mut texts = Vec::new();
    read(path, options, |text| texts.push(text.text))?;
    Ok(texts)
}

/// Hands over the texts of a file, of which there is one at least; says what was decided, and what was left out.
fn read(path: &Path, options: ReadingOptions, mut each: impl FnMut(Text)) -> Result<(), CliError> {
    let empty = || CliError::Usage(message!("cli-file-empty", file = named(path)));
    let failed = |error: DatasetError| match *error.fault {
        Fault::NoTexts => empty(),
        Fault::TooManyRows { most } => {
            CliError::Failed(message!("cli-similarity-too-many", file = named(path), most = most))
        }
        _ => CliError::Failed(error.to_string()),
    };
    let mut texts = texts(path, &options).map_err(failed)?;
    let mut filled = false;
    for text in texts.by_ref() {
        let text = text.map_err(failed)?;
        filled |= !text.text.trim().is_empty();
        each(text);
    }
    dataset::say_of_texts(&path.display().to_string(), texts.reading(), options.blank);
    if filled { Ok(()) } else { Err(empty()) }
}

/// A file as messages call it.
fn named(path: &Path) -> String {
    if path == Path::new("-") { message!("cli-standard-input") } else { path.display().to_string() }
}

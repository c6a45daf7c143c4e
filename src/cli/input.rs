//! Texts that are read, and what is said of them.

use std::path::Path;

use super::{
    dataset::{self, ListArguments, TextArguments},
    error::CliError,
    output::diagnostic,
};
use crate::{
    bert::Truncation,
    dataset::{DatasetError, Fault, Options, Text, texts},
    export::Rows,
    messages::message,
};

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

/// Says the same of several texts: of a few each, of more how many there are, and the first.
pub(super) fn warn_of_truncations<'m>(
    truncated: &[(usize, Truncation)],
    name: impl Fn(usize) -> LongText<'m>,
    model: &str,
) {
    const EACH: usize = 3;
    if truncated.len() <= EACH {
        return truncated.iter().for_each(|&(at, cut)| warn_of_truncation(name(at), Some(cut)));
    }
    let number = |at| match name(at) {
        LongText::Sentence(sentence) | LongText::SentenceOf { sentence, .. } => (sentence + 1).to_string(),
        LongText::Input | LongText::Query | LongText::Baseline => message!("cli-text-query"),
    };
    let first: Vec<String> = truncated.iter().take(EACH).map(|(at, _)| number(*at)).collect();
    let limit = truncated.first().map_or(0, |(_, cut)| cut.to);
    let (count, first) = (truncated.len(), first.join(", "));
    diagnostic(&message!("cli-truncated-sentences", model = model, count = count, limit = limit, first = first));
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
    read(path, Options { most_rows: most, ..list.options() }, |Text { text, id, .. }| {
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

/// Hands over the texts of a file, of which there is one at least; says what was decided, and what was left out.
fn read(path: &Path, options: Options, mut each: impl FnMut(Text)) -> Result<(), CliError> {
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

//! Texts that are read, and what is said of them.

use std::path::{Path, PathBuf};

use super::{
    dataset::{ListArguments, TextArguments, say_left_out, say_of_columns},
    error::CliError,
    output::diagnostic,
};
use crate::{
    bert::{Bert, BertError, Input, Truncation},
    dataset::{DatasetError, Fault, ReadingOptions, Shard, Text, Texts, called, texts as open_texts},
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

/// Says on standard error where a text is truncated, and where it goes beyond what the model was trained for; never silently.
pub(super) fn warn_of_length(
    bert: &Bert,
    what: LongText,
    input: &Input,
    truncation: Option<Truncation>,
) -> Result<(), BertError> {
    if let Some(Truncation { from: tokens, to: limit }) = truncation {
        diagnostic(&match what {
            LongText::Input => message!("cli-truncated-input", tokens = tokens, limit = limit),
            LongText::Baseline => message!("cli-truncated-baseline", tokens = tokens, limit = limit),
        });
    }
    let Some(extent) = bert.declared_extent(input)? else { return Ok(()) };
    if let Some(Truncation { from: tokens, to: limit }) = extent.truncation {
        diagnostic(&match what {
            LongText::Input => message!("cli-beyond-declared-input", tokens = tokens, limit = limit),
            LongText::Baseline => message!("cli-beyond-declared-baseline", tokens = tokens, limit = limit),
        });
    }
    Ok(())
}

/// How many rows a command takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct MostRows {
    pub rows: usize,
    /// What is said of a file, by its name, that has more.
    pub refusal: fn(&str, usize) -> String,
}

/// The most rows that are held at once where nothing else bounds them.
pub(super) const MOST_HELD: MostRows =
    MostRows { rows: 1_000_000, refusal: |file, most| message!("cli-file-too-many", file = file, most = most) };

/// The rows of a file, or texts that are given. A row that is blank or cannot be used stays one without text, so that row i
/// is line i, where nothing else is asked for.
pub(super) struct RowSource {
    path: PathBuf,
    has_ids: bool,
    given: Option<Rows>,
    file: Option<Box<Texts>>,
    options: ReadingOptions,
    most: Option<MostRows>,
    any_text: bool,
    /// Whether it was said how it is read.
    said: bool,
}

impl RowSource {
    /// Opens it. More rows than `most` are refused; of a shard only its rows are read, which may be none.
    pub(super) fn open(
        file: Option<&Path>,
        given: &[String],
        list: &ListArguments,
        most: Option<MostRows>,
        shard: Option<Shard>,
    ) -> Result<Self, CliError> {
        let Some(path) = file else {
            return match *list == ListArguments::default() {
                true => Ok(Self::new(
                    Path::new(""),
                    Some(Rows::of_texts(given.to_vec())),
                    ReadingOptions::default(),
                    false,
                    None,
                )),
                false => Err(CliError::Usage(message!("cli-file-options-alone"))),
            };
        };
        let options = ReadingOptions { most_rows: most.map(|most| most.rows), shard, ..list.options() };
        let mut source = Self::new(path, None, options, list.has_ids(), most);
        let texts = open_texts(path, &source.options).map_err(|error| source.failed(error))?;
        source.file = Some(Box::new(texts));
        Ok(source)
    }

    /// Opens a file whose rows may have two texts.
    pub(super) fn open_pairs(file: &Path, list: &ListArguments, shard: Option<Shard>) -> Result<Self, CliError> {
        let options = ReadingOptions { shard, ..list.options_of_pairs() };
        let mut source = Self::new(file, None, options, list.has_ids(), None);
        let texts = open_texts(file, &source.options).map_err(|error| source.failed(error))?;
        source.file = Some(Box::new(texts));
        Ok(source)
    }

    fn new(path: &Path, given: Option<Rows>, options: ReadingOptions, has_ids: bool, most: Option<MostRows>) -> Self {
        Self { path: path.to_owned(), has_ids, given, file: None, options, most, any_text: false, said: false }
    }

    /// Whether it can be read ahead without waiting for somebody who writes.
    pub(super) fn is_at_hand(&self) -> bool {
        self.given.is_some() || self.path.is_file()
    }

    /// The next rows, at most so many; none at the end. With the first it is said how the file is read, with the last what
    /// was left out.
    ///
    /// # Errors
    /// When the file cannot be read, has more rows than the command takes, or has no text at all.
    pub(super) fn next(&mut self, most: usize) -> Result<Option<Rows>, CliError> {
        if let Some(rows) = self.given.take() {
            return Ok(Some(rows).filter(|rows| !rows.texts.is_empty()));
        }
        let Some(mut texts) = self.file.take() else { return Ok(None) };
        let mut rows = Rows { ids: self.has_ids.then(Vec::new), ..Rows::default() };
        for text in texts.by_ref().take(most) {
            let Text { text, pair, id, .. } = text.map_err(|error| self.failed(error))?;
            rows.blank.push(text.trim().is_empty());
            rows.texts.push(text);
            rows.pairs.extend(pair);
            if let Some(ids) = &mut rows.ids {
                ids.push(id);
            }
        }
        if !std::mem::replace(&mut self.said, true) {
            say_of_columns(&self.name(), texts.reading());
        }
        self.any_text |= rows.blank.contains(&false);
        if rows.texts.len() == most {
            self.file = Some(texts);
            return Ok(Some(rows));
        }
        say_left_out(&self.name(), texts.reading(), self.options.blank);
        match (self.any_text, rows.texts.is_empty()) {
            (false, _) if self.options.shard.is_none() => {
                Err(CliError::Usage(message!("cli-file-empty", file = called(&self.name()))))
            }
            (_, true) => Ok(None),
            (_, false) => Ok(Some(rows)),
        }
    }

    /// All rows.
    ///
    /// # Errors
    /// As for [`Self::next`].
    pub(super) fn all(mut self) -> Result<Rows, CliError> {
        Ok(self.next(usize::MAX)?.unwrap_or_default())
    }

    fn name(&self) -> String {
        self.path.display().to_string()
    }

    fn failed(&self, error: DatasetError) -> CliError {
        match (&*error.fault, self.most) {
            (Fault::NoTexts, _) => CliError::Usage(message!("cli-file-empty", file = called(&self.name()))),
            (Fault::TooManyRows { .. }, Some(most)) => {
                CliError::Failed((most.refusal)(&called(&self.name()), most.rows))
            }
            _ => CliError::Failed(error.to_string()),
        }
    }
}

/// The sentences of a file, without blank lines.
pub(super) fn sentences(path: &Path, texts: &TextArguments) -> Result<Vec<String>, CliError> {
    texts_of(path, texts.options())
}

/// The texts of a file, row by row; empty where a row has none.
pub(super) fn texts_of(path: &Path, options: ReadingOptions) -> Result<Vec<String>, CliError> {
    let options = ReadingOptions { most_rows: Some(MOST_HELD.rows), ..options };
    let mut source = RowSource::new(path, None, options, false, Some(MOST_HELD));
    let texts = open_texts(path, &source.options).map_err(|error| source.failed(error))?;
    source.file = Some(Box::new(texts));
    Ok(source.all()?.texts)
}

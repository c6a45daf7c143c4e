//! What an earlier run left in a file of predictions, row by row.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::FIRST_ROWS;
use crate::{
    cli::{
        error::{Attempt, CliError},
        input::RowSource,
        output::diagnostic,
    },
    dataset::Shard,
    export::{PredictionColumns, Rows},
    messages::message,
};

/// A file of predictions, `jsonl`, to which rows are added.
pub(super) struct KeptPredictions {
    path: PathBuf,
    lines: BufReader<File>,
    /// Bytes of whole lines that were read.
    whole: u64,
    ended: bool,
}

/// What every line of predictions begins with.
const BEGINNING: &[u8] = b"{\"";

/// What must be the same for a line to be of a row.
#[derive(Deserialize)]
struct KeptLine {
    line: usize,
    id: Option<String>,
    text: String,
    pair: Option<String>,
    model: String,
    head: String,
    probe: Option<String>,
    vector: Option<String>,
    labels: Option<Vec<KeptLabel>>,
}

#[derive(Deserialize)]
struct KeptLabel {
    label: String,
}

impl KeptLine {
    fn is_of_row(&self, rows: &Rows, at: usize, number: usize) -> bool {
        self.line == number
            && self.text == rows.texts[at]
            && self.pair.as_deref() == rows.pair(at)
            && self.id.as_deref() == rows.id(at)
    }

    /// Whether it was said by what speaks now.
    fn is_said_by(&self, columns: &PredictionColumns) -> bool {
        let PredictionColumns { model, head, probe, .. } = columns;
        let has_labels = |labels: &Vec<KeptLabel>| labels.iter().map(|kept| &kept.label).eq(&head.labels);
        self.model == *model
            && self.head == head.name.id()
            && self.probe == probe.as_ref().map(|probe| probe.name.clone())
            && self.vector == probe.as_ref().map(|probe| probe.vector.to_string())
            && self.labels.as_ref().is_none_or(has_labels)
    }
}

/// Whether a line without an end may be one of predictions.
fn is_begun(line: &[u8]) -> bool {
    line.iter().zip(BEGINNING).all(|(byte, begun)| byte == begun)
}

impl KeptPredictions {
    /// Opens it, or begins it.
    ///
    /// # Errors
    /// When it cannot be read and written.
    pub(super) fn open(path: &Path) -> Result<Self, CliError> {
        let file = File::options().read(true).write(true).create(true).truncate(false).open(path);
        let file = file.map_err(CliError::io(Attempt::Write(path.display().to_string())))?;
        // A device or a pipe has no lines of an earlier run, and may have no end.
        if !file.metadata().is_ok_and(|meta| meta.is_file()) {
            return Err(CliError::Usage(message!("cli-predict-resume-no-file", file = path.display().to_string())));
        }
        Ok(Self { path: path.to_owned(), lines: BufReader::new(file), whole: 0, ended: false })
    }

    /// How many of some rows, from the first, are in the file; `number` says which line of the texts' file each is. A line that has no end, as a
    /// run that was killed leaves it, is of no row; but only if it may be such a line: nobody else's file is cut off.
    ///
    /// # Errors
    /// When a line is of another row, or another model, head or probe said it, and when the file cannot be read.
    pub(super) fn take(
        &mut self,
        rows: &Rows,
        number: impl Fn(usize) -> usize,
        columns: &PredictionColumns,
    ) -> Result<usize, CliError> {
        for at in 0..rows.texts.len() {
            let Some(bytes) = self.next_line()? else { return Ok(at) };
            let (number, file) = (number(at), self.path.display().to_string());
            match serde_json::from_slice::<KeptLine>(&bytes) {
                Ok(kept) if !kept.is_of_row(rows, at, number) => {
                    return Err(CliError::Failed(message!("cli-predict-resume-other", file = file, line = number)));
                }
                Ok(kept) if kept.is_said_by(columns) && !self.ended => {}
                Ok(kept) if kept.is_said_by(columns) => return Ok(at),
                Err(error) if self.ended && error.is_eof() && is_begun(&bytes) => return Ok(at),
                // A line that names no model is of an earlier version.
                _ => return Err(CliError::Failed(message!("cli-predict-resume-model", file = file, line = number))),
            }
        }
        Ok(rows.texts.len())
    }

    /// The next line; of one without an end it is the last, too.
    fn next_line(&mut self) -> Result<Option<Vec<u8>>, CliError> {
        if self.ended {
            return Ok(None);
        }
        let mut line = Vec::new();
        let length = self.lines.read_until(b'\n', &mut line).map_err(|error| {
            let (file, reason) = (self.path.display().to_string(), error.to_string());
            CliError::Failed(message!("cli-predict-resume-unreadable", file = file, reason = reason))
        })?;
        match line.ends_with(b"\n") {
            true => self.whole += length as u64,
            false => self.ended = true,
        }
        Ok((length > 0).then_some(line))
    }

    /// The file, behind its last whole line.
    ///
    /// # Errors
    /// When it has lines that are of no row, and when it cannot be written.
    pub(super) fn into_file(mut self) -> Result<File, CliError> {
        if self.next_line()?.is_some() {
            let file = self.path.display().to_string();
            return Err(CliError::Failed(message!("cli-predict-resume-more", file = file)));
        }
        let cut = |mut file: File| -> io::Result<File> {
            file.set_len(self.whole)?;
            file.seek(SeekFrom::Start(self.whole))?;
            Ok(file)
        };
        cut(self.lines.into_inner()).map_err(CliError::io(Attempt::Write(self.path.display().to_string())))
    }
}

/// How many rows of a file are written.
#[derive(Default)]
pub(super) struct RowsWritten {
    /// So many, of parts that are written whole.
    pub done: usize,
    /// The part that is read and of which only so many are written.
    pub part: Option<(Rows, usize)>,
}

impl RowsWritten {
    /// By an earlier run: `source` is behind them.
    pub(super) fn before(
        kept: &mut KeptPredictions,
        source: &mut RowSource,
        shard: Shard,
        columns: &PredictionColumns,
    ) -> Result<Self, CliError> {
        let mut written = Self::default();
        // In parts as small as the first that are predicted, so that the first missing row does not wait for a large part.
        while let Some(rows) = source.next(FIRST_ROWS)? {
            let there = kept.take(&rows, |at| shard.row(written.done + at) + 1, columns)?;
            if there < rows.texts.len() {
                written.part = Some((rows, there));
                break;
            }
            written.done += there;
        }
        let count = written.done + written.part.as_ref().map_or(0, |(_, there)| *there);
        diagnostic(&message!("cli-predict-resumed", count = count));
        Ok(written)
    }
}

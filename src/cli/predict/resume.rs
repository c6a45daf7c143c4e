//! What an earlier run left in a file of predictions, row by row.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use serde::Deserialize;

use crate::{
    bert::HeadName,
    cli::error::{Attempt, CliError},
    export::Rows,
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

/// What must be the same for a line to be of a row.
#[derive(Deserialize)]
struct KeptLine {
    line: usize,
    text: String,
    pair: Option<String>,
    head: String,
}

impl KeptPredictions {
    /// Opens it, or begins it.
    ///
    /// # Errors
    /// When it cannot be read and written.
    pub(super) fn open(path: &Path) -> Result<Self, CliError> {
        let file = File::options().read(true).write(true).create(true).truncate(false).open(path);
        let file = file.map_err(CliError::io(Attempt::Write(path.display().to_string())))?;
        Ok(Self { path: path.to_owned(), lines: BufReader::new(file), whole: 0, ended: false })
    }

    /// How many of some rows, from the first, are in the file; `number` says which line of the texts' file each is. A line that has no end, as a
    /// run that was killed leaves it, is of no row.
    ///
    /// # Errors
    /// When a line is of another row or another head, and when the file cannot be read.
    pub(super) fn take(
        &mut self,
        rows: &Rows,
        number: impl Fn(usize) -> usize,
        head: HeadName,
    ) -> Result<usize, CliError> {
        for at in 0..rows.texts.len() {
            let Some(kept) = self.next_line()? else { return Ok(at) };
            let number = number(at);
            let is_same = serde_json::from_str::<KeptLine>(&kept).is_ok_and(|kept| {
                kept.line == number
                    && kept.text == rows.texts[at]
                    && kept.pair.as_deref() == rows.pair(at)
                    && kept.head == head.id()
            });
            if !is_same {
                let file = self.path.display().to_string();
                return Err(CliError::Failed(message!("cli-predict-resume-other", file = file, line = number)));
            }
        }
        Ok(rows.texts.len())
    }

    fn next_line(&mut self) -> Result<Option<String>, CliError> {
        if self.ended {
            return Ok(None);
        }
        let mut line = String::new();
        let read = self.lines.read_line(&mut line);
        match read.map_err(CliError::io(Attempt::Write(self.path.display().to_string())))? {
            length if line.ends_with('\n') => {
                self.whole += length as u64;
                Ok(Some(line))
            }
            _ => {
                self.ended = true;
                Ok(None)
            }
        }
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

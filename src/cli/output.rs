use std::{
    borrow::Cow,
    fs::{self, File},
    io::{self, BufWriter, IsTerminal, Write},
    path::Path,
};

use super::{
    error::{Attempt, CliError},
    format::TableArguments,
    global::{GlobalArguments, environment},
    numbered::paths,
};
use crate::{
    analysis::Table,
    export::{Document, ExportContents, FigureOf, FigureStyle, Format, Holds, OneTable, Output, Tables, WriteError},
    messages::message,
    printable::printable,
    whole_file::BegunFile,
};

/// Says a line on standard error, with nothing in it that a terminal would obey. Where standard error is closed or full,
/// there is nobody to tell.
pub fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{}", printable(line));
}

/// Says what a command remarks on, or why it failed: the program's name, a colon, and the message.
pub fn diagnostic(message: &str) {
    let message = without_middle(message);
    say(&format!("clscope: {message}"));
}

/// A message with its beginning and its end, which has the remedy, however long the value is that it repeats.
fn without_middle(message: &str) -> Cow<'_, str> {
    /// Longer than any path may be.
    const MOST: usize = 6000;
    const EACH: usize = MOST / 2;
    if message.len() <= MOST {
        return message.into();
    }
    let (end, start) = (message.floor_char_boundary(EACH), message.ceil_char_boundary(message.len() - EACH));
    format!("{} … {}", &message[..end], &message[start..]).into()
}

/// How many cells a line for people may have on standard output: as many as the terminal's have; where there is none, as
/// many as `COLUMNS` says, or 80.
pub(super) fn width() -> usize {
    const USUAL: usize = 80;
    let of_terminal = || crossterm::terminal::size().ok().map(|(columns, _)| usize::from(columns));
    let asked = || environment("COLUMNS")?.parse().ok();
    let width = if io::stdout().is_terminal() { of_terminal() } else { asked() };
    width.filter(|width| *width > 0).unwrap_or(USUAL)
}

/// Refuses a file whose extension says something else than what will be written: another format, one that does not hold it, or none
/// that is known here.
fn check_extension(path: &Path, asked: Option<Format>, format: Format, holds: Holds) -> Result<(), CliError> {
    let file = path.display().to_string();
    let formats = || Format::of(holds).map(Format::id).collect::<Vec<_>>().join(", ");
    Err(CliError::Usage(match (asked, Format::of_path(path)) {
        (Some(_), Some(named)) if named != format => {
            message!("cli-extension", file = file, extension = named.extension(), format = format.id())
        }
        (None, Some(named)) if !named.writes(holds) => {
            message!("cli-extension-unknown", file = file, extension = named.extension(), formats = formats())
        }
        (None, None) => match format.foreign_extension(path) {
            Some(extension) => {
                message!("cli-extension-foreign", file = file, extension = extension, formats = formats())
            }
            None => return Ok(()),
        },
        _ => return Ok(()),
    }))
}

/// In which format a result is written, and where.
pub(super) struct Destination<'d> {
    format: Format,
    path: Option<&'d Path>,
    /// Which of several tables is written, from 0; none for all.
    table: Option<usize>,
    figure: FigureStyle,
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
        if let Some(path) = path {
            check_extension(path, asked, format, holds)?;
        }
        if !format.writes(holds) {
            return Err(CliError::Usage(format.no_form(holds).to_string()));
        }
        if path.is_none() && io::stdout().is_terminal() {
            if format.is_binary() {
                return Err(CliError::Usage(message!("cli-binary-on-terminal", format = format.id())));
            }
            if holds == Holds::Page {
                return Err(CliError::Usage(message!("cli-page-on-terminal")));
            }
        }
        Ok(Self { format, path, table: None, figure: FigureStyle::default() })
    }

    /// Where a command's tables go.
    ///
    /// # Errors
    /// As for [`Self::new`].
    pub(super) fn of_tables(arguments: &'d TableArguments, global: &GlobalArguments) -> Result<Self, CliError> {
        let TableArguments { format, output, table, figure_width, font_size } = arguments;
        let named = format.or_else(|| Format::of_path(output.as_deref()?)).unwrap_or(Format::Table);
        let is_figure = named.writes(Holds::Figure);
        if !is_figure && (figure_width.is_some() || font_size.is_some()) {
            return Err(CliError::Usage(message!("cli-no-figure", format = named.id())));
        }
        let holds = if is_figure { Holds::Figure } else { Holds::Tables };
        let figure = if is_figure { arguments.figure_style(global)? } else { FigureStyle::default() };
        let destination = Self::new(*format, output.as_deref(), holds, Format::Table)?;
        Ok(Self { table: table.map(|number| number as usize - 1), figure, ..destination })
    }

    /// What is written.
    pub(super) fn format(&self) -> Format {
        self.format
    }

    /// Writes a result in its format.
    pub(super) fn write<'c>(&self, contents: impl Into<ExportContents<'c>>) -> Result<(), CliError> {
        match contents.into() {
            ExportContents::Tables(tables) => self.write_tables(tables),
            contents => self.write_to(contents, self.path),
        }
    }

    fn write_to(&self, contents: ExportContents, path: Option<&Path>) -> Result<(), CliError> {
        self.written(contents, path)?.finish()
    }

    /// What is written, and not yet there.
    fn written(&self, contents: ExportContents, path: Option<&Path>) -> Result<Sink, CliError> {
        let mut sink = Sink::open(path)?;
        self.format.write(contents, sink.output()).map_err(|error| sink.failed(error))?;
        sink.out.flush().map_err(CliError::io(sink.attempt()))?;
        Ok(sink)
    }

    /// Whether several tables would be refused: what reads values with separators expects one heading.
    pub(super) fn takes_one_table(&self) -> bool {
        self.is_separated() && self.table.is_none() && self.file().is_none()
    }

    fn is_separated(&self) -> bool {
        matches!(self.format, Format::Csv | Format::Tsv) || self.is_figure()
    }

    fn is_figure(&self) -> bool {
        self.format.writes(Holds::Figure)
    }

    /// The file beside which others can be written.
    fn file(&self) -> Option<&'d Path> {
        self.path.filter(|path| fs::metadata(path).map_or(true, |meta| meta.is_file()))
    }

    /// What reads values with separators expects one heading in a file: each table gets one of its own, the second
    /// `name-2.csv`; where there is no file, one table is written, of several the one that is chosen.
    fn write_tables(&self, tables: &dyn Tables) -> Result<(), CliError> {
        if self.table.is_none() && !self.is_separated() {
            return self.write_to(ExportContents::Tables(tables), self.path);
        }
        let document;
        let tables: &dyn Tables = match tables.streamed() {
            Some(_) if !self.is_figure() => tables,
            _ => {
                document = tables.document();
                &*document
            }
        };
        let titles = tables.titles();
        let mut places: Vec<usize> = (0..titles.len()).collect();
        if self.is_figure() {
            let tables = &tables.document().tables;
            places.retain(|&at| FigureOf::can_draw(&tables[at]));
        }
        let of = |at: usize, path: Option<&Path>| self.written_one(&OneTable::new(tables, at), path);
        match (self.table, self.file()) {
            (Some(at), _) if at < titles.len() => of(at, self.path)?.finish(),
            (Some(at), _) => Err(CliError::Usage(message!(
                "cli-no-table",
                table = at + 1,
                count = titles.len(),
                tables = numbered(&titles)
            ))),
            (None, _) if places.len() < 2 => of(places.first().copied().unwrap_or_default(), self.path)?.finish(),
            (None, None) => Err(CliError::Usage(message!(
                "cli-several-tables",
                format = self.format.id(),
                count = titles.len(),
                tables = numbered(&titles)
            ))),
            (None, Some(path)) => {
                let beginning = |&at: &usize| self.beginning(&OneTable::new(tables, at));
                let paths = paths(path, &places.iter().map(beginning).collect::<Result<Vec<_>, _>>()?);
                // All or none.
                let written = places.iter().zip(&paths).map(|(&at, path)| of(at, Some(path)));
                let written = written.collect::<Result<Vec<Sink>, _>>()?;
                written.into_iter().try_for_each(Sink::finish)?;
                let files: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
                diagnostic(&message!("cli-tables-written", count = files.len(), files = files.join(", ")));
                Ok(())
            }
        }
    }

    /// How the file of one table begins: with its heading, or as every such figure.
    fn beginning(&self, tables: &dyn Tables) -> Result<Vec<u8>, CliError> {
        const OF_FIGURE: usize = 160;
        let mut bytes = Vec::new();
        if self.is_figure() {
            let document = tables.document();
            let figure = document.tables.first().map(|table| self.figure_of(&document, table));
            figure.map(|figure| self.format.write(figure, &mut bytes)).transpose()
        } else {
            let of_streamed = tables.streamed().into_iter().flatten().map(|table| table.head.into_owned());
            let head = of_streamed.chain(tables.document().tables.iter().cloned()).next();
            let head =
                head.map(|head| Document { tables: vec![Table { rows: Vec::new(), ..head }], ..Document::default() });
            head.map(|head| self.format.write(ExportContents::Tables(&head), &mut bytes)).transpose()
        }
        .map_err(|error| CliError::Failed(error.to_string()))?;
        bytes.truncate(if self.is_figure() { OF_FIGURE } else { usize::MAX });
        Ok(bytes)
    }

    fn figure_of<'c>(&self, document: &'c Document, table: &'c Table) -> ExportContents<'c> {
        ExportContents::Figure(FigureOf { about: &document.about, table, style: self.figure })
    }

    /// One table, which may be drawn.
    fn written_one(&self, tables: &dyn Tables, path: Option<&Path>) -> Result<Sink, CliError> {
        if !self.is_figure() {
            return self.written(ExportContents::Tables(tables), path);
        }
        let document = tables.document();
        let table = document.tables.first().ok_or_else(|| CliError::Failed(WriteError::NothingToDraw.to_string()))?;
        self.written(self.figure_of(&document, table), path)
    }

    /// Opens it for what is written a part at a time.
    pub(super) fn open(&self) -> Result<Sink, CliError> {
        Sink::open(self.path)
    }
}

/// The first of some titles with their numbers, in a line.
fn numbered(titles: &[String]) -> String {
    const MOST: usize = 6;
    let numbered = titles.iter().zip(1..).map(|(title, number)| format!("{number} ({title})"));
    let more = (titles.len() > MOST).then(|| "…".to_owned());
    numbered.take(MOST).chain(more).collect::<Vec<_>>().join(", ")
}

/// Writes a result to a file, or to standard output. A file appears whole or not at all.
pub(super) fn write(bytes: &[u8], path: Option<&Path>) -> Result<(), CliError> {
    let mut sink = Sink::open(path)?;
    sink.output().write_all(bytes).map_err(|error| sink.failed(error.into()))?;
    sink.finish()
}

/// A result that is being written: to standard output, a device or a pipe as it comes; a file is replaced at the end by
/// one that is complete.
pub(super) struct Sink {
    out: BufWriter<Box<dyn Write + Send>>,
    attempt: Attempt,
    /// The file, until it is whole.
    begun: Option<BegunFile>,
}

/// What standard output is called among files.
const STANDARD_OUTPUT: [&str; 3] = ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

impl Sink {
    fn open(path: Option<&Path>) -> Result<Self, CliError> {
        // Standard output by a name is not replaced by a file, wherever it leads.
        let Some(path) = path.filter(|path| !STANDARD_OUTPUT.iter().any(|name| *path == Path::new(name))) else {
            let out: Box<dyn Write + Send> = Box::new(io::stdout());
            return Ok(Self { out: BufWriter::new(out), attempt: Attempt::WriteOutput, begun: None });
        };
        let attempt = Attempt::Write(path.display().to_string());
        let opened = if fs::metadata(path).is_ok_and(|meta| !meta.is_file()) {
            File::options().write(true).open(path).map(|file| (file, None))
        } else {
            BegunFile::beside(path).and_then(|begun| Ok((begun.file().try_clone()?, Some(begun))))
        };
        let (file, begun) = opened.map_err(CliError::io(attempt.clone()))?;
        Ok(Self { out: BufWriter::new(Box::new(file)), attempt, begun })
    }

    /// What is added to a file as it comes.
    pub(super) fn adding_to(file: File, path: &Path) -> Self {
        let attempt = Attempt::Write(path.display().to_string());
        Self { out: BufWriter::new(Box::new(file)), attempt, begun: None }
    }

    /// Where it is written.
    pub(super) fn output(&mut self) -> Output<'_> {
        &mut self.out
    }

    /// Why it could not be written.
    pub(super) fn failed(&self, error: WriteError) -> CliError {
        write_failed(&self.attempt, error)
    }

    /// What was tried, for errors while it is borrowed.
    pub(super) fn attempt(&self) -> Attempt {
        self.attempt.clone()
    }

    /// Writes the rest; a file is there from now on.
    pub(super) fn finish(mut self) -> Result<(), CliError> {
        self.out.flush().map_err(CliError::io(self.attempt.clone()))?;
        self.begun.map_or(Ok(()), BegunFile::replace).map_err(CliError::io(self.attempt))
    }
}

/// Why a result could not be written.
pub(super) fn write_failed(attempt: &Attempt, error: WriteError) -> CliError {
    match error {
        WriteError::Output(error) => CliError::io(attempt.clone())(error),
        error => CliError::Failed(error.to_string()),
    }
}

//! What is on screen, written into files.

use std::{
    io,
    path::{self, Path, PathBuf},
};

use ratatui::{Terminal, backend::TestBackend, layout::Size};

use crate::{
    analysis::Table,
    app::{self, App},
    export::{
        Document, ExportContents, FigureOf, FigureStyle, Format, Holds, WriteError,
        svg::{DARK, LIGHT, svg},
    },
    jobs::Notice,
    messages::{message, reason},
    whole_file,
    widgets::Look,
};

/// What a file is made of, ready to be written behind the screen.
pub(super) struct Export {
    format: Format,
    /// `clscope-layers`.
    name: String,
    document: Document,
    figure: FigureStyle,
}

/// Of a picture where the screen has no size.
const PICTURE: Size = Size { width: 120, height: 36 };

impl Export {
    /// Takes in what is on screen; `size` is that of the screen.
    pub(super) fn new(app: &App, look: &Look, format: Format, size: Size) -> Self {
        let name = format!("clscope-{}", app.view().id());
        let picture = Some(picture(app, look, size));
        Self { format, name, document: Document { picture, ..document(app) }, figure: app.figure }
    }

    /// Writes it into the first file of its name that is not there yet, in the current directory; of a format that holds one
    /// table, each table into a file of its own. Says what came of it.
    pub(super) fn write(self) -> Notice {
        let (name, ending) = (self.name.clone(), self.format.extension());
        match self.contents() {
            Ok(contents) => said(create_all(&name, ending, &contents), &format!("{name}.{ending}")),
            Err(error) => Notice::error(error),
        }
    }

    /// Of each file. What reads values with separators expects one heading in a file, and a figure is of one table.
    fn contents(self) -> Result<Vec<Vec<u8>>, WriteError> {
        let Self { format, document, figure: style, .. } = self;
        let Document { about, tables, picture } = &document;
        let is_figure = format.writes(Holds::Figure);
        if !is_figure && !matches!(format, Format::Csv | Format::Tsv) {
            let contents = picture.as_deref().filter(|_| format.writes(Holds::Picture)).map(ExportContents::Picture);
            return Ok(vec![format.bytes(contents.unwrap_or_else(|| (&document).into()))?]);
        }
        let tables: Vec<&Table> = tables.iter().filter(|table| !is_figure || FigureOf::can_draw(table)).collect();
        if tables.is_empty() {
            return Err(WriteError::NothingToDraw);
        }
        let one = |table: &Table| match is_figure {
            true => format.bytes(ExportContents::Figure(FigureOf { about, table, style })),
            false => format.bytes(&Document { tables: vec![table.clone()], ..document.clone() }),
        };
        tables.into_iter().map(one).collect()
    }
}

/// Which files were written, the first with its whole path, or why `file` was not.
fn said(written: io::Result<Vec<PathBuf>>, file: &str) -> Notice {
    match written {
        Ok(paths) => Notice { text: message!("explorer-written", file = names(&paths)), is_error: false },
        Err(error) => {
            Notice { text: message!("explorer-not-written", file = file, reason = reason(&error)), is_error: true }
        }
    }
}

/// The first from the root on, the others, which lie beside it, by their names alone.
fn names(paths: &[PathBuf]) -> String {
    let first = paths.first().map(|path| from_root(path));
    let all = first.into_iter().chain(paths.iter().skip(1).cloned());
    all.map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// A path from the root on.
pub(super) fn from_root(path: &Path) -> PathBuf {
    path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// What writes the page of the lesson that is open, as it is now; says what came of it.
pub(super) fn keep_lesson(app: &App) -> impl FnOnce() -> Notice + Send + use<> {
    let page = app.lesson_walk().map(|walk| {
        let stem = Path::new(&walk.lesson.name).file_stem().unwrap_or_default().to_string_lossy();
        (format!("clscope-lesson-{stem}"), walk.page())
    });
    move || {
        let Some((name, page)) = page else {
            return Notice { text: message!("explorer-no-table"), is_error: true };
        };
        said(create_all(&name, "html", &[page.into_bytes()]), &format!("{name}.html"))
    }
}

/// The tables behind the view, with tabs, for the clipboard.
pub(super) fn tabs(app: &App) -> Result<String, Notice> {
    let document = Document { tables: app.tables(), ..Document::default() };
    if document.tables.is_empty() {
        return Err(Notice { text: message!("explorer-no-table"), is_error: true });
    }
    let failed = |error: &dyn std::fmt::Display| Notice::error(error);
    let bytes = Format::Tsv.bytes(&document).map_err(|error| failed(&error))?;
    String::from_utf8(bytes).map_err(|error| failed(&error))
}

/// The tables behind the view, and what to know about them.
pub fn document(app: &App) -> Document {
    Document { about: app.facts(), tables: app.tables(), ..Document::default() }
}

/// The screen as it is, without the list of forms that lies over it.
fn picture(app: &App, look: &Look, size: Size) -> String {
    let size = if size.width == 0 || size.height == 0 { PICTURE } else { size };
    let Ok(mut terminal) = Terminal::new(TestBackend::new(size.width, size.height));
    // Drawing into memory does not fail.
    let Ok(_) = terminal.draw(|frame| drop(app::draw(frame, app, look)));
    let buffer = terminal.backend().buffer();
    svg(buffer, if look.dark { &DARK } else { &LIGHT })
}

/// Writes the first into a new file as [`create`] does, the others beside it: `name-1-2.ending`, `name-1-3.ending`.
fn create_all(name: &str, ending: &str, contents: &[Vec<u8>]) -> io::Result<Vec<PathBuf>> {
    let Some((first, others)) = contents.split_first() else { return Ok(Vec::new()) };
    let mut paths = vec![create(name, ending, first)?];
    let stem = paths[0].with_extension("").display().to_string();
    for (number, contents) in (2..).zip(others) {
        let path = PathBuf::from(format!("{stem}-{number}.{ending}"));
        whole_file::create(&path, contents)?;
        paths.push(path);
    }
    Ok(paths)
}

/// Writes a new file `name-1.ending`, or with the next number that is free.
fn create(name: &str, ending: &str, contents: &[u8]) -> io::Result<PathBuf> {
    const MOST: usize = 10_000;
    for number in 1..=MOST {
        let path = PathBuf::from(format!("{name}-{number}.{ending}"));
        match whole_file::create(&path, contents) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other(message!("explorer-names-taken", count = MOST)))
}

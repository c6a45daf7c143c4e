//! The sessions that are kept.

use super::{CliError, format::TableArguments, output::Destination};
use crate::{
    analysis::{Column, Key, Table, TableRow},
    config,
    export::Document,
    messages::message,
    printable::printable,
    session::{self, KeptSession, KeptSessions},
};

/// So many characters of a text are shown.
const TEXT: usize = 60;

/// None where there is no place for them.
pub(super) fn kept() -> Option<KeptSessions> {
    config::sessions_directory().map(KeptSessions::new)
}

/// A row for each, the newest first; of one that cannot be read, why.
pub(super) fn list(tables: &TableArguments) -> Result<(), CliError> {
    let destination = Destination::of_tables(tables)?;
    let kept = kept().map(|kept| kept.others()).unwrap_or_default();
    let table = Table {
        title: message!("cli-sessions"),
        keys: Column::all(["number", "age", "view", "text", "file"]),
        cells: None,
        measures: Vec::new(),
        rows: kept.iter().enumerate().map(|(at, kept)| row(at + 1, kept)).collect(),
    };
    destination.write(&Document { tables: vec![table], ..Document::default() })
}

fn row(number: usize, kept: &KeptSession) -> TableRow {
    let (view, text) = match session::read(&kept.path) {
        Ok(session) if session.sentences.is_empty() => (session.view.to_owned(), session.input.text),
        Ok(session) => {
            let first = session.sentences.first().cloned().unwrap_or_default();
            (session.view.to_owned(), message!("cli-sessions-list", count = session.sentences.len(), first = first))
        }
        Err(error) => (String::new(), error.to_string()),
    };
    let mut text: String = printable(&text).chars().take(TEXT).collect();
    text.truncate(text.trim_end().len());
    let texts = [kept.age(), view, text, kept.path.display().to_string()];
    let keys = [Key::Number(number)].into_iter().chain(texts.map(Key::Text)).collect();
    TableRow { keys, cells: Vec::new(), measures: Vec::new() }
}

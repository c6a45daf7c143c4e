//! The sessions that are kept.

use std::{borrow::Cow, io};

use super::{CliError, format::TableArguments, global::GlobalArguments, output::Destination};
use crate::{
    analysis::{Column, Key, Table, TableRow},
    config,
    export::{Document, Output, Tables},
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

/// Those of other runs, the newest first; of one that cannot be read, why.
pub(super) fn list(tables: &TableArguments, global: &GlobalArguments) -> Result<(), CliError> {
    let destination = Destination::of_tables(tables, global)?;
    let kept = kept().map(|kept| kept.others()).unwrap_or_default();
    destination.write(&SessionList(kept.iter().map(SessionFacts::new).collect()))
}

/// As much of a text as a line has room for, and `…` where that is not all.
fn beginning(text: &str) -> String {
    if text.chars().count() <= TEXT {
        return text.to_owned();
    }
    let some: String = text.chars().take(TEXT - 1).collect();
    format!("{}…", some.trim_end())
}

/// What is said of a session, made printable.
struct SessionFacts {
    age: String,
    view: String,
    text: String,
    file: String,
}

impl SessionFacts {
    fn new(kept: &KeptSession) -> Self {
        let (view, text) = match session::read(&kept.path) {
            Ok(session) if session.sentences.is_empty() => (session.view.to_owned(), session.input.text),
            Ok(session) => {
                let first = session.sentences.first().cloned().unwrap_or_default();
                (session.view.to_owned(), message!("cli-sessions-list", count = session.sentences.len(), first = first))
            }
            Err(error) => (String::new(), error.to_string()),
        };
        let text = beginning(&printable(&text));
        Self { age: kept.age(), view, text, file: printable(&kept.path.display().to_string()).into_owned() }
    }
}

struct SessionList(Vec<SessionFacts>);

impl Tables for SessionList {
    fn document(&self) -> Cow<'_, Document> {
        let row = |(at, SessionFacts { age, view, text, file }): (usize, &SessionFacts)| TableRow {
            keys: [Key::Number(at + 1)]
                .into_iter()
                .chain([age, view, text, file].map(|it| Key::Text(it.clone())))
                .collect(),
            cells: Vec::new(),
            measures: Vec::new(),
        };
        let table = Table {
            title: message!("cli-sessions"),
            keys: Column::all(["number", "age", "view", "text", "file"]),
            cells: None,
            measures: Vec::new(),
            rows: self.0.iter().enumerate().map(row).collect(),
        };
        Cow::Owned(Document { tables: vec![table], ..Document::default() })
    }

    /// Two lines for each: what it is, and how to open it.
    fn text(&self, out: Output) -> Option<io::Result<()>> {
        let text = |(at, SessionFacts { age, view, text, file }): (usize, &SessionFacts)| {
            let open = message!("cli-sessions-open", file = file.as_str());
            format!("{:>2}  {age}  {view}  {text}\n    {open}\n", at + 1)
        };
        if self.0.is_empty() {
            return Some(writeln!(out, "{}", message!("session-none-kept")));
        }
        let all: String = self.0.iter().enumerate().map(text).collect();
        Some(out.write_all(all.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::beginning;

    #[test]
    fn a_text_that_is_cut_says_so() {
        assert_eq!(beginning("A cat."), "A cat.");
        assert_eq!(beginning(&"x".repeat(60)), "x".repeat(60));
        assert_eq!(beginning(&"x".repeat(61)), format!("{}…", "x".repeat(59)));
        assert_eq!(beginning(&format!("{} y", "x".repeat(58)).repeat(2)), format!("{}…", "x".repeat(58)));
    }
}

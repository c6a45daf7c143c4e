//! Notes beside what is on screen, a line each; they go with the session.

use super::{Notice, State, TextField};
use crate::messages::message;

/// A note that is being typed.
#[derive(Clone, Debug, Default)]
pub struct NoteField {
    /// The line.
    pub field: TextField,
    /// The notes before.
    before: String,
}

/// Adds a line below those that are there.
pub(crate) fn add_line(notes: &mut String, line: &str) {
    if !(notes.is_empty() || notes.ends_with('\n')) {
        notes.push('\n');
    }
    notes.push_str(line);
}

impl State {
    /// Begins a note.
    pub(crate) fn begin_note(&mut self) {
        self.note = Some(NoteField { field: TextField::default(), before: self.notes.clone() });
    }

    /// Adds what was typed to the notes.
    pub(crate) fn add_note(&mut self) {
        let typed = self.note.take().map(|note| note.field.value().trim().to_owned()).unwrap_or_default();
        if !typed.is_empty() {
            add_line(&mut self.notes, &typed);
        }
        let count = self.notes.lines().count();
        self.notice = Some(Notice { text: message!("app-notes-kept", count = count), is_error: false });
    }

    /// Takes the last line of the notes into the field, where it can be changed or cleared.
    pub(crate) fn take_last_note(&mut self) {
        let (rest, last) = self.notes.trim_end().rsplit_once('\n').unwrap_or(("", self.notes.trim_end()));
        let (rest, field) = (rest.to_owned(), TextField::new(last));
        self.notes = rest;
        self.note.iter_mut().for_each(|note| note.field = field.clone());
    }

    /// Goes back to the notes as they were.
    pub(crate) fn leave_note(&mut self) {
        self.note.take().into_iter().for_each(|note| self.notes = note.before);
    }
}

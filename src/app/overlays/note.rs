//! A note is typed.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

use super::{ALWAYS_IN_TEXT, text::TEXT};
use crate::{
    messages::label,
    state::{BarEntry, BarLabel, Command, CommandTable, Group, NoteField, Outcome, Run, entry},
    widgets::{Look, field::labelled_field},
};

/// The table of its commands.
#[derive(Debug)]
pub(crate) struct NoteOverlay;

impl CommandTable for NoteOverlay {
    const COMMANDS: &'static [Group<Self>] =
        &[Group::Own(&[COMMIT, LAST, LEAVE]), Group::Shared(TEXT), Group::Shared(ALWAYS_IN_TEXT)];

    const BAR: &'static [BarEntry] = &[entry("commit"), entry("last-note"), entry("leave")];
}

const COMMIT: Command<NoteOverlay> = Command {
    id: "commit",
    keys: &["enter"],
    label: BarLabel::Fixed(label!("note-command-commit-bar")),
    description: label!("note-command-commit"),
    enabled: |_, _| true,
    run: Run::Answer(|_, state| {
        state.add_note();
        Outcome::DONE
    }),
};

const LAST: Command<NoteOverlay> = Command {
    id: "last-note",
    keys: &["up"],
    label: BarLabel::Fixed(label!("note-command-last-bar")),
    description: label!("note-command-last"),
    enabled: |_, state| !state.notes.is_empty() && state.text_field().value().is_empty(),
    run: Run::Change(|_, state| state.take_last_note()),
};

const LEAVE: Command<NoteOverlay> = Command {
    id: "leave",
    keys: &["esc"],
    label: BarLabel::Fixed(label!("note-command-leave-bar")),
    description: label!("note-command-leave"),
    enabled: |_, _| true,
    run: Run::Change(|_, state| state.leave_note()),
};

/// The line that is typed; returns where the text cursor stands.
pub(crate) fn draw(note: &NoteField, look: &Look, area: Rect, buffer: &mut Buffer) -> Position {
    labelled_field(label!("app-note").text(), &note.field, 0, look, area, buffer)
}

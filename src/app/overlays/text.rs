//! Rows of every text field.

use tui_input::InputRequest;

use crate::messages::label;
use crate::state::{BarLabel, Command, Run, State};

fn has_text(_: &(), state: &State) -> bool {
    !state.text_field().value().is_empty()
}

macro_rules! edits {
    ($id:literal, $keys:expr, $label:expr, $description:expr, $request:ident) => {
        Command {
            id: $id,
            keys: &$keys,
            label: $label,
            description: $description,
            enabled: has_text,
            run: Run::Ask(|_, state| state.edit_text(InputRequest::$request).into()),
        }
    };
}

/// To move in a text and to edit it.
pub(super) const TEXT: &[Command<()>] = &[
    edits!("text-left", ["left", "ctrl-b"], BarLabel::None, label!("text-command-text-left"), GoToPrevChar),
    edits!("text-right", ["right", "ctrl-f"], BarLabel::None, label!("text-command-text-right"), GoToNextChar),
    edits!(
        "word-left",
        ["alt-b", "ctrl-left", "alt-left"],
        BarLabel::None,
        label!("text-command-word-left"),
        GoToPrevWord
    ),
    edits!(
        "word-right",
        ["alt-f", "ctrl-right", "alt-right"],
        BarLabel::None,
        label!("text-command-word-right"),
        GoToNextWord
    ),
    edits!("text-start", ["home", "ctrl-a"], BarLabel::None, label!("text-command-text-start"), GoToStart),
    edits!("text-end", ["end", "ctrl-e"], BarLabel::None, label!("text-command-text-end"), GoToEnd),
    edits!("delete-back", ["backspace", "ctrl-h"], BarLabel::None, label!("text-command-delete-back"), DeletePrevChar),
    edits!(
        "delete-forward",
        ["delete", "ctrl-d"],
        BarLabel::None,
        label!("text-command-delete-forward"),
        DeleteNextChar
    ),
    edits!(
        "delete-word",
        ["ctrl-w", "alt-backspace"],
        BarLabel::None,
        label!("text-command-delete-word"),
        DeletePrevWord
    ),
    edits!(
        "clear-text",
        ["ctrl-u"],
        BarLabel::Fixed(label!("text-command-clear-text-bar")),
        label!("text-command-clear-text"),
        DeleteLine
    ),
];

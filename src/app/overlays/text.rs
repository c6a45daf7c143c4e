//! Rows of every text field.

use tui_input::InputRequest;

use crate::state::{Command, Label, Run, State};

fn has_text(_: &(), state: &State) -> bool {
    !state.text_field().value().is_empty()
}

macro_rules! edits {
    ($id:literal, $keys:expr, $label:expr, $description:literal, $request:ident) => {
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
    edits!("text-left", ["left", "ctrl-b"], Label::None, "Move one character left", GoToPrevChar),
    edits!("text-right", ["right", "ctrl-f"], Label::None, "Move one character right", GoToNextChar),
    edits!("word-left", ["alt-b", "ctrl-left", "alt-left"], Label::None, "Move one word left", GoToPrevWord),
    edits!("word-right", ["alt-f", "ctrl-right", "alt-right"], Label::None, "Move one word right", GoToNextWord),
    edits!("text-start", ["home", "ctrl-a"], Label::None, "Go to the start of the text", GoToStart),
    edits!("text-end", ["end", "ctrl-e"], Label::None, "Go to the end of the text", GoToEnd),
    edits!(
        "delete-back",
        ["backspace", "ctrl-h"],
        Label::None,
        "Delete the character before the cursor; many terminals send ctrl-h for backspace",
        DeletePrevChar
    ),
    edits!(
        "delete-forward",
        ["delete", "ctrl-d"],
        Label::None,
        "Delete the character under the cursor",
        DeleteNextChar
    ),
    edits!(
        "delete-word",
        ["ctrl-w", "alt-backspace"],
        Label::None,
        "Delete the word before the cursor",
        DeletePrevWord
    ),
    edits!("clear-text", ["ctrl-u"], Label::Fixed("clear"), "Empty the text field", DeleteLine),
];

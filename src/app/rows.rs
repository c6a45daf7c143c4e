//! Rows that the explorer as a whole has, and what lies over the view as well, there often under other keys.

use std::sync::LazyLock;

use crate::{
    state::{Command, CommandInfo, Field, Focus, Job, Label, Listed, LoopRequest, Outcome, Run, State},
    views::{self, ViewName},
};

/// Shows a view: one row for each. The bottom bar says its id.
pub(super) const SHOW: Listed = Listed {
    rows: || {
        static ROWS: LazyLock<Vec<(CommandInfo, &'static str)>> =
            LazyLock::new(|| views::names().iter().map(|view| (view.shown_by, view.id)).collect());
        &ROWS
    },
    in_bar: false,
    enabled: |id, state| view_of(id).is_some_and(|view| view.id != state.view || state.table.is_some()),
    run: |id, state| {
        view_of(id).into_iter().for_each(|view| state.show(view.id));
        Outcome::DONE
    },
};

/// The view that a command shows.
fn view_of(command: &str) -> Option<&'static ViewName> {
    views::names().iter().find(|view| view.shown_by.id == command)
}

fn has_numbers(_: &(), state: &State) -> bool {
    state.has_numbers()
}

pub(super) const EDIT_SENTENCE: Command<()> = Command {
    id: "edit-sentence",
    keys: &["i", "enter"],
    label: Label::Fixed("edit"),
    description: "Edit the sentence",
    enabled: |_, _| true,
    run: Run::Change(|_, state| state.focus = Focus::Text(Field::Sentence)),
};

pub(super) const EDIT_PAIR: Command<()> = Command {
    id: "edit-pair",
    keys: &["b"],
    label: Label::Fixed("second"),
    description: "Edit the second sentence (leave it empty to read one alone)",
    enabled: |_, _| true,
    run: Run::Change(|_, state| state.focus = Focus::Text(Field::Pair)),
};

/// Also without a model, where the bottom bar does not offer it: the next one that is opened reads the example.
pub(super) const EXAMPLE: Command<()> = Command {
    id: "example",
    keys: &["e"],
    label: Label::Of(|_, state| if state.model.is_some() || state.opening.is_some() { "example" } else { "" }),
    description: "Load the next example sentence",
    enabled: |_, state| state.has_examples(),
    run: Run::Ask(|_, state| state.load_example().into()),
};

pub(super) const PICK_MODEL: Command<()> = Command {
    id: "pick-model",
    keys: &["m", "ctrl-o"],
    label: Label::Fixed("model"),
    description: "Choose another model",
    enabled: |_, _| true,
    run: Run::Ask(|_, state| {
        state.model_error = None;
        state.picker.open();
        Some(Job::ListModels).into()
    }),
};

/// Where the list is full, it says so.
pub(super) const ADD_TO_LIST: Command<()> = Command {
    id: "add-to-list",
    keys: &["L"],
    label: Label::Fixed("to the list"),
    description: "Add the sentences A and B to the list of sentences",
    enabled: |_, state| state.can_add_typed(),
    run: Run::Answer(|_, state| state.add_typed().into()),
};

pub(super) const COPY_TABLE: Command<()> = Command {
    id: "copy-table",
    keys: &["Y"],
    label: Label::Fixed("copy table"),
    description: "Copy the table behind the view",
    enabled: has_numbers,
    run: Run::Answer(|_, _| LoopRequest::CopyTable.into()),
};

pub(super) const EXPORT: Command<()> = Command {
    id: "export",
    keys: &["E"],
    label: Label::Fixed("export"),
    description: "Write what is shown to a file; the next key chooses the format",
    enabled: has_numbers,
    run: Run::Change(|_, state| state.is_exporting = true),
};

pub(super) const SAVE_SESSION: Command<()> = Command {
    id: "save-session",
    keys: &["S"],
    label: Label::Fixed("save"),
    description: "Save all this to a file, to go on with by clscope open FILE",
    enabled: |_, _| true,
    run: Run::Ask(|_, _| LoopRequest::Save.into()),
};

pub(super) const RESTORE_SESSION: Command<()> = Command {
    id: "restore-session",
    keys: &["R"],
    label: Label::Fixed("last session"),
    description: "Go back to where clscope was left the last time",
    enabled: |_, _| true,
    run: Run::Ask(|_, _| LoopRequest::Restore.into()),
};

pub(super) const MOUSE: Command<()> = Command {
    id: "mouse",
    keys: &["M"],
    label: Label::Fixed("mouse"),
    description: "Let the mouse go, for the terminal to select text with; or take it again",
    enabled: |_, _| true,
    run: Run::Change(|_, state| state.mouse = !state.mouse),
};

pub(super) const HELP: Command<()> = Command {
    id: "help",
    keys: &["?", "f1"],
    label: Label::Fixed("help"),
    description: "Show every key",
    enabled: |_, _| true,
    run: Run::Change(|_, state| state.help = if state.help.is_some() { None } else { Some(0) }),
};

pub(super) const QUIT: Command<()> = Command {
    id: "quit",
    keys: &["q", "ctrl-c"],
    label: Label::Fixed("quit"),
    description: "Leave clscope",
    enabled: |_, _| true,
    run: Run::Ask(|_, _| LoopRequest::Quit.into()),
};

pub(super) const SUSPEND: Command<()> = Command {
    id: "suspend",
    keys: &["ctrl-z"],
    label: Label::Fixed("suspend"),
    description: "Suspend to the shell (fg brings clscope back)",
    enabled: |_, _| true,
    run: Run::Ask(|_, _| LoopRequest::Suspend.into()),
};

pub(super) const REDRAW: Command<()> = Command {
    id: "redraw",
    keys: &["ctrl-l"],
    label: Label::Fixed("redraw"),
    description: "Draw the whole screen again",
    enabled: |_, _| true,
    run: Run::Ask(|_, _| LoopRequest::Redraw.into()),
};

//! Rows that the explorer as a whole has, and what lies over the view as well, there often under other keys.

use std::sync::LazyLock;

use crate::{
    messages::{Label, label},
    state::{BarLabel, Command, CommandInfo, Field, Focus, Job, ListedCommands, LoopRequest, Outcome, Run, State},
    views::{self, ViewName},
};

/// Shows a view: one row for each. The bottom bar says its name.
pub(super) const SHOW: ListedCommands = ListedCommands {
    rows: || {
        static ROWS: LazyLock<Vec<(CommandInfo, Label)>> =
            LazyLock::new(|| views::names().iter().map(|view| (view.shown_by, view.label)).collect());
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
    label: BarLabel::Fixed(label!("app-command-edit-sentence-bar")),
    description: label!("app-command-edit-sentence"),
    enabled: |_, _| true,
    run: Run::Change(|_, state| state.focus = Focus::Text(Field::Sentence)),
};

pub(super) const EDIT_PAIR: Command<()> = Command {
    id: "edit-pair",
    keys: &["b"],
    label: BarLabel::Fixed(label!("app-command-edit-pair-bar")),
    description: label!("app-command-edit-pair"),
    enabled: |_, _| true,
    run: Run::Change(|_, state| state.focus = Focus::Text(Field::Pair)),
};

/// Also without a model, where the bottom bar does not offer it: the next one that is opened reads the example.
pub(super) const EXAMPLE: Command<()> = Command {
    id: "example",
    keys: &["e"],
    label: BarLabel::Of(|_, state| {
        (state.model.is_some() || state.opening.is_some()).then_some(label!("app-command-example-bar"))
    }),
    description: label!("app-command-example"),
    enabled: |_, state| state.has_examples(),
    run: Run::Ask(|_, state| state.load_example().into()),
};

pub(super) const PICK_MODEL: Command<()> = Command {
    id: "pick-model",
    keys: &["m", "ctrl-o"],
    label: BarLabel::Fixed(label!("app-command-pick-model-bar")),
    description: label!("app-command-pick-model"),
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
    label: BarLabel::Fixed(label!("app-command-add-to-list-bar")),
    description: label!("app-command-add-to-list"),
    enabled: |_, state| state.can_add_typed(),
    run: Run::Answer(|_, state| state.add_typed().into()),
};

pub(super) const COPY_TABLE: Command<()> = Command {
    id: "copy-table",
    keys: &["Y"],
    label: BarLabel::Fixed(label!("app-command-copy-table-bar")),
    description: label!("app-command-copy-table"),
    enabled: has_numbers,
    run: Run::Answer(|_, _| LoopRequest::CopyTable.into()),
};

pub(super) const EXPORT: Command<()> = Command {
    id: "export",
    keys: &["E"],
    label: BarLabel::Fixed(label!("app-command-export-bar")),
    description: label!("app-command-export"),
    enabled: has_numbers,
    run: Run::Change(|_, state| state.is_exporting = true),
};

pub(super) const SAVE_SESSION: Command<()> = Command {
    id: "save-session",
    keys: &["S"],
    label: BarLabel::Fixed(label!("app-command-save-session-bar")),
    description: label!("app-command-save-session"),
    enabled: |_, _| true,
    run: Run::Ask(|_, _| LoopRequest::Save.into()),
};

pub(super) const RESTORE_SESSION: Command<()> = Command {
    id: "restore-session",
    keys: &["R"],
    label: BarLabel::Fixed(label!("app-command-restore-session-bar")),
    description: label!("app-command-restore-session"),
    enabled: |_, _| true,
    run: Run::Ask(|_, _| LoopRequest::Restore.into()),
};

pub(super) const LESSONS: Command<()> = Command {
    id: "lessons",
    keys: &["W", "f12"],
    label: BarLabel::Fixed(label!("app-command-lessons-bar")),
    description: label!("app-command-lessons"),
    enabled: |_, _| true,
    run: Run::Change(|_, state| state.is_choosing_lesson = true),
};

pub(super) const NOTE: Command<()> = Command {
    id: "note",
    keys: &["#"],
    label: BarLabel::Fixed(label!("app-command-note-bar")),
    description: label!("app-command-note"),
    enabled: |_, _| true,
    run: Run::Change(|_, state| state.begin_note()),
};

pub(super) const PROJECTOR: Command<()> = Command {
    id: "projector",
    keys: &["X"],
    label: BarLabel::Fixed(label!("app-command-projector-bar")),
    description: label!("app-command-projector"),
    enabled: |_, _| true,
    run: Run::Change(|_, state| state.is_projected = !state.is_projected),
};

pub(super) const NEXT_THEME: Command<()> = Command {
    id: "next-theme",
    keys: &["D"],
    label: BarLabel::Fixed(label!("app-command-next-theme-bar")),
    description: label!("app-command-next-theme"),
    enabled: |_, _| true,
    run: Run::Ask(|_, _| LoopRequest::NextTheme.into()),
};

pub(super) const MOUSE: Command<()> = Command {
    id: "mouse",
    keys: &["M"],
    label: BarLabel::Fixed(label!("app-command-mouse-bar")),
    description: label!("app-command-mouse"),
    enabled: |_, _| true,
    run: Run::Change(|_, state| state.mouse = !state.mouse),
};

/// What is said of it is in the other language, for whoever does not read this one.
pub(super) const NEXT_LANGUAGE: Command<()> = Command {
    id: "next-language",
    keys: &["Z"],
    label: BarLabel::Fixed(label!("app-command-next-language-bar")),
    description: label!("app-command-next-language"),
    enabled: |_, _| true,
    run: Run::Ask(|_, _| LoopRequest::NextLanguage.into()),
};

pub(super) const HELP: Command<()> = Command {
    id: "help",
    keys: &["?", "f1"],
    label: BarLabel::Fixed(label!("app-command-help-bar")),
    description: label!("app-command-help"),
    enabled: |_, _| true,
    run: Run::Change(|_, state| state.help = if state.help.is_some() { None } else { Some(0) }),
};

pub(super) const QUIT: Command<()> = Command {
    id: "quit",
    keys: &["q", "ctrl-c"],
    label: BarLabel::Fixed(label!("app-command-quit-bar")),
    description: label!("app-command-quit"),
    enabled: |_, _| true,
    run: Run::Ask(|_, _| LoopRequest::Quit.into()),
};

pub(super) const SUSPEND: Command<()> = Command {
    id: "suspend",
    keys: &["ctrl-z"],
    label: BarLabel::Fixed(label!("app-command-suspend-bar")),
    description: label!("app-command-suspend"),
    enabled: |_, _| true,
    run: Run::Ask(|_, _| LoopRequest::Suspend.into()),
};

pub(super) const REDRAW: Command<()> = Command {
    id: "redraw",
    keys: &["ctrl-l"],
    label: BarLabel::Fixed(label!("app-command-redraw-bar")),
    description: label!("app-command-redraw"),
    enabled: |_, _| true,
    run: Run::Ask(|_, _| LoopRequest::Redraw.into()),
};

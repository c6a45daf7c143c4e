//! What keys do on the view of outputs.

use super::OutputView;
use crate::{
    messages::label,
    state::{BarEntry, BarLabel, Command, CommandTable, Group, Run, commands as shared, entries, entry},
};

impl CommandTable for OutputView {
    const COMMANDS: &'static [Group<Self>] =
        &[Group::Own(&[UP, DOWN]), Group::Shared(&[shared::UNDO_ABLATION, shared::NEXT_READING])];

    const BAR: &'static [BarEntry] = &[
        entry("edit-sentence"),
        entry("next-view"),
        entries(&["up", "down"], label!("bar-move")),
        entries(&["next-reading"], label!("bar-joined-a-b")),
        entry("table"),
        entry("copy"),
        entry("export"),
        entry("edit-pair"),
        entry("pick-model"),
        entry("undo-cut"),
    ];
}

const UP: Command<OutputView> = Command {
    id: "up",
    keys: &["up", "k"],
    label: BarLabel::None,
    description: label!("output-command-up"),
    enabled: |view, state| view.cursor(state) > 0,
    run: Run::Change(|view, state| view.go(state, -1)),
};

const DOWN: Command<OutputView> = Command {
    id: "down",
    keys: &["down", "j"],
    label: BarLabel::None,
    description: label!("output-command-down"),
    enabled: |view, state| view.cursor(state) + 1 < OutputView::count(state),
    run: Run::Change(|view, state| view.go(state, 1)),
};

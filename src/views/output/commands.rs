//! What keys do on the view of outputs.

use super::{OutputView, WhyBy};
use crate::{
    messages::label,
    state::{BarEntry, BarLabel, Command, CommandTable, Group, Run, Stage, State, commands as shared, entries, entry},
};

impl CommandTable for OutputView {
    const COMMANDS: &'static [Group<Self>] = &[
        Group::Own(&[UP, DOWN, LEFT, RIGHT, NEXT_MEASURE]),
        Group::Shared(&[shared::UNDO_ABLATION, shared::NEXT_READING]),
    ];

    const BAR: &'static [BarEntry] = &[
        entry("edit-sentence"),
        entry("next-view"),
        entries(&["up", "down", "left", "right"], label!("bar-move")),
        entry("next-measure"),
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

const LEFT: Command<OutputView> = Command {
    id: "left",
    keys: &["left", "h"],
    label: BarLabel::None,
    description: label!("output-command-left"),
    enabled: |view, state| column(view, state) > 0,
    run: Run::Change(|view, state| view.column = column(view, state).saturating_sub(1)),
};

const RIGHT: Command<OutputView> = Command {
    id: "right",
    keys: &["right", "l"],
    label: BarLabel::None,
    description: label!("output-command-right"),
    enabled: |view, state| column(view, state) + 1 < view.columns(state),
    run: Run::Change(|view, state| view.column = column(view, state) + 1),
};

/// It also lets what was cancelled begin again.
const NEXT_MEASURE: Command<OutputView> = Command {
    id: "next-measure",
    keys: &["f"],
    label: BarLabel::Of(|view, _| {
        Some(match view.why.by {
            WhyBy::Words => label!("output-command-heads-bar"),
            WhyBy::Heads => label!("output-command-layers-bar"),
            WhyBy::Layers => label!("output-command-words-bar"),
        })
    }),
    description: label!("output-command-next-measure"),
    enabled: |view, state| view.target(state).is_some(),
    run: Run::Change(|view, _| match view.why.stage {
        Stage::Cancelled | Stage::Failed(_) => view.why.stage = Stage::Due,
        _ => {
            view.why.by = match view.why.by {
                WhyBy::Words => WhyBy::Heads,
                WhyBy::Heads => WhyBy::Layers,
                WhyBy::Layers => WhyBy::Words,
            }
        }
    }),
};

fn column(view: &OutputView, state: &State) -> usize {
    view.column.min(view.columns(state).saturating_sub(1))
}

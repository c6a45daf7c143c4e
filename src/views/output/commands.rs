//! What keys do on the view of outputs.

use super::{OutputView, WhyBy};
use crate::{
    analysis::Affected,
    messages::label,
    state::{BarEntry, BarLabel, Command, CommandTable, Group, Run, Stage, State, commands as shared, entries, entry},
};

impl CommandTable for OutputView {
    const COMMANDS: &'static [Group<Self>] = &[
        Group::Own(&[UP, DOWN, LEFT, RIGHT, NEXT_MEASURE, SWEEP]),
        Group::Shared(&[shared::UNDO_ABLATION, shared::ABOUT, shared::NEXT_READING]),
    ];

    const BAR: &'static [BarEntry] = &[
        entry("edit-sentence"),
        entry("next-view"),
        entries(&["up", "down", "left", "right"], label!("bar-move")),
        entry("next-measure"),
        entry("sweep-logit"),
        entries(&["next-reading"], label!("bar-joined-a-b")),
        entry("table"),
        entry("copy"),
        entry("export"),
        entry("edit-pair"),
        entry("pick-model"),
        entry("undo-cut"),
        entry("about"),
    ];
}

const UP: Command<OutputView> = Command {
    id: "up",
    keys: &["up", "k"],
    label: BarLabel::None,
    description: label!("output-command-up"),
    enabled: |view, _| view.cursor() > 0,
    run: Run::Change(|view, _| view.go(-1)),
};

const DOWN: Command<OutputView> = Command {
    id: "down",
    keys: &["down", "j"],
    label: BarLabel::None,
    description: label!("output-command-down"),
    enabled: |view, _| view.cursor() + 1 < view.rows().count(),
    run: Run::Change(|view, _| view.go(1)),
};

const LEFT: Command<OutputView> = Command {
    id: "left",
    keys: &["left", "h"],
    label: BarLabel::None,
    description: label!("output-command-left"),
    enabled: |view, state| can_go(view, state, -1),
    run: Run::Change(|view, state| go(view, state, -1)),
};

const RIGHT: Command<OutputView> = Command {
    id: "right",
    keys: &["right", "l"],
    label: BarLabel::None,
    description: label!("output-command-right"),
    enabled: |view, state| can_go(view, state, 1),
    run: Run::Change(|view, state| go(view, state, 1)),
};

/// It also lets what was cancelled begin again.
const NEXT_MEASURE: Command<OutputView> = Command {
    id: "next-measure",
    keys: &["f"],
    label: BarLabel::Of(|view, _| {
        Some(match view.why.by {
            _ if matches!(view.why.stage, Stage::Cancelled | Stage::Failed(_)) => label!("output-command-again-bar"),
            WhyBy::Words => label!("output-command-heads-bar"),
            WhyBy::Heads => label!("output-command-layers-bar"),
            WhyBy::Layers => label!("output-command-words-bar"),
        })
    }),
    description: label!("output-command-next-measure"),
    enabled: |view, _| view.target().is_some(),
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

/// What happens without each head, or each word, is seen there.
const SWEEP: Command<OutputView> = Command {
    id: "sweep-logit",
    keys: &["v"],
    label: BarLabel::Fixed(label!("output-command-sweep-bar")),
    description: label!("output-command-sweep"),
    enabled: |view, _| view.target().is_some(),
    run: Run::Change(|_, state| {
        state.about = Affected::Output;
        state.show("sweep");
    }),
};

/// To another score, or of a masked-language head to another token.
fn can_go(view: &OutputView, state: &State, by: isize) -> bool {
    match view.is_of_token() {
        true => state.attention.can_step(by),
        false => column(view).checked_add_signed(by).is_some_and(|column| column < view.columns()),
    }
}

fn go(view: &mut OutputView, state: &mut State, by: isize) {
    match view.is_of_token() {
        true => state.attention.move_token(by),
        false => view.column = column(view).saturating_add_signed(by),
    }
}

fn column(view: &OutputView) -> usize {
    view.column.min(view.columns().saturating_sub(1))
}

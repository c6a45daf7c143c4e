//! What keys do on the sweep.

use super::{SweepView, state::can_sweep};
use crate::{
    analysis::{PartState, Swept},
    state::{BarEntry, Command, CommandTable, Group, Label, Run, commands as shared, entries, entry},
};

/// How many lines a page key goes.
const PAGE: isize = 10;

impl CommandTable for SweepView {
    const COMMANDS: &'static [Group<Self>] = &[
        Group::Own(&[UP, DOWN, PAGE_UP, PAGE_DOWN, TOP, BOTTOM, SWEEP_PARTS, SWEEP_ORDER, START_SWEEP, CUT_HEAD]),
        Group::Shared(&[shared::UNDO_CUT, shared::NEXT_READING]),
    ];

    const BAR: &'static [BarEntry] = &[
        entry("edit-sentence"),
        entry("next-view"),
        entries(&["down", "up"], "move"),
        entry("sweep-parts"),
        entry("sweep-order"),
        entry("cut-head"),
        entry("undo-cut"),
        entries(&["next-reading"], "joined, A, B"),
        entry("start-sweep"),
        entry("table"),
        entry("copy"),
        entry("export"),
        entry("pick-model"),
    ];
}

const UP: Command<SweepView> = Command {
    id: "up",
    keys: &["up", "k"],
    label: Label::None,
    description: "Move the cursor up",
    enabled: |view, _| view.sweep.selected() > 0,
    run: Run::Change(|view, _| view.sweep.step(-1)),
};

const DOWN: Command<SweepView> = Command {
    id: "down",
    keys: &["down", "j"],
    label: Label::None,
    description: "Move the cursor down",
    enabled: |view, _| view.sweep.selected() + 1 < view.sweep.lines().len(),
    run: Run::Change(|view, _| view.sweep.step(1)),
};

const PAGE_UP: Command<SweepView> = Command {
    id: "page-left",
    keys: &["pageup"],
    label: Label::None,
    description: "Move ten lines up",
    enabled: |view, _| view.sweep.selected() > 0,
    run: Run::Change(|view, _| view.sweep.step(-PAGE)),
};

const PAGE_DOWN: Command<SweepView> = Command {
    id: "page-right",
    keys: &["pagedown"],
    label: Label::None,
    description: "Move ten lines down",
    enabled: |view, _| view.sweep.selected() + 1 < view.sweep.lines().len(),
    run: Run::Change(|view, _| view.sweep.step(PAGE)),
};

const TOP: Command<SweepView> = Command {
    id: "top",
    keys: &["g", "home"],
    label: Label::None,
    description: "Go to the first line",
    enabled: |view, _| view.sweep.selected() > 0,
    run: Run::Change(|view, _| view.sweep.step(isize::MIN)),
};

const BOTTOM: Command<SweepView> = Command {
    id: "bottom",
    keys: &["G", "end"],
    label: Label::None,
    description: "Go to the last line",
    enabled: |view, _| view.sweep.selected() + 1 < view.sweep.lines().len(),
    run: Run::Change(|view, _| view.sweep.step(isize::MAX)),
};

const SWEEP_PARTS: Command<SweepView> = Command {
    id: "sweep-parts",
    keys: &["w"],
    label: Label::Of(|view, _| match view.sweep.swept {
        Swept::Heads => "words",
        Swept::Words => "heads",
    }),
    description: "Sweep over heads, or over words",
    enabled: |_, state| state.passage().is_some(),
    run: Run::Change(|view, _| view.sweep.next_parts()),
};

const SWEEP_ORDER: Command<SweepView> = Command {
    id: "sweep-order",
    keys: &["v", "o"],
    label: Label::Fixed("order by"),
    description: "Order by the loss of cls, pooled or mean, or by position",
    enabled: |_, state| state.passage().is_some(),
    run: Run::Change(|view, _| view.sweep.next_order()),
};

/// Where everything is off, there is nothing to sweep.
const START_SWEEP: Command<SweepView> = Command {
    id: "start-sweep",
    keys: &["enter"],
    label: Label::Fixed("start"),
    description: "Sweep again",
    enabled: |view, state| can_sweep(state) && view.sweep.progress().1 > 0,
    run: Run::Change(|view, _| view.sweep.begin_again()),
};

const CUT_HEAD: Command<SweepView> = Command {
    id: "cut-head",
    keys: &["-"],
    label: Label::Of(|view, _| {
        let is_off = view.sweep.selected_part().is_some_and(|part| part.state == PartState::Off);
        if is_off { "on again" } else { "cut it" }
    }),
    description: "Switch the head or word under the cursor off; switch it on again",
    enabled: |view, _| view.sweep.selected_part().is_some(),
    run: Run::Ask(|view, state| view.sweep.toggle_selected(state).into()),
};

//! What keys do on the sweep.

use super::{SweepView, state::can_sweep};
use crate::{
    analysis::{PartState, SweepOrder, Swept},
    messages::label,
    state::{BarEntry, BarLabel, Command, CommandTable, Group, Run, commands as shared, entries, entry},
};

/// How many lines a page key goes.
const PAGE: isize = 10;

impl CommandTable for SweepView {
    const COMMANDS: &'static [Group<Self>] = &[
        Group::Own(&[UP, DOWN, PAGE_UP, PAGE_DOWN, TOP, BOTTOM, SWEEP_PARTS, SWEEP_ORDER, START_SWEEP, ABLATE_HEAD]),
        Group::Shared(&[shared::UNDO_ABLATION, shared::NEXT_READING]),
    ];

    const BAR: &'static [BarEntry] = &[
        entry("edit-sentence"),
        entry("next-view"),
        entries(&["down", "up"], label!("bar-move")),
        entry("sweep-parts"),
        entry("sweep-order"),
        entry("cut-head"),
        entry("undo-cut"),
        entries(&["next-reading"], label!("bar-joined-a-b")),
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
    label: BarLabel::None,
    description: label!("sweep-command-up"),
    enabled: |view, _| view.sweep.selected() > 0,
    run: Run::Change(|view, _| view.sweep.step(-1)),
};

const DOWN: Command<SweepView> = Command {
    id: "down",
    keys: &["down", "j"],
    label: BarLabel::None,
    description: label!("sweep-command-down"),
    enabled: |view, _| view.sweep.selected() + 1 < view.sweep.lines().len(),
    run: Run::Change(|view, _| view.sweep.step(1)),
};

const PAGE_UP: Command<SweepView> = Command {
    id: "page-left",
    keys: &["pageup"],
    label: BarLabel::None,
    description: label!("sweep-command-page-up"),
    enabled: |view, _| view.sweep.selected() > 0,
    run: Run::Change(|view, _| view.sweep.step(-PAGE)),
};

const PAGE_DOWN: Command<SweepView> = Command {
    id: "page-right",
    keys: &["pagedown"],
    label: BarLabel::None,
    description: label!("sweep-command-page-down"),
    enabled: |view, _| view.sweep.selected() + 1 < view.sweep.lines().len(),
    run: Run::Change(|view, _| view.sweep.step(PAGE)),
};

const TOP: Command<SweepView> = Command {
    id: "top",
    keys: &["g", "home"],
    label: BarLabel::None,
    description: label!("sweep-command-top"),
    enabled: |view, _| view.sweep.selected() > 0,
    run: Run::Change(|view, _| view.sweep.step(isize::MIN)),
};

const BOTTOM: Command<SweepView> = Command {
    id: "bottom",
    keys: &["G", "end"],
    label: BarLabel::None,
    description: label!("sweep-command-bottom"),
    enabled: |view, _| view.sweep.selected() + 1 < view.sweep.lines().len(),
    run: Run::Change(|view, _| view.sweep.step(isize::MAX)),
};

const SWEEP_PARTS: Command<SweepView> = Command {
    id: "sweep-parts",
    keys: &["w"],
    label: BarLabel::Of(|view, _| match view.sweep.swept {
        Swept::Heads => Some(label!("sweep-command-words-bar")),
        Swept::Words => Some(label!("sweep-command-heads-bar")),
    }),
    description: label!("sweep-command-sweep-parts"),
    enabled: |_, state| state.reading().is_some(),
    run: Run::Change(|view, _| view.sweep.next_parts()),
};

const SWEEP_ORDER: Command<SweepView> = Command {
    id: "sweep-order",
    keys: &["v", "o"],
    label: BarLabel::Fixed(label!("sweep-command-sweep-order-bar")),
    description: label!("sweep-command-sweep-order"),
    enabled: |_, state| state.reading().is_some(),
    run: Run::Change(|view, state| {
        view.sweep.next_order();
        if let SweepOrder::Loss(affected) = view.sweep.order {
            state.about = affected;
        }
    }),
};

/// Where everything is off, there is nothing to sweep.
const START_SWEEP: Command<SweepView> = Command {
    id: "start-sweep",
    keys: &["enter"],
    label: BarLabel::Fixed(label!("sweep-command-start-sweep-bar")),
    description: label!("sweep-command-start-sweep"),
    enabled: |view, state| can_sweep(state) && view.sweep.progress().1 > 0,
    run: Run::Change(|view, _| view.sweep.begin_again()),
};

const ABLATE_HEAD: Command<SweepView> = Command {
    id: "cut-head",
    keys: &["-"],
    label: BarLabel::Of(|view, _| {
        let is_off = view.sweep.selected_part().is_some_and(|part| part.state == PartState::Off);
        Some(if is_off { label!("sweep-command-restore-bar") } else { label!("sweep-command-ablate-bar") })
    }),
    description: label!("sweep-command-ablate-head"),
    enabled: |view, _| view.sweep.selected_part().is_some(),
    run: Run::Ask(|view, state| view.sweep.toggle_selected(state).into()),
};

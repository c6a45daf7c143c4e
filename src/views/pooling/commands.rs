//! What keys do on the pages of the pooling view.

use super::{PoolingView, pages::Page};
use crate::analysis::PartsFrom;
use crate::messages::{Label, label};
use crate::state::{BarEntry, BarLabel, Command, CommandTable, Group, Run, State, entries, entry, several};

/// So many lines is a page: as many as the smallest screen shows, so that none is skipped.
const PAGE: isize = 7;

impl CommandTable for PoolingView {
    const COMMANDS: &'static [Group<Self>] = &[Group::Own(&[
        NEXT_PAGE,
        OTHER_POOLING,
        CARRY_BACK,
        PIECES,
        UP,
        DOWN,
        LEFT,
        RIGHT,
        PAGE_UP,
        PAGE_DOWN,
        TOP,
        BOTTOM,
        NEXT_READING,
    ])];

    const BAR: &'static [BarEntry] = &[
        entry("edit-sentence"),
        entry("next-view"),
        entry("next-page"),
        several(&["left", "down", "up", "right"]),
        entry("other-pooling"),
        entry("carry-back"),
        entry("words"),
        entry("edit-pair"),
        entries(&["next-reading"], label!("bar-a-or-b")),
        entry("pick-model"),
        entry("table"),
        entry("copy"),
        entry("export"),
        entry("example"),
    ];
}

/// On the page of words a cursor moves; the others scroll.
fn moves(view: &PoolingView, _: &State) -> Option<Label> {
    Some(if view.pages.page == Page::Words { label!("bar-move") } else { label!("bar-scroll") })
}

const NEXT_PAGE: Command<PoolingView> = Command {
    id: "next-page",
    keys: &["v"],
    label: BarLabel::Fixed(label!("pooling-command-next-page-bar")),
    description: label!("pooling-command-next-page"),
    enabled: |_, state| state.readings.is_some(),
    run: Run::Change(|view, _| view.pages.turn()),
};

const OTHER_POOLING: Command<PoolingView> = Command {
    id: "other-pooling",
    keys: &["o"],
    label: BarLabel::Fixed(label!("pooling-command-other-pooling-bar")),
    description: label!("pooling-command-other-pooling"),
    enabled: |view, state| view.pages.can_choose_pooling(state),
    run: Run::Change(|view, state| view.pages.choose_pooling(state)),
};

/// It also lets what was cancelled begin again.
const CARRY_BACK: Command<PoolingView> = Command {
    id: "carry-back",
    keys: &["f"],
    label: BarLabel::Of(|view, _| match view.pages.from {
        PartsFrom::LastLayer => Some(label!("pooling-command-inputs-bar")),
        PartsFrom::Inputs => Some(label!("pooling-command-last-layer-bar")),
    }),
    description: label!("pooling-command-carry-back"),
    enabled: has_words,
    run: Run::Change(|view, state| {
        view.pages.carry_back();
        state.work.retry();
    }),
};

const PIECES: Command<PoolingView> = Command {
    id: "words",
    keys: &["w"],
    label: BarLabel::Fixed(label!("command-words-bar")),
    description: label!("pooling-command-words"),
    enabled: has_words,
    run: Run::Change(|view, _| view.pages.granularity = view.pages.granularity.next()),
};

/// Whether the page of words has two sentences.
fn has_words(view: &PoolingView, state: &State) -> bool {
    view.pages.page == Page::Words && state.readings.as_ref().is_some_and(|readings| readings.pair.is_some())
}

const UP: Command<PoolingView> = Command {
    id: "up",
    keys: &["up", "k"],
    label: BarLabel::Of(moves),
    description: label!("pooling-command-up"),
    enabled: |view, _| view.pages.can_scroll(-1),
    run: Run::Change(|view, _| view.pages.scroll(-1)),
};

const DOWN: Command<PoolingView> = Command {
    id: "down",
    keys: &["down", "j"],
    label: BarLabel::Of(moves),
    description: label!("pooling-command-down"),
    enabled: |view, _| view.pages.can_scroll(1),
    run: Run::Change(|view, _| view.pages.scroll(1)),
};

const LEFT: Command<PoolingView> = Command {
    id: "left",
    keys: &["left", "h"],
    label: BarLabel::Of(moves),
    description: label!("pooling-command-left"),
    enabled: |view, _| view.pages.can_step(-1),
    run: Run::Change(|view, _| view.pages.step(-1)),
};

const RIGHT: Command<PoolingView> = Command {
    id: "right",
    keys: &["right", "l"],
    label: BarLabel::Of(moves),
    description: label!("pooling-command-right"),
    enabled: |view, _| view.pages.can_step(1),
    run: Run::Change(|view, _| view.pages.step(1)),
};

const PAGE_UP: Command<PoolingView> = Command {
    id: "page-left",
    keys: &["pageup"],
    label: BarLabel::None,
    description: label!("pooling-command-page-up"),
    enabled: |view, _| view.pages.can_scroll(-1),
    run: Run::Change(|view, _| view.pages.scroll(-PAGE)),
};

const PAGE_DOWN: Command<PoolingView> = Command {
    id: "page-right",
    keys: &["pagedown"],
    label: BarLabel::None,
    description: label!("pooling-command-page-down"),
    enabled: |view, _| view.pages.can_scroll(1),
    run: Run::Change(|view, _| view.pages.scroll(PAGE)),
};

const TOP: Command<PoolingView> = Command {
    id: "top",
    keys: &["g", "home"],
    label: BarLabel::None,
    description: label!("pooling-command-top"),
    enabled: |view, _| view.pages.can_scroll(-1),
    run: Run::Change(|view, _| view.pages.scroll(isize::MIN)),
};

const BOTTOM: Command<PoolingView> = Command {
    id: "bottom",
    keys: &["G", "end"],
    label: BarLabel::None,
    description: label!("pooling-command-bottom"),
    enabled: |view, _| view.pages.can_scroll(1),
    run: Run::Change(|view, _| view.pages.scroll(isize::MAX)),
};

const NEXT_READING: Command<PoolingView> = Command {
    id: "next-reading",
    keys: &["r"],
    label: BarLabel::Fixed(label!("pooling-command-next-reading-bar")),
    description: label!("pooling-command-next-reading"),
    enabled: |view, state| {
        let has_pair = state.readings.as_ref().is_some_and(|readings| readings.pair.is_some());
        has_pair && view.pages.page == Page::Overview
    },
    run: Run::Change(|_, state| state.other_sentence()),
};

//! What keys do on the pages of the pooling view.

use super::PoolingView;
use crate::state::{BarEntry, Command, CommandTable, Group, Label, Page, Run, State, entries, entry, several};

/// So many lines is a page: as many as the smallest screen shows, so that none is skipped.
const PAGE: isize = 7;

impl CommandTable for PoolingView {
    const COMMANDS: &'static [Group<Self>] = &[Group::Own(&[
        NEXT_PAGE,
        OTHER_POOLING,
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
        entry("edit-pair"),
        entries(&["next-reading"], "A or B"),
        entry("pick-model"),
        entry("table"),
        entry("copy"),
        entry("export"),
        entry("example"),
    ];
}

/// On the page of words a cursor moves; the others scroll.
fn moves(_: &PoolingView, state: &State) -> &'static str {
    if state.pooling_view.page == Page::Words { "move" } else { "scroll" }
}

const NEXT_PAGE: Command<PoolingView> = Command {
    id: "next-page",
    keys: &["v"],
    label: Label::Fixed("page"),
    description: "Turn to the next page: overview, calibration, layers, dimensions, words",
    enabled: |_, state| state.readings.is_some(),
    run: Run::Change(|_, state| state.next_page()),
};

const OTHER_POOLING: Command<PoolingView> = Command {
    id: "other-pooling",
    keys: &["o"],
    label: Label::Fixed("pooling"),
    description: "Show the dimensions, or the words, of another pooling",
    enabled: |_, state| state.can_choose_other_pooling(),
    run: Run::Change(|_, state| state.choose_other_pooling()),
};

const UP: Command<PoolingView> = Command {
    id: "up",
    keys: &["up", "k"],
    label: Label::Of(moves),
    description: "Scroll up; on the page of words, go to the word above",
    enabled: |_, state| state.can_scroll_page(-1),
    run: Run::Change(|_, state| state.scroll_page(-1)),
};

const DOWN: Command<PoolingView> = Command {
    id: "down",
    keys: &["down", "j"],
    label: Label::Of(moves),
    description: "Scroll down; on the page of words, go to the word below",
    enabled: |_, state| state.can_scroll_page(1),
    run: Run::Change(|_, state| state.scroll_page(1)),
};

const LEFT: Command<PoolingView> = Command {
    id: "left",
    keys: &["left", "h"],
    label: Label::Of(moves),
    description: "On the page of words, go to the word on the left",
    enabled: |_, state| state.can_step_word(-1),
    run: Run::Change(|_, state| state.step_word(-1)),
};

const RIGHT: Command<PoolingView> = Command {
    id: "right",
    keys: &["right", "l"],
    label: Label::Of(moves),
    description: "On the page of words, go to the word on the right",
    enabled: |_, state| state.can_step_word(1),
    run: Run::Change(|_, state| state.step_word(1)),
};

const PAGE_UP: Command<PoolingView> = Command {
    id: "page-left",
    keys: &["pageup"],
    label: Label::None,
    description: "Scroll a page up",
    enabled: |_, state| state.can_scroll_page(-1),
    run: Run::Change(|_, state| state.scroll_page(-PAGE)),
};

const PAGE_DOWN: Command<PoolingView> = Command {
    id: "page-right",
    keys: &["pagedown"],
    label: Label::None,
    description: "Scroll a page down",
    enabled: |_, state| state.can_scroll_page(1),
    run: Run::Change(|_, state| state.scroll_page(PAGE)),
};

const TOP: Command<PoolingView> = Command {
    id: "top",
    keys: &["g", "home"],
    label: Label::None,
    description: "Go to the first line",
    enabled: |_, state| state.can_scroll_page(-1),
    run: Run::Change(|_, state| state.scroll_page(isize::MIN)),
};

const BOTTOM: Command<PoolingView> = Command {
    id: "bottom",
    keys: &["G", "end"],
    label: Label::None,
    description: "Go to the last line",
    enabled: |_, state| state.can_scroll_page(1),
    run: Run::Change(|_, state| state.scroll_page(isize::MAX)),
};

const NEXT_READING: Command<PoolingView> = Command {
    id: "next-reading",
    keys: &["r"],
    label: Label::Fixed("reading"),
    description: "Show the poolings of the other sentence",
    enabled: |_, state| {
        let has_pair = state.readings.as_ref().is_some_and(|readings| readings.pair.is_some());
        has_pair && state.pooling_view.page == Page::Overview
    },
    run: Run::Change(|_, state| state.other_sentence()),
};

//! What keys do on the view of all heads.

use super::HeadsView;
use crate::{
    analysis::{HeadChoice, HeadStatistics},
    state::{BarEntry, Command, CommandTable, Group, Label, Run, State, commands as shared, entries, entry},
};

impl CommandTable for HeadsView {
    const COMMANDS: &'static [Group<Self>] = &[
        Group::Own(&[LEFT, RIGHT]),
        Group::Shared(&[shared::LAYER_UP, shared::LAYER_DOWN]),
        Group::Own(&[FIRST, LAST]),
        Group::Shared(&[shared::LAYER_TOP, shared::LAYER_BOTTOM]),
        Group::Own(&[OPEN_HEAD]),
        Group::Shared(&[shared::MEAN_OF_HEADS, shared::MAX_OF_HEADS, shared::TURN_AROUND]),
        Group::Own(&[STATISTIC, PREVIOUS_STATISTIC, SORT]),
        Group::Shared(&[
            shared::SPECIALS,
            shared::WORDS,
            shared::SCALE,
            shared::CUT_HEAD,
            shared::UNDO_CUT,
            shared::MARK_HEAD,
            shared::UNMARK,
            shared::PIN_BASELINE,
            shared::UNPIN_BASELINE,
            shared::NEXT_READING,
        ]),
    ];

    const BAR: &'static [BarEntry] = &[
        entry("edit-sentence"),
        entry("next-view"),
        entries(&["left", "down", "up", "right"], "move"),
        entry("open-head"),
        entries(&["previous-statistic", "statistic"], "statistic"),
        entry("sort"),
        entries(&["mean-of-heads"], "no head"),
        entry("mark-head"),
        entry("unmark"),
        entry("cut-head"),
        entry("undo-cut"),
        entries(&["next-reading"], "joined, A, B"),
        entry("edit-pair"),
        entry("pick-model"),
        entry("hold"),
        entry("table"),
        entry("copy"),
        entry("export"),
        entry("example"),
    ];
}

const OPEN_HEAD: Command<HeadsView> = Command {
    id: "open-head",
    keys: &["enter"],
    label: Label::Fixed("open"),
    description: "Open the head under the cursor as a matrix",
    enabled: |_, state| state.passage().is_some(),
    run: Run::Change(|_, state| state.show("matrix")),
};

const STATISTIC: Command<HeadsView> = Command {
    id: "statistic",
    keys: &["v"],
    label: Label::Fixed("statistic"),
    description: "Show the next statistic of each head",
    enabled: |_, state| has_several(state),
    run: Run::Change(|view, state| statistics(state).into_iter().for_each(|heads| view.chosen.go_on(heads))),
};

const PREVIOUS_STATISTIC: Command<HeadsView> = Command {
    id: "previous-statistic",
    keys: &["V"],
    label: Label::Fixed("number before"),
    description: "Show the statistic before",
    enabled: |_, state| has_several(state),
    run: Run::Change(|view, state| statistics(state).into_iter().for_each(|heads| view.chosen.go_back(heads))),
};

const SORT: Command<HeadsView> = Command {
    id: "sort",
    keys: &["o"],
    label: Label::Fixed("sort"),
    description: "Sort the heads by the statistic, or by layer again",
    enabled: |_, state| state.passage().is_some(),
    run: Run::Change(|view, _| view.chosen.sorted = !view.chosen.sorted),
};

const LEFT: Command<HeadsView> = Command {
    id: "left",
    keys: &["left", "h"],
    label: Label::None,
    description: "Move the cursor to the head on the left",
    enabled: |_, state| can_go_left(state),
    run: Run::Change(|_, state| move_head(state, -1)),
};

const RIGHT: Command<HeadsView> = Command {
    id: "right",
    keys: &["right", "l"],
    label: Label::None,
    description: "Move the cursor to the head on the right",
    enabled: |_, state| can_go_right(state),
    run: Run::Change(|_, state| move_head(state, 1)),
};

const FIRST: Command<HeadsView> = Command {
    id: "first",
    keys: &["home"],
    label: Label::None,
    description: "Go to the first head of the layer",
    enabled: |_, state| can_go_left(state),
    run: Run::Change(|_, state| choose_head(state, 0)),
};

const LAST: Command<HeadsView> = Command {
    id: "last",
    keys: &["end"],
    label: Label::None,
    description: "Go to the last head of the layer",
    enabled: |_, state| can_go_right(state),
    run: Run::Change(|_, state| choose_head(state, usize::MAX)),
};

/// What each head of the reading does on the whole.
fn statistics(state: &State) -> Option<&HeadStatistics> {
    Some(state.passage()?.heads(state.attention.options.measure))
}

fn has_several(state: &State) -> bool {
    statistics(state).is_some_and(|heads| heads.statistics().len() > 1)
}

/// From mean or max the first head is to the left as well as to the right.
fn can_go_left(state: &State) -> bool {
    state.passage().is_some() && state.attention.head() != Some(0)
}

fn can_go_right(state: &State) -> bool {
    let head = state.attention.head();
    state.passage().is_some_and(|passage| head.is_none_or(|head| head + 1 < passage.trace.heads))
}

/// The head so many further; from mean or max, the first.
fn move_head(state: &mut State, by: isize) {
    choose_head(state, state.attention.head().map_or(0, |head| head.saturating_add_signed(by)));
}

/// A head, from 0, or the last where there are fewer.
fn choose_head(state: &mut State, head: usize) {
    let last = state.passage().map_or(0, |passage| passage.trace.heads.saturating_sub(1));
    state.attend(|attention| attention.options.heads = HeadChoice::One(head.min(last)));
}

//! What keys do on the view of all heads.

use super::HeadsView;
use crate::{
    analysis::{after, before},
    state::{BarEntry, Command, CommandTable, Group, Label, Outcome, Run, commands as shared, entries, entry},
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
            shared::HOLD,
            shared::LET_GO,
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

const LEFT: Command<HeadsView> = Command {
    id: "left",
    keys: &["left", "h"],
    label: Label::None,
    description: "Move the cursor to the head on the left",
    enabled: |_, state| state.can_move_head(-1),
    run: Run::Change(|_, state| state.move_head(-1)),
};

const RIGHT: Command<HeadsView> = Command {
    id: "right",
    keys: &["right", "l"],
    label: Label::None,
    description: "Move the cursor to the head on the right",
    enabled: |_, state| state.can_move_head(1),
    run: Run::Change(|_, state| state.move_head(1)),
};

const FIRST: Command<HeadsView> = Command {
    id: "first",
    keys: &["home"],
    label: Label::None,
    description: "Go to the first head of the layer",
    enabled: |_, state| state.can_move_head(-1),
    run: Run::Change(|_, state| state.move_head(isize::MIN)),
};

const LAST: Command<HeadsView> = Command {
    id: "last",
    keys: &["end"],
    label: Label::None,
    description: "Go to the last head of the layer",
    enabled: |_, state| state.can_move_head(1),
    run: Run::Change(|_, state| state.move_head(isize::MAX)),
};

const OPEN_HEAD: Command<HeadsView> = Command {
    id: "open-head",
    keys: &["enter"],
    label: Label::Fixed("open"),
    description: "Open the head under the cursor as a matrix",
    enabled: |_, state| state.passage().is_some(),
    run: Run::Ask(|_, _| Outcome::show("matrix")),
};

const STATISTIC: Command<HeadsView> = Command {
    id: "statistic",
    keys: &["v"],
    label: Label::Fixed("statistic"),
    description: "Show the next statistic of each head",
    enabled: |_, state| state.passage().is_some(),
    run: Run::Change(|_, state| state.step_statistic(after)),
};

const PREVIOUS_STATISTIC: Command<HeadsView> = Command {
    id: "previous-statistic",
    keys: &["V"],
    label: Label::Fixed("number before"),
    description: "Show the statistic before",
    enabled: |_, state| state.passage().is_some(),
    run: Run::Change(|_, state| state.step_statistic(before)),
};

const SORT: Command<HeadsView> = Command {
    id: "sort",
    keys: &["o"],
    label: Label::Fixed("sort"),
    description: "Sort the heads by the statistic, or by layer again",
    enabled: |_, state| state.passage().is_some(),
    run: Run::Change(|_, state| state.attention.sorted = !state.attention.sorted),
};

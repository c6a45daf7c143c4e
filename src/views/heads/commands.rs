//! What keys do on the view of all heads.

use super::{HeadsView, statistic::HeadNumbers};
use crate::{
    analysis::HeadChoice,
    messages::label,
    state::{BarEntry, BarLabel, Command, CommandTable, Group, Run, State, commands as shared, entries, entry},
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
            shared::NEXT_MEASURE,
            shared::PREVIOUS_MEASURE,
            shared::SPECIALS,
            shared::WORDS,
            shared::SCALE,
            shared::ABLATE_HEAD,
            shared::UNDO_ABLATION,
            shared::ABOUT,
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
        entries(&["left", "down", "up", "right"], label!("bar-move")),
        entries(&["next-measure", "previous-measure"], label!("bar-measure")),
        entry("open-head"),
        entries(&["previous-statistic", "statistic"], label!("bar-statistic")),
        entry("sort"),
        entries(&["mean-of-heads"], label!("bar-no-head")),
        entry("mark-head"),
        entry("unmark"),
        entry("cut-head"),
        entry("undo-cut"),
        entry("about"),
        entries(&["next-reading"], label!("bar-joined-a-b")),
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
    label: BarLabel::Fixed(label!("heads-command-open-head-bar")),
    description: label!("heads-command-open-head"),
    enabled: |_, state| state.reading().is_some(),
    run: Run::Change(|_, state| state.show("matrix")),
};

const STATISTIC: Command<HeadsView> = Command {
    id: "statistic",
    keys: &["v"],
    label: BarLabel::Fixed(label!("heads-command-statistic-bar")),
    description: label!("heads-command-statistic"),
    enabled: |_, state| has_several(state),
    run: Run::Change(|view, state| HeadNumbers::new(state).iter().for_each(|heads| view.chosen.go_on(heads))),
};

const PREVIOUS_STATISTIC: Command<HeadsView> = Command {
    id: "previous-statistic",
    keys: &["V"],
    label: BarLabel::Fixed(label!("heads-command-previous-statistic-bar")),
    description: label!("heads-command-previous-statistic"),
    enabled: |_, state| has_several(state),
    run: Run::Change(|view, state| HeadNumbers::new(state).iter().for_each(|heads| view.chosen.go_back(heads))),
};

const SORT: Command<HeadsView> = Command {
    id: "sort",
    keys: &["o"],
    label: BarLabel::Fixed(label!("heads-command-sort-bar")),
    description: label!("heads-command-sort"),
    enabled: |_, state| state.reading().is_some(),
    run: Run::Change(|view, _| view.chosen.sorted = !view.chosen.sorted),
};

const LEFT: Command<HeadsView> = Command {
    id: "left",
    keys: &["left", "h"],
    label: BarLabel::None,
    description: label!("heads-command-left"),
    enabled: |_, state| can_go_left(state),
    run: Run::Change(|_, state| move_head(state, -1)),
};

const RIGHT: Command<HeadsView> = Command {
    id: "right",
    keys: &["right", "l"],
    label: BarLabel::None,
    description: label!("heads-command-right"),
    enabled: |_, state| can_go_right(state),
    run: Run::Change(|_, state| move_head(state, 1)),
};

const FIRST: Command<HeadsView> = Command {
    id: "first",
    keys: &["home"],
    label: BarLabel::None,
    description: label!("heads-command-first"),
    enabled: |_, state| can_go_left(state),
    run: Run::Change(|_, state| choose_head(state, 0)),
};

const LAST: Command<HeadsView> = Command {
    id: "last",
    keys: &["end"],
    label: BarLabel::None,
    description: label!("heads-command-last"),
    enabled: |_, state| can_go_right(state),
    run: Run::Change(|_, state| choose_head(state, usize::MAX)),
};

fn has_several(state: &State) -> bool {
    HeadNumbers::new(state).is_some_and(|heads| heads.statistics().len() > 1)
}

/// From mean or max the first head is to the left as well as to the right.
fn can_go_left(state: &State) -> bool {
    state.measure().has_heads() && state.reading().is_some() && state.attention.head() != Some(0)
}

fn can_go_right(state: &State) -> bool {
    let head = state.attention.head();
    state.measure().has_heads()
        && state.reading().is_some_and(|reading| head.is_none_or(|head| head + 1 < reading.trace.heads))
}

/// The head so many further; from mean or max, the first.
fn move_head(state: &mut State, by: isize) {
    choose_head(state, state.attention.head().map_or(0, |head| head.saturating_add_signed(by)));
}

/// A head, from 0, or the last where there are fewer.
fn choose_head(state: &mut State, head: usize) {
    let last = state.reading().map_or(0, |reading| reading.trace.heads.saturating_sub(1));
    state.attend(|attention| attention.options.heads = HeadChoice::One(head.min(last)));
}

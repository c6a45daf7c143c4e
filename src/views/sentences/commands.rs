//! What keys do on the sentences.

use super::SentencesView;
use crate::messages::label;
use crate::state::{
    BarEntry, BarLabel, Command, CommandTable, Group, ListOrder, Run, State, commands as shared, entries, entry, list,
    list::WalkOrder,
};

impl CommandTable for SentencesView {
    const COMMANDS: &'static [Group<Self>] = &[
        Group::Shared(&[list::UP, list::DOWN, list::PAGE_UP, list::PAGE_DOWN, list::TOP, list::BOTTOM]),
        Group::Own(&[LEFT, RIGHT, FIRST, LAST]),
        Group::Shared(&[
            list::ADD_LINE,
            list::EDIT_LINE,
            list::REMOVE_LINE,
            list::UNDO_LIST,
            list::LINE_TO_A,
            list::LINE_TO_B,
            list::LEFT_POOLING,
            list::RIGHT_POOLING,
        ]),
        Group::Own(&[
            LIST_ORDER,
            NEXT_DISAGREEMENT,
            PREVIOUS_DISAGREEMENT,
            NEXT_CLOSEST,
            PREVIOUS_CLOSEST,
            LIST_BACKGROUND,
        ]),
        Group::Shared(&[list::READ_LIST, list::FIND, shared::FIND_NEXT, shared::FIND_PREVIOUS]),
    ];

    const BAR: &'static [BarEntry] = &[
        entry("add-line"),
        entries(&["add-to-list"], label!("bar-add-a-b")),
        entries(&["left", "down", "up", "right"], label!("bar-move")),
        entries(&["left-pooling", "right-pooling"], label!("bar-poolings")),
        entry("list-order"),
        entries(&["previous-disagreement", "next-disagreement"], label!("bar-disagree-most")),
        entries(&["previous-closest", "next-closest"], label!("bar-closest")),
        entry("list-background"),
        entry("edit-line"),
        entry("remove-line"),
        entry("undo-list"),
        entries(&["line-to-a", "line-to-b"], label!("bar-make-it-a-b")),
        entry("read-list"),
        entry("next-view"),
        entry("find"),
        entries(&["find-previous", "find-next"], label!("bar-found")),
        entry("table"),
        entry("copy"),
        entry("export"),
        entry("pick-model"),
        entries(&["edit-sentence"], label!("bar-edit-a")),
    ];
}

const LEFT: Command<SentencesView> = Command {
    id: "left",
    keys: &["left", "h"],
    label: BarLabel::None,
    description: label!("sentences-command-left"),
    enabled: |_, state| can_step_column(state, -1),
    run: Run::Change(|_, state| state.list.step_column(-1)),
};

const RIGHT: Command<SentencesView> = Command {
    id: "right",
    keys: &["right", "l"],
    label: BarLabel::None,
    description: label!("sentences-command-right"),
    enabled: |_, state| can_step_column(state, 1),
    run: Run::Change(|_, state| state.list.step_column(1)),
};

const FIRST: Command<SentencesView> = Command {
    id: "first",
    keys: &["home"],
    label: BarLabel::None,
    description: label!("sentences-command-first"),
    enabled: |_, state| can_step_column(state, -1),
    run: Run::Change(|_, state| state.list.step_column(isize::MIN)),
};

const LAST: Command<SentencesView> = Command {
    id: "last",
    keys: &["end"],
    label: BarLabel::None,
    description: label!("sentences-command-last"),
    enabled: |_, state| can_step_column(state, 1),
    run: Run::Change(|_, state| state.list.step_column(isize::MAX)),
};

const LIST_ORDER: Command<SentencesView> = Command {
    id: "list-order",
    keys: &["o"],
    label: BarLabel::Fixed(label!("sentences-command-list-order-bar")),
    description: label!("sentences-command-list-order"),
    enabled: |_, state| state.list.side(0).is_some() && state.list.lines().len() > 1,
    run: Run::Change(|_, state| {
        let order = match state.list.order {
            ListOrder::Given => ListOrder::Clustered,
            ListOrder::Clustered => ListOrder::Given,
        };
        state.list.choose(state.list.poolings(), order);
    }),
};

const NEXT_DISAGREEMENT: Command<SentencesView> = Command {
    id: "next-disagreement",
    keys: &["space"],
    label: BarLabel::Fixed(label!("sentences-command-next-disagreement-bar")),
    description: label!("sentences-command-next-disagreement"),
    enabled: |_, state| can_walk(state, WalkOrder::Disagreement, true),
    run: Run::Change(|_, state| state.list.walk(WalkOrder::Disagreement, true)),
};

const PREVIOUS_DISAGREEMENT: Command<SentencesView> = Command {
    id: "previous-disagreement",
    keys: &["backspace"],
    label: BarLabel::Fixed(label!("sentences-command-previous-disagreement-bar")),
    description: label!("sentences-command-previous-disagreement"),
    enabled: |_, state| can_walk(state, WalkOrder::Disagreement, false),
    run: Run::Change(|_, state| state.list.walk(WalkOrder::Disagreement, false)),
};

const NEXT_CLOSEST: Command<SentencesView> = Command {
    id: "next-closest",
    keys: &["c"],
    label: BarLabel::Fixed(label!("sentences-command-next-closest-bar")),
    description: label!("sentences-command-next-closest"),
    enabled: |_, state| can_walk(state, WalkOrder::Closeness, true),
    run: Run::Change(|_, state| state.list.walk(WalkOrder::Closeness, true)),
};

const PREVIOUS_CLOSEST: Command<SentencesView> = Command {
    id: "previous-closest",
    keys: &["C"],
    label: BarLabel::Fixed(label!("sentences-command-previous-closest-bar")),
    description: label!("sentences-command-previous-closest"),
    enabled: |_, state| can_walk(state, WalkOrder::Closeness, false),
    run: Run::Change(|_, state| state.list.walk(WalkOrder::Closeness, false)),
};

const LIST_BACKGROUND: Command<SentencesView> = Command {
    id: "list-background",
    keys: &["w"],
    label: BarLabel::Of(|_, state| match state.list.is_own_background {
        true => Some(label!("sentences-command-list-background-unrelated")),
        false => Some(label!("sentences-command-list-background-list")),
    }),
    description: label!("sentences-command-list-background"),
    enabled: |_, state| state.list.is_arranged() && state.list.lines().len() > 2,
    run: Run::Change(|_, state| state.list.is_own_background = !state.list.is_own_background),
};

fn can_step_column(state: &State, by: isize) -> bool {
    state.list.can_step_column(by)
}

fn can_walk(state: &State, order: WalkOrder, forth: bool) -> bool {
    state.list.is_arranged() && state.list.can_walk(order, forth)
}

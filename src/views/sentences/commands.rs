//! What keys do on the sentences.

use super::SentencesView;
use crate::state::{
    BarEntry, Command, CommandTable, Group, Label, ListOrder, Run, State, commands as shared, entries, entry, list,
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
        Group::Own(&[LIST_ORDER, NEXT_DISAGREEMENT, PREVIOUS_DISAGREEMENT]),
        Group::Shared(&[list::READ_LIST, list::FIND, shared::FIND_NEXT, shared::FIND_PREVIOUS]),
    ];

    const BAR: &'static [BarEntry] = &[
        entry("add-line"),
        entries(&["add-to-list"], "add A, B"),
        entries(&["left", "down", "up", "right"], "move"),
        entries(&["left-pooling", "right-pooling"], "poolings"),
        entry("list-order"),
        entries(&["previous-disagreement", "next-disagreement"], "disagree most"),
        entry("edit-line"),
        entry("remove-line"),
        entry("undo-list"),
        entries(&["line-to-a", "line-to-b"], "make it A, B"),
        entry("read-list"),
        entry("next-view"),
        entry("find"),
        entries(&["find-previous", "find-next"], "found"),
        entry("table"),
        entry("copy"),
        entry("export"),
        entry("pick-model"),
        entries(&["edit-sentence"], "edit A"),
    ];
}

const LEFT: Command<SentencesView> = Command {
    id: "left",
    keys: &["left", "h"],
    label: Label::None,
    description: "Move to the column on the left",
    enabled: |_, state| can_step_column(state, -1),
    run: Run::Change(|_, state| state.list.step_column(-1)),
};

const RIGHT: Command<SentencesView> = Command {
    id: "right",
    keys: &["right", "l"],
    label: Label::None,
    description: "Move to the column on the right",
    enabled: |_, state| can_step_column(state, 1),
    run: Run::Change(|_, state| state.list.step_column(1)),
};

const FIRST: Command<SentencesView> = Command {
    id: "first",
    keys: &["home"],
    label: Label::None,
    description: "Go to the first column",
    enabled: |_, state| can_step_column(state, -1),
    run: Run::Change(|_, state| state.list.step_column(isize::MIN)),
};

const LAST: Command<SentencesView> = Command {
    id: "last",
    keys: &["end"],
    label: Label::None,
    description: "Go to the last column",
    enabled: |_, state| can_step_column(state, 1),
    run: Run::Change(|_, state| state.list.step_column(isize::MAX)),
};

const LIST_ORDER: Command<SentencesView> = Command {
    id: "list-order",
    keys: &["o"],
    label: Label::Fixed("order"),
    description: "Order as given, or clustered so that similar sentences are neighbours",
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
    label: Label::Fixed("disagree most"),
    description: "Go to the pair on which the two poolings disagree most, then to the next",
    enabled: |_, state| can_walk(state, true),
    run: Run::Change(|_, state| state.list.walk(true)),
};

const PREVIOUS_DISAGREEMENT: Command<SentencesView> = Command {
    id: "previous-disagreement",
    keys: &["backspace"],
    label: Label::Fixed("disagree more"),
    description: "Go to the pair before in the order of disagreement",
    enabled: |_, state| can_walk(state, false),
    run: Run::Change(|_, state| state.list.walk(false)),
};

fn can_step_column(state: &State, by: isize) -> bool {
    state.list.can_step_column(by)
}

fn can_walk(state: &State, forth: bool) -> bool {
    state.list.is_arranged() && state.list.can_walk(forth)
}

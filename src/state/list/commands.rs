//! Rows that the views of the list have: the sentence under the cursor, the two poolings, the list itself.

use super::ListState;
use crate::analysis::Pooling;
use crate::messages::label;
use crate::state::{BarLabel, Command, Field, Finding, Run, Stage, State};

/// How far the page keys move.
const PAGE: isize = 10;

fn has_sentence(_: &(), state: &State) -> bool {
    !state.list.is_empty()
}

fn can_choose_pooling(_: &(), state: &State) -> bool {
    state.list.side(0).is_some() && !state.list.is_arranging()
}

fn choose_pooling(state: &mut State, side: usize) {
    let there: Vec<Pooling> = match &state.model {
        Some(info) => Pooling::of_model(info).collect(),
        None => Pooling::ALL.to_vec(),
    };
    state.list.choose_pooling(side, &there);
}

/// `up`: the sentence before, in the order shown.
pub const UP: Command<()> = Command {
    id: "up",
    keys: &["up", "k"],
    label: BarLabel::None,
    description: label!("list-command-up"),
    enabled: |_, state| state.list.can_step(-1),
    run: Run::Change(|_, state| state.list.step_line(-1)),
};

/// `down`: the sentence after, in the order shown.
pub const DOWN: Command<()> = Command {
    id: "down",
    keys: &["down", "j"],
    label: BarLabel::None,
    description: label!("list-command-down"),
    enabled: |_, state| state.list.can_step(1),
    run: Run::Change(|_, state| state.list.step_line(1)),
};

/// `previous-line`, where `up` is something else.
pub const PREVIOUS_LINE: Command<()> = Command {
    id: "previous-line",
    keys: &[","],
    label: BarLabel::Fixed(label!("list-command-previous-line-bar")),
    description: label!("list-command-previous-line"),
    ..UP
};

/// `next-line`, where `down` is something else.
pub const NEXT_LINE: Command<()> = Command {
    id: "next-line",
    keys: &["."],
    label: BarLabel::Fixed(label!("list-command-next-line-bar")),
    description: label!("list-command-next-line"),
    ..DOWN
};

/// `page-left`: ten sentences up.
pub const PAGE_UP: Command<()> = Command {
    id: "page-left",
    keys: &["pageup"],
    label: BarLabel::None,
    description: label!("list-command-page-up"),
    enabled: |_, state| state.list.can_step(-1),
    run: Run::Change(|_, state| state.list.step_line(-PAGE)),
};

/// `page-right`: ten sentences down.
pub const PAGE_DOWN: Command<()> = Command {
    id: "page-right",
    keys: &["pagedown"],
    label: BarLabel::None,
    description: label!("list-command-page-down"),
    enabled: |_, state| state.list.can_step(1),
    run: Run::Change(|_, state| state.list.step_line(PAGE)),
};

/// `top`: the first sentence.
pub const TOP: Command<()> = Command {
    id: "top",
    keys: &["g"],
    label: BarLabel::None,
    description: label!("list-command-top"),
    enabled: |_, state| state.list.can_step(-1),
    run: Run::Change(|_, state| state.list.step_line(isize::MIN)),
};

/// `bottom`: the last sentence.
pub const BOTTOM: Command<()> = Command {
    id: "bottom",
    keys: &["G"],
    label: BarLabel::None,
    description: label!("list-command-bottom"),
    enabled: |_, state| state.list.can_step(1),
    run: Run::Change(|_, state| state.list.step_line(isize::MAX)),
};

/// `remove-line`.
pub const REMOVE_LINE: Command<()> = Command {
    id: "remove-line",
    keys: &["d", "delete"],
    label: BarLabel::Fixed(label!("list-command-remove-line-bar")),
    description: label!("list-command-remove-line"),
    enabled: has_sentence,
    run: Run::Change(|_, state| state.list.remove()),
};

/// `undo-list`.
pub const UNDO_LIST: Command<()> = Command {
    id: "undo-list",
    keys: &["u"],
    label: BarLabel::Fixed(label!("list-command-undo-list-bar")),
    description: label!("list-command-undo-list"),
    enabled: |_, state| state.list.can_undo(),
    run: Run::Change(|_, state| state.list.undo()),
};

/// `line-to-a`.
pub const LINE_TO_A: Command<()> = Command {
    id: "line-to-a",
    keys: &["A"],
    label: BarLabel::Fixed(label!("list-command-line-to-a-bar")),
    description: label!("list-command-line-to-a"),
    enabled: has_sentence,
    run: Run::Ask(|_, state| state.line_into(Field::Sentence).into()),
};

/// `line-to-b`.
pub const LINE_TO_B: Command<()> = Command {
    id: "line-to-b",
    keys: &["B"],
    label: BarLabel::Fixed(label!("list-command-line-to-b-bar")),
    description: label!("list-command-line-to-b"),
    enabled: has_sentence,
    run: Run::Ask(|_, state| state.line_into(Field::Pair).into()),
};

/// `left-pooling`.
pub const LEFT_POOLING: Command<()> = Command {
    id: "left-pooling",
    keys: &["["],
    label: BarLabel::Fixed(label!("list-command-left-pooling-bar")),
    description: label!("list-command-left-pooling"),
    enabled: can_choose_pooling,
    run: Run::Change(|_, state| choose_pooling(state, 0)),
};

/// `right-pooling`.
pub const RIGHT_POOLING: Command<()> = Command {
    id: "right-pooling",
    keys: &["]"],
    label: BarLabel::Fixed(label!("list-command-right-pooling-bar")),
    description: label!("list-command-right-pooling"),
    enabled: can_choose_pooling,
    run: Run::Change(|_, state| choose_pooling(state, 1)),
};

/// `read-list`, after a reading that was cancelled or failed.
pub const READ_LIST: Command<()> = Command {
    id: "read-list",
    keys: &["r"],
    label: BarLabel::Fixed(label!("list-command-read-list-bar")),
    description: label!("list-command-read-list"),
    enabled: |_, state| matches!(state.list.stage, Stage::Cancelled | Stage::Failed(_)),
    run: Run::Change(|_, state| state.list.stage = Stage::Due),
};

/// `find`: a sentence.
pub const FIND: Command<()> = Command {
    id: "find",
    keys: &["/"],
    label: BarLabel::Fixed(label!("list-command-find-bar")),
    description: label!("list-command-find"),
    enabled: has_sentence,
    run: Run::Change(|_, state| {
        let from = state.list.row_of(state.list.line);
        state.finding = Some(Finding { from, ..Finding::default() });
    }),
};

/// `add-line`: types one.
pub const ADD_LINE: Command<()> = Command {
    id: "add-line",
    keys: &["a", "insert"],
    label: BarLabel::Fixed(label!("list-command-add-line-bar")),
    description: label!("list-command-add-line"),
    enabled: |_, state| state.list.lines.len() < ListState::MOST,
    run: Run::Change(|_, state| state.type_line(None)),
};

/// `edit-line`; in an empty list, types the first.
pub const EDIT_LINE: Command<()> = Command {
    id: "edit-line",
    keys: &["enter"],
    label: BarLabel::Of(|_, state| (!state.list.is_empty()).then_some(label!("list-command-edit-line-bar"))),
    description: label!("list-command-edit-line"),
    enabled: |_, _| true,
    run: Run::Change(|_, state| {
        let line = (!state.list.is_empty()).then_some(state.list.line);
        state.type_line(line);
    }),
};

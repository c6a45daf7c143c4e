//! Rows that the views of the list have: the sentence under the cursor, the two poolings, the list itself.

use super::ListState;
use crate::state::{Command, Field, Finding, Label, Run, Stage, State};

/// How far the page keys move.
const PAGE: isize = 10;

fn has_sentence(_: &(), state: &State) -> bool {
    !state.list.is_empty()
}

fn can_choose_pooling(_: &(), state: &State) -> bool {
    state.list.side(0).is_some() && !state.list.is_arranging()
}

fn choose_pooling(state: &mut State, side: usize) {
    let has_pooler = state.model.as_ref().is_none_or(|model| model.has_pooler);
    state.list.choose_pooling(side, has_pooler);
}

/// `up`: the sentence before, in the order shown.
pub const UP: Command<()> = Command {
    id: "up",
    keys: &["up", "k"],
    label: Label::None,
    description: "Move the cursor to the sentence above",
    enabled: |_, state| state.list.can_step(-1),
    run: Run::Change(|_, state| state.list.step_line(-1)),
};

/// `down`: the sentence after, in the order shown.
pub const DOWN: Command<()> = Command {
    id: "down",
    keys: &["down", "j"],
    label: Label::None,
    description: "Move the cursor to the sentence below",
    enabled: |_, state| state.list.can_step(1),
    run: Run::Change(|_, state| state.list.step_line(1)),
};

/// `previous-line`, where `up` is something else.
pub const PREVIOUS_LINE: Command<()> = Command {
    id: "previous-line",
    keys: &[","],
    label: Label::Fixed("line up"),
    description: "Go to the sentence before in the list",
    ..UP
};

/// `next-line`, where `down` is something else.
pub const NEXT_LINE: Command<()> = Command {
    id: "next-line",
    keys: &["."],
    label: Label::Fixed("line down"),
    description: "Go to the sentence after in the list",
    ..DOWN
};

/// `page-left`: ten sentences up.
pub const PAGE_UP: Command<()> = Command {
    id: "page-left",
    keys: &["pageup"],
    label: Label::None,
    description: "Move ten sentences up",
    enabled: |_, state| state.list.can_step(-1),
    run: Run::Change(|_, state| state.list.step_line(-PAGE)),
};

/// `page-right`: ten sentences down.
pub const PAGE_DOWN: Command<()> = Command {
    id: "page-right",
    keys: &["pagedown"],
    label: Label::None,
    description: "Move ten sentences down",
    enabled: |_, state| state.list.can_step(1),
    run: Run::Change(|_, state| state.list.step_line(PAGE)),
};

/// `top`: the first sentence.
pub const TOP: Command<()> = Command {
    id: "top",
    keys: &["g"],
    label: Label::None,
    description: "Go to the first sentence",
    enabled: |_, state| state.list.can_step(-1),
    run: Run::Change(|_, state| state.list.step_line(isize::MIN)),
};

/// `bottom`: the last sentence.
pub const BOTTOM: Command<()> = Command {
    id: "bottom",
    keys: &["G"],
    label: Label::None,
    description: "Go to the last sentence",
    enabled: |_, state| state.list.can_step(1),
    run: Run::Change(|_, state| state.list.step_line(isize::MAX)),
};

/// `remove-line`.
pub const REMOVE_LINE: Command<()> = Command {
    id: "remove-line",
    keys: &["d", "delete"],
    label: Label::Fixed("remove"),
    description: "Remove the sentence under the cursor",
    enabled: has_sentence,
    run: Run::Change(|_, state| state.list.remove()),
};

/// `undo-list`.
pub const UNDO_LIST: Command<()> = Command {
    id: "undo-list",
    keys: &["u"],
    label: Label::Fixed("undo"),
    description: "Undo the last change of the list",
    enabled: |_, state| state.list.can_undo(),
    run: Run::Change(|_, state| state.list.undo()),
};

/// `line-to-a`.
pub const LINE_TO_A: Command<()> = Command {
    id: "line-to-a",
    keys: &["A"],
    label: Label::Fixed("make it A"),
    description: "Read the sentence under the cursor as A",
    enabled: has_sentence,
    run: Run::Ask(|_, state| state.line_into(Field::Sentence).into()),
};

/// `line-to-b`.
pub const LINE_TO_B: Command<()> = Command {
    id: "line-to-b",
    keys: &["B"],
    label: Label::Fixed("make it B"),
    description: "Read the sentence under the cursor as B",
    enabled: has_sentence,
    run: Run::Ask(|_, state| state.line_into(Field::Pair).into()),
};

/// `left-pooling`.
pub const LEFT_POOLING: Command<()> = Command {
    id: "left-pooling",
    keys: &["["],
    label: Label::Fixed("left pooling"),
    description: "Show another pooling on the left",
    enabled: can_choose_pooling,
    run: Run::Change(|_, state| choose_pooling(state, 0)),
};

/// `right-pooling`.
pub const RIGHT_POOLING: Command<()> = Command {
    id: "right-pooling",
    keys: &["]"],
    label: Label::Fixed("right pooling"),
    description: "Show another pooling on the right",
    enabled: can_choose_pooling,
    run: Run::Change(|_, state| choose_pooling(state, 1)),
};

/// `read-list`, after a reading that was cancelled or failed.
pub const READ_LIST: Command<()> = Command {
    id: "read-list",
    keys: &["r"],
    label: Label::Fixed("read on"),
    description: "Read the sentences that are not read yet",
    enabled: |_, state| matches!(state.list.stage, Stage::Cancelled | Stage::Failed(_)),
    run: Run::Change(|_, state| state.list.stage = Stage::Due),
};

/// `find`: a sentence.
pub const FIND: Command<()> = Command {
    id: "find",
    keys: &["/"],
    label: Label::Fixed("find"),
    description: "Find a sentence",
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
    label: Label::Fixed("type one"),
    description: "Type a sentence, and the next one after Enter",
    enabled: |_, state| state.list.lines.len() < ListState::MOST,
    run: Run::Change(|_, state| state.type_line(None)),
};

/// `edit-line`; in an empty list, types the first.
pub const EDIT_LINE: Command<()> = Command {
    id: "edit-line",
    keys: &["enter"],
    label: Label::Of(|_, state| if state.list.is_empty() { "" } else { "edit" }),
    description: "Edit the sentence under the cursor",
    enabled: |_, _| true,
    run: Run::Change(|_, state| {
        let line = (!state.list.is_empty()).then_some(state.list.line);
        state.type_line(line);
    }),
};

//! Rows that move the cursor of attention: to a token, a layer, a row; to what is found.

use super::reads;
use crate::state::{Command, Finding, Label, Run};

/// How far the page keys move the cursor, in tokens.
const PAGE: isize = 10;

/// `left`: the cursor's token.
pub const LEFT: Command<()> = Command {
    id: "left",
    keys: &["left", "h"],
    label: Label::None,
    description: "Move the cursor to the token on the left",
    enabled: |_, state| reads(state) && state.attention.can_step(-1),
    run: Run::Change(|_, state| state.attention.move_token(-1)),
};

/// `right`: the cursor's token.
pub const RIGHT: Command<()> = Command {
    id: "right",
    keys: &["right", "l"],
    label: Label::None,
    description: "Move the cursor to the token on the right",
    enabled: |_, state| reads(state) && state.attention.can_step(1),
    run: Run::Change(|_, state| state.attention.move_token(1)),
};

/// `first`: the first token.
pub const FIRST: Command<()> = Command {
    id: "first",
    keys: &["home"],
    label: Label::None,
    description: "Go to the first token",
    enabled: |_, state| reads(state) && state.attention.can_step(-1),
    run: Run::Change(|_, state| state.attention.move_token(isize::MIN)),
};

/// `last`: the last token.
pub const LAST: Command<()> = Command {
    id: "last",
    keys: &["end"],
    label: Label::None,
    description: "Go to the last token",
    enabled: |_, state| reads(state) && state.attention.can_step(1),
    run: Run::Change(|_, state| state.attention.move_token(isize::MAX)),
};

/// `page-left`: ten tokens.
pub const PAGE_LEFT: Command<()> = Command {
    id: "page-left",
    keys: &["pageup"],
    label: Label::None,
    description: "Move the cursor ten tokens to the left",
    enabled: |_, state| reads(state) && state.attention.can_step(-1),
    run: Run::Change(|_, state| state.attention.move_token(-PAGE)),
};

/// `page-right`: ten tokens.
pub const PAGE_RIGHT: Command<()> = Command {
    id: "page-right",
    keys: &["pagedown"],
    label: Label::None,
    description: "Move the cursor ten tokens to the right",
    enabled: |_, state| reads(state) && state.attention.can_step(1),
    run: Run::Change(|_, state| state.attention.move_token(PAGE)),
};

/// `up`: the layer.
pub const LAYER_UP: Command<()> = Command {
    id: "up",
    keys: &["up", "k"],
    label: Label::None,
    description: "Move the cursor to the layer above",
    enabled: |_, state| state.can_move_layer(-1),
    run: Run::Change(|_, state| state.move_layer(-1)),
};

/// `down`: the layer.
pub const LAYER_DOWN: Command<()> = Command {
    id: "down",
    keys: &["down", "j"],
    label: Label::None,
    description: "Move the cursor to the layer below",
    enabled: |_, state| state.can_move_layer(1),
    run: Run::Change(|_, state| state.move_layer(1)),
};

/// `top`: the first layer.
pub const LAYER_TOP: Command<()> = Command {
    id: "top",
    keys: &["g"],
    label: Label::None,
    description: "Go to the first layer",
    enabled: |_, state| state.can_move_layer(-1),
    run: Run::Change(|_, state| state.move_layer(isize::MIN)),
};

/// `bottom`: the last layer.
pub const LAYER_BOTTOM: Command<()> = Command {
    id: "bottom",
    keys: &["G"],
    label: Label::None,
    description: "Go to the last layer",
    enabled: |_, state| state.can_move_layer(1),
    run: Run::Change(|_, state| state.move_layer(isize::MAX)),
};

/// `up` where rows are the tokens that look.
pub const SOURCE_UP: Command<()> = Command {
    id: "up",
    keys: &["up", "k"],
    label: Label::None,
    description: "Move to the row above: the token before looks",
    enabled: |_, state| reads(state) && state.attention.can_step_source(-1),
    run: Run::Change(|_, state| state.attend(|attention| attention.move_source(-1))),
};

/// `down` where rows are the tokens that look.
pub const SOURCE_DOWN: Command<()> = Command {
    id: "down",
    keys: &["down", "j"],
    label: Label::None,
    description: "Move to the row below: the token after looks",
    enabled: |_, state| reads(state) && state.attention.can_step_source(1),
    run: Run::Change(|_, state| state.attend(|attention| attention.move_source(1))),
};

/// `top` where rows are the tokens that look.
pub const SOURCE_TOP: Command<()> = Command {
    id: "top",
    keys: &["g"],
    label: Label::None,
    description: "Go to the first row",
    enabled: |_, state| reads(state) && state.attention.can_step_source(-1),
    run: Run::Change(|_, state| state.attend(|attention| attention.move_source(isize::MIN))),
};

/// `bottom` where rows are the tokens that look.
pub const SOURCE_BOTTOM: Command<()> = Command {
    id: "bottom",
    keys: &["G"],
    label: Label::None,
    description: "Go to the last row",
    enabled: |_, state| reads(state) && state.attention.can_step_source(1),
    run: Run::Change(|_, state| state.attend(|attention| attention.move_source(isize::MAX))),
};

/// `previous-layer`, where `up` is something else.
pub const PREVIOUS_LAYER: Command<()> = Command {
    id: "previous-layer",
    keys: &["{", "K"],
    label: Label::Fixed("layer up"),
    description: "Show the layer before",
    enabled: |_, state| state.can_move_layer(-1),
    run: Run::Change(|_, state| state.move_layer(-1)),
};

/// `next-layer`, where `down` is something else.
pub const NEXT_LAYER: Command<()> = Command {
    id: "next-layer",
    keys: &["}", "J"],
    label: Label::Fixed("layer down"),
    description: "Show the layer after",
    enabled: |_, state| state.can_move_layer(1),
    run: Run::Change(|_, state| state.move_layer(1)),
};

/// `strongest`: the token with the most attention in the cursor's row.
pub const STRONGEST: Command<()> = Command {
    id: "strongest",
    keys: &["space"],
    label: Label::Fixed("strongest"),
    description: "Go to the token with the most attention in this row",
    enabled: |_, state| reads(state) && state.attention.can_go_to_strongest(),
    run: Run::Change(|_, state| state.attention.go_to_strongest()),
};

/// `find`: a token.
pub const FIND: Command<()> = Command {
    id: "find",
    keys: &["/"],
    label: Label::Fixed("find"),
    description: "Find a token",
    enabled: |_, state| reads(state),
    run: Run::Change(|_, state| {
        let from = state.attention.token;
        state.finding = Some(Finding { from, ..Finding::default() });
    }),
};

/// `find-next`.
pub const FIND_NEXT: Command<()> = Command {
    id: "find-next",
    keys: &["n"],
    label: Label::Fixed("next"),
    description: "Go to the next match",
    enabled: |_, state| state.can_find_again(),
    run: Run::Change(|_, state| state.find_again(true)),
};

/// `find-previous`.
pub const FIND_PREVIOUS: Command<()> = Command {
    id: "find-previous",
    keys: &["N"],
    label: Label::Fixed("previous"),
    description: "Go to the match before",
    enabled: |_, state| state.can_find_again(),
    run: Run::Change(|_, state| state.find_again(false)),
};

//! Rows that move the cursor of attention: to a token, a layer, a row; to what is found.

use super::reads;
use crate::messages::label;
use crate::state::{BarLabel, Command, Finding, Run};

/// How far the page keys move the cursor, in tokens.
const PAGE: isize = 10;

/// `left`: the cursor's token.
pub const LEFT: Command<()> = Command {
    id: "left",
    keys: &["left", "h"],
    label: BarLabel::None,
    description: label!("command-left"),
    enabled: |_, state| reads(state) && state.attention.can_step(-1),
    run: Run::Change(|_, state| state.attention.move_token(-1)),
};

/// `right`: the cursor's token.
pub const RIGHT: Command<()> = Command {
    id: "right",
    keys: &["right", "l"],
    label: BarLabel::None,
    description: label!("command-right"),
    enabled: |_, state| reads(state) && state.attention.can_step(1),
    run: Run::Change(|_, state| state.attention.move_token(1)),
};

/// `first`: the first token.
pub const FIRST: Command<()> = Command {
    id: "first",
    keys: &["home"],
    label: BarLabel::None,
    description: label!("command-first"),
    enabled: |_, state| reads(state) && state.attention.can_step(-1),
    run: Run::Change(|_, state| state.attention.move_token(isize::MIN)),
};

/// `last`: the last token.
pub const LAST: Command<()> = Command {
    id: "last",
    keys: &["end"],
    label: BarLabel::None,
    description: label!("command-last"),
    enabled: |_, state| reads(state) && state.attention.can_step(1),
    run: Run::Change(|_, state| state.attention.move_token(isize::MAX)),
};

/// `page-left`: ten tokens.
pub const PAGE_LEFT: Command<()> = Command {
    id: "page-left",
    keys: &["pageup"],
    label: BarLabel::None,
    description: label!("command-page-left"),
    enabled: |_, state| reads(state) && state.attention.can_step(-1),
    run: Run::Change(|_, state| state.attention.move_token(-PAGE)),
};

/// `page-right`: ten tokens.
pub const PAGE_RIGHT: Command<()> = Command {
    id: "page-right",
    keys: &["pagedown"],
    label: BarLabel::None,
    description: label!("command-page-right"),
    enabled: |_, state| reads(state) && state.attention.can_step(1),
    run: Run::Change(|_, state| state.attention.move_token(PAGE)),
};

/// `up`: the layer.
pub const LAYER_UP: Command<()> = Command {
    id: "up",
    keys: &["up", "k"],
    label: BarLabel::None,
    description: label!("command-layer-up"),
    enabled: |_, state| state.can_move_layer(-1),
    run: Run::Change(|_, state| state.move_layer(-1)),
};

/// `down`: the layer.
pub const LAYER_DOWN: Command<()> = Command {
    id: "down",
    keys: &["down", "j"],
    label: BarLabel::None,
    description: label!("command-layer-down"),
    enabled: |_, state| state.can_move_layer(1),
    run: Run::Change(|_, state| state.move_layer(1)),
};

/// `top`: the first layer.
pub const LAYER_TOP: Command<()> = Command {
    id: "top",
    keys: &["g"],
    label: BarLabel::None,
    description: label!("command-layer-top"),
    enabled: |_, state| state.can_move_layer(-1),
    run: Run::Change(|_, state| state.move_layer(isize::MIN)),
};

/// `bottom`: the last layer.
pub const LAYER_BOTTOM: Command<()> = Command {
    id: "bottom",
    keys: &["G"],
    label: BarLabel::None,
    description: label!("command-layer-bottom"),
    enabled: |_, state| state.can_move_layer(1),
    run: Run::Change(|_, state| state.move_layer(isize::MAX)),
};

/// `up` where rows are the tokens that look.
pub const SOURCE_UP: Command<()> = Command {
    id: "up",
    keys: &["up", "k"],
    label: BarLabel::None,
    description: label!("command-source-up"),
    enabled: |_, state| reads(state) && state.attention.can_step_source(-1),
    run: Run::Change(|_, state| state.attend(|attention| attention.move_source(-1))),
};

/// `down` where rows are the tokens that look.
pub const SOURCE_DOWN: Command<()> = Command {
    id: "down",
    keys: &["down", "j"],
    label: BarLabel::None,
    description: label!("command-source-down"),
    enabled: |_, state| reads(state) && state.attention.can_step_source(1),
    run: Run::Change(|_, state| state.attend(|attention| attention.move_source(1))),
};

/// `top` where rows are the tokens that look.
pub const SOURCE_TOP: Command<()> = Command {
    id: "top",
    keys: &["g"],
    label: BarLabel::None,
    description: label!("command-source-top"),
    enabled: |_, state| reads(state) && state.attention.can_step_source(-1),
    run: Run::Change(|_, state| state.attend(|attention| attention.move_source(isize::MIN))),
};

/// `bottom` where rows are the tokens that look.
pub const SOURCE_BOTTOM: Command<()> = Command {
    id: "bottom",
    keys: &["G"],
    label: BarLabel::None,
    description: label!("command-source-bottom"),
    enabled: |_, state| reads(state) && state.attention.can_step_source(1),
    run: Run::Change(|_, state| state.attend(|attention| attention.move_source(isize::MAX))),
};

/// `previous-layer`, where `up` is something else.
pub const PREVIOUS_LAYER: Command<()> = Command {
    id: "previous-layer",
    keys: &["{", "K"],
    label: BarLabel::Fixed(label!("command-previous-layer-bar")),
    description: label!("command-previous-layer"),
    enabled: |_, state| state.can_move_layer(-1),
    run: Run::Change(|_, state| state.move_layer(-1)),
};

/// `next-layer`, where `down` is something else.
pub const NEXT_LAYER: Command<()> = Command {
    id: "next-layer",
    keys: &["}", "J"],
    label: BarLabel::Fixed(label!("command-next-layer-bar")),
    description: label!("command-next-layer"),
    enabled: |_, state| state.can_move_layer(1),
    run: Run::Change(|_, state| state.move_layer(1)),
};

/// `strongest`: the token with the most attention in the cursor's row.
pub const STRONGEST: Command<()> = Command {
    id: "strongest",
    keys: &["space"],
    label: BarLabel::Fixed(label!("command-strongest-bar")),
    description: label!("command-strongest"),
    enabled: |_, state| reads(state) && state.attention.can_go_to_strongest(),
    run: Run::Change(|_, state| state.attention.go_to_strongest()),
};

/// `find`: a token.
pub const FIND: Command<()> = Command {
    id: "find",
    keys: &["/"],
    label: BarLabel::Fixed(label!("command-find-bar")),
    description: label!("command-find"),
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
    label: BarLabel::Fixed(label!("command-find-next-bar")),
    description: label!("command-find-next"),
    enabled: |_, state| state.can_find_again(),
    run: Run::Change(|_, state| state.find_again(true)),
};

/// `find-previous`.
pub const FIND_PREVIOUS: Command<()> = Command {
    id: "find-previous",
    keys: &["N"],
    label: BarLabel::Fixed(label!("command-find-previous-bar")),
    description: label!("command-find-previous"),
    enabled: |_, state| state.can_find_again(),
    run: Run::Change(|_, state| state.find_again(false)),
};

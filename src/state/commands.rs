//! Rows that several views have: over the sentences, the cursor of attention and its options, ablations, the pinned
//! baseline. A view takes those it has into its own table, in its own order.

use super::{Command, Finding, HeadStep, Label, Run, State};
use crate::analysis::HeadChoice;

/// How far the page keys move the cursor, in tokens.
const PAGE: isize = 10;

fn reads(state: &State) -> bool {
    state.passage().is_some()
}

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

/// `previous-head`.
pub const PREVIOUS_HEAD: Command<()> = Command {
    id: "previous-head",
    keys: &["["],
    label: Label::Fixed("head −"),
    description: "Show the previous head",
    enabled: |_, state| state.can_step_head(),
    run: Run::Change(|_, state| state.step_head(HeadStep::Back)),
};

/// `next-head`.
pub const NEXT_HEAD: Command<()> = Command {
    id: "next-head",
    keys: &["]"],
    label: Label::Fixed("head +"),
    description: "Show the next head",
    enabled: |_, state| state.can_step_head(),
    run: Run::Change(|_, state| state.step_head(HeadStep::On)),
};

/// `mean-of-heads`.
pub const MEAN_OF_HEADS: Command<()> = Command {
    id: "mean-of-heads",
    keys: &["a"],
    label: Label::Fixed("mean"),
    description: "Show the mean of all heads",
    enabled: |_, state| reads(state) && state.attention.options.heads != HeadChoice::Mean,
    run: Run::Change(|_, state| state.attend(|attention| attention.options.heads = HeadChoice::Mean)),
};

/// `max-of-heads`.
pub const MAX_OF_HEADS: Command<()> = Command {
    id: "max-of-heads",
    keys: &["x"],
    label: Label::Fixed("max"),
    description: "Show the largest of all heads",
    enabled: |_, state| reads(state) && state.attention.options.heads != HeadChoice::Max,
    run: Run::Change(|_, state| state.attend(|attention| attention.options.heads = HeadChoice::Max)),
};

/// `mark-head`.
pub const MARK_HEAD: Command<()> = Command {
    id: "mark-head",
    keys: &["+"],
    label: Label::Fixed("mark head"),
    description: "Mark or unmark the head: mean and max are taken over the marked heads, or over all",
    enabled: |_, state| reads(state) && state.attention.head().is_some(),
    run: Run::Change(|_, state| {
        state.attend(super::AttentionState::toggle_head_mark);
        state.say_marked_heads();
    }),
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

/// `mark-token`.
pub const MARK_TOKEN: Command<()> = Command {
    id: "mark-token",
    keys: &[","],
    label: Label::Fixed("mark"),
    description: "Mark or unmark the token: the shares of marked tokens are summed",
    enabled: |_, state| reads(state),
    run: Run::Change(|_, state| state.attend(super::AttentionState::toggle_mark)),
};

/// `unmark`.
pub const UNMARK: Command<()> = Command {
    id: "unmark",
    keys: &[";"],
    label: Label::Fixed("unmark"),
    description: "Unmark all tokens and heads",
    enabled: |_, state| {
        reads(state) && (!state.attention.marked.is_empty() || !state.attention.options.among.is_empty())
    },
    run: Run::Change(|_, state| {
        state.attend(super::AttentionState::unmark);
        state.say_marked_heads();
    }),
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

/// `turn-around`.
pub const TURN_AROUND: Command<()> = Command {
    id: "turn-around",
    keys: &["d"],
    label: Label::Fixed("turn around"),
    description: "Show what the token looks at, or who looks at it",
    enabled: |_, state| reads(state),
    run: Run::Change(|_, state| {
        state.attend(|attention| attention.options.direction = attention.options.direction.next())
    }),
};

/// `specials`.
pub const SPECIALS: Command<()> = Command {
    id: "specials",
    keys: &["z"],
    label: Label::Fixed("specials"),
    description: "Special tokens like [SEP]: show, hide, or hide and scale the rest to 100 %",
    enabled: |_, state| reads(state),
    run: Run::Change(|_, state| state.attend(super::AttentionState::next_specials)),
};

/// `words`: the units that attention is counted in.
pub const WORDS: Command<()> = Command {
    id: "words",
    keys: &["w"],
    label: Label::Fixed("words"),
    description: "Count in subwords or in words: sum over targets, mean over sources",
    enabled: |_, state| reads(state) && state.attention.has_pieces(),
    run: Run::Change(|_, state| {
        state.attend(|attention| attention.options.granularity = attention.options.granularity.next())
    }),
};

/// `scale`: what the top of the colours stands for.
pub const SCALE: Command<()> = Command {
    id: "scale",
    keys: &["t"],
    label: Label::Fixed("scale"),
    description: "Top of the colour scale: the largest of all, the largest of each row, or 100 %",
    enabled: |_, state| reads(state),
    run: Run::Change(|_, state| state.attention.next_scale()),
};

/// `cut-head`: the head that is shown, or the attention of the whole layer.
pub const CUT_HEAD: Command<()> = Command {
    id: "cut-head",
    keys: &["-"],
    label: Label::Of(|_, state| {
        let (layer, head) = (state.attention.layer, state.attention.head());
        match (head, state.is_off(layer, head)) {
            (_, true) => "on again",
            (Some(_), false) => "cut the head",
            (None, false) => "cut the layer",
        }
    }),
    description: "Switch the head off, or the layer's attention; switch it on again",
    enabled: |_, state| reads(state),
    run: Run::Ask(|_, state| state.cut_head().into()),
};

/// `cut-token`.
pub const CUT_TOKEN: Command<()> = Command {
    id: "cut-token",
    keys: &["_"],
    label: Label::Fixed("cut the token"),
    description: "Hide the token from all others; then read [MASK] in its place; then read it as it is",
    enabled: |_, state| reads(state),
    run: Run::Ask(|_, state| state.cut_token().into()),
};

/// `undo-cut`.
pub const UNDO_CUT: Command<()> = Command {
    id: "undo-cut",
    keys: &["u"],
    label: Label::Fixed("undo the cut"),
    description: "Undo the last ablation",
    enabled: |_, state| state.can_undo(),
    run: Run::Ask(|_, state| state.undo_cut().into()),
};

/// `hold`: pins what is shown, to compare with.
pub const PIN_BASELINE: Command<()> = Command {
    id: "hold",
    keys: &["p"],
    label: Label::Fixed("hold"),
    description: "Pin what is shown as the baseline, to compare another head, layer, sentence or model with it",
    enabled: |_, state| state.can_pin(),
    run: Run::Change(|_, state| state.pin_baseline("; Compare shows what differs from it")),
};

/// `let-go`: unpins that.
pub const UNPIN_BASELINE: Command<()> = Command {
    id: "let-go",
    keys: &["P"],
    label: Label::Fixed("let go"),
    description: "Unpin the baseline",
    enabled: |_, state| state.baseline.is_some(),
    run: Run::Change(|_, state| state.baseline = None),
};

/// `next-reading`: of a pair.
pub const NEXT_READING: Command<()> = Command {
    id: "next-reading",
    keys: &["r"],
    label: Label::Fixed("reading"),
    description: "Show the next reading of a pair: joined, A alone, B alone",
    enabled: |_, state| state.readings.as_ref().is_some_and(|readings| readings.pair.is_some()),
    run: Run::Change(|_, state| state.next_reading()),
};

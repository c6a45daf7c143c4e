//! Rows that change what is shown of attention: heads, marks, options, ablations, the pinned baseline, the reading.

use super::reads;
use crate::{
    analysis::HeadChoice,
    state::{AttentionState, Command, HeadStep, Label, Run},
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
        state.attend(AttentionState::toggle_head_mark);
        state.say_marked_heads();
    }),
};

/// `mark-token`.
pub const MARK_TOKEN: Command<()> = Command {
    id: "mark-token",
    keys: &[","],
    label: Label::Fixed("mark"),
    description: "Mark or unmark the token: the shares of marked tokens are summed",
    enabled: |_, state| reads(state),
    run: Run::Change(|_, state| state.attend(AttentionState::toggle_mark)),
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
        state.attend(AttentionState::unmark);
        state.say_marked_heads();
    }),
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
    run: Run::Change(|_, state| state.attend(AttentionState::next_specials)),
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

//! Rows that change what is shown of attention: heads, marks, options, ablations, the pinned baseline, the reading.

use super::reads;
use crate::{
    analysis::HeadChoice,
    messages::label,
    state::{AttentionState, BarLabel, Command, HeadStep, Run, State},
};

/// Whether it matters which heads are chosen.
fn has_heads(state: &State) -> bool {
    reads(state) && state.measure().has_heads()
}

/// `previous-head`.
pub const PREVIOUS_HEAD: Command<()> = Command {
    id: "previous-head",
    keys: &["["],
    label: BarLabel::Fixed(label!("command-previous-head-bar")),
    description: label!("command-previous-head"),
    enabled: |_, state| state.can_step_head(),
    run: Run::Change(|_, state| state.step_head(HeadStep::Back)),
};

/// `next-head`.
pub const NEXT_HEAD: Command<()> = Command {
    id: "next-head",
    keys: &["]"],
    label: BarLabel::Fixed(label!("command-next-head-bar")),
    description: label!("command-next-head"),
    enabled: |_, state| state.can_step_head(),
    run: Run::Change(|_, state| state.step_head(HeadStep::On)),
};

/// `mean-of-heads`.
pub const MEAN_OF_HEADS: Command<()> = Command {
    id: "mean-of-heads",
    keys: &["a"],
    label: BarLabel::Fixed(label!("command-mean-of-heads-bar")),
    description: label!("command-mean-of-heads"),
    enabled: |_, state| has_heads(state) && state.attention.options.heads != HeadChoice::Mean,
    run: Run::Change(|_, state| state.attend(|attention| attention.options.heads = HeadChoice::Mean)),
};

/// `max-of-heads`.
pub const MAX_OF_HEADS: Command<()> = Command {
    id: "max-of-heads",
    keys: &["x"],
    label: BarLabel::Fixed(label!("command-max-of-heads-bar")),
    description: label!("command-max-of-heads"),
    enabled: |_, state| has_heads(state) && state.attention.options.heads != HeadChoice::Max,
    run: Run::Change(|_, state| state.attend(|attention| attention.options.heads = HeadChoice::Max)),
};

/// `mark-head`.
pub const MARK_HEAD: Command<()> = Command {
    id: "mark-head",
    keys: &["+"],
    label: BarLabel::Fixed(label!("command-mark-head-bar")),
    description: label!("command-mark-head"),
    enabled: |_, state| has_heads(state) && state.attention.head().is_some(),
    run: Run::Change(|_, state| {
        state.attend(AttentionState::toggle_head_mark);
        state.say_marked_heads();
    }),
};

/// `mark-token`.
pub const MARK_TOKEN: Command<()> = Command {
    id: "mark-token",
    keys: &[","],
    label: BarLabel::Fixed(label!("command-mark-token-bar")),
    description: label!("command-mark-token"),
    enabled: |_, state| reads(state),
    run: Run::Change(|_, state| state.attend(AttentionState::toggle_mark)),
};

/// `unmark`.
pub const UNMARK: Command<()> = Command {
    id: "unmark",
    keys: &[";"],
    label: BarLabel::Fixed(label!("command-unmark-bar")),
    description: label!("command-unmark"),
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
    label: BarLabel::Fixed(label!("command-turn-around-bar")),
    description: label!("command-turn-around"),
    enabled: |_, state| reads(state),
    run: Run::Change(|_, state| {
        state.attend(|attention| attention.options.direction = attention.options.direction.next())
    }),
};

/// `specials`.
pub const SPECIALS: Command<()> = Command {
    id: "specials",
    keys: &["z"],
    label: BarLabel::Fixed(label!("command-specials-bar")),
    description: label!("command-specials"),
    enabled: |_, state| reads(state),
    run: Run::Change(|_, state| state.attend(AttentionState::next_specials)),
};

/// `words`: the units that attention is counted in.
pub const WORDS: Command<()> = Command {
    id: "words",
    keys: &["w"],
    label: BarLabel::Fixed(label!("command-words-bar")),
    description: label!("command-words"),
    enabled: |_, state| state.has_pieces(),
    run: Run::Change(|_, state| {
        state.attend(|attention| attention.options.granularity = attention.options.granularity.next())
    }),
};

/// `next-measure`: what fills the map.
pub const NEXT_MEASURE: Command<()> = Command {
    id: "next-measure",
    keys: &["f"],
    label: BarLabel::Fixed(label!("command-next-measure-bar")),
    description: label!("command-next-measure"),
    enabled: |_, state| reads(state),
    run: Run::Change(|_, state| state.next_measure()),
};

/// `previous-measure`.
pub const PREVIOUS_MEASURE: Command<()> = Command {
    id: "previous-measure",
    keys: &["F"],
    label: BarLabel::Fixed(label!("command-previous-measure-bar")),
    description: label!("command-previous-measure"),
    enabled: |_, state| reads(state),
    run: Run::Change(|_, state| state.previous_measure()),
};

/// `scale`: what the top of the colours stands for.
pub const SCALE: Command<()> = Command {
    id: "scale",
    keys: &["t"],
    label: BarLabel::Fixed(label!("command-scale-bar")),
    description: label!("command-scale"),
    enabled: |_, state| reads(state),
    run: Run::Change(|_, state| state.attention.next_scale()),
};

/// `cut-head`: the head that is shown, or the attention of the whole layer.
pub const ABLATE_HEAD: Command<()> = Command {
    id: "cut-head",
    keys: &["-"],
    label: BarLabel::Of(|_, state| {
        let (layer, head) = (state.attention.layer, state.attention.head());
        match (head, state.is_off(layer, head)) {
            (_, true) => Some(label!("command-restore-bar")),
            (Some(_), false) => Some(label!("command-ablate-head-bar")),
            (None, false) => Some(label!("command-ablate-layer-bar")),
        }
    }),
    description: label!("command-ablate-head"),
    enabled: |_, state| reads(state),
    run: Run::Ask(|_, state| state.ablate_head().into()),
};

/// `cut-token`.
pub const ABLATE_TOKEN: Command<()> = Command {
    id: "cut-token",
    keys: &["_"],
    label: BarLabel::Fixed(label!("command-ablate-token-bar")),
    description: label!("command-ablate-token"),
    enabled: |_, state| reads(state),
    run: Run::Ask(|_, state| state.ablate_token().into()),
};

/// `undo-cut`.
pub const UNDO_ABLATION: Command<()> = Command {
    id: "undo-cut",
    keys: &["u"],
    label: BarLabel::Fixed(label!("command-undo-ablation-bar")),
    description: label!("command-undo-ablation"),
    enabled: |_, state| state.can_undo(),
    run: Run::Ask(|_, state| state.undo_ablation().into()),
};

/// `about`: what a change is measured on first.
pub const ABOUT: Command<()> = Command {
    id: "about",
    keys: &["O"],
    label: BarLabel::Fixed(label!("command-about-bar")),
    description: label!("command-about"),
    enabled: |_, state| state.readings.as_ref().is_some_and(|readings| readings.unablated.is_some()),
    run: Run::Change(|_, state| state.next_about()),
};

/// `hold`: pins what is shown, to compare with.
pub const PIN_BASELINE: Command<()> = Command {
    id: "hold",
    keys: &["p"],
    label: BarLabel::Fixed(label!("command-pin-baseline-bar")),
    description: label!("command-pin-baseline"),
    enabled: |_, state| state.can_pin(),
    run: Run::Change(|_, state| state.pin_baseline(Some(label!("state-pinned-hint")))),
};

/// `let-go`: unpins that.
pub const UNPIN_BASELINE: Command<()> = Command {
    id: "let-go",
    keys: &["P"],
    label: BarLabel::Fixed(label!("command-unpin-baseline-bar")),
    description: label!("command-unpin-baseline"),
    enabled: |_, state| state.baseline.is_some(),
    run: Run::Change(|_, state| state.baseline = None),
};

/// `next-reading`: of a pair.
pub const NEXT_READING: Command<()> = Command {
    id: "next-reading",
    keys: &["r"],
    label: BarLabel::Fixed(label!("command-next-reading-bar")),
    description: label!("command-next-reading"),
    enabled: |_, state| state.readings.as_ref().is_some_and(|readings| readings.pair.is_some()),
    run: Run::Change(|_, state| state.next_reading()),
};

//! What keys do on the view of what vectors are made of.

use super::{Mixing, MixingView};
use crate::{
    analysis::Granularity,
    messages::label,
    state::{BarEntry, BarLabel, Command, CommandTable, Group, Run, State, commands as shared, entries, entry},
};

impl CommandTable for MixingView {
    const COMMANDS: &'static [Group<Self>] = &[
        Group::Own(&[LEFT, RIGHT]),
        Group::Shared(&[shared::LAYER_UP, shared::LAYER_DOWN, shared::LAYER_TOP, shared::LAYER_BOTTOM]),
        Group::Own(&[SOURCE_CLS, NEXT_MEASURE]),
        Group::Shared(&[shared::ABLATE_HEAD, shared::UNDO_ABLATION, shared::NEXT_READING]),
    ];

    const BAR: &'static [BarEntry] = &[
        entry("edit-sentence"),
        entry("next-view"),
        entries(&["left", "right"], label!("mixing-command-token-bar")),
        entries(&["up", "down"], label!("bar-layer")),
        entry("source-cls"),
        entry("next-measure"),
        entries(&["next-reading"], label!("bar-joined-a-b")),
        entry("table"),
        entry("copy"),
        entry("export"),
        entry("edit-pair"),
        entry("pick-model"),
        entry("cut-head"),
        entry("undo-cut"),
    ];
}

const LEFT: Command<MixingView> = Command {
    id: "left",
    keys: &["left", "h"],
    label: BarLabel::None,
    description: label!("mixing-command-left"),
    enabled: |_, state| beside(state, -1).is_some(),
    run: Run::Change(|_, state| go(state, -1)),
};

const RIGHT: Command<MixingView> = Command {
    id: "right",
    keys: &["right", "l"],
    label: BarLabel::None,
    description: label!("mixing-command-right"),
    enabled: |_, state| beside(state, 1).is_some(),
    run: Run::Change(|_, state| go(state, 1)),
};

const SOURCE_CLS: Command<MixingView> = Command {
    id: "source-cls",
    keys: &["c"],
    label: BarLabel::Fixed(label!("layers-command-source-cls-bar")),
    description: label!("mixing-command-source-cls"),
    enabled: |_, state| state.reading().is_some() && state.attention.source != 0,
    run: Run::Change(|_, state| state.attend(|attention| attention.source = 0)),
};

/// The first token of the word so many further; none beyond the ends.
fn beside(state: &State, by: isize) -> Option<usize> {
    let words = state.reading()?.units(Granularity::Words);
    let word = words.unit_of(state.attention.source).checked_add_signed(by)?;
    (word < words.len()).then(|| words.tokens(word).start)
}

fn go(state: &mut State, by: isize) {
    if let Some(token) = beside(state, by) {
        state.attend(|attention| attention.source = token);
    }
}

/// It also lets what was cancelled begin again.
const NEXT_MEASURE: Command<MixingView> = Command {
    id: "next-measure",
    keys: &["f"],
    label: BarLabel::Fixed(label!("command-next-measure-bar")),
    description: label!("mixing-command-next-measure"),
    enabled: |_, state| state.reading().is_some(),
    run: Run::Change(|view, state| {
        view.chosen = (view.chosen + 1) % Mixing::measures().len();
        state.work.retry();
    }),
};

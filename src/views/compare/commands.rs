//! What keys do on the comparison.

use super::CompareView;
use crate::messages::label;
use crate::state::{BarEntry, BarLabel, Command, CommandTable, Group, Run, commands as shared, entries, entry};

impl CommandTable for CompareView {
    const COMMANDS: &'static [Group<Self>] = &[
        Group::Shared(&[
            shared::LEFT,
            shared::RIGHT,
            shared::SOURCE_UP,
            shared::SOURCE_DOWN,
            shared::FIRST,
            shared::LAST,
            shared::PAGE_LEFT,
            shared::PAGE_RIGHT,
            shared::SOURCE_TOP,
            shared::SOURCE_BOTTOM,
            shared::PREVIOUS_LAYER,
            shared::NEXT_LAYER,
            shared::PREVIOUS_HEAD,
            shared::NEXT_HEAD,
            shared::MEAN_OF_HEADS,
            shared::MAX_OF_HEADS,
        ]),
        Group::Own(&[MOST_DIFFERENT]),
        Group::Shared(&[
            shared::NEXT_MEASURE,
            shared::PREVIOUS_MEASURE,
            shared::SPECIALS,
            shared::WORDS,
            shared::SCALE,
            shared::ABLATE_HEAD,
            shared::ABLATE_TOKEN,
            shared::UNDO_ABLATION,
            shared::MARK_HEAD,
            shared::UNMARK,
        ]),
        Group::Own(&[PIN_BASELINE, UNPIN_BASELINE]),
        Group::Shared(&[
            shared::MARK_TOKEN,
            shared::FIND,
            shared::FIND_NEXT,
            shared::FIND_PREVIOUS,
            shared::NEXT_READING,
        ]),
    ];

    const BAR: &'static [BarEntry] = &[
        entry("edit-sentence"),
        entry("next-view"),
        entries(&["left", "down", "up", "right"], label!("bar-move")),
        entries(&["previous-layer", "next-layer"], label!("bar-layer")),
        entries(&["next-measure", "previous-measure"], label!("bar-measure")),
        entries(&["previous-head", "next-head"], label!("bar-one-head")),
        entry("mean-of-heads"),
        entry("max-of-heads"),
        entry("hold"),
        entry("let-go"),
        entries(&["next-reading"], label!("bar-joined-a-b")),
        entry("edit-pair"),
        entry("pick-model"),
        entry("cut-head"),
        entry("undo-cut"),
        entry("strongest"),
        entry("specials"),
        entry("words"),
        entry("scale"),
        entry("table"),
        entry("copy"),
        entry("export"),
    ];
}

const MOST_DIFFERENT: Command<CompareView> = Command {
    id: "strongest",
    keys: &["space"],
    label: BarLabel::Fixed(label!("compare-command-most-different-bar")),
    description: label!("compare-command-most-different"),
    enabled: |view, state| {
        let token = view.compared.as_ref().and_then(|compared| compared.most_different(&state.attention));
        token.is_some_and(|token| token != state.attention.token)
    },
    run: Run::Change(|view, state| {
        let token = view.compared.as_ref().and_then(|compared| compared.most_different(&state.attention));
        state.attention.token = token.unwrap_or(state.attention.token);
    }),
};

const PIN_BASELINE: Command<CompareView> = Command {
    id: "hold",
    keys: &["p"],
    label: BarLabel::Fixed(label!("compare-command-pin-baseline-bar")),
    description: label!("compare-command-pin-baseline"),
    enabled: |_, state| state.can_pin(),
    run: Run::Change(|_, state| state.pin_baseline(None)),
};

/// Also where nothing is pinned: the comparison starts again with what is shown now.
const UNPIN_BASELINE: Command<CompareView> = Command {
    id: "let-go",
    keys: &["P"],
    label: BarLabel::Of(|_, state| {
        let is_pinned = state.baseline.is_some();
        let (unpin, start) = (label!("compare-command-unpin-baseline-bar"), label!("compare-command-start-again-bar"));
        Some(if is_pinned { unpin } else { start })
    }),
    description: label!("compare-command-unpin-baseline"),
    enabled: |view, state| state.baseline.is_some() || view.can_start_again(),
    run: Run::Change(|view, state| (state.baseline, view.first) = (None, None)),
};

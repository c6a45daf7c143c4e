//! What keys do on the comparison.

use super::CompareView;
use crate::state::{BarEntry, Command, CommandTable, Group, Label, Run, commands as shared, entries, entry};

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
            shared::SPECIALS,
            shared::WORDS,
            shared::SCALE,
            shared::CUT_HEAD,
            shared::CUT_TOKEN,
            shared::UNDO_CUT,
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
        entries(&["left", "down", "up", "right"], "move"),
        entries(&["previous-layer", "next-layer"], "layer"),
        entries(&["previous-head", "next-head"], "one head"),
        entry("mean-of-heads"),
        entry("max-of-heads"),
        entry("hold"),
        entry("let-go"),
        entries(&["next-reading"], "joined, A, B"),
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
    label: Label::Fixed("largest difference"),
    description: "Go to the largest difference in this row",
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
    label: Label::Fixed("hold this"),
    description: "Pin what is shown as the baseline, to compare another head, layer, sentence or model with it",
    enabled: |_, state| state.can_pin(),
    run: Run::Change(|_, state| state.pin_baseline("")),
};

/// Also where nothing is pinned: the comparison starts again with what is shown now.
const UNPIN_BASELINE: Command<CompareView> = Command {
    id: "let-go",
    keys: &["P"],
    label: Label::Of(|_, state| if state.baseline.is_some() { "let go" } else { "start again" }),
    description: "Unpin the baseline",
    enabled: |view, state| state.baseline.is_some() || view.can_start_again(),
    run: Run::Change(|view, state| (state.baseline, view.first) = (None, None)),
};

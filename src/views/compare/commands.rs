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
        Group::Own(&[STRONGEST]),
        Group::Shared(&[
            shared::SPECIALS,
            shared::WORDS,
            shared::SCALE,
            shared::CUT_HEAD,
            shared::CUT_TOKEN,
            shared::UNDO_CUT,
            shared::MARK_HEAD,
            shared::UNMARK,
            shared::HOLD,
            shared::LET_GO,
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
        entries(&["hold"], "hold this"),
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

const STRONGEST: Command<CompareView> = Command {
    id: "strongest",
    keys: &["space"],
    label: Label::Fixed("largest difference"),
    description: "Go to the largest difference in this row",
    enabled: |_, state| state.most_different().is_some_and(|token| token != state.attention.token),
    run: Run::Change(|_, state| {
        state.attention.token = state.most_different().unwrap_or(state.attention.token);
    }),
};

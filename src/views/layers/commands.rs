//! What keys do on the layers.

use super::LayersView;
use crate::messages::label;
use crate::state::{BarEntry, BarLabel, Command, CommandTable, Group, Run, commands as shared, entries, entry};

impl CommandTable for LayersView {
    const COMMANDS: &'static [Group<Self>] = &[
        Group::Shared(&[
            shared::LEFT,
            shared::RIGHT,
            shared::LAYER_UP,
            shared::LAYER_DOWN,
            shared::FIRST,
            shared::LAST,
            shared::PAGE_LEFT,
            shared::PAGE_RIGHT,
            shared::LAYER_TOP,
            shared::LAYER_BOTTOM,
            shared::PREVIOUS_HEAD,
            shared::NEXT_HEAD,
            shared::MEAN_OF_HEADS,
            shared::MAX_OF_HEADS,
            shared::MARK_HEAD,
        ]),
        Group::Own(&[SOURCE_HERE, SOURCE_CLS]),
        Group::Shared(&[
            shared::STRONGEST,
            shared::MARK_TOKEN,
            shared::UNMARK,
            shared::FIND,
            shared::FIND_NEXT,
            shared::FIND_PREVIOUS,
            shared::NEXT_MEASURE,
            shared::PREVIOUS_MEASURE,
            shared::TURN_AROUND,
            shared::SPECIALS,
            shared::WORDS,
            shared::SCALE,
            shared::ABLATE_HEAD,
            shared::ABLATE_TOKEN,
            shared::UNDO_ABLATION,
            shared::ABOUT,
            shared::PIN_BASELINE,
            shared::UNPIN_BASELINE,
            shared::NEXT_READING,
        ]),
    ];

    const BAR: &'static [BarEntry] = &[
        entry("edit-sentence"),
        entry("next-view"),
        entries(&["left", "down", "up", "right"], label!("bar-move")),
        entries(&["next-measure", "previous-measure"], label!("bar-measure")),
        entries(&["previous-head", "next-head"], label!("bar-one-head")),
        entry("mean-of-heads"),
        entry("max-of-heads"),
        entry("source-here"),
        entry("source-cls"),
        entries(&["next-reading"], label!("bar-joined-a-b")),
        entry("edit-pair"),
        entry("pick-model"),
        entry("cut-head"),
        entry("undo-cut"),
        // Where the tabs have no room for their keys, nothing else leads a newcomer there.
        entries(&["show-output"], label!("layers-output-bar")),
        entry("about"),
        entry("strongest"),
        entry("specials"),
        entry("words"),
        entry("turn-around"),
        entry("scale"),
        entry("cut-token"),
        entry("hold"),
        entry("mark-token"),
        entry("mark-head"),
        entry("unmark"),
        entry("find"),
        entries(&["find-previous", "find-next"], label!("bar-found")),
        entry("table"),
        entry("copy"),
        entry("export"),
        entry("example"),
    ];
}

const SOURCE_HERE: Command<LayersView> = Command {
    id: "source-here",
    keys: &["s"],
    label: BarLabel::Fixed(label!("layers-command-source-here-bar")),
    description: label!("layers-command-source-here"),
    enabled: |_, state| state.reading().is_some() && state.attention.source != state.attention.token,
    run: Run::Change(|_, state| state.attend(|attention| attention.source = attention.token)),
};

const SOURCE_CLS: Command<LayersView> = Command {
    id: "source-cls",
    keys: &["c"],
    label: BarLabel::Fixed(label!("layers-command-source-cls-bar")),
    description: label!("layers-command-source-cls"),
    enabled: |_, state| state.reading().is_some() && state.attention.source != 0,
    run: Run::Change(|_, state| state.attend(|attention| attention.source = 0)),
};

//! What keys do on the matrix.

use super::MatrixView;
use crate::{
    analysis::after,
    messages::label,
    state::{BarEntry, BarLabel, Command, CommandTable, Group, Run, Zoom, commands as shared, entries, entry},
};

impl CommandTable for MatrixView {
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
        Group::Own(&[ZOOM, BLIND, OPEN_HEAD]),
        Group::Shared(&[
            shared::NEXT_MEASURE,
            shared::PREVIOUS_MEASURE,
            shared::STRONGEST,
            shared::SPECIALS,
            shared::WORDS,
            shared::SCALE,
            shared::ABLATE_HEAD,
            shared::ABLATE_TOKEN,
            shared::UNDO_ABLATION,
            shared::ABOUT,
            shared::MARK_HEAD,
            shared::UNMARK,
            shared::PIN_BASELINE,
            shared::UNPIN_BASELINE,
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
        entry("zoom"),
        entry("cut-head"),
        entry("undo-cut"),
        entry("about"),
        entries(&["next-reading"], label!("bar-joined-a-b")),
        entry("edit-pair"),
        entry("pick-model"),
        entry("specials"),
        entry("words"),
        entry("scale"),
        entry("cut-token"),
        entry("hold"),
        entry("mark-token"),
        entry("mark-head"),
        entry("unmark"),
        entry("blind"),
        entry("find"),
        entries(&["find-previous", "find-next"], label!("bar-found")),
        entry("table"),
        entry("copy"),
        entry("export"),
        entry("example"),
    ];
}

/// On the view before it opens a head; a second press must not begin to edit the sentence.
const OPEN_HEAD: Command<MatrixView> = Command {
    id: "open-head",
    keys: &["enter"],
    label: BarLabel::None,
    description: label!("matrix-command-open-head"),
    enabled: |_, _| false,
    run: Run::Change(|_, _| {}),
};

const ZOOM: Command<MatrixView> = Command {
    id: "zoom",
    keys: &["v"],
    label: BarLabel::Fixed(label!("matrix-command-zoom-bar")),
    description: label!("matrix-command-zoom"),
    enabled: |_, state| state.reading().is_some(),
    run: Run::Change(|view, _| view.zoom = after(Zoom::ALL, view.zoom)),
};

const BLIND: Command<MatrixView> = Command {
    id: "blind",
    keys: &["c"],
    label: BarLabel::Fixed(label!("matrix-command-blind-bar")),
    description: label!("matrix-command-blind"),
    enabled: |_, state| state.reading().is_some_and(|reading| reading.trace.tokens.len() > 1),
    run: Run::Ask(|_, state| {
        let cell = state.attention.shown.as_ref().map(|shown| {
            let of = |token| shown.units.tokens(shown.units.unit_of(token));
            (of(state.attention.source), of(state.attention.token))
        });
        cell.and_then(|(tokens, at)| state.make_blind(tokens, Some(at))).into()
    }),
};

//! What keys do on the view of what vectors are made of.

use super::{Mixing, MixingPage, MixingView};
use crate::{
    analysis::{Granularity, MixedVector, TraitOrder, after},
    messages::label,
    state::{BarEntry, BarLabel, Command, CommandTable, Group, Run, State, commands as shared, entries, entry},
};

impl CommandTable for MixingView {
    const COMMANDS: &'static [Group<Self>] = &[
        Group::Own(&[LEFT, RIGHT]),
        Group::Shared(&[shared::LAYER_UP, shared::LAYER_DOWN, shared::LAYER_TOP, shared::LAYER_BOTTOM]),
        Group::Own(&[NEXT_PAGE, TRAIT_ORDER, SOURCE_CLS, NEXT_WHOLE, NEXT_MEASURE]),
        Group::Own(&[BLIND]),
        Group::Shared(&[shared::ABLATE_HEAD, shared::UNDO_ABLATION, shared::NEXT_READING]),
    ];

    const BAR: &'static [BarEntry] = &[
        entry("edit-sentence"),
        entry("next-view"),
        entry("next-page"),
        entries(&["left", "right"], label!("mixing-command-token-bar")),
        entries(&["up", "down"], label!("bar-layer")),
        entry("source-cls"),
        entry("next-whole"),
        entry("next-measure"),
        entry("trait-order"),
        entries(&["next-reading"], label!("bar-joined-a-b")),
        entry("table"),
        entry("copy"),
        entry("export"),
        entry("edit-pair"),
        entry("pick-model"),
        entry("blind"),
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
    run: Run::Change(|view, state| go(view, state, -1)),
};

const RIGHT: Command<MixingView> = Command {
    id: "right",
    keys: &["right", "l"],
    label: BarLabel::None,
    description: label!("mixing-command-right"),
    enabled: |_, state| beside(state, 1).is_some(),
    run: Run::Change(|view, state| go(view, state, 1)),
};

const SOURCE_CLS: Command<MixingView> = Command {
    id: "source-cls",
    keys: &["c"],
    label: BarLabel::Fixed(label!("layers-command-source-cls-bar")),
    description: label!("mixing-command-source-cls"),
    enabled: |view, state| state.reading().is_some() && (state.attention.source != 0 || is_whole(view)),
    run: Run::Change(|view, state| {
        view.whole = None;
        state.attend(|attention| attention.source = 0);
    }),
};

const NEXT_WHOLE: Command<MixingView> = Command {
    id: "next-whole",
    keys: &["s"],
    label: BarLabel::Fixed(label!("mixing-command-next-whole-bar")),
    description: label!("mixing-command-next-whole"),
    enabled: |view, _| view.mixing.is_some() && view.page == MixingPage::MadeOf,
    run: Run::Change(|view, state| {
        let has_pooler = state.reading().is_some_and(|reading| reading.trace.pooler_output.is_some());
        view.whole = match view.whole {
            None => Some(MixedVector::Mean),
            Some(MixedVector::Mean) if has_pooler => Some(MixedVector::Pooled),
            Some(_) => None,
        };
    }),
};

/// Whether something else than a token is explained on the page.
fn is_whole(view: &MixingView) -> bool {
    view.whole.is_some() && view.page == MixingPage::MadeOf
}

/// The first token of the word so many further; none beyond the ends.
fn beside(state: &State, by: isize) -> Option<usize> {
    let words = state.reading()?.units(Granularity::Words);
    let word = words.unit_of(state.attention.source).checked_add_signed(by)?;
    (word < words.len()).then(|| words.tokens(word).start)
}

fn go(view: &mut MixingView, state: &mut State, by: isize) {
    view.whole = None;
    if let Some(token) = beside(state, by) {
        state.attend(|attention| attention.source = token);
    }
}

const NEXT_PAGE: Command<MixingView> = Command {
    id: "next-page",
    keys: &["v"],
    label: BarLabel::Fixed(label!("pooling-command-next-page-bar")),
    description: label!("mixing-command-next-page"),
    enabled: |view, _| view.mixing.is_some(),
    run: Run::Change(|view, _| view.page = after(MixingPage::ALL, view.page)),
};

const TRAIT_ORDER: Command<MixingView> = Command {
    id: "trait-order",
    keys: &["o"],
    label: BarLabel::Fixed(label!("mixing-command-order-bar")),
    description: label!("mixing-command-order"),
    enabled: |view, _| view.mixing.is_some() && view.page == MixingPage::Special,
    run: Run::Change(|view, _| view.order = after(TraitOrder::ALL, view.order)),
};

const BLIND: Command<MixingView> = Command {
    id: "blind",
    keys: &["x"],
    label: BarLabel::Fixed(label!("mixing-command-blind-bar")),
    description: label!("mixing-command-blind"),
    enabled: |view, state| {
        let has_others = state.reading().is_some_and(|reading| reading.trace.tokens.len() > 1);
        // A mean does not look.
        has_others && (view.page == MixingPage::When || view.whole.is_none())
    },
    run: Run::Ask(|view, state| {
        // That page is about [CLS].
        let source = if view.page == MixingPage::When { 0 } else { state.attention.source };
        let words = state.reading().map(|reading| reading.units(Granularity::Words));
        let tokens = words.map(|words| words.tokens(words.unit_of(source)));
        tokens.and_then(|tokens| state.make_blind(tokens, None)).into()
    }),
};

/// It also lets what was cancelled begin again.
const NEXT_MEASURE: Command<MixingView> = Command {
    id: "next-measure",
    keys: &["f"],
    label: BarLabel::Fixed(label!("command-next-measure-bar")),
    description: label!("mixing-command-next-measure"),
    enabled: |view, state| {
        let is_given_up = !view.is_current(state) && !state.work.is_running();
        state.reading().is_some() && (view.page.has_measure() || is_given_up || view.studies.can_retry(view.page))
    },
    run: Run::Change(|view, state| {
        if view.page.has_measure() {
            view.measure = Some(after(Mixing::measures(), view.measure()));
        }
        state.work.retry();
        view.studies.retry();
    }),
};

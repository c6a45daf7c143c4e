//! What ablating each head, or each word, changes: a ranked list, and all of them as they stand.

mod loss_map;
mod ranking;

use ratatui::{buffer::Buffer, layout::Rect};

use super::{names, state::SweepState};
use crate::widgets::{
    Look,
    canvas::Canvas,
    captions, gauge,
    text::{BETWEEN, cells, fitting, joined, shorten},
};
use crate::{
    analysis::{Affected, Effect, HeadChoice, Part, PartName, PartState, Swept, readable_cosine, signed},
    labels,
    messages::{listed, message},
    printable::printable,
    state::{Readings, Stage, State},
};

/// The least width of a list beside which there is room for a picture.
const NARROWEST_LIST: u16 = 68;

pub(super) fn draw(
    sweep: &SweepState,
    state: &State,
    readings: &Readings,
    look: &Look,
    area: Rect,
    canvas: &mut Canvas,
) {
    if area.height < 4 || area.width < 20 {
        return;
    }
    caption(sweep, state, readings, look, Rect { height: 1, ..area }, canvas);
    let airy = u16::from(area.height >= 20);
    let notes = Rect { y: area.bottom() - 2, height: 2, ..area };
    let mut middle = Rect { y: area.y + 1 + airy, height: area.height - 3 - 2 * airy, ..area };
    match sweep.swept {
        Swept::Heads => {
            if let Some(grid) = loss_map::LossGrid::new(sweep, middle, NARROWEST_LIST) {
                let width = grid.width() + 3;
                let place = Rect { x: middle.right() - width, width, ..middle };
                grid.draw(sweep, look, place, canvas);
                middle.width -= width;
            }
        }
        Swept::Words if area.height >= 16 => {
            let lines = loss_map::words(sweep, look, Rect { height: middle.height / 4, ..middle }, canvas);
            middle = Rect { y: middle.y + lines + 1, height: middle.height - lines - 1, ..middle };
        }
        Swept::Words => {}
    }
    ranking::draw(sweep, look, middle, canvas);
    detail(sweep, state, look, notes, canvas);
}

/// What is swept, in which reading and over what; at the right, how far it is.
fn caption(sweep: &SweepState, state: &State, readings: &Readings, look: &Look, area: Rect, buffer: &mut Buffer) {
    let progress = progress(sweep, usize::from(area.width));
    let style = match sweep.stage {
        Stage::Failed(_) => look.theme.error,
        Stage::Cancelled => look.theme.warning,
        Stage::Running => look.theme.accent,
        Stage::Due | Stage::Done => look.theme.dim,
    };
    let width = cells(&progress) as u16;
    buffer.set_string(area.right().saturating_sub(width + 1), area.y, progress, style);
    let what = match sweep.swept {
        Swept::Heads => message!("sweep-one-head"),
        Swept::Words => message!("sweep-one-word"),
    };
    let ablations = state.ablation_names();
    let base = match ablations.is_empty() {
        true => ablations,
        false => message!("sweep-on-top", ablations = printable(&ablations)),
    };
    let text = joined([what, captions::reading(readings, &state.attention), base, message!("sweep-cosine")]);
    let room = usize::from(area.width.saturating_sub(width + 4));
    buffer.set_string(area.x + 1, area.y, shorten(&text, room), look.theme.heading);
}

/// `37 of 72 heads ███░░░`, or how it ended.
fn progress(sweep: &SweepState, width: usize) -> String {
    let (found, all) = sweep.progress();
    let parts = sweep.swept.id();
    match &sweep.stage {
        Stage::Running => {
            let gauge = gauge(found as f64 / all.max(1) as f64, (width / 10).clamp(6, 16));
            let done = match sweep.swept {
                Swept::Heads => message!("progress-heads", done = found, total = all),
                Swept::Words => message!("progress-words", done = found, total = all),
            };
            format!("{done} {gauge}")
        }
        Stage::Done if all == 0 => message!("sweep-none-left", parts = parts),
        Stage::Done => message!("sweep-all", parts = parts, count = all),
        Stage::Due if all == 0 => message!("sweep-reading"),
        Stage::Due => message!("sweep-ended", found = found, all = all),
        Stage::Cancelled => message!("sweep-cancelled", found = found, all = all),
        Stage::Failed(_) => message!("sweep-failed", found = found, all = all),
    }
}

/// The part under the cursor in words; what the bars stand for, and which keys do something with it.
fn detail(sweep: &SweepState, state: &State, look: &Look, area: Rect, buffer: &mut Buffer) {
    let room = usize::from(area.width.saturating_sub(2));
    let key = |id: &str| Some(look.key(state, id)).filter(|key| !key.is_empty());
    let again = key("start-sweep").map(|key| message!("sweep-again", key = key)).unwrap_or_default();
    if let Stage::Failed(why) = &sweep.stage {
        let why = joined([printable(why).into_owned(), again.clone()]);
        buffer.set_string(area.x + 1, area.y + 1, shorten(&why, room), look.theme.error);
    }
    let Some(part) = sweep.selected_part() else { return };
    let (name, toggle) = (name(part), key("cut-head"));
    let (text, toggles) = match part.state {
        PartState::Waiting => (String::new(), None),
        PartState::Found(effect) => {
            // The one that it is ordered by comes first: the end is cut where room is short.
            let mut affected = sweep.affected();
            affected.sort_by_key(|&affected| affected != sweep.subject());
            let cosines: Vec<String> = affected.into_iter().filter_map(|it| cosine(sweep, effect, it)).collect();
            let cell = match sweep.subject() {
                Affected::Cell => effect.cell.map(|weights| change(sweep, weights)),
                Affected::Output => effect.output.map(|logits| output_change(sweep, logits)),
                _ => None,
            };
            let said = |count: usize| {
                let cosines = listed(&cosines[..count]);
                match &cell {
                    Some(cell) => message!("sweep-without-cell", name = &name, cell = cell, cosines = cosines),
                    None => message!("sweep-without", name = &name, cosines = cosines),
                }
            };
            // As many as fit.
            let text = (1..=cosines.len()).rev().map(said).find(|text| cells(text) <= room);
            (text.unwrap_or_else(|| said(1.min(cosines.len()))), toggle.map(|key| message!("sweep-ablates", key = key)))
        }
        PartState::Off => {
            (message!("sweep-part-ablated", name = name), toggle.map(|key| message!("sweep-restores", key = key)))
        }
        PartState::Last => (message!("sweep-part-last", name = name), None),
    };
    buffer.set_string(area.x + 1, area.y, shorten(&text, room), look.theme.text);
    let most = |affected: &[Affected]| format!("{:.4}", sweep.largest(affected));
    let vectors: Vec<Affected> = sweep.affected().into_iter().filter(|it| it.is_cosine()).collect();
    let legend = message!("sweep-bars", most = most(&vectors));
    let subject = sweep.subject();
    let colors = match sweep.swept {
        Swept::Heads => String::new(),
        Swept::Words => {
            message!("sweep-colours", pooling = names::affected(sweep, subject), most = most(&[subject]))
        }
    };
    let toggles = toggles.unwrap_or_default();
    let parts = match sweep.stage {
        Stage::Failed(_) => return,
        Stage::Running | Stage::Done => [legend, colors, toggles, again],
        // What is there is not all: how to get that comes first.
        Stage::Cancelled | Stage::Due => [legend, again, colors, toggles],
    };
    buffer.set_string(area.x + 1, area.y + 1, fitting(parts, BETWEEN, room), look.theme.dim);
}

/// `cls 0.9312`; none of a cell, and of what was not measured.
fn cosine(sweep: &SweepState, effect: Effect, affected: Affected) -> Option<String> {
    let cosine = effect.value(affected).filter(|_| affected.is_cosine())?;
    Some(format!("{} {}", names::affected(sweep, affected), readable_cosine(cosine, 4)))
}

/// `“it” → “animal”, layer 3, head 5: 42.1 % → 3.0 %`.
fn change(sweep: &SweepState, weights: [f32; 2]) -> String {
    let [before, after] = weights.map(|share| format!("{:.1}", share * 100.0));
    message!("sweep-cell-change", cell = names::cell(sweep), before = before, after = after)
}

/// `logit of positive: +2.31 → +0.12`.
fn output_change(sweep: &SweepState, logits: [f32; 2]) -> String {
    let [before, after] = logits.map(|logit| signed(logit, 2));
    message!("sweep-output-change", output = names::affected(sweep, Affected::Output), before = before, after = after)
}

/// `layer 3, head 5`, `“tired”`, `[SEP]`.
fn name(part: &Part) -> String {
    match &part.name {
        PartName::Head { layer, head } => {
            let head = labels::analysis::head_choice(HeadChoice::One(*head));
            message!("widgets-place", layer = layer + 1, heads = head)
        }
        PartName::Word { text, special: true, .. } => printable(text).into_owned(),
        PartName::Word { text, .. } => format!("“{}”", shorten(&printable(text), 24)),
    }
}

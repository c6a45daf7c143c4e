//! What switching off each head, or each word, changes: a ranked list, and all of them as they stand.

mod list;
mod picture;

use ratatui::{buffer::Buffer, layout::Rect};

use super::state::SweepState;
use crate::widgets::{
    Look,
    canvas::Canvas,
    captions, gauge,
    text::{cells, fitting, shorten},
};
use crate::{
    analysis::{Part, PartName, PartState, Swept},
    printable::printable,
    state::{Readings, Stage, State},
};

/// The least width of a list beside which there is room for a picture.
const NARROWEST_LIST: u16 = 68;

pub(super) fn draw(sweep: &SweepState, app: &State, readings: &Readings, look: &Look, area: Rect, canvas: &mut Canvas) {
    if area.height < 4 || area.width < 20 {
        return;
    }
    caption(sweep, app, readings, look, Rect { height: 1, ..area }, canvas);
    let airy = u16::from(area.height >= 20);
    let notes = Rect { y: area.bottom() - 2, height: 2, ..area };
    let mut middle = Rect { y: area.y + 1 + airy, height: area.height - 3 - 2 * airy, ..area };
    match sweep.swept {
        Swept::Heads => {
            if let Some(grid) = picture::Grid::new(sweep, middle, NARROWEST_LIST) {
                let width = grid.width() + 3;
                let place = Rect { x: middle.right() - width, width, ..middle };
                grid.draw(sweep, look, place, canvas);
                middle.width -= width;
            }
        }
        Swept::Words if area.height >= 16 => {
            let lines = picture::words(sweep, look, Rect { height: middle.height / 4, ..middle }, canvas);
            middle = Rect { y: middle.y + lines + 1, height: middle.height - lines - 1, ..middle };
        }
        Swept::Words => {}
    }
    list::draw(sweep, look, middle, canvas);
    detail(sweep, app, look, notes, canvas);
}

/// What is swept, in which reading and over what; at the right, how far it is.
fn caption(sweep: &SweepState, app: &State, readings: &Readings, look: &Look, area: Rect, buffer: &mut Buffer) {
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
        Swept::Heads => "one head off at a time",
        Swept::Words => "one word hidden at a time",
    };
    let heads = app.model.as_ref().map_or(0, |model| model.heads);
    let base = match printable(&app.off.names(heads)).into_owned() {
        none if none.is_empty() => none,
        heads if app.off.tokens.is_empty() => format!(" · over {heads} off"),
        names => format!(" · over {names}"),
    };
    let text = format!("{what}{}{base}: cosine to before", captions::reading(readings, &app.attention));
    let room = usize::from(area.width.saturating_sub(width + 4));
    buffer.set_string(area.x + 1, area.y, shorten(&text, room), look.theme.heading);
}

/// `37 of 72 ███░░░`, or how it ended.
fn progress(sweep: &SweepState, width: usize) -> String {
    let (found, all) = sweep.progress();
    let what = match sweep.swept {
        Swept::Heads => "heads",
        Swept::Words => "words",
    };
    match &sweep.stage {
        Stage::Running => {
            let gauge = gauge(found as f64 / all.max(1) as f64, (width / 10).clamp(6, 16));
            format!("{found} of {all} {what} {gauge}")
        }
        Stage::Done if all == 0 => format!("all {what} are off"),
        Stage::Done => format!("all {all} {what}"),
        Stage::Due if all == 0 => "reading …".to_owned(),
        Stage::Due => format!("ended at {found} of {all}"),
        Stage::Cancelled => format!("cancelled at {found} of {all}"),
        Stage::Failed(_) => format!("failed at {found} of {all}"),
    }
}

/// The part under the cursor in words; what the bars stand for, and which keys do something with it.
fn detail(sweep: &SweepState, app: &State, look: &Look, area: Rect, buffer: &mut Buffer) {
    let room = usize::from(area.width.saturating_sub(2));
    let cut = look.key(app, "cut-head");
    let again = look.key(app, "start-sweep");
    let again = if again.is_empty() { again } else { format!(" · {again} sweeps again") };
    if let Stage::Failed(why) = &sweep.stage {
        let why = printable(why);
        buffer.set_string(area.x + 1, area.y + 1, shorten(&format!("{why}{again}"), room), look.theme.error);
    }
    let Some(part) = sweep.selected_part() else { return };
    let name = name(part);
    let (text, action) = match part.state {
        PartState::Waiting => (String::new(), ""),
        PartState::Found(effect) => {
            let cosines = sweep.poolings().into_iter().enumerate().filter_map(|(i, pooling)| {
                let before = if i == 0 { " " } else { ", " };
                let keeps = if i == 0 { "keeps cosine " } else { "" };
                Some(format!("{before}{pooling} {keeps}{:.4}", effect.cosine(pooling)?))
            });
            (fitting([format!("without {name}:")].into_iter().chain(cosines), room), "switches it off for good")
        }
        PartState::Off => (format!("{name} is off all the while"), "switches it on again"),
        PartState::Last => (format!("{name} is all there is left to look at: nothing to compare with"), ""),
    };
    buffer.set_string(area.x + 1, area.y, shorten(&text, room), look.theme.text);
    let legend = format!("bars: 1 − cosine, full at {:.4}", sweep.largest(&sweep.poolings()));
    let pooling = sweep.pooling();
    let colors = match sweep.swept {
        Swept::Heads => String::new(),
        Swept::Words => format!(" · colours: of {pooling}, up to {:.4}", sweep.largest(&[pooling])),
    };
    let keys = if action.is_empty() || cut.is_empty() { String::new() } else { format!(" · {cut} {action}") };
    let parts = match sweep.stage {
        Stage::Failed(_) => return,
        Stage::Running | Stage::Done => [legend, colors, keys, again],
        // What is there is not all: how to get that comes first.
        Stage::Cancelled | Stage::Due => [legend, again, colors, keys],
    };
    buffer.set_string(area.x + 1, area.y + 1, fitting(parts, room), look.theme.dim);
}

/// `layer 3, head 5`, `“tired”`, `[SEP]`.
fn name(part: &Part) -> String {
    match &part.name {
        PartName::Head { layer, head } => format!("layer {}, head {}", layer + 1, head + 1),
        PartName::Word { text, special: true, .. } => printable(text).into_owned(),
        PartName::Word { text, .. } => format!("“{}”", shorten(&printable(text), 24)),
    }
}

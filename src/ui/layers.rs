//! The attention view: where the source token looks, layer by layer, and head by head in the cursor's layer.

use std::ops::Range;

use ratatui::{buffer::Buffer, layout::Rect};

use super::{
    Look,
    columns::{Columns, Label, window},
    map::{HIDDEN, LABEL, Map, SPREAD},
    reading_form,
    text::{cells, shorten},
};
use crate::{
    analysis::{Grain, HeadChoice, Specials, rank},
    app::{App, AttentionState, Passage, Reading, Readings, Shown},
    bert::Prediction,
    printable::printable,
};

pub(super) fn draw(app: &App, readings: &Readings, look: &Look, area: Rect, buffer: &mut Buffer) {
    let state = &app.attention;
    let passage = readings.passage(state.reading);
    let (trace, Some(shown)) = (&passage.trace, &state.shown) else { return };
    let labels = Label::all(trace, shown);
    let cursor = shown.units.unit_of(state.token);
    let at = shown.columns.partition_point(|&unit| unit < cursor);
    let hides = shown.hidden(state.layer).is_some();
    let margin = SPREAD + if hides { HIDDEN } else { 0 };
    let columns = Columns::new(&labels, at, area.x + LABEL..area.right().saturating_sub(margin));
    let predictions = u16::from(!passage.predictions.is_empty());
    let plan = Plan::new(area.height - predictions, trace.layers, trace.heads, look.theme.has_color());
    let row_height = plan.row_height;

    let mut y = area.y;
    let reading_area = Rect { y, height: plan.reading, ..area };
    y += reading_form::draw(passage, state, shown, look, reading_area, buffer) + plan.gap;

    let map = &shown.map;
    let window = window(&vec![1; trace.layers], state.layer, usize::from(plan.layers));
    let layers = Map { columns: &columns, look, scale: state.scale, largest: map.largest, hides, row_height };
    let about = about(passage, state, shown, readings, &columns) + &some_of("layers", &window, trace.layers);
    layers.caption(&about, Rect { y, height: 1, ..area }, buffer);
    columns.header(&labels, cursor, map.source, look, y + 1, buffer);
    layers.margin_header(y + 1, buffer);
    y += 2;
    for layer in window {
        let here = layer == state.layer;
        let name = format!("layer {:>2}", layer + 1);
        layers.row(&name, &map.rows[layer], here, here.then_some(cursor), y, buffer);
        y += row_height;
    }
    let detail = detail(passage, state, shown, usize::from(area.width.saturating_sub(2)));
    buffer.set_string(area.x + 1, y, detail, look.theme.text);
    y += 1;
    if let Some(predictions) = passage.predictions.get(state.token) {
        let text = predicted(predictions, usize::from(area.width.saturating_sub(2)));
        buffer.set_string(area.x + 1, y, text, look.theme.accent);
        y += 1;
    }
    y += plan.gap;

    if plan.heads && y < area.bottom() {
        let largest = shown.strip.iter().flat_map(|row| &row.weights).copied().fold(0.0, f32::max);
        let heads = Map { columns: &columns, look, scale: state.scale, largest, hides, row_height };
        strip(state, shown, &heads, Rect { y, height: area.bottom() - y, ..area }, buffer);
    }
}

/// How the lines are shared out.
struct Plan {
    reading: u16,
    gap: u16,
    /// Layers in view.
    layers: u16,
    /// Whether there is room for the heads.
    heads: bool,
    row_height: u16,
}

impl Plan {
    /// The layers come first, then the heads (one line each, or two heads a line where colour allows), then
    /// air, then taller rows for the back row of the class.
    fn new(height: u16, layers: usize, heads: usize, color: bool) -> Self {
        const FIXED: u16 = 3; // caption, header, detail
        let (layers, heads) = (layers.min(64) as u16, heads.min(64) as u16);
        let reading = match height {
            0..16 => 1,
            16..24 => 2,
            _ => 3,
        };
        let room = height.saturating_sub(reading + FIXED);
        // The heads are left out where they would squeeze the layers to nothing.
        let fewest = if color { heads.div_ceil(2) } else { heads.min(4) };
        let strip = if room > layers.min(6) + fewest.min(3) { fewest + 1 } else { 0 };
        let shown = layers.min(room.saturating_sub(strip.min(room / 2)).max(1));
        let rest = room - shown;
        let reading = if strip == 0 { (reading + rest).min(3) } else { reading };
        let gap = u16::from(strip > 0 && rest >= heads + 1 + 2);
        let row_height = (room.saturating_sub(1 + 2 * gap) / (layers + heads).max(1)).clamp(1, 3);
        Self { reading, gap, layers: shown, heads: strip > 0, row_height }
    }
}

/// What the map shows: who looks, through which heads, in which reading, and which tokens are in view.
fn about(passage: &Passage, state: &AttentionState, shown: &Shown, readings: &Readings, columns: &Columns) -> String {
    let count = passage.trace.heads;
    let lens = shown.map.lens;
    let heads = match lens.heads {
        HeadChoice::Mean => format!("mean of {count} heads"),
        HeadChoice::Max => format!("max of {count} heads"),
        HeadChoice::One(head) => format!("head {} of {count}", head + 1),
    };
    let which = match (&readings.pair, state.reading) {
        (None, _) => "",
        (Some(_), Reading::Joined) => " · A and B joined",
        (Some(_), Reading::AloneA) => " · A alone",
        (Some(_), Reading::AloneB) => " · B alone",
    };
    let source = Label::new(&passage.trace, &shown.units, shown.map.source).quoted();
    let who = if shown.looks() { format!("{source} looks at …") } else { format!("… looks at {source}") };
    let grain = if lens.grain == Grain::Words { " · words" } else { "" };
    let specials = match lens.specials {
        Specials::Shown => "",
        Specials::Hidden => " · specials hidden",
        Specials::Renormalized => " · specials hidden, rest 100 %",
    };
    let position = columns.position().map_or(String::new(), |position| format!(" · {position}"));
    // Which reading it is comes first: the end is cut where room is short.
    format!("{who}{which} · {heads}{grain}{specials}{position}")
}

/// ` · heads 1–8 of 12` where not all are in view.
fn some_of(what: &str, shown: &Range<usize>, count: usize) -> String {
    if shown.len() < count {
        format!(" · {what} {}–{} of {count}", shown.start + 1, shown.end)
    } else {
        String::new()
    }
}

/// The exact number under the cursor, and as much about it as fits.
fn detail(passage: &Passage, state: &AttentionState, shown: &Shown, room: usize) -> String {
    let (row, cursor) = (&shown.map.rows[state.layer], shown.units.unit_of(state.token));
    let weight = row.weights[cursor];
    let label = |unit| Label::new(&passage.trace, &shown.units, unit);
    let (source, target) = (label(shown.map.source).quoted(), shorten(&label(cursor).text, 24).into_owned());
    let pair = if shown.looks() { format!("{source} → {target}") } else { format!("{target} → {source}") };
    let hidden = shown.hidden(state.layer).map(|hidden| format!("  hidden {:.1} %", hidden * 100.0));
    let parts = [
        format!("layer {}, {} · {pair}", state.layer + 1, shown.map.lens.heads),
        format!("  {:.2} % ({weight:.4})", weight * 100.0),
        hidden.unwrap_or_default(),
        format!("  rank {} of {}", rank(&row.weights, cursor), shown.columns.len()),
        format!("  spread {:.1} tokens", row.effective_tokens),
    ];
    let mut text = String::new();
    for part in parts {
        if cells(&text) + cells(&part) > room {
            break;
        }
        text.push_str(&part);
    }
    text
}

/// What BERT would write at the cursor, as many words as fit.
fn predicted(predictions: &[Prediction], room: usize) -> String {
    let mut text = "BERT would write here:".to_owned();
    for Prediction { token, probability, .. } in predictions {
        let word = format!("  {} {:.1} %", printable(token), probability * 100.0);
        if cells(&text) + cells(&word) > room {
            break;
        }
        text.push_str(&word);
    }
    text
}

/// Every head of the cursor's layer: a row each with numbers, or two heads a line as half blocks.
fn strip(state: &AttentionState, shown: &Shown, map: &Map, area: Rect, buffer: &mut Buffer) {
    let title = format!("layer {}, head by head", state.layer + 1);
    let caption = |seen: Range<usize>, buffer: &mut Buffer| {
        let some = some_of("heads", &seen, shown.strip.len());
        map.caption(&(title.clone() + &some), Rect { height: 1, ..area }, buffer);
    };
    let (top, lines) = (area.y + 1, usize::from(area.height - 1));
    let count = shown.strip.len();
    let chosen = state.head();
    if lines >= count || !map.look.theme.has_color() {
        let seen = window(&vec![usize::from(map.row_height); count], chosen.unwrap_or(0), lines);
        caption(seen.clone(), buffer);
        for (head, y) in seen.zip((top..).step_by(usize::from(map.row_height))) {
            map.row(&format!(" head {:>2}", head + 1), &shown.strip[head], chosen == Some(head), None, y, buffer);
        }
        return;
    }
    let seen = window(&vec![1; count.div_ceil(2)], chosen.unwrap_or(0) / 2, lines);
    caption(seen.start * 2..(seen.end * 2).min(count), buffer);
    for (pair, y) in seen.zip(top..) {
        let (upper, lower) = (pair * 2, shown.strip.get(pair * 2 + 1));
        let name = match lower {
            Some(_) => format!("h {:>2} {:>2}", upper + 1, upper + 2),
            None => format!("h {:>2}", upper + 1),
        };
        map.label(&name, chosen.is_some_and(|head| head / 2 == pair), y, buffer);
        map.half_rows(&shown.strip[upper], lower, y, buffer);
    }
}

//! The attention view: where the source token looks, layer by layer, and head by head in the cursor's layer.

use std::ops::Range;

use ratatui::layout::Rect;

use crate::widgets::{
    Look,
    canvas::Canvas,
    captions::{self, some_of},
    columns::{Columns, UnitLabel, window},
    heat_map::{LABEL, Map, Margin},
    reading_form,
    text::fitting,
};
use crate::{
    analysis::largest,
    bert::Prediction,
    printable::printable,
    state::{AttentionState, ClickTarget, Passage, Place, Readings, Shown, State},
};

pub(super) fn draw(app: &State, readings: &Readings, look: &Look, area: Rect, canvas: &mut Canvas) {
    let state = &app.attention;
    let passage = readings.passage(state.reading);
    let (trace, Some(shown)) = (&passage.trace, &state.shown) else { return };
    let labels = UnitLabel::all(app, trace, shown);
    let cursor = shown.units.unit_of(state.token);
    let at = shown.columns.partition_point(|&unit| unit < cursor);
    let margin = Margin::new(shown);
    let columns = Columns::new(&labels, at, area.x + LABEL..area.right().saturating_sub(margin.width()));
    let predictions = u16::from(!passage.predictions.is_empty());
    let plan = Plan::new(area.height - predictions, trace.layers, trace.heads, look.theme.has_color());
    let row_height = plan.row_height;

    let mut y = area.y;
    let reading_area = Rect { y, height: plan.reading, ..area };
    y += reading_form::draw(passage, state, shown, look, reading_area, canvas) + plan.gap;

    let map = &shown.map;
    let window = window(&vec![1; trace.layers], state.layer, usize::from(plan.layers));
    let layers = Map { columns: &columns, look, scale: state.scale, largest: map.largest, margin, row_height };
    let about = about(passage, state, shown, readings, &columns) + &some_of("layers", &window, trace.layers);
    layers.caption(&about, Rect { y, height: 1, ..area }, canvas);
    columns.header(&labels, cursor, map.source, look, y + 1, canvas);
    layers.margin_header(y + 1, canvas);
    y += 2;
    let first = y;
    for layer in window.clone() {
        let here = layer == state.layer;
        // Its attention is computed, but goes nowhere.
        let name = format!("{} {:>2}", if app.is_off(layer, None) { "  off" } else { "layer" }, layer + 1);
        layers.row(&name, &map.rows[layer], here, here.then_some(cursor), y, canvas);
        let line = Rect { y, height: row_height, ..area };
        canvas.on_click(line, ClickTarget::At(Place { layer: Some(layer), ..Place::default() }));
        y += row_height;
    }
    columns.on_click(shown, first - 1..y, canvas);
    layers.beyond(window.start > 0, first, window.end < trace.layers, y - 1, canvas);
    let (row, room) = (&map.rows[state.layer], usize::from(area.width.saturating_sub(2)));
    let detail = captions::detail(passage, state, shown, row, shown.looks(), room);
    canvas.set_string(area.x + 1, y, detail, look.theme.text);
    y += 1;
    if let Some(predictions) = passage.predictions.get(state.token) {
        let text = predicted(predictions, usize::from(area.width.saturating_sub(2)));
        canvas.set_string(area.x + 1, y, text, look.theme.accent);
        y += 1;
    }
    y += plan.gap;

    if plan.heads && y < area.bottom() {
        let largest = largest(&shown.head_rows);
        let heads = Map { columns: &columns, look, scale: state.scale, largest, margin, row_height };
        head_rows(app, shown, &heads, Rect { y, height: area.bottom() - y, ..area }, canvas);
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
        let rest = room.saturating_sub(shown);
        let reading = if strip == 0 { (reading + rest).min(3) } else { reading };
        let gap = u16::from(strip > 0 && rest >= heads + 1 + 2);
        let row_height = (room.saturating_sub(1 + 2 * gap) / (layers + heads).max(1)).clamp(1, 3);
        Self { reading, gap, layers: shown, heads: strip > 0, row_height }
    }
}

/// What the map shows: who looks, through which heads, in which reading, and which tokens are in view.
fn about(passage: &Passage, state: &AttentionState, shown: &Shown, readings: &Readings, columns: &Columns) -> String {
    let options = shown.map.options;
    let who = captions::who(passage, shown);
    let (which, heads) = (captions::reading(readings, state), captions::heads(options, passage.trace.heads));
    let (switches, position) = (captions::switches(options), captions::position(columns));
    // Which reading it is comes first, what the bottom line or the map says as well last: the end is cut where room is short.
    format!("{who}{which}{switches} · {heads}{position}")
}

/// What BERT would write at the cursor, as many words as fit.
fn predicted(predictions: &[Prediction], room: usize) -> String {
    let words = predictions
        .iter()
        .map(|Prediction { token, probability, .. }| format!("  {} {:.1} %", printable(token), probability * 100.0));
    fitting(std::iter::once("BERT would write here:".to_owned()).chain(words), room)
}

/// Every head of the cursor's layer: a row each with numbers, or two heads a line as half blocks.
fn head_rows(app: &State, shown: &Shown, map: &Map, area: Rect, canvas: &mut Canvas) {
    let state = &app.attention;
    let title = format!("layer {}, head by head", state.layer + 1);
    let caption = |seen: Range<usize>, canvas: &mut Canvas| {
        let some = some_of("heads", &seen, shown.head_rows.len());
        map.caption(&(title.clone() + &some), Rect { height: 1, ..area }, canvas);
    };
    let (top, lines) = (area.y + 1, usize::from(area.height - 1));
    let count = shown.head_rows.len();
    let chosen = state.head();
    if lines >= count || !map.look.theme.has_color() {
        let seen = window(&vec![usize::from(map.row_height); count], chosen.unwrap_or(0), lines);
        caption(seen.clone(), canvas);
        for (head, y) in seen.zip((top..).step_by(usize::from(map.row_height))) {
            let name = match () {
                () if app.is_off(state.layer, Some(head)) => " off ",
                () if state.options.among.contains(head) => "•head",
                () => " head",
            };
            map.row(&format!("{name} {:>2}", head + 1), &shown.head_rows[head], chosen == Some(head), None, y, canvas);
            let line = Rect { y, height: map.row_height, ..area };
            canvas.on_click(line, ClickTarget::At(Place { head: Some(head), ..Place::default() }));
        }
        return;
    }
    let seen = window(&vec![1; count.div_ceil(2)], chosen.unwrap_or(0) / 2, lines);
    caption(seen.start * 2..(seen.end * 2).min(count), canvas);
    for (pair, y) in seen.zip(top..) {
        let (upper, lower) = (pair * 2, shown.head_rows.get(pair * 2 + 1));
        let name = match lower {
            Some(_) => format!("h {:>2} {:>2}", upper + 1, upper + 2),
            None => format!("h {:>2}", upper + 1),
        };
        map.label(&name, chosen.is_some_and(|head| head / 2 == pair), y, canvas);
        map.half_rows(&shown.head_rows[upper], lower, y, canvas);
        let line = Rect { y, height: 1, ..area };
        canvas.on_click(line, ClickTarget::At(Place { head: Some(upper), ..Place::default() }));
    }
}

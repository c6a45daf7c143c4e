//! The attention view: where the source token looks, layer by layer, and head by head in the cursor's layer.

use std::ops::Range;

use ratatui::layout::Rect;

use crate::widgets::{
    Look,
    canvas::Canvas,
    captions,
    columns::{Columns, UnitLabel, window},
    heat_map::{LABEL, Map, Margin},
    measure_line, reading_form,
    text::{fitting, joined, right_aligned},
};
use crate::{
    analysis::{AttentionRow, largest},
    bert::Prediction,
    messages::message,
    printable::printable,
    state::{AttentionState, ClickTarget, Place, Reading, Readings, Shown, State},
};

/// The width of a row's name, `layer 12`.
const NAME: u16 = 8;

pub(super) fn draw(state: &State, readings: &Readings, look: &Look, area: Rect, canvas: &mut Canvas) {
    let attention = &state.attention;
    let reading = readings.get(attention.reading_choice);
    let (trace, Some(shown)) = (&reading.trace, &attention.shown) else { return };
    let area = measure_line::draw(state, shown.map.options.measure, look, area, canvas);
    let labels = UnitLabel::all(state, trace, shown);
    let cursor = shown.units.unit_of(attention.token);
    let at = shown.columns.partition_point(|&unit| unit < cursor);
    let margin = Margin::new(shown, shown.looks());
    let x = area.x + LABEL..area.right().saturating_sub(margin.width());
    let (columns, labels) = match state.is_projected {
        true => Columns::of_strongest(&labels, &shown.map.rows, attention.layer, cursor, x),
        false => (Columns::new(&labels, at, x), labels),
    };
    let predictions = u16::from(!reading.predictions.is_empty());
    let (height, heads) = (area.height - predictions, shown.head_rows.len());
    let plan = match state.is_projected {
        true => LayersPlan::projected(height, trace.layers, heads),
        false => LayersPlan::new(height, trace.layers, heads, look.theme.has_color()),
    };
    let row_height = plan.row_height;

    let mut y = area.y;
    let reading_area = Rect { y, height: plan.reading, ..area };
    y += reading_form::draw(reading, attention, shown, look, reading_area, canvas) + plan.gap;

    let map = &shown.map;
    let window = window(&vec![1; trace.layers], attention.layer, usize::from(plan.layers));
    let is_signed = map.options.measure.is_signed();
    let layers =
        Map { columns: &columns, look, scale: attention.scale, largest: map.largest, is_signed, margin, row_height };
    let about = about(reading, attention, shown, readings, &columns);
    let about = joined([about, captions::layers_in_view(&window, trace.layers)]);
    layers.caption(&about, Rect { y, height: 1, ..area }, canvas);
    columns.header(&labels, cursor, map.source, look, y + 1, canvas);
    layers.margin_header(y + 1, canvas);
    y += 2;
    let first = y;
    for layer in window.clone() {
        let here = layer == attention.layer;
        let number = format!("{:>2}", layer + 1);
        // Its attention is computed, but goes nowhere.
        let name = match state.is_off(layer, None) {
            true => message!("layers-row-ablated", layer = number),
            false => message!("layers-row", layer = number),
        };
        let name = right_aligned(&name, NAME);
        layers.row(&name, &map.rows[layer], here, here.then_some(cursor), y, canvas);
        let line = Rect { y, height: row_height, ..area };
        canvas.on_click(line, ClickTarget::At(Place { layer: Some(layer), ..Place::default() }));
        y += row_height;
    }
    columns.on_click(shown, first - 1..y, canvas);
    layers.beyond(window.start > 0, first, window.end < trace.layers, y - 1, canvas);
    let (row, room) = (&map.rows[attention.layer], usize::from(area.width.saturating_sub(2)));
    let detail = captions::detail(reading, attention, shown, row, shown.looks(), room);
    canvas.set_string(area.x + 1, y, detail, look.theme.text);
    y += 1;
    if let Some(predictions) = reading.predictions.get(attention.token) {
        let text = predicted(predictions, usize::from(area.width.saturating_sub(2)));
        canvas.set_string(area.x + 1, y, text, look.theme.accent);
        y += 1;
    }
    y += plan.gap;

    if plan.heads && y < area.bottom() {
        let largest = largest(&shown.head_rows);
        let heads = Map { columns: &columns, look, scale: attention.scale, largest, is_signed, margin, row_height };
        head_rows(state, shown, &heads, Rect { y, height: area.bottom() - y, ..area }, canvas);
    }
}

/// How the lines are shared out.
struct LayersPlan {
    reading: u16,
    gap: u16,
    /// Layers in view.
    layers: u16,
    /// Whether there is room for the heads.
    heads: bool,
    row_height: u16,
}

impl LayersPlan {
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
        let strip = if heads > 0 && room > layers.min(6) + fewest.min(3) { fewest + 1 } else { 0 };
        let shown = layers.min(room.saturating_sub(strip.min(room / 2)).max(1));
        let rest = room.saturating_sub(shown);
        let reading = if strip == 0 { (reading + rest).min(3) } else { reading };
        let gap = u16::from(strip > 0 && rest >= heads + 1 + 2);
        let row_height = (room.saturating_sub(1 + 2 * gap) / (layers + heads).max(1)).clamp(1, 3);
        Self { reading, gap, layers: shown, heads: strip > 0, row_height }
    }

    /// For a projector: a few layers, tall, and a few heads with their numbers.
    fn projected(height: u16, layers: usize, heads: usize) -> Self {
        let room = height.saturating_sub(4);
        let row_height = (room / 6).clamp(1, 3);
        let layers = (layers.min(64) as u16).min((room * 2 / 3 / row_height).max(1));
        let rest = room.saturating_sub(layers * row_height);
        Self { reading: 1, gap: 0, layers, heads: heads > 0 && rest > row_height, row_height }
    }
}

/// What the map shows: who looks, through which heads, in which reading, and which tokens are in view.
fn about(
    reading: &Reading,
    attention: &AttentionState,
    shown: &Shown,
    readings: &Readings,
    columns: &Columns,
) -> String {
    let options = shown.map.options;
    let who = [captions::who(reading, shown), captions::reading(readings, attention)];
    let rest = [captions::heads(options, reading.trace.heads), captions::tokens_in_view(columns)];
    // Which reading it is comes first, what the bottom line or the map says as well last: the end is cut where room is short.
    joined(who.into_iter().chain(captions::settings(options)).chain(rest))
}

/// What BERT predicts at the cursor, as many words as fit.
fn predicted(predictions: &[Prediction], room: usize) -> String {
    let words = predictions.iter().map(|Prediction { written, probability, .. }| {
        let percent = format!("{:.1}", probability * 100.0);
        message!("layers-prediction", token = printable(written), percent = percent)
    });
    fitting(std::iter::once(message!("layers-predicted")).chain(words), "  ", room)
}

/// Every head of the cursor's layer: a row each with numbers, or two heads a line as half blocks.
fn head_rows(state: &State, shown: &Shown, map: &Map, area: Rect, canvas: &mut Canvas) {
    let attention = &state.attention;
    let caption = |seen: Range<usize>, canvas: &mut Canvas| {
        let title = message!("layers-heads", layer = attention.layer + 1);
        let title = joined([title, captions::heads_in_view(&seen, shown.head_rows.len())]);
        map.caption(&title, Rect { height: 1, ..area }, canvas);
    };
    let (top, lines) = (area.y + 1, usize::from(area.height - 1));
    let count = shown.head_rows.len();
    let chosen = attention.head();
    let numbers = |heads: &[usize], canvas: &mut Canvas| {
        for (&head, y) in heads.iter().zip((top..).step_by(usize::from(map.row_height))) {
            let number = format!("{:>2}", head + 1);
            let name = match () {
                () if state.is_off(attention.layer, Some(head)) => message!("layers-head-ablated", head = number),
                () if attention.options.among.contains(head) => message!("layers-head-marked", head = number),
                () => message!("layers-head", head = number),
            };
            map.row(&right_aligned(&name, NAME), &shown.head_rows[head], chosen == Some(head), None, y, canvas);
            let line = Rect { y, height: map.row_height, ..area };
            canvas.on_click(line, ClickTarget::At(Place { head: Some(head), ..Place::default() }));
        }
    };
    let row_height = usize::from(map.row_height);
    if state.is_projected {
        let heads = strongest_heads(&shown.head_rows, chosen, lines / row_height.max(1));
        let title = joined([
            message!("layers-heads", layer = attention.layer + 1),
            message!("layers-strongest-heads", count = heads.len(), of = count),
        ]);
        map.caption(&title, Rect { height: 1, ..area }, canvas);
        return numbers(&heads, canvas);
    }
    if lines >= count || !map.look.theme.has_color() {
        let seen = window(&vec![row_height; count], chosen.unwrap_or(0), lines);
        caption(seen.clone(), canvas);
        return numbers(&seen.collect::<Vec<_>>(), canvas);
    }
    let seen = window(&vec![1; count.div_ceil(2)], chosen.unwrap_or(0) / 2, lines);
    caption(seen.start * 2..(seen.end * 2).min(count), canvas);
    for (pair, y) in seen.zip(top..) {
        let (upper, lower) = (pair * 2, shown.head_rows.get(pair * 2 + 1));
        let number = |head: usize| format!("{head:>2}");
        let name = match lower {
            Some(_) => message!("layers-two-heads", first = number(upper + 1), second = number(upper + 2)),
            None => message!("layers-last-head", head = number(upper + 1)),
        };
        map.label(&name, chosen.is_some_and(|head| head / 2 == pair), y, canvas);
        map.half_rows(&shown.head_rows[upper], lower, y, canvas);
        let line = Rect { y, height: 1, ..area };
        canvas.on_click(line, ClickTarget::At(Place { head: Some(upper), ..Place::default() }));
    }
}

/// So many heads, in their order: the chosen one, and those with the largest weights.
fn strongest_heads(rows: &[AttentionRow], chosen: Option<usize>, most: usize) -> Vec<usize> {
    let largest = |head: usize| rows[head].weights.iter().map(|weight| weight.abs()).fold(0.0, f32::max);
    let mut heads: Vec<usize> = (0..rows.len()).collect();
    heads.sort_by(|&a, &b| {
        let is_chosen = |head| chosen == Some(head);
        is_chosen(b).cmp(&is_chosen(a)).then(largest(b).total_cmp(&largest(a)))
    });
    heads.truncate(most);
    heads.sort_unstable();
    heads
}

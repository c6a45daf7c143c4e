//! One layer's attention from every token, a row each, to every token, a column each: in cells with numbers, or where
//! these do not fit, in cells as small as half a line.

use std::{borrow::Cow, ops::Range};

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
    widgets::Widget,
};

use crate::widgets::{
    Look, SMALLEST,
    canvas::Canvas,
    captions,
    columns::{Columns, UnitLabel, window},
    heat_map::{EFFECTIVE, Map, Margin},
    measure_line,
    text::{cells, joined, shorten},
    ticks::{self, Ticks},
};
use crate::{
    analysis::AttentionMatrix,
    messages::message,
    state::{AttentionState, ClickTarget, Place, Reading, Readings, Shown, State, Zoom},
};

/// The most cells the names of a line take; longer ones are cut with `…`.
const WIDEST_NAME: u16 = 14;
/// Caption, header and detail.
const FIXED: u16 = 3;

pub(super) fn draw(zoom: Zoom, state: &State, readings: &Readings, look: &Look, area: Rect, canvas: &mut Canvas) {
    let attention = &state.attention;
    let Some(shown) = &attention.shown else { return };
    let Some(matrix) = &shown.matrix else { return };
    let area = measure_line::draw(state, shown.map.options.measure, look, area, canvas);
    if area.width < SMALLEST.0 || area.height <= FIXED {
        return;
    }
    let reading = readings.get(attention.reading_choice);
    let labels = UnitLabel::all(state, &reading.trace, shown);
    let plan = MatrixPlan::new(&labels, zoom, state, shown, matrix, look, area);
    let map = Map {
        columns: &plan.columns,
        look,
        scale: attention.scale,
        largest: matrix.largest,
        is_signed: shown.map.options.measure.is_signed(),
        margin: if plan.rows_a_line == 1 {
            Margin::new(shown, true)
        } else {
            Margin { hides: false, has_biases: false, marked: &[] }
        },
        row_height: 1,
    };
    let view = MatrixDrawing { reading, attention, shown, matrix, labels: &labels, plan: &plan, map: &map };
    view.draw(state, readings, area, canvas);
}

/// How the room is shared out.
struct MatrixPlan {
    /// Whether each cell has its number.
    numbers: bool,
    columns: Columns,
    /// What stands above the columns.
    headings: Vec<UnitLabel>,
    /// The rows in the order they are drawn, by their label's number; none is a blank between two sentences.
    slots: Vec<Option<usize>>,
    /// Rows in one line: one, or two as half blocks.
    rows_a_line: usize,
    /// The lines of the map that are in view.
    seen: Range<usize>,
    /// Lines for names that stand upright above columns too narrow for them.
    upright: u16,
}

impl MatrixPlan {
    fn new(
        labels: &[UnitLabel],
        zoom: Zoom,
        state: &State,
        shown: &Shown,
        matrix: &AttentionMatrix,
        look: &Look,
        area: Rect,
    ) -> Self {
        let attention = &state.attention;
        let lines = usize::from(area.height - FIXED);
        let slots = slots(labels);
        let longest = labels.iter().map(|label| cells(&label.text)).max().unwrap_or(0) as u16;
        let margin = Margin::new(shown, true).width();
        let x = |rows_a_line: usize| match rows_a_line {
            1 => area.x + longest.min(WIDEST_NAME) + 2..area.right() - margin,
            _ => area.x + (2 * longest + 1).min(WIDEST_NAME) + 2..area.right() - EFFECTIVE,
        };
        let place = |unit| shown.columns.partition_point(|&column| column < unit);
        let (row, column) = (place(shown.map.source), place(shown.units.unit_of(attention.token)));

        let columns = Columns::numbers(labels, column, x(1));
        let fits = columns.is_whole() && slots.len() <= lines;
        let numbers = match zoom {
            _ if state.is_projected => true,
            Zoom::Fit => fits,
            Zoom::Other => !fits,
        };
        let rows_a_line = if numbers || slots.len() <= lines || !look.theme.has_color() { 1 } else { 2 };
        let (source, cursor) = (shown.map.source, shown.units.unit_of(attention.token));
        let (columns, headings) = match numbers {
            _ if state.is_projected => Columns::of_strongest(labels, &matrix.rows, source, cursor, x(1)),
            true => (columns, labels.to_vec()),
            false => (Columns::blocks(labels, column, x(rows_a_line)), labels.to_vec()),
        };
        let slot = slots.iter().position(|&slot| slot >= Some(row)).unwrap_or(slots.len().saturating_sub(1));
        let count = slots.len().div_ceil(rows_a_line);
        let seen = window(&vec![1; count], slot / rows_a_line, lines);
        let upright = if numbers { 0 } else { ticks::height(&columns, labels, (lines - seen.len()) as u16) };
        Self { numbers, columns, headings, slots, rows_a_line, seen, upright }
    }

    /// The rows of each line in view.
    fn lines(&self) -> impl Iterator<Item = &[Option<usize>]> {
        self.slots.chunks(self.rows_a_line).skip(self.seen.start).take(self.seen.len())
    }

    /// The rows in view.
    fn rows(&self) -> Range<usize> {
        let mut rows = self.lines().flatten().flatten().copied();
        let first = rows.next().unwrap_or(0);
        first..rows.last().unwrap_or(first) + 1
    }
}

/// The rows in the order they are drawn, with a blank between two sentences.
fn slots(labels: &[UnitLabel]) -> Vec<Option<usize>> {
    let mut slots: Vec<_> = (0..labels.len()).map(Some).collect();
    if let Some(second) = UnitLabel::second_sentence(labels) {
        slots.insert(second, None);
    }
    slots
}

/// What is drawn, and where.
struct MatrixDrawing<'a> {
    reading: &'a Reading,
    attention: &'a AttentionState,
    shown: &'a Shown,
    matrix: &'a AttentionMatrix,
    labels: &'a [UnitLabel],
    plan: &'a MatrixPlan,
    map: &'a Map<'a>,
}

impl MatrixDrawing<'_> {
    fn draw(&self, state: &State, readings: &Readings, area: Rect, canvas: &mut Canvas) {
        let Self { plan, map, shown, .. } = self;
        map.caption(&self.about(state, readings), Rect { height: 1, ..area }, canvas);
        let header = area.y + 1 + plan.upright;
        self.header(header, canvas);
        map.margin_header(header, canvas);

        let top = header + 1;
        let end = top + plan.seen.len() as u16;
        for (slots, y) in plan.lines().zip(top..) {
            self.names(slots, area.x, y, canvas);
            self.line(slots, y, canvas);
            let first = slots.iter().flatten().next().map(|&row| shown.units.tokens(self.labels[row].unit).start);
            canvas
                .on_click(Rect { y, height: 1, ..area }, ClickTarget::At(Place { source: first, ..Place::default() }));
        }
        plan.columns.on_click(shown, header..end, canvas);
        let rows = plan.rows();
        map.beyond(rows.start > 0, top, rows.end < self.labels.len(), end - 1, canvas);

        let (row, room) = (&self.matrix.rows[shown.map.source], usize::from(area.width - 2));
        let detail = captions::detail(self.reading, self.attention, shown, row, true, room);
        canvas.set_string(area.x + 1, end, detail, map.look.theme.text);
    }

    /// What is shown: which layer, through which heads, in which reading, and which part of it is in view.
    fn about(&self, state: &State, readings: &Readings) -> String {
        let (options, layer) = (self.shown.map.options, self.attention.layer);
        let is_ablated = state.is_off(layer, self.attention.head());
        let what = [
            message!("matrix-layer", layer = layer + 1),
            captions::heads(options, self.reading.trace.heads),
            if is_ablated { message!("matrix-ablated") } else { String::new() },
            captions::reading(readings, self.attention),
        ];
        let rows = captions::rows_in_view(&self.plan.rows(), self.labels.len());
        let in_view = [captions::tokens_in_view(&self.plan.columns), rows];
        joined(what.into_iter().chain(captions::settings(options)).chain(in_view))
    }

    /// The unit under the cursor, if that is in this row.
    fn cursor(&self, row: usize) -> Option<usize> {
        (self.labels[row].unit == self.shown.map.source).then(|| self.shown.units.unit_of(self.attention.token))
    }

    fn header(&self, y: u16, buffer: &mut Buffer) {
        let (columns, look) = (&self.plan.columns, self.map.look);
        let (cursor, source) = (self.shown.units.unit_of(self.attention.token), self.shown.map.source);
        if self.plan.numbers {
            columns.header(&self.plan.headings, cursor, source, look, y, buffer);
        } else {
            let ticks = Ticks { columns, labels: self.labels, cursor, source, look };
            ticks.names(y - self.plan.upright..y, buffer);
            ticks.line(self.plan.upright == 0, y, buffer);
        }
    }

    /// The names of a line's rows, flush with the map, and marks where the cursor is.
    fn names(&self, slots: &[Option<usize>], x: u16, y: u16, buffer: &mut Buffer) {
        let Some(map_x) = self.plan.columns.visible.first().map(|column| column.x) else { return };
        let look = self.map.look;
        let labels: Vec<&UnitLabel> = slots.iter().flatten().map(|&row| &self.labels[row]).collect();
        let area = Rect { x: x + 1, y, width: map_x - x - 2, height: 1 };
        let names: Vec<&str> = labels.iter().map(|label| label.text.as_str()).collect();
        let mut spans = Vec::new();
        for (name, label) in share_out(&names, usize::from(area.width)).into_iter().zip(&labels) {
            if !spans.is_empty() {
                spans.push(Span::raw(" "));
            }
            spans.push(Span::styled(name, label.style(self.shown.map.source, look)));
        }
        Line::from(spans).right_aligned().render(area, buffer);

        if let Some(half) = slots.iter().position(|slot| slot.is_some_and(|row| self.cursor(row).is_some())) {
            buffer.set_string(x, y, "▸", look.theme.accent);
            if self.plan.rows_a_line == 2 {
                let sign = ["▀", "▄"][half];
                buffer.set_string(map_x - 1, y, sign, look.theme.accent);
                buffer.set_string(self.plan.columns.end(), y, sign, look.theme.accent);
            }
        }
    }

    /// The weights of a line's rows, and what is right of them.
    fn line(&self, slots: &[Option<usize>], y: u16, buffer: &mut Buffer) {
        let map = self.map;
        let at = [0, 1].map(|half| slots.get(half).copied().flatten());
        let rows = at.map(|row| row.map(|row| &self.matrix.rows[self.labels[row].unit]));
        let cursors = at.map(|row| row.and_then(|row| self.cursor(row)));
        if self.plan.rows_a_line == 2 {
            map.blocks(rows, cursors, y, buffer);
            map.half_margin(rows, y, buffer);
        } else if let ([Some(row), _], [cursor, _]) = (rows, cursors) {
            match self.plan.numbers {
                true => map.weights(row, cursor, y, buffer),
                false if map.look.theme.has_color() => map.blocks([Some(row); 2], [cursor; 2], y, buffer),
                false => map.shades(row, cursor, y, buffer),
            }
            map.margin(row, cursor.is_some(), y, buffer);
        }
    }
}

/// Shortens one or two names so that they fit in `room` cells with a blank between; neither gets less than half of it
/// for the other's sake.
fn share_out<'a>(names: &[&'a str], room: usize) -> Vec<Cow<'a, str>> {
    match names {
        &[first, second] => {
            let room = room.saturating_sub(1);
            let second = shorten(second, room - cells(first).min(room / 2));
            vec![shorten(first, room - cells(&second)), second]
        }
        names => names.iter().map(|name| shorten(name, room)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::share_out;

    #[test]
    fn two_names_share_the_room() {
        assert_eq!(share_out(&["[CLS]", "the"], 14), ["[CLS]", "the"]);
        assert_eq!(share_out(&["misunderstood", "and"], 14), ["misunders…", "and"]);
        assert_eq!(share_out(&["and", "misunderstood"], 14), ["and", "misunders…"]);
        assert_eq!(share_out(&["children", "misunderstood"], 14), ["child…", "misund…"]);
        assert_eq!(share_out(&["it", "was"], 0), ["", ""]);
    }
}

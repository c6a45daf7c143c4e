//! The three matrices side by side, or the difference alone where there is no room for three.

use std::ops::Range;

use ratatui::layout::Rect;

use super::{
    ComparisonDrawing, Panel,
    cell::{CellValue, Spot},
};
use crate::{
    state::{ClickTarget, Place},
    widgets::{
        canvas::Canvas,
        cells::halves,
        columns::{Columns, UnitLabel, window},
        heat_map,
        text::{cells, shorten},
        ticks::{self, Ticks},
    },
};

/// The most cells the names of a line take; longer ones are cut with `…`.
const WIDEST_NAME: u16 = 14;
/// Between two matrices.
const GAP: u16 = 2;
/// Fewer columns of long inputs than this are not worth a matrix.
const FEWEST: u16 = 18;
/// The narrowest column with a number, and the largest cell.
const NUMBER: u16 = 4;
const LARGEST: (u16, u16) = (6, 3);

/// How the room is shared out.
struct MapsPlan {
    sides: &'static [Panel],
    /// Cells the names take, with a mark before and a blank after.
    names: u16,
    /// Cells each matrix has.
    room: u16,
    /// How wide a column is.
    width: u16,
    /// Lines a row takes.
    height: u16,
    /// Rows in one line: one, or two as half blocks.
    rows_a_line: usize,
    numbers: bool,
    /// The lines of rows that are in view.
    seen: Range<usize>,
    /// Lines above the rows: titles, upright names, a header or ticks.
    above: [u16; 3],
}

impl ComparisonDrawing<'_> {
    fn plan(&self, area: Rect) -> Option<MapsPlan> {
        let count = self.names.labels.len() as u16;
        let longest = self.names.labels.iter().map(|label| cells(&self.names.of(label.unit))).max()? as u16;
        let room = |names: u16, sides: usize| area.width.saturating_sub(names) / sides as u16 - GAP;
        let one_name = longest.min(WIDEST_NAME) + 2;
        // Without colour a sign and a shade, if there is room for them.
        let narrowest = if self.look.theme.has_color() { 1 } else { 2 };
        let three = room(WIDEST_NAME + 2, 3) >= count.min(FEWEST) * narrowest;
        let sides = if three && !self.is_projected { &Panel::ALL[..] } else { &Panel::ALL[2..] };
        let title = u16::from(sides.len() == 3);
        let lines = area.height.checked_sub(title + 1).filter(|lines| *lines > 0)?;

        let fits = room(one_name, sides.len()) >= NUMBER * count && lines >= count;
        let numbers = fits || self.is_projected;
        let rows_a_line = if numbers || lines >= count || !self.look.theme.has_color() { 1 } else { 2 };
        let names = if rows_a_line == 1 { one_name } else { (2 * longest + 1).min(WIDEST_NAME) + 2 };
        let room = room(names, sides.len());
        // As large as fits, and about as wide as high: a line is as high as two cells are wide.
        let widest = (room / count.max(1)).min(LARGEST.0);
        let highest = (lines / count.max(1)).min(LARGEST.1).min(widest.div_ceil(2)).max(1);
        let (width, height) = match rows_a_line {
            1 if numbers => (widest.max(NUMBER), highest),
            1 => (widest.min(2 * highest + 1).max(1), highest),
            _ => (widest.clamp(1, 2), 1),
        };
        let chunks = usize::from(count).div_ceil(rows_a_line);
        let seen = window(&vec![1; chunks], self.at(self.row) / rows_a_line, usize::from(lines / height));
        let (columns, _) = self.columns(width, 0..room);
        let spare = lines - seen.len() as u16 * height;
        let upright = if numbers { 0 } else { ticks::height(&columns, &self.names.labels, spare) };
        Some(MapsPlan { sides, names, room, width, height, rows_a_line, numbers, seen, above: [title, upright, 1] })
    }

    /// And what stands above them.
    fn columns(&self, width: u16, x: Range<u16>) -> (Columns, Vec<UnitLabel>) {
        match self.is_projected {
            true => self.strongest(&self.names.labels, x),
            false => (
                Columns::even(&self.names.labels, usize::from(width), self.at(self.column), x),
                self.names.labels.clone(),
            ),
        }
    }

    pub(super) fn maps(&self, area: Rect, canvas: &mut Canvas) {
        let Some(plan) = self.plan(area) else { return };
        let [title, upright, ticks] = plan.above;
        let top = area.y + title + upright + ticks;
        let labels = &self.names.labels;
        let chunks: Vec<Vec<usize>> =
            labels.chunks(plan.rows_a_line).map(|chunk| chunk.iter().map(|label| label.unit).collect()).collect();
        let rows = || chunks[plan.seen.clone()].iter().zip((top..).step_by(usize::from(plan.height)));
        let end = top + plan.seen.len() as u16 * plan.height;

        let mut x = area.x + plan.names;
        for (pairs, y) in rows() {
            self.row_names(pairs, &plan, area.x, y, canvas);
        }
        let (first, _) = self.columns(plan.width, x..x + plan.room);
        if let Some(column) = first.visible.first() {
            let (above, below) = (plan.seen.start > 0, plan.seen.end < chunks.len());
            heat_map::beyond(above.then_some(top), below.then_some(end - 1), self.look, column.x - 1, canvas);
        }
        for &side in plan.sides {
            let (columns, headings) = self.columns(plan.width, x..x + plan.room);
            x += plan.room + GAP;
            let Some(left) = columns.visible.first().map(|column| column.x) else { continue };
            if title > 0 {
                canvas.set_string(left, area.y, side.name(), self.look.theme.heading);
            }
            let header = top - 1;
            if plan.numbers {
                columns.header(&headings, self.column, self.row, self.look, header, canvas);
            } else {
                let ticks = Ticks { columns: &columns, labels, cursor: self.column, source: self.row, look: self.look };
                ticks.names(header - upright..header, canvas);
                ticks.line(upright == 0, header, canvas);
            }
            for (pairs, y) in rows() {
                self.row(side, pairs, &columns, &plan, y, canvas);
                if let Some(source) = pairs.iter().find_map(|&pair| self.compared.token(pair)) {
                    let line = Rect { x: left, y, width: columns.end() - left, height: plan.height };
                    canvas.on_click(line, ClickTarget::At(Place { source: Some(source), ..Place::default() }));
                }
            }
            for &column in &columns.visible {
                self.on_click_column(column, header, end - header, canvas);
            }
        }
    }

    /// The names of a line's rows, flush with the first matrix, and a mark where the cursor is.
    fn row_names(&self, pairs: &[usize], plan: &MapsPlan, x: u16, y: u16, canvas: &mut Canvas) {
        let room = usize::from(plan.names - 2);
        let y = y + (plan.height - 1) / 2;
        let names: Vec<String> = pairs.iter().map(|&pair| self.names.of(pair)).collect();
        let names = share_out(&names, room);
        let used = names.iter().map(|name| cells(name) + 1).sum::<usize>() as u16;
        let mut at = x + plan.names - used;
        for (name, &pair) in names.iter().zip(pairs) {
            let label = &self.names.labels[self.at(pair)];
            canvas.set_string(at, y, name, label.style(self.row, self.look));
            at += cells(name) as u16 + 1;
        }
        if let Some(half) = pairs.iter().position(|&pair| pair == self.row) {
            canvas.set_string(x, y, "▸", self.look.theme.accent);
            if plan.rows_a_line == 2 {
                canvas.set_string(x + plan.names - 1, y, ["▀", "▄"][half], self.look.theme.accent);
            }
        }
    }

    /// One line of a matrix.
    fn row(&self, side: Panel, pairs: &[usize], columns: &Columns, plan: &MapsPlan, y: u16, canvas: &mut Canvas) {
        let theme = &self.look.theme;
        let tops: Vec<f32> = pairs.iter().map(|&row| self.top(side, row)).collect();
        let is_cursor = |row: usize, column: usize| (row, column) == (self.row, self.column);
        for &column in &columns.visible {
            let value = |row: usize| self.value(side, row, columns.units(&column));
            if plan.rows_a_line == 2 {
                let color = |half: usize| match pairs.get(half) {
                    // The colour of the cursor is one of the differences' own.
                    Some(&row) if is_cursor(row, column.unit) && side == Panel::Difference => theme.special.fg,
                    Some(&row) if is_cursor(row, column.unit) => theme.cursor.bg,
                    Some(&row) => value(row).map(|value| value.color(tops[half], self.look)),
                    None => None,
                };
                let [upper, lower] = [0, 1].map(|half| color(half).unwrap_or(theme.background()));
                let (symbol, style) = halves(upper, lower);
                canvas.set_string(column.x, y, symbol.repeat(usize::from(column.width)), style);
                continue;
            }
            let (row, top) = (pairs[0], tops[0]);
            let spot = Spot { column, y, height: plan.height, cursor: is_cursor(row, column.unit) };
            let paint = if plan.numbers { CellValue::paint_number } else { CellValue::paint };
            match value(row) {
                Some(value) => paint(value, top, spot, self.look, canvas),
                None => (y..y + plan.height).for_each(|y| {
                    canvas.set_string(column.x, y, "╱".repeat(usize::from(column.width)), theme.border);
                }),
            }
        }
    }
}

/// Shortens one or two names so that they fit in `room` cells with a blank between; neither gets less than half of it
/// for the other's sake.
fn share_out(names: &[String], room: usize) -> Vec<String> {
    match names {
        [first, second] => {
            let room = room.saturating_sub(1);
            let second = shorten(second, room - cells(first).min(room / 2));
            vec![shorten(first, room - cells(&second)).into_owned(), second.into_owned()]
        }
        names => names.iter().map(|name| shorten(name, room).into_owned()).collect(),
    }
}

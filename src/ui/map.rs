//! A heat map over the tokens: its caption with the legend, and its rows.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Modifier, Style},
};

use super::{Look, cells, columns::Columns, text::shorten};
use crate::{analysis::AttentionRow, app::Scale};

/// `▸layer 12 ` left of the map.
pub(super) const LABEL: u16 = 10;
/// ` 10.7 13.1` right of it.
pub(super) const SPREAD: u16 = 10;
/// `   62 %` right of that, where something is hidden.
pub(super) const HIDDEN: u16 = 8;

/// Rows of weights over the same columns, under one scale.
pub(super) struct Map<'a> {
    pub columns: &'a Columns,
    pub look: &'a Look,
    /// What the top of the colour scale stands for.
    pub scale: Scale,
    /// The largest weight of all rows.
    pub largest: f32,
    /// Whether some attention is hidden.
    pub hides: bool,
    /// Lines each row takes.
    pub row_height: u16,
}

impl Map<'_> {
    /// What the map shows, and at its right end the legend of its colours.
    pub(super) fn caption(&self, text: &str, area: Rect, buffer: &mut Buffer) {
        let steps: u16 = if area.width < 80 { 2 } else { 4 }; // cells between two numbers
        let (top, unit) = match self.scale {
            Scale::View => (self.largest, " %"),
            Scale::Row => (1.0, " % of row"),
            Scale::Fixed => (1.0, " %"),
        };
        let numbers = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| legend_number(cells::weight_at(share, top)));
        let legend = numbers.iter().map(|number| number.len() as u16 + 2).sum::<u16>() + 4 * steps + unit.len() as u16 - 2;
        let text = shorten(text, usize::from(area.width.saturating_sub(legend + 3)));
        let (end, _) = buffer.set_stringn(area.x + 1, area.y, text, usize::from(area.width), self.look.theme.heading);
        // Flush with the map, unless the text or the screen's edge is in the way.
        let map_end = self.columns.end() + SPREAD + if self.hides { HIDDEN } else { 0 };
        let mut x = map_end.saturating_sub(legend).max(end + 2).min(area.right().saturating_sub(legend));
        for (quarter, number) in numbers.iter().enumerate() {
            let last = quarter + 1 == numbers.len();
            let number = format!("{number}{}", if last { unit } else { "" });
            (x, _) = buffer.set_stringn(x, area.y, number, usize::from(area.right() - x), self.look.theme.dim);
            for step in 0..if last { 0 } else { steps } {
                let share = (quarter as f32 + (f32::from(step) + 0.5) / f32::from(steps)) / 4.0;
                let (symbol, style) = if self.look.theme.has_color() {
                    (" ", Style::new().bg(self.look.theme.sequential(share)))
                } else {
                    (cells::shade(share), self.look.theme.text)
                };
                buffer.set_string(x + 1 + step, area.y, symbol, style);
            }
            x += steps + 2;
        }
    }

    /// One row: its name, its weights with their numbers, and how far they are spread. `cursor` is the unit
    /// under the cursor, if that is in this row.
    pub(super) fn row(
        &self,
        name: &str,
        row: &AttentionRow,
        selected: bool,
        cursor: Option<usize>,
        y: u16,
        buffer: &mut Buffer,
    ) {
        let middle = y + (self.row_height - 1) / 2;
        self.label(name, selected, middle, buffer);
        let top = self.top(row);
        for &column in &self.columns.visible {
            let weight = row.weights[column.unit];
            let cursor = cursor == Some(column.unit);
            let cell = cells::Cell { column, y, height: self.row_height, weight, top, cursor };
            cells::paint(self.look, cell, buffer);
        }
        let style = if selected { self.look.theme.text } else { self.look.theme.dim };
        let end = self.columns.end();
        buffer.set_string(end + 1, middle, format!("{:>7.1}", row.effective_tokens), style);
        if self.hides {
            buffer.set_string(end + SPREAD, middle, format!("{:>5.0} %", row.hidden * 100.0), style);
        }
    }

    /// Two rows in one line, as half blocks, and how far each is spread; their weights in colour only.
    pub(super) fn half_rows(&self, upper: &AttentionRow, lower: Option<&AttentionRow>, y: u16, buffer: &mut Buffer) {
        for column in &self.columns.visible {
            let color =
                |row: &AttentionRow| self.look.theme.sequential(cells::share(row.weights[column.unit], self.top(row)));
            let style = Style::new().fg(color(upper)).bg(lower.map_or(self.look.theme.background(), color));
            buffer.set_string(column.x, y, "▀".repeat(usize::from(column.width)), style);
        }
        let spread = |row: &AttentionRow| match row.effective_tokens {
            tokens if tokens < 99.95 => format!("{tokens:>4.1}"),
            tokens => format!("{tokens:>4.0}"),
        };
        let both = format!("{} {}", spread(upper), lower.map(spread).unwrap_or_default());
        buffer.set_string(self.columns.end() + 1, y, both, self.look.theme.dim);
    }

    /// Above the numbers right of the map.
    pub(super) fn margin_header(&self, y: u16, buffer: &mut Buffer) {
        let text = if self.hides { " spread   hidden" } else { " spread" };
        buffer.set_string(self.columns.end() + 1, y, text, self.look.theme.heading);
    }

    /// The weight at the top of a row's scale.
    fn top(&self, row: &AttentionRow) -> f32 {
        match self.scale {
            Scale::View => self.largest,
            Scale::Row => row.weights.iter().copied().fold(0.0, f32::max),
            Scale::Fixed => 1.0,
        }
    }

    /// A row's name, marked when it is the one chosen.
    pub(super) fn label(&self, name: &str, selected: bool, y: u16, buffer: &mut Buffer) {
        let Some(first) = self.columns.visible.first() else { return };
        let style = if selected { self.look.theme.accent.add_modifier(Modifier::BOLD) } else { self.look.theme.dim };
        let marker = if selected { "▸" } else { " " };
        buffer.set_string(first.x - LABEL, y, format!("{marker}{name}"), style);
    }
}

/// A weight in percent; with a decimal where whole numbers would not tell it from 0.
fn legend_number(weight: f32) -> String {
    let percent = weight * 100.0;
    if percent > 0.0 && percent < 1.0 { format!("{percent:.1}") } else { format!("{percent:.0}") }
}

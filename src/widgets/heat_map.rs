//! A heat map over the tokens: its caption with the legend, and its rows.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Modifier, Style},
};

use super::{
    Look, cells,
    columns::Columns,
    text::{cells as cells_of, or_dash, shorten_parts},
};
use crate::{
    analysis::{AttentionRow, Specials},
    messages::{Label, label},
    state::{Scale, Shown},
};

/// `▸layer 12 ` left of the map.
pub(crate) const LABEL: u16 = 10;
/// ` 10.7 13.1` right of it: effective tokens.
pub(crate) const EFFECTIVE: u16 = 10;
/// `   62 %` right of that, where something is hidden.
const HIDDEN: u16 = 8;
/// `   62 %` right of that, where something is marked.
const MARKED: u16 = 8;

/// `   62 %` right of that, where a row has a share of no token.
const BIASES: u16 = 8;

/// What stands right of a map.
#[derive(Clone, Copy)]
pub(crate) struct Margin<'a> {
    /// Whether some attention is hidden.
    pub hides: bool,
    /// Whether rows have a share of no token, the biases.
    pub has_biases: bool,
    /// The units whose attention is summed.
    pub marked: &'a [usize],
}

impl<'a> Margin<'a> {
    /// `looks` says whether rows are what a token looks at, rather than who looks at it.
    pub(crate) fn new(shown: &'a Shown, looks: bool) -> Self {
        let options = shown.map.options;
        let has_biases = looks && !options.measure.extra_columns().is_empty();
        Self { hides: options.specials != Specials::Shown, has_biases, marked: &shown.marked }
    }

    /// Cells it takes.
    pub(crate) fn width(self) -> u16 {
        self.marked_x() + if self.marked.is_empty() { 0 } else { MARKED }
    }

    fn biases_x(self) -> u16 {
        EFFECTIVE + if self.hides { HIDDEN } else { 0 }
    }

    fn marked_x(self) -> u16 {
        self.biases_x() + if self.has_biases { BIASES } else { 0 }
    }
}

/// Rows of weights over the same columns, under one scale.
pub(crate) struct Map<'a> {
    pub columns: &'a Columns,
    pub look: &'a Look,
    /// What the top of the colour scale stands for.
    pub scale: Scale,
    /// The largest weight of all rows.
    pub largest: f32,
    /// Whether weights may be below 0.
    pub is_signed: bool,
    /// What stands right of it.
    pub margin: Margin<'a>,
    /// Lines each row takes.
    pub row_height: u16,
}

impl Map<'_> {
    /// What the map shows, and at its right end the legend of its colours.
    pub(crate) fn caption(&self, text: &str, area: Rect, buffer: &mut Buffer) {
        let end = self.columns.end() + self.margin.width();
        caption(text, &ScaleLegend::new(self.scale, self.largest, self.is_signed, end), self.look, area, buffer);
    }

    /// One row: its name, its weights with their numbers, and its effective tokens. `cursor` is the unit
    /// under the cursor, if that is in this row.
    pub(crate) fn row(
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
        self.weights(row, cursor, y, buffer);
        self.margin(row, selected, middle, buffer);
    }

    /// A row's weights with their numbers. `cursor` is the unit under the cursor, if that is in this row.
    pub(crate) fn weights(&self, row: &AttentionRow, cursor: Option<usize>, y: u16, buffer: &mut Buffer) {
        let top = top(self.scale, self.largest, row);
        for &column in &self.columns.visible {
            let weight = self.columns.weight(row, &column);
            let cursor = cursor == Some(column.unit);
            let cell =
                cells::Cell { column, y, height: self.row_height, weight, top, is_signed: self.is_signed, cursor };
            cells::paint(self.look, cell, buffer);
        }
    }

    /// The effective tokens of a row, and how much of it is hidden.
    pub(crate) fn margin(&self, row: &AttentionRow, selected: bool, y: u16, buffer: &mut Buffer) {
        let style = if selected { self.look.theme.text } else { self.look.theme.dim };
        let end = self.columns.end();
        buffer.set_string(
            end + 1,
            y,
            format!("{:>7}", or_dash(row.effective_tokens(), |tokens| format!("{tokens:.1}"))),
            style,
        );
        if self.margin.hides {
            buffer.set_string(end + EFFECTIVE, y, format!("{:>5.0} %", row.hidden * 100.0), style);
        }
        if let Some(biases) = row.biases.filter(|_| self.margin.has_biases) {
            let text = format!("{:>5} %", cells::percent(biases));
            buffer.set_string(end + self.margin.biases_x(), y, text, style);
        }
        if !self.margin.marked.is_empty() {
            let sum: f32 = self.margin.marked.iter().map(|&unit| row.weights[unit]).sum();
            buffer.set_string(end + self.margin.marked_x(), y, format!("{:>5.0} %", sum * 100.0), style);
        }
    }

    /// Two rows in one line, as half blocks, and the effective tokens of each; their weights in colour only.
    pub(crate) fn half_rows(&self, upper: &AttentionRow, lower: Option<&AttentionRow>, y: u16, buffer: &mut Buffer) {
        self.blocks([Some(upper), lower], [None, None], y, buffer);
        self.half_margin([Some(upper), lower], y, buffer);
    }

    /// The weights of two rows in one line, in colour only; where a row is missing, nothing. `cursors` are the units
    /// under the cursor in each.
    pub(crate) fn blocks(
        &self,
        rows: [Option<&AttentionRow>; 2],
        cursors: [Option<usize>; 2],
        y: u16,
        buffer: &mut Buffer,
    ) {
        let theme = &self.look.theme;
        let tops = rows.map(|row| row.map_or(0.0, |row| top(self.scale, self.largest, row)));
        for column in &self.columns.visible {
            let [upper, lower] = [0, 1].map(|half| match rows[half] {
                None => theme.background(),
                Some(_) if cursors[half] == Some(column.unit) => theme.cursor.bg.unwrap_or(theme.background()),
                Some(row) => cells::heat(theme, self.columns.weight(row, column), tops[half], self.is_signed),
            });
            let (symbol, style) = cells::halves(upper, lower);
            buffer.set_string(column.x, y, symbol.repeat(usize::from(column.width)), style);
        }
    }

    /// The effective tokens of two rows in one line.
    pub(crate) fn half_margin(&self, rows: [Option<&AttentionRow>; 2], y: u16, buffer: &mut Buffer) {
        let tokens = |row: Option<&AttentionRow>| match row.map(AttentionRow::effective_tokens) {
            None => " ".repeat(4),
            Some(tokens) if tokens.is_nan() => format!("{:>4}", "–"),
            Some(tokens) if tokens < 99.95 => format!("{tokens:>4.1}"),
            Some(tokens) => format!("{tokens:>4.0}"),
        };
        buffer.set_string(self.columns.end() + 1, y, rows.map(tokens).join(" "), self.look.theme.dim);
    }

    /// A row's weights as shades, for terminals without colour. `cursor` is the unit under the cursor, if that is in
    /// this row.
    pub(crate) fn shades(&self, row: &AttentionRow, cursor: Option<usize>, y: u16, buffer: &mut Buffer) {
        let top = top(self.scale, self.largest, row);
        for column in &self.columns.visible {
            let width = usize::from(column.width);
            if cursor == Some(column.unit) {
                let sign = if width == 1 { "+" } else { "[]" };
                buffer.set_stringn(column.x, y, sign, width, self.look.theme.cursor);
            } else {
                let (weight, style) = (self.columns.weight(row, column), self.look.theme.text);
                let (text, style) = match self.is_signed {
                    true => cells::signed_shade(cells::signed_share(weight, top), width, style),
                    false => (cells::shade(cells::share(weight, top)).repeat(width), style),
                };
                buffer.set_string(column.x, y, text, style);
            }
        }
    }

    /// Marks at the first and the last line of the map that there are more rows beyond.
    pub(crate) fn beyond(&self, above: bool, first: u16, below: bool, last: u16, buffer: &mut Buffer) {
        let Some(column) = self.columns.visible.first() else { return };
        beyond(above.then_some(first), below.then_some(last), self.look, column.x - 1, buffer);
    }

    /// Above the numbers right of the map.
    pub(crate) fn margin_header(&self, y: u16, buffer: &mut Buffer) {
        let (end, style) = (self.columns.end(), self.look.theme.heading);
        let mut head = |x: u16, width: u16, label: Label| {
            let text = label.text();
            let indent = width.saturating_sub(cells_of(text) as u16);
            buffer.set_stringn(end + x + indent, y, text, usize::from(width - indent), style);
        };
        head(1, EFFECTIVE - 1, label!("widgets-effective-tokens-column"));
        if self.margin.hides {
            head(EFFECTIVE, HIDDEN - 1, label!("widgets-hidden-column"));
        }
        if self.margin.has_biases {
            head(self.margin.biases_x(), BIASES - 1, label!("widgets-biases-column"));
        }
        if !self.margin.marked.is_empty() {
            head(self.margin.marked_x(), MARKED - 1, label!("widgets-marked-column"));
        }
    }

    /// A row's name, marked when it is the one chosen.
    pub(crate) fn label(&self, name: &str, selected: bool, y: u16, buffer: &mut Buffer) {
        let Some(first) = self.columns.visible.first() else { return };
        label(name, selected, self.look, first.x - LABEL, y, buffer);
    }
}

/// The weight at the top of a row's scale; `largest` of all rows. A faint row stays dark, whatever is left of it.
pub(crate) fn top(scale: Scale, largest: f32, row: &AttentionRow) -> f32 {
    match scale {
        _ if row.is_faint() => f32::INFINITY,
        Scale::View => largest,
        Scale::Row => row.weights.iter().map(|weight| weight.abs()).fold(0.0, f32::max),
        Scale::Fixed => 1.0,
    }
}

/// The name left of a row, marked when it is the one chosen.
pub(crate) fn label(name: &str, selected: bool, look: &Look, x: u16, y: u16, buffer: &mut Buffer) {
    let style = if selected { look.theme.accent.add_modifier(Modifier::BOLD) } else { look.theme.dim };
    let marker = if selected { "▸" } else { " " };
    buffer.set_string(x, y, format!("{marker}{name}"), style);
}

/// Marks the lines, if any, above and below which there are more rows.
pub(crate) fn beyond(first: Option<u16>, last: Option<u16>, look: &Look, x: u16, buffer: &mut Buffer) {
    for (y, sign) in [(first, "↑"), (last, "↓")].into_iter().filter_map(|(y, sign)| Some((y?, sign))) {
        buffer.set_string(x, y, sign, look.theme.accent);
    }
}

/// What the colours stand for.
pub(crate) struct ScaleLegend {
    /// The number at their upper end.
    pub top: f32,
    /// Whether the lower end is as far below 0.
    pub is_signed: bool,
    /// Its unit.
    pub unit: &'static str,
    /// Where the map ends on screen.
    pub end: u16,
}

impl ScaleLegend {
    /// Of weights, `largest` of which is the largest on screen.
    pub(crate) fn new(scale: Scale, largest: f32, is_signed: bool, end: u16) -> Self {
        let (top, unit) = match scale {
            Scale::View => (largest, label!("widgets-scale-view")),
            Scale::Row => (1.0, label!("widgets-scale-row")),
            Scale::Fixed => (1.0, label!("widgets-scale-fixed")),
        };
        Self { top: top * 100.0, is_signed, unit: unit.text(), end }
    }
}

/// What is shown, and right of it the legend of its colours.
pub(crate) fn caption(text: &str, legend: &ScaleLegend, look: &Look, area: Rect, buffer: &mut Buffer) {
    let steps: u16 = if area.width < 100 { 2 } else { 4 }; // cells between two numbers
    let place = |quarters: f32| if legend.is_signed { quarters / 2.0 - 1.0 } else { quarters / 4.0 };
    let numbers = [0.0, 1.0, 2.0, 3.0, 4.0].map(|quarters| {
        let share: f32 = place(quarters);
        legend_number(cells::weight_at(share, legend.top).copysign(share))
    });
    let unit_width = cells_of(legend.unit) as u16 + 1;
    let width = numbers.iter().map(|number| cells_of(number) as u16 + 2).sum::<u16>() + 4 * steps + unit_width - 2;
    let text = shorten_parts(text, usize::from(area.width.saturating_sub(width + 3)));
    let (end, _) = buffer.set_stringn(area.x + 1, area.y, text, usize::from(area.width), look.theme.heading);
    // Flush with the map, unless the text or the screen's edge is in the way.
    let mut x = legend.end.saturating_sub(width).max(end + 2).min(area.right().saturating_sub(width));
    for (quarter, number) in numbers.iter().enumerate() {
        let last = quarter + 1 == numbers.len();
        let number = if last { format!("{number} {}", legend.unit) } else { number.clone() };
        (x, _) = buffer.set_stringn(x, area.y, number, usize::from(area.right() - x), look.theme.dim);
        for step in 0..if last { 0 } else { steps } {
            let share = place(quarter as f32 + (f32::from(step) + 0.5) / f32::from(steps));
            let (symbol, style) = match (look.theme.has_color(), legend.is_signed) {
                (true, true) => (" ", Style::new().bg(look.theme.diverging(share))),
                (true, false) => (" ", Style::new().bg(look.theme.sequential(share))),
                (false, _) => (cells::shade(share.abs()), look.theme.text),
            };
            buffer.set_string(x + 1 + step, area.y, symbol, style);
        }
        x += steps + 2;
    }
}

/// A number of the legend; with a decimal where whole numbers would not tell it from 0.
fn legend_number(number: f32) -> String {
    let sign = if number < 0.0 { "−" } else { "" };
    match number.abs() {
        small if small > 0.0 && small < 1.0 => format!("{sign}{small:.1}"),
        number => format!("{sign}{number:.0}"),
    }
}

//! Two matrices of cosines side by side, rows and columns in the same order: with numbers, in cells of two, or, of many
//! sentences, in half blocks.

use std::ops::Range;

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Color, Style},
};

use super::HEADER;
use crate::{
    app::{Aim, App, ListState},
    ui::{
        Look,
        canvas::Canvas,
        cells::{halves, shade},
        columns::window,
        text::cells,
    },
};

/// Between the two.
const GAP: u16 = 2;
/// The widest column with a number.
pub(super) const WIDEST: usize = 7;

/// The narrowest column with a number and a blank: `.83 `, or where some are negative, `-.12 `.
pub(super) fn narrowest(list: &ListState) -> usize {
    let least = (0..2).filter_map(|side| Some(list.side(side)?.range?.0)).fold(0.0, f32::min);
    if least < -0.005 { 5 } else { 4 }
}

/// What a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// A number in so many cells.
    Number(usize),
    /// Colour or shade in two cells.
    Block,
    /// Colour in half a cell.
    Half,
}

/// How the room is shared out.
pub(super) struct Plan {
    form: Form,
    /// Cells each matrix has.
    room: u16,
    /// Rows and columns in view.
    rows: Range<usize>,
    columns: Range<usize>,
}

impl Plan {
    /// `more` rows are taken by what is being typed.
    pub(super) fn new(app: &App, more: usize, look: &Look, area: Rect) -> Self {
        let (list, count) = (&app.list, app.list.rows().len());
        let room = usize::from(area.width.saturating_sub(GAP + 2) / 2);
        let lines = usize::from(area.height.saturating_sub(HEADER));
        let form = match () {
            () if count * narrowest(list) <= room && count + more <= lines => {
                Form::Number((room / count.max(1)).min(WIDEST))
            }
            () if !look.theme.has_color() || 2 * count <= room && count + more <= lines => Form::Block,
            () => Form::Half,
        };
        let (row, column) = (list.row_of(list.line()), list.row_of(list.other()));
        let (high, wide) = match form {
            Form::Number(width) => (lines, room / width),
            Form::Block => (lines, room / 2),
            Form::Half => (2 * lines, room),
        };
        let seen = |at, room| window(&vec![1; count], at, room);
        // A line holds an even row and the one after it, wherever it is scrolled.
        let mut rows = seen(row, high);
        if form == Form::Half && rows.start % 2 == 1 {
            rows = rows.start + 1..(rows.end + 1).min(count);
        }
        Self { form, room: room as u16, rows, columns: seen(column, wide) }
    }

    fn width(&self) -> u16 {
        match self.form {
            Form::Number(width) => width as u16,
            Form::Block => 2,
            Form::Half => 1,
        }
    }

    pub(super) fn draw(&self, app: &App, look: &Look, area: Rect, canvas: &mut Canvas) {
        for side in 0..2 {
            let x = area.x + 1 + side as u16 * (self.room + GAP);
            let range = app.list.side(side).and_then(|side| side.range);
            let matrix = Matrix { plan: self, list: &app.list, side, range, look };
            matrix.draw(Rect { x, width: self.room, ..area }, canvas);
        }
    }
}

/// One of the two.
struct Matrix<'a> {
    plan: &'a Plan,
    list: &'a ListState,
    side: usize,
    /// What the ends of the colour scale stand for.
    range: Option<(f32, f32)>,
    look: &'a Look,
}

impl Matrix<'_> {
    fn draw(&self, area: Rect, canvas: &mut Canvas) {
        let (plan, list, theme) = (self.plan, self.list, &self.look.theme);
        self.header(area, canvas);
        let top = area.y + HEADER;
        let width = plan.width();
        for (column, x) in plan.columns.clone().zip((area.x..).step_by(usize::from(width))) {
            let other = list.rows()[column];
            if let (Form::Number(width), false) = (plan.form, list.side(self.side).is_none()) {
                let style = if other == list.other() { theme.accent } else { theme.dim };
                canvas.set_string(x, top - 1, format!("{:>1$} ", other + 1, width - 1), style);
            } else if other == list.other() {
                canvas.set_string(x, top - 1, "▾", theme.accent);
            }
            let line = Rect { x, y: top - 1, width, height: area.height.saturating_sub(HEADER - 1) };
            canvas.on_click(line, Aim::Pair { line: None, other: Some(other) });
        }
        let step = if plan.form == Form::Half { 2 } else { 1 };
        for (row, y) in plan.rows.clone().step_by(step).zip(top..area.bottom()) {
            let lines = [Some(list.rows()[row]), list.rows().get(row + 1).copied().filter(|_| row + 1 < plan.rows.end)];
            self.row(lines, (area.x, y), canvas);
            if plan.form == Form::Half && lines.contains(&Some(list.line())) {
                canvas.set_string(area.x - 1, y, if lines[0] == Some(list.line()) { "▀" } else { "▄" }, theme.accent);
            }
            let place = Rect { x: area.x, y, width: plan.columns.len() as u16 * width, height: 1 };
            canvas.on_click(place, Aim::Pair { line: lines[0], other: None });
        }
    }

    /// The pooling, and what its colours stand for.
    fn header(&self, area: Rect, buffer: &mut Buffer) {
        let Self { list, side, range, look, .. } = *self;
        let name = list.poolings()[side].to_string();
        buffer.set_stringn(area.x, area.y, &name, usize::from(area.width), look.theme.heading);
        let Some((least, greatest)) = range else { return };
        let (least, greatest) = (format!("{least:.2} "), format!(" {greatest:.2}"));
        let width = cells(&name) + 2 + cells(&least) + cells(&greatest);
        let steps = usize::from(area.width).saturating_sub(width).min(8);
        if steps < 3 {
            return;
        }
        let mut x = area.x + cells(&name) as u16 + 2;
        (x, _) = buffer.set_stringn(x, area.y, least, 8, look.theme.dim);
        for step in 0..steps {
            let share = (step as f32 + 0.5) / steps as f32;
            let (symbol, style) = match look.theme.has_color() {
                true => (" ", Style::new().bg(look.theme.sequential(share))),
                false => (shade(share), look.theme.text),
            };
            buffer.set_string(x + step as u16, area.y, symbol, style);
        }
        buffer.set_stringn(x + steps as u16, area.y, greatest, 8, look.theme.dim);
    }

    /// One line: a row, or two in half blocks.
    fn row(&self, lines: [Option<usize>; 2], (x, y): (u16, u16), buffer: &mut Buffer) {
        let Self { plan, list, side, range, look } = *self;
        let (theme, width) = (&look.theme, plan.width());
        for (column, x) in plan.columns.clone().zip((x..).step_by(usize::from(width))) {
            let other = list.rows()[column];
            let cosine = |line: Option<usize>| list.cosine(side, line?, other);
            let is_cursor = |line: Option<usize>| line == Some(list.line()) && other == list.other();
            let here = is_cursor(lines[0]);
            match plan.form {
                Form::Half => {
                    let [upper, lower] = lines.map(|line| match cosine(line) {
                        _ if is_cursor(line) => theme.cursor.bg.unwrap_or(theme.background()),
                        None => theme.background(),
                        Some(cosine) => color(look, cosine, range),
                    });
                    let (symbol, style) = halves(upper, lower);
                    buffer.set_string(x, y, symbol, style);
                }
                Form::Block => {
                    let (symbol, style) = match cosine(lines[0]) {
                        _ if here => ("[]", theme.cursor),
                        None => ("╱╱", theme.border),
                        Some(cosine) if theme.has_color() => ("  ", Style::new().bg(color(look, cosine, range))),
                        Some(cosine) => (shade(share(cosine, range)), theme.text),
                    };
                    buffer.set_string(x, y, symbol.repeat(2 / cells(symbol).max(1)), style);
                }
                Form::Number(width) => {
                    let (text, style) = match cosine(lines[0]) {
                        None => ("–".to_owned(), theme.border),
                        Some(cosine) if theme.has_color() => {
                            let background = color(look, cosine, range);
                            (number(cosine, width), Style::new().bg(background).fg(theme.on(background)))
                        }
                        Some(cosine) => (number(cosine, width), theme.text),
                    };
                    let style = if here { theme.cursor } else { style };
                    let text = format!("{text:>0$} ", width - 1);
                    buffer.set_string(x, y, text, style);
                }
            }
        }
    }
}

/// How far up the scale of the other pairs a cosine stands, 0 to 1.
fn share(cosine: f32, range: Option<(f32, f32)>) -> f32 {
    match range {
        Some((least, greatest)) if greatest > least => ((cosine - least) / (greatest - least)).clamp(0.0, 1.0),
        Some((least, _)) if cosine <= least => 0.5,
        _ => 1.0,
    }
}

fn color(look: &Look, cosine: f32, range: Option<(f32, f32)>) -> Color {
    look.theme.sequential(share(cosine, range))
}

/// Two decimals in `width - 1` cells: `.83`, `-.12`, `1.0`; with the zero where there is room.
fn number(cosine: f32, width: usize) -> String {
    let text = format!("{cosine:.2}");
    let text = if text == "-0.00" { "0.00".to_owned() } else { text };
    match cells(&text) < width {
        true => text,
        false if cosine.abs() >= 0.995 => text[..text.len() - 1].trim_end_matches('.').to_owned(),
        false => text.replacen("0.", ".", 1),
    }
}

#[cfg(test)]
mod tests {
    use super::{number, share};

    #[test]
    fn numbers_fit_their_columns() {
        for cosine in [1.0, 0.999, 0.994, 0.5, 0.0, -0.001, -0.004, -0.12, -0.994, -0.999, -1.0] {
            let narrowest = if cosine < -0.005 { 5 } else { 4 };
            for width in narrowest..=7 {
                assert!(number(cosine, width).len() < width, "{cosine} {width} {}", number(cosine, width));
            }
        }
        assert_eq!([number(0.831, 4), number(-0.12, 5), number(1.0, 4)], [".83", "-.12", "1.0"].map(str::to_owned));
        assert_eq!([number(0.831, 6), number(-0.12, 6), number(1.0, 6)], ["0.83", "-0.12", "1.00"].map(str::to_owned));
    }

    #[test]
    fn the_scale_is_that_of_the_other_pairs() {
        assert_eq!(share(0.5, Some((0.25, 0.75))), 0.5);
        assert_eq!(share(1.0, Some((0.25, 0.75))), 1.0);
        assert_eq!(share(0.3, Some((0.3, 0.3))), 0.5);
        assert_eq!(share(1.0, None), 1.0);
    }
}

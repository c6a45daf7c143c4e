//! Two matrices of cosines side by side, rows and columns in the same order, each row on the line of its sentence: with
//! numbers or, of many sentences, colours or shades alone.

use std::ops::Range;

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Color, Style},
};

use super::HEADER;
use crate::{
    analysis::decimal,
    messages::message,
    state::{ClickTarget, ListState, State},
    widgets::{Look, canvas::Canvas, cells::shade, columns::window, text::cells},
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
enum CellForm {
    /// A number in so many cells.
    Number(usize),
    /// Colour or shade in one cell or two.
    Shade(usize),
}

/// How the room is shared out.
pub(super) struct MatricesPlan {
    form: CellForm,
    /// Cells each matrix has.
    room: u16,
    /// Rows and columns in view.
    rows: Range<usize>,
    columns: Vec<usize>,
    /// Whether the columns are the closest sentences, rather than a stretch of them.
    is_closest: bool,
}

impl MatricesPlan {
    /// `rows` are those in view, with one that is being typed.
    pub(super) fn new(state: &State, rows: Range<usize>, area: Rect) -> Self {
        let (list, count) = (&state.list, state.list.rows().len());
        let room = usize::from(area.width.saturating_sub(GAP + 2) / 2);
        let (form, width) = match room / count.max(1) {
            _ if state.is_projected => (CellForm::Number(WIDEST), WIDEST),
            wide if wide >= narrowest(list) => (CellForm::Number(wide.min(WIDEST)), wide.min(WIDEST)),
            wide => (CellForm::Shade(wide.clamp(1, 2)), wide.clamp(1, 2)),
        };
        let is_closest = state.is_projected && room / width < count;
        let columns = match is_closest {
            true => closest(list, room / width),
            false => window(&vec![1; count], list.row_of(list.other()), room / width).collect(),
        };
        Self { form, room: room as u16, rows: rows.start..rows.end.min(count), columns, is_closest }
    }

    fn width(&self) -> u16 {
        match self.form {
            CellForm::Number(width) | CellForm::Shade(width) => width as u16,
        }
    }

    /// `rows 1–40, columns 1–35 of 1000 sentences` where not all are in view.
    pub(super) fn position(&self, state: &State) -> Option<String> {
        let count = state.list.rows().len();
        let part = |seen: &Range<usize>| (seen.len() < count).then(|| format!("{}–{}", seen.start + 1, seen.end));
        if self.is_closest {
            return Some(message!("sentences-closest-in-view", seen = self.columns.len(), count = count));
        }
        let first = self.columns.first().copied().unwrap_or(0);
        match (part(&self.rows), part(&(first..first + self.columns.len()))) {
            (None, None) => None,
            (Some(rows), None) => Some(message!("sentences-rows-in-view", rows = rows, count = count)),
            (None, Some(columns)) => Some(message!("sentences-columns-in-view", columns = columns, count = count)),
            (Some(rows), Some(columns)) => {
                Some(message!("sentences-part-in-view", rows = rows, columns = columns, count = count))
            }
        }
    }

    pub(super) fn draw(&self, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) {
        for side in 0..2 {
            let x = area.x + 1 + side as u16 * (self.room + GAP);
            let range = state.list.side(side).and_then(|side| side.range);
            let matrix = CosineMatrix { plan: self, list: &state.list, side, range, look };
            matrix.draw(Rect { x, width: self.room, ..area }, canvas);
        }
    }
}

/// So many rows of the list, in their order: the cursor's other sentence, and those closest to its line under either pooling.
fn closest(list: &ListState, most: usize) -> Vec<usize> {
    let (line, lines) = (list.line(), list.rows());
    let cosine = |row: usize| (0..2).filter_map(|side| list.cosine(side, line, lines[row])).fold(-1.0, f32::max);
    let mut rows: Vec<usize> = (0..lines.len()).collect();
    rows.sort_by(|&a, &b| {
        let is_other = |row: usize| lines[row] == list.other();
        is_other(b).cmp(&is_other(a)).then(cosine(b).total_cmp(&cosine(a)))
    });
    rows.truncate(most);
    rows.sort_unstable();
    rows
}

/// One of the two.
struct CosineMatrix<'a> {
    plan: &'a MatricesPlan,
    list: &'a ListState,
    side: usize,
    /// What the ends of the colour scale stand for.
    range: Option<(f32, f32)>,
    look: &'a Look,
}

impl CosineMatrix<'_> {
    fn draw(&self, area: Rect, canvas: &mut Canvas) {
        let (plan, list, theme) = (self.plan, self.list, &self.look.theme);
        self.header(area, canvas);
        let top = area.y + HEADER;
        let width = plan.width();
        for (&column, x) in plan.columns.iter().zip((area.x..).step_by(usize::from(width))) {
            let other = list.rows()[column];
            if let (CellForm::Number(width), false) = (plan.form, list.side(self.side).is_none()) {
                let style = if other == list.other() { theme.accent } else { theme.dim };
                canvas.set_string(x, top - 1, format!("{:>1$} ", other + 1, width - 1), style);
            } else if other == list.other() {
                let number = (other + 1).to_string();
                let behind = usize::from((area.x + self.plan.room).saturating_sub(x)) > number.len();
                let (x, text) = match behind {
                    true => (x, format!("▾{number}")),
                    false => (x.saturating_sub(number.len() as u16), format!("{number}▾")),
                };
                canvas.set_string(x, top - 1, text, theme.accent);
            }
            let line = Rect { x, y: top - 1, width, height: area.height.saturating_sub(HEADER - 1) };
            canvas.on_click(line, ClickTarget::Pair { line: None, other: Some(other) });
        }
        for (row, y) in plan.rows.clone().zip(top..area.bottom()) {
            let line = list.rows()[row];
            self.row(line, (area.x, y), canvas);
            if line == list.line() {
                canvas.set_string(area.x - 1, y, "▸", theme.accent);
            }
            let place = Rect { x: area.x, y, width: plan.columns.len() as u16 * width, height: 1 };
            canvas.on_click(place, ClickTarget::Pair { line: Some(line), other: None });
        }
    }

    /// The pooling, and what its colours stand for.
    fn header(&self, area: Rect, buffer: &mut Buffer) {
        let Self { list, side, range, look, .. } = *self;
        let name = list.poolings()[side].to_string();
        buffer.set_stringn(area.x, area.y, &name, usize::from(area.width), look.theme.heading);
        let Some((least, greatest)) = range else { return };
        let (least, greatest) = (format!("{} ", decimal(least.into(), 2)), format!(" {}", decimal(greatest.into(), 2)));
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

    /// The cosines of a sentence.
    fn row(&self, line: usize, (x, y): (u16, u16), buffer: &mut Buffer) {
        let Self { plan, list, side, range, look } = *self;
        let theme = &look.theme;
        for (&column, x) in plan.columns.iter().zip((x..).step_by(usize::from(plan.width()))) {
            let other = list.rows()[column];
            let cosine = list.cosine(side, line, other);
            let here = line == list.line() && other == list.other();
            match plan.form {
                CellForm::Shade(width) => {
                    let (symbol, style) = match cosine {
                        _ if here => (if width == 1 { "+" } else { "[]" }, theme.cursor),
                        None => ("╱", theme.border),
                        Some(cosine) if theme.has_color() => (" ", Style::new().bg(color(look, cosine, range))),
                        Some(cosine) => (shade(share(cosine, range)), theme.text),
                    };
                    buffer.set_string(x, y, symbol.repeat(width / cells(symbol).max(1)), style);
                }
                CellForm::Number(width) => {
                    let (text, style) = match cosine {
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

/// Two decimals in `width - 1` cells: `.83`, `−.12`, `1.0`; with the zero where there is room.
fn number(cosine: f32, width: usize) -> String {
    let text = decimal(cosine.into(), 2);
    match cells(&text) < width {
        true => text,
        false if cosine.abs() >= 0.995 => text[..text.len() - 1].trim_end_matches('.').to_owned(),
        false => text.replacen("0.", ".", 1),
    }
}

#[cfg(test)]
mod tests {
    use super::{cells, number, share};

    #[test]
    fn numbers_fit_their_columns() {
        for cosine in [1.0, 0.999, 0.994, 0.5, 0.0, -0.001, -0.004, -0.12, -0.994, -0.999, -1.0] {
            let narrowest = if cosine < -0.005 { 5 } else { 4 };
            for width in narrowest..=7 {
                assert!(cells(&number(cosine, width)) < width, "{cosine} {width} {}", number(cosine, width));
            }
        }
        assert_eq!([number(0.831, 4), number(-0.12, 5), number(1.0, 4)], [".83", "−.12", "1.0"].map(str::to_owned));
        assert_eq!([number(0.831, 6), number(-0.12, 6), number(1.0, 6)], ["0.83", "−0.12", "1.00"].map(str::to_owned));
    }

    #[test]
    fn the_scale_is_that_of_the_other_pairs() {
        assert_eq!(share(0.5, Some((0.25, 0.75))), 0.5);
        assert_eq!(share(1.0, Some((0.25, 0.75))), 1.0);
        assert_eq!(share(0.3, Some((0.3, 0.3))), 0.5);
        assert_eq!(share(1.0, None), 1.0);
    }
}

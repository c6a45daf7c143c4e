//! Weights and their differences as colours, shades and numbers.
//!
//! As with weights, colour grows with the square root of a difference.

use ratatui::{
    buffer::Buffer,
    style::{Color, Modifier, Style},
};

use crate::{
    messages::label,
    widgets::{
        Look,
        cells::{self, Cell, signed_shade, signed_share},
        columns::ColumnPlace,
        text::cells as width_of,
    },
};

/// What stands in a cell.
#[derive(Clone, Copy)]
pub(super) enum CellValue {
    /// Of what fills the map.
    Weight(f32),
    /// The same under a measure that may be below 0.
    Signed(f32),
    /// Of two weights, in -1..=1.
    Difference(f32),
}

/// Where a cell is.
#[derive(Clone, Copy)]
pub(super) struct Spot {
    pub column: ColumnPlace,
    pub y: u16,
    /// In lines.
    pub height: u16,
    /// Whether the cursor is there.
    pub cursor: bool,
}

impl CellValue {
    /// Its colour; `top` is the number at the end of the scale.
    pub(super) fn color(self, top: f32, look: &Look) -> Color {
        match self {
            CellValue::Weight(weight) => cells::heat(&look.theme, weight, top, false),
            CellValue::Signed(weight) | CellValue::Difference(weight) => cells::heat(&look.theme, weight, top, true),
        }
    }

    /// Paints it as a colour, or where there is none, as a shade: with a sign before that of a difference.
    pub(super) fn paint(self, top: f32, spot: Spot, look: &Look, buffer: &mut Buffer) {
        let Spot { column, y, height, cursor } = spot;
        let (theme, width) = (&look.theme, usize::from(column.width));
        let brackets = || format!("[{:>1$}", "]", width - 1);
        let (text, style) = match self {
            _ if theme.has_color() => {
                let background = self.color(top, look);
                let style = Style::new().bg(background).fg(theme.on(background));
                match cursor {
                    // A colour of its own would pass for a value.
                    true if width > 1 => (brackets(), style.add_modifier(Modifier::BOLD)),
                    true => (" ".to_owned(), theme.cursor),
                    false => (" ".repeat(width), Style::new().bg(background)),
                }
            }
            CellValue::Signed(by) | CellValue::Difference(by) if cursor && width == 1 => {
                (signed_shade(signed_share(by, top), 1, theme.text).0, theme.cursor)
            }
            _ if cursor => (if width == 1 { "+".to_owned() } else { brackets() }, theme.cursor),
            CellValue::Weight(weight) => (cells::shade(cells::share(weight, top)).repeat(width), theme.text),
            CellValue::Signed(by) | CellValue::Difference(by) => signed_shade(signed_share(by, top), width, theme.text),
        };
        for y in y..y + height {
            buffer.set_stringn(column.x, y, &text, width, style);
        }
    }

    /// Paints it with its number.
    pub(super) fn paint_number(self, top: f32, spot: Spot, look: &Look, buffer: &mut Buffer) {
        let Spot { column, y, height, cursor } = spot;
        let by = match self {
            CellValue::Weight(weight) | CellValue::Signed(weight) => {
                let is_signed = matches!(self, CellValue::Signed(_));
                return cells::paint(look, Cell { column, y, height, weight, top, is_signed, cursor }, buffer);
            }
            CellValue::Difference(by) => by,
        };
        let style = if look.theme.has_color() {
            self.paint(top, Spot { cursor: false, ..spot }, look, buffer);
            let background = self.color(top, look);
            Style::new().bg(background).fg(look.theme.on(background))
        } else {
            look.theme.text
        };
        let style = match cursor {
            true if look.theme.has_color() => style.add_modifier(Modifier::BOLD),
            true => look.theme.cursor,
            false => style,
        };
        // Units stand below the units of the weights; sign and bracket may reach into the blank before the column.
        let points = points(by);
        let text = if cursor && points.chars().count() < 4 { format!("[{points}]") } else { points };
        let indent = (column.width - 1).saturating_sub(2).div_ceil(2);
        let end = column.x + if look.theme.has_color() { indent + 2 } else { (column.width - 1).max(3) };
        let end = end + u16::from(text.ends_with(']'));
        let middle = y + (height - 1) / 2;
        buffer.set_string(end - text.chars().count() as u16, middle, text, style);
    }
}

/// A difference in whole points, as narrow as can be: `+12`, `−3`, and `·` below a half.
pub(super) fn points(by: f32) -> String {
    match (by * 100.0).round() {
        points if points >= 1.0 => format!("+{points:.0}"),
        points if points <= -1.0 => format!("−{:.0}", -points),
        _ => "·".to_owned(),
    }
}

/// What the colours of differences stand for.
pub(super) struct DifferenceLegend {
    /// From -1 to 1, and the number of each.
    numbers: Vec<(f32, String)>,
}

impl DifferenceLegend {
    /// Cells of colour between two numbers.
    const STEPS: u16 = 4;

    /// Of a scale that ends at `top`, with more numbers where the screen is wide.
    pub(super) fn new(top: f32, wide: bool) -> Self {
        let shares: &[f32] = if wide { &[-1.0, -0.5, 0.0, 0.5, 1.0] } else { &[-1.0, 0.0, 1.0] };
        let of = |&share: &f32| (share, number(share * share.abs() * top * 100.0));
        Self { numbers: shares.iter().map(of).collect() }
    }

    fn unit() -> &'static str {
        label!("compare-legend-unit").text()
    }

    /// How many cells it takes.
    pub(super) fn width(&self) -> u16 {
        let numbers: usize = self.numbers.iter().map(|(_, number)| width_of(number)).sum();
        numbers as u16 + (self.numbers.len() as u16 - 1) * (Self::STEPS + 2) + 1 + width_of(Self::unit()) as u16
    }

    /// Draws it from `x` on.
    pub(super) fn draw(&self, mut x: u16, y: u16, look: &Look, buffer: &mut Buffer) {
        for (at, (share, number)) in self.numbers.iter().enumerate() {
            buffer.set_string(x, y, number, look.theme.dim);
            x += width_of(number) as u16 + 1;
            let Some((next, _)) = self.numbers.get(at + 1) else { break };
            let middle = |step: u16, width: u16| {
                share + (next - share) * (f32::from(step) + f32::from(width) / 2.0) / f32::from(Self::STEPS)
            };
            if look.theme.has_color() {
                for step in 0..Self::STEPS {
                    let style = Style::new().bg(look.theme.diverging(middle(step, 1)));
                    buffer.set_string(x + step, y, " ", style);
                }
            } else {
                for step in (0..Self::STEPS).step_by(2) {
                    let (text, style) = signed_shade(middle(step, 2), 2, look.theme.text);
                    buffer.set_string(x + step, y, text, style);
                }
            }
            x += Self::STEPS + 1;
        }
        buffer.set_string(x, y, Self::unit(), look.theme.dim);
    }
}

/// A number of the legend; with a decimal where whole numbers would not tell it from 0.
fn number(points: f32) -> String {
    let sign = match () {
        _ if points == 0.0 => "",
        _ if points < 0.0 => "−",
        _ => "+",
    };
    let points = points.abs();
    match points {
        0.0 => "0".to_owned(),
        small if small < 0.1 => format!("{sign}{small:.2}"),
        small if small < 1.0 => format!("{sign}{small:.1}"),
        points => format!("{sign}{points:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_have_signs_and_small_ones_are_dots() {
        assert_eq!([0.124, -0.03, 0.0049, -0.0049, 1.0].map(points), ["+12", "−3", "·", "·", "+100"]);
        assert_eq!([0.0, -0.4, 0.4, 12.0, -48.0].map(number), ["0", "−0.4", "+0.4", "+12", "−48"]);
    }

    #[test]
    fn without_colour_the_sign_is_written() {
        let text = |share, width| signed_shade(share, width, Style::new()).0;
        assert_eq!([text(1.0, 2), text(-0.5, 2), text(0.01, 2)], ["+█", "-▒", "  "]);
        assert_eq!([text(0.3, 1), text(-0.3, 1), text(0.0, 1)], ["+", "-", " "]);
        assert_ne!(signed_shade(0.3, 1, Style::new()).1, signed_shade(1.0, 1, Style::new()).1);
    }
}

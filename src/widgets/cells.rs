//! One cell of a heat map: a colour with its number, or a shade with its number where there is no colour.
//!
//! Colour grows with the square root of the weight: one token often takes nine tenths of the attention, and on an
//! even scale all others would look alike. The legend gives the numbers.

use ratatui::{
    buffer::Buffer,
    style::{Color, Modifier, Style},
};

use super::{
    Look,
    columns::{ColumnPlace, centred},
};
use crate::config::Theme;

/// How far up the scale a weight stands, 0 to 1; `top` is the weight at its upper end.
pub(crate) fn share(weight: f32, top: f32) -> f32 {
    if top > 0.0 { (weight / top).max(0.0).sqrt() } else { 0.0 }
}

/// The weight that stands at a share of the scale: the inverse of [`share`].
pub(crate) fn weight_at(share: f32, top: f32) -> f32 {
    share * share * top
}

/// Shades from none to most, for terminals without colour.
const SHADES: [&str; 5] = [" ", "░", "▒", "▓", "█"];

/// The shade of a share of the scale.
pub(crate) fn shade(share: f32) -> &'static str {
    let step = (share.clamp(0.0, 1.0) * (SHADES.len() - 1) as f32).round() as usize;
    SHADES[step.min(SHADES.len() - 1)]
}

/// How far out on a scale to both sides a number stands, -1 to 1; `top` is the number at its end.
pub(crate) fn signed_share(number: f32, top: f32) -> f32 {
    share(number.abs(), top).copysign(number)
}

/// The colour of a weight; of a signed measure one of a scale to both sides.
pub(crate) fn heat(theme: &Theme, weight: f32, top: f32, is_signed: bool) -> Color {
    match is_signed {
        true => theme.diverging(signed_share(weight, top)),
        false => theme.sequential(share(weight, top)),
    }
}

/// A share of a scale to both sides in one or more cells without colour: its sign and its shade.
pub(crate) fn signed_shade(share: f32, width: usize, style: Style) -> (String, Style) {
    let shade = shade(share.abs());
    let sign = match () {
        _ if shade == " " => " ",
        _ if share < 0.0 => "-",
        _ => "+",
    };
    if width > 1 {
        return (format!("{sign}{}", shade.repeat(width - 1)), style);
    }
    let style = match shade {
        "░" => style.add_modifier(Modifier::DIM),
        "▓" => style.add_modifier(Modifier::BOLD),
        "█" => style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        _ => style,
    };
    (sign.to_owned(), style)
}

/// A weight in whole percent, as narrow as can be: `·` where that is 0, and a sign before what is below.
pub(crate) fn percent(weight: f32) -> String {
    match (weight * 100.0).round() {
        p if p.is_nan() => "–".to_owned(),
        p if p <= -1.0 => format!("−{:.0}", -p),
        p if p < 1.0 => "·".to_owned(),
        p => format!("{p:.0}"),
    }
}

/// Paints a weight into `height` lines of a column, its number on the line `middle`, in brackets under the cursor.
/// `top` is the weight at the top of the scale.
pub(crate) fn paint(look: &Look, cell: Cell, buffer: &mut Buffer) {
    let Cell { column, y, height, weight, top, is_signed, cursor } = cell;
    let middle = y + (height - 1) / 2;
    // Right-aligned in two cells, so that units stand above units.
    let number = format!("{:>2}", percent(weight));
    let fits = number.chars().count() < 4;
    let number = if cursor && fits { format!("[{number}]") } else { number };
    if look.theme.has_color() {
        let background = heat(&look.theme, weight, top, is_signed);
        let style = Style::new().bg(background).fg(look.theme.on(background));
        for y in y..y + height {
            buffer.set_string(column.x, y, " ".repeat(usize::from(column.width)), style);
        }
        let style = if cursor { style.add_modifier(Modifier::BOLD) } else { style };
        // Brackets may reach into the blank between columns, so that the number stays in its place.
        let inside = (column.width - 1).max(number.chars().count() as u16);
        centred(buffer, column.x, inside, middle, &number, style);
    } else {
        // The shade stands beside the number, which would drown in it.
        let style = if cursor { look.theme.cursor } else { look.theme.text };
        let (shade, inside) =
            (shade(share(if is_signed { weight.abs() } else { weight }, top)), usize::from(column.width - 1));
        for y in (y..y + height).filter(|&y| y != middle) {
            buffer.set_string(column.x, y, shade.repeat(inside), look.theme.text);
        }
        let inside = inside.max(number.chars().count());
        let room = inside - number.chars().count();
        buffer.set_string(column.x, middle, shade.repeat(room), look.theme.text);
        buffer.set_string(column.x + room as u16, middle, number, style);
    }
}

/// A weight and its place on screen.
pub(crate) struct Cell {
    pub column: ColumnPlace,
    pub y: u16,
    pub height: u16,
    pub weight: f32,
    pub top: f32,
    /// Whether numbers may be below 0.
    pub is_signed: bool,
    pub cursor: bool,
}

/// Two colours above each other in one cell: the symbol, and its style.
pub(crate) fn halves(upper: Color, lower: Color) -> (&'static str, Style) {
    split(["▀", "▄"], upper, lower)
}

/// Two colours side by side in one cell: the symbol, and its style.
pub(crate) fn beside(left: Color, right: Color) -> (&'static str, Style) {
    split(["▌", "▐"], left, right)
}

/// Two colours in the halves of one cell, which these symbols fill.
fn split(symbols: [&'static str; 2], first: Color, second: Color) -> (&'static str, Style) {
    match first {
        _ if first == second => (" ", Style::new().bg(first)),
        // In front, the terminal's own colour would be that of its text.
        Color::Reset => (symbols[1], Style::new().fg(second).bg(first)),
        _ => (symbols[0], Style::new().fg(first).bg(second)),
    }
}

/// A weight's colour as a background, and on it what can be read.
pub(crate) fn color(look: &Look, weight: f32, top: f32) -> Style {
    let background = look.theme.sequential(share(weight, top));
    Style::new().bg(background).fg(look.theme.on(background))
}

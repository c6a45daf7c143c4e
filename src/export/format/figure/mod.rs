//! A table as a figure for a paper or a slide: its title and text, its numbers as a heat map, and the scale, without anything of
//! a screen.

mod layout;
mod pdf;
mod plot;
mod svg;

use super::palette::HtmlColor;
use crate::export::{contents::FigureOf, error::WriteError, output::Output};

/// Everything on a figure, in points, from the upper left corner.
struct Figure {
    width: f32,
    height: f32,
    paper: Paper,
    boxes: Vec<(FigureBox, HtmlColor)>,
    words: Vec<Words>,
}

/// The colours of what is no number.
#[derive(Clone, Copy)]
struct Paper {
    is_dark: bool,
    ground: HtmlColor,
    ink: HtmlColor,
    dim: HtmlColor,
}

impl Paper {
    const LIGHT: Self = Self { is_dark: false, ground: [0xff; 3], ink: [0x1b, 0x1f, 0x24], dim: [0x5c, 0x63, 0x70] };
    const DARK: Self =
        Self { is_dark: true, ground: [0x14, 0x17, 0x1d], ink: [0xe6, 0xe9, 0xee], dim: [0x9a, 0xa3, 0xb2] };
}

/// The left, the upper edge, the width, the height.
type FigureBox = [f32; 4];

/// A line of text.
struct Words {
    text: String,
    /// Where its baseline begins, is in the middle or ends.
    at: (f32, f32),
    anchor: Anchor,
    size: f32,
    ink: HtmlColor,
    is_bold: bool,
    /// Turned to read upwards.
    is_upright: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Anchor {
    Start,
    Middle,
    End,
}

/// As SVG, with fonts that every machine has.
pub(super) fn write_svg(figure: &FigureOf, out: Output) -> Result<(), WriteError> {
    Ok(out.write_all(svg::svg(&layout::figure(figure)?).as_bytes())?)
}

/// As PDF, with the fonts that every reader has: Latin letters only.
pub(super) fn write_pdf(figure: &FigureOf, out: Output) -> Result<(), WriteError> {
    Ok(out.write_all(&pdf::pdf(&layout::figure(figure)?)?)?)
}

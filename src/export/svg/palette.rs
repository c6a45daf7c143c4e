//! The size of a cell, and what the terminal's colours look like in the picture.

use ratatui::style::Color;

pub(super) const CELL_WIDTH: f32 = 9.0;
pub(super) const CELL_HEIGHT: f32 = 18.0;

/// Red, green and blue.
pub type SvgColor = (u8, u8, u8);

/// What the terminal's own colours look like in the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SvgColors {
    /// Of text whose colour is the terminal's own.
    pub foreground: SvgColor,
    /// Behind everything.
    pub background: SvgColor,
    /// The 16 named colours in ANSI order, normal then bright.
    pub ansi: [SvgColor; 16],
}

/// GitHub's dark terminal theme.
pub const DARK: SvgColors = theme([
    0xe6edf3, 0x0d1117, 0x161b22, 0xff7b72, 0x3fb950, 0xd29922, 0x58a6ff, 0xbc8cff, 0x39c5cf, 0xb1bac4, 0x6e7681,
    0xffa198, 0x56d364, 0xe3b341, 0x79c0ff, 0xd2a8ff, 0x56d4dd, 0xffffff,
]);

/// GitHub's light terminal theme.
pub const LIGHT: SvgColors = theme([
    0x1f2328, 0xffffff, 0x24292f, 0xcf222e, 0x116329, 0x4d2d00, 0x0969da, 0x8250df, 0x1b7c83, 0x6e7781, 0x57606a,
    0xa40e26, 0x1a7f37, 0x633c01, 0x218bff, 0xa475f9, 0x3192aa, 0x8c959f,
]);

/// Colours as `0xRRGGBB`: foreground, background, then the 16 named ones.
const fn theme(hex: [u32; 18]) -> SvgColors {
    let mut colors = [(0, 0, 0); 18];
    let mut index = 0;
    while index < hex.len() {
        let [_, red, green, blue] = hex[index].to_be_bytes();
        colors[index] = (red, green, blue);
        index += 1;
    }
    let [foreground, background, ansi @ ..] = colors;
    SvgColors { foreground, background, ansi }
}

impl SvgColors {
    /// `color` as the terminal would show it; `reset` is its own foreground or background.
    pub(super) fn resolve(&self, color: Color, reset: SvgColor) -> SvgColor {
        use Color::*;
        #[rustfmt::skip]
        const NAMED: [Color; 16] = [
            Black, Red, Green, Yellow, Blue, Magenta, Cyan, Gray, DarkGray, LightRed, LightGreen,
            LightYellow, LightBlue, LightMagenta, LightCyan, White,
        ];
        let index = match color {
            Rgb(red, green, blue) => return (red, green, blue),
            Indexed(index) => index,
            _ => match NAMED.iter().position(|named| *named == color) {
                Some(index) => return self.ansi[index],
                None => return reset,
            },
        };
        // xterm: 16 named colours, a cube of six levels, 24 greys.
        let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
        match index {
            0..=15 => self.ansi[usize::from(index)],
            16..=231 => {
                let cube = index - 16;
                (level(cube / 36), level(cube / 6 % 6), level(cube % 6))
            }
            232..=255 => {
                let grey = 8 + 10 * (index - 232);
                (grey, grey, grey)
            }
        }
    }
}

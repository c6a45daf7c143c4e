//! How many colours a terminal shows, and the nearest it has to a colour it has not.

use super::ColorChoice;
use ratatui::style::Color;

/// Red, green, blue, from 0 to 255 each (sRGB).
pub(super) type Rgb = [u8; 3];

/// The ANSI colours in their order, which is that of the first 16 of xterm's 256, and what xterm shows for them;
/// other terminals are near enough for choosing between them.
const ANSI: [(Color, Rgb); 16] = [
    (Color::Black, [0, 0, 0]),
    (Color::Red, [205, 0, 0]),
    (Color::Green, [0, 205, 0]),
    (Color::Yellow, [205, 205, 0]),
    (Color::Blue, [0, 0, 238]),
    (Color::Magenta, [205, 0, 205]),
    (Color::Cyan, [0, 205, 205]),
    (Color::Gray, [229, 229, 229]),
    (Color::DarkGray, [127, 127, 127]),
    (Color::LightRed, [255, 0, 0]),
    (Color::LightGreen, [0, 255, 0]),
    (Color::LightYellow, [255, 255, 0]),
    (Color::LightBlue, [92, 92, 255]),
    (Color::LightMagenta, [255, 0, 255]),
    (Color::LightCyan, [0, 255, 255]),
    (Color::White, [255, 255, 255]),
];

/// Terminals that show 24 bits but say so only in TERM, which is all that travels over ssh.
const TRUE_COLOR_TERMS: &[&str] = &["-direct", "kitty", "alacritty", "ghostty", "wezterm", "foot"];

/// How many colours the terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColorDepth {
    /// None: colour is off or missing.
    None,
    /// The 16 of ANSI, as the terminal's own scheme shows them.
    Ansi16,
    /// The 256 of xterm.
    Indexed256,
    /// 24 bits.
    #[default]
    TrueColor,
}

impl ColorDepth {
    /// What the user chose, or else what the environment tells; `variable` looks one of its variables up.
    pub fn detect(choice: ColorChoice, variable: impl Fn(&str) -> Option<String>) -> ColorDepth {
        match choice {
            ColorChoice::TrueColor => return ColorDepth::TrueColor,
            ColorChoice::Indexed256 => return ColorDepth::Indexed256,
            ColorChoice::Ansi16 => return ColorDepth::Ansi16,
            ColorChoice::Never => return ColorDepth::None,
            ColorChoice::Auto => {}
        }
        let value = |name| variable(name).unwrap_or_default();
        let term = value("TERM");
        if !value("NO_COLOR").is_empty() || term == "dumb" {
            ColorDepth::None
        } else if matches!(value("COLORTERM").as_str(), "truecolor" | "24bit")
            || TRUE_COLOR_TERMS.iter().any(|known| term.contains(known))
        {
            ColorDepth::TrueColor
        } else if term.contains("256color") {
            ColorDepth::Indexed256
        } else {
            ColorDepth::Ansi16
        }
    }

    /// The nearest to `color` that there is at this depth; colours of the terminal's own scheme stay as they are.
    pub(super) fn nearest(self, color: Color) -> Color {
        match (self, color, rgb(color)) {
            (ColorDepth::None, ..) | (_, Color::Reset, _) => Color::Reset,
            (ColorDepth::Indexed256, Color::Rgb(..), Some(rgb)) => Color::Indexed(nearest_index(rgb, 16..=255)),
            (ColorDepth::Ansi16, Color::Rgb(..) | Color::Indexed(_), Some(rgb)) => {
                ANSI.get(usize::from(nearest_index(vivid(rgb), 0..=15))).map_or(Color::Reset, |(named, _)| *named)
            }
            _ => color,
        }
    }
}

/// Whether the terminal's background is dark, as far as COLORFGBG tells ("15;0"); dark when it does not.
pub fn dark_background(variable: impl Fn(&str) -> Option<String>) -> bool {
    let colors = variable("COLORFGBG").unwrap_or_default();
    let background = colors.rsplit(';').next().and_then(|index| index.parse::<u8>().ok());
    !matches!(background, Some(7 | 9..=15))
}

/// How bright a colour is, from 0 to 1: the relative luminance of WCAG 2; `None` for the terminal's own.
pub(super) fn luminance(color: Color) -> Option<f32> {
    let linear = |channel: u8| {
        let value = f32::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    rgb(color).map(|[red, green, blue]| 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue))
}

fn rgb(color: Color) -> Option<Rgb> {
    match color {
        Color::Rgb(red, green, blue) => Some([red, green, blue]),
        Color::Indexed(index) => Some(xterm(index)),
        named => ANSI.iter().find(|(ansi, _)| *ansi == named).map(|(_, rgb)| *rgb),
    }
}

/// The colour of an index in xterm's palette: the ANSI colours, a cube of 6×6×6, a ramp of 24 greys.
fn xterm(index: u8) -> Rgb {
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    match (ANSI.get(usize::from(index)), index) {
        (Some((_, rgb)), _) => *rgb,
        (None, 232..) => [8 + 10 * (index - 232); 3],
        (None, _) => [level((index - 16) / 36), level((index - 16) / 6 % 6), level((index - 16) % 6)],
    }
}

/// A tinted colour without the grey in it, so that among 16 colours, half of them greys or pure, a pale red is red.
fn vivid(color: Rgb) -> Rgb {
    let [least, most] = [color.iter().min(), color.iter().max()].map(|channel| f32::from(*channel.unwrap_or(&0)));
    let tinted = most - least > 48.0;
    color.map(|channel| if tinted { ((f32::from(channel) - least) * most / (most - least)) as u8 } else { channel })
}

/// The nearest by channels, with brightness counted four times over: on a scale a wrong hue misleads less than
/// a brightness out of order does.
fn nearest_index(wanted: Rgb, indices: std::ops::RangeInclusive<u8>) -> u8 {
    let first = *indices.start();
    let distance = |index: &u8| {
        let [red, green, blue] =
            [0, 1, 2].map(|channel| i32::from(xterm(*index)[channel]) - i32::from(wanted[channel]));
        let brightness = (299 * red + 587 * green + 114 * blue) / 1000;
        red.pow(2) + green.pow(2) + blue.pow(2) + 4 * brightness.pow(2)
    };
    indices.min_by_key(distance).unwrap_or(first)
}

//! The colours of pages and figures: the scales of the dark and the light theme, each step with an ink that can be read on it.

use std::fmt::Write;

pub(super) type HtmlColor = [u8; 3];

/// How many intervals a scale has; even, so that the middle of a diverging scale is a step.
const INTERVALS: usize = 64;

/// The stops of a scale, from none to most, or from most negative to most positive: on light paper and on dark.
/// They are those of `config/themes/`.
struct HtmlScale {
    letter: char,
    light: [u32; 9],
    dark: [u32; 9],
}

static SEQUENTIAL: HtmlScale = HtmlScale {
    letter: 's',
    light: [0xf7fbff, 0xd3e4f3, 0xa9cfe5, 0x78b5da, 0x4b98c9, 0x2a7ab9, 0x135fa7, 0x084488, 0x08275c],
    dark: [0x14171d, 0x262a4a, 0x38477f, 0x3868a2, 0x358ba8, 0x3caeae, 0x6fceb0, 0xb4e5c6, 0xf1faf2],
};

static DIVERGING: HtmlScale = HtmlScale {
    letter: 'd',
    light: [0x123f7a, 0x2f6cae, 0x6fa8d6, 0xb5d3ea, 0xf5f5f5, 0xf7cfa0, 0xe59a45, 0xb8651a, 0x703808],
    dark: [0xa9d3ff, 0x5c9bdb, 0x33628f, 0x22374c, 0x1a1c20, 0x4d3320, 0x8f5c26, 0xd98c3f, 0xffcf94],
};

/// A place on a scale.
#[derive(Clone, Copy)]
pub(super) struct Shade {
    scale: &'static HtmlScale,
    step: usize,
}

/// A place on the scale from none to most, 0 to 1.
pub(super) fn sequential(share: f32) -> Shade {
    Shade::new(&SEQUENTIAL, share)
}

/// A place on the scale from most negative over none to most positive, -1 to 1.
pub(super) fn diverging(value: f32) -> Shade {
    Shade::new(&DIVERGING, (value + 1.0) / 2.0)
}

impl Shade {
    fn new(scale: &'static HtmlScale, share: f32) -> Self {
        Self { scale, step: (share.clamp(0.0, 1.0) * INTERVALS as f32).round() as usize }
    }

    /// Its class on a page.
    pub(super) fn class(self) -> String {
        format!("{}{}", self.scale.letter, self.step)
    }

    /// Its colour on light or dark paper, and what can be read on that.
    pub(super) fn colors(self, dark: bool) -> (HtmlColor, HtmlColor) {
        let color = between(if dark { &self.scale.dark } else { &self.scale.light }, self.step);
        (color, if is_bright(color) { [0; 3] } else { [255; 3] })
    }
}

/// The rules of every class.
pub(super) fn rules() -> String {
    let mut css = String::new();
    for scale in [&SEQUENTIAL, &DIVERGING] {
        write_rules(&mut css, scale.letter, &scale.light);
    }
    css.push_str("@media screen and (prefers-color-scheme: dark) {\n");
    for scale in [&SEQUENTIAL, &DIVERGING] {
        write_rules(&mut css, scale.letter, &scale.dark);
    }
    css.push_str("}\n");
    css
}

fn write_rules(css: &mut String, letter: char, stops: &[u32; 9]) {
    for step in 0..=INTERVALS {
        let color = between(stops, step);
        let [red, green, blue] = color;
        let ink = if is_bright(color) { "#000" } else { "#fff" };
        let _ = writeln!(css, ".{letter}{step}{{background:#{red:02x}{green:02x}{blue:02x};color:{ink}}}");
    }
}

/// The colour of a step, mixed of the two stops it stands between.
fn between(stops: &[u32; 9], step: usize) -> HtmlColor {
    let wide = INTERVALS / (stops.len() - 1);
    let (low, high) = (stops[step / wide], stops[(step / wide + 1).min(stops.len() - 1)]);
    let part = (step % wide) as f32 / wide as f32;
    let [_, low @ ..] = low.to_be_bytes();
    let [_, high @ ..] = high.to_be_bytes();
    [0, 1, 2].map(|at| (f32::from(low[at]) + (f32::from(high[at]) - f32::from(low[at])) * part).round() as u8)
}

/// Whether black can be read on it better than white.
fn is_bright(color: HtmlColor) -> bool {
    luminance(color) > 0.179
}

/// How bright a colour is, from 0 to 1: the relative luminance of WCAG 2.
fn luminance(color: HtmlColor) -> f32 {
    let [red, green, blue] = color.map(|channel| {
        let value = f32::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_a_class_that_has_a_rule() {
        let rules = rules();
        for value in [-2.0, -1.0, -0.3, 0.0, 0.5, 1.0, 3.0, f32::INFINITY, f32::NAN] {
            for class in [sequential(value), diverging(value)].map(Shade::class) {
                assert_eq!(rules.matches(&format!(".{class}{{")).count(), 2, "{class}");
            }
        }
        assert!(rules.contains(".s0{background:#f7fbff;color:#000}"));
        assert!(rules.contains(".s64{background:#f1faf2;color:#000}"));
    }

    #[test]
    fn the_scales_are_those_of_the_themes() {
        let light = include_str!("../../../config/themes/light.toml");
        let dark = include_str!("../../../config/themes/dark.toml");
        for scale in [&SEQUENTIAL, &DIVERGING] {
            for (stops, theme) in [(scale.light, light), (scale.dark, dark)] {
                let stops: Vec<String> = stops.iter().map(|stop| format!("\"#{stop:06x}\"")).collect();
                assert!(theme.contains(&format!("stops = [{}]", stops.join(", "))), "{stops:?}");
            }
        }
    }
}

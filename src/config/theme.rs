//! Colours by name, and the two scales that colour numbers; `config/themes/` holds the themes and explains each entry.

use super::color::{ColorDepth, Rgb, luminance};
use ratatui::style::{Color, Modifier, Style};
use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, Visitor, value::MapAccessDeserializer},
};
use std::{fmt, marker::PhantomData};

use crate::messages::{Label, label, message, quoted};

macro_rules! theme {
    ($($(#[$doc:meta])* $style:ident,)*) => {
        /// Every colour on the screen.
        #[derive(Clone, Debug, PartialEq, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Theme {
            $($(#[$doc])* #[serde(deserialize_with = "style")] pub $style: Style,)*
            background: Paint,
            sequential: ColorScale,
            diverging: ColorScale,
            #[serde(skip)]
            depth: ColorDepth,
        }

        impl Theme {
            fn styles_mut(&mut self) -> impl Iterator<Item = &mut Style> {
                [$(&mut self.$style,)*].into_iter()
            }
        }
    };
}

theme! {
    /// Words and numbers.
    text,
    /// What matters less: units, hints, empty places.
    dim,
    /// Titles of views and columns.
    heading,
    /// Lines and frames.
    border,
    /// What stands out: keys in the bottom bar, the view that is open.
    accent,
    /// The cell or token under the cursor.
    cursor,
    /// What is chosen: the token that looks.
    selection,
    /// Tokens that are not words: `[CLS]`, `[SEP]`.
    special,
    /// Pieces that continue a word: `##ing`.
    word_piece,
    /// What went wrong.
    error,
    /// What to be careful with.
    warning,
}

impl Theme {
    /// What is behind everything; `Color::Reset` is the terminal's own background.
    pub fn background(&self) -> Color {
        self.background.0
    }

    /// Whether the scales have colours; where they have none, a view draws shades instead.
    pub fn has_color(&self) -> bool {
        self.depth != ColorDepth::None && !self.sequential.stops.is_empty()
    }

    /// The colour of a share from 0 (none) to 1 (most), in 64 steps; beyond them the nearest end, NaN as 0.
    pub fn sequential(&self, share: f32) -> Color {
        self.sequential.color(share)
    }

    /// The colour of a difference from -1 to 1, in 64 steps; beyond them the nearest end, NaN as 0.
    pub fn diverging(&self, difference: f32) -> Color {
        let difference = if difference.is_nan() { 0.0 } else { difference };
        self.diverging.color(difference / 2.0 + 0.5)
    }

    /// Black or white, whichever can be read on `background` (contrast at least 4.5:1, WCAG 2 AA);
    /// the colour of plain text on the terminal's own background.
    pub fn on(&self, background: Color) -> Color {
        match luminance(background) {
            None => self.text.fg.unwrap_or_default(),
            // Where black and white contrast alike: (l + 0.05) / 0.05 = 1.05 / (l + 0.05).
            Some(light) if light > 0.179 => self.depth.nearest(Color::Rgb(0, 0, 0)),
            Some(_) => self.depth.nearest(Color::Rgb(255, 255, 255)),
        }
    }

    /// The theme in colours that a terminal of this depth can show.
    pub fn at_depth(mut self, depth: ColorDepth) -> Theme {
        for style in self.styles_mut() {
            style.fg = style.fg.map(|color| depth.nearest(color));
            style.bg = style.bg.map(|color| depth.nearest(color));
        }
        self.background.0 = depth.nearest(self.background.0);
        self.sequential.set_depth(depth);
        self.diverging.set_depth(depth);
        self.depth = depth;
        self
    }
}

/// A colour scale. Its steps are computed once, for a frame asks for thousands.
#[derive(Clone, Debug, PartialEq)]
struct ColorScale {
    stops: Vec<Rgb>,
    ladder: Vec<Color>,
    steps: Vec<Color>,
}

/// How many intervals a scale has; even, so that the middle of a diverging scale is a step.
const INTERVALS: usize = 64;

impl ColorScale {
    /// `share` from 0 to 1; NaN as 0, as casting has it.
    fn color(&self, share: f32) -> Color {
        let step = (share.clamp(0.0, 1.0) * INTERVALS as f32).round() as usize;
        self.steps.get(step).copied().unwrap_or(Color::Reset)
    }

    fn set_depth(&mut self, depth: ColorDepth) {
        let step = |step: usize| match depth {
            // Near colours of 16 would come in no order; the hand-made ladder does.
            ColorDepth::Ansi16 => self.ladder.get(step * self.ladder.len() / (INTERVALS + 1)).copied(),
            _ => self.between_stops(step as f32 / INTERVALS as f32),
        };
        self.steps = (0..=INTERVALS).map(|index| depth.nearest(step(index).unwrap_or(Color::Reset))).collect();
    }

    fn between_stops(&self, share: f32) -> Option<Color> {
        let place = share * self.stops.len().checked_sub(1)? as f32;
        let low = self.stops.get(place as usize)?;
        let high = self.stops.get(place as usize + 1).unwrap_or(low);
        let mix =
            |low: u8, high: u8| (f32::from(low) + (f32::from(high) - f32::from(low)) * place.fract()).round() as u8;
        Some(Color::Rgb(mix(low[0], high[0]), mix(low[1], high[1]), mix(low[2], high[2])))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScaleEntry {
    stops: Vec<Paint>,
    ladder: Vec<Paint>,
}

impl TryFrom<ScaleEntry> for ColorScale {
    type Error = Label;

    fn try_from(entry: ScaleEntry) -> Result<ColorScale, Label> {
        let rgb = |paint: Paint| match paint.0 {
            Color::Rgb(red, green, blue) => Ok([red, green, blue]),
            _ => Err(label!("config-scale-stops")),
        };
        let stops = entry.stops.into_iter().map(rgb).collect::<Result<Vec<Rgb>, _>>()?;
        if stops.len() == 1 {
            return Err(label!("config-scale-one-stop"));
        }
        let ladder = entry.ladder.into_iter().map(|paint| paint.0).collect();
        let mut scale = ColorScale { stops, ladder, steps: Vec::new() };
        scale.set_depth(ColorDepth::default());
        Ok(scale)
    }
}

impl<'de> Deserialize<'de> for ColorScale {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ColorScale, D::Error> {
        table::<ScaleEntry, D>(deserializer, || message!("config-scale"))?.try_into().map_err(D::Error::custom)
    }
}

/// Reads a table; anything else is answered with what was `expected`.
fn table<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
    expected: fn() -> String,
) -> Result<T, D::Error> {
    struct Table<T>(fn() -> String, PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for Table<T> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str(&(self.0)())
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            T::deserialize(MapAccessDeserializer::new(map))
        }
    }

    deserializer.deserialize_map(Table(expected, PhantomData))
}

/// A colour as files write it.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(try_from = "String")]
struct Paint(Color);

impl TryFrom<String> for Paint {
    type Error = String;

    fn try_from(text: String) -> Result<Paint, String> {
        match text.parse() {
            _ if text == "default" => Ok(Paint(Color::Reset)),
            // The standard library reads "#+1+2+3" as a number, too.
            Ok(color) if !text.contains('+') => Ok(Paint(color)),
            _ => Err(message!("config-unknown-colour", colour = quoted(text))),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StyleEntry {
    fg: Option<Paint>,
    bg: Option<Paint>,
    #[serde(default)]
    bold: bool,
    #[serde(default)]
    underline: bool,
    #[serde(default)]
    reverse: bool,
    #[serde(default)]
    dim: bool,
}

fn style<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Style, D::Error> {
    let entry: StyleEntry = table(deserializer, || message!("config-style"))?;
    let mut style = Style { fg: entry.fg.map(|paint| paint.0), bg: entry.bg.map(|paint| paint.0), ..Style::new() };
    style.add_modifier.set(Modifier::BOLD, entry.bold);
    style.add_modifier.set(Modifier::UNDERLINED, entry.underline);
    style.add_modifier.set(Modifier::REVERSED, entry.reverse);
    style.add_modifier.set(Modifier::DIM, entry.dim);
    Ok(style)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const DEPTHS: [ColorDepth; 3] = [ColorDepth::TrueColor, ColorDepth::Indexed256, ColorDepth::Ansi16];

    /// The brightness of a colour scale at each of `steps` places; the terminal's own background counts as `paper`.
    fn brightness(color: impl Fn(f32) -> Color, steps: usize, paper: f32) -> Vec<f32> {
        (0..=steps).map(|step| luminance(color(step as f32 / steps as f32)).unwrap_or(paper)).collect()
    }

    #[test]
    fn scales_keep_their_order_at_every_depth() {
        let config = crate::config::parse("", "", &[]).unwrap();
        for depth in DEPTHS {
            let (dark, light) = (config.theme(depth, true), config.theme(depth, false));
            assert!(brightness(|t| dark.sequential(t), 16, 0.0).is_sorted(), "{depth:?}");
            assert!(brightness(|t| light.sequential(1.0 - t), 16, 1.0).is_sorted(), "{depth:?}");
            for sign in [-1.0, 1.0] {
                assert!(brightness(|t| dark.diverging(sign * t), 8, 0.0).is_sorted(), "{depth:?}");
                assert!(brightness(|t| light.diverging(sign * (1.0 - t)), 8, 1.0).is_sorted(), "{depth:?}");
            }
        }
    }

    #[test]
    fn every_number_has_a_colour_and_every_colour_a_readable_text() {
        let config = crate::config::parse("", "", &[]).unwrap();
        for (depth, dark) in DEPTHS.into_iter().flat_map(|depth| [(depth, true), (depth, false)]) {
            let theme = config.theme(depth, dark);
            assert_eq!(theme.sequential(f32::NAN), theme.sequential(-1.0));
            assert_eq!(theme.sequential(f32::INFINITY), theme.sequential(1.0));
            assert_eq!(theme.diverging(f32::NAN), theme.diverging(0.0));
            assert_eq!(theme.diverging(f32::NEG_INFINITY), theme.diverging(-1.0));
            for step in 0..=64 {
                let below = theme.sequential(step as f32 / 64.0);
                if let (Some(below), Some(above)) = (luminance(below), luminance(theme.on(below))) {
                    let contrast = (below.max(above) + 0.05) / (below.min(above) + 0.05);
                    assert!(contrast >= 4.5, "{contrast} at step {step}, {depth:?}");
                }
            }
        }
    }
}

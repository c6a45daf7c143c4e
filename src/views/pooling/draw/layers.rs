//! How `[CLS]` and the mean drift apart from layer to layer, and how two sentences approach each other.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::Style,
    symbols::Marker,
    widgets::{
        Widget,
        canvas::{Canvas, Line},
    },
};

use super::{Lines, scroll, two_decimals};
use crate::{
    analysis::Pooling,
    messages::label,
    state::{Readings, State},
    views::pooling::pages::Pages,
    widgets::{Look, columns::centred},
};

/// The sign and the name left of a curve's numbers.
const NAME: u16 = 17;
/// The cells of one layer's number.
const NUMBER: u16 = 6;
const WIDEST_NUMBER: u16 = 16;
/// A lower chart shows nothing, a higher one no more.
const LOWEST_CHART: u16 = 6;
const HIGHEST_CHART: u16 = 40;

/// A curve over the layers, 0 being the embeddings.
struct Curve {
    /// Stands at each of its points.
    sign: &'static str,
    name: String,
    cosines: Vec<Option<f32>>,
    style: Style,
}

pub(super) fn draw(
    pages: &Pages,
    state: &State,
    readings: &Readings,
    look: &Look,
    area: Rect,
    buffer: &mut Buffer,
) -> usize {
    let theme = &look.theme;
    let curves = curves(readings, look);
    let layers = curves.first().map_or(0, |curve| curve.cosines.len());
    let (mut heading, mut note) = (Lines::default(), Lines::default());
    let text = match &readings.pair {
        Some(_) => label!("pooling-layers-pair"),
        None => label!("pooling-layers"),
    };
    heading.add(text.text(), theme.heading, area.width);
    if readings.pair.is_some() {
        note.add(label!("pooling-layers-note").text(), theme.dim, area.width);
    }
    let below = 1 + curves.len() as u16 + note.height();
    let spare = area.height.saturating_sub(heading.height() + below);
    let chart = if spare >= LOWEST_CHART { spare.min(HIGHEST_CHART) } else { 0 };
    let lines = heading.height() + chart + below;
    let ticks = LayerTicks::new(layers, area);
    scroll::draw(pages, state, scroll::Height { lines, pinned: None }, look, area, buffer, |page, buffer| {
        heading.draw(page, buffer);
        let mut y = page.y + heading.height();
        if chart > 0 {
            draw_chart(&curves, &ticks, look, Rect { y, height: chart, ..page }, buffer);
            y += chart;
        }
        for (at, &layer) in ticks.shown.iter().enumerate() {
            let name = if layer == 0 { label!("pooling-embeddings").text().to_owned() } else { layer.to_string() };
            centred(buffer, ticks.cell(at), ticks.width - 1, y, &name, theme.dim);
        }
        for (curve, y) in curves.iter().zip(y + 1..) {
            buffer.set_string(page.x, y, format!("{} {}", curve.sign, curve.name), curve.style);
            numbers(curve, &ticks, y, look, buffer);
        }
        note.draw(Rect { y: page.bottom() - note.height(), height: note.height(), ..page }, buffer);
    })
}

/// The layers that have a column, and where it is.
struct LayerTicks {
    shown: Vec<usize>,
    step: usize,
    left: u16,
    width: u16,
}

impl LayerTicks {
    /// Where not every layer has room, some are left out, never the last.
    fn new(layers: usize, area: Rect) -> Self {
        let room = area.width.saturating_sub(NAME);
        let step = layers.div_ceil(usize::from(room / NUMBER).max(1)).max(1);
        let mut shown: Vec<usize> = (0..layers).rev().step_by(step).collect();
        shown.reverse();
        let width = (room / (shown.len() as u16).max(1)).clamp(NUMBER, WIDEST_NUMBER);
        Self { shown, step, left: area.x + NAME, width }
    }

    /// The first cell of a column.
    fn cell(&self, at: usize) -> u16 {
        self.left + at as u16 * self.width
    }

    /// The cell in the middle of a layer's column, or where that would be.
    fn middle(&self, layer: usize) -> u16 {
        let first = self.shown.first().copied().unwrap_or_default();
        let from_first = (layer as f64 - first as f64) / self.step as f64 * f64::from(self.width);
        (f64::from(self.left + self.width / 2 - 1) + from_first).round() as u16
    }
}

fn numbers(curve: &Curve, ticks: &LayerTicks, y: u16, look: &Look, buffer: &mut Buffer) {
    for (at, &layer) in ticks.shown.iter().enumerate() {
        let (text, style) = match curve.cosines[layer] {
            Some(cosine) if look.theme.has_color() => {
                let background = look.theme.diverging(cosine);
                (two_decimals(cosine), Style::new().bg(background).fg(look.theme.on(background)))
            }
            Some(cosine) => (two_decimals(cosine), look.theme.text),
            None => ("–".to_owned(), look.theme.dim),
        };
        buffer.set_string(ticks.cell(at), y, " ".repeat(usize::from(ticks.width)), style);
        centred(buffer, ticks.cell(at), ticks.width - 1, y, &text, style);
    }
}

fn curves(readings: &Readings, look: &Look) -> Vec<Curve> {
    let theme = &look.theme;
    // Only the colour tells the curves apart, no underline.
    let plain = |style: Style| Style::new().fg(style.fg.unwrap_or_default());
    let Some(pair) = &readings.pair else {
        let cosines = readings.a_pooling.drift.clone();
        return vec![Curve { sign: "A", name: "cls·mean".to_owned(), cosines, style: plain(theme.accent) }];
    };
    let by_layer = pair.by_layer.iter().map(|(pooling, cosines)| {
        let (sign, style) = match pooling {
            Pooling::Cls => ("c", theme.special),
            Pooling::MeanWords => ("w", theme.selection),
            Pooling::Max => ("x", theme.warning),
            _ => ("m", theme.accent),
        };
        Curve { sign, name: format!("A·B {pooling}"), cosines: cosines.clone(), style: plain(style) }
    });
    let within = [("A", &readings.a_pooling, theme.text), ("B", &pair.b_pooling, theme.dim)];
    let within = within.map(|(sign, report, style)| Curve {
        sign,
        name: format!("{sign} cls·mean"),
        cosines: report.drift.clone(),
        style: plain(style),
    });
    by_layer.chain(within).collect()
}

/// The curves above the columns of their numbers, each with its sign at every layer.
fn draw_chart(curves: &[Curve], ticks: &LayerTicks, look: &Look, area: Rect, buffer: &mut Buffer) {
    let layers = curves.first().map_or(0, |curve| curve.cosines.len());
    let least = curves.iter().flat_map(|curve| &curve.cosines).flatten().copied().fold(0.0f32, f32::min);
    // In steps of a quarter, so that the axis does not jump about while one types.
    let bottom = f64::from((least * 4.0).floor() / 4.0);
    let left = ticks.middle(0).min(ticks.left);
    let plot = Rect { x: left, width: area.right().saturating_sub(left), ..area };
    // A point of the plane is a cell of the screen.
    let (width, height) = (f64::from(plot.width), f64::from(plot.height));
    let x_of = |layer: usize| f64::from(ticks.middle(layer) - plot.x) + 0.5;
    let y_of = |cosine: f32| (f64::from(cosine) - bottom) / (1.0 - bottom) * (height - 1.0) + 0.5;
    let draw = |context: &mut ratatui::widgets::canvas::Context| {
        for curve in curves {
            let color = curve.style.fg.unwrap_or_default();
            for layer in 1..layers {
                if let (Some(before), Some(cosine)) = (curve.cosines[layer - 1], curve.cosines[layer]) {
                    let (x1, y1, x2, y2) = (x_of(layer - 1), y_of(before), x_of(layer), y_of(cosine));
                    context.draw(&Line { x1, y1, x2, y2, color });
                }
            }
        }
    };
    Canvas::default()
        .marker(Marker::Braille)
        .x_bounds([0.0, width])
        .y_bounds([0.0, height])
        .background_color(look.theme.background())
        .paint(draw)
        .render(plot, buffer);
    let row = |cosine: f32| area.bottom() - 1 - (y_of(cosine) - 0.5).round() as u16;
    for value in [1.0, (bottom as f32 + 1.0) / 2.0, bottom as f32] {
        buffer.set_string(area.x, row(value), format!("{:>5}", two_decimals(value)), look.theme.dim);
    }
    let mut taken = Vec::new();
    for curve in curves {
        for (layer, cosine) in curve.cosines.iter().enumerate() {
            let Some(cosine) = *cosine else { continue };
            // Curves in the same place stand side by side.
            let (mut x, y) = (ticks.middle(layer), row(cosine));
            while taken.contains(&(x, y)) {
                x += 1;
            }
            taken.push((x, y));
            if x < area.right() {
                buffer.set_string(x, y, curve.sign, curve.style);
            }
        }
    }
}

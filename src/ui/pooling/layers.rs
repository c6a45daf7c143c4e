//! How `[CLS]` and the mean drift apart from layer to layer, and how two sentences approach each other.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::Style,
    symbols::Marker,
    text::Line,
    widgets::{Axis, Chart, Dataset, GraphType, Widget},
};

use super::{line, two_decimals};
use crate::{
    app::Readings,
    ui::{Look, columns::centred},
};

/// The name left of a curve's numbers.
const NAME: u16 = 14;
/// The cells of one layer's number.
const NUMBER: u16 = 6;
/// A lower chart shows nothing.
const LOWEST_CHART: u16 = 6;

/// A curve over the layers, 0 being the embeddings.
struct Curve {
    name: String,
    cosines: Vec<Option<f32>>,
    style: Style,
}

pub(super) fn draw(readings: &Readings, look: &Look, area: Rect, buffer: &mut Buffer) {
    let curves = curves(readings, look);
    let heading = match &readings.pair {
        Some(_) => "From layer to layer: the cosine of A and B under each pooling, and of cls and mean within each",
        None => "From layer to layer: the cosine of cls and mean",
    };
    line(heading, look.theme.heading, area, 0, buffer);
    let layers = curves.first().map_or(0, |curve| curve.cosines.len());
    let table = curves.len() as u16 + 1;
    let chart = Rect { y: area.y + 1, height: area.height.saturating_sub(table + 2), ..area };
    let mut y = area.y + 2;
    if chart.height >= LOWEST_CHART && look.theme.has_color() {
        draw_chart(&curves, look, Rect { height: chart.height.min(24), ..chart }, buffer);
        y = chart.y + chart.height.min(24) + 1;
    }
    // Where not every layer has room, some are left out, never the last.
    let room = usize::from(area.width.saturating_sub(NAME) / NUMBER).max(1);
    let step = layers.div_ceil(room).max(1);
    let shown: Vec<usize> = (0..layers).rev().step_by(step).collect::<Vec<_>>().into_iter().rev().collect();
    let place = |at: usize| area.x + NAME + at as u16 * NUMBER;
    for (at, &layer) in shown.iter().enumerate() {
        let name = if layer == 0 { "embed".to_owned() } else { layer.to_string() };
        buffer.set_string(place(at), y, format!("{name:>5}"), look.theme.dim);
    }
    for (curve, y) in curves.iter().zip(y + 1..area.bottom()) {
        buffer.set_string(area.x, y, &curve.name, curve.style);
        for (at, &layer) in shown.iter().enumerate() {
            let (text, style) = match curve.cosines[layer] {
                Some(cosine) if look.theme.has_color() => {
                    let background = look.theme.diverging(cosine);
                    (two_decimals(cosine), Style::new().bg(background).fg(look.theme.on(background)))
                }
                Some(cosine) => (two_decimals(cosine), look.theme.text),
                None => ("–".to_owned(), look.theme.dim),
            };
            buffer.set_string(place(at), y, " ".repeat(usize::from(NUMBER)), style);
            centred(buffer, place(at), NUMBER, y, &text, style);
        }
    }
}

fn curves(readings: &Readings, look: &Look) -> Vec<Curve> {
    let theme = &look.theme;
    let styles = [theme.special, theme.accent, theme.selection, theme.warning];
    let drift = |drift: &[f32]| drift.iter().copied().map(Some).collect();
    let Some(pair) = &readings.pair else {
        return vec![Curve {
            name: "cls·mean".to_owned(),
            cosines: drift(&readings.a_pooling.drift),
            style: theme.accent,
        }];
    };
    let mut curves: Vec<Curve> = pair
        .by_layer
        .iter()
        .zip(styles.iter().cycle())
        .map(|((pooling, cosines), style)| Curve {
            name: format!("A·B {pooling}"),
            cosines: cosines.clone(),
            // Only the colour tells the curves apart, no underline.
            style: Style::new().fg(style.fg.unwrap_or_default()),
        })
        .collect();
    for (name, report) in [("A cls·mean", &readings.a_pooling), ("B cls·mean", &pair.b_pooling)] {
        curves.push(Curve { name: name.to_owned(), cosines: drift(&report.drift), style: theme.dim });
    }
    curves
}

fn draw_chart(curves: &[Curve], look: &Look, area: Rect, buffer: &mut Buffer) {
    let points: Vec<Vec<(f64, f64)>> = curves
        .iter()
        .map(|curve| {
            let point = |(layer, cosine): (usize, &Option<f32>)| Some((layer as f64, f64::from((*cosine)?)));
            curve.cosines.iter().enumerate().filter_map(point).collect()
        })
        .collect();
    let least = points.iter().flatten().map(|(_, cosine)| *cosine).fold(0.0, f64::min);
    // In steps of a quarter, so that the axis does not jump about while one types.
    let bottom = (least * 4.0).floor() / 4.0;
    let last = curves.first().map_or(1, |curve| curve.cosines.len().saturating_sub(1)).max(1);
    let datasets: Vec<Dataset> = curves
        .iter()
        .zip(&points)
        .map(|(curve, points)| {
            Dataset::default().marker(Marker::Braille).graph_type(GraphType::Line).style(curve.style).data(points)
        })
        .collect();
    let dim = look.theme.dim;
    let number = |value: f64| Line::from(two_decimals(value as f32));
    let y_axis = Axis::default().bounds([bottom, 1.0]).style(dim).labels([
        number(bottom),
        number((bottom + 1.0) / 2.0),
        number(1.0),
    ]);
    let x_axis =
        Axis::default().bounds([0.0, last as f64]).style(dim).labels(["embed".to_owned(), format!("layer {last}")]);
    Chart::new(datasets).x_axis(x_axis).y_axis(y_axis).legend_position(None).render(area, buffer);
}

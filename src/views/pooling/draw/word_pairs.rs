//! What each word of A adds, with each word of B, to the cosine of their means.

use ratatui::{
    layout::Rect,
    style::{Modifier, Style},
};

use super::{Lines, line};
use crate::{
    analysis::Granularity,
    messages::{label, message},
    state::{Readings, State},
    views::pooling::pages::Pages,
    widgets::{
        Look,
        canvas::Canvas,
        columns::{Columns, UnitLabel, centred, window},
        text::{cells, shorten},
    },
};

/// The name left of a row, at least and at most.
const NAME: [usize; 2] = [13, 24];
/// The cells of a column at least and at most, and of the sums at the end.
const COLUMN: [usize; 2] = [7, 14];
const SUM: u16 = 7;

pub(super) fn draw(pages: &Pages, state: &State, readings: &Readings, look: &Look, area: Rect, canvas: &mut Canvas) {
    let (Some(pair), Some(pooling)) = (&readings.pair, pages.shown_pooling(state)) else { return };
    let Some((_, terms)) = pair.terms.iter().find(|(of, _)| *of == pooling) else { return };
    let theme = &look.theme;
    let labels = |reading: &crate::state::Reading| -> Vec<UnitLabel> {
        let units = reading.units(Granularity::Words);
        let label = |unit| UnitLabel::new(&reading.trace, units, unit);
        reading.averaged(pooling).into_iter().map(label).collect()
    };
    let (rows, columns) = (labels(&readings.a), labels(&pair.b));
    if rows.len() != terms.rows || columns.len() != terms.columns || area.height < 6 {
        return;
    }
    let (row, column) = pages.cell;
    let columns_room = usize::from(area.width).saturating_sub(usize::from(SUM) + 1);
    let widest = |labels: &[UnitLabel]| labels.iter().map(|label| cells(&label.text)).max().unwrap_or_default();
    // Names take the room that is left over.
    let width = (columns_room.saturating_sub(NAME[0]) / columns.len().max(1)).min(widest(&columns) + 2);
    let width = width.clamp(COLUMN[0], COLUMN[1]);
    let name = columns_room.saturating_sub(width * columns.len()).min(widest(&rows) + 2).clamp(NAME[0], NAME[1]);
    let [column_width, name_width] = [width, name].map(|cells| cells as u16);
    let heading = message!("pooling-words", pooling = pooling.name(), cosine = format!("{:.4}", terms.cosine()));
    let mut above = Lines::default();
    above.add(&heading, theme.heading, area.width);
    above.add(label!("pooling-words-unit").text(), theme.dim, area.width);
    above.draw(area, canvas);
    let seen = Columns::even(&columns, width, column, area.x + name_width..area.right().saturating_sub(SUM + 1));
    let largest = terms.terms.iter().fold(0.0f64, |largest, term| largest.max(term.abs()));
    let number = |value: f64| {
        let text = format!("{:.1}", value * 100.0);
        if text == "-0.0" { "0.0".to_owned() } else { text.replace('-', "−") }
    };
    let header = area.y + above.height();
    for at in &seen.visible {
        let label = &columns[at.at];
        let style = label.style_above(columns.get(column).map_or(usize::MAX, |label| label.unit), usize::MAX, look);
        centred(canvas, at.x, column_width - 1, header, &shorten(&label.text, usize::from(column_width - 1)), style);
    }
    seen.beyond(look, header, canvas);
    let end = seen.end() + 1;
    canvas.set_string(end, header, format!("{:>6}", label!("pooling-sum")), theme.heading);
    // Header above; sums and the exact number below.
    let lines = usize::from(area.height.saturating_sub(above.height() + 3));
    let shown = window(&vec![1; rows.len()], row, lines);
    for (at, y) in shown.clone().zip(header + 1..) {
        let label = &rows[at];
        let style = if at == row { theme.accent.add_modifier(Modifier::BOLD) } else { label.style(usize::MAX, look) };
        let marker = if at == row { "▸" } else { " " };
        canvas.set_string(area.x, y, format!("{marker}{}", shorten(&label.text, name - 2)), style);
        for place in &seen.visible {
            let term = terms.get(at, place.at).unwrap_or_default();
            let style = if theme.has_color() && largest > 0.0 {
                let background = theme.diverging((term.abs() / largest).sqrt().copysign(term) as f32);
                Style::new().bg(background).fg(theme.on(background))
            } else {
                theme.text
            };
            canvas.set_string(place.x, y, " ".repeat(width), style);
            let here = (at, place.at) == (row, column);
            let text = if here { format!("[{}]", number(term)) } else { number(term) };
            let style = if here { style.add_modifier(Modifier::BOLD) } else { style };
            centred(canvas, place.x, column_width - 1, y, &text, style);
        }
        let sum = terms.row_sums().get(at).copied().unwrap_or_default();
        canvas.set_string(end, y, format!("{:>6}", number(sum)), theme.dim);
    }
    let foot = header + 1 + shown.len() as u16;
    canvas.set_string(area.x, foot, format!(" {}", label!("pooling-sum")), theme.heading);
    let sums = terms.column_sums();
    for place in &seen.visible {
        let sum = sums.get(place.at).copied().unwrap_or_default();
        centred(canvas, place.x, column_width - 1, foot, &number(sum), theme.dim);
    }
    canvas.set_string(end, foot, format!("{:>6}", number(terms.cosine())), theme.heading);
    let term = terms.get(row, column).unwrap_or_default();
    let share = if terms.cosine().abs() > 1e-6 {
        let percent = format!("{:.1}", term / terms.cosine() * 100.0);
        format!("  {}", message!("pooling-share-of-cosine", percent = percent))
    } else {
        String::new()
    };
    let name = |labels: &[UnitLabel], at: usize| labels.get(at).map_or_else(String::new, UnitLabel::quoted);
    let text = format!("{} × {}: {term:+.5}{share}", name(&rows, row), name(&columns, column));
    line(&text, theme.text, Rect { y: foot + 1, height: 1, ..area }, 0, canvas);
}

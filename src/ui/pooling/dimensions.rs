//! Which dimensions make up the cosine of two sentences.

use ratatui::{buffer::Buffer, layout::Rect};

use super::{bar, line};
use crate::{
    analysis::{Contributions, SentenceVector},
    app::{App, Readings},
    ui::{Look, text::shorten},
};

/// What stands left of the bars.
const NUMBERS: u16 = 50;

pub(super) fn draw(app: &App, readings: &Readings, look: &Look, area: Rect, buffer: &mut Buffer) {
    let (Some(pair), Some(pooling)) = (&readings.pair, app.lab_pooling()) else { return };
    let Some((_, contributions)) = pair.contributions.iter().find(|(of, _)| *of == pooling) else { return };
    let (Some(a), Some(b)) = (readings.a_pooling.vector(pooling), pair.b_pooling.vector(pooling)) else { return };
    let theme = &look.theme;
    let Contributions { cosine, terms } = contributions;
    let count = terms.len();
    line(
        &format!("{pooling}: the cosine of A and B, {cosine:.4}, is a sum over {count} dimensions"),
        theme.heading,
        area,
        0,
        buffer,
    );
    line(&carried(contributions), theme.text, area, 1, buffer);
    line(&rogue(app, pooling.into()), theme.accent, area, 2, buffer);
    line("dimension       of A      of B      adds     so far", theme.dim, area, 4, buffer);
    let largest = terms.first().map_or(0.0, |(_, term)| term.abs());
    let mut sum = 0.0;
    for (&(dimension, term), y) in terms.iter().zip(area.y + 5..area.bottom()) {
        sum += term;
        let row = format!("{dimension:>9}{:>11.3}{:>10.3}{term:>+10.4}{sum:>+10.4}", a[dimension], b[dimension]);
        buffer.set_stringn(area.x, y, row, usize::from(area.width), theme.text);
        let room = area.width.saturating_sub(NUMBERS + 3);
        if largest > 0.0 && room >= 8 {
            let share = (term.abs() / largest) as f32;
            let place = Rect { x: area.x + NUMBERS + 3, y, width: room, height: 1 };
            if term >= 0.0 {
                bar(share, look, place, buffer);
            } else {
                // What takes away from the cosine is told by more than its colour: its sign stands left of it.
                let width = (share * f32::from(room)).round() as usize;
                buffer.set_string(place.x, y, "┄".repeat(width), theme.warning);
            }
        }
    }
}

/// How many dimensions it takes.
fn carried(contributions: &Contributions) -> String {
    let count = contributions.terms.len();
    let whole = contributions.cosine;
    if whole.abs() < 1e-6 || count == 0 {
        return "there is nothing to share out".to_owned();
    }
    let share = |first: usize| format!("{:.0} %", contributions.carried(first) / whole * 100.0);
    let half = (1..=count).find(|&first| contributions.carried(first) / whole >= 0.5).unwrap_or(count);
    let [some, more] = [10.min(count), 50.min(count)];
    format!(
        "by size: the first {some} add up to {} of it, the first {more} to {}; half takes {half}",
        share(some),
        share(more)
    )
}

/// The dimensions that unrelated sentences have in common already.
fn rogue(app: &App, vector: SentenceVector) -> String {
    let Some(baseline) = &app.lab.baseline else { return String::new() };
    let Some((_, expected)) = baseline.expected.iter().find(|(of, _)| *of == vector) else { return String::new() };
    let rogue = expected.rogue();
    if rogue.is_empty() {
        return format!("no dimension dominates unrelated sentences (their mean cosine is {:.2})", expected.cosine);
    }
    let named: Vec<String> =
        rogue.iter().map(|(dimension, share)| format!("{dimension} ({:.0} %)", share * 100.0)).collect();
    let text = format!(
        "rogue: what unrelated sentences have in common (mean cosine {:.2}) is mostly dimension {}",
        expected.cosine,
        named.join(", ")
    );
    shorten(&text, 400).into_owned()
}

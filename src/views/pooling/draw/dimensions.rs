//! Which dimensions make up the cosine of two sentences.

use ratatui::{buffer::Buffer, layout::Rect};

use super::{Lines, line, scroll};
use crate::{
    analysis::{Contributions, SentenceVector, decimal, readable_cosine, signed},
    messages::{label, listed, message},
    state::{Readings, State},
    views::pooling::pages::Pages,
    widgets::{Look, text::thousands},
};

/// What stands left of the bars.
const NUMBERS: u16 = 50;
/// Shorter bars say nothing.
const SHORTEST_BAR: u16 = 8;

pub(super) fn draw(
    pages: &Pages,
    state: &State,
    readings: &Readings,
    look: &Look,
    area: Rect,
    buffer: &mut Buffer,
) -> usize {
    let (Some(pair), Some(pooling)) = (&readings.pair, pages.shown_pooling(state)) else { return 0 };
    let Some((_, contributions)) = pair.contributions.iter().find(|(of, _)| *of == pooling) else { return 0 };
    let (Some(a), Some(b)) = (readings.a_pooling.vector(pooling), pair.b_pooling.vector(pooling)) else { return 0 };
    let theme = &look.theme;
    let Contributions { cosine, terms } = contributions;
    let count = thousands(terms.len());
    let mut facts = Lines::default();
    let heading = message!(
        "pooling-dimensions",
        pooling = pooling.name(),
        cosine = readable_cosine(*cosine as f32, 4),
        count = count
    );
    facts.add(&heading, theme.heading, area.width);
    facts.add(&carried(contributions), theme.text, area.width);
    let rogue = rogue(state, pooling.into());
    if !rogue.is_empty() {
        facts.add(&rogue, theme.accent, area.width);
    }
    let names = facts.height();
    let height = scroll::Height { lines: names + 1 + terms.len() as u16, pinned: Some(names) };
    // Of these lines alone something is seen.
    let top = pages.top.min(usize::from(height.lines.saturating_sub(area.height.saturating_sub(1))));
    let seen = top..top + usize::from(area.height);
    scroll::draw(pages, state, height, look, area, buffer, |page, buffer| {
        facts.draw(page, buffer);
        let place = |row: usize| Rect { y: page.y + row as u16, height: 1, ..page };
        line(&names_of_columns(), theme.dim, place(usize::from(names)), 0, buffer);
        let scale = BarScale::new(terms, page.width.saturating_sub(NUMBERS));
        let mut sum = 0.0;
        for (&(dimension, term), row) in terms.iter().zip(usize::from(names) + 1..) {
            sum += term;
            if seen.contains(&row) {
                let Rect { x, y, .. } = place(row);
                let (of_a, of_b) = (a[dimension], b[dimension]);
                let [of_a, of_b] = [of_a, of_b].map(|value| decimal(f64::from(value), 3));
                let [summed, added] = [sum, term].map(|value| signed(value, 4));
                let text = format!("{dimension:>9}{of_a:>10}{of_b:>10}{summed:>10}{added:>10}");
                buffer.set_stringn(x, y, text, usize::from(page.width), theme.text);
                scale.bar(term, x + NUMBERS, y, look, buffer);
            }
        }
    })
}

/// The names above the numbers.
fn names_of_columns() -> String {
    let (a, b) = (label!("pooling-dimensions-of-a"), label!("pooling-dimensions-of-b"));
    let (sum, term) = (label!("pooling-dimensions-so-far"), label!("pooling-dimensions-adds"));
    format!("{:>9}{a:>10}{b:>10}{sum:>10}{term:>10}", label!("pooling-dimension"))
}

/// Where 0 is in the room for bars, and how long the longest is to each side.
struct BarScale {
    room: u16,
    zero: u16,
    /// The size of a cell.
    unit: f64,
}

impl BarScale {
    fn new(terms: &[(usize, f64)], room: u16) -> Self {
        let least = terms.iter().fold(0.0f64, |least, (_, term)| least.min(*term));
        let most = terms.iter().fold(0.0f64, |most, (_, term)| most.max(*term));
        let unit = (most - least) / f64::from(room.saturating_sub(1).max(1));
        let zero = if unit > 0.0 { (-least / unit).ceil() as u16 } else { 0 };
        Self { room, zero: zero.min(room.saturating_sub(1)), unit }
    }

    /// To the right what adds to the cosine, to the left what takes away from it.
    fn bar(&self, term: f64, x: u16, y: u16, look: &Look, buffer: &mut Buffer) {
        if self.room < SHORTEST_BAR || self.unit <= 0.0 {
            return;
        }
        let length = (term.abs() / self.unit).round() as u16;
        let zero = x + self.zero;
        match term >= 0.0 {
            true => {
                let length = length.min(self.room - 1 - self.zero);
                buffer.set_string(zero + 1, y, "━".repeat(usize::from(length)), look.theme.accent);
            }
            false => {
                let length = length.min(self.zero);
                buffer.set_string(zero - length, y, "━".repeat(usize::from(length)), look.theme.warning);
            }
        }
        buffer.set_string(zero, y, "│", look.theme.border);
    }
}

/// How many dimensions it takes.
fn carried(contributions: &Contributions) -> String {
    let count = contributions.terms.len();
    let whole = contributions.cosine;
    if whole.abs() < 1e-6 || count == 0 {
        return label!("pooling-dimensions-none").text().to_owned();
    }
    let share = |first: usize| format!("{:.0}", contributions.carried(first) / whole * 100.0);
    let half = (1..=count).find(|&first| contributions.carried(first) / whole >= 0.5).unwrap_or(count);
    let [some, more] = [10.min(count), 50.min(count)];
    message!(
        "pooling-dimensions-shares",
        some = some,
        some_percent = share(some),
        more = more,
        more_percent = share(more),
        half = half
    )
}

/// The dimensions that unrelated sentences have in common already.
fn rogue(state: &State, vector: SentenceVector) -> String {
    let measured = state.background_of_pair().and_then(|set| set.measured.as_ref());
    let Some(baseline) = measured else { return String::new() };
    let Some((_, expected)) = baseline.expected.iter().find(|(of, _)| *of == vector) else { return String::new() };
    let rogue = expected.rogue();
    if rogue.is_empty() {
        return message!("pooling-no-rogue", cosine = decimal(expected.cosine, 2));
    }
    let named: Vec<String> =
        rogue.iter().map(|(dimension, share)| format!("{dimension} ({:.0} %)", share * 100.0)).collect();
    message!("pooling-rogue", cosine = decimal(expected.cosine, 2), dimensions = listed(named))
}

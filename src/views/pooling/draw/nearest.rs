//! Late interaction: each token of A with its nearest of B, and the other way round.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use super::{Lines, bar, line, scroll, two_decimals};
use crate::{
    analysis::{LateInteraction, decimal},
    bert::Trace,
    messages::{Label, label, message},
    printable::printable,
    state::{PairReading, Readings, State},
    views::pooling::pages::Pages,
    widgets::{
        Look,
        text::{cells, padded},
    },
};

/// The cells of two lists beside each other.
const BESIDE: u16 = 100;
/// Between the two.
const GAP: u16 = 4;
/// `0.83 ` before a bar.
const NUMBER: u16 = 6;
/// A longer bar would be no easier to read.
const LONGEST_BAR: u16 = 24;

/// Draws the page; how far it can be scrolled.
pub(super) fn draw(
    pages: &Pages,
    state: &State,
    (readings, pair): (&Readings, &PairReading),
    look: &Look,
    area: Rect,
    buffer: &mut Buffer,
) -> usize {
    let (a, b) = (&readings.a.trace, &pair.b.trace);
    let lists =
        [Matches::new(label!("analysis-nearest-of-b"), a, b), Matches::new(label!("analysis-nearest-of-a"), b, a)];
    let [Some(of_a), Some(of_b)] = lists else {
        line(label!("pooling-nearest-none").text(), look.theme.dim, area, 0, buffer);
        return 0;
    };
    let mut above = Lines::default();
    above.add(label!("pooling-nearest").text(), look.theme.heading, area.width);
    above.add(label!("pooling-nearest-caution").text(), look.theme.dim, area.width);
    let is_beside = area.width >= BESIDE;
    let (first, second) = (of_a.height(), of_b.height());
    let lines = above.height() + 1 + if is_beside { first.max(second) } else { first + 1 + second };
    scroll::draw(pages, state, scroll::Height { lines, pinned: None }, look, area, buffer, |area, buffer| {
        above.draw(area, buffer);
        let y = area.y + above.height() + 1;
        let width = if is_beside { (area.width - GAP) / 2 } else { area.width };
        of_a.draw(look, Rect { y, width, height: first, ..area }, buffer);
        let place = match is_beside {
            true => Rect { x: area.x + width + GAP, y, width, height: second },
            false => Rect { y: y + first + 1, width, height: second, ..area },
        };
        of_b.draw(look, place, buffer);
    })
}

/// The tokens of one text and their nearest of the other.
struct Matches {
    heading: String,
    /// A token, its nearest, their cosine.
    lines: Vec<(String, String, f32)>,
}

impl Matches {
    fn new(title: Label, from: &Trace, to: &Trace) -> Option<Self> {
        let found = LateInteraction::new(from, to)?;
        let name = |trace: &Trace, token: usize| printable(&trace.tokens[token].written()).into_owned();
        let matches = found.tokens.iter();
        Some(Self {
            heading: message!(
                "pooling-nearest-sum",
                title = title.text(),
                sum = decimal(found.sum(), 3),
                mean = decimal(found.mean(), 3)
            ),
            lines: matches.map(|it| (name(from, it.token), name(to, it.nearest), it.cosine)).collect(),
        })
    }

    fn height(&self) -> u16 {
        1 + u16::try_from(self.lines.len()).unwrap_or(u16::MAX - 1)
    }

    fn draw(&self, look: &Look, area: Rect, buffer: &mut Buffer) {
        let theme = &look.theme;
        line(&self.heading, theme.heading, area, 0, buffer);
        let widest = |of: &dyn Fn(&(String, String, f32)) -> usize| self.lines.iter().map(of).max().unwrap_or(0);
        let most = usize::from(area.width / 4).clamp(6, 24);
        let [from, to] = [widest(&|line| cells(&line.0)), widest(&|line| cells(&line.1))].map(|it| it.min(most) as u16);
        for ((token, nearest, cosine), y) in self.lines.iter().zip(area.y + 1..area.bottom()) {
            let mut text = |x: u16, text: String, style: Style| {
                let room = usize::from(area.right().saturating_sub(x));
                buffer.set_stringn(x, y, text, room, style);
            };
            text(area.x, padded(token, from), theme.text);
            text(area.x + from + 1, "→".to_owned(), theme.dim);
            text(area.x + from + 3, padded(nearest, to), theme.accent);
            let x = area.x + from + to + 4;
            text(x, format!("{:>5}", two_decimals(*cosine)), theme.text);
            let room = area.right().saturating_sub(x + NUMBER).min(LONGEST_BAR);
            if room > 4 {
                bar(*cosine, look, Rect { x: x + NUMBER, y, width: room, height: 1 }, buffer);
            }
        }
    }
}

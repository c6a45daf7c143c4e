//! Where each column of a map lies: as wide as its token or word, so that the map reads like the sentence.

use std::ops::Range;

use ratatui::{
    buffer::Buffer,
    style::{Modifier, Style},
};

use super::{
    Look,
    text::{cells, shorten},
};
use crate::{analysis::Units, app::Shown, bert::Trace, printable::printable};

/// The narrowest column: a percentage in brackets, `[12]`.
const NARROWEST: usize = 4;
/// The widest; longer tokens are cut with `…`.
const WIDEST: usize = 14;
/// How much wider than its token a column may be.
const MOST_STRETCH: usize = 4;

/// What stands above a column.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub unit: usize,
    pub text: String,
    /// `[CLS]`, `[SEP]`, ...
    special: bool,
    /// A piece that continues a word.
    piece: bool,
}

impl Label {
    /// The label of a unit: its token, or its pieces joined.
    pub(super) fn new(trace: &Trace, units: &Units, unit: usize) -> Self {
        let tokens = &trace.tokens[units.tokens(unit)];
        let mut text = String::new();
        for (i, token) in tokens.iter().enumerate() {
            text.push_str(if i == 0 { &token.text } else { token.text.strip_prefix("##").unwrap_or(&token.text) });
        }
        let piece = tokens.first().is_some_and(|token| token.text.starts_with("##"));
        Self { unit, text: printable(&text).into_owned(), special: units.is_special(unit), piece }
    }

    /// The labels of everything a view shows.
    pub(super) fn all(trace: &Trace, shown: &Shown) -> Vec<Self> {
        shown.columns.iter().map(|&unit| Self::new(trace, &shown.units, unit)).collect()
    }

    /// In a sentence: words in quotes, specials as they are.
    pub(super) fn quoted(&self) -> String {
        if self.special { self.text.clone() } else { format!("“{}”", self.text) }
    }

    fn style(&self, source: usize, look: &Look) -> Style {
        match self {
            _ if self.unit == source => look.theme.selection,
            Label { special: true, .. } => look.theme.special,
            Label { piece: true, .. } => look.theme.word_piece,
            _ => look.theme.text,
        }
    }
}

/// One unit's column: screen cells `x..x + width`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Number of its label.
    pub at: usize,
    pub unit: usize,
    pub x: u16,
    pub width: u16,
}

/// The columns that fit on screen.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    pub visible: Vec<Column>,
    count: usize,
}

impl Columns {
    /// Lays the labels out in the cells `x`, scrolled so that number `cursor` is in view (in the middle, where
    /// there is more on both sides).
    pub(super) fn new(labels: &[Label], cursor: usize, x: Range<u16>) -> Self {
        let mut widths: Vec<usize> =
            labels.iter().map(|label| (cells(&label.text) + 1).clamp(NARROWEST, WIDEST)).collect();
        // On a wide screen a short sentence is stretched, so that it can be read from afar.
        let spare = x.len().saturating_sub(widths.iter().sum()) / widths.len().max(1);
        widths.iter_mut().for_each(|width| *width += spare.min(MOST_STRETCH));
        let shown = window(&widths, cursor, x.len());
        let mut left = x.start;
        let visible = shown
            .map(|at| {
                let column = Column { at, unit: labels[at].unit, x: left, width: widths[at] as u16 };
                left += column.width;
                column
            })
            .collect();
        Self { visible, count: labels.len() }
    }

    /// The first cell right of the last column.
    pub(super) fn end(&self) -> u16 {
        self.visible.last().map_or(0, |column| column.x + column.width)
    }

    /// `tokens 12–30 of 512` when not all of them are in view.
    pub(super) fn position(&self) -> Option<String> {
        let (first, last) = (self.visible.first()?, self.visible.last()?);
        (self.visible.len() < self.count).then(|| format!("tokens {}–{} of {}", first.at + 1, last.at + 1, self.count))
    }

    /// The labels above their columns.
    pub(super) fn header(
        &self,
        labels: &[Label],
        cursor: usize,
        source: usize,
        look: &Look,
        y: u16,
        buffer: &mut Buffer,
    ) {
        let theme = &look.theme;
        // What lies beyond the screen's edges is marked there.
        if let (Some(first), Some(last)) = (self.visible.first(), self.visible.last()) {
            if first.at > 0 {
                buffer.set_string(first.x - 1, y, "‹", theme.accent);
            }
            if last.at + 1 < self.count {
                buffer.set_string(self.end(), y, "›", theme.accent);
            }
        }
        for column in &self.visible {
            let label = &labels[column.at];
            let mut style = label.style(source, look);
            if column.unit == cursor {
                style = style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
            }
            let room = usize::from(column.width) - 1;
            centred(buffer, column.x, column.width - 1, y, &shorten(&label.text, room), style);
        }
    }
}

/// Writes a text into the middle of `width` cells.
pub(super) fn centred(buffer: &mut Buffer, x: u16, width: u16, y: u16, text: &str, style: Style) {
    let indent = width.saturating_sub(cells(text) as u16).div_ceil(2);
    buffer.set_stringn(x + indent, y, text, usize::from(width - indent), style);
}

/// The items of these widths to show in `room` cells so that `cursor` is among them.
pub(super) fn window(widths: &[usize], cursor: usize, room: usize) -> Range<usize> {
    if widths.is_empty() {
        return 0..0;
    }
    let cursor = cursor.min(widths.len() - 1);
    let (mut first, mut end) = (cursor, cursor + 1);
    let mut used = widths[cursor];
    // Grow to both sides in turn, then to whichever still has items.
    loop {
        let before = first > 0 && used + widths[first - 1] <= room;
        let after = end < widths.len() && used + widths[end] <= room;
        let left_first = cursor - first <= end - 1 - cursor;
        match (before, after) {
            (true, _) if left_first || !after => {
                first -= 1;
                used += widths[first];
            }
            (_, true) => {
                used += widths[end];
                end += 1;
            }
            (true, false) | (false, false) => return first..end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::window;

    #[test]
    fn the_window_holds_the_cursor_and_fills_the_room() {
        assert_eq!(window(&[4; 5], 2, 100), 0..5);
        assert_eq!(window(&[4; 10], 0, 12), 0..3);
        assert_eq!(window(&[4; 10], 9, 12), 7..10);
        assert_eq!(window(&[4; 10], 5, 12), 4..7);
        assert_eq!(window(&[40], 0, 12), 0..1);
        assert_eq!(window(&[], 0, 12), 0..0);
    }
}

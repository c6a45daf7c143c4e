//! What stands above columns that are too narrow for their labels.

use std::ops::Range;

use ratatui::buffer::Buffer;
use unicode_segmentation::UnicodeSegmentation;

use super::{
    Look,
    columns::{Columns, UnitLabel},
    text::{cells, shorten},
};

/// The most lines for names that stand upright, and the fewest: less would not tell them apart.
const MOST: u16 = 10;
const FEWEST: u16 = 4;

/// How many of the spare lines names take that stand upright; none where there is no room for them.
pub(crate) fn height(columns: &Columns, labels: &[UnitLabel], spare: u16) -> u16 {
    // A character of East Asia takes two cells.
    let wide = columns.visible.iter().all(|column| column.width > 1);
    if !wide || spare < FEWEST {
        return 0;
    }
    let lengths = columns.visible.iter().map(|column| labels[column.at].text.graphemes(true).count());
    spare.min(MOST).min(lengths.max().unwrap_or(0) as u16)
}

/// Narrow columns, and what is said of them above.
pub(crate) struct Ticks<'a> {
    pub columns: &'a Columns,
    pub labels: &'a [UnitLabel],
    /// The unit under the cursor.
    pub cursor: usize,
    /// The unit that looks.
    pub source: usize,
    pub look: &'a Look,
}

impl Ticks<'_> {
    /// Every label upright in the lines `y`, ending at its column.
    pub(crate) fn names(&self, y: Range<u16>, buffer: &mut Buffer) {
        for column in &self.columns.visible {
            let label = &self.labels[column.at];
            let style = label.style_above(self.cursor, self.source, self.look);
            let mut characters: Vec<&str> = label.text.graphemes(true).collect();
            if characters.len() > y.len() {
                characters.truncate(y.len().saturating_sub(1));
                characters.push("⋮");
            }
            for (character, y) in characters.into_iter().rev().zip(y.clone().rev()) {
                buffer.set_stringn(column.x, y, character, usize::from(column.width), style);
            }
        }
    }

    /// The numbers of some tokens, and a mark above the cursor's column, with its name where it has no other.
    pub(crate) fn line(&self, named: bool, y: u16, buffer: &mut Buffer) {
        let theme = &self.look.theme;
        self.columns.beyond(self.look, y, buffer);
        let taken = self.mark(named, y, buffer);
        for column in &self.columns.visible {
            let number = self.labels[column.at].number.to_string();
            let cells = column.x..column.x + number.len() as u16;
            let every = if column.width > 1 { 5 } else { 10 };
            let free = cells.end < taken.start || taken.end < cells.start;
            if column.at.is_multiple_of(every) && free && cells.end <= self.columns.end() {
                buffer.set_string(column.x, y, number, theme.dim);
            }
        }
    }

    /// Draws the mark above the cursor's column, and says which cells that took.
    fn mark(&self, named: bool, y: u16, buffer: &mut Buffer) -> Range<u16> {
        let Some(column) = self.columns.visible.iter().find(|column| column.unit == self.cursor) else { return 0..0 };
        let label = &self.labels[column.at];
        let name = if named { shorten(&label.text, 24) } else { "".into() };
        let width = cells(&name) as u16;
        let first = self.columns.visible.first().map_or(0, |column| column.x);
        // The name stands right of the mark, or left of it where the map ends.
        let right = column.x + 1 + width <= self.columns.end() || column.x < first + width;
        let name_x = if right { column.x + 1 } else { column.x - width };
        buffer.set_stringn(name_x, y, &name, usize::from(width), label.style(self.source, self.look));
        buffer.set_string(column.x, y, "▾", self.look.theme.accent);
        if right { column.x..name_x + width } else { name_x..column.x + 1 }
    }
}

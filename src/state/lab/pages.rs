//! What keys change on the pages of the pooling view.

use super::Page;
use crate::{analysis::after, state::State};

impl State {
    /// How many words A and B have on the page of words.
    pub(super) fn lab_words(&self) -> (usize, usize) {
        let pair = self.readings.as_ref().and_then(|readings| readings.pair.as_ref());
        let shown = self.lab_pooling();
        let terms = pair.and_then(|pair| pair.terms.iter().find(|(pooling, _)| Some(*pooling) == shown));
        terms.map_or((0, 0), |(_, terms)| (terms.rows, terms.columns))
    }

    /// Turns to the next page.
    pub(crate) fn next_page(&mut self) {
        (self.lab.page, self.lab.top) = (after(Page::ALL, self.lab.page), 0);
    }

    /// Whether the page shows one pooling of several.
    pub(crate) fn can_choose_other_pooling(&self) -> bool {
        matches!(self.lab.page, Page::Dimensions | Page::Words) && self.lab_poolings().len() > 1
    }

    /// Shows the next of these poolings.
    pub(crate) fn choose_other_pooling(&mut self) {
        let choices = self.lab_poolings().len().max(1);
        (self.lab.pooling, self.lab.top) = ((self.lab.pooling.min(choices - 1) + 1) % choices, 0);
    }

    /// The line that is so many further than the first shown, or than the cursor on the page of words.
    fn page_line(&self, by: isize) -> usize {
        let (at, last) = match self.lab.page {
            Page::Words => (self.lab.cell.0, self.lab_words().0.saturating_sub(1)),
            _ => (self.lab.top, self.furthest),
        };
        at.saturating_add_signed(by).min(last)
    }

    /// Whether the page can be scrolled, or its cursor moved, by so many lines.
    pub(crate) fn can_scroll_page(&self, by: isize) -> bool {
        let at = if self.lab.page == Page::Words { self.lab.cell.0 } else { self.lab.top };
        self.page_line(by) != at
    }

    /// Scrolls the page, or moves its cursor.
    pub(crate) fn scroll_page(&mut self, by: isize) {
        let line = self.page_line(by);
        match self.lab.page {
            Page::Words => self.lab.cell.0 = line,
            _ => self.lab.top = line,
        }
    }

    fn word_column(&self, by: isize) -> usize {
        self.lab.cell.1.saturating_add_signed(by).min(self.lab_words().1.saturating_sub(1))
    }

    /// Whether the cursor of the page of words can move so many columns.
    pub(crate) fn can_step_word(&self, by: isize) -> bool {
        self.lab.page == Page::Words && self.word_column(by) != self.lab.cell.1
    }

    /// Moves it.
    pub(crate) fn step_word(&mut self, by: isize) {
        self.lab.cell.1 = self.word_column(by);
    }
}

//! What keys change on the pages of the pooling view.

use super::Page;
use crate::{analysis::after, state::State};

impl State {
    /// How many words A and B have on the page of words.
    pub(super) fn words_of_page(&self) -> (usize, usize) {
        let pair = self.readings.as_ref().and_then(|readings| readings.pair.as_ref());
        let shown = self.shown_pooling();
        let terms = pair.and_then(|pair| pair.terms.iter().find(|(pooling, _)| Some(*pooling) == shown));
        terms.map_or((0, 0), |(_, terms)| (terms.rows, terms.columns))
    }

    /// Turns to the next page.
    pub(crate) fn next_page(&mut self) {
        (self.pooling_view.page, self.pooling_view.top) = (after(Page::ALL, self.pooling_view.page), 0);
    }

    /// Whether the page shows one pooling of several.
    pub(crate) fn can_choose_other_pooling(&self) -> bool {
        matches!(self.pooling_view.page, Page::Dimensions | Page::Words) && self.poolings_of_page().len() > 1
    }

    /// Shows the next of these poolings.
    pub(crate) fn choose_other_pooling(&mut self) {
        let choices = self.poolings_of_page().len().max(1);
        (self.pooling_view.pooling, self.pooling_view.top) =
            ((self.pooling_view.pooling.min(choices - 1) + 1) % choices, 0);
    }

    /// The line that is so many further than the first shown, or than the cursor on the page of words.
    fn page_line(&self, by: isize) -> usize {
        let (at, last) = match self.pooling_view.page {
            Page::Words => (self.pooling_view.cell.0, self.words_of_page().0.saturating_sub(1)),
            _ => (self.pooling_view.top, self.furthest),
        };
        at.saturating_add_signed(by).min(last)
    }

    /// Whether the page can be scrolled, or its cursor moved, by so many lines.
    pub(crate) fn can_scroll_page(&self, by: isize) -> bool {
        let at = if self.pooling_view.page == Page::Words { self.pooling_view.cell.0 } else { self.pooling_view.top };
        self.page_line(by) != at
    }

    /// Scrolls the page, or moves its cursor.
    pub(crate) fn scroll_page(&mut self, by: isize) {
        let line = self.page_line(by);
        match self.pooling_view.page {
            Page::Words => self.pooling_view.cell.0 = line,
            _ => self.pooling_view.top = line,
        }
    }

    fn word_column(&self, by: isize) -> usize {
        self.pooling_view.cell.1.saturating_add_signed(by).min(self.words_of_page().1.saturating_sub(1))
    }

    /// Whether the cursor of the page of words can move so many columns.
    pub(crate) fn can_step_word(&self, by: isize) -> bool {
        self.pooling_view.page == Page::Words && self.word_column(by) != self.pooling_view.cell.1
    }

    /// Moves it.
    pub(crate) fn step_word(&mut self, by: isize) {
        self.pooling_view.cell.1 = self.word_column(by);
    }
}

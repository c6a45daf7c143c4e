//! What keys do on the pages of the pooling view.

use super::Page;
use crate::{
    analysis::after,
    state::{Action, State},
};

/// So many lines is a page: as many as the smallest screen shows, so that none is skipped.
const PAGE: usize = 7;

impl State {
    /// How many words A and B have on the page of words.
    pub(super) fn lab_words(&self) -> (usize, usize) {
        let pair = self.readings.as_ref().and_then(|readings| readings.pair.as_ref());
        let shown = self.lab_pooling();
        let terms = pair.and_then(|pair| pair.terms.iter().find(|(pooling, _)| Some(*pooling) == shown));
        terms.map_or((0, 0), |(_, terms)| (terms.rows, terms.columns))
    }

    /// Carries out what the pages understand; whether it was that.
    pub(crate) fn update_lab(&mut self, action: Action) -> bool {
        let (rows, columns) = self.lab_words();
        let choices = self.lab_poolings().len();
        let cell = self.lab.cell;
        let lab = &mut self.lab;
        let to = |at: usize, count: usize, by: isize| at.saturating_add_signed(by).min(count.saturating_sub(1));
        match (action, lab.page) {
            (Action::NextPage, _) => (lab.page, lab.top) = (after(Page::ALL, lab.page), 0),
            (Action::OtherPooling, _) if choices > 0 => {
                (lab.pooling, lab.top) = ((lab.pooling.min(choices - 1) + 1) % choices, 0);
            }
            (Action::Left, Page::Words) => lab.cell.1 = to(cell.1, columns, -1),
            (Action::Right, Page::Words) => lab.cell.1 = to(cell.1, columns, 1),
            (action, Page::Words) => match scrolled(action, cell.0, rows.saturating_sub(1)) {
                Some(row) => lab.cell.0 = row,
                None => return false,
            },
            _ => match scrolled(action, lab.top, self.furthest) {
                Some(top) => lab.top = top,
                None => return false,
            },
        }
        true
    }

    /// Whether such an action would change anything now; none of one that the pages do not understand.
    pub(crate) fn lab_would_act(&self, action: Action) -> Option<bool> {
        let ((rows, columns), lab) = (self.lab_words(), &self.lab);
        Some(match (action, lab.page) {
            (Action::NextPage, _) => self.readings.is_some(),
            (Action::OtherPooling, Page::Dimensions | Page::Words) => self.lab_poolings().len() > 1,
            (Action::OtherPooling, _) => false,
            (Action::Left, Page::Words) => lab.cell.1 > 0,
            (Action::Right, Page::Words) => lab.cell.1 + 1 < columns,
            (Action::Left | Action::Right, _) => false,
            (Action::NextReading, Page::Overview) => return None,
            (Action::NextReading, _) => false,
            (action, Page::Words) => scrolled(action, lab.cell.0, rows.saturating_sub(1))? != lab.cell.0,
            _ => scrolled(action, lab.top, self.furthest)? != lab.top,
        })
    }
}

/// The first line shown after such an action; none of one that does not scroll.
fn scrolled(action: Action, top: usize, furthest: usize) -> Option<usize> {
    let to = match action {
        Action::Up => top.saturating_sub(1),
        Action::Down => top + 1,
        Action::PageLeft => top.saturating_sub(PAGE),
        Action::PageRight => top + PAGE,
        Action::Top => 0,
        Action::Bottom => furthest,
        _ => return None,
    };
    Some(to.min(furthest))
}

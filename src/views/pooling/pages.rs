//! The pages of the view: which is open, how far it is scrolled, and what stands on it.

use crate::{
    analysis::{Calibrated, NoCalibration, Pooling, SentenceVector, after},
    messages::{Label, label},
    state::State,
};

/// A part of the view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// The poolings, how they agree, and how close two sentences are under each.
    #[default]
    Overview,
    /// The same cosines centred and whitened.
    Calibration,
    /// How the sentences approach each other from layer to layer.
    Layers,
    /// Which dimensions make up the cosine.
    Dimensions,
    /// What each word adds to the cosine of the means.
    Words,
}

impl Page {
    /// In the order of the key.
    pub const ALL: &'static [Page] = &[Page::Overview, Page::Calibration, Page::Layers, Page::Dimensions, Page::Words];

    /// As on screen.
    pub fn title(self) -> Label {
        match self {
            Page::Overview => label!("pooling-page-overview"),
            Page::Calibration => label!("pooling-page-calibration"),
            Page::Layers => label!("pooling-page-layers"),
            Page::Dimensions => label!("pooling-page-dimensions"),
            Page::Words => label!("pooling-page-words"),
        }
    }
}

/// The pages.
#[derive(Debug, Default)]
pub struct Pages {
    /// The one shown.
    pub page: Page,
    /// First line of it shown, from 0.
    pub top: usize,
    /// The word of A and the word of B under the cursor.
    pub cell: (usize, usize),
    /// How close A and B are, under each pooling both have; empty before unrelated sentences are measured.
    pub closeness: Vec<(Pooling, Result<Calibrated, NoCalibration>)>,
    /// The pooling whose dimensions, or words, are shown: its place among those that have any.
    pooling: usize,
    /// How far the page can be scrolled.
    furthest: usize,
}

impl Pages {
    /// The pooling whose dimensions or words are shown, of those both sentences have; none where there is but one
    /// sentence.
    pub fn shown_pooling(&self, state: &State) -> Option<Pooling> {
        let choices = self.poolings(state);
        choices.get(self.pooling.min(choices.len().saturating_sub(1))).copied()
    }

    /// The poolings that have dimensions, or words.
    fn poolings(&self, state: &State) -> Vec<Pooling> {
        let Some(pair) = state.readings.as_ref().and_then(|readings| readings.pair.as_ref()) else { return Vec::new() };
        match self.page {
            Page::Words => pair.terms.iter().map(|(pooling, _)| *pooling).collect(),
            _ => pair.contributions.iter().map(|(pooling, _)| *pooling).collect(),
        }
    }

    /// How close A and B are, as far as that is known.
    pub(super) fn calibrated(&self, pooling: Pooling) -> Option<&Calibrated> {
        self.closeness.iter().find(|(of, _)| *of == pooling).and_then(|(_, known)| known.as_ref().ok())
    }

    /// Brings what the pages show up to date, after whatever may have changed it.
    pub(super) fn refresh(&mut self, state: &State, on_screen: bool) {
        let (rows, columns) = self.words(state);
        let fit = |at: usize, count: usize| at.min(count.saturating_sub(1));
        self.cell = (fit(self.cell.0, rows), fit(self.cell.1, columns));
        self.closeness.clear();
        let measured = state.background_of_pair().and_then(|set| set.measured.as_ref());
        let (true, Some(readings), Some(measured)) = (on_screen, &state.readings, measured) else { return };
        let Some(pair) = &readings.pair else { return };
        let both = readings.a_pooling.vectors.iter().filter_map(|(pooling, a)| {
            let b = pair.b_pooling.vector(*pooling)?;
            let calibration = measured.calibrations.get(SentenceVector::from(*pooling));
            Some((*pooling, calibration.map(|calibration| calibration.of(a, b))))
        });
        self.closeness = both.collect();
    }

    /// Takes in how far the page can be scrolled, and scrolls back what is scrolled too far; whether that changed
    /// anything.
    pub(super) fn on_drawn(&mut self, furthest: usize) -> bool {
        let before = (self.furthest, self.top);
        (self.furthest, self.top) = (furthest, self.top.min(furthest));
        before != (self.furthest, self.top)
    }

    /// How many words A and B have on the page of words.
    fn words(&self, state: &State) -> (usize, usize) {
        let pair = state.readings.as_ref().and_then(|readings| readings.pair.as_ref());
        let shown = self.shown_pooling(state);
        let terms = pair.and_then(|pair| pair.terms.iter().find(|(pooling, _)| Some(*pooling) == shown));
        terms.map_or((0, 0), |(_, terms)| (terms.rows, terms.columns))
    }

    /// Turns to the next page.
    pub(super) fn turn(&mut self) {
        (self.page, self.top) = (after(Page::ALL, self.page), 0);
    }

    /// Whether the page shows one pooling of several.
    pub(super) fn can_choose_pooling(&self, state: &State) -> bool {
        matches!(self.page, Page::Dimensions | Page::Words) && self.poolings(state).len() > 1
    }

    /// Shows the next of these poolings.
    pub(super) fn choose_pooling(&mut self, state: &State) {
        let choices = self.poolings(state).len().max(1);
        (self.pooling, self.top) = ((self.pooling.min(choices - 1) + 1) % choices, 0);
    }

    /// The line that is so many further than the first shown, or than the cursor on the page of words.
    fn line(&self, by: isize, state: &State) -> usize {
        let last = if self.page == Page::Words { self.words(state).0.saturating_sub(1) } else { self.furthest };
        self.at().saturating_add_signed(by).min(last)
    }

    /// The first line shown, or that of the cursor.
    fn at(&self) -> usize {
        if self.page == Page::Words { self.cell.0 } else { self.top }
    }

    /// Whether the page can be scrolled, or its cursor moved, by so many lines.
    pub(super) fn can_scroll(&self, by: isize, state: &State) -> bool {
        self.line(by, state) != self.at()
    }

    /// Scrolls the page, or moves its cursor.
    pub(super) fn scroll(&mut self, by: isize, state: &State) {
        let line = self.line(by, state);
        match self.page {
            Page::Words => self.cell.0 = line,
            _ => self.top = line,
        }
    }

    fn column(&self, by: isize, state: &State) -> usize {
        self.cell.1.saturating_add_signed(by).min(self.words(state).1.saturating_sub(1))
    }

    /// Whether the cursor of the page of words can move so many columns.
    pub(super) fn can_step(&self, by: isize, state: &State) -> bool {
        self.page == Page::Words && self.column(by, state) != self.cell.1
    }

    /// Moves it.
    pub(super) fn step(&mut self, by: isize, state: &State) {
        self.cell.1 = self.column(by, state);
    }
}

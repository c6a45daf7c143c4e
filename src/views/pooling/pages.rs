//! The pages of the view: which is open, how far it is scrolled, and what stands on it.

use std::sync::Arc;

use super::terms::{ShownTerms, TermsChoice, poolings};
use crate::{
    analysis::{Calibrated, Granularity, Measure, NoCalibration, PartsFrom, Pooling, SentenceVector, after},
    messages::{Label, label},
    state::{Fact, Reading, State},
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
    /// What each word of A adds, with each word of B, to the cosine.
    Words,
    /// Each token with its nearest of the other sentence: late interaction.
    Nearest,
}

impl Page {
    /// In the order of the key.
    pub const ALL: &'static [Page] =
        &[Page::Overview, Page::Calibration, Page::Layers, Page::Dimensions, Page::Words, Page::Nearest];

    /// As on screen.
    pub fn title(self) -> Label {
        match self {
            Page::Overview => label!("pooling-page-overview"),
            Page::Calibration => label!("pooling-page-calibration"),
            Page::Layers => label!("pooling-page-layers"),
            Page::Dimensions => label!("pooling-page-dimensions"),
            Page::Words => label!("pooling-page-words"),
            Page::Nearest => label!("pooling-page-nearest"),
        }
    }
}

/// The pages.
#[derive(Debug)]
pub struct Pages {
    /// The one shown.
    pub page: Page,
    /// First line of it shown, from 0.
    pub top: usize,
    /// The row and the column under the cursor of the page of words.
    pub cell: (usize, usize),
    /// Where the parts of vectors are told apart on that page.
    pub from: PartsFrom,
    /// Whether its rows and columns are words, or their pieces.
    pub granularity: Granularity,
    /// What it shows; none where there is but one sentence, or the parts are not worked out.
    pub terms: Option<ShownTerms>,
    /// How close A and B are, under each pooling both have; empty before unrelated sentences are measured.
    pub closeness: Vec<(Pooling, Result<Calibrated, NoCalibration>)>,
    /// The pooling whose dimensions, or words, are shown: its place among those that have any.
    pooling: usize,
    /// How far the page can be scrolled.
    furthest: usize,
}

impl Default for Pages {
    /// Words of the last layer.
    fn default() -> Self {
        Self {
            page: Page::default(),
            top: 0,
            cell: (0, 0),
            from: PartsFrom::default(),
            granularity: Granularity::Words,
            terms: None,
            closeness: Vec::new(),
            pooling: 0,
            furthest: 0,
        }
    }
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
        let Some(readings) = &state.readings else { return Vec::new() };
        let contributions = readings.pair.iter().flat_map(|pair| &pair.contributions);
        match self.page {
            Page::Words => poolings(readings, self.from),
            _ => contributions.map(|(pooling, _)| *pooling).collect(),
        }
    }

    /// The measure that finds what has become of the inputs.
    pub(super) fn measures(&self) -> Vec<Measure> {
        let carries_back = self.page == Page::Words && self.from == PartsFrom::Inputs;
        Measure::ALL.iter().filter(|measure| carries_back && measure.id() == "decompx").copied().collect()
    }

    /// What it is worked out of: A and B, as far as the model in use has read them.
    pub(super) fn measured(&self, state: &State) -> Vec<Arc<Reading>> {
        let readings = state.readings.as_ref().filter(|_| state.snapshot().is_some());
        let both =
            readings.and_then(|readings| Some([Arc::clone(&readings.a), Arc::clone(&readings.pair.as_ref()?.b)]));
        both.into_iter().flatten().collect()
    }

    /// How the page of words looks at the cosine, for those who read its numbers elsewhere.
    pub(super) fn facts(&self) -> Vec<Fact> {
        let shown = self.terms.as_ref().filter(|_| self.page == Page::Words).map(|shown| shown.choice);
        let facts =
            |choice: TermsChoice| [("parts", choice.from.to_string()), ("units", choice.granularity.to_string())];
        shown.into_iter().flat_map(facts).collect()
    }

    /// Tells the parts apart in the inputs, or in the last layer again.
    pub(super) fn carry_back(&mut self) {
        (self.from, self.pooling) = (self.from.next(), 0);
    }

    /// How close A and B are, as far as that is known.
    pub(super) fn calibrated(&self, pooling: Pooling) -> Option<&Calibrated> {
        self.closeness.iter().find(|(of, _)| *of == pooling).and_then(|(_, known)| known.as_ref().ok())
    }

    /// Brings what the pages show up to date, after whatever may have changed it.
    pub(super) fn refresh(&mut self, state: &State, on_screen: bool) {
        self.show_terms(state, on_screen);
        let (rows, columns) = self.words();
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

    fn show_terms(&mut self, state: &State, on_screen: bool) {
        let Some(readings) = &state.readings else {
            self.terms = None;
            return;
        };
        if !on_screen || self.page != Page::Words {
            return;
        }
        let (from, granularity) = (self.from, self.granularity);
        let choice = self.shown_pooling(state).map(|pooling| TermsChoice { pooling, from, granularity });
        self.terms = choice.and_then(|choice| ShownTerms::renewed(self.terms.take(), readings, choice));
    }

    /// How many rows and columns the page of words has.
    fn words(&self) -> (usize, usize) {
        self.terms.as_ref().map_or((0, 0), |shown| (shown.terms.rows.len(), shown.terms.columns.len()))
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
    fn line(&self, by: isize) -> usize {
        let last = if self.page == Page::Words { self.words().0.saturating_sub(1) } else { self.furthest };
        self.at().saturating_add_signed(by).min(last)
    }

    /// The first line shown, or that of the cursor.
    fn at(&self) -> usize {
        if self.page == Page::Words { self.cell.0 } else { self.top }
    }

    /// Whether the page can be scrolled, or its cursor moved, by so many lines.
    pub(super) fn can_scroll(&self, by: isize) -> bool {
        self.line(by) != self.at()
    }

    /// Scrolls the page, or moves its cursor.
    pub(super) fn scroll(&mut self, by: isize) {
        let line = self.line(by);
        match self.page {
            Page::Words => self.cell.0 = line,
            _ => self.top = line,
        }
    }

    fn column(&self, by: isize) -> usize {
        self.cell.1.saturating_add_signed(by).min(self.words().1.saturating_sub(1))
    }

    /// Whether the cursor of the page of words can move so many columns.
    pub(super) fn can_step(&self, by: isize) -> bool {
        self.page == Page::Words && self.column(by) != self.cell.1
    }

    /// Moves it.
    pub(super) fn step(&mut self, by: isize) {
        self.cell.1 = self.column(by);
    }
}

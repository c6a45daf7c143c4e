//! What is held, to compare what is shown with it.

use std::sync::Arc;

use super::{AttentionState, Notice, Passage, Reading, State, View};
use crate::{
    analysis::{AttentionOptions, Comparison, Side},
    labels,
};

/// What was shown when it was held.
#[derive(Clone, Debug)]
pub struct Held {
    /// The model that read it.
    pub model: String,
    /// What it read.
    pub passage: Arc<Passage>,
    /// In which reading of a pair.
    pub reading: Reading,
    /// The layer, from 0.
    pub layer: usize,
    /// Through which heads.
    pub options: AttentionOptions,
}

impl Held {
    /// Whether another is the same passage, seen the same way.
    fn is(&self, other: &Held) -> bool {
        Arc::ptr_eq(&self.passage, &other.passage) && self.layer == other.layer && self.options == other.options
    }

    fn side(&self) -> Side<'_> {
        Side { trace: &self.passage.trace, layer: self.layer, options: self.options }
    }

    /// `layer 3, head 5`.
    pub fn place(&self) -> String {
        labels::analysis::place(self.side())
    }

    /// What is held or shown, in full.
    pub(crate) fn describe(&self, origin: Origin) -> String {
        labels::analysis::side(self.side(), &self.model, origin == Origin::Uncut)
    }
}

/// Why something is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It was asked for.
    Asked,
    /// Something is switched off: this is the same with everything on.
    Uncut,
    /// It was shown when the comparison came on screen.
    First,
}

/// What is held beside what is shown.
#[derive(Debug)]
pub struct Compared {
    /// Why it is held.
    pub origin: Origin,
    /// What is held; in pieces or words, with or without specials, as what is shown.
    pub held: Held,
    /// What is shown, as it would be held.
    pub shown: Held,
    /// The two, unit by unit.
    pub comparison: Comparison,
}

impl Compared {
    fn new(origin: Origin, held: Held, shown: Held) -> Self {
        let comparison = Comparison::new(held.side(), shown.side());
        Self { origin, held, shown, comparison }
    }

    /// Whether the two are one and the same.
    pub fn is_same(&self) -> bool {
        self.held.is(&self.shown)
    }

    /// The row of the token that looks.
    pub fn row(&self, state: &AttentionState) -> Option<usize> {
        self.comparison.pair_of(state.shown.as_ref()?.map.source)
    }

    /// The column of the cursor.
    pub fn column(&self, state: &AttentionState) -> Option<usize> {
        self.pair_at(state.token)
    }

    /// The pair that a token of what is shown is in.
    fn pair_at(&self, token: usize) -> Option<usize> {
        self.comparison.pair_of(self.comparison.shown.units.unit_of(token))
    }

    /// The first token of a pair in what is shown; none of one that is only in what is held.
    pub fn token(&self, pair: usize) -> Option<usize> {
        let unit = self.comparison.pairs[pair].shown?;
        Some(self.comparison.shown.units.tokens(unit).start)
    }
}

impl State {
    /// Holds what is shown now.
    pub(super) fn hold(&mut self) {
        if let Some(held) = self.showing() {
            let hint = if self.view == View::Compare { "" } else { "; Compare shows what differs from it" };
            self.notice = Some(Notice { text: format!("held: {}{hint}", held.place()), is_error: false });
            self.held = Some(held);
        }
    }

    /// Whether that would change anything.
    pub(super) fn can_hold(&self) -> bool {
        self.showing().is_some_and(|shown| self.held.as_ref().is_none_or(|held| !held.is(&shown)))
    }

    /// Whether there is anything to let go: what is held, or what the comparison began with.
    pub(super) fn can_let_go(&self) -> bool {
        let began = |compared: &Compared| compared.origin == Origin::First && !compared.is_same();
        self.held.is_some() || self.compared.as_ref().is_some_and(began)
    }

    /// Holds nothing; the comparison begins again with what is shown now.
    pub(super) fn let_go(&mut self) {
        (self.held, self.first) = (None, None);
    }

    /// What is shown, as it would be held. None while what is there is of the model before.
    fn showing(&self) -> Option<Held> {
        let (readings, model) = (self.readings.as_ref().filter(|_| !self.stale)?, self.model.as_ref()?);
        let AttentionState { reading, layer, options, .. } = self.attention;
        Some(Held { model: model.name.clone(), passage: readings.passage(reading).clone(), reading, layer, options })
    }

    /// Brings the comparison up to date, after whatever may have changed what is on screen.
    pub(super) fn compare(&mut self) {
        if self.view != View::Compare {
            (self.compared, self.first) = (None, None);
            return;
        }
        let Some(shown) = self.showing() else {
            if self.readings.is_none() {
                self.compared = None;
            }
            return;
        };
        let first = self.first.get_or_insert_with(|| shown.clone());
        let uncut = self.readings.as_ref().and_then(|readings| readings.uncut.as_ref());
        let (origin, held) = match (&self.held, uncut) {
            (Some(held), _) => (Origin::Asked, held.clone()),
            (None, Some(uncut)) => {
                (Origin::Uncut, Held { passage: uncut.readings.passage(shown.reading).clone(), ..shown.clone() })
            }
            (None, None) => (Origin::First, first.clone()),
        };
        // Layer and heads are each side's own, all else as it is shown now.
        let options = AttentionOptions { heads: held.options.heads, among: held.options.among, ..shown.options };
        let held = Held { options, ..held };
        let as_before = self
            .compared
            .as_ref()
            .is_some_and(|compared| compared.origin == origin && compared.held.is(&held) && compared.shown.is(&shown));
        // A cursor that moves changes no number.
        if !as_before {
            self.compared = Some(Compared::new(origin, held, shown));
        }
    }

    /// Where what is shown differs most from what is held in the cursor's row: the token.
    pub(crate) fn most_different(&self) -> Option<usize> {
        let compared = self.compared.as_ref()?;
        let column = compared.comparison.most_different(compared.row(&self.attention)?)?;
        compared.token(column)
    }
}

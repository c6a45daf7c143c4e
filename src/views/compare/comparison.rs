//! What is compared with what: the baseline beside what is shown, unit by unit.

use std::sync::Arc;

use crate::{
    analysis::{AttentionOptions, ComparedSide, Comparison, HeadChoice, HeadSet, Measure},
    labels,
    messages::message,
    state::{AttentionState, Fact, Snapshot, State},
};

/// Why something is the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It was pinned.
    Pinned,
    /// Something is ablated: this is the same without ablations.
    Unablated,
    /// It was shown when the comparison came on screen, or was started again.
    First,
}

/// The baseline beside what is shown.
#[derive(Debug)]
pub struct Compared {
    /// Why it is the baseline.
    pub origin: Origin,
    /// The baseline; in pieces or words, with or without specials, as what is shown.
    pub baseline: Snapshot,
    /// What is shown.
    pub shown: Snapshot,
    /// The two, unit by unit.
    pub comparison: Comparison,
}

impl Compared {
    /// What is shown beside the baseline that was pinned; else beside the same without ablations, where there are
    /// some; else beside what was shown first.
    pub(super) fn new(state: &State, first: &Snapshot, shown: Snapshot, before: Option<Self>) -> Self {
        let unablated = state.readings.as_ref().and_then(|readings| readings.unablated.as_ref());
        let (origin, baseline) = match (&state.baseline, unablated) {
            (Some(pinned), _) => (Origin::Pinned, pinned.clone()),
            (None, Some(unablated)) => {
                let reading = unablated.readings.get(shown.reading_choice).clone();
                (Origin::Unablated, Snapshot { reading, ..shown.clone() })
            }
            (None, None) => (Origin::First, first.clone()),
        };
        // Until a measure is known of both, raw attention is.
        let measure = shown.options.measure;
        let known = baseline.reading.trace.is_prepared(measure) && shown.reading.trace.is_prepared(measure);
        let measure = if known { measure } else { Measure::default() };
        let of_side = |heads, among| match measure.has_heads() {
            true => AttentionOptions { measure, heads, among, ..shown.options },
            // Whichever heads are chosen, the layer is compared.
            false => {
                AttentionOptions { measure, heads: HeadChoice::default(), among: HeadSet::default(), ..shown.options }
            }
        };
        // Layer and heads are each side's own, all else as it is shown now.
        let options = of_side(baseline.options.heads, baseline.options.among);
        let baseline = Snapshot { options, ..baseline };
        let options = of_side(shown.options.heads, shown.options.among);
        let shown = Snapshot { options, ..shown };
        // A cursor that moves changes no number.
        let is_as_before = |it: &Self| it.origin == origin && it.baseline.is(&baseline) && it.shown.is(&shown);
        match before {
            Some(before) if is_as_before(&before) => before,
            before => {
                let known = |side: &Snapshot| before.as_ref()?.worked_out(side);
                let work_out = |side: &Snapshot| Arc::new(ComparedSide::new(side.side()));
                let held_side = known(&baseline).unwrap_or_else(|| work_out(&baseline));
                let shown_side = match baseline.is(&shown) {
                    true => Arc::clone(&held_side),
                    false => known(&shown).unwrap_or_else(|| work_out(&shown)),
                };
                let comparison = Comparison::of((baseline.side(), held_side), (shown.side(), shown_side));
                Self { origin, baseline, shown, comparison }
            }
        }
    }

    /// A side, where it is one of these two.
    fn worked_out(&self, side: &Snapshot) -> Option<Arc<ComparedSide>> {
        let sides = [(&self.baseline, &self.comparison.held), (&self.shown, &self.comparison.shown)];
        sides.into_iter().find(|(of, _)| of.is(side)).map(|(_, known)| Arc::clone(known))
    }

    /// Whether the two are one and the same.
    pub fn is_same(&self) -> bool {
        self.baseline.is(&self.shown)
    }

    /// The measure that both sides are compared under.
    pub fn measure(&self) -> Measure {
        self.comparison.measure
    }

    /// The row of the token that looks.
    pub fn row(&self, attention: &AttentionState) -> Option<usize> {
        self.comparison.pair_of(attention.shown.as_ref()?.map.source)
    }

    /// The column of the cursor.
    pub fn column(&self, attention: &AttentionState) -> Option<usize> {
        self.comparison.pair_of(self.comparison.shown.units.unit_of(attention.token))
    }

    /// The first token of a pair in what is shown; none of one that is only in the baseline.
    pub fn token(&self, pair: usize) -> Option<usize> {
        let unit = self.comparison.pairs[pair].shown?;
        Some(self.comparison.shown.units.tokens(unit).start)
    }

    /// The token where the two differ most in the cursor's row.
    pub(super) fn most_different(&self, attention: &AttentionState) -> Option<usize> {
        self.token(self.comparison.most_different(self.row(attention)?)?)
    }

    /// The difference under the cursor, and what it is; where a side lacks the cell, the weight on the other.
    pub(super) fn number(&self, attention: &AttentionState) -> Option<(f32, String)> {
        let (row, column) = (self.row(attention)?, self.column(attention)?);
        let comparison = &self.comparison;
        let [baseline, shown] = comparison.weights(row, column);
        let (from, to) = (comparison.name(row), comparison.name(column));
        match (comparison.difference(row, column), shown, baseline) {
            (Some(by), ..) => Some((by, message!("compare-number-difference", from = from, to = to))),
            (None, Some(weight), _) => Some((weight, message!("compare-number-shown", from = from, to = to))),
            (None, None, weight) => Some((weight?, message!("compare-number-baseline", from = from, to = to))),
        }
    }

    /// The two sides, in full.
    pub(super) fn facts(&self) -> Vec<Fact> {
        let is_unablated = self.origin == Origin::Unablated;
        vec![
            ("held", labels::analysis::side(self.baseline.side(), &self.baseline.model, is_unablated)),
            ("shown", labels::analysis::side(self.shown.side(), &self.shown.model, false)),
        ]
    }
}

//! What the page of words shows: what each part of A adds, with each part of B, to their cosine.

use std::sync::Arc;

use crate::{
    analysis::{CosineTerms, Granularity, PartsFrom, Pooling, VectorParts},
    bert::Trace,
    state::{Reading, Readings},
};

/// How the page of words looks at a cosine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TermsChoice {
    /// The pooling of both vectors.
    pub pooling: Pooling,
    /// Where their parts are told apart.
    pub from: PartsFrom,
    /// Words, or their pieces.
    pub granularity: Granularity,
}

/// The table of that page.
#[derive(Clone, Debug)]
pub struct ShownTerms {
    /// How it was made.
    pub choice: TermsChoice,
    /// The table.
    pub terms: CosineTerms,
    /// `(row, column)` of the cells that add or take most, the largest first; at most 20.
    pub strongest: Vec<(usize, usize)>,
    /// A and B.
    readings: [Arc<Reading>; 2],
}

/// So many cells are listed.
const STRONGEST: usize = 20;

/// The poolings under which two sentences have such a table.
pub(super) fn poolings(readings: &Readings, from: PartsFrom) -> Vec<Pooling> {
    let Some(pair) = &readings.pair else { return Vec::new() };
    let has = |pooling: &Pooling| {
        let both = [(&readings.a, &readings.a_pooling), (&pair.b, &pair.b_pooling)];
        both.iter().all(|(reading, report)| {
            report.vector(*pooling).is_some() && VectorParts::is_there(&reading.trace, *pooling, from)
        })
    };
    VectorParts::POOLINGS.iter().copied().filter(has).collect()
}

impl ShownTerms {
    /// The table of two sentences; what was shown before is kept where it is the same.
    pub(super) fn renewed(before: Option<Self>, readings: &Readings, choice: TermsChoice) -> Option<Self> {
        let b = &readings.pair.as_ref()?.b;
        let is_same = |shown: &Self| {
            let [of_a, of_b] = &shown.readings;
            shown.choice == choice && Arc::ptr_eq(of_a, &readings.a) && Arc::ptr_eq(of_b, b)
        };
        if let Some(same) = before.filter(is_same) {
            return Some(same);
        }
        let readings = [Arc::clone(&readings.a), Arc::clone(b)];
        let parts = |reading: &Reading| VectorParts::of(&reading.trace, choice.pooling, choice.from);
        let (a, b) = (parts(&readings[0])?, parts(&readings[1])?);
        let [rows, columns] = readings.each_ref().map(|reading| reading.units(choice.granularity));
        let terms = CosineTerms::new((&a, rows), (&b, columns));
        let strongest = terms.strongest().into_iter().take(STRONGEST).collect();
        Some(Self { choice, terms, strongest, readings })
    }

    /// The names of the rows and of the columns, no two of one side the same: `3 dog`, `biases`.
    pub fn names(&self) -> [Vec<String>; 2] {
        let [a, b] = self.readings.each_ref().map(|it| (&*it.trace as &Trace, it.units(self.choice.granularity)));
        self.terms.names(a, b)
    }
}

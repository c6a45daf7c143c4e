//! Which number is shown of each head, and in which order the heads stand.

use crate::{
    analysis::{HeadStatistics, Statistic, after, before},
    bert::Trace,
};

/// The number that is shown of each head, and whether the heads stand in its order.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ChosenStatistic {
    /// What was chosen, whether the text has a value for it or not.
    pub wanted: Statistic,
    /// Whether the heads stand in its order, largest first.
    pub sorted: bool,
}

impl ChosenStatistic {
    /// What is shown: what was chosen, or the effective tokens where the text has no value for that.
    pub(super) fn shown(&self, heads: &HeadStatistics) -> Statistic {
        if heads.statistics().contains(&self.wanted) { self.wanted } else { Statistic::default() }
    }

    /// Goes on to the next statistic that the text has.
    pub(super) fn go_on(&mut self, heads: &HeadStatistics) {
        self.wanted = after(heads.statistics(), self.shown(heads));
    }

    /// Goes back to the one before.
    pub(super) fn go_back(&mut self, heads: &HeadStatistics) {
        self.wanted = before(heads.statistics(), self.shown(heads));
    }

    /// `(layer, head)` of every head, from 0: layer by layer, or in the order of the statistic.
    pub(super) fn in_order(&self, trace: &Trace, heads: &HeadStatistics) -> Vec<(usize, usize)> {
        let mut all = every_head(trace, heads);
        if self.sorted {
            let statistic = self.shown(heads);
            let value = |(layer, head)| heads.value(layer, head, statistic);
            all.sort_by(|&a, &b| value(b).total_cmp(&value(a)));
        }
        all
    }
}

/// `(layer, head)` of every head that has numbers of its own, from 0, layer by layer.
pub(super) fn every_head(trace: &Trace, heads: &HeadStatistics) -> Vec<(usize, usize)> {
    (0..trace.layers).flat_map(|layer| (0..heads.planes()).map(move |head| (layer, head))).collect()
}

//! Which number is shown of each head, and in which order the heads stand.

use crate::{
    analysis::{HeadLinks, HeadStatistics, Pattern, Statistic, after, before},
    bert::Trace,
    state::State,
};

/// The number that is shown of each head, and whether the heads stand in its order.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ChosenStatistic {
    /// What was chosen, whether there is a value for it or not.
    pub wanted: Statistic,
    /// Whether the heads stand in its order, largest first.
    pub sorted: bool,
}

/// All numbers of the heads: those of the trace and, where tokens are marked, what the source gives them.
pub(super) struct HeadNumbers<'s> {
    statistics: &'s HeadStatistics,
    links: Option<HeadLinks>,
}

impl<'s> HeadNumbers<'s> {
    /// Of the reading that is shown.
    pub(super) fn new(state: &'s State) -> Option<Self> {
        let (reading, shown) = state.attended()?;
        let statistics = reading.heads(shown.map.options.measure);
        let rows = shown.heads.as_deref().filter(|_| !shown.marked.is_empty());
        let links = rows.map(|rows| HeadLinks::new(rows, statistics.planes(), &shown.marked));
        Some(Self { statistics, links })
    }

    /// Those there are.
    pub(super) fn statistics(&self) -> Vec<Statistic> {
        let link = self.links.as_ref().map(|_| Statistic::ToMarked);
        self.statistics.statistics().iter().copied().chain(link).collect()
    }

    /// What the source gives the marked tokens; none where none is marked.
    pub(super) fn links(&self) -> Option<&HeadLinks> {
        self.links.as_ref()
    }

    /// The numbers of the trace alone.
    pub(super) fn of_trace(&self) -> &'s HeadStatistics {
        self.statistics
    }

    /// As [`HeadStatistics::value`].
    pub(super) fn value(&self, layer: usize, head: usize, statistic: Statistic) -> f32 {
        match &self.links {
            Some(links) if statistic == Statistic::ToMarked => links.value(layer, head),
            _ => self.statistics.value(layer, head, statistic),
        }
    }

    /// As [`HeadStatistics::layer_mean`].
    pub(super) fn layer_mean(&self, layer: usize, statistic: Statistic) -> f32 {
        let heads = (0..self.planes()).map(|head| self.value(layer, head, statistic));
        heads.sum::<f32>() / self.planes() as f32
    }

    /// As [`HeadStatistics::planes`].
    pub(super) fn planes(&self) -> usize {
        self.statistics.planes()
    }

    /// As [`HeadStatistics::plane_of`].
    pub(super) fn plane_of(&self, head: Option<usize>) -> Option<usize> {
        self.statistics.plane_of(head)
    }

    /// As [`HeadStatistics::pattern`].
    pub(super) fn pattern(&self, layer: usize, head: usize) -> Option<Pattern> {
        self.statistics.pattern(layer, head)
    }
}

impl ChosenStatistic {
    /// What is shown: what was chosen, or the effective tokens where there is no value for that.
    pub(super) fn shown(&self, heads: &HeadNumbers) -> Statistic {
        if heads.statistics().contains(&self.wanted) { self.wanted } else { Statistic::default() }
    }

    /// Goes on to the next statistic that there is.
    pub(super) fn go_on(&mut self, heads: &HeadNumbers) {
        self.wanted = after(&heads.statistics(), self.shown(heads));
    }

    /// Goes back to the one before.
    pub(super) fn go_back(&mut self, heads: &HeadNumbers) {
        self.wanted = before(&heads.statistics(), self.shown(heads));
    }

    /// `(layer, head)` of every head, from 0: layer by layer, or in the order of the statistic.
    pub(super) fn in_order(&self, trace: &Trace, heads: &HeadNumbers) -> Vec<(usize, usize)> {
        let mut all = every_head(trace, heads.of_trace());
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

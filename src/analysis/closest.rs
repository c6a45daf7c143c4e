//! The closest pairs of a list, without a matrix of all of them.

use rayon::prelude::*;

use super::ComparableVectors;

/// Two sentences by number, a < b, and how close they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClosePair {
    /// The first, from 0.
    pub a: usize,
    /// The second.
    pub b: usize,
    /// In the unit of the metric.
    pub closeness: f32,
}

/// The closest pairs of some sentences.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClosestPairs {
    /// The closest first; of equals, the one that comes first in the list.
    pub pairs: Vec<ClosePair>,
    /// How many pairs are as close as was asked for.
    pub reached: usize,
    /// How many pairs have a closeness at all.
    pub all: usize,
    /// The least close of all pairs.
    pub least: Option<f32>,
}

/// Rows that are worked out at a time.
const BLOCK: usize = 64;

impl ComparableVectors {
    /// The closest pairs, at most so many; with a threshold only those that are at least so close.
    pub fn closest(&self, most: usize, threshold: Option<f32>) -> ClosestPairs {
        let mut found = ClosestPairs::default();
        let least_wanted = threshold.unwrap_or(f32::NEG_INFINITY);
        // Less close than that is no longer among them.
        let mut bar = least_wanted;
        for start in (0..self.len()).step_by(BLOCK) {
            let rows: Vec<ClosestPairs> = (start..self.len().min(start + BLOCK))
                .into_par_iter()
                .map(|a| self.closest_in_row(a, least_wanted, bar))
                .collect();
            for row in rows {
                found.pairs.extend(row.pairs);
                found.reached += row.reached;
                found.all += row.all;
                found.least = found.least.into_iter().chain(row.least).reduce(f32::min);
            }
            if found.pairs.len() > most {
                found.pairs.select_nth_unstable_by(most, by_closeness);
                found.pairs.truncate(most);
                bar = found.pairs.iter().map(|pair| pair.closeness).fold(f32::INFINITY, f32::min).max(bar);
            }
        }
        found.pairs.sort_by(by_closeness);
        found
    }

    fn closest_in_row(&self, a: usize, least_wanted: f32, bar: f32) -> ClosestPairs {
        let mut found = ClosestPairs::default();
        for (b, closeness) in (a + 1..).zip(self.row(a, a + 1)) {
            let Some(closeness) = closeness.filter(|closeness| closeness.is_finite()) else { continue };
            found.all += 1;
            found.least = Some(found.least.map_or(closeness, |least| least.min(closeness)));
            found.reached += usize::from(closeness >= least_wanted);
            if closeness >= bar {
                found.pairs.push(ClosePair { a, b, closeness });
            }
        }
        found
    }
}

fn by_closeness(one: &ClosePair, two: &ClosePair) -> std::cmp::Ordering {
    two.closeness.total_cmp(&one.closeness).then_with(|| (one.a, one.b).cmp(&(two.a, two.b)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Metric;

    /// As sorting all pairs has them, over several blocks, with gaps and equals.
    #[test]
    fn they_are_those_of_all_pairs() {
        let vector = |at: usize| (0..5).map(|d| ((at * 7 + d * 3 + at * at % 5) % 11) as f32 - 4.0).collect();
        let vectors: Vec<Option<Vec<f32>>> = (0..150).map(|at| (at % 17 != 3).then(|| vector(at % 90))).collect();
        for &metric in Metric::ALL {
            let comparable = ComparableVectors::new(metric, vectors.clone());
            let mut all: Vec<ClosePair> = Vec::new();
            for (a, b) in (0..150).flat_map(|a| (a + 1..150).map(move |b| (a, b))) {
                all.extend(comparable.get(a, b).map(|closeness| ClosePair { a, b, closeness }));
            }
            all.sort_by(by_closeness);
            for most in [0, 1, 7, 500, 100_000] {
                let found = comparable.closest(most, None);
                assert_eq!(found.pairs, all[..most.min(all.len())], "{metric} {most}");
                assert_eq!((found.all, found.reached), (all.len(), all.len()));
                assert_eq!(found.least, all.last().map(|pair| pair.closeness));
            }
            let threshold = all[40].closeness;
            let reached = all.iter().filter(|pair| pair.closeness >= threshold).count();
            let found = comparable.closest(50, Some(threshold));
            assert_eq!((found.reached, &found.pairs[..]), (reached, &all[..reached.min(50)]));
        }
        assert_eq!(ComparableVectors::new(Metric::Cosine, Vec::new()).closest(3, None), ClosestPairs::default());
    }
}

//! The closest pairs of a list, without a matrix of all of them.

mod bounds;

use std::ops::Range;

use rayon::prelude::*;

use super::ComparableVectors;
use bounds::Bounds;

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

/// Rows that are worked out at a time, and columns of them that a core takes.
const ROWS: usize = 64;
const COLUMNS: usize = 1024;

/// What decides whether a pair is looked at closely.
#[derive(Clone, Copy)]
struct Wanted {
    /// Pairs that are less close are not asked for.
    threshold: f32,
    /// Less close than that is no longer among the closest.
    bar: f32,
    /// The least close so far.
    least: Option<f32>,
}

impl ComparableVectors {
    /// The closest pairs, at most so many; with a threshold only those that are at least so close. `progress` hears how many
    /// pairs are done, and of how many.
    pub fn closest(&self, most: usize, threshold: Option<f32>, mut progress: impl FnMut(usize, usize)) -> ClosestPairs {
        let mut found = ClosestPairs::default();
        let threshold = threshold.unwrap_or(f32::NEG_INFINITY);
        let mut bar = threshold;
        let bounds = Bounds::new(self);
        let count = self.len();
        let total = count * count.saturating_sub(1) / 2;
        for start in (0..count).step_by(ROWS) {
            let rows = start..count.min(start + ROWS);
            let wanted = Wanted { threshold, bar, least: found.least };
            let columns: Vec<usize> = (start..count).step_by(COLUMNS).collect();
            let tiles: Vec<ClosestPairs> = columns
                .into_par_iter()
                .map(|first| {
                    let columns = first..count.min(first + COLUMNS);
                    self.closest_in_tile(rows.clone(), columns, bounds.as_ref(), wanted)
                })
                .collect();
            for tile in tiles {
                found.pairs.extend(tile.pairs);
                found.reached += tile.reached;
                found.all += tile.all;
                found.least = found.least.into_iter().chain(tile.least).reduce(f32::min);
            }
            if found.pairs.len() > most {
                found.pairs.select_nth_unstable_by(most, by_closeness);
                found.pairs.truncate(most);
                bar = found.pairs.iter().map(|pair| pair.closeness).fold(f32::INFINITY, f32::min).max(bar);
            }
            let left = count - rows.end;
            progress(total - left * left.saturating_sub(1) / 2, total);
        }
        found.pairs.sort_by(by_closeness);
        found
    }

    /// Of the pairs of a row and a later column. What its bounds decide is not worked out.
    fn closest_in_tile(
        &self,
        rows: Range<usize>,
        columns: Range<usize>,
        bounds: Option<&Bounds>,
        wanted: Wanted,
    ) -> ClosestPairs {
        let mut found = ClosestPairs { least: wanted.least, ..ClosestPairs::default() };
        let tile = bounds.map(|bounds| bounds.tile(rows.clone(), columns.clone()));
        let [threshold, bar] = [wanted.threshold, wanted.bar].map(f64::from);
        for a in rows {
            for b in columns.start.max(a + 1)..columns.end {
                if let Some((low, high)) = tile.as_ref().and_then(|tile| tile.of(a, b))
                    && high < bar
                    && (low >= threshold || high < threshold)
                    && found.least.is_some_and(|least| low > f64::from(least))
                {
                    found.all += 1;
                    found.reached += usize::from(low >= threshold);
                    continue;
                }
                let Some(closeness) = self.get(a, b).filter(|closeness| closeness.is_finite()) else { continue };
                found.all += 1;
                found.least = Some(found.least.map_or(closeness, |least| least.min(closeness)));
                found.reached += usize::from(closeness >= wanted.threshold);
                if closeness >= wanted.bar {
                    found.pairs.push(ClosePair { a, b, closeness });
                }
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
                let found = comparable.closest(most, None, |_, _| {});
                assert_eq!(found.pairs, all[..most.min(all.len())], "{metric} {most}");
                assert_eq!((found.all, found.reached), (all.len(), all.len()));
                assert_eq!(found.least, all.last().map(|pair| pair.closeness));
            }
            let threshold = all[40].closeness;
            let reached = all.iter().filter(|pair| pair.closeness >= threshold).count();
            let found = comparable.closest(50, Some(threshold), |_, _| {});
            assert_eq!((found.reached, &found.pairs[..]), (reached, &all[..reached.min(50)]));
        }
        assert_eq!(
            ComparableVectors::new(Metric::Cosine, Vec::new()).closest(3, None, |_, _| {}),
            ClosestPairs::default()
        );
    }

    /// Many cosines within the bounds of each other, with vectors that are missing, zero, huge or not finite: what is not
    /// worked out changes nothing.
    #[test]
    fn bounds_decide_nothing_wrongly() {
        let number = |at: usize, d: usize| ((at * 7919 + d * 104_729) % 1009) as f32 / 1009.0;
        let vector = |at: usize| -> Vec<f32> {
            let size = [1e-6, 0.1, 1.0][at % 3];
            (0..33).map(|d| 1.0 + size * number(at, d)).collect()
        };
        let vectors: Vec<Option<Vec<f32>>> = (0..2500)
            .map(|at| match at {
                1700 => None,
                1701 => Some(vec![0.0; 33]),
                1702 => Some(vec![f32::NAN; 33]),
                1703 => Some(vec![3e38; 33]),
                at if at % 97 == 0 => Some(vector(3)),
                at => Some(vector(at)),
            })
            .collect();
        for metric in [Metric::Cosine, Metric::Dot] {
            let comparable = ComparableVectors::new(metric, vectors.clone());
            let mut all: Vec<ClosePair> = Vec::new();
            for (a, b) in (0..2500).flat_map(|a| (a + 1..2500).map(move |b| (a, b))) {
                let closeness = comparable.get(a, b).filter(|closeness| closeness.is_finite());
                all.extend(closeness.map(|closeness| ClosePair { a, b, closeness }));
            }
            all.sort_by(by_closeness);
            for threshold in [None, Some(all[all.len() / 2].closeness)] {
                let mut done = vec![0];
                let found = comparable.closest(1000, threshold, |of, total| {
                    assert_eq!(total, 2500 * 2499 / 2);
                    done.push(of);
                });
                assert_eq!(found.pairs, all[..1000], "{metric}");
                let reached = all.iter().filter(|pair| threshold.is_none_or(|least| pair.closeness >= least)).count();
                assert_eq!((found.all, found.reached), (all.len(), reached), "{metric}");
                assert_eq!(found.least, all.last().map(|pair| pair.closeness));
                assert!(done.is_sorted() && done.len() > 30 && done.last() == Some(&(2500 * 2499 / 2)), "{done:?}");
            }
        }
    }
}

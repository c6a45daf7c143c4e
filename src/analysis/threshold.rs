//! Where to cut a closeness, so that what is above counts as the same.

use super::bootstrap::{Resamples, middle_95};

/// Pairs that belong together or do not, and how close each is.
#[derive(Clone, Debug)]
pub struct LabelledCloseness {
    /// The closest first.
    pairs: Vec<(f64, bool)>,
    /// Where each of them was given.
    order: Vec<usize>,
}

/// A cut, and what comes of it on the same pairs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Threshold {
    /// Midway between the two pairs that it parts: what is at least so close counts as the same.
    pub closeness: f64,
    /// Of the pairs above it, the share that belong together.
    pub precision: f64,
    /// Of the pairs that belong together, the share that are above it.
    pub recall: f64,
}

impl Threshold {
    /// 2·precision·recall / (precision + recall).
    pub fn f1(&self) -> f64 {
        2.0 * self.precision * self.recall / (self.precision + self.recall).max(f64::MIN_POSITIVE)
    }
}

/// A cut with the 95 % intervals that resampling gives; none where there are no resamples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ThresholdEstimate {
    /// Of the pairs as they are.
    pub threshold: Threshold,
    /// Of its closeness.
    pub closeness: Option<[f64; 2]>,
    /// Of its F1.
    pub f1: Option<[f64; 2]>,
    /// Of its recall.
    pub recall: Option<[f64; 2]>,
}

impl LabelledCloseness {
    /// None where all pairs belong together, or none.
    pub fn new(closeness: &[f64], together: &[bool]) -> Option<Self> {
        let mut order: Vec<usize> = (0..closeness.len().min(together.len())).collect();
        order.sort_by(|&a, &b| closeness[b].total_cmp(&closeness[a]));
        let both = order.iter().any(|&at| together[at]) && order.iter().any(|&at| !together[at]);
        both.then(|| Self { pairs: order.iter().map(|&at| (closeness[at], together[at])).collect(), order })
    }

    /// The cut with the greatest F1, as sentence-transformers' `BinaryClassificationEvaluator`; of equals the highest.
    pub fn best_f1(&self, resamples: Resamples) -> Option<ThresholdEstimate> {
        self.estimate(resamples, |cuts| {
            cuts.fold(None, |best: Option<Threshold>, cut| match best {
                Some(best) if best.f1() >= cut.f1() => Some(best),
                _ => Some(cut),
            })
        })
    }

    /// The lowest cut above which at least this share of the pairs belongs together; none where there is no such.
    pub fn at_precision(&self, precision: f64, resamples: Resamples) -> Option<ThresholdEstimate> {
        self.estimate(resamples, |cuts| cuts.filter(|cut| cut.precision >= precision).last())
    }

    fn estimate(
        &self,
        resamples: Resamples,
        choose: impl Fn(&mut dyn Iterator<Item = Threshold>) -> Option<Threshold>,
    ) -> Option<ThresholdEstimate> {
        let of = |counts: &[u32]| choose(&mut self.cuts(counts).into_iter());
        let threshold = of(&vec![1; self.order.len()])?;
        let found: Vec<Threshold> = resamples.counts(self.order.len()).filter_map(|counts| of(&counts)).collect();
        let interval = |of: fn(&Threshold) -> f64| middle_95(found.iter().map(of).collect());
        Some(ThresholdEstimate {
            threshold,
            closeness: interval(|cut| cut.closeness),
            f1: interval(Threshold::f1),
            recall: interval(|cut| cut.recall),
        })
    }

    /// Every cut between two pairs that differ, from the highest, where each pair is there so many times.
    fn cuts(&self, counts: &[u32]) -> Vec<Threshold> {
        let there: Vec<(f64, bool, f64)> = self
            .pairs
            .iter()
            .zip(&self.order)
            .map(|(&(closeness, together), &at)| (closeness, together, f64::from(counts[at])))
            .filter(|(.., count)| *count > 0.0)
            .collect();
        let total: f64 = there.iter().filter(|(_, together, _)| *together).map(|(.., count)| count).sum();
        let (mut above, mut right) = (0.0, 0.0);
        let mut cuts = Vec::new();
        for pair in there.windows(2) {
            let [(closeness, together, count), (next, ..)] = [pair[0], pair[1]];
            above += count;
            right += if together { count } else { 0.0 };
            if closeness > next && right > 0.0 {
                let closeness = f64::midpoint(closeness, next);
                cuts.push(Threshold { closeness, precision: right / above, recall: right / total });
            }
        }
        cuts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: Resamples = Resamples { count: 0 };

    fn pairs() -> LabelledCloseness {
        let closeness = [0.91, 0.2, 0.85, 0.4, 0.77, 0.7, 0.95, 0.1, 0.66, 0.5, 0.3, 0.81];
        let together = [1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 1, 1].map(|one| one == 1);
        LabelledCloseness::new(&closeness, &together).unwrap()
    }

    /// `BinaryClassificationEvaluator.find_best_f1_and_threshold` and sklearn's `precision_recall_curve` of the same pairs.
    #[test]
    fn they_are_those_of_sentence_transformers_and_scikit_learn() {
        let best = pairs().best_f1(NONE).unwrap().threshold;
        let near = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-9, "{found}, not {expected}");
        near(best.closeness, 0.5800000000000001);
        near(best.f1(), 0.8571428571428571);
        near(best.precision, 0.8571428571428571);
        near(best.recall, 0.8571428571428571);
        let precise = pairs().at_precision(0.95, NONE).unwrap().threshold;
        near(precise.recall, 0.5714285714285714);
        assert!(precise.closeness < 0.81 && precise.closeness > 0.77);
        assert!(pairs().at_precision(0.95, NONE).unwrap().closeness.is_none());
    }

    #[test]
    fn resamples_make_intervals_around_it() {
        let best = pairs().best_f1(Resamples { count: 500 }).unwrap();
        let [low, high] = best.closeness.unwrap();
        assert!(low <= best.threshold.closeness && best.threshold.closeness <= high && low < high, "{best:?}");
        let [low, high] = best.f1.unwrap();
        assert!(low < best.threshold.f1() && high <= 1.0, "{best:?}");
    }

    #[test]
    fn equals_stay_together_and_one_kind_has_no_cut() {
        let equals = LabelledCloseness::new(&[0.5, 0.5, 0.1, 0.9], &[true, false, false, true]).unwrap();
        let cuts: Vec<f64> = equals.cuts(&[1; 4]).iter().map(|cut| cut.closeness).collect();
        assert_eq!(cuts, [0.7, 0.3]);
        assert!(LabelledCloseness::new(&[0.5, 0.6], &[true, true]).is_none());
        assert!(LabelledCloseness::new(&[], &[]).is_none());
        let wrong = LabelledCloseness::new(&[0.9, 0.1], &[false, true]).unwrap();
        assert!(wrong.at_precision(0.95, NONE).is_none() && wrong.best_f1(NONE).is_none());
    }
}

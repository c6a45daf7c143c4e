//! How well one list of numbers follows another, and how far that may be chance.

use super::bootstrap::Resamples;

/// Two lists of numbers about the same things.
#[derive(Clone, Debug)]
pub struct Paired {
    first: Ordered,
    second: Ordered,
}

/// Two correlations, each in -1..=1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Correlation {
    /// ρ: Pearson's r of the ranks, equal values sharing the mean of theirs, as scipy's `spearmanr`.
    pub spearman: f64,
    /// r, as scipy's `pearsonr`.
    pub pearson: f64,
}

/// MeasureNumbers with the order they come in by size.
#[derive(Clone, Debug)]
struct Ordered {
    values: Vec<f64>,
    ascending: Vec<usize>,
}

impl Paired {
    /// The n-th of the first belongs to the n-th of the second. None for fewer than two, or where all numbers of a list
    /// are the same but for what rounding in f32 may do: nothing can follow those.
    pub fn new(first: Vec<f64>, second: Vec<f64>) -> Option<Self> {
        let varies = first.len() == second.len() && !is_constant(&first) && !is_constant(&second);
        varies.then(|| Self { first: Ordered::new(first), second: Ordered::new(second) })
    }

    /// Over all pairs.
    pub fn correlation(&self) -> Option<Correlation> {
        self.counted(&vec![1; self.first.values.len()])
    }

    /// The correlations in each resample, in their order; none in one in which a list does not vary.
    pub fn resampled(&self, resamples: &Resamples) -> Vec<Option<Correlation>> {
        resamples.counts(self.first.values.len()).map(|counts| self.counted(&counts)).collect()
    }

    /// As if each pair were there so many times.
    fn counted(&self, counts: &[u32]) -> Option<Correlation> {
        Some(Correlation {
            spearman: pearson(&self.first.ranks(counts), &self.second.ranks(counts), counts)?,
            pearson: pearson(&self.first.values, &self.second.values, counts)?,
        })
    }
}

impl Ordered {
    fn new(values: Vec<f64>) -> Self {
        let mut ascending: Vec<usize> = (0..values.len()).collect();
        ascending.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
        Self { values, ascending }
    }

    /// The rank of each value, from 1, where each is there so many times.
    fn ranks(&self, counts: &[u32]) -> Vec<f64> {
        let mut ranks = vec![0.0; self.values.len()];
        let mut below = 0.0;
        for equal in self.ascending.chunk_by(|&a, &b| self.values[a] == self.values[b]) {
            let count: f64 = equal.iter().map(|&at| f64::from(counts[at])).sum();
            equal.iter().for_each(|&at| ranks[at] = below + (count + 1.0) / 2.0);
            below += count;
        }
        ranks
    }
}

fn pearson(first: &[f64], second: &[f64], counts: &[u32]) -> Option<f64> {
    let total: f64 = counts.iter().map(|&count| f64::from(count)).sum();
    let mean =
        |values: &[f64]| values.iter().zip(counts).map(|(value, &count)| value * f64::from(count)).sum::<f64>() / total;
    let (first_mean, second_mean) = (mean(first), mean(second));
    let (mut covariance, mut first_square, mut second_square) = (0.0, 0.0, 0.0);
    for ((first, second), &count) in first.iter().zip(second).zip(counts) {
        let (a, b, count) = (first - first_mean, second - second_mean, f64::from(count));
        covariance += count * a * b;
        first_square += count * a * a;
        second_square += count * b * b;
    }
    let scale = (first_square * second_square).sqrt();
    (scale > 0.0).then(|| (covariance / scale).clamp(-1.0, 1.0))
}

fn is_constant(values: &[f64]) -> bool {
    const ROUNDING: f64 = 1e-6;
    let (least, most) = values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), &v| (a.min(v), b.max(v)));
    values.is_empty() || most - least <= ROUNDING * least.abs().max(most.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `scipy.stats.spearmanr` and `pearsonr` of the same lists.
    #[test]
    fn as_scipy_has_them() {
        let first = vec![0.0, 1.5, 1.5, 3.0, 4.0, 5.0, 2.5];
        let second = vec![0.1, 0.4, 0.3, 0.35, 0.9, 0.7, 0.35];
        let found = Paired::new(first, second).unwrap().correlation().unwrap();
        assert!((found.spearman - 0.8).abs() < 1e-12, "{found:?}");
        assert!((found.pearson - 0.8577976004766908).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn what_is_there_twice_counts_twice() {
        let (first, second) = (vec![1.0, 5.0, 2.0, 2.0], vec![0.5, 0.7, 0.9, 0.6]);
        let counted = Paired::new(first, second).unwrap().counted(&[2, 0, 1, 1]);
        let spelt = Paired::new(vec![1.0, 1.0, 2.0, 2.0], vec![0.5, 0.5, 0.9, 0.6]).unwrap().correlation();
        assert_eq!(counted, spelt);
    }

    #[test]
    fn nothing_follows_what_does_not_vary() {
        let varies = vec![1.0, 2.0, 3.0];
        assert!(Paired::new(varies.clone(), vec![0.7, 0.7, 0.700_000_1]).is_none());
        assert!(Paired::new(vec![0.0; 3], varies.clone()).is_none());
        assert!(Paired::new(vec![1.0, f64::NAN, 3.0], vec![0.0; 3]).is_none());
        assert!(Paired::new(vec![1.0], vec![2.0]).is_none());
        assert!(Paired::new(Vec::new(), Vec::new()).is_none());
    }
}

use faer::Mat;

use super::{Unrelated, principal_components::columns};

/// The cosine of every sentence with every other, under one kind of vector.
#[derive(Clone, Debug, PartialEq)]
pub struct Cosines {
    count: usize,
    /// `[sentence, sentence]`; NaN where one of them has no vector.
    values: Vec<f32>,
}

/// Two sentences that two kinds of vectors rank differently.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Disagreement {
    /// The first, counted from 0.
    pub a: usize,
    /// The second, a < b.
    pub b: usize,
    /// Of a hundred pairs, how many are less close, under the one and under the other; of equals half.
    pub percentiles: [f64; 2],
}

impl Cosines {
    /// Of vectors `[sentence][hidden]`, as `study::embed` gives them. A vector that is all zeros has the cosine 0 with
    /// every other.
    pub fn new(vectors: &[Option<Vec<f32>>]) -> Self {
        Self::of_columns(present_columns(vectors), &is_there(vectors))
    }

    /// Of those sentences that are there, as columns, `[hidden, sentence]`.
    pub(super) fn of_columns(columns: Mat<f64>, there: &[bool]) -> Self {
        let count = there.len();
        let units = units(columns);
        let products = units.transpose() * &units;
        let mut values = vec![f32::NAN; count * count];
        let present =
            || there.iter().enumerate().filter(|(_, there)| **there).map(|(sentence, _)| sentence).enumerate();
        for (column, b) in present() {
            for (row, a) in present().take(column + 1) {
                let cosine = products[(row, column)].clamp(-1.0, 1.0) as f32;
                values[a * count + b] = cosine;
                values[b * count + a] = cosine;
            }
        }
        Self { count, values }
    }

    /// How many sentences there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The cosine of two; none where one of them has no vector, or is not there.
    pub fn get(&self, a: usize, b: usize) -> Option<f32> {
        let value = (b < self.count).then(|| self.values.get(a * self.count + b).copied()).flatten()?;
        (!value.is_nan()).then_some(value)
    }

    /// The others and their cosine with one, the nearest first; of equals, the one that was given first.
    pub fn nearest(&self, one: usize) -> Vec<(usize, f32)> {
        let others = (0..self.count).filter(|&other| other != one);
        let mut others: Vec<_> = others.filter_map(|other| Some((other, self.get(one, other)?))).collect();
        others.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        others
    }

    /// The closest pairs of two different sentences, a < b, at most so many, the closest first; of equals, the one that was
    /// given first.
    pub fn closest_pairs(&self, most: usize) -> Vec<[usize; 2]> {
        let mut found: Vec<([usize; 2], f32)> = self.pairs().collect();
        let by_closeness = |(x, close_x): &([usize; 2], f32), (y, close_y): &([usize; 2], f32)| {
            close_y.total_cmp(close_x).then_with(|| x.cmp(y))
        };
        if most < found.len() {
            found.select_nth_unstable_by(most, by_closeness);
            found.truncate(most);
        }
        found.sort_by(by_closeness);
        found.into_iter().map(|(pair, _)| pair).collect()
    }

    /// The cosines of all pairs of two different sentences, as a background of their own.
    pub fn as_background(&self) -> Unrelated {
        Unrelated::sorted(self.pairs().map(|(_, cosine)| cosine).collect())
    }

    /// The pairs that have a cosine.
    fn pairs(&self) -> impl Iterator<Item = ([usize; 2], f32)> {
        let pairs = (0..self.count).flat_map(|b| (0..b).map(move |a| [a, b]));
        pairs.filter_map(|[a, b]| Some(([a, b], self.get(a, b)?)))
    }

    /// The pairs on which this and another kind of vector of the same sentences disagree most, at most so many of them,
    /// the greatest disagreement first. By the place of a pair among all pairs, not by the cosine itself: kinds of vectors have
    /// scales of their own.
    pub fn disagreements(&self, other: &Self, most: usize) -> Vec<Disagreement> {
        let pairs = (0..self.count).flat_map(|b| (0..b).map(move |a| (a, b)));
        let (mut pairs, cosines): (Vec<_>, Vec<[f32; 2]>) =
            pairs.filter_map(|(a, b)| Some(((a, b), [self.get(a, b)?, other.get(a, b)?]))).unzip();
        let [one, two] = [0, 1].map(|kind| percentiles(&cosines.iter().map(|both| both[kind]).collect::<Vec<_>>()));
        let mut found: Vec<Disagreement> = pairs
            .drain(..)
            .zip(one.into_iter().zip(two))
            .map(|((a, b), (one, two))| Disagreement { a, b, percentiles: [one, two] })
            .collect();
        let apart = |pair: &Disagreement| (pair.percentiles[0] - pair.percentiles[1]).abs();
        let by_size = |x: &Disagreement, y: &Disagreement| {
            apart(y).total_cmp(&apart(x)).then_with(|| (x.a, x.b).cmp(&(y.a, y.b)))
        };
        if most < found.len() {
            found.select_nth_unstable_by(most, by_size);
            found.truncate(most);
        }
        found.sort_by(by_size);
        found
    }
}

/// The vectors that are there, as columns, `[hidden, sentence]`.
pub(super) fn present_columns(vectors: &[Option<Vec<f32>>]) -> Mat<f64> {
    columns(&vectors.iter().filter_map(Option::as_deref).collect::<Vec<_>>())
}

/// Which vectors are there, `[sentence]`.
pub(super) fn is_there(vectors: &[Option<Vec<f32>>]) -> Vec<bool> {
    vectors.iter().map(Option::is_some).collect()
}

/// The columns, each of length 1 unless it is all zeros.
pub(super) fn units(mut columns: Mat<f64>) -> Mat<f64> {
    for column in 0..columns.ncols() {
        let length = columns.col(column).norm_l2();
        if length > 0.0 {
            columns.col_mut(column).iter_mut().for_each(|part| *part /= length);
        }
    }
    columns
}

/// Of a hundred numbers, how many are below each; of equals half.
fn percentiles(numbers: &[f32]) -> Vec<f64> {
    let mut order: Vec<(f32, usize)> = numbers.iter().copied().zip(0..).collect();
    order.sort_unstable_by(|(a, _), (b, _)| a.total_cmp(b));
    let mut percentiles = vec![0.0; numbers.len()];
    let mut below = 0;
    for equals in order.chunk_by(|(a, _), (b, _)| a == b) {
        let middle = 100.0 * (below as f64 + equals.len() as f64 / 2.0) / numbers.len() as f64;
        equals.iter().for_each(|&(_, at)| percentiles[at] = middle);
        below += equals.len();
    }
    percentiles
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::cosine;

    fn vectors() -> Vec<Option<Vec<f32>>> {
        let mut vectors: Vec<_> =
            (0..6).map(|i| Some((0..5).map(|d| ((i * 7 + d * 3) % 11) as f32 - 4.0).collect())).collect();
        vectors[2] = None;
        vectors
    }

    #[test]
    fn they_are_the_cosines_of_the_vectors() {
        let (vectors, cosines) = (vectors(), Cosines::new(&vectors()));
        for (a, b) in (0..7).flat_map(|a| (0..7).map(move |b| (a, b))) {
            let vector = |sentence: usize| vectors.get(sentence).and_then(Option::as_ref);
            let expected = vector(a).zip(vector(b)).map(|(a, b)| cosine(a, b));
            match (cosines.get(a, b), expected) {
                (Some(found), Some(expected)) => assert!((found - expected).abs() < 1e-6, "{a} {b}"),
                (found, expected) => assert_eq!(found, expected, "{a} {b}"),
            }
        }
        let nearest = cosines.nearest(0);
        assert_eq!(nearest.len(), 4);
        assert!(nearest.is_sorted_by(|(_, a), (_, b)| a >= b));
        assert!(cosines.nearest(2).is_empty());
        assert!(Cosines::new(&[]).is_empty() && Cosines::new(&[]).nearest(0).is_empty());
    }

    #[test]
    fn disagreement_goes_by_rank() {
        let matrix = |pairs: [f32; 3]| Cosines {
            count: 3,
            values: vec![1.0, pairs[0], pairs[1], pairs[0], 1.0, pairs[2], pairs[1], pairs[2], 1.0],
        };
        // Pairs (0, 1), (0, 2), (1, 2). The second kind is far higher everywhere, and has the last two the other way round.
        let (one, two) = (matrix([0.1, 0.2, 0.3]), matrix([0.90, 0.93, 0.92]));
        let found = one.disagreements(&two, 10);
        assert_eq!(found.iter().map(|pair| (pair.a, pair.b)).collect::<Vec<_>>(), [(0, 2), (1, 2), (0, 1)]);
        assert!((found[0].percentiles[0] - 50.0).abs() < 1e-9 && (found[0].percentiles[1] - 250.0 / 3.0).abs() < 1e-9);
        assert_eq!(found[2].percentiles[0], found[2].percentiles[1]);
        assert_eq!(one.disagreements(&two, 1), found[..1]);
        assert!(one.disagreements(&two, 0).is_empty() && one.disagreements(&Cosines::new(&[]), 5).is_empty());
    }

    #[test]
    fn the_closest_pairs_come_first() {
        let vectors = [Some(vec![1.0, 0.0]), None, Some(vec![1.0, 1.0]), Some(vec![0.0, 1.0]), Some(vec![2.0, 0.0])];
        let cosines = Cosines::new(&vectors);
        let all = [[0, 4], [0, 2], [2, 3], [2, 4], [0, 3], [3, 4]];
        assert_eq!(cosines.closest_pairs(10), all);
        assert_eq!(cosines.closest_pairs(3), all[..3]);
        let own = cosines.as_background();
        assert_eq!((own.cosines().len(), own.percentile(1.0).map(f64::round)), (6, Some(92.0)));
    }

    #[test]
    fn equals_share_their_percentile() {
        assert_eq!(percentiles(&[0.5, 0.1, 0.5, 0.9]), [50.0, 12.5, 50.0, 87.5]);
    }
}

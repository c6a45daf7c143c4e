use faer::Mat;

use super::cosines::units;

/// The cosines of pairs that have nothing to do with each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unrelated {
    /// Ascending.
    cosines: Vec<f32>,
}

/// The most pairs that are looked at; of more, as many by lot. All of 447 sentences.
const MOST_PAIRS: usize = 100_000;

impl Unrelated {
    /// From this percentile on two sentences are unusually close, and below as many from the other end unusually far apart.
    pub const UNUSUAL: f64 = 95.0;

    /// Every pair of the columns, `[hidden, sentence]`, or, of more than 447, 100,000 pairs drawn with a fixed seed.
    pub(super) fn pairs(columns: Mat<f64>) -> Self {
        Self::sorted(cosines(columns))
    }

    /// Those that are numbers.
    pub(super) fn sorted(mut cosines: Vec<f32>) -> Self {
        cosines.retain(|cosine| cosine.is_finite());
        cosines.sort_by(f32::total_cmp);
        Self { cosines }
    }

    /// All of them, ascending.
    pub fn cosines(&self) -> &[f32] {
        &self.cosines
    }

    /// Their mean; none where there is no pair.
    pub fn mean(&self) -> Option<f64> {
        let sum: f64 = self.cosines.iter().map(|&cosine| f64::from(cosine)).sum();
        (!self.cosines.is_empty()).then(|| sum / self.cosines.len() as f64)
    }

    /// Their median: what is typical. None where there is no pair.
    pub fn median(&self) -> Option<f32> {
        let upper = *self.cosines.get(self.cosines.len() / 2)?;
        let lower = self.cosines[(self.cosines.len() - 1) / 2];
        Some((lower + upper) / 2.0)
    }

    /// Of a hundred unrelated pairs, how many are less close than this: 0..=100. Those that are exactly as close count
    /// half (scipy's `percentileofscore`, `kind="mean"`). None where there is no pair, and for what is no number.
    pub fn percentile(&self, cosine: f32) -> Option<f64> {
        let below = self.cosines.partition_point(|&other| other < cosine);
        let up_to = self.cosines.partition_point(|&other| other <= cosine);
        (!self.cosines.is_empty() && cosine.is_finite())
            .then(|| 50.0 * (below + up_to) as f64 / self.cosines.len() as f64)
    }
}

/// A percentile, 0..=100, as every view writes it: one decimal, rounded down, so that 94.96 does not read 95, and never
/// all or nothing, as no background holds every pair there is.
pub fn in_percent(percentile: f64) -> String {
    // What is 29.3 must not become 29.2 for the last bit of its binary form.
    match (percentile * 10.0 + 1e-6).floor() / 10.0 {
        least if least < 0.1 => "<0.1 %".to_owned(),
        most if most > 99.9 => ">99.9 %".to_owned(),
        usual => format!("{usual:.1} %"),
    }
}

/// The cosine of each pair of columns, or of as many as are looked at.
pub(super) fn cosines(columns: Mat<f64>) -> Vec<f32> {
    let columns = units(columns);
    let cosine = |(a, b)| dot(columns.col_as_slice(a), columns.col_as_slice(b)).clamp(-1.0, 1.0) as f32;
    let sentences = columns.ncols();
    let pairs = sentences * sentences.saturating_sub(1) / 2;
    if pairs <= MOST_PAIRS {
        (0..sentences).flat_map(|b| (0..b).map(move |a| (a, b))).map(cosine).collect()
    } else {
        draw(pairs).map(pair).map(cosine).collect()
    }
}

/// MeasureNumbers below `pairs`, the same each time (splitmix64; Steele, Lea and Flood 2014).
fn draw(pairs: usize) -> impl Iterator<Item = usize> {
    let mut state = 0u64;
    (0..MOST_PAIRS).map(move |_| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((u128::from(mixed ^ (mixed >> 31)) * pairs as u128) >> 64) as usize
    })
}

/// The pair a < b with a number, counted as (0, 1), (0, 2), (1, 2), (0, 3), …
fn pair(number: usize) -> (usize, usize) {
    // The largest b with b·(b − 1)/2 ≤ number; the root may be off by one.
    let mut b = ((1.0 + (1.0 + 8.0 * number as f64).sqrt()) / 2.0) as usize;
    while b * (b - 1) / 2 > number {
        b -= 1;
    }
    while (b + 1) * b / 2 <= number {
        b += 1;
    }
    (number - b * (b - 1) / 2, b)
}

/// In eight sums side by side, which a processor adds at once.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let ((a, rest_a), (b, rest_b)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut sums = [0.0; 8];
    for (a, b) in a.iter().zip(b) {
        for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += a * b;
        }
    }
    sums.iter().sum::<f64>() + rest_a.iter().zip(rest_b).map(|(a, b)| a * b).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_count_half() {
        let unrelated = Unrelated::sorted(vec![0.5, 0.1, 0.3, 0.3]);
        for (cosine, percentile) in [(0.0, 0.0), (0.1, 12.5), (0.2, 25.0), (0.3, 50.0), (0.5, 87.5), (0.9, 100.0)] {
            assert_eq!(unrelated.percentile(cosine), Some(percentile), "{cosine}");
        }
        assert!((unrelated.mean().unwrap() - 0.3).abs() < 1e-7);
        assert_eq!([f32::NAN, f32::INFINITY].map(|cosine| unrelated.percentile(cosine)), [None; 2]);
        assert_eq!(Unrelated::sorted(vec![f32::NAN, 0.1, 0.3]).percentile(0.2), Some(50.0));
        assert_eq!((Unrelated::default().percentile(0.5), Unrelated::default().mean()), (None, None));
    }

    #[test]
    fn the_median_is_the_middle() {
        let median = |cosines: &[f32]| Unrelated::sorted(cosines.to_vec()).median();
        assert_eq!(median(&[0.5, 0.0, 0.25]), Some(0.25));
        assert_eq!(median(&[0.5, 0.0, 0.25, 1.0]), Some(0.375));
        assert_eq!(median(&[]), None);
    }

    #[test]
    fn no_percentile_is_rounded_up_to_all_or_over_a_limit() {
        let said = [0.0, 0.09, 0.1, 4.99, 29.3, 50.25, 94.99, 95.0, 99.95, 100.0].map(in_percent);
        let expected = ["<0.1", "<0.1", "0.1", "4.9", "29.3", "50.2", "94.9", "95.0", "99.9", ">99.9"];
        assert_eq!(said, expected.map(|number| format!("{number} %")));
    }

    #[test]
    fn pairs_are_counted_without_gaps() {
        let numbered: Vec<_> = (1..40).flat_map(|b| (0..b).map(move |a| (a, b))).collect();
        assert_eq!((0..numbered.len()).map(pair).collect::<Vec<_>>(), numbered);
    }

    #[test]
    fn many_sentences_are_sampled_and_always_the_same() {
        let columns = Mat::from_fn(3, 1000, |part, sentence| ((sentence * 7 + part * 13) % 101) as f64 - 50.0);
        let drawn = cosines(columns.clone());
        assert_eq!(drawn.len(), MOST_PAIRS);
        assert_eq!(drawn, cosines(columns));
        let numbers: Vec<usize> = draw(499_500).collect();
        assert!(numbers.iter().all(|&number| number < 499_500));
        let mean = numbers.iter().sum::<usize>() as f64 / numbers.len() as f64;
        assert!((mean / 249_750.0 - 1.0).abs() < 0.01, "{mean}");
    }
}

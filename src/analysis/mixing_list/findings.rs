use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{Measure, Pooling, Resamples, middle_95, norm},
    ListMeans, MixingNumber, MixingObservation,
};

/// A mean over sentences.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Of the sentences.
    pub value: f64,
    /// The middle 95 % of what resampling the sentences gives; none of one sentence.
    pub interval: Option<[f64; 2]>,
    /// How many sentences have such a number.
    pub sentences: usize,
}

/// How much the vectors of sentences are the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VectorSameness {
    /// Of which vectors.
    pub pooling: Pooling,
    /// The mean product of two sentences' vectors over the mean of their squared lengths: what is the same in every sentence, of which the squared length
    /// of their mean, which has each sentence's own part in it, is a little more.
    pub same: Estimate,
    /// The mean cosine of two sentences.
    pub unrelated: Estimate,
    /// The same less that under `mean`; none of `mean`.
    pub beyond_mean: Option<Estimate>,
}

/// What some sentences say.
#[derive(Clone, Debug, Default)]
pub struct MixingFindings {
    /// Under which measures.
    pub measures: Vec<Measure>,
    /// How many layers the model has.
    pub layers: usize,
    /// How many sentences were looked at.
    pub sentences: usize,
    /// Of how many of them some number is not finite; these count in no mean.
    pub not_finite: usize,
    /// Every number that some sentence has.
    pub numbers: BTreeMap<MixingNumber, Estimate>,
    /// How much their vectors are the same; nothing of fewer than two sentences.
    pub vectors: Vec<VectorSameness>,
}

impl MixingFindings {
    /// So many resamples give an interval.
    pub const RESAMPLES: Resamples = Resamples { count: 1000 };

    /// Of what was observed of each sentence.
    pub fn new(measures: &[Measure], layers: usize, observed: &[MixingObservation], means: &ListMeans) -> Self {
        let found: BTreeSet<MixingNumber> = observed.iter().flat_map(|of| of.numbers.keys().copied()).collect();
        let columns: Vec<Vec<[f64; 2]>> = found
            .iter()
            .map(|number| observed.iter().map(|of| of.numbers.get(number).copied().unwrap_or_default()).collect())
            .collect();
        let mut resampled: Vec<Vec<f64>> = vec![Vec::new(); columns.len()];
        Self::RESAMPLES.each(observed.len(), |counts| {
            for (values, column) in resampled.iter_mut().zip(&columns) {
                values.extend(ratio(column, counts));
            }
        });
        let once = vec![1; observed.len()];
        let numbers = found.into_iter().zip(columns.iter().zip(resampled)).filter_map(|(number, (column, values))| {
            let sentences = column.iter().filter(|[_, weight]| *weight != 0.0).count();
            let interval = (sentences > 1).then(|| middle_95(values)).flatten();
            Some((number, Estimate { value: ratio(column, &once)?, interval, sentences }))
        });
        Self {
            measures: measures.to_vec(),
            layers,
            sentences: observed.len(),
            not_finite: observed.iter().filter(|of| of.is_not_finite).count(),
            numbers: numbers.collect(),
            vectors: sameness(means),
        }
    }

    /// A number; none where no sentence has it.
    pub fn get(&self, number: MixingNumber) -> Option<Estimate> {
        self.numbers.get(&number).copied()
    }
}

/// Σ numerators over Σ denominators, each so many times.
fn ratio(column: &[[f64; 2]], counts: &[u32]) -> Option<f64> {
    let mut sums = [0.0; 2];
    for (parts, &count) in column.iter().zip(counts) {
        sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part * f64::from(count));
    }
    (sums[1] != 0.0).then(|| sums[0] / sums[1])
}

/// The vectors of sentences under a pooling, as they are and of length 1.
struct PooledSentences<'m> {
    pooling: Pooling,
    vectors: &'m [Vec<f32>],
    units: Vec<Vec<f32>>,
}

/// Of the vectors of each pooling that all sentences have.
fn sameness(means: &ListMeans) -> Vec<VectorSameness> {
    let count = means.vectors(Pooling::Cls).len();
    let list = |&pooling: &Pooling| {
        let vectors = means.vectors(pooling);
        let units = vectors.iter().map(|vector| unit(vector)).collect();
        (count > 1 && vectors.len() == count).then_some(PooledSentences { pooling, vectors, units })
    };
    let lists: Vec<PooledSentences> = ListMeans::POOLINGS.iter().filter_map(list).collect();
    let numbers = |counts: &[u32]| -> Vec<[f64; 2]> {
        lists.iter().map(|list| [same(list.vectors, counts), unrelated(&list.units, counts)]).collect()
    };
    let real = numbers(&vec![1; count]);
    let mut resampled: Vec<Vec<[f64; 2]>> = Vec::new();
    MixingFindings::RESAMPLES.each(count, |counts| resampled.push(numbers(counts)));
    let estimate = |of: &dyn Fn(&[[f64; 2]]) -> f64| Estimate {
        value: of(&real),
        interval: middle_95(resampled.iter().map(|numbers| of(numbers)).filter(|value| value.is_finite()).collect()),
        sentences: count,
    };
    let mean = lists.iter().position(|list| list.pooling == Pooling::Mean);
    let of = |(at, list): (usize, &PooledSentences)| VectorSameness {
        pooling: list.pooling,
        same: estimate(&|numbers| numbers[at][0]),
        unrelated: estimate(&|numbers| numbers[at][1]),
        beyond_mean: mean.filter(|mean| *mean != at).map(|mean| estimate(&|numbers| numbers[at][1] - numbers[mean][1])),
    };
    lists.iter().enumerate().map(of).collect()
}

fn unit(vector: &[f32]) -> Vec<f32> {
    let length = norm(vector).max(f64::MIN_POSITIVE) as f32;
    vector.iter().map(|value| value / length).collect()
}

/// The square of the sum's length.
fn square_of_sum(vectors: &[Vec<f32>], counts: &[u32]) -> f64 {
    let mut sum = vec![0.0f32; vectors.first().map_or(0, Vec::len)];
    for (vector, &count) in vectors.iter().zip(counts).filter(|(_, count)| **count > 0) {
        sum.iter_mut().zip(vector).for_each(|(sum, value)| *sum += count as f32 * value);
    }
    norm(&sum).powi(2)
}

/// The mean product of two different sentences over the mean square.
fn same(vectors: &[Vec<f32>], counts: &[u32]) -> f64 {
    let total: f64 = counts.iter().map(|count| f64::from(*count)).sum();
    let squares: f64 = vectors.iter().zip(counts).map(|(vector, count)| f64::from(*count) * norm(vector).powi(2)).sum();
    let of_itself: f64 = vectors.iter().zip(counts).map(|(v, count)| f64::from(*count).powi(2) * norm(v).powi(2)).sum();
    let alike: f64 = counts.iter().map(|count| f64::from(*count).powi(2)).sum();
    (square_of_sum(vectors, counts) - of_itself) / (total * total - alike) / (squares / total)
}

/// The mean cosine of two different sentences, of vectors of length 1.
fn unrelated(units: &[Vec<f32>], counts: &[u32]) -> f64 {
    let total: f64 = counts.iter().map(|count| f64::from(*count)).sum();
    let alike: f64 = counts.iter().map(|count| f64::from(*count).powi(2)).sum();
    (square_of_sum(units, counts) - alike) / (total * total - alike)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_are_over_the_sentences_that_have_a_number() {
        let number = MixingNumber::Taken(0);
        let of = |ratio: Option<[f64; 2]>| MixingObservation {
            numbers: ratio.into_iter().map(|ratio| (number, ratio)).collect(),
            ..MixingObservation::default()
        };
        let observed = [Some([0.2, 1.0]), None, Some([0.4, 1.0]), Some([0.9, 1.0])].map(of);
        let found = MixingFindings::new(&[], 1, &observed, &ListMeans::default());
        let estimate = found.get(number).unwrap();
        assert!((estimate.value - 0.5).abs() < 1e-9 && estimate.sentences == 3);
        let [low, high] = estimate.interval.unwrap();
        assert!((0.2..0.5).contains(&low) && (0.5..=0.9).contains(&high), "{low} {high}");
        let one = MixingFindings::new(&[], 1, &[of(Some([0.2, 1.0]))], &ListMeans::default());
        assert_eq!(one.get(number).unwrap().interval, None);
        assert_eq!(found.get(MixingNumber::Taken(1)), None);
    }

    #[test]
    fn sameness_is_that_of_the_formulas() {
        let vectors = vec![vec![3.0, 0.0], vec![0.0, 4.0]];
        assert!(same(&vectors, &[1, 1]).abs() < 1e-9);
        let three = [vec![2.0, 0.0], vec![1.0, 0.0], vec![0.0, 2.0]];
        assert!((same(&three, &[1, 1, 1]) - (2.0 / 3.0) / 3.0).abs() < 1e-6);
        let units: Vec<Vec<f32>> = vectors.iter().map(|vector| unit(vector)).collect();
        assert!(unrelated(&units, &[1, 1]).abs() < 1e-9);
        let three = [vec![1.0, 0.0], vec![1.0, 0.0], vec![0.0, 1.0]];
        assert!((unrelated(&three, &[1, 1, 1]) - 1.0 / 3.0).abs() < 1e-6);
        // The same sentence drawn twice is no pair.
        assert!(unrelated(&three, &[2, 0, 1]).abs() < 1e-6);
    }
}

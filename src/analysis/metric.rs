use std::{fmt, str::FromStr};

use super::products::{dot, norm};
use crate::messages::find_named;

/// How close two vectors are; the closer, the larger, so that a distance is negative, as sentence-transformers'
/// `pairwise_euclidean_sim` has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Metric {
    /// The cosine of the angle between them, in -1..=1; 0 where one of them is all zeros.
    #[default]
    Cosine,
    /// a·b.
    Dot,
    /// −‖a − b‖.
    Euclidean,
    /// −Σ|a − b|.
    Manhattan,
}

impl Metric {
    /// Every metric, in the order shown.
    pub const ALL: &'static [Metric] = &[Metric::Cosine, Metric::Dot, Metric::Euclidean, Metric::Manhattan];

    /// As on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Metric::Cosine => "cosine",
            Metric::Dot => "dot",
            Metric::Euclidean => "euclidean",
            Metric::Manhattan => "manhattan",
        }
    }

    /// Of two vectors of one length; summed in f64.
    pub fn of(self, a: &[f32], b: &[f32]) -> f64 {
        match self {
            Metric::Cosine => self.with_norms((a, norm(a)), (b, norm(b))),
            _ => self.with_norms((a, 0.0), (b, 0.0)),
        }
    }

    /// Of two vectors whose norms are known; only the cosine asks for them.
    fn with_norms(self, (a, a_norm): (&[f32], f64), (b, b_norm): (&[f32], f64)) -> f64 {
        let apart = || a.iter().zip(b).map(|(&a, &b)| f64::from(a) - f64::from(b));
        match self {
            Metric::Cosine if a_norm * b_norm == 0.0 => 0.0,
            Metric::Cosine => (dot(a, b) / (a_norm * b_norm)).clamp(-1.0, 1.0),
            Metric::Dot => dot(a, b),
            Metric::Euclidean => -apart().map(|apart| apart * apart).sum::<f64>().sqrt(),
            Metric::Manhattan => -apart().map(f64::abs).sum::<f64>(),
        }
    }

    /// How close every row's vector is to every column's, `[row, column]`; none where one of the two is missing. Each
    /// norm is taken once.
    pub fn matrix<V: AsRef<[f32]>>(self, rows: &[Option<V>], columns: &[Option<V>]) -> Vec<Vec<Option<f32>>> {
        let (rows, columns) = (self.measured(rows), self.measured(columns));
        let row = |a: &Option<_>| columns.iter().map(|b| Some(self.with_norms((*a)?, (*b)?) as f32)).collect();
        rows.iter().map(row).collect()
    }

    fn measured<V: AsRef<[f32]>>(self, vectors: &[Option<V>]) -> Vec<Option<(&[f32], f64)>> {
        let norm = |vector| if self == Metric::Cosine { norm(vector) } else { 0.0 };
        vectors.iter().map(|vector| vector.as_ref().map(|vector| (vector.as_ref(), norm(vector.as_ref())))).collect()
    }
}

/// Vectors of one kind, any two of which can be compared; each norm is taken once.
#[derive(Clone, Debug)]
pub struct ComparableVectors {
    metric: Metric,
    vectors: Vec<Option<(Vec<f32>, f64)>>,
}

impl ComparableVectors {
    /// Of `[sentence][hidden]`; none where a sentence has no such vector.
    pub fn new(metric: Metric, vectors: Vec<Option<Vec<f32>>>) -> Self {
        let norm = |vector: &[f32]| if metric == Metric::Cosine { norm(vector) } else { 0.0 };
        let measured = |vector: Vec<f32>| (norm(&vector), vector);
        let vectors = vectors.into_iter().map(|vector| vector.map(measured).map(|(norm, vector)| (vector, norm)));
        Self { metric, vectors: vectors.collect() }
    }

    /// How they are compared.
    pub fn metric(&self) -> Metric {
        self.metric
    }

    /// How many sentences there are.
    pub fn len(&self) -> usize {
        self.vectors.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.vectors.is_empty()
    }

    /// The vector of a sentence.
    pub fn vector(&self, sentence: usize) -> Option<&[f32]> {
        self.vectors.get(sentence)?.as_ref().map(|(vector, _)| vector.as_slice())
    }

    /// How close two sentences are; none where one of them has no vector, or is not there.
    pub fn get(&self, a: usize, b: usize) -> Option<f32> {
        let of = |at: usize| self.vectors.get(at)?.as_ref().map(|(vector, norm)| (vector.as_slice(), *norm));
        Some(self.metric.with_norms(of(a)?, of(b)?) as f32)
    }

    /// How close a sentence is to those from `first` on, `[sentence]`.
    pub fn row(&self, a: usize, first: usize) -> Vec<Option<f32>> {
        (first..self.len()).map(|b| self.get(a, b)).collect()
    }
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Metric {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        find_named(text, Self::ALL.iter().copied(), |metric| metric.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closer_the_larger() {
        let (a, b) = ([3.0, 4.0], [0.0, 2.0]);
        let of = |metric: Metric| metric.of(&a, &b);
        assert_eq!(Metric::ALL.iter().map(|&metric| of(metric)).collect::<Vec<_>>(), [0.8, 8.0, -13f64.sqrt(), -5.0]);
        assert_eq!(Metric::Cosine.of(&a, &[0.0, 0.0]), 0.0);
    }

    #[test]
    fn a_missing_vector_has_a_gap() {
        let vectors = [Some(vec![3.0, 4.0]), None, Some(vec![0.0, 2.0])];
        let matrix = Metric::Cosine.matrix(&vectors, &vectors);
        assert_eq!(matrix, [[Some(1.0), None, Some(0.8)], [None; 3], [Some(0.8), None, Some(1.0)]]);
        assert_eq!(Metric::Dot.matrix(&vectors[..1], &vectors), [[Some(25.0), None, Some(8.0)]]);
        for &metric in Metric::ALL {
            let comparable = ComparableVectors::new(metric, vectors.to_vec());
            let rows: Vec<_> = (0..3).map(|a| comparable.row(a, 0)).collect();
            assert_eq!(rows, metric.matrix(&vectors, &vectors), "{metric}");
            assert_eq!((comparable.row(0, 2).len(), comparable.get(0, 3)), (1, None));
        }
    }
}

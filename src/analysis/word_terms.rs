use super::{Pooling, SentenceVector, Units, similarity::dot};
use crate::bert::States;

/// What each word of one sentence adds, with each word of another, to the cosine of their means.
///
/// A mean is a sum over tokens, so the cosine of two is a sum over pairs of tokens: a_i·b_j / (n_a·n_b·|mean_a|·|mean_b|).
#[derive(Clone, Debug, PartialEq)]
pub struct WordTerms {
    /// Tokens or words of the first sentence.
    pub rows: usize,
    /// Tokens or words of the second sentence.
    pub columns: usize,
    /// `[row, column]`; all of them sum to the cosine.
    pub terms: Vec<f64>,
}

impl WordTerms {
    /// Token by token, specials included, for `mean` and `mean-words` of any layer. `mean-words` leaves specials out:
    /// their terms are 0. None for a vector that is no mean over tokens or that one of the sentences has not; see
    /// [`SentenceVector::of`]. The terms are all 0 when a mean is.
    pub fn new(a: States, b: States, vector: SentenceVector) -> Option<Self> {
        let (mean_a, mean_b) = (Mean::new(a, vector)?, Mean::new(b, vector)?);
        let scale = match mean_a.length * mean_b.length {
            0.0 => 0.0,
            lengths => 1.0 / (lengths * mean_a.count * mean_b.count),
        };
        let terms = mean_a.vectors.iter().flat_map(|a| {
            mean_b.vectors.iter().map(move |b| match (a, b) {
                (Some(a), Some(b)) => dot(a, b) * scale,
                _ => 0.0,
            })
        });
        Some(Self { rows: a.tokens.len(), columns: b.tokens.len(), terms: terms.collect() })
    }

    /// The same in units: the terms of their tokens added up. Units that do not fit the tokens take none.
    pub fn by_unit(&self, rows: &Units, columns: &Units) -> Self {
        let cell = |row: usize, column: usize| -> f64 {
            let tokens = rows.tokens(row).flat_map(|a| columns.tokens(column).map(move |b| (a, b)));
            tokens.filter_map(|(a, b)| self.get(a, b)).sum()
        };
        let cells = (0..rows.len()).flat_map(|row| (0..columns.len()).map(move |column| (row, column)));
        Self { rows: rows.len(), columns: columns.len(), terms: cells.map(|(row, column)| cell(row, column)).collect() }
    }

    /// One cell; none outside the table.
    pub fn get(&self, row: usize, column: usize) -> Option<f64> {
        (column < self.columns).then(|| self.terms.get(row * self.columns + column).copied()).flatten()
    }

    /// The sum of all, the cosine.
    pub fn cosine(&self) -> f64 {
        self.terms.iter().sum()
    }

    /// `[row]`: what each of the first sentence adds with the whole second one.
    pub fn row_sums(&self) -> Vec<f64> {
        (0..self.rows).map(|row| self.terms[row * self.columns..(row + 1) * self.columns].iter().sum()).collect()
    }

    /// `[column]`: what each of the second sentence adds with the whole first one.
    pub fn column_sums(&self) -> Vec<f64> {
        (0..self.columns).map(|column| (0..self.rows).filter_map(|row| self.get(row, column)).sum()).collect()
    }
}

/// The parts of a mean.
struct Mean<'t> {
    /// `[token]`, each `[hidden]`; none for those that are left out.
    vectors: Vec<Option<&'t [f32]>>,
    count: f64,
    /// The Euclidean length of the mean.
    length: f64,
}

impl<'t> Mean<'t> {
    fn new(states: States<'t>, vector: SentenceVector) -> Option<Self> {
        let layer = vector.layer.unwrap_or(states.layers);
        let specials = match vector.pooling {
            Pooling::Mean => true,
            Pooling::MeanWords => false,
            _ => return None,
        };
        if layer > states.layers {
            return None;
        }
        let tokens = states.tokens.iter().enumerate();
        let vectors: Vec<_> =
            tokens.map(|(at, token)| (specials || !token.special).then(|| states.hidden_state(layer, at))).collect();
        let count = vectors.iter().flatten().count();
        let mut sum = vec![0.0f64; states.hidden_size];
        for vector in vectors.iter().flatten() {
            sum.iter_mut().zip(*vector).for_each(|(sum, &part)| *sum += f64::from(part));
        }
        let count = (count > 0).then_some(count as f64)?;
        let length = sum.iter().map(|part| part * part).sum::<f64>().sqrt() / count;
        Some(Self { vectors, count, length })
    }
}

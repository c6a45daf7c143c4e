use super::{Pooling, SentenceVector, Units, products::dot};
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

    /// Some rows and columns of it, ascending.
    pub fn of(&self, rows: &[usize], columns: &[usize]) -> Self {
        let terms = rows.iter().flat_map(|&row| columns.iter().filter_map(move |&column| self.get(row, column)));
        Self { rows: rows.len(), columns: columns.len(), terms: terms.collect() }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::{cosine, cosine_by_layer},
        bert::{Sentence, Token},
    };

    fn tokens(texts: &[&str]) -> Vec<Token> {
        let token = |text: &&str| Token {
            text: (*text).to_owned(),
            mark: 0,
            id: 0,
            type_id: 0,
            sentence: Sentence::A,
            special: text.starts_with('['),
            unknown: false,
            span: (!text.starts_with('[')).then_some(0..1),
            word: None,
        };
        texts.iter().map(token).collect()
    }

    /// Of two layers and two dimensions.
    fn states<'t>(tokens: &'t [Token], hidden_states: &'t [f32]) -> States<'t> {
        States { tokens, layers: 1, hidden_size: 2, hidden_states, pooler_output: None, declared: None }
    }

    #[test]
    fn terms_sum_to_the_cosine_of_the_means() {
        let a = [&[1.0; 6][..], &[3.0, 1.0, -2.0, 4.0, 0.5, 0.25]].concat();
        let b = [&[0.5; 4][..], &[1.0, -1.0, 2.0, 5.0]].concat();
        let (three, two) = (tokens(&["[CLS]", "cat", "[SEP]"]), tokens(&["[CLS]", "[SEP]"]));
        let (a, b) = (states(&three, &a), states(&two, &b));
        let mean: SentenceVector = Pooling::Mean.into();
        let terms = WordTerms::new(a, b, mean).unwrap();
        let expected = f64::from(cosine(&mean.of(a).unwrap(), &mean.of(b).unwrap()));
        assert!((terms.cosine() - expected).abs() < 1e-6);
        assert!((terms.row_sums().iter().sum::<f64>() - terms.cosine()).abs() < 1e-15);
        assert!((terms.column_sums().iter().sum::<f64>() - terms.cosine()).abs() < 1e-15);
        assert_eq!((terms.rows, terms.columns, terms.get(2, 2), terms.get(3, 0)), (3, 2, None, None));

        let words: SentenceVector = Pooling::MeanWords.into();
        let alone = WordTerms::new(a, a, words).unwrap();
        assert!((alone.get(1, 1).unwrap() - 1.0).abs() < 1e-12 && alone.get(0, 1) == Some(0.0));
        assert_eq!(WordTerms::new(a, b, words), None);
        assert_eq!(WordTerms::new(a, b, Pooling::Cls.into()), None);
        assert_eq!(WordTerms::new(a, b, "mean@2".parse().unwrap()), None);

        let curves = cosine_by_layer(a, b);
        assert_eq!(curves.len(), 4);
        let (pooling, curve) = &curves[1];
        assert_eq!((*pooling, curve.len()), (Pooling::Mean, 2));
        assert!((curve[0].unwrap() - 1.0).abs() < 1e-6 && (f64::from(curve[1].unwrap()) - expected).abs() < 1e-6);
        assert_eq!(curves[2].1, [None, None]);
    }
}

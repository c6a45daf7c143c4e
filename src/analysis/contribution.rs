use super::norm;

/// What each dimension adds to a cosine, the largest first; all of them sum to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contributions {
    /// What is made of the dimensions: the cosine, or the mean cosine of many pairs.
    pub cosine: f64,
    /// Each dimension, counted from 0, and its term; by the term's size, whatever its sign.
    pub terms: Vec<(usize, f64)>,
}

/// A dimension is rogue when it makes up at least so much of what unrelated sentences have in common.
const ROGUE_SHARE: f64 = 0.05;
/// And at least so many times what it would if all dimensions had the same share.
const ROGUE_TIMES: f64 = 10.0;
/// Where unrelated sentences are less close than this on average, they have nothing in common to have shares of.
const LEAST_MEAN: f64 = 0.01;

impl Contributions {
    /// Of the dimensions to the cosine of two vectors `[hidden]`: a_i·b_i / (|a|·|b|). All 0 when one of them is.
    pub fn to_cosine(a: &[f32], b: &[f32]) -> Self {
        let lengths = norm(a) * norm(b);
        let term = |(&a, &b): (&f32, &f32)| match lengths {
            0.0 => 0.0,
            _ => f64::from(a) * f64::from(b) / lengths,
        };
        Self::sorted(a.iter().zip(b).map(term).collect())
    }

    /// Of the dimensions to the mean cosine of unrelated sentences: the mean over all pairs of the background's vectors,
    /// `[sentence][hidden]`, of each one's term (Timkey and van Schijndel 2021, arXiv:2109.04404, equations 2 and 3).
    /// Nothing for fewer than two.
    pub fn to_expected(background: &[&[f32]]) -> Self {
        let hidden = background.first().map_or(0, |vector| vector.len());
        let pairs = (background.len() * background.len().saturating_sub(1)) as f64 / 2.0;
        if pairs == 0.0 {
            return Self::default();
        }
        // Over all pairs, Σ a·b = ((Σ a)² − Σ a²) / 2.
        let (mut sums, mut squares) = (vec![0.0; hidden], vec![0.0; hidden]);
        for vector in background {
            let length = norm(vector);
            if length == 0.0 {
                continue;
            }
            for ((sum, square), &part) in sums.iter_mut().zip(&mut squares).zip(*vector) {
                let part = f64::from(part) / length;
                *sum += part;
                *square += part * part;
            }
        }
        Self::sorted(sums.iter().zip(squares).map(|(sum, square)| (sum * sum - square) / 2.0 / pairs).collect())
    }

    /// What the first so many dimensions add up to; a part of the cosine, in its unit.
    pub fn carried(&self, first: usize) -> f64 {
        self.terms.iter().take(first).map(|(_, term)| term).sum()
    }

    /// The dimensions that dominate, with their share of the cosine (0..=1 and, where others take away from it, more):
    /// those that have at least 5 % of it, and ten times as much as they would have if all had the same. Of an expected
    /// cosine, these are Timkey and van Schijndel's rogue dimensions. None where the cosine is below 0.01.
    pub fn rogue(&self) -> Vec<(usize, f64)> {
        let least = ROGUE_SHARE.max(ROGUE_TIMES / self.terms.len() as f64);
        let shares = self.terms.iter().map(|&(dimension, term)| (dimension, term / self.cosine));
        match self.cosine < LEAST_MEAN {
            true => Vec::new(),
            false => shares.take_while(|(_, share)| share.abs() >= least).filter(|(_, share)| *share > 0.0).collect(),
        }
    }

    fn sorted(terms: Vec<f64>) -> Self {
        let cosine = terms.iter().sum();
        let mut terms: Vec<_> = terms.into_iter().enumerate().collect();
        terms.sort_by(|(_, a), (_, b)| b.abs().total_cmp(&a.abs()));
        Self { cosine, terms }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::cosine;

    #[test]
    fn terms_sum_to_the_cosine() {
        let (a, b) = ([1.0, -2.0, 0.5, 3.0], [2.0, 1.0, 0.0, 4.0]);
        let contributions = Contributions::to_cosine(&a, &b);
        assert_eq!(contributions.terms.iter().map(|(dimension, _)| *dimension).collect::<Vec<_>>(), [3, 0, 1, 2]);
        assert!((contributions.cosine - f64::from(cosine(&a, &b))).abs() < 1e-7);
        assert!((contributions.carried(4) - contributions.cosine).abs() < 1e-15);
        assert!(contributions.carried(1) > contributions.cosine * 0.9);
        assert_eq!(Contributions::to_cosine(&a, &[0.0; 4]).cosine, 0.0);
    }

    #[test]
    fn the_expected_cosine_is_the_mean_over_pairs() {
        let vectors: [&[f32]; 4] = [&[1.0, 5.0, 0.0], &[-1.0, 4.0, 2.0], &[0.5, 6.0, -1.0], &[0.0, 0.0, 0.0]];
        let expected = Contributions::to_expected(&vectors);
        let pairs = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)];
        let mean = pairs.iter().map(|&(a, b)| f64::from(cosine(vectors[a], vectors[b]))).sum::<f64>() / 6.0;
        assert!((expected.cosine - mean).abs() < 1e-7);
        assert_eq!(expected.terms[0].0, 1);
        assert_eq!(Contributions::to_expected(&vectors[..1]), Contributions::default());
    }

    #[test]
    fn a_dimension_that_dominates_is_rogue() {
        let even = vec![1.0f32; 100];
        let mut one = even.clone();
        one[42] = 20.0;
        assert!(Contributions::to_expected(&[&even, &even]).rogue().is_empty());
        let rogue = Contributions::to_expected(&[&one, &one]).rogue();
        assert_eq!(rogue.len(), 1);
        assert!(rogue[0].0 == 42 && (rogue[0].1 - 400.0 / 499.0).abs() < 1e-9);
        // Opposite vectors have nothing in common.
        let minus: Vec<f32> = one.iter().map(|part| -part).collect();
        assert!(Contributions::to_expected(&[&one, &minus]).rogue().is_empty());
    }
}

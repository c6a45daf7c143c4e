//! A multinomial logistic regression on vectors as they are, as scikit-learn's `LogisticRegression` fits it by default:
//! softmax, an intercept, the penalty ½‖W‖² beside C = 1.0 times the sum of the losses, and for two labels the sigmoid of
//! one score.

use crate::messages::message;
use argmin::{
    core::{CostFunction, Error, Executor, Gradient, State, TerminationReason, TerminationStatus},
    solver::{linesearch::MoreThuenteLineSearch, quasinewton::LBFGS},
};
use ndarray::{Array2, ArrayView2, Axis};

/// scikit-learn's C, the inverse strength of the penalty.
const C: f64 = 1.0;

/// Why there is no fit.
#[derive(Debug, thiserror::Error)]
pub enum RegressionError {
    /// The optimiser's line search would look for ever.
    #[error("{}", message!("analysis-not-finite"))]
    NotFinite,
    /// The optimiser gave up.
    #[error("{}", message!("analysis-unsettled", reason = .0))]
    Unsettled(String),
}

/// Weights that tell labels apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Regression {
    /// `[score, feature + 1]`, the intercept last; a score for each label, or of two labels that of the second alone.
    coefficients: Array2<f64>,
}

impl Regression {
    /// Fits vectors `[example, feature]` to their labels, numbered from 0.
    ///
    /// # Errors
    /// When a vector is not finite, or nothing is found.
    pub fn fit(vectors: ArrayView2<f64>, labels: &[usize]) -> Result<Self, RegressionError> {
        /// The steps that L-BFGS remembers, as scipy's.
        const MEMORY: usize = 10;
        /// Far below what moves an accuracy; scikit-learn stops at 1e-4.
        const GRADIENT: f64 = 1e-6;
        const MOST_STEPS: u64 = 1000;
        if vectors.iter().any(|value| !value.is_finite()) {
            return Err(RegressionError::NotFinite);
        }
        let count = labels.iter().max().map_or(0, |most| most + 1);
        let scores = if count == 2 { 1 } else { count };
        let shape = [scores, vectors.ncols() + 1];
        let unsettled = |error: Error| RegressionError::Unsettled(error.to_string());
        let solver = LBFGS::new(MoreThuenteLineSearch::new(), MEMORY).with_tolerance_grad(GRADIENT);
        let fitted = Executor::new(Loss { vectors, labels, shape }, solver.map_err(unsettled)?)
            .configure(|state| state.param(vec![0.0; shape[0] * shape[1]]).max_iters(MOST_STEPS))
            .ctrlc(false)
            .timer(false)
            .run()
            .map_err(unsettled)?;
        let state = fitted.state();
        match (state.get_best_param(), state.get_termination_status()) {
            // Where the line search finds no more, the best so far is the best there is in f64. It starts from zeros: if
            // these are still the best, not one step was found.
            (Some(found), TerminationStatus::Terminated(TerminationReason::SolverExit(why)))
                if found.iter().all(|value| *value == 0.0) =>
            {
                Err(RegressionError::Unsettled(why.clone()))
            }
            (Some(found), _) if found.iter().all(|value| value.is_finite()) => {
                let coefficients = ArrayView2::from_shape(shape, found).map(|found| found.to_owned());
                Ok(Self { coefficients: coefficients.map_err(|e| RegressionError::Unsettled(e.to_string()))? })
            }
            _ => Err(RegressionError::Unsettled(message!("analysis-overflow"))),
        }
    }

    /// From its coefficients `[score][feature + 1]`, the intercept last; none where there are none, or rows differ in length or
    /// have numbers that are not finite.
    pub fn from_rows(rows: &[Vec<f64>]) -> Option<Self> {
        let width = rows.first()?.len();
        let coefficients = Array2::from_shape_vec([rows.len(), width], rows.concat()).ok()?;
        let is_whole = width > 0 && rows.iter().all(|row| row.len() == width);
        (is_whole && coefficients.iter().all(|value| value.is_finite())).then_some(Self { coefficients })
    }

    /// Its coefficients `[score][feature + 1]`, the intercept last; a score for each label, or of two labels that of the
    /// second alone.
    pub fn rows(&self) -> Vec<Vec<f64>> {
        self.coefficients.rows().into_iter().map(|row| row.to_vec()).collect()
    }

    /// The scores of one vector; none of one that has another length.
    pub fn scores_of(&self, vector: &[f64]) -> Option<Vec<f64>> {
        let vector = ArrayView2::from_shape([1, vector.len()], vector).ok()?;
        (vector.ncols() + 1 == self.coefficients.ncols())
            .then(|| scores(vector, self.coefficients.view()).into_raw_vec_and_offset().0)
    }

    /// The weights of a label's logit and its intercept: of two labels the first has the second's with the other sign. None of
    /// a label that is not there.
    pub fn label_weights(&self, label: usize) -> Option<(Vec<f64>, f64)> {
        let (row, sign) = match (self.coefficients.nrows(), label) {
            (1, 0) => (0, -1.0),
            (1, 1) => (0, 1.0),
            (1, _) => return None,
            (_, row) => (row, 1.0),
        };
        let rows = self.coefficients.rows();
        let row: Vec<f64> = rows.into_iter().nth(row)?.iter().map(|value| value * sign).collect();
        let (intercept, weights) = row.split_last()?;
        Some((weights.to_vec(), *intercept))
    }

    /// The likeliest label of each vector, of equally likely ones the first.
    pub fn predict(&self, vectors: ArrayView2<f64>) -> Vec<usize> {
        let likeliest = |row: ndarray::ArrayView1<f64>| match row.len() {
            1 => usize::from(row[0] > 0.0),
            count => (0..count).fold(0, |best, at| if row[at] > row[best] { at } else { best }),
        };
        scores(vectors, self.coefficients.view()).rows().into_iter().map(likeliest).collect()
    }
}

/// `[example, score]`.
fn scores(vectors: ArrayView2<f64>, coefficients: ArrayView2<f64>) -> Array2<f64> {
    let (weights, intercepts) = coefficients.split_at(Axis(1), vectors.ncols());
    vectors.dot(&weights.t()) + intercepts.t()
}

/// The mean loss, and the penalty for each example: scikit-learn's objective divided by C times the number of examples.
struct Loss<'a> {
    vectors: ArrayView2<'a, f64>,
    labels: &'a [usize],
    /// That of the coefficients.
    shape: [usize; 2],
}

impl Loss<'_> {
    fn coefficients<'p>(&self, parameters: &'p [f64]) -> Result<ArrayView2<'p, f64>, Error> {
        Ok(ArrayView2::from_shape(self.shape, parameters)?)
    }

    /// What the penalty's gradient is to the weights.
    fn penalty(&self) -> f64 {
        1.0 / (C * self.labels.len() as f64)
    }

    /// The mean loss, and its derivative by each score, `[example, score]`.
    fn of_scores(&self, mut scores: Array2<f64>) -> (f64, Array2<f64>) {
        let mut sum = 0.0;
        let count = self.labels.len() as f64;
        for (mut row, &label) in scores.rows_mut().into_iter().zip(self.labels) {
            // Of two labels the first has the score 0.
            let first = if row.len() == 1 { Some(0.0) } else { None };
            let own = if row.len() == 1 { label.checked_sub(1) } else { Some(label) };
            let largest = row.iter().copied().chain(first).fold(f64::NEG_INFINITY, f64::max);
            let total: f64 = row.iter().copied().chain(first).map(|score| (score - largest).exp()).sum();
            sum += largest + total.ln() - own.map_or(0.0, |own| row[own]);
            row.mapv_inplace(|score| (score - largest).exp() / total / count);
            if let Some(own) = own {
                row[own] -= 1.0 / count;
            }
        }
        (sum / count, scores)
    }
}

impl CostFunction for Loss<'_> {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, parameters: &Vec<f64>) -> Result<f64, Error> {
        let coefficients = self.coefficients(parameters)?;
        let (weights, _) = coefficients.split_at(Axis(1), self.vectors.ncols());
        let square: f64 = weights.iter().map(|weight| weight * weight).sum();
        let cost = self.of_scores(scores(self.vectors, coefficients)).0 + self.penalty() * square / 2.0;
        // A line search that meets something else would not end.
        if cost.is_finite() { Ok(cost) } else { Err(Error::msg(message!("analysis-overflow"))) }
    }
}

impl Gradient for Loss<'_> {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, parameters: &Vec<f64>) -> Result<Vec<f64>, Error> {
        let coefficients = self.coefficients(parameters)?;
        let (_, slopes) = self.of_scores(scores(self.vectors, coefficients));
        let size = self.vectors.ncols();
        let mut gradient = Array2::zeros(self.shape);
        let (mut weights, mut intercepts) = gradient.view_mut().split_at(Axis(1), size);
        weights.assign(&slopes.t().dot(&self.vectors));
        weights.scaled_add(self.penalty(), &coefficients.split_at(Axis(1), size).0);
        intercepts.assign(&slopes.sum_axis(Axis(0)).insert_axis(Axis(1)));
        Ok(gradient.into_raw_vec_and_offset().0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `LogisticRegression(tol=1e-12, max_iter=10_000).fit(vectors, labels)`: `coef_` and `intercept_`.
    #[test]
    fn as_scikit_learn_fits() {
        let vectors: Vec<f64> = (0..24).map(|i| f64::from((i * 7 + i * i * 3) % 11) / 4.0 - 1.0).collect();
        let vectors = ArrayView2::from_shape([12, 2], &vectors).unwrap();
        let fit = |labels: &[usize]| Regression::fit(vectors, labels).unwrap();
        let three = fit(&[0, 1, 2, 1, 0, 2, 2, 0, 1, 1, 0, 2]);
        let two = fit(&[0, 1, 1, 1, 0, 0, 1, 0, 1, 1, 0, 0]);
        for (found, expected) in [
            (
                &three,
                &[
                    0.1182788, 0.8643751, -0.6481729, -0.1261628, -0.0944413, 0.2329626, 0.0078840, -0.7699338,
                    0.4152104,
                ][..],
            ),
            (&two, &[0.3197382, -0.5055063, 0.1801929][..]),
        ] {
            let found: Vec<f64> = found.coefficients.iter().copied().collect();
            let apart = found.iter().zip(expected).map(|(a, b)| (a - b).abs()).max_by(f64::total_cmp).unwrap();
            assert!(found.len() == expected.len() && apart < 1e-5, "{found:?}");
        }
        assert_eq!(three.predict(vectors), [0, 2, 2, 0, 0, 2, 2, 0, 1, 2, 0, 0]);
        assert_eq!(two.predict(vectors), [0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0]);
    }

    #[test]
    fn the_weights_of_a_label_give_its_score() {
        let three = Regression::from_rows(&[vec![1.0, 2.0, 3.0], vec![0.5, 0.0, -1.0], vec![-1.0, 1.0, 0.0]]).unwrap();
        assert_eq!(three.scores_of(&[10.0, 1.0]), Some(vec![15.0, 4.0, -9.0]));
        assert_eq!(three.label_weights(1), Some((vec![0.5, 0.0], -1.0)));
        assert_eq!((three.label_weights(3), three.scores_of(&[1.0])), (None, None));
        let two = Regression::from_rows(&[vec![1.0, -2.0, 3.0]]).unwrap();
        assert_eq!(two.label_weights(0), Some((vec![-1.0, 2.0], -3.0)));
        assert_eq!(two.label_weights(1), Some((vec![1.0, -2.0], 3.0)));
        assert_eq!(two.label_weights(2), None);
        assert_eq!(Regression::from_rows(&two.rows()), Some(two));
        for bad in [vec![], vec![vec![]], vec![vec![1.0, 2.0], vec![1.0, 2.0, 3.0]], vec![vec![f64::NAN]]] {
            assert_eq!(Regression::from_rows(&bad), None, "{bad:?}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        let vectors = Array2::from_elem([4, 2], f64::NAN);
        assert!(matches!(Regression::fit(vectors.view(), &[0, 1, 0, 1]), Err(RegressionError::NotFinite)));
        // Finite, but their products are not.
        let vectors = Array2::from_shape_fn([4, 2], |(row, _)| if row % 2 == 0 { 1e200 } else { -1e200 });
        let found = Regression::fit(vectors.view(), &[0, 1, 0, 1]);
        assert!(matches!(found, Err(RegressionError::Unsettled(_))), "{found:?}");
    }
}

use faer::{Mat, MatRef, Side};

/// The principal components of some vectors: the directions in which they vary about their mean, the widest first.
pub(super) struct PrincipalComponents {
    /// `[hidden, direction]`, each of length 1 and at right angles to the others.
    pub directions: Mat<f64>,
    /// `[direction]`: the variance along each, n − 1 in the denominator; descending, none 0.
    pub variances: Vec<f64>,
    /// The variance in all directions together.
    pub total: f64,
}

impl PrincipalComponents {
    /// Of vectors from which their mean was subtracted, `[hidden, sentence]`.
    ///
    /// A direction counts as one when its singular value is above the largest · max(sentences, hidden) · 2⁻²³: numpy's
    /// rule for the rank of a matrix (`numpy.linalg.matrix_rank`), at the precision of the vectors, f32. No direction is
    /// left where vectors are all equal, or where one is not finite.
    ///
    /// The eigenvectors of the covariance `[hidden, hidden]` or, where there are fewer sentences than dimensions, of the
    /// inner products `[sentence, sentence]`, which have the same eigenvalues.
    pub fn of(centred: MatRef<'_, f64>) -> Self {
        let (hidden, sentences) = (centred.nrows(), centred.ncols());
        let total = centred.squared_norm_l2();
        let none = Self { directions: Mat::zeros(hidden, 0), variances: Vec::new(), total: 0.0 };
        if sentences < 2 || !total.is_normal() {
            return none;
        }
        let dual = sentences < hidden;
        let products = if dual { centred.transpose() * centred } else { centred * centred.transpose() };
        let Ok(eigen) = products.self_adjoint_eigen(Side::Lower) else { return none };
        // Ascending.
        let values: Vec<f64> = eigen.S().column_vector().iter().rev().copied().collect();
        let vectors = eigen.U().reverse_cols();
        let relative = hidden.max(sentences) as f64 * f64::from(f32::EPSILON);
        let least = values[0] * relative.powi(2);
        let count = values.iter().take_while(|&&value| value > least).count();
        let mut directions =
            if dual { centred * vectors.get(.., ..count) } else { vectors.get(.., ..count).to_owned() };
        if dual {
            for (direction, value) in values[..count].iter().enumerate() {
                directions.col_mut(direction).iter_mut().for_each(|part| *part /= value.sqrt());
            }
        }
        let freedom = (sentences - 1) as f64;
        Self {
            directions,
            variances: values[..count].iter().map(|value| value / freedom).collect(),
            total: total / freedom,
        }
    }
}

/// Vectors as the columns of a matrix, `[hidden, sentence]`.
pub(super) fn columns(vectors: &[&[f32]]) -> Mat<f64> {
    let hidden = vectors.first().map_or(0, |vector| vector.len());
    Mat::from_fn(hidden, vectors.len(), |part, sentence| f64::from(vectors[sentence][part]))
}

/// The mean of the columns, `[hidden]`.
pub(super) fn mean(columns: MatRef<'_, f64>) -> Vec<f64> {
    let count = columns.ncols() as f64;
    (0..columns.nrows()).map(|part| columns.row(part).iter().sum::<f64>() / count).collect()
}

/// Subtracts `mean` from every column. What is left of rounding is nothing: numbers of f32 that differ do so by more.
pub(super) fn centred(mut columns: Mat<f64>, mean: &[f64]) -> Mat<f64> {
    for sentence in 0..columns.ncols() {
        for (part, mean) in columns.col_mut(sentence).iter_mut().zip(mean) {
            let difference = *part - mean;
            *part = if difference.abs() <= ROUNDING * mean.abs() { 0.0 } else { difference };
        }
    }
    columns
}

/// By so much of itself may a mean in f64 be off.
const ROUNDING: f64 = 1e-10;

#[cfg(test)]
mod tests {
    use super::*;

    fn components(vectors: &[&[f32]]) -> PrincipalComponents {
        let columns = columns(vectors);
        let mean = mean(columns.as_ref());
        PrincipalComponents::of(centred(columns, &mean).as_ref())
    }

    #[test]
    fn both_forms_find_the_same_directions() {
        // Three sentences of two dimensions, and the same with two more dimensions in which nothing happens.
        let few: [&[f32]; 3] = [&[3.0, 0.0], &[-1.0, 1.0], &[0.0, 4.0]];
        let many: [&[f32]; 3] = [&[3.0, 0.0, 2.0, 5.0], &[-1.0, 1.0, 2.0, 5.0], &[0.0, 4.0, 2.0, 5.0]];
        let (covariance, dual) = (components(&few), components(&many));
        assert_eq!((covariance.variances.len(), dual.variances.len()), (2, 2));
        for direction in 0..2 {
            assert!((covariance.variances[direction] - dual.variances[direction]).abs() < 1e-12);
            let same: f64 =
                (0..2).map(|i| covariance.directions[(i, direction)] * dual.directions[(i, direction)]).sum();
            assert!((same.abs() - 1.0).abs() < 1e-12 && dual.directions[(2, direction)].abs() < 1e-12);
        }
        assert!((dual.total - dual.variances.iter().sum::<f64>()).abs() < 1e-12);
    }

    #[test]
    fn what_does_not_spread_has_no_direction() {
        assert!(components(&[]).variances.is_empty());
        assert!(components(&[&[1.0, 2.0]]).variances.is_empty());
        assert!(components(&[&[0.1, -0.7][..]; 11]).variances.is_empty());
        assert!(components(&[&[1.0, f32::NAN], &[0.0, 0.0]]).variances.is_empty());
        assert_eq!(components(&[&[1.0, 2.0, 0.0], &[2.0, 2.0, 0.0]]).variances, [0.5]);
    }
}

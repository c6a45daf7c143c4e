use faer::{Mat, MatRef};

use super::principal_components::{PrincipalComponents, centred, mean};

/// BERT-whitening (Su, Cao, Liu and Ou 2021, arXiv:2103.15316): x̃ = (x − μ)·W, W = U·Λ^-1/2 with the eigenvectors U and
/// the eigenvalues Λ of the background's covariance. In the directions that are left, the background has mean 0 and
/// covariance I.
pub(super) struct Whitening {
    mean: Vec<f64>,
    /// W, `[hidden, direction]`.
    directions: Mat<f64>,
}

impl Whitening {
    /// From the background, `[hidden, sentence]`, in at most so many directions, those it varies most in. None when it
    /// varies in none, or none is allowed.
    pub fn new(background: MatRef<'_, f64>, most: usize) -> Option<Self> {
        let mean = mean(background);
        let components = PrincipalComponents::of(centred(background.to_owned(), &mean).as_ref());
        let count = components.variances.len().min(most);
        let mut directions = components.directions.get(.., ..count).to_owned();
        for (direction, variance) in components.variances[..count].iter().enumerate() {
            directions.col_mut(direction).iter_mut().for_each(|part| *part /= variance.sqrt());
        }
        (count > 0).then_some(Self { mean, directions })
    }

    /// How many directions are left.
    pub fn directions(&self) -> usize {
        self.directions.ncols()
    }

    /// Whitens the columns, `[hidden, sentence]`: `[direction, sentence]`. No columns stay none, of whatever size.
    pub fn apply(&self, columns: Mat<f64>) -> Mat<f64> {
        if columns.ncols() == 0 {
            return Mat::zeros(self.directions(), 0);
        }
        self.directions.transpose() * centred(columns, &self.mean)
    }
}

use faer::{Mat, MatRef};

use super::principal_components::{PrincipalComponents, centred, mean};

/// BERT-whitening (Su, Cao, Liu and Ou 2021, arXiv:2103.15316): x̃ = (x − μ)·W, W = U·Λ^-1/2 with the eigenvectors U and
/// the eigenvalues Λ of the background's covariance. Along what is kept, the background has mean 0 and covariance I.
pub(super) struct Whitening {
    mean: Vec<f64>,
    /// W, `[hidden, kept]`.
    directions: Mat<f64>,
}

impl Whitening {
    /// From the background, `[hidden, sentence]`, in at most so many directions, those it spreads most in. None when it
    /// spreads in none, or none is allowed.
    pub fn new(background: MatRef<'_, f64>, most: usize) -> Option<Self> {
        let mean = mean(background);
        let spread = PrincipalComponents::of(centred(background.to_owned(), &mean).as_ref());
        let kept = spread.variances.len().min(most);
        let mut directions = spread.directions.get(.., ..kept).to_owned();
        for (direction, variance) in spread.variances[..kept].iter().enumerate() {
            directions.col_mut(direction).iter_mut().for_each(|part| *part /= variance.sqrt());
        }
        (kept > 0).then_some(Self { mean, directions })
    }

    /// How many directions are kept.
    pub fn kept(&self) -> usize {
        self.directions.ncols()
    }

    /// Whitens the columns, `[hidden, sentence]`: `[kept, sentence]`. No columns stay none, of whatever size.
    pub fn apply(&self, columns: Mat<f64>) -> Mat<f64> {
        if columns.ncols() == 0 {
            return Mat::zeros(self.kept(), 0);
        }
        self.directions.transpose() * centred(columns, &self.mean)
    }
}

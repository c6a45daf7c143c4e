//! Training a probe, and knowing a model again.

use ndarray::{Array2, Axis};

use super::Reader;
use crate::{
    analysis::{ModelSample, ProbeAccuracy, Regression, RegressionError, stratified_folds},
    bert::{BertError, Input, WantedReadings},
};

/// What a model makes of [`ModelSample::TEXT`], by which it is known again.
///
/// # Errors
/// When the backend fails.
pub fn model_sample(reader: &dyn Reader) -> Result<ModelSample, BertError> {
    let mut sample = ModelSample(Vec::new());
    let wanted = WantedReadings { plain: true, declared: false };
    reader.states(&[Input::single(ModelSample::TEXT)], wanted, &mut |_, states, _| sample = ModelSample::of(states))?;
    Ok(sample)
}

/// Vectors `[hidden]` of texts, each with the number of its label, from 0; texts without such a vector are left out.
#[derive(Clone, Debug)]
pub struct LabelledVectors {
    labels: Vec<usize>,
    /// `[text, hidden]`.
    matrix: Array2<f64>,
}

impl LabelledVectors {
    /// Those of `vectors` that are there.
    pub fn new<'v>(examples: impl Iterator<Item = (usize, Option<&'v Vec<f32>>)>) -> Self {
        let there: Vec<(usize, &Vec<f32>)> = examples.filter_map(|(label, vector)| Some((label, vector?))).collect();
        let size = there.first().map_or(0, |(_, vector)| vector.len());
        let flat: Vec<f64> = there.iter().flat_map(|(_, vector)| vector.iter().copied().map(f64::from)).collect();
        let labels: Vec<usize> = there.iter().map(|(label, _)| *label).collect();
        // As many rows of one length as there are labels: they always fit.
        let matrix = Array2::from_shape_vec([labels.len(), size], flat).unwrap_or_else(|_| Array2::zeros([0, 0]));
        Self { labels, matrix }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// How many get their own label from a regression that has seen the other folds only, and of how many; `begins` is told each
    /// fold, from 0.
    ///
    /// # Errors
    /// As for [`Regression::fit`].
    pub fn cross_validated(
        &self,
        folds: usize,
        mut begins: impl FnMut(usize),
    ) -> Result<ProbeAccuracy, RegressionError> {
        let Self { labels, matrix } = self;
        let fold_of = stratified_folds(labels, folds);
        let mut hits = 0;
        for fold in 0..folds {
            begins(fold);
            let (held_out, seen): (Vec<usize>, Vec<usize>) = (0..labels.len()).partition(|&at| fold_of[at] == fold);
            let of = |rows: &[usize]| rows.iter().map(|&at| labels[at]).collect::<Vec<_>>();
            if seen.is_empty() || held_out.is_empty() {
                continue;
            }
            let regression = Regression::fit(matrix.select(Axis(0), &seen).view(), &of(&seen))?;
            let found = regression.predict(matrix.select(Axis(0), &held_out).view());
            hits += found.iter().zip(of(&held_out)).filter(|(found, own)| **found == *own).count();
        }
        Ok(ProbeAccuracy { hits, trials: labels.len(), folds })
    }

    /// The regression that has seen all.
    ///
    /// # Errors
    /// As for [`Regression::fit`].
    pub fn fit(&self) -> Result<Regression, RegressionError> {
        Regression::fit(self.matrix.view(), &self.labels)
    }
}

use rten_simd::SimdOp;
use rten_vecmath::{Normalize, NormalizeOptions, Sum, SumSquareSub};

/// Layer normalisation: γ·(x - mean)/√(variance + ε) + β, the variance that of the whole population.
pub(super) struct PackedNorm {
    /// γ, `[D]`.
    pub weight: Vec<f32>,
    /// β, `[D]`.
    pub bias: Vec<f32>,
    /// ε.
    pub epsilon: f32,
}

impl PackedNorm {
    /// Each row of `[rows, D]`.
    pub(super) fn apply(&self, values: &mut [f32]) {
        for row in values.chunks_exact_mut(self.weight.len()) {
            let (mean, deviation) = self.mean_and_deviation(row);
            self.normalize(row, mean, deviation, Some(&self.bias));
        }
    }

    /// The same, and writes down what each row was divided by, √(variance + ε), `[rows]`.
    pub(super) fn apply_noting(&self, values: &mut [f32], deviations: &mut [f32]) {
        for (row, noted) in values.chunks_exact_mut(self.weight.len()).zip(deviations) {
            let (mean, deviation) = self.mean_and_deviation(row);
            self.normalize(row, mean, deviation, Some(&self.bias));
            *noted = deviation;
        }
    }

    /// Each row by the deviation that goes with it, whatever its own is, and with β only where that is wanted: without,
    /// it is linear.
    pub(super) fn apply_held(&self, values: &mut [f32], deviations: impl Iterator<Item = f32>, with_bias: bool) {
        let bias = with_bias.then_some(self.bias.as_slice());
        for (row, deviation) in values.chunks_exact_mut(self.weight.len()).zip(deviations) {
            let mean = Sum::new(row).dispatch() / self.weight.len() as f32;
            self.normalize(row, mean, deviation, bias);
        }
    }

    /// What a gradient of each row after [`PackedNorm::apply_held`] is before it.
    pub(super) fn send_back(&self, gradients: &mut [f32], deviations: impl Iterator<Item = f32>) {
        for (row, deviation) in gradients.chunks_exact_mut(self.weight.len()).zip(deviations) {
            row.iter_mut().zip(&self.weight).for_each(|(gradient, weight)| *gradient *= weight);
            let mean = Sum::new(row).dispatch() / self.weight.len() as f32;
            row.iter_mut().for_each(|gradient| *gradient = (*gradient - mean) / deviation);
        }
    }

    fn mean_and_deviation(&self, row: &[f32]) -> (f32, f32) {
        let size = self.weight.len() as f32;
        let mean = Sum::new(row).dispatch() / size;
        let variance = SumSquareSub::new(row, mean).dispatch() / size;
        (mean, (variance + self.epsilon).sqrt())
    }

    fn normalize(&self, row: &mut [f32], mean: f32, deviation: f32, bias: Option<&[f32]>) {
        let options = NormalizeOptions {
            pre_scale_bias: mean,
            scale: deviation.recip(),
            element_scale: Some(&self.weight),
            element_bias: bias,
            ..NormalizeOptions::default()
        };
        Normalize::new_mut(row, options).dispatch();
    }
}

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
        let size = self.weight.len();
        for row in values.chunks_exact_mut(size) {
            let mean = Sum::new(row).dispatch() / size as f32;
            let variance = SumSquareSub::new(row, mean).dispatch() / size as f32;
            let options = NormalizeOptions {
                pre_scale_bias: mean,
                scale: (variance + self.epsilon).sqrt().recip(),
                element_scale: Some(&self.weight),
                element_bias: Some(&self.bias),
                ..NormalizeOptions::default()
            };
            Normalize::new_mut(row, options).dispatch();
        }
    }
}

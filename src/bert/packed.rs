//! Linear layers on the CPU: weights laid out once, at loading, in the order in which the product reads them.
//!
//! burn multiplies by a weight as it lies in memory; for the few rows of a sentence the time goes into walking it. The
//! kernels (AVX-512, AVX2, NEON, portable; chosen at run time) are those of rten.

use rayon::prelude::*;
use rten_gemm::{GemmError, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_simd::SimdUnaryOp;
use rten_tensor::NdTensorView;
use rten_vecmath::Gelu;

/// y = W·x + b, of one weight or of several that read the same input, side by side.
pub(super) struct PackedLinear {
    weight: PackedBMatrix<f32>,
    bias: Vec<f32>,
}

impl PackedLinear {
    /// `weight` is `[out, in]` (PyTorch's), row-major; `bias` `[out]`.
    pub(super) fn new(weight: &[f32], bias: Vec<f32>) -> Self {
        let weight = NdTensorView::from_data([bias.len(), weight.len() / bias.len().max(1)], weight);
        Self { weight: kernel().prepack_b(weight.transposed()), bias }
    }

    /// Length of a row that comes out.
    pub(super) fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// `[rows, in]` to `[rows, out]`.
    pub(super) fn forward(&self, input: &[f32]) -> Result<Vec<f32>, GemmError> {
        let rows = input.len() / self.weight.rows();
        let mut output = Vec::with_capacity(rows * self.outputs());
        (0..rows).for_each(|_| output.extend_from_slice(&self.bias));
        self.accumulate(input, &mut output)?;
        Ok(output)
    }

    /// `[rows, in]` to `[rows, out]`, added to what stands in `output`.
    pub(super) fn forward_onto(&self, input: &[f32], output: &mut [f32]) -> Result<(), GemmError> {
        for row in output.chunks_exact_mut(self.outputs()) {
            row.iter_mut().zip(&self.bias).for_each(|(sum, bias)| *sum += bias);
        }
        self.accumulate(input, output)
    }

    fn accumulate(&self, input: &[f32], output: &mut [f32]) -> Result<(), GemmError> {
        let inputs = self.weight.rows();
        let input = NdTensorView::from_data([input.len() / inputs, inputs], input);
        let options = GemmOptions { beta: 1.0, ..GemmOptions::default() };
        kernel().gemm(output, GemmInputA::Unpacked(input), GemmInputB::Packed(&self.weight), options)
    }
}

/// The best that this processor can run; it cannot be sent between threads, and costs nothing to make.
fn kernel() -> GemmExecutor {
    GemmExecutor::new()
}

/// x·Φ(x), exact but for the rounding of erf (7e-7).
pub(super) fn gelu(values: &mut [f32]) {
    /// So many values that handing them to another thread pays.
    const PART: usize = 1 << 14;
    values.par_chunks_mut(PART).for_each(|part| Gelu {}.map_mut(part));
}

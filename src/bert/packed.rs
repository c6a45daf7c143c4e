//! The parts of a layer that take the time, on the CPU, on plain arrays: linear layers whose weights are laid out once,
//! at loading, in the order in which the product reads them; attention head by head, while a head is in the cache.
//!
//! burn multiplies by a weight as it lies in memory; for the few rows of a sentence the time goes into walking it. The
//! kernels (AVX-512, AVX2, NEON, portable; chosen at run time) are those of rten.
//!
//! B inputs in a batch, S tokens, D hidden size, H heads of d = D/H; all arrays row-major.

use std::sync::Once;

use rayon::prelude::*;
use rten_gemm::{GemmError, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_simd::{SimdOp, SimdUnaryOp};
use rten_tensor::NdTensorView;
use rten_vecmath::{Gelu, Softmax};

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

/// Gives each computing thread a core of its own, where there is one for each; the first call counts. Two that sleep
/// between passes are else often woken on the same core, and share it for milliseconds.
pub(super) fn spread_threads() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let cores = core_affinity::get_core_ids().unwrap_or_default();
        let threads = rayon::ThreadPoolBuilder::new().start_handler(move |thread| {
            if let (true, Some(core)) = (rayon::current_num_threads() == cores.len(), cores.get(thread)) {
                core_affinity::set_for_current(*core);
            }
        });
        // It fails where the threads have been started: then they stay where they are.
        drop(threads.build_global());
    });
}

/// x·Φ(x), exact but for the rounding of erf (7e-7).
pub(super) fn gelu(values: &mut [f32]) {
    /// So many values that handing them to another thread pays.
    const PART: usize = 1 << 14;
    values.par_chunks_mut(PART).for_each(|part| Gelu {}.map_mut(part));
}

/// What [`attend`] reads.
pub(super) struct Heads<'a> {
    /// `[B, S, 3·D]`: of each token its query, key and value, each head by head.
    pub projected: &'a [f32],
    /// S.
    pub length: usize,
    /// H.
    pub heads: usize,
    /// d.
    pub head_size: usize,
    /// `[B, S]`, true where nobody may look.
    pub masked_keys: Option<&'a [bool]>,
}

/// What each head takes from the tokens, `[B, H, S, d]`; how much of each, softmax(QKᵀ/√d), goes into `probabilities`,
/// `[B, H, S, S]`.
pub(super) fn attend(input: &Heads, probabilities: &mut [f32]) -> Result<Vec<f32>, GemmError> {
    let Heads { projected, length, heads, head_size, masked_keys } = *input;
    let width = 3 * heads * head_size;
    let rows = projected.len() / width;
    let mut context = vec![0.0; rows * heads * head_size];
    let parts = context.par_chunks_mut(length * head_size).zip(probabilities.par_chunks_mut(length * length));
    parts.enumerate().try_for_each(|(i, (context, probabilities))| {
        let (row, head) = (i / heads, i % heads);
        let projected = &projected[row * length * width..][..length * width];
        let part = |part: usize| {
            let start = (part * heads + head) * head_size;
            NdTensorView::from_data([length, width], projected).slice((.., start..start + head_size))
        };
        let masked = masked_keys.map(|masked| &masked[row * length..][..length]);
        let options = GemmOptions { alpha: (head_size as f32).sqrt().recip(), ..GemmOptions::default() };
        let (query, key) = (GemmInputA::Unpacked(part(0)), GemmInputB::Unpacked(part(1).transposed()));
        kernel().gemm(probabilities, query, key, options)?;
        for scores in probabilities.chunks_exact_mut(length) {
            if let Some(masked) = masked {
                scores.iter_mut().zip(masked).filter(|(_, masked)| **masked).for_each(|(score, _)| *score = f32::MIN);
            }
            Softmax::new_mut(scores).dispatch();
        }
        let weights = GemmInputA::Unpacked(NdTensorView::from_data([length, length], &*probabilities));
        kernel().gemm(context, weights, GemmInputB::Unpacked(part(2)), GemmOptions::default())
    })?;
    Ok(context)
}

use std::ops::Range;

use rten_gemm::{GemmError, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_tensor::{Matrix, NdTensorView};

/// W·x + b, or W·x.
pub(in crate::bert) struct PackedLinear {
    weight: PackedBMatrix<f32>,
    bias: Option<Vec<f32>>,
}

impl PackedLinear {
    /// `weight` is `[out, in]` (PyTorch's), row-major; `bias` `[out]`.
    pub(in crate::bert) fn new(weight: &[f32], bias: &[f32]) -> Self {
        Self::packed(NdTensorView::from_data([bias.len(), weight.len() / bias.len().max(1)], weight), Some(bias))
    }

    /// Of a weight `[outputs, in]` some of the inputs alone.
    pub(super) fn of_columns(weight: &[f32], outputs: usize, columns: Range<usize>, bias: Option<&[f32]>) -> Self {
        let weight = NdTensorView::from_data([outputs, weight.len() / outputs.max(1)], weight);
        Self::packed(weight.slice((.., columns)), bias)
    }

    fn packed(weight: Matrix, bias: Option<&[f32]>) -> Self {
        Self { weight: kernel().prepack_b(weight.transposed()), bias: bias.map(<[f32]>::to_vec) }
    }

    /// Length of a row that goes in.
    pub(super) fn inputs(&self) -> usize {
        self.weight.rows()
    }

    /// Length of a row that comes out.
    pub(super) fn outputs(&self) -> usize {
        self.weight.cols()
    }

    /// `[rows, in]` to `[rows, out]`.
    pub(super) fn write(&self, input: &[f32], output: &mut [f32]) -> Result<(), GemmError> {
        match &self.bias {
            // The product's own way to add a bias goes number by number.
            Some(bias) => output.chunks_exact_mut(bias.len()).for_each(|row| row.copy_from_slice(bias)),
            None => output.fill(0.0),
        }
        self.multiply(input, output)
    }

    /// `[rows, in]` to `[rows, out]`, added to what stands there.
    pub(super) fn add(&self, input: &[f32], output: &mut [f32]) -> Result<(), GemmError> {
        if let Some(bias) = &self.bias {
            for row in output.chunks_exact_mut(bias.len()) {
                row.iter_mut().zip(bias).for_each(|(sum, bias)| *sum += bias);
            }
        }
        self.multiply(input, output)
    }

    /// Adds W·x.
    fn multiply(&self, input: &[f32], output: &mut [f32]) -> Result<(), GemmError> {
        let input = NdTensorView::from_data([input.len() / self.inputs(), self.inputs()], input);
        let options = GemmOptions { beta: 1.0, ..GemmOptions::default() };
        kernel().gemm(output, GemmInputA::Unpacked(input), GemmInputB::Packed(&self.weight), options)
    }
}

/// The best that this processor can run; it cannot be sent between threads, and costs nothing to make.
pub(super) fn kernel() -> GemmExecutor {
    GemmExecutor::new()
}

/// Into how wide pieces to cut so many outputs that each piece's product can be shared out evenly: a thread takes blocks
/// of at most 1024 outputs, so 3072 would be three blocks for two threads.
pub(super) fn shared_width(outputs: usize) -> usize {
    const BLOCK: usize = 1024;
    let pieces = outputs.div_ceil(BLOCK * rayon::current_num_threads()).max(1);
    outputs.div_ceil(pieces).max(1)
}

use rten_gemm::{GemmError, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_tensor::{Matrix, NdTensorView};

/// W, laid out for W·x.
pub(super) struct PackedWeight(PackedBMatrix<f32>);

impl PackedWeight {
    /// `[out, in]` (PyTorch's).
    pub(super) fn new(weight: Matrix) -> Self {
        Self(kernel().prepack_b(weight.transposed()))
    }

    /// Of `[rows, in]` W·x, `[rows, out]`, added to what stands there.
    pub(super) fn add(&self, input: &[f32], output: &mut [f32]) -> Result<(), GemmError> {
        let input = NdTensorView::from_data([input.len() / self.inputs(), self.inputs()], input);
        let options = GemmOptions { beta: 1.0, ..GemmOptions::default() };
        kernel().gemm(output, GemmInputA::Unpacked(input), GemmInputB::Packed(&self.0), options)
    }

    /// Length of a row that goes in.
    pub(super) fn inputs(&self) -> usize {
        self.0.rows()
    }

    /// Length of a row that comes out.
    pub(super) fn outputs(&self) -> usize {
        self.0.cols()
    }
}

/// W·x + b. Biases are written before the products: rten's own way to add them goes number by number.
pub(super) struct PackedLinear {
    weight: PackedWeight,
    bias: Vec<f32>,
}

impl PackedLinear {
    /// `weight` is `[out, in]` (PyTorch's), row-major; `bias` `[out]`.
    pub(super) fn new(weight: &[f32], bias: &[f32]) -> Self {
        let weight = NdTensorView::from_data([bias.len(), weight.len() / bias.len().max(1)], weight);
        Self { weight: PackedWeight::new(weight), bias: bias.to_vec() }
    }

    /// Length of a row that comes out.
    pub(super) fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// W.
    pub(super) fn weight(&self) -> &PackedWeight {
        &self.weight
    }

    /// b.
    pub(super) fn bias(&self) -> &[f32] {
        &self.bias
    }

    /// `[rows, in]` to `[rows, out]`.
    pub(super) fn write(&self, input: &[f32], output: &mut [f32]) -> Result<(), GemmError> {
        output.chunks_exact_mut(self.bias.len()).for_each(|row| row.copy_from_slice(&self.bias));
        self.weight.add(input, output)
    }

    /// `[rows, in]` to `[rows, out]`, added to what stands there.
    pub(super) fn add(&self, input: &[f32], output: &mut [f32]) -> Result<(), GemmError> {
        add_to_rows(output, &self.bias);
        self.weight.add(input, output)
    }
}

/// To each row of `[rows, D]`, `[D]`.
pub(super) fn add_to_rows(rows: &mut [f32], bias: &[f32]) {
    for row in rows.chunks_exact_mut(bias.len()) {
        row.iter_mut().zip(bias).for_each(|(sum, bias)| *sum += bias);
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

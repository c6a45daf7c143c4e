use rayon::prelude::*;
use rten_gemm::GemmError;
use rten_simd::SimdUnaryOp;
use rten_tensor::NdTensorView;
use rten_vecmath::{ApproxGelu, Erf, Gelu, Sigmoid, Silu, Swish, Tanh};

use super::linear::{PackedLinear, PackedWeight, add_to_rows, shared_width};
use crate::bert::{
    Activation,
    activation::{LAPLACE_MEAN, LAPLACE_SCALE},
};

/// W₂·activation(W₁·x + b₁) + b₂, cut along F into pieces of which every thread can take an equal share.
pub(super) struct FeedForward {
    /// Of each piece W₁ and b₁, and W₂.
    pieces: Vec<(PackedLinear, PackedWeight)>,
    /// b₂.
    bias: Vec<f32>,
    activation: Activation,
}

impl FeedForward {
    /// `intermediate` is `[F, D]` with a bias `[F]`, `output` is `[D, F]` with a bias `[D]`.
    pub(super) fn new(intermediate: (&[f32], &[f32]), output: (&[f32], &[f32]), activation: Activation) -> Self {
        Self::in_pieces(intermediate, output, activation, shared_width(intermediate.1.len()))
    }

    /// As [`FeedForward::new`], in pieces of at most `width` of F.
    fn in_pieces(
        (intermediate, intermediate_bias): (&[f32], &[f32]),
        (output, bias): (&[f32], &[f32]),
        activation: Activation,
        width: usize,
    ) -> Self {
        let (wide, size) = (intermediate_bias.len(), bias.len());
        let output = NdTensorView::from_data([size, wide], output);
        let piece = |start: usize| {
            let end = (start + width).min(wide);
            let rows = &intermediate[start * size..end * size];
            let intermediate = PackedLinear::new(rows, &intermediate_bias[start..end]);
            (intermediate, PackedWeight::new(output.slice((.., start..end))))
        };
        Self { pieces: (0..wide).step_by(width).map(piece).collect(), bias: bias.to_vec(), activation }
    }

    /// Adds its output to its input, `[rows, D]`.
    pub(super) fn add(&self, hidden: &mut [f32]) -> Result<(), GemmError> {
        self.add_with(hidden, true, |_, inner, _| self.activation.apply(inner))
    }

    /// F.
    pub(super) fn width(&self) -> usize {
        self.pieces.iter().map(|(intermediate, _)| intermediate.outputs()).sum()
    }

    /// b₂.
    pub(super) fn bias(&self) -> &[f32] {
        &self.bias
    }

    /// W₁, b₁ and W₂ of each piece.
    pub(super) fn pieces(&self) -> impl Iterator<Item = (&PackedWeight, &[f32], &PackedWeight)> {
        self.pieces.iter().map(|(first, second)| (first.weight(), first.bias(), second))
    }

    /// As [`FeedForward::add`], and writes down what stands for the activation at each z, activation(z)/z, `[rows, F]`.
    pub(super) fn add_noting(&self, hidden: &mut [f32], slopes: &mut [f32]) -> Result<(), GemmError> {
        let wide = self.width();
        self.add_with(hidden, true, |start, inner, width| {
            let mut noted = inner.to_vec();
            self.activation.slopes(&mut noted);
            for ((row, noted), slopes) in
                inner.chunks_exact_mut(width).zip(noted.chunks_exact(width)).zip(slopes.chunks_exact_mut(wide))
            {
                slopes[start..start + width].copy_from_slice(noted);
                multiply(row, noted);
            }
        })
    }

    /// As [`FeedForward::add`] with `[F]` slopes of each row in the place of the activation, and with biases only where
    /// they are wanted: without, it is linear.
    pub(super) fn add_held<'a>(
        &self,
        hidden: &mut [f32],
        slopes: impl Iterator<Item = &'a [f32]> + Clone,
        with_biases: bool,
    ) -> Result<(), GemmError> {
        self.add_with(hidden, with_biases, |start, inner, width| {
            for (row, slopes) in inner.chunks_exact_mut(width).zip(slopes.clone()) {
                multiply(row, &slopes[start..start + width]);
            }
        })
    }

    /// Adds its output to its input, `[rows, D]`; `act` does in place what stands between the two products, of the numbers
    /// `[rows, width]` of a piece that starts at a place of F.
    fn add_with(
        &self,
        hidden: &mut [f32],
        with_biases: bool,
        mut act: impl FnMut(usize, &mut [f32], usize),
    ) -> Result<(), GemmError> {
        let (input, size) = (hidden.to_vec(), self.bias.len());
        if with_biases {
            add_to_rows(hidden, &self.bias);
        }
        let (mut inner, mut start) = (Vec::new(), 0);
        for (intermediate, output) in &self.pieces {
            let width = intermediate.outputs();
            inner.resize(input.len() / size * width, 0.0);
            if with_biases {
                intermediate.write(&input, &mut inner)?;
            } else {
                inner.fill(0.0);
                intermediate.weight().add(&input, &mut inner)?;
            }
            act(start, &mut inner, width);
            output.add(&inner, hidden)?;
            start += width;
        }
        Ok(())
    }
}

fn multiply(row: &mut [f32], by: &[f32]) {
    row.iter_mut().zip(by).for_each(|(value, by)| *value *= by);
}

impl Activation {
    /// In place; exact but for the rounding of erf and tanh (7e-7).
    pub(in crate::bert) fn apply(self, values: &mut [f32]) {
        /// So many values that handing them to another thread pays.
        const PART: usize = 1 << 14;
        values.par_chunks_mut(PART).for_each(|part| match self {
            Activation::Gelu => Gelu {}.map_mut(part),
            Activation::GeluTanh => ApproxGelu {}.map_mut(part),
            Activation::ClippedGelu => {
                Gelu {}.map_mut(part);
                each(part, |x| x.clamp(-10.0, 10.0));
            }
            Activation::QuickGelu => Swish { alpha: 1.702 }.map_mut(part),
            Activation::HardSwish => each(part, |x| x * (x + 3.0).clamp(0.0, 6.0) / 6.0),
            Activation::Laplace => {
                each(part, |x| (x - LAPLACE_MEAN) / LAPLACE_SCALE);
                Erf {}.map_mut(part);
                each(part, |erf| 0.5 + 0.5 * erf);
            }
            Activation::LeakyRelu => each(part, |x| if x < 0.0 { 0.01 * x } else { x }),
            Activation::Linear => {}
            Activation::Mish => each(part, |x| x * softplus(x).tanh()),
            Activation::Relu => each(part, positive),
            Activation::SquaredRelu => each(part, |x| positive(x) * positive(x)),
            Activation::Relu6 => each(part, |x| x.clamp(0.0, 6.0)),
            Activation::Sigmoid => Sigmoid {}.map_mut(part),
            Activation::Silu => Silu {}.map_mut(part),
            Activation::SqrtSoftplus => each(part, |x| softplus(x).sqrt()),
            Activation::Tanh => Tanh {}.map_mut(part),
        });
    }
}

fn each(values: &mut [f32], change: impl Fn(f32) -> f32) {
    values.iter_mut().for_each(|value| *value = change(*value));
}

/// NaN stays NaN.
fn positive(x: f32) -> f32 {
    if x < 0.0 { 0.0 } else { x }
}

/// ln(1 + eˣ); from 20 on x itself, as in PyTorch.
fn softplus(x: f32) -> f32 {
    if x > 20.0 { x } else { x.exp().ln_1p() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Not the same numbers twice, between -1 and 1.
    fn numbers(count: usize, seed: usize) -> Vec<f32> {
        (0..count).map(|i| ((i * 7919 + seed * 104_729) % 2003) as f32 / 1001.5 - 1.0).collect()
    }

    #[test]
    fn pieces_give_what_the_whole_gives() {
        const SIZE: usize = 24;
        const WIDE: usize = 100;
        const ROWS: usize = 7;
        let (intermediate, output) = (numbers(WIDE * SIZE, 1), numbers(SIZE * WIDE, 2));
        let (intermediate_bias, bias, input) = (numbers(WIDE, 3), numbers(SIZE, 4), numbers(ROWS * SIZE, 5));
        let sum = |i: usize, j: usize| {
            let dot = |unit: usize| -> f64 {
                let products = (0..SIZE).map(|k| f64::from(input[i * SIZE + k] * intermediate[unit * SIZE + k]));
                f64::from(intermediate_bias[unit]) + products.sum::<f64>()
            };
            let hidden: f64 = (0..WIDE).map(|unit| dot(unit).max(0.0) * f64::from(output[j * WIDE + unit])).sum();
            f64::from(input[i * SIZE + j]) + f64::from(bias[j]) + hidden
        };
        for width in [WIDE, 50, 33, 1] {
            let layer =
                FeedForward::in_pieces((&intermediate, &intermediate_bias), (&output, &bias), Activation::Relu, width);
            assert_eq!(layer.pieces.len(), WIDE.div_ceil(width));
            let mut hidden = input.clone();
            layer.add(&mut hidden).unwrap();
            for (at, value) in hidden.iter().enumerate() {
                let expected = sum(at / SIZE, at % SIZE);
                assert!((f64::from(*value) - expected).abs() < 1e-4, "{width} at {at}: {value} and {expected}");
            }
        }
    }
}

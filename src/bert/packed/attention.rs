use rayon::prelude::*;
use rten_gemm::{GemmError, GemmInputA, GemmInputB, GemmOptions};
use rten_simd::SimdOp;
use rten_tensor::NdTensorView;
use rten_vecmath::Softmax;

use super::linear::kernel;
use crate::bert::{masks::Masks, relative::PositionBias};

/// What the heads look at, `[B, S, D]` each, head by head.
pub(super) struct Projected<'a> {
    pub query: &'a [f32],
    pub key: &'a [f32],
    pub value: &'a [f32],
    /// What the scores get.
    pub position_bias: Option<&'a PositionBias>,
    /// S.
    pub length: usize,
    /// H.
    pub heads: usize,
    /// d.
    pub head_size: usize,
}

/// Writes what each head takes from the tokens, `[B, H, S, d]`; and how much of each, softmax(QKᵀ/√d), `[B, H, S, S]`,
/// where that is wanted.
pub(super) fn attend(
    projected: &Projected,
    masks: Masks,
    probabilities: Option<&mut [f32]>,
    context: &mut [f32],
) -> Result<(), GemmError> {
    let square = projected.length * projected.length;
    let heads = context.par_chunks_mut(projected.length * projected.head_size).enumerate();
    match probabilities {
        Some(probabilities) => heads
            .zip(probabilities.par_chunks_mut(square))
            .try_for_each(|((at, context), weights)| projected.look(at, masks, weights, context)),
        None => heads.try_for_each_init(
            || vec![0.0; square],
            |weights, (at, context)| projected.look(at, masks, weights, context),
        ),
    }
}

impl Projected<'_> {
    /// Of what the heads took, `[B, H, S, d]`, so many tokens from `first` on, their heads side by side: a part of
    /// `[B, S, D]`.
    pub(super) fn gathered(&self, context: &[f32], first: usize, count: usize) -> Vec<f32> {
        let mut rows = Vec::with_capacity(count * self.heads * self.head_size);
        for (input, token) in (first..first + count).map(|row| (row / self.length, row % self.length)) {
            for head in 0..self.heads {
                let start = ((input * self.heads + head) * self.length + token) * self.head_size;
                rows.extend_from_slice(&context[start..start + self.head_size]);
            }
        }
        rows
    }

    /// One head of one input, counted through all: its weights `[S, S]` and what it takes, `[S, d]`.
    fn look(&self, at: usize, masks: Masks, weights: &mut [f32], context: &mut [f32]) -> Result<(), GemmError> {
        let (input, length) = (at / self.heads, self.length);
        let (query, key, value) = (self.part(self.query, at), self.part(self.key, at), self.part(self.value, at));

        let options = GemmOptions { alpha: (self.head_size as f32).sqrt().recip(), ..GemmOptions::default() };
        let key = GemmInputB::Unpacked(key.transposed());
        kernel().gemm(weights, GemmInputA::Unpacked(query), key, options)?;
        let masked = masks.keys.map(|masked| &masked[input * length..][..length]);
        let edges = masks.edges.map(|edges| &edges[input * length * length..][..length * length]);
        for (query, scores) in weights.chunks_exact_mut(length).enumerate() {
            if let Some(bias) = self.position_bias {
                scores.iter_mut().zip(bias.row(at % self.heads, query)).for_each(|(score, bias)| *score += bias);
            }
            let cut = edges.map(|edges| &edges[query * length..][..length]);
            for masked in [masked, cut].into_iter().flatten() {
                scores.iter_mut().zip(masked).filter(|(_, masked)| **masked).for_each(|(score, _)| *score = f32::MIN);
            }
            Softmax::new_mut(scores).dispatch();
        }

        if masks.heads.is_some_and(|ablated| ablated[at]) {
            context.fill(0.0);
            return Ok(());
        }
        let weights = GemmInputA::Unpacked(NdTensorView::from_data([length, length], &*weights));
        kernel().gemm(context, weights, GemmInputB::Unpacked(value), GemmOptions::default())
    }

    /// `[S, d]` of `[B, S, D]`.
    pub(super) fn part<'a>(&self, all: &'a [f32], at: usize) -> NdTensorView<'a, f32, 2> {
        let (input, start, size) = (at / self.heads, at % self.heads * self.head_size, self.heads * self.head_size);
        let rows = &all[input * self.length * size..][..self.length * size];
        NdTensorView::from_data([self.length, size], rows).slice((.., start..start + self.head_size))
    }
}

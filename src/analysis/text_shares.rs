use rayon::prelude::*;

use super::{group::TokenGroup, measure_numbers::MeasureNumbers};
use crate::bert::Token;

/// How much of each row of weights goes to the text, rather than to the specials that the tokenizer has added: what the numbers
/// are divided by where the rest is scaled to sum 1.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TextShares {
    text: TokenGroup,
    /// `[layer, plane, token]`
    each: Vec<f32>,
    /// `[layer, token]`: of the maximum over all planes.
    max: Vec<f32>,
    planes: usize,
    tokens: usize,
}

impl TextShares {
    /// Reads all numbers of a measure once, the layers side by side.
    pub(super) fn new(tokens: &[Token], numbers: MeasureNumbers) -> Self {
        let text = TokenGroup::text(tokens, None);
        let (layers, planes, tokens) = (numbers.layers(), numbers.planes(), numbers.rows());
        let mut each = vec![0.0; layers * planes * tokens];
        let mut max = vec![0.0; layers * tokens];
        // On as many threads as there are cores, so that the one that draws soon has its turn.
        let layers = each.par_chunks_mut((planes * tokens).max(1)).zip(max.par_chunks_mut(tokens.max(1)));
        layers.enumerate().for_each(|(layer, (each, max))| {
            let mut largest = vec![0.0; tokens];
            for (token, max) in max.iter_mut().enumerate() {
                largest.fill(0.0);
                for plane in 0..planes {
                    let row = numbers.row(layer, plane, token);
                    each[plane * tokens + token] = text.share(&row);
                    largest.iter_mut().zip(&*row).for_each(|(most, &weight)| *most = f32::max(*most, weight));
                }
                *max = text.share(&largest);
            }
        });
        Self { text, each, max, planes, tokens }
    }

    /// Of a row, `[token]`.
    pub(super) fn of_row(&self, row: &[f32]) -> f32 {
        self.text.share(row)
    }

    /// Of one head, or of the layer.
    pub(super) fn of(&self, layer: usize, plane: usize, token: usize) -> f32 {
        self.each[(layer * self.planes + plane) * self.tokens + token]
    }

    /// Of the maximum over all planes.
    pub(super) fn of_max(&self, layer: usize, token: usize) -> f32 {
        self.max[layer * self.tokens + token]
    }
}

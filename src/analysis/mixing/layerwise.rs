use std::ops::Range;

use super::{
    VectorLengths,
    lanes::{dot, length, sum_of},
    lengths::groups,
    rolled_out,
};
use crate::bert::{BertError, FrozenPass, Trace};

/// What each layer's attention hands from token to token, measured at three places, and what reaches a layer from the input.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LayerMixing {
    /// |f(x)| of each head and token, `[L, H, S]`, f(x) = W_O(W_V·x + b_V): times the attention weight it is what a token
    /// takes under one head.
    pub head_outputs: Vec<f32>,
    /// |Σ α·f(x)|, over all heads.
    pub value_norm: VectorLengths,
    /// Of each layer and group of tokens, those of several pieces last, the products f·f' of what each head hands on of each of its
    /// tokens, `[pieces · H, pieces · H]`, token by token.
    pub products: Vec<Vec<Vec<f64>>>,
    /// The same as `value_norm` with the token itself in it and behind the layer norm.
    pub block_norm: VectorLengths,
    /// How much of that comes from other tokens: |sum of the others| / (|sum of the others| + |own|), `[L, S]`.
    pub mixing_block: Vec<f32>,
    /// How much nearer each token brings one to the output of the block, as shares of all, `[L, S, S]`.
    pub alti_layer: Vec<f32>,
    /// The products of those, `[L, S, S]`.
    pub alti: Vec<f32>,
    /// |…| behind the second residual and layer norm, without the feed-forward block's output, `[L, S, S]`.
    pub encoder_norm: Vec<f32>,
}

/// What every token has of a group of tokens, `[S]` each.
struct LayerColumn {
    value_norm: Vec<f32>,
    block_norm: Vec<f32>,
    products: Vec<f64>,
    /// Of a single token.
    token: Option<TokenColumn>,
}

struct TokenColumn {
    nearer: Vec<f32>,
    encoder_norm: Vec<f32>,
    mixing: f32,
}

impl LayerMixing {
    /// Works it out of a pass.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn new(pass: &FrozenPass) -> Result<Self, BertError> {
        let trace = pass.trace();
        let tokens = trace.tokens.len();
        let groups = groups(trace);
        let mut mixing =
            Self { value_norm: VectorLengths::new(trace), block_norm: VectorLengths::new(trace), ..Self::default() };
        for layer in 0..trace.layers {
            let outputs = pass.head_outputs(layer)?;
            mixing.head_outputs.extend(outputs.chunks_exact(trace.hidden_size).map(length));
            let biases = pass.attended_biases(layer);
            let column = |at: usize, taken: &mut [f32]| {
                let products = products(trace, &outputs, groups[at].clone());
                LayerColumn { products, ..column(pass, layer, &biases, groups[at].clone(), taken) }
            };
            let columns = pass.taken(layer, &outputs, &groups, column)?;
            mixing.push(tokens, columns);
        }
        let layers: Vec<f64> = mixing.alti_layer.iter().copied().map(f64::from).collect();
        mixing.alti = rolled_out(&layers, tokens).into_iter().map(|share| share as f32).collect();
        Ok(mixing)
    }

    /// GlobEnc (Modarressi et al. 2022), `[L, S, S]`: the products of [`LayerMixing::encoder_norm`] as its authors multiply
    /// them. They grow with each layer; only the proportions within a row mean something.
    pub fn globenc(&self, tokens: usize) -> Vec<f64> {
        let layers: Vec<f64> = self.encoder_norm.iter().copied().map(f64::from).collect();
        rolled_out(&layers, tokens)
    }

    fn push(&mut self, tokens: usize, columns: Vec<LayerColumn>) {
        let lengths = |of: fn(&LayerColumn) -> &[f32]| columns.iter().map(of).collect::<Vec<_>>();
        self.value_norm.push(&lengths(|column| &column.value_norm));
        self.block_norm.push(&lengths(|column| &column.block_norm));
        let of_tokens: Vec<&TokenColumn> = columns.iter().filter_map(|column| column.token.as_ref()).collect();
        for row in 0..tokens {
            let nearer = of_tokens.iter().map(|column| column.nearer[row]);
            let all: f32 = nearer.clone().sum();
            self.alti_layer.extend(nearer.map(|nearer| nearer / all));
            self.encoder_norm.extend(of_tokens.iter().map(|column| column.encoder_norm[row]));
        }
        self.mixing_block.extend(of_tokens.iter().map(|column| column.mixing));
        self.products.push(columns.into_iter().map(|column| column.products).collect());
    }
}

/// Of what every token takes of a group, `[S, D]`, its lengths on the way to the layer's end.
fn column(pass: &FrozenPass, layer: usize, biases: &[f32], group: Range<usize>, taken: &mut [f32]) -> LayerColumn {
    let (trace, attended) = (pass.trace(), pass.attended(layer));
    let size = trace.hidden_size;
    let own = group.start * size..group.end * size;
    let lengths = |vectors: &[f32]| vectors.chunks_exact(size).map(length).collect::<Vec<f32>>();

    let value_norm = lengths(taken);
    let residual = &trace.hidden_layer(layer)[own.clone()];
    taken[own.clone()].iter_mut().zip(residual).for_each(|(value, own)| *value += own);
    pass.norm_attention(layer, taken);
    let block_norm = lengths(taken);
    let token = (group.len() == 1).then(|| {
        let others = attended[own.clone()].iter().zip(&biases[own.clone()]).zip(&taken[own.clone()]);
        let others: Vec<f32> = others.map(|((whole, biases), own)| whole - biases - own).collect();
        let (others, own) = (length(&others), block_norm[group.start]);
        let rows = attended.chunks_exact(size).zip(taken.chunks_exact(size));
        // Dimension by dimension: the difference of two sums would be mostly rounding.
        let nearer = rows.map(|(whole, part)| sum_of(whole, part, |whole, part| whole.abs() - (whole - part).abs()));
        let nearer = nearer.map(|nearer| nearer.max(0.0)).collect();
        pass.norm_output(layer, taken);
        TokenColumn { nearer, encoder_norm: lengths(taken), mixing: others / (others + own) }
    });
    LayerColumn { value_norm, block_norm, products: Vec::new(), token }
}

/// The products of what each head hands on of each token of a group.
fn products(trace: &Trace, outputs: &[f32], group: Range<usize>) -> Vec<f64> {
    let (tokens, size) = (trace.tokens.len(), trace.hidden_size);
    let each = group.flat_map(|token| (0..trace.heads).map(move |head| (head * tokens + token) * size));
    let each: Vec<&[f32]> = each.map(|start| &outputs[start..start + size]).collect();
    let mut products = vec![0.0; each.len() * each.len()];
    for (row, a) in each.iter().enumerate() {
        for (column, b) in each.iter().enumerate().take(row + 1) {
            let product = f64::from(dot(a, b));
            products[row * each.len() + column] = product;
            products[column * each.len() + row] = product;
        }
    }
    products
}

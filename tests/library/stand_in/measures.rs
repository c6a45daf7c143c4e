//! What the stand-in's vectors are made of: whole numbers as well.

use clscope::analysis::{LayerMixing, MeasuredTrace, Pooling, VectorLengths, VectorParts, pool, words};

/// A whole number for each layer, row and column, the larger the nearer to a token itself.
fn length(layer: usize, row: usize, column: usize, seed: usize) -> f32 {
    let own = if row == column { 40 } else { 0 };
    (1 + (5 * layer + 3 * row + 7 * column + seed) % 17 + own) as f32
}

/// Of words a little less than their pieces have together.
pub(super) fn lengths(trace: &MeasuredTrace, extra: usize, seed: usize) -> VectorLengths {
    let words = words(&trace.tokens).into_iter().map(|word| word.tokens).filter(|tokens| tokens.len() > 1);
    let mut lengths = VectorLengths { words: words.collect(), ..VectorLengths::default() };
    let tokens = trace.tokens.len();
    for (layer, row) in (0..trace.layers).flat_map(|layer| (0..tokens).map(move |row| (layer, row))) {
        let of = |column| length(layer, row, column, seed);
        lengths.tokens.extend((0..tokens + extra).map(of));
        lengths.of_words.extend(lengths.words.iter().map(|word| word.clone().map(of).sum::<f32>() - 1.0));
    }
    lengths
}

pub(super) fn layer_mixing(trace: &MeasuredTrace) -> LayerMixing {
    let (tokens, heads) = (trace.tokens.len(), trace.heads);
    let square = |seed: usize| {
        let rows = (0..trace.layers).flat_map(|layer| (0..tokens).map(move |row| (layer, row)));
        rows.flat_map(move |(layer, row)| shares((0..tokens).map(|column| length(layer, row, column, seed)).collect()))
            .collect::<Vec<f32>>()
    };
    let value_norm = lengths(trace, 0, 1);
    let groups = (0..tokens).map(|token| token..token + 1).chain(value_norm.words.iter().cloned());
    // No two heads have anything to do with each other.
    let products = |group: std::ops::Range<usize>| {
        let side = group.len() * heads;
        let product = |at: usize| if at / side == at % side { (1 + at / side % 3) as f64 } else { 0.0 };
        (0..side * side).map(product).collect::<Vec<f64>>()
    };
    let products: Vec<_> = groups.map(products).collect();
    LayerMixing {
        head_outputs: (0..trace.layers * heads * tokens).map(|at| (1 + at * 5 % 7) as f32).collect(),
        value_norm,
        products: vec![products; trace.layers],
        block_norm: lengths(trace, 0, 2),
        mixing_block: (0..trace.layers * tokens).map(|at| 1.0 / (2 + at % 5) as f32).collect(),
        alti_layer: square(5),
        alti: square(6),
        encoder_norm: square(7),
    }
}

/// The vectors of the sentence shared out: to each part the more the later it stands, and something that the next takes away.
pub(super) fn parts(trace: &MeasuredTrace) -> Vec<(Pooling, VectorParts)> {
    let (count, size) = (trace.tokens.len() + 1, trace.hidden_size);
    let all: usize = (1..=count).sum();
    let of = |&pooling: &Pooling| {
        let whole = pool(trace, pooling)?;
        let value = |at: usize, dimension: usize| {
            let sign = [1.0, -1.0][at % 2] * if at / 2 * 2 + 1 < count { 0.125 } else { 0.0 };
            whole[dimension] * (at + 1) as f32 / all as f32 + sign * ((dimension * 7 + at / 2) % 5) as f32
        };
        let values = (0..count).flat_map(|at| (0..size).map(move |dimension| (at, dimension)));
        let values = values.map(|(at, dimension)| value(at, dimension)).collect();
        Some((pooling, VectorParts::new(values, size)))
    };
    VectorParts::POOLINGS.iter().filter_map(of).collect()
}

/// Signed shares, the biases last.
pub(super) fn dots(trace: &MeasuredTrace) -> Vec<f32> {
    let tokens = trace.tokens.len();
    let rows = (0..trace.layers).flat_map(|layer| (0..tokens).map(move |row| (layer, row)));
    let number = |layer, row, column| length(layer, row, column, 8) - if (row + column) % 4 == 1 { 12.0 } else { 0.0 };
    rows.flat_map(|(layer, row)| shares((0..=tokens).map(|column| number(layer, row, column)).collect())).collect()
}

fn shares(numbers: Vec<f32>) -> Vec<f32> {
    let sum: f32 = numbers.iter().sum();
    numbers.into_iter().map(|number| number / sum).collect()
}

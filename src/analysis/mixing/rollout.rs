use crate::bert::Trace;

/// The products M_l · … · M_1 of square matrices `[L, S, S]`, `[L, S, S]`: what reaches a layer from the input.
pub fn rolled_out(matrices: &[f64], size: usize) -> Vec<f64> {
    let square = (size * size).max(1);
    let mut products: Vec<f64> = Vec::with_capacity(matrices.len());
    for (layer, matrix) in matrices.chunks_exact(square).enumerate() {
        let Some(before) = layer.checked_sub(1).map(|before| before * square) else {
            products.extend_from_slice(matrix);
            continue;
        };
        let mut product = vec![0.0; square];
        for (row, sums) in matrix.chunks_exact(size).zip(product.chunks_exact_mut(size)) {
            for (weight, from) in row.iter().zip(products[before..].chunks_exact(size)) {
                sums.iter_mut().zip(from).for_each(|(sum, value)| *sum += weight * value);
            }
        }
        products.append(&mut product);
    }
    products
}

/// Attention rollout (Abnar & Zuidema 2020), `[L, S, S]`: the products of half the mean of the heads' weights and half of the token
/// itself. The half is made up, whatever the model does; a head that is ablated counts as it would have looked.
pub fn attention_rollout(trace: &Trace) -> Vec<f64> {
    let size = trace.tokens.len();
    let square = (size * size).max(1);
    let mut matrices = vec![0.0; trace.layers * size * size];
    let layers = matrices.chunks_exact_mut(square).zip(trace.attentions.chunks_exact(square * trace.heads));
    for (matrix, heads) in layers {
        for head in heads.chunks_exact(square) {
            let half = 0.5 / trace.heads as f64;
            matrix.iter_mut().zip(head).for_each(|(sum, weight)| *sum += half * f64::from(*weight));
        }
        (0..size).for_each(|token| matrix[token * size + token] += 0.5);
    }
    rolled_out(&matrices, size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_layer_multiplies_from_the_left() {
        let matrices = [1.0, 2.0, 3.0, 4.0, 0.0, 1.0, 5.0, 0.0];
        assert_eq!(rolled_out(&matrices, 2), [1.0, 2.0, 3.0, 4.0, 3.0, 4.0, 5.0, 10.0]);
        assert_eq!(rolled_out(&[], 0), [0.0; 0]);
    }
}

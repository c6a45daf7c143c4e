use super::Metric;

/// The cosine of the angle between two vectors, in -1..=1; 0 when one of them is all zeros.
/// Summed in f64.
pub fn cosine(a: &[f32], b: &[f32]) -> f32 {
    Metric::Cosine.of(a, b) as f32
}

/// The cosine of every vector with every other, `[row, column]`: [`Metric::matrix`] where no vector is missing.
pub fn cosine_matrix(vectors: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let vectors: Vec<Option<&[f32]>> = vectors.iter().map(|vector| Some(vector.as_slice())).collect();
    let matrix = Metric::Cosine.matrix(&vectors, &vectors);
    matrix.into_iter().map(|row| row.into_iter().flatten().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cosine_knows_same_opposite_and_unrelated() {
        assert_eq!(cosine(&[3.0, 4.0], &[6.0, 8.0]), 1.0);
        assert_eq!(cosine(&[1.0, 0.0], &[-2.0, 0.0]), -1.0);
        assert_eq!(cosine(&[1.0, 0.0], &[0.0, 5.0]), 0.0);
        assert_eq!(cosine(&[0.0, 0.0], &[0.0, 5.0]), 0.0);
    }
}

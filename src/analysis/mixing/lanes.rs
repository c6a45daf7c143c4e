//! Sums over the numbers of vectors, in eight sums side by side, which a processor adds at once.

/// Σ f(a, b).
pub(super) fn sum_of(a: &[f32], b: &[f32], f: impl Fn(f32, f32) -> f32) -> f32 {
    let ((a, rest), (b, rest_b)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut sums = [0.0; 8];
    for (a, b) in a.iter().zip(b) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += f(*a, *b);
        }
    }
    sums.iter().sum::<f32>() + rest.iter().zip(rest_b).map(|(a, b)| f(*a, *b)).sum::<f32>()
}

/// a·b.
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    sum_of(a, b, |a, b| a * b)
}

/// The Euclidean length of a vector.
pub(super) fn length(vector: &[f32]) -> f32 {
    dot(vector, vector).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_counts_once() {
        let [a, b]: [Vec<f32>; 2] = [1.0, 2.0].map(|by| (0..19).map(|at| at as f32 * by).collect());
        assert_eq!(dot(&a, &b), (0..19).map(|at| at * at * 2).sum::<i32>() as f32);
        assert_eq!(length(&a[..2]), 1.0);
    }
}

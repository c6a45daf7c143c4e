/// How much of a vector's squared length the best combination of others with coefficients of 0 or more explains, in 0..=1: 1 less the
/// square of what is left over that of the vector (non-negative least squares by coordinate descent on the products of the vectors; Lawson and
/// Hanson 1974 state the problem). 0 of no vectors, or of a vector of length 0.
pub fn explained_by(target: &[f32], vectors: &[&[f32]]) -> f64 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum::<f64>();
    let square = dot(target, target);
    if square <= 0.0 {
        return 0.0;
    }
    let count = vectors.len();
    let products: Vec<f64> = vectors.iter().flat_map(|a| vectors.iter().map(|b| dot(a, b))).collect();
    let with_target: Vec<f64> = vectors.iter().map(|vector| dot(vector, target)).collect();
    let mut coefficients = vec![0.0; count];
    // As long as it takes for the last step to change nothing that can be seen.
    for _ in 0..MOST_ROUNDS {
        let mut moved: f64 = 0.0;
        for at in 0..count {
            let own = products[at * count + at];
            if own <= 0.0 {
                continue;
            }
            let row = &products[at * count..][..count];
            let so_far: f64 = row.iter().zip(&coefficients).map(|(product, by)| product * by).sum();
            let better = (coefficients[at] + (with_target[at] - so_far) / own).max(0.0);
            moved = moved.max((better - coefficients[at]).abs() * own.sqrt());
            coefficients[at] = better;
        }
        if moved <= 1e-7 * square.sqrt() {
            break;
        }
    }
    let gained: f64 = coefficients.iter().zip(&with_target).map(|(by, product)| 2.0 * by * product).sum();
    let sum = (0..count)
        .map(|a| coefficients[a] * (0..count).map(|b| products[a * count + b] * coefficients[b]).sum::<f64>());
    ((gained - sum.sum::<f64>()) / square).clamp(0.0, 1.0)
}

const MOST_ROUNDS: usize = 2000;

#[cfg(test)]
mod tests {
    use super::explained_by;

    #[test]
    fn a_sum_is_explained_and_what_points_away_is_not() {
        let (x, y): (&[f32], &[f32]) = (&[1.0, 0.0, 0.0], &[1.0, 1.0, 0.0]);
        assert!((explained_by(&[3.0, 2.0, 0.0], &[x, y]) - 1.0).abs() < 1e-9, "x + 2y");
        assert!((explained_by(&[3.0, 0.0, 4.0], &[x]) - 9.0 / 25.0).abs() < 1e-9);
        assert_eq!(explained_by(&[-1.0, 0.0, 0.0], &[x]), 0.0, "less than nothing of it is allowed");
        // -x + 2y would be exact; with no less than 0 of x, y alone is best: (1·1 + 2·1)² / 2 of 5.
        assert!((explained_by(&[1.0, 2.0, 0.0], &[x, y]) - 0.9).abs() < 1e-9);
        assert_eq!((explained_by(&[1.0], &[]), explained_by(&[0.0], &[&[1.0]])), (0.0, 0.0));
    }
}

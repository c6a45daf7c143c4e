/// One unit's row of a heat map in one layer: what it looks at, or who looks at it.
#[derive(Clone, Debug, PartialEq)]
pub struct AttentionRow {
    /// `[unit]`, each in 0..=1, or signed; 0 for what is hidden. The maximum over heads in words, a sum over pieces, may
    /// exceed 1.
    pub weights: Vec<f32>,
    /// The share of all that no token gives, but the biases; none where a measure has no such, or where the row says who takes
    /// from a token.
    pub biases: Option<f32>,
    /// The share of all of it, in 0..=1, that is hidden with the specials.
    pub hidden: f32,
}

impl AttentionRow {
    /// What some units get together.
    pub fn sum_of(&self, units: &[usize]) -> f32 {
        units.iter().map(|&unit| self.weights[unit]).sum()
    }

    /// How many units what is shown is spread over, see [`effective_tokens`]. Worked out when it is asked for: a matrix has many
    /// rows, and a screen shows few.
    pub fn effective_tokens(&self) -> f32 {
        effective_tokens(&self.weights)
    }

    /// Whether less than half a percent of its attention is left where specials are hidden. Scaled to 100 %, it would
    /// be the brightest of all, and stand for next to nothing.
    pub fn is_faint(&self) -> bool {
        self.hidden > 0.995
    }
}

/// The largest weight of some rows, whatever its sign, the faint ones left aside: the top of their colour scale.
pub fn largest<'r>(rows: impl IntoIterator<Item = &'r AttentionRow>) -> f32 {
    let clear = rows.into_iter().filter(|row| !row.is_faint());
    clear.flat_map(|row| &row.weights).map(|weight| weight.abs()).fold(0.0, f32::max)
}

/// The effective number of tokens attention is spread over: exp of the entropy (in nats) of the weights
/// without their signs, scaled to sum 1. 1 when all of it rests on one token, S when it is even over S tokens; NaN when a
/// weight is.
pub fn effective_tokens(weights: &[f32]) -> f32 {
    let sizes = || weights.iter().map(|&w| f64::from(w.abs()));
    let total: f64 = sizes().sum();
    if total.is_nan() {
        return f32::NAN;
    }
    if total <= 0.0 {
        return 0.0;
    }
    let entropy: f64 = sizes().map(|size| size / total).filter(|&p| p > 0.0).map(|p| -p * p.ln()).sum();
    entropy.exp() as f32
}

/// The place of one weight among all, 1 being the largest; equal weights share the better place.
pub fn rank(weights: &[f32], index: usize) -> usize {
    1 + weights.iter().filter(|&&weight| weight > weights[index]).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effective_tokens_counts_what_is_looked_at() {
        assert!((effective_tokens(&[0.25; 4]) - 4.0).abs() < 1e-5);
        assert!((effective_tokens(&[0.0, 1.0, 0.0]) - 1.0).abs() < 1e-6);
        assert!((effective_tokens(&[0.5, 0.5, 0.0]) - 2.0).abs() < 1e-5);
        // The scale of the weights does not matter, so max over heads can be measured too.
        assert!((effective_tokens(&[3.0, 3.0]) - 2.0).abs() < 1e-5);
        assert!((effective_tokens(&[0.5, -0.5, 0.0]) - 2.0).abs() < 1e-5);
        assert_eq!(effective_tokens(&[0.0, 0.0]), 0.0);
    }

    #[test]
    fn rank_counts_the_larger_ones() {
        let weights = [0.1, 0.5, 0.2, 0.2];
        assert_eq!((0..4).map(|i| rank(&weights, i)).collect::<Vec<_>>(), [4, 1, 2, 2]);
    }
}

use super::super::{
    AttentionOptions, Granularity, Groundwork, Measure, MeasuredTrace, PartsFrom, Pooling, Units, VectorParts,
    attention_row, norm,
};

/// A vector that is taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MixedVector {
    /// That of a unit.
    Unit(usize),
    /// The mean over all tokens.
    Mean,
    /// What the pooler makes of the first token.
    Pooled,
}

/// What a vector is made of, in shares of it: they add up to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct MixedShares {
    /// `[unit]`.
    pub units: Vec<f32>,
    /// Of no token; 0 under a measure that gives them nothing.
    pub biases: f32,
}

impl MixedShares {
    /// Of a vector behind a layer, from 0, under a measure that is [there](MeasuredTrace::has). A mean is the mean of its tokens' rows where
    /// a measure has no vectors to add up; the pooler reads the first token's. None of `mean` before the last layer where it has vectors, of
    /// `pooled` before the last layer, and where there is no pooler.
    pub fn new(
        trace: &MeasuredTrace,
        units: &Units,
        measure: Measure,
        layer: usize,
        vector: MixedVector,
    ) -> Option<Self> {
        let is_last = layer + 1 == trace.layers;
        match vector {
            MixedVector::Unit(unit) => Some(Self::of_unit(trace, units, measure, layer, unit)),
            MixedVector::Pooled if !is_last || trace.pooler_output.is_none() => None,
            MixedVector::Mean | MixedVector::Pooled if measure.groundwork() == Groundwork::Sources => {
                let pooling = if vector == MixedVector::Mean { Pooling::Mean } else { Pooling::Pooled };
                is_last.then(|| Self::of_parts(trace, units, measure, pooling)).flatten()
            }
            MixedVector::Pooled => Some(Self::of_unit(trace, units, measure, layer, 0)),
            MixedVector::Mean => {
                let mut mean = Self { units: vec![0.0; units.len()], biases: 0.0 };
                for unit in 0..units.len() {
                    let row = Self::of_unit(trace, units, measure, layer, unit);
                    let part = units.tokens(unit).len() as f32 / trace.tokens.len() as f32;
                    mean.units.iter_mut().zip(&row.units).for_each(|(sum, share)| *sum += part * share);
                    mean.biases += part * row.biases;
                }
                Some(mean)
            }
        }
    }

    fn of_unit(trace: &MeasuredTrace, units: &Units, measure: Measure, layer: usize, unit: usize) -> Self {
        let options = AttentionOptions { measure, granularity: Granularity::Words, ..AttentionOptions::default() };
        let row = attention_row(trace, units, layer, unit, options);
        Self { units: row.weights, biases: row.biases.unwrap_or(0.0) }
    }

    /// Of vectors that add up to it.
    fn of_parts(trace: &MeasuredTrace, units: &Units, measure: Measure, pooling: Pooling) -> Option<Self> {
        let parts = VectorParts::of(trace, pooling, PartsFrom::Inputs)?;
        let mut each: Vec<Vec<f32>> = (0..units.len()).map(|unit| parts.sum(units.tokens(unit))).collect();
        each.push(parts.biases().to_vec());
        let mut shares: Vec<f64> = match measure.is_signed() {
            true => {
                let whole = parts.sum(0..trace.tokens.len() + 1);
                each.iter().map(|part| product(part, &whole)).collect()
            }
            false => each.iter().map(|part| norm(part)).collect(),
        };
        let all: f64 = shares.iter().sum();
        let biases = shares.pop()? / all;
        Some(Self { units: shares.into_iter().map(|share| (share / all) as f32).collect(), biases: biases as f32 })
    }

    /// The shares among those of the tokens, the biases left aside; without signs the tokens' add up to 1.
    pub fn without_biases(&self) -> Self {
        let all = 1.0 - self.biases;
        Self { units: self.units.iter().map(|share| share / all).collect(), biases: 0.0 }
    }
}

fn product(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum()
}

/// How some shares are spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShareSpread {
    /// The entropy of the shares' sizes over the log of their number, 0..=1: 1 where all are the same.
    pub evenness: f64,
    /// The Gini coefficient of the shares' sizes, 0..=1: 0 where all are the same.
    pub gini: f64,
    /// The largest size over that of a fair part.
    pub strongest: f64,
}

impl ShareSpread {
    /// Of shares, of their sizes where they are signed; none of fewer than two, or of nothing.
    pub fn new(shares: &[f32]) -> Option<Self> {
        let mut sizes: Vec<f64> = shares.iter().map(|share| f64::from(share.abs())).collect();
        let (all, count) = (sizes.iter().sum::<f64>(), sizes.len() as f64);
        if sizes.len() < 2 || !(all > 0.0 && all.is_finite()) {
            return None;
        }
        sizes.sort_by(f64::total_cmp);
        let entropy: f64 = sizes.iter().map(|size| size / all).filter(|part| *part > 0.0).map(|p| -p * p.ln()).sum();
        let ranked: f64 = (1..).zip(&sizes).map(|(rank, size)| f64::from(rank) * size).sum();
        Some(Self {
            evenness: entropy / count.ln(),
            gini: 2.0 * ranked / (count * all) - (count + 1.0) / count,
            strongest: sizes[sizes.len() - 1] * count / all,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreads_are_those_of_the_textbooks() {
        let even = ShareSpread::new(&[0.2, -0.2, 0.2]).unwrap();
        assert!((even.evenness - 1.0).abs() < 1e-6 && even.gini.abs() < 1e-6 && (even.strongest - 1.0).abs() < 1e-6);
        let one = ShareSpread::new(&[0.0, 0.0, 0.0, 0.5]).unwrap();
        assert!(one.evenness.abs() < 1e-6 && (one.gini - 0.75).abs() < 1e-6 && (one.strongest - 4.0).abs() < 1e-6);
        // 1, 2, 3, 4: Gini 0.25.
        assert!((ShareSpread::new(&[4.0, 1.0, 3.0, 2.0]).unwrap().gini - 0.25).abs() < 1e-6);
        assert_eq!((ShareSpread::new(&[1.0]), ShareSpread::new(&[0.0, 0.0])), (None, None));
        assert_eq!(ShareSpread::new(&[f32::NAN, 1.0]), None);
    }
}

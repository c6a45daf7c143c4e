//! Intervals by resampling (Efron 1979), and of a share (Wilson 1927).

/// Resamples of n things, each n drawn with replacement. The same every time and for every table, so that two rows can
/// be compared.
#[derive(Clone, Copy, Debug)]
pub struct Resamples {
    /// How many.
    pub count: usize,
}

impl Resamples {
    const SEED: u64 = 1979;

    /// Hands over how often each of `things` was drawn, resample by resample.
    pub(super) fn each(self, things: usize, mut take: impl FnMut(&[u32])) {
        if things > 0 {
            self.counts(things).for_each(|counts| take(&counts));
        }
    }

    /// How often each of `things` was drawn, resample by resample.
    pub(super) fn counts(self, things: usize) -> impl Iterator<Item = Vec<u32>> {
        let mut random = fastrand::Rng::with_seed(Self::SEED);
        (0..self.count).map(move |_| {
            let mut counts = vec![0; things];
            (0..things).for_each(|_| counts[random.usize(..things)] += 1);
            counts
        })
    }
}

/// The middle 95 % of what resampling gave: its 2.5th and 97.5th percentile, interpolated linearly as numpy does; none
/// where there is nothing.
pub fn middle_95(mut values: Vec<f64>) -> Option<[f64; 2]> {
    values.sort_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    let percentile = |share: f64| {
        let at = share * last as f64;
        let (below, above) = (values[at.floor() as usize], values[at.ceil() as usize]);
        below + (above - below) * at.fract()
    };
    Some([percentile(0.025), percentile(0.975)])
}

/// Wilson's 95 % interval of a share of independent trials, in 0..=1; of no trials all of it.
pub fn wilson_95(hits: usize, trials: usize) -> [f64; 2] {
    /// The normal distribution's 97.5th percentile.
    const Z: f64 = 1.959_963_984_540_054;
    if trials == 0 {
        return [0.0, 1.0];
    }
    let n = trials as f64;
    let share = hits as f64 / n;
    let centre = share + Z * Z / (2.0 * n);
    let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    [centre - half, centre + half].map(|end| (end / (1.0 + Z * Z / n)).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resamples_are_whole_and_the_same_every_time() {
        let resamples = Resamples { count: 20 };
        let all: Vec<Vec<u32>> = resamples.counts(7).collect();
        assert_eq!(all.len(), 20);
        assert!(all.iter().all(|counts| counts.iter().sum::<u32>() == 7));
        assert!(all.iter().eq(resamples.counts(7).collect::<Vec<_>>().iter()) && all[0] != all[1]);
    }

    #[test]
    fn the_middle_is_numpys() {
        assert_eq!(middle_95((0..=100).rev().map(f64::from).collect()), Some([2.5, 97.5]));
        assert_eq!((middle_95(vec![3.0]), middle_95(Vec::new())), (Some([3.0, 3.0]), None));
    }

    /// `statsmodels.stats.proportion.proportion_confint(90, 100, method="wilson")`.
    #[test]
    fn a_share_is_wilsons() {
        let [low, high] = wilson_95(90, 100);
        assert!((low - 0.825_634_3).abs() < 1e-6 && (high - 0.944_770_8).abs() < 1e-6, "{low} {high}");
        assert_eq!(wilson_95(0, 0), [0.0, 1.0]);
        assert_eq!(wilson_95(0, 10)[0], 0.0);
    }
}

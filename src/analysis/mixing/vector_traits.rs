use super::{
    super::{Measure, MeasuredTrace, Pooling, Units, cosine, pool},
    MixedShares, MixedVector, ShareSpread, UnitClass,
    claims::unit_state,
};

/// What tells one last vector of a sentence from another: how it mixes the words, and what it is close to.
#[derive(Clone, Debug, PartialEq)]
pub struct VectorTraits {
    /// Which vector.
    pub vector: MixedVector,
    /// The share of the unit in its own vector; none of a mean.
    pub own: Option<f32>,
    /// How the words share it; none where there are no two.
    pub spread: Option<ShareSpread>,
    /// The same without the unit itself; none of a mean.
    pub spread_of_others: Option<ShareSpread>,
    /// The cosine to the mean of all tokens' last vectors.
    pub to_mean: f32,
    /// The cosine to the unit's own embedding; of the mean, to the mean of all.
    pub to_input: f32,
    /// The cosine to the mean vector of unrelated sentences, under `cls` and under `mean`; none where that is not known.
    pub to_unrelated: Option<[f32; 2]>,
}

impl VectorTraits {
    /// Of every unit, then of the mean, under a measure that is [there](MeasuredTrace::has). `unrelated` are the mean vectors of unrelated
    /// sentences under `cls` and under `mean`. Nothing of a model without layers.
    pub fn all(trace: &MeasuredTrace, units: &Units, measure: Measure, unrelated: Option<&[Vec<f32>; 2]>) -> Vec<Self> {
        let Some((last, mean)) = trace.layers.checked_sub(1).zip(pool(trace, Pooling::Mean)) else { return Vec::new() };
        let classes = UnitClass::of_units(trace, units);
        let spread = |shares: &MixedShares, but: Option<usize>| {
            let words = (0..units.len()).filter(|&unit| classes[unit].is_word() && Some(unit) != but);
            ShareSpread::new(&words.map(|unit| shares.units[unit]).collect::<Vec<_>>())
        };
        let to_unrelated = |vector: &[f32]| unrelated.map(|means| means.each_ref().map(|mean| cosine(vector, mean)));
        let embedded = |unit| unit_state(trace, units, 0, unit);
        let of_unit = |unit: usize| {
            let vector = MixedVector::Unit(unit);
            let shares = MixedShares::new(trace, units, measure, last, vector)?;
            let state = unit_state(trace, units, trace.layers, unit);
            Some(Self {
                vector,
                own: Some(shares.units[unit]),
                spread: spread(&shares, None),
                spread_of_others: spread(&shares, Some(unit)),
                to_mean: cosine(&state, &mean),
                to_input: cosine(&state, &embedded(unit)),
                to_unrelated: to_unrelated(&state),
            })
        };
        let of_mean = || {
            let shares = MixedShares::new(trace, units, measure, last, MixedVector::Mean)?;
            let mut input = vec![0.0; trace.hidden_size];
            for state in trace.hidden_layer(0).chunks_exact(trace.hidden_size) {
                input.iter_mut().zip(state).for_each(|(sum, value)| *sum += value);
            }
            Some(Self {
                vector: MixedVector::Mean,
                own: None,
                spread: spread(&shares, None),
                spread_of_others: None,
                to_mean: 1.0,
                to_input: cosine(&mean, &input),
                to_unrelated: to_unrelated(&mean),
            })
        };
        (0..units.len()).filter_map(of_unit).chain(of_mean()).collect()
    }
}

/// The traits by which vectors are put in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TraitOrder {
    /// As the tokens stand.
    #[default]
    Standing,
    /// The largest own share first.
    Own,
    /// The most even first.
    Evenness,
    /// The most even without its own share first.
    EvennessOfOthers,
    /// The strongest word's multiple, the largest first.
    Strongest,
    /// The nearest to the mean first.
    ToMean,
    /// The nearest to its own input first.
    ToInput,
    /// The nearest to the mean `[CLS]` of unrelated sentences first.
    ToUnrelatedCls,
    /// The nearest to the mean of unrelated sentences' means first.
    ToUnrelatedMean,
}

impl TraitOrder {
    /// In the order of the key.
    pub const ALL: &'static [Self] = &[
        Self::Standing,
        Self::Own,
        Self::Evenness,
        Self::EvennessOfOthers,
        Self::Strongest,
        Self::ToMean,
        Self::ToInput,
        Self::ToUnrelatedCls,
        Self::ToUnrelatedMean,
    ];

    /// The number by which it orders; none of [`TraitOrder::Standing`], and where a vector has none.
    pub fn number(self, of: &VectorTraits) -> Option<f64> {
        match self {
            TraitOrder::Standing => None,
            TraitOrder::Own => of.own.map(f64::from),
            TraitOrder::Evenness => of.spread.map(|spread| spread.evenness),
            TraitOrder::EvennessOfOthers => of.spread_of_others.or(of.spread).map(|spread| spread.evenness),
            TraitOrder::Strongest => of.spread.map(|spread| spread.strongest),
            TraitOrder::ToMean => Some(f64::from(of.to_mean)),
            TraitOrder::ToInput => Some(f64::from(of.to_input)),
            TraitOrder::ToUnrelatedCls => of.to_unrelated.map(|[cls, _]| f64::from(cls)),
            TraitOrder::ToUnrelatedMean => of.to_unrelated.map(|[_, mean]| f64::from(mean)),
        }
    }

    /// The places of vectors in this order; those without a number last.
    pub fn places(self, of: &[VectorTraits]) -> Vec<usize> {
        let mut places: Vec<usize> = (0..of.len()).collect();
        if self != TraitOrder::Standing {
            let key = |place: &usize| self.number(&of[*place]).filter(|number| !number.is_nan());
            let key = |place: &usize| key(place).unwrap_or(f64::NEG_INFINITY);
            places.sort_by(|a, b| key(b).total_cmp(&key(a)));
        }
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_comes_first_and_what_has_no_number_last() {
        let of = |own, to_mean| VectorTraits {
            vector: MixedVector::Mean,
            own,
            spread: None,
            spread_of_others: None,
            to_mean,
            to_input: 0.0,
            to_unrelated: None,
        };
        let all = [of(Some(0.1), 0.5), of(None, 0.9), of(Some(f32::NAN), 0.1), of(Some(0.4), f32::NAN)];
        assert_eq!(TraitOrder::Own.places(&all), [3, 0, 1, 2]);
        assert_eq!(TraitOrder::ToMean.places(&all), [1, 0, 2, 3]);
        assert_eq!(TraitOrder::Standing.places(&all), [0, 1, 2, 3]);
    }
}

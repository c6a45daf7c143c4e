use std::collections::BTreeMap;

use super::{
    super::{
        Granularity, Measure, MeasuredTrace, MixedShares, MixedVector, PartsFrom, Pooling, ShareSpread, UnitClass,
        Units, VectorParts, correlation::Paired, explained_by, pool, unit_state,
    },
    BlindLayers, ExplainedBy, ListMeans, MixingNumber, MixingRow, SharePart, WordEffect, raw_and_centred,
};
use crate::bert::Trace;

/// The numbers of one sentence, each as a numerator and a denominator: those of many add up to a mean.
#[derive(Clone, Debug, Default)]
pub struct MixingObservation {
    pub(super) numbers: BTreeMap<MixingNumber, [f64; 2]>,
    /// See [`MixingObservation::is_not_finite`].
    pub(super) is_not_finite: bool,
}

/// A sentence that is looked at.
struct Observed<'t> {
    trace: &'t MeasuredTrace,
    units: &'t Units,
    classes: Vec<UnitClass>,
}

impl MixingObservation {
    /// What the measures say of a sentence, all of which are [there](MeasuredTrace::has).
    pub fn new(trace: &MeasuredTrace, units: &Units, measures: &[Measure], means: &ListMeans) -> Self {
        let is_not_finite = trace.hidden_states.iter().any(|value| !value.is_finite());
        let mut found = Self { is_not_finite, ..Self::default() };
        let observed = Observed { trace, units, classes: UnitClass::of_units(trace, units) };
        if is_not_finite || trace.layers == 0 || observed.classes.first() != Some(&UnitClass::Cls) {
            return found;
        }
        for (place, &measure) in measures.iter().enumerate() {
            observed.shares(&mut found, measure, place);
        }
        observed.explained(&mut found, means);
        for pooling in ListMeans::POOLINGS {
            observed.varies(&mut found, pooling, means);
        }
        for (layer, ratio) in (0..trace.layers).filter_map(|layer| Some((layer, trace.mixing_ratio(layer, 0..1)?))) {
            found.put(MixingNumber::Taken(layer), ratio.into());
        }
        found
    }

    /// Takes in what the last `[CLS]` is with `[CLS]` blind.
    pub fn put_blind(&mut self, real: &Trace, blind: &Trace, layers: BlindLayers, means: &ListMeans) {
        let (Some(real), Some(blind)) = (pool(real, Pooling::Cls), pool(blind, Pooling::Cls)) else { return };
        let cosines = raw_and_centred(&real, &blind, means.mean(Pooling::Cls).as_deref());
        for (is_centred, cosine) in [false, true].into_iter().zip(cosines) {
            cosine.into_iter().for_each(|cosine| self.put(MixingNumber::Blind(layers, is_centred), cosine.into()));
        }
    }

    /// Takes in how the shares of some units under a measure follow what happens to a vector without each; of two or three units any order
    /// is too likely to say something.
    pub fn put_trust(&mut self, pooling: Pooling, how: WordEffect, place: usize, shares: Vec<f64>, effects: Vec<f64>) {
        const FEWEST: usize = 4;
        if shares.len() < FEWEST {
            return;
        }
        if let Some(correlation) = Paired::new(shares, effects).and_then(|paired| paired.correlation()) {
            self.put(MixingNumber::Trust(pooling, how, place), correlation.spearman);
        }
    }

    /// A number as numerator and denominator; none where the sentence has none.
    pub fn ratio(&self, number: MixingNumber) -> Option<[f64; 2]> {
        self.numbers.get(&number).copied()
    }

    /// Whether some number of the sentence's vectors is NaN or infinite: then nothing is known of it.
    pub fn is_not_finite(&self) -> bool {
        self.is_not_finite
    }

    fn put(&mut self, number: MixingNumber, value: f64) {
        self.put_ratio(number, [value, 1.0]);
    }

    fn put_ratio(&mut self, number: MixingNumber, ratio: [f64; 2]) {
        if ratio.iter().all(|part| part.is_finite()) {
            self.numbers.insert(number, ratio);
        }
    }

    /// The mean of some numbers, where there are any.
    fn put_mean(&mut self, number: MixingNumber, values: &[f64]) {
        if !values.is_empty() {
            self.put(number, values.iter().sum::<f64>() / values.len() as f64);
        }
    }
}

impl Observed<'_> {
    fn of(&self, class: UnitClass) -> impl Iterator<Item = usize> + '_ {
        (0..self.units.len()).filter(move |&unit| self.classes[unit] == class)
    }

    /// What one measure says.
    fn shares(&self, found: &mut MixingObservation, measure: Measure, place: usize) {
        let last = self.trace.layers - 1;
        let row = |vector| MixedShares::new(self.trace, self.units, measure, last, vector);
        let rows: Vec<MixedShares> = (0..self.units.len()).filter_map(|unit| row(MixedVector::Unit(unit))).collect();
        self.own(found, measure, place);

        let mean = row(MixedVector::Mean);
        let cls = self.spread(&rows[0], None);
        for which in MixingRow::ALL {
            let spreads: Vec<ShareSpread> = match which {
                MixingRow::Unit(class) => self.of(class).filter_map(|unit| self.spread(&rows[unit], None)).collect(),
                MixingRow::OtherWords(class) => {
                    self.of(class).filter_map(|unit| self.spread(&rows[unit], Some(unit))).collect()
                }
                MixingRow::Mean => mean.iter().filter_map(|mean| self.spread(mean, None)).collect(),
            };
            let each = |number: fn(&ShareSpread) -> f64| spreads.iter().map(number).collect::<Vec<_>>();
            let evenness = each(|spread| spread.evenness);
            found.put_mean(MixingNumber::Gini(which, place), &each(|spread| spread.gini));
            found.put_mean(MixingNumber::Strongest(which, place), &each(|spread| spread.strongest));
            if let Some(cls) = &cls {
                let less: Vec<f64> = evenness.iter().map(|evenness| cls.evenness - evenness).collect();
                found.put_mean(MixingNumber::MoreEven(which, place), &less);
            }
            found.put_mean(MixingNumber::Evenness(which, place), &evenness);
        }

        let pooled = row(MixedVector::Pooled);
        for (pooling, shares) in
            [(Pooling::Cls, rows.first()), (Pooling::Mean, mean.as_ref()), (Pooling::Pooled, pooled.as_ref())]
        {
            let Some(shares) = shares else { continue };
            for part in SharePart::ALL {
                let share = match part {
                    SharePart::Units(class) => self.of(class).map(|unit| f64::from(shares.units[unit])).sum(),
                    SharePart::Biases => f64::from(shares.biases),
                };
                found.put(MixingNumber::From(pooling, part, place), share);
            }
        }
    }

    /// Of tokens, pieces of words among them: a word's own vector is not one vector.
    fn own(&self, found: &mut MixingObservation, measure: Measure, place: usize) {
        let (trace, pieces) = (self.trace, Units::new(self.trace, Granularity::Subwords));
        let row = |token| MixedShares::new(trace, &pieces, measure, trace.layers - 1, MixedVector::Unit(token));
        for class in UnitClass::ALL {
            let tokens = (0..pieces.len()).filter(|&token| self.classes[self.units.unit_of(token)] == class);
            let rows: Vec<(usize, MixedShares)> = tokens.filter_map(|token| Some((token, row(token)?))).collect();
            let own = |(token, row): &(usize, MixedShares)| f64::from(row.without_biases().units[*token]);
            let largest = |(token, row): &(usize, MixedShares)| {
                f64::from(row.units.iter().all(|share| share.abs() <= row.units[*token].abs()))
            };
            found.put_mean(MixingNumber::Own(class, place), &rows.iter().map(own).collect::<Vec<_>>());
            found.put_mean(MixingNumber::Largest(class, place), &rows.iter().map(largest).collect::<Vec<_>>());
        }
    }

    /// How the words share a vector, all or all but one.
    fn spread(&self, shares: &MixedShares, but: Option<usize>) -> Option<ShareSpread> {
        let words = (0..self.units.len()).filter(|&unit| self.classes[unit].is_word() && Some(unit) != but);
        ShareSpread::new(&words.map(|unit| shares.units[unit]).collect::<Vec<_>>())
    }

    fn explained(&self, found: &mut MixingObservation, means: &ListMeans) {
        let Some(cls) = pool(self.trace, Pooling::Cls) else { return };
        let words: Vec<usize> = (0..self.units.len()).filter(|&unit| self.classes[unit].is_word()).collect();
        for by in ExplainedBy::ALL {
            let layer = by.layer(self.trace.layers);
            let vectors: Vec<Vec<f32>> =
                words.iter().map(|&word| unit_state(self.trace, self.units, layer, word)).collect();
            let explained = |cls: &[f32], vectors: &[Vec<f32>]| {
                explained_by(cls, &vectors.iter().map(Vec::as_slice).collect::<Vec<_>>())
            };
            found.put(MixingNumber::Explained(by, false), explained(&cls, &vectors));
            if let (Some(cls_mean), Some(mean)) = (means.mean(Pooling::Cls), means.token_mean(layer)) {
                let vectors: Vec<Vec<f32>> = vectors.iter().map(|vector| less(vector, &mean)).collect();
                found.put(MixingNumber::Explained(by, true), explained(&less(&cls, &cls_mean), &vectors));
            }
        }
    }

    /// Σ c·(h - m) over Σ |h - m|² with the mean m of the sentences' vectors h: the parts of the variance, as Σ m·(h - m) is 0.
    fn varies(&self, found: &mut MixingObservation, pooling: Pooling, means: &ListMeans) {
        let (Some(mean), Some(whole)) = (means.mean(pooling), pool(self.trace, pooling)) else { return };
        let Some(parts) = VectorParts::of(self.trace, pooling, PartsFrom::Inputs) else { return };
        let apart = less(&whole, &mean);
        let by = |part: &[f32]| part.iter().zip(&apart).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>();
        let all = by(&apart);
        for part in SharePart::ALL {
            let given = match part {
                SharePart::Units(class) => self.of(class).map(|unit| by(&parts.sum(self.units.tokens(unit)))).sum(),
                SharePart::Biases => by(parts.biases()),
            };
            found.put_ratio(MixingNumber::Varies(pooling, part), [given, all]);
        }
    }
}

fn less(vector: &[f32], mean: &[f32]) -> Vec<f32> {
    vector.iter().zip(mean).map(|(value, mean)| value - mean).collect()
}

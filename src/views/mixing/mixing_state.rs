//! What is known of one reading: where the chosen token's vector comes from, where every token's does, and the claims.

use std::sync::Arc;

use crate::{
    analysis::{Claims, Granularity, Measure, SourceShares, Units},
    state::Reading,
};

/// Where vectors come from, under one measure.
#[derive(Clone, Debug)]
pub struct Mixing {
    /// What was read.
    pub reading: Arc<Reading>,
    /// Under which measure the shares are.
    pub measure: Measure,
    /// The unit that is explained layer by layer.
    pub unit: usize,
    /// Its shares behind each layer, `[layer]`.
    pub layers: Vec<SourceShares>,
    /// How much of it each layer's attention block takes from other tokens, `[layer]`, in 0..=1: exact.
    pub taken: Vec<f32>,
    /// Every unit's shares behind the last layer, `[unit]`.
    pub units: Vec<SourceShares>,
    /// What is said of `[CLS]`, tested under all measures; none of a text without words.
    pub claims: Option<Claims>,
}

impl Mixing {
    /// The measures that follow a vector back to the input tokens, and say something.
    pub fn measures() -> &'static [Measure] {
        static MEASURES: std::sync::LazyLock<Vec<Measure>> = std::sync::LazyLock::new(|| {
            let from_input = |measure: &&Measure| matches!(measure.id(), "alti" | "decompx" | "dot");
            Measure::ALL.iter().filter(from_input).copied().collect()
        });
        &MEASURES
    }

    /// What is known of a reading now, as far as it is not known `before`; that, while the measures are not worked out.
    pub(super) fn renewed(
        before: Option<Self>,
        reading: &Arc<Reading>,
        measure: Measure,
        token: usize,
    ) -> Option<Self> {
        let trace = &reading.trace;
        if !Self::measures().iter().all(|&measure| trace.is_prepared(measure)) {
            return before;
        }
        let words = reading.units(Granularity::Words);
        let unit = words.unit_of(token);
        let same = before.filter(|before| Arc::ptr_eq(&before.reading, reading));
        if let Some(same) = same.as_ref().filter(|it| (it.measure, it.unit) == (measure, unit)) {
            return Some(same.clone());
        }
        let claims = same.map(|same| same.claims);
        let shares = |layer, unit| SourceShares::new(trace, words, measure, layer, unit);
        let last = trace.layers.saturating_sub(1);
        Some(Self {
            measure,
            unit,
            layers: (0..trace.layers).map(|layer| shares(layer, unit)).collect(),
            taken: (0..trace.layers).map(|layer| taken(reading, layer, words.tokens(unit))).collect(),
            units: if trace.layers > 0 {
                (0..words.len()).map(|unit| shares(last, unit)).collect()
            } else {
                Vec::new()
            },
            claims: claims.unwrap_or_else(|| Claims::new(trace, words, Self::measures())),
            reading: Arc::clone(reading),
        })
    }

    /// The units that everything here is counted in.
    pub fn words(&self) -> &Units {
        self.reading.units(Granularity::Words)
    }

    /// How a unit is written.
    pub fn name(&self, unit: usize) -> String {
        self.words().text(&self.reading.trace, unit)
    }
}

/// How much of some tokens' vectors a layer's attention block takes from other tokens, their mean.
fn taken(reading: &Reading, layer: usize, tokens: std::ops::Range<usize>) -> f32 {
    let (trace, count) = (&reading.trace, tokens.len() as f32);
    let ratios = trace.layer_mixing().map_or(&[][..], |mixing| &mixing.mixing_block[layer * trace.tokens.len()..]);
    ratios.get(tokens).unwrap_or_default().iter().sum::<f32>() / count
}

//! What is known of one reading: where the chosen token's vector comes from, where every token's does, and the claims.

use std::sync::{Arc, LazyLock};

use crate::{
    analysis::{Claims, Granularity, Measure, MixedVector, Pooling, SourceShares, Units, VectorTraits, cancelling},
    state::Reading,
};

/// Where vectors come from, under one measure.
#[derive(Clone, Debug)]
pub struct Mixing {
    /// What was read.
    pub reading: Arc<Reading>,
    /// Under which measure the shares are.
    pub measure: Measure,
    /// The unit under the cursor.
    pub unit: usize,
    /// What is explained layer by layer: that unit, or the mean of all tokens, or the pooler output.
    pub vector: MixedVector,
    /// What it is made of behind each layer, `[layer]`.
    pub layers: Vec<MixedLayer>,
    /// Every unit's shares behind the last layer, `[unit]`.
    pub units: Vec<SourceShares>,
    /// Those of the mean, and of the pooler output where there is a pooler.
    pub wholes: Vec<(MixedVector, SourceShares)>,
    /// How every unit's last vector, and the mean, mix the words.
    pub traits: Vec<VectorTraits>,
    /// The mean vectors of unrelated sentences under `cls` and under `mean`; none before they are read.
    pub unrelated: Option<[Vec<f32>; 2]>,
    /// What is said of `[CLS]`, tested under all measures; none of a text without words.
    pub claims: Option<Claims>,
}

/// What a vector is made of behind a layer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MixedLayer {
    /// None where it has none there: the pooler output before the last layer, the mean there where vectors are added up.
    pub shares: Option<SourceShares>,
    /// How much of it the layer's attention block takes from other tokens, in 0..=1: exact. None of what is no unit.
    pub taken: Option<f32>,
    /// How far its parts cancel, see [`cancelling`].
    pub cancelling: Option<f64>,
}

impl Mixing {
    /// The measures that follow a vector back to the input tokens, and say something.
    pub fn measures() -> &'static [Measure] {
        static MEASURES: LazyLock<Vec<Measure>> = LazyLock::new(|| {
            Measure::from_input().iter().copied().filter(|measure| !measure.is_for_papers()).collect()
        });
        &MEASURES
    }

    /// What is known of a reading now, as far as it is not known `before`; that, while the measures are not worked out.
    pub(super) fn renewed(
        before: Option<Self>,
        reading: &Arc<Reading>,
        measure: Measure,
        (token, whole): (usize, Option<MixedVector>),
        unrelated: Option<[Vec<f32>; 2]>,
    ) -> Option<Self> {
        let trace = &reading.trace;
        if !Self::measures().iter().all(|&measure| trace.is_prepared(measure)) {
            return before;
        }
        let words = reading.units(Granularity::Words);
        let unit = words.unit_of(token);
        let whole = whole.filter(|whole| *whole != MixedVector::Pooled || trace.pooler_output.is_some());
        let vector = whole.unwrap_or(MixedVector::Unit(unit));
        let same = before.filter(|before| Arc::ptr_eq(&before.reading, reading));
        let is_known =
            |it: &Self| (it.measure, it.unit, it.vector, &it.unrelated) == (measure, unit, vector, &unrelated);
        if same.as_ref().is_some_and(is_known) {
            return same;
        }
        // Each number is worked out anew where what it hangs on has changed.
        let under = same.as_ref().filter(|it| it.measure == measure);
        let layers = under.filter(|it| (it.unit, it.vector) == (unit, vector)).map(|it| it.layers.clone());
        let units = under.map(|it| it.units.clone());
        let wholes = under.map(|it| it.wholes.clone());
        let traits = under.filter(|it| it.unrelated == unrelated).map(|it| it.traits.clone());
        let claims = same.map(|same| same.claims);
        let last = trace.layers.checked_sub(1);
        let shares = |layer, vector| SourceShares::of_vector(trace, words, measure, layer, vector);
        let behind_last = |vector| last.and_then(|last| shares(last, vector));
        let layer = |layer| MixedLayer {
            shares: shares(layer, vector),
            taken: match vector {
                MixedVector::Unit(unit) => trace.mixing_ratio(layer, words.tokens(unit)),
                MixedVector::Mean | MixedVector::Pooled => None,
            },
            cancelling: cancelling(trace, words, layer, vector),
        };
        Some(Self {
            measure,
            unit,
            vector,
            layers: layers.unwrap_or_else(|| (0..trace.layers).map(layer).collect()),
            units: units
                .unwrap_or_else(|| (0..words.len()).filter_map(|unit| behind_last(MixedVector::Unit(unit))).collect()),
            wholes: wholes.unwrap_or_else(|| {
                let whole = |vector| Some((vector, behind_last(vector)?));
                [MixedVector::Mean, MixedVector::Pooled].into_iter().filter_map(whole).collect()
            }),
            traits: traits.unwrap_or_else(|| VectorTraits::all(trace, words, measure, unrelated.as_ref())),
            unrelated,
            claims: claims.unwrap_or_else(|| Claims::new(trace, words, Self::measures())),
            reading: Arc::clone(reading),
        })
    }

    /// The units that everything here is counted in.
    pub fn words(&self) -> &Units {
        self.reading.units(Granularity::Words)
    }

    /// What the tokenizer calls the first token.
    pub(super) fn first(&self) -> String {
        self.name(MixedVector::Unit(0))
    }

    /// How a unit is written, or `mean`, or `pooled`.
    pub fn name(&self, vector: MixedVector) -> String {
        match vector {
            MixedVector::Unit(unit) => self.words().text(&self.reading.trace, unit),
            MixedVector::Mean => Pooling::Mean.name().to_owned(),
            MixedVector::Pooled => Pooling::Pooled.name().to_owned(),
        }
    }
}

//! A trace, and what its measures say: the numbers every heat map and statistic reads.

use std::{
    ops::{Deref, Range},
    sync::OnceLock,
};

use super::{
    Decomposition, Groundwork, HeadStatistics, LayerMixing, Measure, VectorLengths, measure_numbers::MeasureNumbers,
    text_shares::TextShares,
};
use crate::bert::Trace;

/// A trace with what is worked out of it, each measure when it is first asked for. It never changes but for what becomes
/// known, so that what is worked out stays true.
#[derive(Clone, Debug)]
pub struct MeasuredTrace {
    trace: Trace,
    layer_mixing: OnceLock<LayerMixing>,
    decomposition: OnceLock<Decomposition>,
    zeroing: OnceLock<VectorLengths>,
    text_shares: OnceLock<TextShares>,
    /// What measures work out themselves, in the order of [`Measure::ALL`].
    shares: Vec<OnceLock<Vec<f32>>>,
    /// In the order of [`Measure::ALL`].
    statistics: Vec<OnceLock<HeadStatistics>>,
}

impl From<Trace> for MeasuredTrace {
    fn from(trace: Trace) -> Self {
        Self {
            trace,
            layer_mixing: OnceLock::new(),
            decomposition: OnceLock::new(),
            zeroing: OnceLock::new(),
            text_shares: OnceLock::new(),
            shares: vec![OnceLock::new(); Measure::ALL.len()],
            statistics: vec![OnceLock::new(); Measure::ALL.len()],
        }
    }
}

impl Deref for MeasuredTrace {
    type Target = Trace;

    fn deref(&self) -> &Trace {
        &self.trace
    }
}

impl MeasuredTrace {
    /// Works out what a key would wait for: at 512 tokens and 12x12 heads, statistics and scaling without specials take
    /// longer than it may.
    pub fn prepare(&self, measure: Measure) {
        self.text_shares();
        self.head_statistics(measure);
    }

    /// Whether what a measure rests on is there, so that it has numbers.
    pub fn has(&self, groundwork: Groundwork) -> bool {
        match groundwork {
            Groundwork::Trace => true,
            Groundwork::Layers => self.layer_mixing.get().is_some(),
            Groundwork::Sources => self.decomposition.get().is_some(),
            Groundwork::Zeroing => self.zeroing.get().is_some(),
        }
    }

    /// Whether a measure has numbers, and whatever a key would wait for is worked out.
    pub fn is_prepared(&self, measure: Measure) -> bool {
        self.has(measure.groundwork()) && self.statistics[measure.place()].get().is_some()
    }

    /// Takes in what each layer's attention hands on; what is there already stays.
    pub fn put_layer_mixing(&self, mixing: LayerMixing) {
        self.layer_mixing.get_or_init(|| mixing);
    }

    /// Takes in what each token has become; what is there already stays.
    pub fn put_decomposition(&self, decomposition: Decomposition) {
        self.decomposition.get_or_init(|| decomposition);
    }

    /// Takes in how far each vector turns; what is there already stays.
    pub fn put_zeroing(&self, zeroing: VectorLengths) {
        self.zeroing.get_or_init(|| zeroing);
    }

    /// What each layer's attention hands on, where it is known.
    pub fn layer_mixing(&self) -> Option<&LayerMixing> {
        self.layer_mixing.get()
    }

    /// How much of the vectors of `tokens` behind a layer's attention block comes from other tokens, in 0..=1, their mean, where it is known.
    pub fn mixing_ratio(&self, layer: usize, tokens: Range<usize>) -> Option<f32> {
        let of_layer = self.layer_mixing()?.mixing_block.chunks_exact(self.trace.tokens.len()).nth(layer)?;
        let ratios = of_layer.get(tokens)?;
        Some(ratios.iter().sum::<f32>() / ratios.len() as f32)
    }

    /// What each token has become, where it is known.
    pub fn decomposition(&self) -> Option<&Decomposition> {
        self.decomposition.get()
    }

    /// How far each vector turns without a token's values, where it is known.
    pub fn zeroing(&self) -> Option<&VectorLengths> {
        self.zeroing.get()
    }

    /// What a measure works out of the trace itself, kept from when it is first asked for: `[L, S, S + what follows the
    /// tokens]`.
    pub(super) fn shares(&self, measure: Measure, work_out: impl FnOnce() -> Vec<f32>) -> &[f32] {
        self.shares[measure.place()].get_or_init(work_out)
    }

    /// The numbers of a measure; none of them is a number while what it rests on is not [there](MeasuredTrace::has).
    pub fn numbers(&self, measure: Measure) -> MeasureNumbers<'_> {
        MeasureNumbers::new(&self.trace, measure, measure.numbers(self))
    }

    /// What each head does on the whole, under a measure; where it has no numbers yet, under raw attention.
    pub fn head_statistics(&self, measure: Measure) -> &HeadStatistics {
        let measure = if self.has(measure.groundwork()) { measure } else { Measure::default() };
        let statistics = || HeadStatistics::new(&self.trace, self.numbers(measure));
        self.statistics[measure.place()].get_or_init(statistics)
    }

    /// How much of each row of weights is of the text, rather than of specials.
    pub(super) fn text_shares(&self) -> &TextShares {
        let shares = || TextShares::new(&self.trace.tokens, self.numbers(Measure::default()));
        self.text_shares.get_or_init(shares)
    }
}

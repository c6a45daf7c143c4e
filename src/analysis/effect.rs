use super::{Pooling, cosine, pool};
use crate::bert::Trace;

/// The poolings by which an effect is measured.
pub const EFFECT_POOLINGS: [Pooling; 3] = [Pooling::Cls, Pooling::Pooled, Pooling::Mean];

/// Two vectors of each pooling compared: what switching something off has done to a sentence, or how close two sentences
/// are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// Under each of [`EFFECT_POOLINGS`], the cosine of the one vector with the other, in -1..=1: 1 where nothing has moved;
    /// none for `pooled` without a pooler.
    pub cosines: [Option<f32>; EFFECT_POOLINGS.len()],
}

impl Effect {
    /// Compares two traces: of one input before and after, or of two.
    pub fn new(before: &Trace, after: &Trace) -> Self {
        let cosine = |pooling| Some(cosine(&pool(before, pooling)?, &pool(after, pooling)?));
        Self { cosines: EFFECT_POOLINGS.map(cosine) }
    }

    /// The cosine under a pooling; none for one that is not measured or not there.
    pub fn cosine(&self, pooling: Pooling) -> Option<f32> {
        EFFECT_POOLINGS.iter().zip(self.cosines).find(|(measured, _)| **measured == pooling)?.1
    }

    /// 1 − that cosine, in 0..=2.
    pub fn loss(&self, pooling: Pooling) -> Option<f32> {
        self.cosine(pooling).map(|cosine| 1.0 - cosine)
    }
}

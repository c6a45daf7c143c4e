use std::ops::Range;

use super::{HeadChoice, HeadSet, LogitTarget, Pooling, choice::choice, cosine, pool};
use crate::bert::Trace;

/// The poolings by which an effect is measured.
pub const EFFECT_POOLINGS: [Pooling; 3] = [Pooling::Cls, Pooling::Pooled, Pooling::Mean];

choice! {
    /// What a change is measured on.
    Affected:
    /// The vector of `[CLS]` behind the last layer.
    #[default]
    Cls = "cls",
    /// The pooler output.
    Pooled = "pooled",
    /// The mean over all tokens.
    Mean = "mean",
    /// The vector of the token that looks, behind the last layer.
    Token = "token",
    /// One cell of attention: how much that token looks at another.
    Cell = "cell",
    /// One logit of a head or a probe.
    Output = "output",
}

impl Affected {
    /// The pooling whose vector it is; none of what a [target](EffectTarget) says.
    pub fn pooling(self) -> Option<Pooling> {
        match self {
            Affected::Cls => Some(Pooling::Cls),
            Affected::Pooled => Some(Pooling::Pooled),
            Affected::Mean => Some(Pooling::Mean),
            Affected::Token | Affected::Cell | Affected::Output => None,
        }
    }

    /// Whether a change of it is the cosine of a vector with what it was.
    pub fn is_cosine(self) -> bool {
        !matches!(self, Affected::Cell | Affected::Output)
    }
}

/// What else than the vectors of the sentence a change is measured on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EffectTarget {
    /// The token that looks, or the pieces of a word, whose mean vector counts; none for no token.
    pub token: Option<Range<usize>>,
    /// A cell of attention.
    pub cell: Option<AttentionCell>,
    /// A logit.
    pub output: Option<LogitTarget>,
}

/// How much some tokens look at others under some heads: the raw attention weights.
#[derive(Clone, Debug, PartialEq)]
pub struct AttentionCell {
    /// The layer, from 0.
    pub layer: usize,
    /// One head, or the mean or maximum of several.
    pub heads: HeadChoice,
    /// Those a mean or a maximum is of; empty for all.
    pub among: HeadSet,
    /// The tokens that look: the mean of their rows counts.
    pub from: Range<usize>,
    /// The tokens looked at: the sum of their weights counts.
    pub to: Range<usize>,
}

impl AttentionCell {
    /// Its number in a trace, in 0..=1, or more for a maximum over pieces; none where the trace has no such place.
    pub fn weight(&self, trace: &Trace) -> Option<f32> {
        let tokens = trace.tokens.len();
        let is_in = |range: &Range<usize>| !range.is_empty() && range.end <= tokens;
        let heads: Vec<usize> = match (self.heads, self.among.some_of(trace.heads)) {
            (HeadChoice::One(head), _) => vec![head],
            (_, Some(some)) => some.iter().collect(),
            (_, None) => (0..trace.heads).collect(),
        };
        if self.layer >= trace.layers || heads.iter().any(|&head| head >= trace.heads) {
            return None;
        }
        if !is_in(&self.from) || !is_in(&self.to) {
            return None;
        }
        let merged = |query: usize, key: usize| {
            let each = heads.iter().map(|&head| f64::from(trace.attention(self.layer, head, query)[key]));
            match self.heads {
                HeadChoice::Max => each.fold(0.0, f64::max),
                _ => each.sum::<f64>() / heads.len() as f64,
            }
        };
        let sums = self.from.clone().map(|query| self.to.clone().map(|key| merged(query, key)).sum::<f64>());
        Some((sums.sum::<f64>() / self.from.len() as f64) as f32)
    }
}

/// What switching something off has done to a sentence, or how close two sentences are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// Under each of [`EFFECT_POOLINGS`], the cosine of the one vector with the other, in -1..=1: 1 where nothing has moved;
    /// none for `pooled` without a pooler.
    pub cosines: [Option<f32>; EFFECT_POOLINGS.len()],
    /// The same of a token; none where none was asked about.
    pub token: Option<f32>,
    /// The weight of a cell before and after; none where none was asked about.
    pub cell: Option<[f32; 2]>,
    /// A logit before and after; none where none was asked about.
    pub output: Option<[f32; 2]>,
}

impl Effect {
    /// Compares two traces: of one input before and after, or of two.
    pub fn new(before: &Trace, after: &Trace) -> Self {
        let cosine = |pooling| Some(cosine(&pool(before, pooling)?, &pool(after, pooling)?));
        Self { cosines: EFFECT_POOLINGS.map(cosine), token: None, cell: None, output: None }
    }

    /// Compares two traces of one input, also by what was asked about, but for a logit, which the model's heads give.
    pub fn on(before: &Trace, after: &Trace, target: &EffectTarget) -> Self {
        let vectors = target.token.as_ref().map(|tokens| [before, after].map(|it| last_vector(it, tokens)));
        let token = vectors.and_then(|[before, after]| Some(cosine(&before?, &after?)));
        let cell = target.cell.as_ref().and_then(|cell| Some([cell.weight(before)?, cell.weight(after)?]));
        Self { token, cell, ..Self::new(before, after) }
    }

    /// The cosine under a pooling; none for one that is not measured or not there.
    pub fn cosine(&self, pooling: Pooling) -> Option<f32> {
        EFFECT_POOLINGS.iter().zip(self.cosines).find(|(measured, _)| **measured == pooling)?.1
    }

    /// The cosine of a vector with what it was, or the weight of the cell or the logit after; none of what is not there.
    pub fn value(&self, affected: Affected) -> Option<f32> {
        match affected {
            Affected::Token => self.token,
            Affected::Cell => self.cell.map(|[_, after]| after),
            Affected::Output => self.output.map(|[_, after]| after),
            _ => self.cosine(affected.pooling()?),
        }
    }

    /// How much it has changed: 1 − that cosine, in 0..=2, or how far the cell's weight or the logit is from what it was.
    pub fn loss(&self, affected: Affected) -> Option<f32> {
        match affected {
            Affected::Cell => self.cell.map(|[before, after]| (after - before).abs()),
            Affected::Output => self.output.map(|[before, after]| (after - before).abs()),
            _ => self.value(affected).map(|cosine| 1.0 - cosine),
        }
    }
}

/// The mean of some tokens' vectors behind the last layer, `[hidden]`; none of tokens that are not there, or where a number is
/// not finite.
fn last_vector(trace: &Trace, tokens: &Range<usize>) -> Option<Vec<f32>> {
    if tokens.is_empty() || tokens.end > trace.tokens.len() {
        return None;
    }
    let mut sum = vec![0.0; trace.hidden_size];
    for token in tokens.clone() {
        let state = trace.hidden_state(trace.layers, token);
        sum.iter_mut().zip(state).for_each(|(sum, value)| *sum += value / tokens.len() as f32);
    }
    sum.iter().all(|value| value.is_finite()).then_some(sum)
}

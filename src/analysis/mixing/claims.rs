use super::{SourceShares, UnitKind, explained_by, unit_kinds};
use crate::{
    analysis::{Measure, MeasuredTrace, Pooling, Units, pool},
    bert::Trace,
    messages::{Label, label},
};

/// What is often said of `[CLS]` and the words, tested on one sentence, behind the last layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Claims {
    /// The same tests under each measure.
    pub measures: Vec<MeasureClaims>,
    /// How much of the last `[CLS]` vector's squared length the best non-negative combination of the words' input vectors explains.
    pub by_inputs: f64,
    /// The same of the words' last vectors.
    pub by_outputs: f64,
    /// How many words there are.
    pub words: usize,
}

/// What one measure says of them.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasureClaims {
    /// Which.
    pub measure: Measure,
    /// How many words are the largest part of their own vector.
    pub largest: usize,
    /// The mean share of a word in its own vector.
    pub own: f32,
    /// How many of the words and of `[CLS]` share the words more evenly than `[CLS]`; none where there are no two words.
    pub more_even: Option<usize>,
    /// The evenness of `[CLS]` over the words.
    pub cls_evenness: Option<f32>,
    /// How many words share the *other* words more evenly than `[CLS]` shares the words.
    pub more_even_over_others: Option<usize>,
    /// The share of `[CLS]` itself in its own vector.
    pub cls_own: f32,
}

/// Whether a claim holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Under every measure.
    Holds,
    /// Under none.
    Fails,
    /// Under some.
    Depends,
    /// So few sentences cannot tell.
    Open,
}

impl Verdict {
    /// Of what each measure says.
    pub fn of(each: impl IntoIterator<Item = bool>) -> Self {
        let each: Vec<bool> = each.into_iter().collect();
        match each.iter().filter(|holds| **holds).count() {
            0 => Verdict::Fails,
            some if some == each.len() => Verdict::Holds,
            _ => Verdict::Depends,
        }
    }

    /// For people.
    pub fn label(self) -> Label {
        match self {
            Verdict::Holds => label!("mixing-verdict-holds"),
            Verdict::Fails => label!("mixing-verdict-fails"),
            Verdict::Depends => label!("mixing-depends"),
            Verdict::Open => label!("mixing-open"),
        }
    }

    /// In files.
    pub fn id(self) -> &'static str {
        match self {
            Verdict::Holds => "holds",
            Verdict::Fails => "fails",
            Verdict::Depends => "depends",
            Verdict::Open => "open",
        }
    }
}

impl Claims {
    /// The least part of `[CLS]` that has to be explained for it to be an average.
    pub const EXPLAINED: f64 = 0.9;

    /// Tests them under measures, all of which are [there](MeasuredTrace::has); none where there is no word or no `[CLS]`.
    pub fn new(trace: &MeasuredTrace, units: &Units, measures: &[Measure]) -> Option<Self> {
        let kinds = unit_kinds(trace, units);
        let words: Vec<usize> = (0..units.len()).filter(|&unit| kinds[unit] == UnitKind::Word).collect();
        if words.is_empty() || kinds.first() != Some(&UnitKind::Special) || trace.layers == 0 {
            return None;
        }
        let cls = pool(trace, Pooling::Cls)?;
        let explained = |layer: usize| {
            let vectors: Vec<Vec<f32>> = words.iter().map(|&word| unit_state(trace, units, layer, word)).collect();
            explained_by(&cls, &vectors.iter().map(Vec::as_slice).collect::<Vec<_>>())
        };
        Some(Self {
            measures: measures.iter().map(|&measure| MeasureClaims::new(trace, units, &words, measure)).collect(),
            by_inputs: explained(0),
            by_outputs: explained(trace.layers),
            words: words.len(),
        })
    }

    /// (a) In a word's own vector its own meaning dominates: each word is the largest part of its own vector.
    pub fn own_dominates(&self) -> Verdict {
        Verdict::of(self.measures.iter().map(|measure| measure.largest == self.words))
    }

    /// (b) `[CLS]` mixes the words more evenly than any word does; none where there are no two words.
    pub fn cls_is_fair(&self) -> Option<Verdict> {
        let each: Option<Vec<bool>> = self.measures.iter().map(|measure| Some(measure.more_even? == 0)).collect();
        Some(Verdict::of(each?))
    }

    /// (d) `[CLS]` stands for the sentence as well as the mean of all tokens does: two unrelated sentences are no closer under it. Of
    /// their mean cosines.
    pub fn stands_for_sentence(cls: f64, mean: f64) -> Verdict {
        Verdict::of([cls <= mean])
    }

    /// (c) `[CLS]` is a weighted average of the words.
    pub fn cls_is_average(&self) -> Verdict {
        Verdict::of([self.by_inputs >= Self::EXPLAINED])
    }
}

impl MeasureClaims {
    fn new(trace: &MeasuredTrace, units: &Units, words: &[usize], measure: Measure) -> Self {
        let last = trace.layers - 1;
        let of = |unit| SourceShares::new(trace, units, measure, last, unit);
        let (cls, each): (_, Vec<SourceShares>) = (of(0), words.iter().map(|&word| of(word)).collect());
        let count = |more: &dyn Fn(&SourceShares) -> Option<f32>| {
            let least = cls.evenness?;
            Some(each.iter().filter(|shares| more(shares).is_some_and(|evenness| evenness > least)).count())
        };
        Self {
            measure,
            largest: each.iter().zip(words).filter(|(shares, word)| shares.largest == **word).count(),
            own: each.iter().map(|shares| shares.own).sum::<f32>() / words.len() as f32,
            more_even: count(&|shares| shares.evenness),
            more_even_over_others: count(&|shares| shares.evenness_of_others),
            cls_evenness: cls.evenness,
            cls_own: cls.own,
        }
    }
}

/// The mean vector of a unit's tokens, `[hidden]`; layer 0 is the input.
pub(in crate::analysis) fn unit_state(trace: &Trace, units: &Units, layer: usize, unit: usize) -> Vec<f32> {
    let (tokens, size) = (units.tokens(unit), trace.hidden_size);
    let states = trace.hidden_layer(layer)[tokens.start * size..tokens.end * size].chunks_exact(size);
    let mut mean = vec![0.0; size];
    states.for_each(|state| mean.iter_mut().zip(state).for_each(|(sum, value)| *sum += value / tokens.len() as f32));
    mean
}

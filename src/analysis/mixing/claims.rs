use super::{MixingClaim, SourceShares, UnitKind, Verdict, explained_by, unit_kinds};
use crate::{
    analysis::{Measure, MeasuredTrace, Pooling, Units, pool},
    bert::Trace,
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

/// A number that a claim is tested by on one sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SentenceTest {
    /// The claim.
    pub claim: MixingClaim,
    /// The measure, the vectors or the pooling that it is found under, by its id.
    pub under: &'static str,
    /// The number.
    pub number: f64,
    /// Whether it is as the claim says.
    pub holds: bool,
    /// Whether the verdict on the claim rests on it; else it is told beside.
    pub decides: bool,
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

    /// Every test of every claim. `unrelated` is the mean cosine of unrelated sentences under `cls` and under `mean`, as far as it is known.
    ///
    /// A word's own meaning dominates where each word is the largest part of its own vector; `[CLS]` is fair where no word shares the words
    /// more evenly, which takes two words; it is an average where that of the words' input vectors explains enough of it; and it stands for
    /// the sentence as the mean does where unrelated sentences are no closer under it.
    pub fn tests(&self, unrelated: Option<[f64; 2]>) -> Vec<SentenceTest> {
        let test = |claim, under, number, holds| SentenceTest { claim, under, number, holds, decides: true };
        let part = |count: usize| count as f64 / self.words as f64;
        let own = self
            .measures
            .iter()
            .map(|of| test(MixingClaim::OwnDominates, of.measure.id(), part(of.largest), of.largest == self.words));
        let fair = self.measures.iter().filter_map(|of| {
            let more_even = of.more_even?;
            Some(test(MixingClaim::ClsIsFair, of.measure.id(), part(more_even), more_even == 0))
        });
        let average =
            [("inputs", self.by_inputs, true), ("outputs", self.by_outputs, false)].map(|(under, number, decides)| {
                let holds = number >= Self::EXPLAINED;
                SentenceTest { decides, ..test(MixingClaim::ClsIsAverage, under, number, holds) }
            });
        let stands = unrelated.into_iter().flat_map(|[cls, mean]| {
            [("cls", cls), ("mean", mean)]
                .map(|(under, cosine)| test(MixingClaim::StandsForSentence, under, cosine, cls <= mean))
        });
        own.chain(fair).chain(average).chain(stands).collect()
    }

    /// What the tests that decide say of a claim; none where there are none.
    pub fn verdict(&self, claim: MixingClaim, unrelated: Option<[f64; 2]>) -> Option<Verdict> {
        let tests = self.tests(unrelated);
        let mut deciding = tests.iter().filter(|test| test.claim == claim && test.decides).peekable();
        deciding.peek()?;
        Some(Verdict::of(deciding.map(|test| test.holds)))
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

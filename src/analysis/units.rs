use std::{
    collections::BTreeSet,
    ops::Range,
    sync::{Arc, OnceLock},
};

use super::{Grain, Specials, kept::Kept, words};
use crate::bert::Trace;

/// The units attention is counted in: runs of tokens, in reading order; every token is in one.
#[derive(Clone, Debug)]
pub struct Units {
    tokens: Vec<Range<usize>>,
    special: Vec<bool>,
    /// How much of the attention stays on what is not special, worked out when it is first asked for; in tokens, so that
    /// pieces and words share it.
    kept: Arc<OnceLock<Kept>>,
}

impl Units {
    /// The units of a trace.
    pub fn new(trace: &Trace, grain: Grain) -> Self {
        Self::sharing(Arc::default(), trace, grain)
    }

    /// The units of a trace, pieces and words, with what scaling without specials needs worked out already: at 512
    /// tokens and 12x12 heads that takes longer than a key may.
    pub fn prepared(trace: &Trace) -> [Self; 2] {
        let kept = Arc::new(OnceLock::from(Kept::new(trace)));
        [Grain::Pieces, Grain::Words].map(|grain| Self::sharing(Arc::clone(&kept), trace, grain))
    }

    fn sharing(kept: Arc<OnceLock<Kept>>, trace: &Trace, grain: Grain) -> Self {
        let count = trace.tokens.len();
        let mut tokens: Vec<Range<usize>> = Vec::with_capacity(count);
        if grain == Grain::Words {
            for word in words(&trace.tokens) {
                let done = tokens.last().map_or(0, |unit| unit.end);
                tokens.extend((done..word.tokens.start).map(|i| i..i + 1));
                tokens.push(word.tokens);
            }
        }
        let done = tokens.last().map_or(0, |unit| unit.end);
        tokens.extend((done..count).map(|i| i..i + 1));
        // An [UNK] is declared special as well, but it stands for a word of the text, and a typed [MASK] does.
        let added = |unit: &Range<usize>| trace.tokens[unit.clone()].iter().all(|token| token.span.is_none());
        let special = tokens.iter().map(added).collect();
        Self { tokens, special, kept }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The tokens of a unit.
    pub fn tokens(&self, unit: usize) -> Range<usize> {
        self.tokens[unit].clone()
    }

    /// Whether it is a special that the tokenizer has added: `[CLS]`, `[SEP]`.
    pub fn is_special(&self, unit: usize) -> bool {
        self.special[unit]
    }

    /// How a unit is written: its token, or its pieces joined.
    pub fn text(&self, trace: &Trace, unit: usize) -> String {
        let tokens = trace.tokens[self.tokens(unit)].iter().enumerate();
        tokens.map(|(i, token)| if i == 0 { token.text.as_str() } else { token.plain() }).collect()
    }

    /// The unit a token is in.
    pub fn unit_of(&self, token: usize) -> usize {
        self.tokens.partition_point(|unit| unit.end <= token).min(self.len().saturating_sub(1))
    }

    /// Those a lens shows.
    pub fn shown(&self, specials: Specials) -> impl Iterator<Item = usize> {
        (0..self.len()).filter(move |&unit| specials == Specials::Shown || !self.special[unit])
    }

    /// Those that have a column: what a lens shows, or all where that is nothing, as of a sentence of nothing but
    /// specials.
    pub fn columns(&self, specials: Specials) -> Vec<usize> {
        let shown: Vec<usize> = self.shown(specials).collect();
        if shown.is_empty() { (0..self.len()).collect() } else { shown }
    }

    /// Those of some tokens, ascending, as far as they are among `columns`.
    pub fn of_tokens(&self, tokens: &BTreeSet<usize>, columns: &[usize]) -> Vec<usize> {
        let units: BTreeSet<usize> = tokens.iter().map(|&token| self.unit_of(token)).collect();
        units.into_iter().filter(|unit| columns.binary_search(unit).is_ok()).collect()
    }

    /// How much of each token's attention stays on what is not special; `trace` is the one these are units of.
    pub(super) fn kept(&self, trace: &Trace) -> &Kept {
        self.kept.get_or_init(|| Kept::new(trace))
    }

    /// `[unit]`: a row of weights over tokens, summed over the tokens of each.
    pub(super) fn add(&self, row: &[f32], weights: &mut [f32]) {
        if self.tokens.len() == row.len() {
            weights.iter_mut().zip(row).for_each(|(weight, token)| *weight += token);
            return;
        }
        for (weight, unit) in weights.iter_mut().zip(&self.tokens) {
            *weight += row[unit.clone()].iter().sum::<f32>();
        }
    }

    /// Takes what goes to specials out of `[unit]` weights, and returns how much that was.
    pub(super) fn take_specials(&self, weights: &mut [f32]) -> f32 {
        let special = weights.iter_mut().zip(&self.special).filter(|(_, special)| **special);
        special.map(|(weight, _)| std::mem::take(weight)).sum()
    }
}

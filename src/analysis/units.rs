use std::{collections::BTreeSet, ops::Range};

use super::{Granularity, Specials, words};
use crate::bert::{Token, Trace, spelled_out};

/// The units attention is counted in: runs of tokens, in reading order; every token is in one.
#[derive(Clone, Debug)]
pub struct Units {
    tokens: Vec<Range<usize>>,
    special: Vec<bool>,
    /// Whether the pieces of words are joined.
    joined: bool,
}

impl Units {
    /// The units of a trace.
    pub fn new(trace: &Trace, granularity: Granularity) -> Self {
        let count = trace.tokens.len();
        let mut tokens: Vec<Range<usize>> = Vec::with_capacity(count);
        if granularity == Granularity::Words {
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
        Self { tokens, special, joined: granularity == Granularity::Words }
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

    /// The units that are written so, in whatever case. `[CLS]` and `[SEP]` are the first of the specials that the tokenizer has
    /// added and the others, also where it writes `<s>` and `</s>`.
    pub fn written<'t>(&'t self, trace: &'t Trace, text: &str) -> impl Iterator<Item = usize> + use<'t> {
        let wanted = text.to_lowercase();
        let plays = move |unit: usize, role: &str| match role {
            "[cls]" => self.special[unit] && unit == 0,
            "[sep]" => self.special[unit] && unit > 0,
            _ => false,
        };
        let spellings = move |unit| [self.text(trace, unit), self.in_sentence(trace, unit)];
        let is_spelt = move |unit, wanted: &str| spellings(unit).iter().any(|text| text.to_lowercase() == wanted);
        (0..self.len()).filter(move |&unit| plays(unit, &wanted) || is_spelt(unit, &wanted))
    }

    /// How a unit is written: its token as the vocabulary spells it, or its pieces joined without the tokenizer's marks. Bytes
    /// that the vocabulary spells one by one are written as the text that they are.
    pub fn text(&self, trace: &Trace, unit: usize) -> String {
        let tokens = &trace.tokens[self.tokens(unit)];
        if let ([token], false) = (tokens, self.joined) {
            return token.written().into_owned();
        }
        let plain: String = tokens.iter().map(Token::plain).collect();
        match tokens {
            // Nothing but marks: blanks.
            _ if plain.is_empty() => tokens.iter().map(|token| token.text.as_str()).collect(),
            // A character may be of several pieces.
            [first, ..] if first.of_bytes => spelled_out(&plain),
            _ => plain,
        }
    }

    /// The same in a sentence, where one token is spoken of and not how words are split: without the mark of a blank before it
    /// (`▁`, `Ġ`).
    pub fn in_sentence(&self, trace: &Trace, unit: usize) -> String {
        match (&trace.tokens[self.tokens(unit)], self.joined) {
            ([token], false) => token.in_sentence(),
            _ => self.text(trace, unit),
        }
    }

    /// The unit a token is in.
    pub fn unit_of(&self, token: usize) -> usize {
        self.tokens.partition_point(|unit| unit.end <= token).min(self.len().saturating_sub(1))
    }

    /// Those that are shown.
    pub fn shown(&self, specials: Specials) -> impl Iterator<Item = usize> {
        (0..self.len()).filter(move |&unit| specials == Specials::Shown || !self.special[unit])
    }

    /// Those that have a column: what is shown, or all where that is nothing, as of a sentence of nothing but
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

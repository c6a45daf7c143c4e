use std::ops::Range;

use crate::bert::{Sentence, Token};

/// Some of the tokens, as runs of neighbours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TokenGroup(Vec<Range<usize>>);

impl TokenGroup {
    /// The tokens that stand for text; of one sentence or, without, of both. A typed `[MASK]` and an `[UNK]` do.
    pub(super) fn text(tokens: &[Token], sentence: Option<Sentence>) -> Self {
        let is_in = |token: &Token| token.span.is_some() && sentence.is_none_or(|sentence| token.sentence == sentence);
        Self::of(tokens.iter().enumerate(), is_in)
    }

    /// The specials that the tokenizer has added, but for a `[CLS]` at the beginning.
    pub(super) fn separators(tokens: &[Token]) -> Self {
        Self::of((1..).zip(tokens.iter().skip(1)), |token| token.span.is_none())
    }

    fn of<'t>(tokens: impl Iterator<Item = (usize, &'t Token)>, is_in: impl Fn(&Token) -> bool) -> Self {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (at, _) in tokens.filter(|(_, token)| is_in(token)) {
            match runs.last_mut() {
                Some(run) if run.end == at => run.end = at + 1,
                _ => runs.push(at..at + 1),
            }
        }
        Self(runs)
    }

    /// How many tokens are in it.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(ExactSizeIterator::len).sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How much of a row of weights, `[token]`, goes to the tokens in it.
    pub(super) fn share(&self, row: &[f32]) -> f32 {
        self.0.iter().map(|run| sum(&row[run.clone()])).sum()
    }
}

/// In eight sums side by side, which a processor adds at once.
fn sum(weights: &[f32]) -> f32 {
    let (eights, rest) = weights.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for eight in eights {
        for (sum, weight) in sums.iter_mut().zip(eight) {
            *sum += weight;
        }
    }
    sums.iter().sum::<f32>() + rest.iter().sum::<f32>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_the_sum_over_the_runs() {
        let row: Vec<f32> = (0..30).map(|at| at as f32).collect();
        let group = TokenGroup(vec![0..1, 2..21, 29..30]);
        assert_eq!(group.share(&row), (2..21).sum::<i32>() as f32 + 29.0);
        assert_eq!((group.len(), group.is_empty()), (21, false));
        assert_eq!(TokenGroup::default().share(&row), 0.0);
    }
}

//! What each head does on the whole, in one number.

use super::effective_tokens;
use crate::bert::{Sentence, Trace};

/// A number that characterises a head, averaged over the tokens that look (Clark et al. 2019).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Statistic {
    /// The effective number of tokens looked at, in tokens.
    #[default]
    Spread,
    /// The share that goes to `[SEP]`.
    ToSeparator,
    /// The share that goes to `[CLS]`.
    ToCls,
    /// The share that stays on the token that looks.
    ToItself,
    /// The share that goes to the token before.
    ToPrevious,
    /// The share that goes to the token after.
    ToNext,
    /// The share that goes to the other sentence of a pair, its `[SEP]` left out; of tokens that are in a sentence.
    ToOther,
}

impl Statistic {
    /// Every statistic, in the order a key goes through them.
    pub const ALL: &'static [Statistic] = &[
        Statistic::Spread,
        Statistic::ToSeparator,
        Statistic::ToCls,
        Statistic::ToItself,
        Statistic::ToPrevious,
        Statistic::ToNext,
        Statistic::ToOther,
    ];

    /// In a few words.
    pub fn name(self) -> &'static str {
        match self {
            Statistic::Spread => "spread",
            Statistic::ToSeparator => "to [SEP]",
            Statistic::ToCls => "to [CLS]",
            Statistic::ToItself => "to itself",
            Statistic::ToPrevious => "to previous",
            Statistic::ToNext => "to next",
            Statistic::ToOther => "to other sentence",
        }
    }

    /// The one after this, around the circle.
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|statistic| *statistic == self).unwrap_or(0);
        Self::ALL[(at + 1) % Self::ALL.len()]
    }

    /// Whether it is a share in 0..=1, rather than a number of tokens.
    pub fn is_share(self) -> bool {
        self != Statistic::Spread
    }
}

/// What a head is known for, when most of its attention follows one pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// Half or more of its attention goes to the token before.
    Previous,
    /// Half or more goes to the token after.
    Next,
    /// Half or more stays where it is.
    Itself,
    /// Half or more goes to `[SEP]`.
    Separator,
    /// Half or more goes to `[CLS]`.
    Cls,
    /// It is spread over two thirds of the tokens or more.
    Broad,
}

impl Pattern {
    /// The share from which on a head follows a pattern.
    pub const SHARE: f32 = 0.5;
    /// The part of all tokens from which on a head is broad.
    pub const BROAD: f32 = 2.0 / 3.0;

    /// In a word.
    pub fn name(self) -> &'static str {
        match self {
            Pattern::Previous => "previous",
            Pattern::Next => "next",
            Pattern::Itself => "itself",
            Pattern::Separator => "[SEP]",
            Pattern::Cls => "[CLS]",
            Pattern::Broad => "broad",
        }
    }
}

/// The statistics of every head of a trace.
#[derive(Clone, Debug, PartialEq)]
pub struct HeadStatistics {
    /// `[layer, head, statistic]`.
    values: Vec<f32>,
    heads: usize,
    tokens: usize,
}

impl HeadStatistics {
    /// Measures every head.
    pub fn new(trace: &Trace) -> Self {
        let tokens = trace.tokens.len();
        let added: Vec<bool> = trace.tokens.iter().map(|token| token.span.is_none()).collect();
        // What the tokenizer added, but for the first: the separators.
        let separators: Vec<usize> = (1..tokens).filter(|&token| added[token]).collect();
        let side = |sentence| -> Vec<usize> {
            (0..tokens).filter(|&token| !added[token] && trace.tokens[token].sentence == sentence).collect()
        };
        let (a, b) = (side(Sentence::A), side(Sentence::B));
        let mut values = Vec::with_capacity(trace.layers * trace.heads * Statistic::ALL.len());
        for layer in 0..trace.layers {
            for head in 0..trace.heads {
                let row = |query| trace.attention(layer, head, query);
                let mean = |value: &dyn Fn(usize) -> f32| (0..tokens).map(value).sum::<f32>() / tokens.max(1) as f32;
                let across = |from: &[usize], to: &[usize]| -> f32 {
                    from.iter().map(|&query| to.iter().map(|&key| row(query)[key]).sum::<f32>()).sum()
                };
                let words = (a.len() + b.len()).max(1) as f32;
                for statistic in Statistic::ALL {
                    values.push(match statistic {
                        Statistic::Spread => mean(&|query| effective_tokens(row(query))),
                        Statistic::ToSeparator => mean(&|query| separators.iter().map(|&key| row(query)[key]).sum()),
                        Statistic::ToCls => mean(&|query| row(query)[0]),
                        Statistic::ToItself => mean(&|query| row(query)[query]),
                        // The first token has none before it, the last none after it.
                        Statistic::ToPrevious => neighbours(1..tokens, |query| row(query)[query - 1]),
                        Statistic::ToNext => neighbours(0..tokens.saturating_sub(1), |query| row(query)[query + 1]),
                        Statistic::ToOther => (across(&a, &b) + across(&b, &a)) / words,
                    });
                }
            }
        }
        Self { values, heads: trace.heads, tokens }
    }

    /// One head's number; layers and heads from 0.
    pub fn value(&self, layer: usize, head: usize, statistic: Statistic) -> f32 {
        self.values[(layer * self.heads + head) * Statistic::ALL.len() + statistic as usize]
    }

    /// What a head is known for, if for anything.
    pub fn pattern(&self, layer: usize, head: usize) -> Option<Pattern> {
        let value = |statistic| self.value(layer, head, statistic);
        let shares = [
            (Statistic::ToPrevious, Pattern::Previous),
            (Statistic::ToNext, Pattern::Next),
            (Statistic::ToItself, Pattern::Itself),
            (Statistic::ToSeparator, Pattern::Separator),
            (Statistic::ToCls, Pattern::Cls),
        ];
        let strongest = shares.into_iter().max_by(|a, b| value(a.0).total_cmp(&value(b.0)));
        match strongest {
            Some((statistic, pattern)) if value(statistic) >= Pattern::SHARE => Some(pattern),
            _ if value(Statistic::Spread) >= Pattern::BROAD * self.tokens as f32 => Some(Pattern::Broad),
            _ => None,
        }
    }
}

fn neighbours(queries: std::ops::Range<usize>, share: impl Fn(usize) -> f32) -> f32 {
    let count = queries.len().max(1) as f32;
    queries.map(share).sum::<f32>() / count
}

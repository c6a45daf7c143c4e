use std::{fmt, str::FromStr};

use super::group::TokenGroup;
use crate::{
    bert::{Sentence, Trace},
    messages::find_named,
};

/// A number that characterises a head, averaged over the tokens that look (Clark et al. 2019). Tokens are pieces.
///
/// The last nine share out the attention of a sentence's tokens, or of `[CLS]`: what goes to A's tokens, to B's, and to
/// the specials that the tokenizer has added (`[CLS]` and each `[SEP]`) is 1 together. A typed `[MASK]` and an `[UNK]`
/// are tokens of their sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Statistic {
    /// The effective number of tokens looked at, in tokens; mean over all tokens.
    #[default]
    EffectiveTokens,
    /// The share that goes to `[SEP]`, of a pair to both; mean over all tokens.
    ToSeparator,
    /// The share that goes to `[CLS]`; mean over all tokens.
    ToCls,
    /// The share that stays on the token that looks; mean over all tokens.
    ToItself,
    /// The share that goes to the token before; mean over all tokens but the first.
    ToPrevious,
    /// The share that goes to the token after; mean over all tokens but the last.
    ToNext,
    /// The share that goes to the tokens of the other sentence; mean over the tokens of both.
    ToOther,
    /// The share that goes to A's tokens; mean over A's tokens.
    AToA,
    /// The share that goes to B's tokens; mean over A's tokens.
    AToB,
    /// The share that goes to specials; mean over A's tokens.
    AToSpecials,
    /// The share that goes to A's tokens; mean over B's tokens.
    BToA,
    /// The share that goes to B's tokens; mean over B's tokens.
    BToB,
    /// The share that goes to specials; mean over B's tokens.
    BToSpecials,
    /// The share of `[CLS]`'s own attention that goes to A's tokens.
    ClsToA,
    /// The share of `[CLS]`'s own attention that goes to B's tokens.
    ClsToB,
    /// The share of `[CLS]`'s own attention that goes to specials, itself among them.
    ClsToSpecials,
    /// What the token that looks gives the tokens that are marked, of its own row: it depends on what is chosen, and is not worked
    /// out with the trace; see [`HeadLinks`](super::HeadLinks).
    ToMarked,
}

/// The tokens over whose attention a statistic is the mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looking {
    /// All that have such a neighbour.
    AllTokens,
    /// The tokens of both sentences.
    BothSentences,
    /// The tokens of A.
    SentenceA,
    /// The tokens of B.
    SentenceB,
    /// `[CLS]` alone.
    Cls,
    /// The token that is chosen.
    Source,
}

impl Statistic {
    /// Every statistic of a trace, in the order a key goes through them.
    pub const ALL: &'static [Statistic] = &[
        Statistic::EffectiveTokens,
        Statistic::ToSeparator,
        Statistic::ToCls,
        Statistic::ToItself,
        Statistic::ToPrevious,
        Statistic::ToNext,
        Statistic::ToOther,
        Statistic::AToA,
        Statistic::AToB,
        Statistic::AToSpecials,
        Statistic::BToA,
        Statistic::BToB,
        Statistic::BToSpecials,
        Statistic::ClsToA,
        Statistic::ClsToB,
        Statistic::ClsToSpecials,
    ];

    /// Those a text has a value for: without tokens of B, or of A, there is nothing about those.
    pub fn of(trace: &Trace) -> Vec<Self> {
        let has = |sentence| !TokenGroup::text(&trace.tokens, Some(sentence)).is_empty();
        let (a, b) = (has(Sentence::A), has(Sentence::B));
        let cls = trace.tokens.first().is_some_and(|token| token.span.is_none());
        let applies = |statistic| match statistic {
            Self::EffectiveTokens
            | Self::ToSeparator
            | Self::ToCls
            | Self::ToItself
            | Self::ToPrevious
            | Self::ToNext => true,
            Self::ToOther | Self::AToB | Self::BToA => a && b,
            Self::AToA | Self::AToSpecials => a,
            Self::BToB | Self::BToSpecials => b,
            Self::ClsToA => cls && a,
            Self::ClsToB => cls && b,
            Self::ClsToSpecials => cls,
            Self::ToMarked => false,
        };
        Self::ALL.iter().copied().filter(|&statistic| applies(statistic)).collect()
    }

    /// As it is saved, and the name of its column in files.
    pub fn id(self) -> &'static str {
        match self {
            Statistic::EffectiveTokens => "spread",
            Statistic::ToSeparator => "to [SEP]",
            Statistic::ToCls => "to [CLS]",
            Statistic::ToItself => "to itself",
            Statistic::ToPrevious => "to previous",
            Statistic::ToNext => "to next",
            Statistic::ToOther => "to other sentence",
            Statistic::AToA => "A→A",
            Statistic::AToB => "A→B",
            Statistic::AToSpecials => "A→specials",
            Statistic::BToA => "B→A",
            Statistic::BToB => "B→B",
            Statistic::BToSpecials => "B→specials",
            Statistic::ClsToA => "[CLS]→A",
            Statistic::ClsToB => "[CLS]→B",
            Statistic::ClsToSpecials => "[CLS]→specials",
            Statistic::ToMarked => "source→marked",
        }
    }

    /// Whether it is a share in 0..=1, rather than a number of tokens.
    pub fn is_share(self) -> bool {
        self != Statistic::EffectiveTokens
    }

    /// Over whose attention it is the mean.
    pub fn looking(self) -> Looking {
        match self {
            Statistic::ToOther => Looking::BothSentences,
            Statistic::AToA | Statistic::AToB | Statistic::AToSpecials => Looking::SentenceA,
            Statistic::BToA | Statistic::BToB | Statistic::BToSpecials => Looking::SentenceB,
            Statistic::ClsToA | Statistic::ClsToB | Statistic::ClsToSpecials => Looking::Cls,
            Statistic::ToMarked => Looking::Source,
            _ => Looking::AllTokens,
        }
    }
}

impl fmt::Display for Statistic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl FromStr for Statistic {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        find_named(text, Self::ALL.iter().copied().chain([Self::ToMarked]), |statistic| statistic.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statistics_stand_in_the_order_of_their_list() {
        for (at, &statistic) in Statistic::ALL.iter().enumerate() {
            assert_eq!(statistic as usize, at);
        }
    }
}

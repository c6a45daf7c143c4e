use crate::messages::{Label, label, message};

/// What is often said of `[CLS]` and the words: one of four.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MixingClaim {
    /// In a word's own vector its own meaning dominates.
    OwnDominates,
    /// `[CLS]` mixes the words more evenly than any word does.
    ClsIsFair,
    /// `[CLS]` is a weighted average of the words.
    ClsIsAverage,
    /// `[CLS]` stands for the sentence, as the mean of all tokens does.
    StandsForSentence,
}

impl MixingClaim {
    /// All four.
    pub const ALL: [Self; 4] = [Self::OwnDominates, Self::ClsIsFair, Self::ClsIsAverage, Self::StandsForSentence];

    /// In files.
    pub fn id(self) -> &'static str {
        match self {
            MixingClaim::OwnDominates => "a",
            MixingClaim::ClsIsFair => "b",
            MixingClaim::ClsIsAverage => "c",
            MixingClaim::StandsForSentence => "d",
        }
    }

    /// What it says; `first` is what the tokenizer calls the first token.
    pub fn says(self, first: &str) -> String {
        match self {
            MixingClaim::OwnDominates => message!("mixing-claim-a"),
            MixingClaim::ClsIsFair => message!("mixing-claim-b", first = first),
            MixingClaim::ClsIsAverage => message!("mixing-claim-c", first = first),
            MixingClaim::StandsForSentence => message!("mixing-claim-d", first = first),
        }
    }
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

use super::{
    super::{Pooling, UnitClass},
    BlindLayers,
};

/// A number that each sentence has, and of which many have a mean. Measures are named by their place among those that are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MixingNumber {
    /// The share of a token in its own last vector, the biases left aside; by what its word is.
    Own(UnitClass, usize),
    /// How often a token is the largest part of its own last vector.
    Largest(UnitClass, usize),
    /// How evenly the words share a last vector.
    Evenness(MixingRow, usize),
    /// The same as a Gini coefficient: 0 where they share alike.
    Gini(MixingRow, usize),
    /// The strongest word's share, as a multiple of a fair one.
    Strongest(MixingRow, usize),
    /// The evenness of `[CLS]` less that of another vector of the sentence.
    MoreEven(MixingRow, usize),
    /// The share of a part in a sentence's vector.
    From(Pooling, SharePart, usize),
    /// How much of what tells a sentence's vector from those of others comes from a part: of the exact split of DecompX.
    Varies(Pooling, SharePart),
    /// How much of `[CLS]` the attention block of a layer takes from other tokens.
    Taken(usize),
    /// The cosine of the last `[CLS]` to the same with `[CLS]` blind; centred on the mean of the sentences or not.
    Blind(BlindLayers, bool),
    /// How much of the last `[CLS]` the best combination of word vectors with coefficients of 0 or more explains; centred or not.
    Explained(ExplainedBy, bool),
    /// Spearman's rank correlation of the words' shares in a sentence's vector with what happens to it without them.
    Trust(Pooling, WordEffect, usize),
}

/// A vector whose words are compared in evenness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MixingRow {
    /// Of a unit.
    Unit(UnitClass),
    /// Of a word, by the other words only.
    OtherWords(UnitClass),
    /// The mean over all tokens.
    Mean,
}

impl MixingRow {
    /// Every row, in the order shown.
    pub const ALL: [Self; 8] = [
        Self::Unit(UnitClass::Cls),
        Self::Unit(UnitClass::Content),
        Self::OtherWords(UnitClass::Content),
        Self::Unit(UnitClass::Function),
        Self::OtherWords(UnitClass::Function),
        Self::Unit(UnitClass::Sign),
        Self::Unit(UnitClass::Special),
        Self::Mean,
    ];

    /// In files.
    pub fn id(self) -> &'static str {
        match self {
            MixingRow::Unit(class) => class.id(),
            MixingRow::OtherWords(UnitClass::Content) => "content-word-others",
            MixingRow::OtherWords(_) => "function-word-others",
            MixingRow::Mean => "mean",
        }
    }
}

/// A part of a sentence's vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SharePart {
    /// What units of a class give.
    Units(UnitClass),
    /// What no token gives.
    Biases,
}

impl SharePart {
    /// Every part, in the order shown.
    pub const ALL: [Self; 6] = [
        Self::Units(UnitClass::Cls),
        Self::Units(UnitClass::Content),
        Self::Units(UnitClass::Function),
        Self::Units(UnitClass::Sign),
        Self::Units(UnitClass::Special),
        Self::Biases,
    ];

    /// In files.
    pub fn id(self) -> &'static str {
        match self {
            SharePart::Units(class) => class.id(),
            SharePart::Biases => "biases",
        }
    }
}

/// The word vectors that `[CLS]` may be an average of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExplainedBy {
    /// Before the first layer.
    Inputs,
    /// Before the last layer.
    BeforeLast,
    /// Behind the last layer.
    Outputs,
}

impl ExplainedBy {
    /// Every one, in the order of the layers.
    pub const ALL: [Self; 3] = [Self::Inputs, Self::BeforeLast, Self::Outputs];

    /// The hidden states of which layer, of so many.
    pub fn layer(self, layers: usize) -> usize {
        match self {
            ExplainedBy::Inputs => 0,
            ExplainedBy::BeforeLast => layers.saturating_sub(1),
            ExplainedBy::Outputs => layers,
        }
    }

    /// In files.
    pub fn id(self) -> &'static str {
        match self {
            ExplainedBy::Inputs => "inputs",
            ExplainedBy::BeforeLast => "before-last",
            ExplainedBy::Outputs => "outputs",
        }
    }
}

/// What is done to a word to see what happens to a vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordEffect {
    /// Its pieces are read as `[MASK]`.
    Replaced,
    /// No token looks at it.
    Hidden,
}

impl WordEffect {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Replaced, Self::Hidden];

    /// In files.
    pub fn id(self) -> &'static str {
        match self {
            WordEffect::Replaced => "masked",
            WordEffect::Hidden => "hidden",
        }
    }
}

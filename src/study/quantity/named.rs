//! The names of quantities, and what each is of.

use super::{LabelledSet, QuantityError};
use crate::{
    analysis::{Measure, SentenceVector, Statistic},
    messages::{Label, label},
};

macro_rules! quantities {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $label:expr, $unit:ident, [$($takes:literal),*];)*) => {
        /// A quantity, by name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum NamedQuantity { $($(#[$doc])* $name,)* }

        impl NamedQuantity {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// As files have it.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// What it is, for people.
            pub fn label(self) -> Label {
                match self { $(Self::$name => $label,)* }
            }

            /// What it is counted in.
            pub fn unit(self) -> QuantityUnit {
                match self { $(Self::$name => QuantityUnit::$unit,)* }
            }

            /// The parameters it takes, all of them; a head may be left out.
            pub fn takes(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($takes),*],)* }
            }
        }
    };
}

quantities! {
    /// How much of the attention of `from` goes to `to` in a layer; under another measure than `weight`, how much `from` takes from `to`.
    Share = "share", label!("quantity-share"), Percent, ["measure", "layer", "head", "from", "to"];
    /// The mean share of a word in its own last vector.
    OwnShare = "own-share", label!("quantity-own-share"), Percent, ["measure"];
    /// How many of the words are the largest part of their own last vector.
    WordsLargest = "words-largest", label!("quantity-words-largest"), Percent, ["measure"];
    /// The share of `[CLS]` in its own last vector.
    ClsOwnShare = "cls-own-share", label!("quantity-cls-own-share"), Percent, ["measure"];
    /// How many of the words share the words more evenly than `[CLS]` does.
    WordsMoreEven = "words-more-even", label!("quantity-words-more-even"), Percent, ["measure"];
    /// How many of the words share the other words more evenly than `[CLS]` shares the words.
    WordsMoreEvenApart = "words-more-even-apart", label!("quantity-words-more-even-apart"), Percent, ["measure"];
    /// How much of the last `[CLS]` vector the best weighted average of the words' input vectors explains.
    AverageOfInputs = "average-of-inputs", label!("quantity-average-of-inputs"), Percent, [];
    /// The same of the words' last vectors.
    AverageOfOutputs = "average-of-outputs", label!("quantity-average-of-outputs"), Percent, [];
    /// How much of what a layer's attention block puts into `from` comes from other tokens.
    MixingRatio = "mixing-ratio", label!("quantity-mixing-ratio"), Percent, ["layer", "from"];
    /// The largest value of a statistic among all heads of all layers.
    HeadLargest = "head-largest", label!("quantity-head-largest"), Percent, ["statistic"];
    /// The cosine of two vectors of the sentence.
    Cosine = "cosine", label!("quantity-cosine"), Number, ["vector", "other"];
    /// The cosine of the two sentences, each alone.
    PairCosine = "pair-cosine", label!("quantity-pair-cosine"), Number, ["vector"];
    /// How many of 100 unrelated pairs are less close than the two sentences.
    Percentile = "percentile", label!("quantity-percentile"), Percentile, ["vector"];
    /// The median cosine of unrelated sentences.
    UnrelatedCosine = "unrelated-cosine", label!("quantity-unrelated-cosine"), Number, ["vector"];
    /// The same under one vector, less that under another.
    UnrelatedCosineGap = "unrelated-cosine-gap", label!("quantity-unrelated-cosine-gap"), Number, ["vector", "other"];
    /// The length of the difference of two vectors of the sentence, over that of the second: 0 where they are the same.
    Difference = "difference", label!("quantity-difference"), Number, ["vector", "other"];
    /// How many times as many numbers a vector has as one token.
    SizeInTokens = "size-in-tokens", label!("quantity-size-in-tokens"), Number, ["vector"];
    /// The largest of a vector's numbers, whatever their signs.
    LargestValue = "largest-value", label!("quantity-largest-value"), Number, ["vector"];
    /// The cosine of a vector to itself without a head, or without all heads of a layer.
    AblatedCosine = "ablated-cosine", label!("quantity-ablated-cosine"), Number, ["vector", "layer", "head"];
    /// The largest loss of a vector, 1 − cosine, that ablating one head makes.
    SweepLargest = "sweep-largest", label!("quantity-sweep-largest"), Number, ["vector"];
    /// How many labelled sentences a classifier on a vector labels rightly that has seen the others only.
    Accuracy = "accuracy", label!("quantity-accuracy"), Percent, ["labels", "vector"];
    /// The same under one vector, less that under another.
    AccuracyGap = "accuracy-gap", label!("quantity-accuracy-gap"), Points, ["labels", "vector", "other"];
    /// The probability that a classifier trained on all labelled sentences gives to a label.
    Probability = "probability", label!("quantity-probability"), Percent, ["labels", "vector", "label"];
    /// The same while no token attends to the word `from`.
    ProbabilityWithout =
        "probability-without", label!("quantity-probability-without"), Percent, ["labels", "vector", "label", "from"];
    /// The probability that the model's own head gives to the second sentence following the first.
    NextSentence = "next-sentence", label!("quantity-next-sentence"), Percent, [];
    /// How many of the text's tokens are unknown to the model.
    UnknownShare = "unknown-share", label!("quantity-unknown-share"), Percent, [];
    /// How many tokens the sentence comes to.
    Tokens = "tokens", label!("quantity-tokens"), Count, [];
}

impl NamedQuantity {
    /// Whether it says something of what the text means to the model, which it cannot where most of the text is unknown.
    pub(super) fn is_of_meaning(self) -> bool {
        !matches!(self, Self::UnknownShare | Self::Tokens | Self::SizeInTokens | Self::Accuracy | Self::AccuracyGap)
    }
}

/// What a quantity is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantityUnit {
    /// A part of a whole, usually in 0..=1, told in percent.
    Percent,
    /// A difference of two such parts, in -1..=1, told in points of percent.
    Points,
    /// A part of unrelated pairs, in 0..=1, told in percent as every percentile.
    Percentile,
    /// A number as it is.
    Number,
    /// A whole number.
    Count,
}

/// A layer of the model at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayerName {
    /// By its number, from 1.
    Number(usize),
    /// The last.
    Last,
}

/// A quantity with what it is of. [`NamedQuantity::takes`] says which of them it takes.
#[derive(Clone, Debug, PartialEq)]
pub struct QuantityRequest {
    /// Which.
    pub quantity: NamedQuantity,
    /// Under which measure.
    pub measure: Option<Measure>,
    /// Of which vector.
    pub vector: Option<SentenceVector>,
    /// And of which other one.
    pub other: Option<SentenceVector>,
    /// A classifier of which labelled sentences.
    pub labels: Option<LabelledSet>,
    /// Which label of them.
    pub label: Option<String>,
    /// Of which statistic of heads.
    pub statistic: Option<Statistic>,
    /// In which layer.
    pub layer: Option<LayerName>,
    /// Of which head, from 1; of all together where there is none.
    pub head: Option<usize>,
    /// From which word or token.
    pub from: Option<String>,
    /// To which one.
    pub to: Option<String>,
}

impl QuantityRequest {
    /// What it is counted in.
    pub fn unit(&self) -> QuantityUnit {
        match self.statistic {
            Some(Statistic::EffectiveTokens) => QuantityUnit::Number,
            _ => self.quantity.unit(),
        }
    }
}

/// A parameter, or the error that it is left out: none is chosen in its place.
impl QuantityRequest {
    pub(super) fn measure(&self) -> Result<Measure, QuantityError> {
        self.given("measure", self.measure)
    }

    pub(super) fn vector(&self) -> Result<SentenceVector, QuantityError> {
        self.given("vector", self.vector)
    }

    pub(super) fn other(&self) -> Result<SentenceVector, QuantityError> {
        self.given("other", self.other)
    }

    pub(super) fn labels(&self) -> Result<LabelledSet, QuantityError> {
        self.given("labels", self.labels)
    }

    pub(super) fn label(&self) -> Result<&str, QuantityError> {
        self.given("label", self.label.as_deref())
    }

    pub(super) fn statistic(&self) -> Result<Statistic, QuantityError> {
        self.given("statistic", self.statistic)
    }

    pub(super) fn layer(&self) -> Result<LayerName, QuantityError> {
        self.given("layer", self.layer)
    }

    pub(super) fn from(&self) -> Result<&str, QuantityError> {
        self.given("from", self.from.as_deref())
    }

    pub(super) fn to(&self) -> Result<&str, QuantityError> {
        self.given("to", self.to.as_deref())
    }

    fn given<T>(&self, name: &'static str, value: Option<T>) -> Result<T, QuantityError> {
        value.ok_or(QuantityError::Lacks { quantity: self.quantity, name })
    }
}

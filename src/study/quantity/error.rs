use super::{LabelledSet, NamedQuantity};
use crate::{
    analysis::{NoCalibration, RegressionError, SentenceVector},
    bert::{BertError, UnknownTokens},
    messages::message,
    study::NoBackground,
};

/// Why a quantity cannot be measured here.
#[derive(Debug, thiserror::Error)]
pub enum QuantityError {
    /// The model fails.
    #[error(transparent)]
    Bert(#[from] BertError),
    /// The model is too small.
    #[error("{}", message!("quantity-no-head", layers = *.layers, heads = *.heads))]
    NoSuchHead {
        /// How many layers it has.
        layers: usize,
        /// How many heads in each.
        heads: usize,
    },
    /// The text has no such token.
    #[error("{}", message!("quantity-no-token", token = .token))]
    NoToken {
        /// Which is asked for.
        token: String,
    },
    /// The model makes no such vector.
    #[error("{}", message!("quantity-no-vector", vector = .vector.to_string()))]
    NoVector {
        /// Which is asked for.
        vector: SentenceVector,
    },
    /// The vector is made of tokens that are not those that are ablated: a prompt stands before them, or fewer are read.
    #[error("{}", message!("quantity-no-ablated-vector", vector = .vector.to_string()))]
    NoAblatedVector {
        /// Which is asked for.
        vector: SentenceVector,
    },
    /// A parameter is left out.
    #[error("{}", message!("quantity-lacks", quantity = .quantity.id(), name = *.name, takes = .quantity.takes().join(", ")))]
    Lacks {
        /// What is asked for.
        quantity: NamedQuantity,
        /// What it needs to know.
        name: &'static str,
    },
    /// Too much of the text is unknown to the model: see [`UnknownTokens::are_many`].
    #[error("{}", message!("quantity-unknown", percent = UnknownTokens::MOST_PERCENT))]
    Unknown,
    /// There are no two words, or no second sentence.
    #[error("{}", message!("quantity-too-little"))]
    TooLittle,
    /// The labelled sentences have no such label.
    #[error("{}", message!("quantity-no-label", label = .label, labels = .set.labels().join(", ")))]
    NoLabel {
        /// Which is asked for.
        label: String,
        /// Of which sentences.
        set: LabelledSet,
    },
    /// There are no unrelated sentences to compare with.
    #[error("{}", message!("quantity-no-background"))]
    NoBackground(NoBackground),
    /// They are too few.
    #[error(transparent)]
    NoCalibration(#[from] NoCalibration),
    /// No classifier can be trained on its vectors.
    #[error(transparent)]
    Regression(#[from] RegressionError),
    /// The model has no head for the next sentence.
    #[error("{}", message!("quantity-no-next-sentence"))]
    NoNextSentence,
    /// Something else was asked for meanwhile.
    #[error("{}", message!("quantity-unwanted"))]
    Unwanted,
}

//! How well a classifier does on frozen vectors of labelled sentences of the program.

use std::{ops::ControlFlow, str::FromStr};

use super::{Quantities, QuantityError, is_wanted};
use crate::{
    analysis::{Pooling, SentenceVector},
    messages::message,
    study::{Embeddings, LabelledVectors, Reader, embed},
};

/// Labelled sentences of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelSet {
    /// Good or bad: `config/probes/feeling.tsv`.
    Feeling,
    /// One of five: `config/probes/topic.tsv`.
    Topic,
}

impl LabelSet {
    /// Every one.
    pub const ALL: &'static [Self] = &[LabelSet::Feeling, LabelSet::Topic];

    /// As lessons have it.
    pub fn id(self) -> &'static str {
        match self {
            LabelSet::Feeling => "feeling",
            LabelSet::Topic => "topic",
        }
    }

    /// The sentences, and the number of each one's label, from 0 in the order of their first lines.
    fn examples(self) -> (Vec<usize>, Vec<String>) {
        let text = match self {
            LabelSet::Feeling => include_str!("../../../config/probes/feeling.tsv"),
            LabelSet::Topic => include_str!("../../../config/probes/topic.tsv"),
        };
        let mut names: Vec<&str> = Vec::new();
        let lines = text.lines().skip(1).filter_map(|line| line.split_once('\t'));
        let number = |(label, text): (&'static str, &str)| {
            let known = names.iter().position(|name| *name == label);
            let number = known.unwrap_or_else(|| {
                names.push(label);
                names.len() - 1
            });
            (number, text.to_owned())
        };
        lines.map(number).unzip()
    }
}

impl FromStr for LabelSet {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let ids = || Self::ALL.iter().map(|labels| labels.id()).collect::<Vec<_>>().join(", ");
        let found = Self::ALL.iter().copied().find(|labels| labels.id() == text);
        found.ok_or_else(|| message!("write-one-of", choices = ids()))
    }
}

/// The vectors of labelled sentences, and how well a classifier does on each kind, as far as that is known.
#[derive(Debug)]
pub(super) struct Labelled {
    set: LabelSet,
    labels: Vec<usize>,
    embeddings: Embeddings,
    accuracies: Vec<(SentenceVector, f64)>,
}

/// As `evaluate` has it.
const FOLDS: usize = 5;

impl Quantities {
    /// The part of labelled sentences that get their own label from a classifier that has seen the others only.
    pub(super) fn accuracy(
        &mut self,
        reader: &dyn Reader,
        set: LabelSet,
        vector: SentenceVector,
        wanted: &dyn Fn() -> bool,
    ) -> Result<f64, QuantityError> {
        if !self.labelled.iter().any(|known| known.set == set) {
            let (labels, sentences) = set.examples();
            let all: Vec<SentenceVector> = Pooling::ALL.iter().copied().map(SentenceVector::from).collect();
            let goes_on = |_| if wanted() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
            let embeddings = embed(reader, &sentences, &all, goes_on)?.ok_or(QuantityError::Unwanted)?;
            self.labelled.push(Labelled { set, labels, embeddings, accuracies: Vec::new() });
        }
        is_wanted(wanted)?;
        let known = self.labelled.iter_mut().find(|known| known.set == set).ok_or(QuantityError::Unwanted)?;
        if let Some((_, accuracy)) = known.accuracies.iter().find(|(known, _)| *known == vector) {
            return Ok(*accuracy);
        }
        let no_vector = || QuantityError::NoVector { vector };
        let (_, vectors) = known.embeddings.vectors.iter().find(|(kind, _)| *kind == vector).ok_or_else(no_vector)?;
        let examples = known.labels.iter().copied().zip(vectors.iter().map(Option::as_ref));
        let labelled = LabelledVectors::new(examples);
        if labelled.is_empty() {
            return Err(no_vector());
        }
        let found = labelled.cross_validated(FOLDS)?;
        let accuracy = found.hits as f64 / found.trials as f64;
        known.accuracies.push((vector, accuracy));
        Ok(accuracy)
    }
}

//! Sentences with a label, as `evaluate` and `probe train` read them.

use std::{
    collections::{BTreeSet, HashMap},
    path::Path,
};

use super::{dataset::ExampleArguments, error::CliError, vectors::DistinctSentences};
use crate::{
    dataset::{FileReading, Labelled, read_labelled},
    messages::{message, quoted},
    study::LabelledVectors,
};

/// Sentences by number, each with its label's number.
pub(super) struct LabelledExamples {
    pub labels: Vec<usize>,
    pub sentences: Vec<usize>,
    /// Of the labels, by number, in the order of the alphabet.
    pub names: Vec<String>,
}

impl LabelledExamples {
    /// The examples by the numbers of their sentences and labels, and how the file was read.
    pub(super) fn read(
        file: &Path,
        arguments: &ExampleArguments,
    ) -> Result<(Self, DistinctSentences, FileReading), CliError> {
        let Labelled { examples, reading } =
            read_labelled(file, &arguments.options()).map_err(|error| CliError::Failed(error.to_string()))?;
        let names: BTreeSet<&str> = examples.iter().map(|example| example.label.as_str()).collect();
        let numbers: HashMap<&str, usize> = names.iter().enumerate().map(|(number, name)| (*name, number)).collect();
        let mut sentences = DistinctSentences::default();
        let labels = examples.iter().map(|example| numbers[example.label.as_str()]).collect();
        let numbers = examples.iter().map(|example| sentences.number(&example.text)).collect();
        let names = names.into_iter().map(str::to_owned).collect();
        Ok((Self { labels, sentences: numbers, names }, sentences, reading))
    }

    /// Refuses what has no answer.
    pub(super) fn check(&self, file: &str, folds: usize) -> Result<(), CliError> {
        let mut counts = vec![0; self.names.len()];
        self.labels.iter().for_each(|&label| counts[label] += 1);
        let rarest = (0..counts.len()).min_by_key(|&label| counts[label]).unwrap_or(0);
        if counts[rarest] >= folds {
            return Ok(());
        }
        let (label, count) = (quoted(&self.names[rarest]), counts[rarest]);
        Err(CliError::Failed(if count >= 2 {
            message!("cli-evaluate-rare-label", file = file, label = label, count = count, folds = folds)
        } else {
            message!("cli-evaluate-single-label", file = file, label = label, count = count, folds = folds)
        }))
    }

    /// The vectors of the sentences that have one, with their labels.
    pub(super) fn vectors(&self, vectors: &[Option<Vec<f32>>]) -> LabelledVectors {
        LabelledVectors::new(self.labels.iter().zip(&self.sentences).map(|(&label, &at)| (label, vectors[at].as_ref())))
    }
}

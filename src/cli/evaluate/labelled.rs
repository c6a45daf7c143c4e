//! Sentences with a label: how well a linear classifier tells the labels apart by each vector.

use std::collections::{BTreeSet, HashMap};

use ndarray::{Array2, Axis};

use super::document::{EmbeddedExamples, embed, keys, measures, with_table};
use crate::{
    analysis::{Column, Key, Quantity, Regression, RegressionError, Table, TableRow, stratified_folds, wilson_95},
    cli::{
        arguments::EvaluateCommand, dataset, error::CliError, global::GlobalArguments, meter::Meter,
        vectors::DistinctSentences,
    },
    dataset::{FileReading, Labelled, read_labelled},
    export::{Document, Format},
    messages::{message, quoted},
};

/// How many folds there are where nobody says.
const FOLDS: u32 = 5;

/// Sentences by number, each with its label's number.
struct Examples {
    labels: Vec<usize>,
    sentences: Vec<usize>,
    /// By number.
    names: Vec<String>,
}

pub(super) fn evaluate(
    arguments: &EvaluateCommand,
    global: &GlobalArguments,
    file: &str,
    format: Format,
) -> Result<Document, CliError> {
    let folds = arguments.folds.unwrap_or(FOLDS) as usize;
    let (examples, sentences, reading) = examples(arguments)?;
    dataset::say(file, &reading, format);
    examples.check(file, folds)?;
    let EmbeddedExamples { embeddings, info, document } = embed(arguments, global, &sentences, file, None)?;
    let mut meter = Meter::after_a_pause(message!("cli-meter-regression"));
    let mut rows = Vec::new();
    for (at, (vector, vectors)) in embeddings.vectors.iter().enumerate() {
        let (vector_name, total) = (vector.to_string(), embeddings.vectors.len());
        meter.say(message!("cli-progress-regression", vector = vector_name, done = at + 1, total = total));
        let (hits, trials) = examples.hits(vectors, folds).map_err(|e| CliError::Failed(e.to_string()))?;
        let mut row = keys(*vector, &info).to_vec();
        row.push(Key::Number(trials));
        let [low, high] = wilson_95(hits, trials);
        let accuracy = (trials > 0).then(|| hits as f64 / trials as f64);
        let numbers = [accuracy, accuracy.and(Some(low)), accuracy.and(Some(high))];
        let measures = numbers.map(|number| number.map(|number| number as f32)).to_vec();
        rows.push(TableRow { keys: row, cells: Vec::new(), measures });
    }
    drop(meter);
    let (count, labels) = (examples.labels.len(), examples.names.len());
    let table = Table {
        title: message!("cli-evaluate-labels-title", count = count, labels = labels, folds = folds),
        keys: Column::all(["pooling", "layer", "sentences"]),
        cells: None,
        measures: measures(&["accuracy", "accuracy low", "accuracy high"], Quantity::Share),
        rows,
    };
    let document = dataset::with_columns(document, &reading);
    Ok(with_table(
        document.with("sentences", count).with("labels", examples.names.join(", ")).with("folds", folds),
        table,
    ))
}

impl Examples {
    /// Refuses what has no answer.
    fn check(&self, file: &str, folds: usize) -> Result<(), CliError> {
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

    /// How many sentences are given their own label by a regression that has seen the other folds only, and of how many
    /// that have such a vector.
    fn hits(&self, vectors: &[Option<Vec<f32>>], folds: usize) -> Result<(usize, usize), RegressionError> {
        let there: Vec<usize> = (0..self.labels.len()).filter(|&at| vectors[self.sentences[at]].is_some()).collect();
        let labels: Vec<usize> = there.iter().map(|&at| self.labels[at]).collect();
        let numbers = || there.iter().filter_map(|&at| vectors[self.sentences[at]].as_ref());
        let size = numbers().next().map_or(0, Vec::len);
        let flat: Vec<f64> = numbers().flatten().copied().map(f64::from).collect();
        // As many rows of one length as there are labels: they always fit.
        let Ok(matrix) = Array2::from_shape_vec([labels.len(), size], flat) else { return Ok((0, 0)) };
        let fold_of = stratified_folds(&labels, folds);
        let mut hits = 0;
        for fold in 0..folds {
            let (held_out, seen): (Vec<usize>, Vec<usize>) = (0..labels.len()).partition(|&at| fold_of[at] == fold);
            let of = |rows: &[usize]| rows.iter().map(|&at| labels[at]).collect::<Vec<_>>();
            if seen.is_empty() || held_out.is_empty() {
                continue;
            }
            let regression = Regression::fit(matrix.select(Axis(0), &seen).view(), &of(&seen))?;
            let found = regression.predict(matrix.select(Axis(0), &held_out).view());
            hits += found.iter().zip(of(&held_out)).filter(|(found, own)| **found == *own).count();
        }
        Ok((hits, labels.len()))
    }
}

/// The examples by the numbers of their sentences and labels, and how the file was read.
fn examples(arguments: &EvaluateCommand) -> Result<(Examples, DistinctSentences, FileReading), CliError> {
    let options = arguments.dataset.options();
    let Labelled { examples, reading } =
        read_labelled(&arguments.file, &options).map_err(|error| CliError::Failed(error.to_string()))?;
    let names: BTreeSet<&str> = examples.iter().map(|example| example.label.as_str()).collect();
    let numbers: HashMap<&str, usize> = names.iter().enumerate().map(|(number, name)| (*name, number)).collect();
    let mut sentences = DistinctSentences::default();
    let labels = examples.iter().map(|example| numbers[example.label.as_str()]).collect();
    let numbers = examples.iter().map(|example| sentences.number(&example.text)).collect();
    let names = names.into_iter().map(str::to_owned).collect();
    Ok((Examples { labels, sentences: numbers, names }, sentences, reading))
}

//! Sentences with a label: how well a linear classifier tells the labels apart by each vector.

use super::document::{EmbeddedExamples, embed, keys, measures, with_table};
use crate::{
    analysis::{Column, Key, ProbeAccuracy, Quantity, Table, TableRow, wilson_95},
    cli::{
        arguments::EvaluateCommand, dataset, error::CliError, global::GlobalArguments,
        labelled_examples::LabelledExamples, meter::Meter,
    },
    export::{Document, Format},
    messages::message,
};

/// How many folds there are where nobody says.
const FOLDS: u32 = 5;

pub(super) fn evaluate(
    arguments: &EvaluateCommand,
    global: &GlobalArguments,
    file: &str,
    format: Format,
) -> Result<Document, CliError> {
    let folds = arguments.folds.unwrap_or(FOLDS) as usize;
    let (examples, sentences, reading) = LabelledExamples::read(&arguments.file, &arguments.dataset)?;
    dataset::say(file, &reading, format);
    examples.check(file, folds)?;
    let EmbeddedExamples { embeddings, info, document } = embed(arguments, global, &sentences, file, None)?;
    let mut meter = Meter::after_a_pause(message!("cli-meter-regression"));
    let mut rows = Vec::new();
    for (at, (vector, vectors)) in embeddings.vectors.iter().enumerate() {
        let (vector_name, total) = (vector.to_string(), embeddings.vectors.len() * folds);
        let begins = |fold: usize| {
            let done = at * folds + fold;
            meter.say(message!("cli-progress-regression", vector = &*vector_name, done = done, total = total));
        };
        let accuracy = examples.vectors(vectors).cross_validated(folds, begins);
        let accuracy = accuracy.map_err(|error| CliError::Failed(error.to_string()))?;
        rows.push(accuracy_row(keys(*vector, &info), accuracy));
    }
    drop(meter);
    let (count, labels) = (examples.labels.len(), examples.names.len());
    let title = message!("cli-evaluate-labels-title", count = count, labels = labels, folds = folds);
    let document = dataset::with_columns(document, &reading);
    Ok(with_table(
        document.with("sentences", count).with("labels", examples.names.join(", ")).with("folds", folds),
        accuracy_table(title, rows),
    ))
}

/// A row for each vector.
pub(in crate::cli) fn accuracy_table(title: String, rows: Vec<TableRow>) -> Table {
    Table {
        title,
        keys: Column::all(["pooling", "layer", "sentences"]),
        cells: None,
        measures: measures(&["accuracy", "accuracy low", "accuracy high"], Quantity::Share),
        rows,
    }
}

/// How many of a vector's sentences get their label, with a 95 % interval.
pub(in crate::cli) fn accuracy_row(keys: [Key; 2], accuracy: ProbeAccuracy) -> TableRow {
    let ProbeAccuracy { hits, trials, .. } = accuracy;
    let [low, high] = wilson_95(hits, trials);
    let share = (trials > 0).then(|| hits as f64 / trials as f64);
    let numbers = [share, share.and(Some(low)), share.and(Some(high))];
    let measures = numbers.map(|number| number.map(|number| number as f32)).to_vec();
    TableRow { keys: keys.into_iter().chain([Key::Number(trials)]).collect(), cells: Vec::new(), measures }
}

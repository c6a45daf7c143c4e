//! `clscope probe`: a classifier of one's own on the vectors of a model.

use std::path::PathBuf;

use clap::{Args, Subcommand, builder::NonEmptyStringValueParser};

use super::{
    dataset::{self, ExampleArguments},
    declared,
    error::CliError,
    evaluate::{accuracy_row, accuracy_table, keys},
    global::GlobalArguments,
    labelled_examples::LabelledExamples,
    meter::Meter,
    output::{self, Destination},
    vectors::{Keeping, check},
};
use crate::{
    analysis::{Pooling, Probe, ProbedModel, SentenceVector},
    bert::Bert,
    export::{Document, Format, Holds},
    messages::message,
    probe,
    study::model_sample,
};

#[derive(Debug, Args)]
pub(super) struct ProbeCommand {
    #[command(subcommand)]
    command: ProbeSubcommand,
}

#[derive(Debug, Subcommand)]
enum ProbeSubcommand {
    /// Fit a logistic regression on the vectors of labelled sentences, as evaluate --task classify does, and write it to a file
    Train(ProbeTraining),
}

#[derive(Debug, Args)]
struct ProbeTraining {
    /// Examples, one a line: label, sentence. Tabs, commas or semicolons between, with or without a heading, or JSON; - is
    /// standard input
    file: PathBuf,
    /// The vector that it reads: declared, pooled, cls, mean, mean-words, max, first-last or layer1-last
    #[arg(long, value_name = "NAME")]
    pooling: Pooling,
    /// The layer of the vector, counted from 0 (the embeddings) [default: the last]
    #[arg(long, value_name = "N")]
    layer: Option<usize>,
    /// Write the probe here
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
    /// What it is called on screen [default: the name of the file]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    name: Option<String>,
    /// The number of folds of the cross-validation (StratifiedKFold, not shuffled)
    #[arg(long, value_name = "N", default_value = "5", value_parser = clap::value_parser!(u32).range(2..))]
    folds: u32,
    #[command(flatten)]
    dataset: ExampleArguments,
    /// Do not read or write the cache of vectors
    #[arg(long)]
    no_cache: bool,
}

pub(super) fn run(arguments: &ProbeCommand, global: &GlobalArguments) -> Result<(), CliError> {
    let ProbeSubcommand::Train(arguments) = &arguments.command;
    train(arguments, global)
}

fn train(arguments: &ProbeTraining, global: &GlobalArguments) -> Result<(), CliError> {
    let ProbeTraining { file, pooling, layer, output, name, folds, dataset, no_cache } = arguments;
    let vector = match layer {
        None => SentenceVector::from(*pooling),
        Some(layer) => SentenceVector::at(*pooling, *layer).ok_or_else(|| {
            CliError::Usage(message!("cli-probe-no-layer", pooling = pooling.name(), layer = layer.to_string()))
        })?,
    };
    let (shown, folds) = (file.display().to_string(), *folds as usize);
    let (examples, sentences, reading) = LabelledExamples::read(file, dataset)?;
    dataset::say(&shown, &reading, Format::Table);
    examples.check(&shown, folds)?;
    if examples.names.len() < 2 {
        return Err(CliError::Failed(message!("cli-probe-one-label", file = shown)));
    }
    let opened = global.open()?;
    let (bert, source) = &opened;
    check(vector, bert.info())?;
    declared::say(bert.info(), &[vector], None);
    let embeddings = global.embed(&opened, &sentences.sentences, &[vector], Keeping::unless(*no_cache))?;
    let failed = |error: crate::analysis::RegressionError| CliError::Failed(error.to_string());
    let Some((_, vectors)) = embeddings.vectors.first() else { return Ok(()) };
    let labelled = examples.vectors(vectors);
    let mut meter = Meter::after_a_pause(message!("cli-meter-regression"));
    let mut begins = |done: usize| {
        let vector = vector.to_string();
        meter.say(message!("cli-progress-regression", vector = vector, done = done, total = folds + 1));
    };
    let accuracy = labelled.cross_validated(folds, &mut begins).map_err(failed)?;
    begins(folds);
    let regression = labelled.fit().map_err(failed)?;
    drop(meter);
    let stem = output.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let probe = Probe {
        name: name.clone().or(stem).unwrap_or_default(),
        vector,
        labels: examples.names.clone(),
        regression,
        accuracy,
        model: ProbedModel {
            name: source.origin(),
            layers: bert.info().layers,
            hidden_size: bert.info().hidden_size,
            sample: model_sample(bert)?,
        },
    };
    output::write(probe::text(&probe).as_bytes(), Some(output))?;
    let (count, labels) = (examples.labels.len(), examples.names.len());
    let title = message!("cli-evaluate-labels-title", count = count, labels = labels, folds = folds);
    let document = Document::of_model(bert.info(), &source.origin()).with("file", shown);
    let mut document = dataset::with_columns(document, &reading)
        .with("sentences", count)
        .with("labels", examples.names.join(", "))
        .with("folds", folds)
        .with("probe", output.display().to_string());
    document.tables.push(accuracy_table(title, vec![accuracy_row(keys(vector, bert.info()), accuracy)]));
    Destination::new(None, None, Holds::Tables, Format::Table)?.write(&document)
}

/// Refuses a probe that is for another model.
pub(super) fn fitting(bert: &Bert, probe: &Probe) -> Result<(), CliError> {
    probe.fits(bert.info(), &model_sample(bert)?).map_err(|refusal| CliError::Failed(refusal.to_string()))
}

//! Pairs of sentences with a score of how alike they are.

use super::{
    compared::{RankedVectors, VectorRow},
    document::{EmbeddedExamples, embed, with_table},
    thresholds,
};
use crate::{
    analysis::{Metric, Pooling, Resamples, norm},
    bert::ModelInfo,
    cli::{
        arguments::EvaluateCommand, dataset, error::CliError, global::GlobalArguments, output::diagnostic,
        vectors::DistinctSentences,
    },
    dataset::{FileReading, Scored, ScoredPair, read_pairs},
    export::{Document, Format},
    messages::message,
    study::Embeddings,
};

/// How many resamples an interval is made of.
const RESAMPLES: u32 = 1000;
/// Fewer pairs than that make no interval to rely on.
const FEW: usize = 10;

/// Two sentences by number, and how alike they are said to be.
pub(super) struct Pair {
    pub score: f64,
    pub first: usize,
    pub second: usize,
}

impl Pair {
    pub(super) fn new(
        ScoredPair { score, texts: [first, second], .. }: &ScoredPair,
        sentences: &mut DistinctSentences,
    ) -> Self {
        Self { score: *score, first: sentences.number(first), second: sentences.number(second) }
    }
}

pub(super) fn evaluate(
    arguments: &EvaluateCommand,
    global: &GlobalArguments,
    file: &str,
    format: Format,
) -> Result<Document, CliError> {
    let (pairs, sentences, reading) = pairs(arguments)?;
    dataset::say(file, &reading, format);
    if pairs.len() < FEW {
        diagnostic(&message!("cli-evaluate-few-pairs", count = pairs.len(), enough = FEW));
    }
    let resamples = Resamples { count: arguments.bootstrap.unwrap_or(RESAMPLES) as usize };
    let scores: Vec<f64> = pairs.iter().map(|pair| pair.score).collect();
    let metrics = metrics(arguments);
    let own = embed(arguments, global, &sentences, file, None)?;
    let against = arguments.against_model.as_deref();
    let against = against.map(|name| embed(arguments, global, &sentences, file, Some(name))).transpose()?;
    let mut document = dataset::with_columns(own.document.clone().with("pairs", pairs.len()), &reading);
    let names = metrics.iter().map(|metric| metric.name()).collect::<Vec<_>>().join(", ");
    document.about.push(("metric", names));
    document.about.extend(against.as_ref().map(|against| ("against", against.info.name.clone())));
    document.about.extend(normalizes(&own.info).then(|| ("normalized", message!("cli-evaluate-normalized"))));
    let mut rows = Vec::new();
    let has_against = against.is_some();
    for of in [Some(own), against].into_iter().flatten() {
        let EmbeddedExamples { embeddings, info, .. } = of;
        rows.extend(closeness(embeddings, &info, &pairs, &metrics, has_against.then_some(&info.name)));
    }
    let compared = RankedVectors::new(rows, &scores, resamples);
    document.about.extend(compared.verdict().map(|verdict| ("best", verdict)));
    let (thresholds, note) = thresholds::of(&compared, &scores, arguments.positive_from, resamples);
    document.about.extend(note.map(|note| ("thresholds", note)));
    let title = if resamples.count > 0 {
        message!("cli-evaluate-pairs-title-resampled", pairs = pairs.len(), resamples = resamples.count)
    } else {
        message!("cli-evaluate-pairs-title", pairs = pairs.len())
    };
    let mut table = compared.table(title);
    match thresholds {
        // People read two narrow tables, programs one.
        Some(thresholds) if matches!(format, Format::Table | Format::Html) => {
            Ok(with_table(with_table(document, table), thresholds))
        }
        Some(thresholds) => {
            table.measures.extend(thresholds.measures);
            for (row, more) in table.rows.iter_mut().zip(thresholds.rows) {
                row.measures.extend(more.measures);
            }
            Ok(with_table(document, table))
        }
        None => Ok(with_table(document, table)),
    }
}

/// The metrics that are asked for, each once, in the usual order.
pub(super) fn metrics(arguments: &EvaluateCommand) -> Vec<Metric> {
    match arguments.metric.as_slice() {
        [] => vec![Metric::Cosine],
        chosen => Metric::ALL.iter().copied().filter(|metric| chosen.iter().any(|one| one.takes(*metric))).collect(),
    }
}

/// How close the pairs are, in each kind of vector under each metric; `model` where there are two.
pub(super) fn closeness(
    embeddings: Embeddings,
    info: &ModelInfo,
    pairs: &[Pair],
    metrics: &[Metric],
    model: Option<&String>,
) -> Vec<VectorRow> {
    let unit = normalizes(info);
    let mut rows = Vec::new();
    for (vector, vectors) in embeddings.vectors {
        let vectors = if unit && vector.pooling != Pooling::Declared { unit_vectors(vectors) } else { vectors };
        for &metric in metrics {
            let close = |pair: &Pair| Some(metric.of(vectors[pair.first].as_ref()?, vectors[pair.second].as_ref()?));
            let closeness = pairs.iter().map(close).collect();
            let layer = vector.layer.unwrap_or(info.layers);
            rows.push(VectorRow { model: model.cloned(), pooling: vector.pooling.name(), layer, metric, closeness });
        }
    }
    rows
}

/// Whether the model normalises its vectors.
fn normalizes(info: &ModelInfo) -> bool {
    info.declared.as_ref().is_ok_and(|declared| declared.normalizes())
}

/// Each of length 1, as the model's last module makes it of any pooling.
fn unit_vectors(vectors: Vec<Option<Vec<f32>>>) -> Vec<Option<Vec<f32>>> {
    let unit = |mut vector: Vec<f32>| {
        let norm = norm(&vector);
        vector.iter_mut().for_each(|number| *number = (f64::from(*number) / norm.max(f64::MIN_POSITIVE)) as f32);
        vector
    };
    vectors.into_iter().map(|vector| vector.map(unit)).collect()
}

/// The pairs by the numbers of their sentences, and how the file was read.
fn pairs(arguments: &EvaluateCommand) -> Result<(Vec<Pair>, DistinctSentences, FileReading), CliError> {
    let options = arguments.dataset.options();
    let Scored { pairs, reading } =
        read_pairs(&arguments.file, &options).map_err(|error| CliError::Failed(error.to_string()))?;
    let mut sentences = DistinctSentences::default();
    let pairs: Vec<Pair> = pairs.iter().map(|pair| Pair::new(pair, &mut sentences)).collect();
    if pairs.len() < 2 {
        let file = arguments.file.display().to_string();
        return Err(CliError::Failed(message!("cli-evaluate-one-pair", file = file)));
    }
    Ok((pairs, sentences, reading))
}

//! Pairs of sentences with a score of how alike they are.

use super::document::{embed, keys, measures, with_table};
use crate::{
    analysis::{
        Column, Correlation, Key, Metric, Paired, Pooling, Quantity, Resamples, Table, TableRow, middle_95, norm,
    },
    cli::{
        arguments::EvaluateCommand, dataset, error::CliError, global::GlobalArguments, output::diagnostic,
        vectors::DistinctSentences,
    },
    dataset::{FileReading, Scored, ScoredPair, read_pairs},
    export::{Document, Format},
    messages::message,
};

/// How many resamples an interval is made of.
const RESAMPLES: u32 = 1000;
/// Of fewer pairs resampling makes no interval, and of fewer than that none to rely on.
const FEWEST: usize = 3;
const FEW: usize = 10;

/// Two sentences by number, and how alike they are said to be.
struct Pair {
    score: f64,
    first: usize,
    second: usize,
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
    let (embeddings, info, document) = embed(arguments, global, &sentences, file)?;
    let mut rows = Vec::new();
    let normalizes = info.declared.as_ref().is_ok_and(|declared| declared.normalizes());
    for (vector, vectors) in embeddings.vectors {
        let vectors = if normalizes && vector.pooling != Pooling::Declared { unit_vectors(vectors) } else { vectors };
        for &metric in Metric::ALL {
            let close = |pair: &Pair| {
                Some((pair.score, metric.of(vectors[pair.first].as_ref()?, vectors[pair.second].as_ref()?)))
            };
            let (scores, found): (Vec<f64>, Vec<f64>) = pairs.iter().filter_map(close).unzip();
            let mut row = keys(vector, &info).to_vec();
            row.extend([Key::Text(metric.name().to_owned()), Key::Number(found.len())]);
            rows.push(TableRow { keys: row, cells: Vec::new(), measures: numbers(scores, found, resamples) });
        }
    }
    let title = if resamples.count > 0 {
        message!("cli-evaluate-pairs-title-resampled", pairs = pairs.len(), resamples = resamples.count)
    } else {
        message!("cli-evaluate-pairs-title", pairs = pairs.len())
    };
    let names = ["spearman", "spearman low", "spearman high", "pearson", "pearson low", "pearson high"];
    let names = if resamples.count > 0 { &names[..] } else { &["spearman", "pearson"] };
    let table = Table {
        title,
        keys: Column::all(["pooling", "layer", "metric", "pairs"]),
        cells: None,
        measures: measures(names, Quantity::Number),
        rows,
    };
    let mut document = dataset::with_columns(document.with("pairs", pairs.len()), &reading);
    document.about.extend(normalizes.then(|| ("normalized", message!("cli-evaluate-normalized"))));
    Ok(with_table(document, table))
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

/// Each correlation, with its interval where there are resamples; none where the closeness does not vary.
fn numbers(scores: Vec<f64>, found: Vec<f64>, resamples: Resamples) -> Vec<Option<f32>> {
    let enough = scores.len() >= FEWEST;
    let paired = Paired::new(scores, found);
    let whole = paired.as_ref().and_then(Paired::correlation);
    let resampled = paired.filter(|_| enough).map(|paired| paired.resampled(&resamples)).unwrap_or_default();
    let kinds: [fn(&Correlation) -> f64; 2] = [|both| both.spearman, |both| both.pearson];
    let of = |kind: fn(&Correlation) -> f64| {
        let mut numbers = vec![whole.as_ref().map(|whole| kind(whole) as f32)];
        if resamples.count > 0 {
            let interval = middle_95(resampled.iter().map(kind).collect());
            numbers.extend([0, 1].map(|end| interval.map(|interval| interval[end] as f32)));
        }
        numbers
    };
    kinds.into_iter().flat_map(of).collect()
}

/// The pairs by the numbers of their sentences, and how the file was read.
fn pairs(arguments: &EvaluateCommand) -> Result<(Vec<Pair>, DistinctSentences, FileReading), CliError> {
    let options = arguments.dataset.options();
    let Scored { pairs, reading } =
        read_pairs(&arguments.file, &options).map_err(|error| CliError::Failed(error.to_string()))?;
    let mut sentences = DistinctSentences::default();
    let pair = |ScoredPair { score, texts: [first, second], .. }: &ScoredPair| Pair {
        score: *score,
        first: sentences.number(first),
        second: sentences.number(second),
    };
    let pairs: Vec<Pair> = pairs.iter().map(pair).collect();
    if pairs.len() < 2 {
        let file = arguments.file.display().to_string();
        return Err(CliError::Failed(message!("cli-evaluate-one-pair", file = file)));
    }
    Ok((pairs, sentences, reading))
}

//! `clscope evaluate FILE --rows`: the score and the closeness of each pair.

use super::{
    document::EvaluatedModel,
    pairs::{Pair, closeness, metrics},
};
use crate::{
    analysis::{Metric, SentenceVector},
    bert::{Bert, ModelInfo},
    cli::{
        arguments::EvaluateCommand,
        dataset,
        error::CliError,
        global::GlobalArguments,
        output::Destination,
        rows::write_rows,
        seen::SeenTexts,
        vectors::{DistinctSentences, Embedder, Keeping},
    },
    dataset::{ReadingOptions, Scored, ScoredPair, read_pairs},
    export::{RecordColumn, RecordKind, RecordValue},
    messages::message,
    study::Embeddings,
};

/// So many pairs are embedded and written at a time: few at first, so that the first are there soon.
const FIRST_PAIRS: usize = 32;
const MOST_PAIRS: usize = 1024;

/// A model whose vectors are compared, some pairs at a time.
struct Comparing<'m> {
    bert: &'m Bert,
    wanted: &'m [SentenceVector],
    embedder: Embedder<'m>,
    seen: SeenTexts,
}

pub(super) fn write(
    arguments: &EvaluateCommand,
    global: &GlobalArguments,
    file: &str,
    destination: &Destination,
) -> Result<(), CliError> {
    let shard = arguments.rows.shard();
    let options = ReadingOptions { id: arguments.id_column.clone(), shard, ..arguments.dataset.options() };
    let Scored { pairs, reading } =
        read_pairs(&arguments.file, &options).map_err(|error| CliError::Failed(error.to_string()))?;
    dataset::say(file, &reading, destination.format());
    let metrics = metrics(arguments);
    let mut models = vec![EvaluatedModel::open(arguments, global, None)?];
    if let Some(other) = arguments.against_model.as_deref() {
        models.push(EvaluatedModel::open(arguments, global, Some(other))?);
    }
    let columns = columns(arguments, &models, &metrics);
    write_rows(destination, &columns, |write| {
        let mut comparing = Vec::with_capacity(models.len());
        for EvaluatedModel { opened, wanted } in &models {
            let embedder = global.embedder(opened, wanted, Keeping::unless(arguments.no_cache))?;
            comparing.push(Comparing { bert: &opened.0, wanted, embedder, seen: SeenTexts::default() });
        }
        for part in parts(&pairs) {
            let sentences = distinct(part).0.sentences;
            comparing.iter_mut().for_each(|of| of.embedder.expect(&sentences));
        }
        for part in parts(&pairs) {
            let mut found: Vec<Vec<Option<f64>>> = Vec::new();
            for of in &mut comparing {
                found.extend(of.closeness(part, &metrics)?);
            }
            for (at, ScoredPair { row, id, score, texts, .. }) in part.iter().enumerate() {
                let mut values = vec![RecordValue::Count(row + 1)];
                values.extend(arguments.id_column.is_some().then(|| id.clone().into()));
                values.extend(texts.iter().map(|text| RecordValue::Text(text.clone())));
                values.push(RecordValue::Number(*score));
                values.extend(found.iter().map(|found| RecordValue::from(found[at])));
                write(values)?;
            }
        }
        comparing.into_iter().try_for_each(|Comparing { bert, wanted, embedder, seen }| {
            drop(embedder);
            seen.say(bert, wanted, |row| message!("dataset-row", number = row + 1))
        })
    })
}

/// `cosine_mean`, or `cosine_mean_3` of a layer that is asked for; of the other model `cosine_mean_against`.
fn columns(arguments: &EvaluateCommand, models: &[EvaluatedModel], metrics: &[Metric]) -> Vec<RecordColumn> {
    let mut columns = vec![RecordColumn::new("line", RecordKind::Count)];
    columns.extend(arguments.id_column.is_some().then(|| RecordColumn::new("id", RecordKind::Text)));
    columns.extend(["text", "pair"].map(|name| RecordColumn::new(name, RecordKind::Text)));
    columns.push(RecordColumn::new("score", RecordKind::Number));
    for (EvaluatedModel { wanted, .. }, end) in models.iter().zip(["", "_against"]) {
        for vector in wanted {
            let layer = vector.layer.map(|layer| format!("_{layer}")).unwrap_or_default();
            let pooling = vector.pooling.name().replace('-', "_");
            let name = |metric: &Metric| format!("{}_{pooling}{layer}{end}", metric.name());
            columns.extend(metrics.iter().map(|metric| RecordColumn::new(name(metric), RecordKind::Number)));
        }
    }
    columns
}

/// The pairs, some at a time.
fn parts(pairs: &[ScoredPair]) -> impl Iterator<Item = &[ScoredPair]> {
    let (mut rest, mut most) = (pairs, FIRST_PAIRS);
    std::iter::from_fn(move || {
        let (part, after) = rest.split_at(rest.len().min(most));
        (rest, most) = (after, (most * 2).min(MOST_PAIRS));
        (!part.is_empty()).then_some(part)
    })
}

/// The sentences of some pairs, each once, the pairs by their numbers, and the row in which each sentence first stands.
fn distinct(part: &[ScoredPair]) -> (DistinctSentences, Vec<Pair>, Vec<usize>) {
    let mut sentences = DistinctSentences::default();
    let (mut pairs, mut rows) = (Vec::with_capacity(part.len()), Vec::new());
    for pair in part {
        pairs.push(Pair::new(pair, &mut sentences));
        rows.resize(sentences.sentences.len(), pair.row);
    }
    (sentences, pairs, rows)
}

impl Comparing<'_> {
    /// How close some pairs are, `[vector and metric][pair]`.
    fn closeness(&mut self, part: &[ScoredPair], metrics: &[Metric]) -> Result<Vec<Vec<Option<f64>>>, CliError> {
        let (DistinctSentences { sentences, .. }, pairs, rows) = distinct(part);
        let mut embeddings = Embeddings::new(sentences.len(), self.wanted);
        self.embedder.embed(&sentences, |embedded| embeddings.insert(embedded))?;
        let rows: Vec<(usize, usize)> = rows.into_iter().zip(0..).collect();
        self.seen.add(self.bert, &rows, &sentences, &embeddings)?;
        let info: &ModelInfo = self.bert.info();
        Ok(closeness(embeddings, info, &pairs, metrics, None).into_iter().map(|row| row.closeness).collect())
    }
}

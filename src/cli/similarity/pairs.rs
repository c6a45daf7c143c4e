//! `--closest`, `--threshold` and `--clusters`: what is alike in a list.

use crate::{
    analysis::{ComparableVectors, Cosines, Cut, Metric},
    bert::Bert,
    cli::{
        arguments::SimilarityCommand, calibration::CalibratedList, choices::BackgroundChoice, error::CliError,
        meter::Meter,
    },
    export::{ClosePairs, FoundPair, FoundPairs, Rows, SentenceClusters},
    messages::message,
    study::{Embeddings, TokenizedTexts},
};

/// The most pairs that are listed where a threshold alone chooses them.
const MOST_PAIRS: usize = 100_000;

/// The closest pairs under each pooling, without a matrix of all.
pub(super) fn closest(
    arguments: &SimilarityCommand,
    bert: &Bert,
    rows: Rows,
    tokenized: &TokenizedTexts,
    embeddings: Embeddings,
) -> Result<ClosePairs, CliError> {
    let (metric, usual) = (arguments.metric, BackgroundChoice::Auto);
    let most = arguments.closest.map_or(MOST_PAIRS, |most| most as usize);
    let mut meter = Meter::after_a_pause(message!("cli-meter-pairs"));
    let mut found = Vec::new();
    for (vector, vectors) in &embeddings.vectors {
        let comparable = ComparableVectors::new(metric, vectors.clone());
        let name = vector.to_string();
        let progress = |done: usize, total: usize| {
            let percent = done * 100 / total.max(1);
            meter.say(message!("cli-progress-pairs", vector = &*name, percent = percent, total = total));
        };
        found.push((*vector, comparable.closest(most, arguments.threshold, progress)));
    }
    drop(meter);
    let choice = match metric {
        Metric::Cosine => arguments.background.as_ref().unwrap_or(&usual),
        _ => &BackgroundChoice::None,
    };
    let list = CalibratedList { bert, sentences: &rows.texts, tokenized, embeddings: &embeddings, choice };
    let listed = found.iter().flat_map(|(_, found)| &found.pairs).map(|pair| (pair.a, pair.b));
    let backgrounds = list.backgrounds(listed)?;
    if let Some(backgrounds) = backgrounds.as_ref().filter(|_| *choice != BackgroundChoice::List) {
        let least = found.iter().filter(|(_, found)| found.all > 1);
        backgrounds.say_where_all_beyond(least.filter_map(|(vector, found)| Some((*vector, found.least?, found.all))));
    }
    let unknown = |row: usize| tokenized.unknown(row).share() as f32;
    let found = found.into_iter().map(|(vector, found)| {
        let pair = |pair| FoundPair {
            percentile: backgrounds.as_ref().and_then(|backgrounds| backgrounds.percentile(vector, &pair)),
            sentences: [pair.a, pair.b],
            closeness: pair.closeness,
            unknown: unknown(pair.a).max(unknown(pair.b)),
        };
        let (reached, all) = (found.reached, found.all);
        (vector, FoundPairs { pairs: found.pairs.into_iter().map(pair).collect(), reached, all })
    });
    Ok(ClosePairs {
        metric,
        model: bert.info().name.clone(),
        found: found.collect(),
        background: backgrounds.as_ref().and_then(|backgrounds| backgrounds.names()),
        notes: backgrounds.map(|backgrounds| backgrounds.notes).unwrap_or_default(),
        rows,
    })
}

/// The cluster of each sentence under each pooling.
pub(super) fn clusters(
    bert: &Bert,
    rows: Rows,
    tokenized: &TokenizedTexts,
    embeddings: Embeddings,
    cut: Cut,
) -> SentenceClusters {
    let labels = embeddings.vectors.iter().map(|(vector, vectors)| (*vector, Cosines::new(vectors).clusters(cut)));
    SentenceClusters {
        model: bert.info().name.clone(),
        method: match cut {
            Cut::Count(count) => message!("cli-clusters-count", count = count),
            Cut::Cosine(cosine) => message!("cli-clusters-cosine", cosine = cosine.to_string()),
        },
        labels: labels.collect(),
        unknown: (0..rows.texts.len()).map(|row| tokenized.unknown(row)).collect(),
        rows,
    }
}

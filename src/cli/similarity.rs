mod explain;
mod nearest;
mod pairs;

use explain::explain;
use nearest::{MOST_QUERIED, NEAREST, Query};
use pairs::{closest, clusters};

use super::{
    arguments::SimilarityCommand,
    calibration::calibrate,
    choices::{BackgroundChoice, VectorLayers},
    declared::{self, set_prompt, warn_of_lengths},
    error::CliError,
    global::GlobalArguments,
    input::{MostRows, RowSource},
    output::{self, Destination},
    unknown::warn_of_unknown,
    vectors::wanted,
};
use crate::{
    analysis::{ComparableVectors, Metric, Pooling},
    bert::Bert,
    export::{Format, ModelSimilarities, Rows, Similarities, SimilarityOptions},
    labels::declared::{pooler_training, steps},
    messages::message,
    models::ModelSource,
    study::{Embeddings, MOST_IN_MATRIX, TokenizedTexts},
};

/// The most rows of a file that are compared with each other.
const MOST_COMPARED: MostRows = MostRows {
    rows: 20_000,
    refusal: |file, most| message!("cli-similarity-too-many", file = file, most = most, pairs = most * (most - 1) / 2),
};

pub(super) fn run(arguments: &SimilarityCommand, global: &GlobalArguments) -> Result<(), CliError> {
    let SimilarityCommand { metric, query, tables, .. } = arguments;
    check_explain(arguments)?;
    check_alone(arguments)?;
    let destination = Destination::of_tables(tables, global)?;
    let format = destination.format();
    let most = if query.is_some() { MOST_QUERIED } else { MOST_COMPARED };
    let rows =
        RowSource::open(arguments.file.as_deref(), &arguments.texts, &arguments.list, Some(most), None)?.all()?;
    match query {
        Some(query) if query.trim().is_empty() => return Err(CliError::Usage(message!("cli-query-empty"))),
        Some(_) if rows.texts.is_empty() => return Err(CliError::Usage(message!("cli-query-alone"))),
        Some(_) if arguments.background.is_some() => {
            return Err(CliError::Usage(message!("cli-background-query")));
        }
        None if rows.filled().count() < 2 => return Err(CliError::Usage(message!("cli-similarity-of-one"))),
        None => check_size(arguments, format, rows.texts.len())?,
        Some(_) => {}
    }
    check_tables(arguments, &destination)?;
    let mut opened = global.open()?;
    if let Some(from) = arguments.explain {
        return destination.write(&explain(arguments, &opened, &rows, from)?);
    }
    let wanted = wanted(&arguments.pooling, arguments.layer.map(VectorLayers::One), opened.0.info())?;
    set_prompt(&mut opened.0, arguments.prompt.as_deref(), &wanted)?;
    declared::say(opened.0.info(), &wanted, arguments.prompt.as_deref());
    declared::say_metric(opened.0.info(), &wanted, &[*metric], arguments.clusters.is_none());
    if let Some(text) = query {
        let top = arguments.top.map_or(NEAREST, |top| top as usize);
        let options = options(arguments, &opened);
        let query = Query { text, metric: *metric, top, wanted: &wanted, keeping: arguments.keeping(), options };
        return destination.write(&query.nearest(global, &opened, &rows)?);
    }
    let embeddings = global.embed_rows(&opened, &rows, &wanted, arguments.keeping())?;
    let name = |at| message!("cli-text-sentence", sentence = at + 1);
    warn_of_lengths(opened.0.info(), &embeddings, name);
    let tokenized = warn_of_unknown(&opened.0, &rows.texts, name)?;
    if let Some(cut) = arguments.clusters {
        return destination.write(&clusters(&opened.0, rows, &tokenized, embeddings, cut.0));
    }
    if arguments.closest.is_some() || arguments.threshold.is_some() {
        return destination.write(&closest(arguments, &opened.0, rows, &tokenized, embeddings)?);
    }
    let model = by_model(arguments, format, &opened.0, &rows, &tokenized, embeddings)?;
    let against = arguments.against_model.as_deref();
    let against = against.map(|name| another(name, arguments, format, global, &rows)).transpose()?;
    let options = options(arguments, &opened);
    let width = output::width();
    destination.write(&Similarities { rows, metric: *metric, width, options, model, against })
}

/// What was asked for, as files say it.
fn options(arguments: &SimilarityCommand, (bert, source): &(Bert, ModelSource)) -> SimilarityOptions {
    SimilarityOptions {
        origin: source.origin(),
        metric: arguments.metric.name(),
        layer: arguments.layer,
        prompt: arguments.prompt.clone(),
        background: arguments.background.as_ref().map(BackgroundChoice::to_string),
        backend: bert.info().backend.name(),
        version: env!("CARGO_PKG_VERSION"),
    }
}

/// Refuses what does not go with the reasons for one cosine.
fn check_explain(arguments: &SimilarityCommand) -> Result<(), CliError> {
    let SimilarityCommand { explain, top, query, background, layer, metric, prompt, .. } = arguments;
    let given = [
        ("--query", query.is_some()),
        ("--closest", arguments.closest.is_some()),
        ("--threshold", arguments.threshold.is_some()),
        ("--clusters", arguments.clusters.is_some()),
        ("--against-model", arguments.against_model.is_some()),
        ("--background", background.is_some()),
        ("--layer", layer.is_some()),
        ("--metric", *metric != Metric::Cosine),
        ("--prompt", prompt.is_some()),
    ];
    let refusal = match (explain, given.into_iter().find(|(_, given)| *given)) {
        (Some(_), Some((option, _))) => message!("cli-explain-alone", option = option),
        (None, _) if top.is_some() && query.is_none() => message!("cli-top-alone"),
        _ => return Ok(()),
    };
    Err(CliError::Usage(refusal))
}

/// Refuses what does not go with a part of the pairs, or with clusters.
fn check_alone(arguments: &SimilarityCommand) -> Result<(), CliError> {
    let SimilarityCommand { closest, threshold, clusters, query, against_model, background, metric, .. } = arguments;
    let some_pairs = closest.is_some() || threshold.is_some();
    let refusal = match clusters {
        _ if !some_pairs && clusters.is_none() => return Ok(()),
        _ if query.is_some() || against_model.is_some() => message!("cli-closest-alone"),
        Some(_) if some_pairs => message!("cli-closest-clusters"),
        Some(_) if *metric != Metric::Cosine => message!("cli-clusters-metric"),
        Some(_) if background.is_some() => message!("cli-clusters-background"),
        None if *metric != Metric::Cosine && background.is_some() => message!("cli-background-metric"),
        None if *metric == Metric::Cosine && threshold.is_some_and(|least| least.abs() > 1.0) => {
            message!("cli-threshold-cosine")
        }
        None if matches!(metric, Metric::Euclidean | Metric::Manhattan)
            && threshold.is_some_and(|least| least > 0.0) =>
        {
            message!("cli-threshold-distance")
        }
        _ => return Ok(()),
    };
    Err(CliError::Usage(refusal))
}

/// Refuses what makes several tables where only one can be written, before anything is computed.
fn check_tables(arguments: &SimilarityCommand, destination: &Destination) -> Result<(), CliError> {
    let SimilarityCommand { against_model, background, closest, threshold, .. } = arguments;
    let has_background = background.as_ref().is_some_and(|choice| *choice != BackgroundChoice::None);
    let option = match () {
        () if against_model.is_some() => "--against-model",
        () if has_background && closest.is_none() && threshold.is_none() => "--background",
        () => return Ok(()),
    };
    match destination.takes_one_table() {
        true => {
            let format = destination.format().id();
            Err(CliError::Usage(message!("cli-several-tables-of", format = format, option = option)))
        }
        false => Ok(()),
    }
}

/// Refuses what is held whole where there are too many pairs for that.
fn check_size(arguments: &SimilarityCommand, format: Format, count: usize) -> Result<(), CliError> {
    let lists_pairs = arguments.closest.is_none() && arguments.threshold.is_none();
    let is_page_or_archive = matches!(format, Format::Html | Format::Npz);
    let has_background = !matches!(arguments.background, None | Some(BackgroundChoice::None));
    let (pairs, most) = (count * count.saturating_sub(1) / 2, MOST_IN_MATRIX);
    let refusal = match () {
        () if count <= most => return Ok(()),
        () if arguments.clusters.is_some() => {
            message!("cli-similarity-clusters", count = count, pairs = pairs, most = most)
        }
        () if lists_pairs && has_background => {
            message!("cli-similarity-background", count = count, pairs = pairs, most = most)
        }
        () if lists_pairs && is_page_or_archive => {
            let format = format.id();
            message!("cli-similarity-matrix", count = count, pairs = pairs, most = most, format = format)
        }
        () => return Ok(()),
    };
    Err(CliError::Failed(refusal))
}

/// What a model makes of every pair.
fn by_model(
    arguments: &SimilarityCommand,
    format: Format,
    bert: &Bert,
    rows: &Rows,
    tokenized: &TokenizedTexts,
    embeddings: Embeddings,
) -> Result<ModelSimilarities, CliError> {
    let (metric, asked) = (arguments.metric, arguments.background.as_ref());
    let calibration = match metric {
        Metric::Cosine => calibrate(asked, format, bert, &rows.texts, tokenized, &embeddings)?,
        _ if asked.is_some() => {
            return Err(CliError::Usage(message!("cli-background-metric")));
        }
        _ => None,
    };
    let has = |pooling| embeddings.vectors.iter().any(|(vector, _)| vector.pooling == pooling);
    let (declared, pooled) = (has(Pooling::Declared), has(Pooling::Pooled));
    let comparable = |(vector, vectors)| (vector, ComparableVectors::new(metric, vectors));
    let vectors = embeddings.vectors.into_iter().map(comparable).collect();
    Ok(ModelSimilarities {
        name: bert.info().name.clone(),
        declared: declared.then(|| bert.info().declared.as_ref().ok().map(|known| steps(known))).flatten(),
        pooled: pooled.then(|| pooler_training(bert.info())),
        vectors,
        calibration,
        unknown: (0..rows.texts.len()).map(|at| tokenized.unknown(at)).collect(),
        indistinct: tokenized.indistinct().to_vec(),
    })
}

/// The same by another model, under all poolings that it has of those asked for.
fn another(
    name: &str,
    arguments: &SimilarityCommand,
    format: Format,
    global: &GlobalArguments,
    rows: &Rows,
) -> Result<ModelSimilarities, CliError> {
    let opened = global.open_another(name)?;
    let model = &opened.0.info().name;
    let wanted = wanted(&arguments.pooling, arguments.layer.map(VectorLayers::One), opened.0.info()).map_err(
        |error| match error {
            CliError::Failed(why) => CliError::Failed(format!("{model}: {why}")),
            other => other,
        },
    )?;
    declared::say(opened.0.info(), &wanted, None);
    declared::say_metric(opened.0.info(), &wanted, &[arguments.metric], true);
    let embeddings = global.embed_rows(&opened, rows, &wanted, arguments.keeping())?;
    let name = |at| message!("cli-text-of-model", model = model, sentence = at + 1);
    warn_of_lengths(opened.0.info(), &embeddings, name);
    let tokenized = warn_of_unknown(&opened.0, &rows.texts, |at| message!("cli-text-sentence", sentence = at + 1))?;
    by_model(arguments, format, &opened.0, rows, &tokenized, embeddings)
}

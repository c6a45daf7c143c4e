use super::{
    args::SimilarityCommand,
    calibration::calibrate,
    error::CliError,
    global::Global,
    input::{sentences, warn_of_truncation},
    output::Destination,
    values::VectorLayers,
    vectors::wanted,
};
use crate::{
    analysis::Metric,
    bert::Bert,
    export::{Format, ModelSimilarities, Nearest, Similarities},
    study::Embeddings,
};

/// How many of the nearest are shown where nobody says.
const NEAREST: usize = 10;

pub(super) fn run(arguments: &SimilarityCommand, global: &Global) -> Result<(), CliError> {
    let SimilarityCommand { metric, query, format, .. } = arguments;
    let mut sentences = sentences(arguments.file.as_deref(), &arguments.texts)?;
    match query {
        Some(_) if sentences.is_empty() => {
            return Err(CliError::Usage(
                "--query needs sentences to look in: texts, or --file with a line each".to_owned(),
            ));
        }
        None if sentences.len() < 2 => {
            return Err(CliError::Usage(
                "similarity needs two sentences: clscope similarity TEXT TEXT, or --file with two lines".to_owned(),
            ));
        }
        _ => {}
    }
    if arguments.against_model.is_some() && matches!(format, Format::Tsv | Format::Csv) {
        return Err(CliError::Usage(format!(
            "{format} holds one model; for --against-model take --format json or table"
        )));
    }
    let destination = Destination::new(*format, None)?;
    let opened = global.open()?;
    let wanted = wanted(&arguments.pooling, arguments.layer.map(VectorLayers::One), opened.0.info())?;
    let count = sentences.len();
    sentences.extend(query.clone());
    let embeddings = global.embed(&opened, &sentences, &wanted, false)?;
    for &(sentence, truncation) in &embeddings.truncated {
        let name = if sentence < count { format!("sentence {}", sentence + 1) } else { "the query".to_owned() };
        warn_of_truncation(&name, Some(truncation));
    }
    sentences.truncate(count);
    match query {
        None => {
            let model = by_model(arguments, &opened.0, &sentences, &embeddings)?;
            let against = arguments.against_model.as_deref();
            let against = against.map(|name| another(name, arguments, global, &sentences)).transpose()?;
            destination.write(&Similarities { sentences, metric: *metric, model, against })
        }
        Some(_) if arguments.background.is_some() => {
            Err(CliError::Usage("--background compares pairs; leave it or --query away".to_owned()))
        }
        Some(query) => {
            let close = |(vector, vectors): &(_, Vec<_>)| {
                let (sentences, query) = vectors.split_at(count);
                (*vector, metric.matrix(query, sentences).concat())
            };
            let top = arguments.top.map_or(NEAREST, |top| top as usize);
            let values = embeddings.vectors.iter().map(close).collect();
            destination.write(&Nearest::new(query.clone(), sentences, *metric, top, values))
        }
    }
}

/// What a model makes of every pair.
fn by_model(
    arguments: &SimilarityCommand,
    bert: &Bert,
    sentences: &[String],
    embeddings: &Embeddings,
) -> Result<ModelSimilarities, CliError> {
    let (metric, asked) = (arguments.metric, arguments.background.as_ref());
    let calibration = match metric {
        Metric::Cosine => calibrate(asked, arguments.format, bert, sentences, embeddings)?,
        _ if asked.is_some() => {
            return Err(CliError::Usage(
                "--background says how unusual a cosine is; leave it or --metric away".to_owned(),
            ));
        }
        _ => None,
    };
    let close = |(vector, vectors): &(_, Vec<_>)| (*vector, metric.matrix(vectors, vectors));
    let values = embeddings.vectors.iter().map(close).collect();
    Ok(ModelSimilarities { name: bert.info().name.clone(), values, calibration })
}

/// The same by another model, under all poolings that it has of those asked for.
fn another(
    name: &str,
    arguments: &SimilarityCommand,
    global: &Global,
    sentences: &[String],
) -> Result<ModelSimilarities, CliError> {
    let opened = global.open_another(name)?;
    let model = &opened.0.info().name;
    let wanted = wanted(&arguments.pooling, arguments.layer.map(VectorLayers::One), opened.0.info()).map_err(
        |error| match error {
            CliError::Failed(why) => CliError::Failed(format!("{model}: {why}")),
            other => other,
        },
    )?;
    let embeddings = global.embed(&opened, sentences, &wanted, false)?;
    for &(sentence, truncation) in &embeddings.truncated {
        warn_of_truncation(&format!("{model}: sentence {}", sentence + 1), Some(truncation));
    }
    by_model(arguments, &opened.0, sentences, &embeddings)
}

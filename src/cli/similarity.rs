use super::{
    arguments::SimilarityCommand,
    calibration::calibrate,
    choices::VectorLayers,
    declared::{self, set_prompt, warn_of_lengths},
    error::CliError,
    global::GlobalArguments,
    input::rows,
    output::Destination,
    unknown::warn_of_unknown,
    vectors::wanted,
};
use crate::{
    analysis::{Metric, Pooling},
    bert::Bert,
    export::{Format, ModelSimilarities, Nearest, Rows, Similarities},
    labels::declared::{pooler_training, steps},
    messages::message,
    study::{Embeddings, TokenizedTexts},
};

/// The number of nearest sentences are shown where nobody says.
const NEAREST: usize = 10;
/// The most rows of a file that are compared with each other.
const MOST_COMPARED: usize = 20_000;

pub(super) fn run(arguments: &SimilarityCommand, global: &GlobalArguments) -> Result<(), CliError> {
    let SimilarityCommand { metric, query, format, .. } = arguments;
    // Of all pairs a matrix is made.
    let most = query.is_none().then_some(MOST_COMPARED);
    let mut rows = rows(arguments.file.as_deref(), &arguments.texts, &arguments.list, most)?;
    match query {
        Some(_) if rows.texts.is_empty() => {
            return Err(CliError::Usage(message!("cli-query-alone")));
        }
        None if rows.filled().count() < 2 => {
            return Err(CliError::Usage(message!("cli-similarity-of-one")));
        }
        _ => {}
    }
    if arguments.against_model.is_some() && matches!(format, Format::Tsv | Format::Csv) {
        return Err(CliError::Usage(message!("cli-against-model-format", format = format.id())));
    }
    let destination = Destination::standard_output(*format)?;
    let mut opened = global.open()?;
    set_prompt(&mut opened.0, arguments.prompt.as_deref())?;
    let wanted = wanted(&arguments.pooling, arguments.layer.map(VectorLayers::One), opened.0.info())?;
    declared::say(opened.0.info(), &wanted, arguments.prompt.as_deref())?;
    let count = rows.texts.len();
    rows.texts.extend(query.clone());
    rows.blank.extend(query.iter().map(|_| false));
    let embeddings = global.embed_rows(&opened, &rows, &wanted)?;
    let name = |at| match at < count {
        true => message!("cli-text-sentence", sentence = at + 1),
        false => message!("cli-text-query"),
    };
    warn_of_lengths(opened.0.info(), &embeddings, name);
    let tokenized = warn_of_unknown(&opened.0, &rows.texts, name)?;
    rows.texts.truncate(count);
    rows.blank.truncate(count);
    match query {
        None => {
            let model = by_model(arguments, &opened.0, &rows, &tokenized, &embeddings)?;
            let against = arguments.against_model.as_deref();
            let against = against.map(|name| another(name, arguments, global, &rows)).transpose()?;
            destination.write(&Similarities { rows, metric: *metric, model, against })
        }
        Some(_) if arguments.background.is_some() => Err(CliError::Usage(message!("cli-background-query"))),
        Some(query) => {
            let close = |(vector, vectors): &(_, Vec<_>)| {
                let (sentences, query) = vectors.split_at(count);
                (*vector, metric.matrix(query, sentences).concat())
            };
            let top = arguments.top.map_or(NEAREST, |top| top as usize);
            let values = embeddings.vectors.iter().map(close).collect();
            let unknown: Vec<_> = (0..count).map(|at| tokenized.unknown(at)).collect();
            destination.write(&Nearest::new(query.clone(), &rows, *metric, top, values, &unknown))
        }
    }
}

/// What a model makes of every pair.
fn by_model(
    arguments: &SimilarityCommand,
    bert: &Bert,
    rows: &Rows,
    tokenized: &TokenizedTexts,
    embeddings: &Embeddings,
) -> Result<ModelSimilarities, CliError> {
    let (metric, asked) = (arguments.metric, arguments.background.as_ref());
    let calibration = match metric {
        Metric::Cosine => calibrate(asked, arguments.format, bert, &rows.texts, tokenized, embeddings)?,
        _ if asked.is_some() => {
            return Err(CliError::Usage(message!("cli-background-metric")));
        }
        _ => None,
    };
    let close = |(vector, vectors): &(_, Vec<_>)| (*vector, metric.matrix(vectors, vectors));
    let values = embeddings.vectors.iter().map(close).collect();
    let has = |pooling| embeddings.vectors.iter().any(|(vector, _)| vector.pooling == pooling);
    Ok(ModelSimilarities {
        name: bert.info().name.clone(),
        declared: has(Pooling::Declared)
            .then(|| bert.info().declared.as_ref().ok().map(|known| steps(known)))
            .flatten(),
        pooled: has(Pooling::Pooled).then(|| pooler_training(bert.info())),
        values,
        calibration,
        unknown: (0..rows.texts.len()).map(|at| tokenized.unknown(at)).collect(),
        indistinct: tokenized.indistinct().to_vec(),
    })
}

/// The same by another model, under all poolings that it has of those asked for.
fn another(
    name: &str,
    arguments: &SimilarityCommand,
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
    declared::say(opened.0.info(), &wanted, None)?;
    let embeddings = global.embed_rows(&opened, rows, &wanted)?;
    let name = |at| message!("cli-text-of-model", model = model, sentence = at + 1);
    warn_of_lengths(opened.0.info(), &embeddings, name);
    let tokenized = warn_of_unknown(&opened.0, &rows.texts, |at| message!("cli-text-sentence", sentence = at + 1))?;
    by_model(arguments, &opened.0, rows, &tokenized, &embeddings)
}

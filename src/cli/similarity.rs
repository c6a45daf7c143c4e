use std::ops::ControlFlow;

use super::{
    CliError,
    args::{Global, SimilarityCommand, TableFormat},
    calibration::calibrate,
    output, read_text, warn_of_truncation,
};
use crate::{
    analysis::{Pooling, SentenceVector, cosine},
    embedding::embed,
    export::similarity::Similarities,
};

pub(super) fn run(arguments: &SimilarityCommand, global: &Global) -> Result<(), CliError> {
    let sentences = match &arguments.file {
        Some(path) => read_text(path)?.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect(),
        None => arguments.texts.clone(),
    };
    if sentences.len() < 2 {
        return Err(CliError::Usage(
            "similarity needs two sentences: clscope similarity TEXT TEXT, or --file with two lines".to_owned(),
        ));
    }
    let (bert, _) = global.open()?;
    let poolings = wanted(&arguments.pooling, bert.info().has_pooler)?;

    let wanted: Vec<SentenceVector> = poolings.into_iter().map(SentenceVector::from).collect();
    let embeddings = embed(&bert, &sentences, &wanted, |_| ControlFlow::Continue(()))?.unwrap_or_default();
    for &(sentence, truncation) in &embeddings.truncated {
        warn_of_truncation(&format!("sentence {}", sentence + 1), Some(truncation));
    }
    let calibration = calibrate(arguments.background.as_ref(), arguments.format, &bert, &sentences, &embeddings)?;
    let cosines = embeddings.vectors.iter().map(|(vector, vectors)| (vector.pooling, matrix(vectors))).collect();
    let similarities = Similarities { sentences, cosines, calibration };
    let text = match arguments.format {
        TableFormat::Table => similarities.table(),
        TableFormat::Tsv => similarities.tsv(),
        TableFormat::Json => similarities.json().map_err(|e| CliError::Failed(e.to_string()))?,
    };
    output::write(text.as_bytes(), None)
}

/// The poolings asked for, or all the model has; each once, in the usual order.
fn wanted(asked: &[Pooling], has_pooler: bool) -> Result<Vec<Pooling>, CliError> {
    if asked.contains(&Pooling::Pooled) && !has_pooler {
        return Err(CliError::Failed(
            "this checkpoint has no pooler, so \"pooled\" does not exist; take cls or mean".to_owned(),
        ));
    }
    let chosen = |pooling: &Pooling| match asked {
        [] => has_pooler || *pooling != Pooling::Pooled,
        asked => asked.contains(pooling),
    };
    Ok(Pooling::ALL.iter().copied().filter(chosen).collect())
}

fn matrix(vectors: &[Option<Vec<f32>>]) -> Vec<Vec<Option<f32>>> {
    let pair = |a: &Option<Vec<f32>>, b: &Option<Vec<f32>>| Some(cosine(a.as_ref()?, b.as_ref()?));
    vectors.iter().map(|a| vectors.iter().map(|b| pair(a, b)).collect()).collect()
}

//! The vectors of the examples, and the document that both tasks fill.

use super::pairs::metrics;
use crate::{
    analysis::{Key, Pooling, Quantity, SentenceVector, Table, ValueColumn},
    bert::{Bert, ModelInfo},
    cli::{
        arguments::{EvaluateCommand, EvaluationTask},
        declared::{self, set_prompt, warn_of_lengths},
        error::CliError,
        global::GlobalArguments,
        unknown::warn_of_unknown,
        vectors::{DistinctSentences, Keeping, wanted},
    },
    export::Document,
    labels,
    messages::quoted,
    models::ModelSource,
    study::Embeddings,
};

/// A model whose vectors are evaluated.
pub(super) struct EvaluatedModel {
    pub opened: (Bert, ModelSource),
    pub wanted: Vec<SentenceVector>,
}

impl EvaluatedModel {
    /// The model that was asked for, or another, for which `--prompt` does not speak.
    pub(super) fn open(
        arguments: &EvaluateCommand,
        global: &GlobalArguments,
        other: Option<&str>,
    ) -> Result<Self, CliError> {
        let mut opened = other.map_or_else(|| global.open(), |other| global.open_another(other))?;
        let prompt = arguments.prompt.as_deref().filter(|_| other.is_none());
        let wanted = wanted(&arguments.pooling, arguments.layer, opened.0.info())?;
        set_prompt(&mut opened.0, prompt, &wanted)?;
        declared::say(opened.0.info(), &wanted, prompt);
        if arguments.task == EvaluationTask::Similarity {
            declared::say_metric(opened.0.info(), &wanted, &metrics(arguments), true);
        }
        Ok(Self { opened, wanted })
    }
}

/// The vectors of the sentences by one model, and a document about the model and the file.
pub(super) struct EmbeddedExamples {
    pub embeddings: Embeddings,
    pub info: ModelInfo,
    pub document: Document,
}

/// Embeds the sentences with the model that was asked for, or with another.
pub(super) fn embed(
    arguments: &EvaluateCommand,
    global: &GlobalArguments,
    sentences: &DistinctSentences,
    file: &str,
    other: Option<&str>,
) -> Result<EmbeddedExamples, CliError> {
    let EvaluatedModel { opened, wanted } = EvaluatedModel::open(arguments, global, other)?;
    let (bert, source) = &opened;
    let embeddings = global.embed(&opened, &sentences.sentences, &wanted, Keeping::unless(arguments.no_cache))?;
    let name = |at: usize| quoted(beginning(&sentences.sentences[at]));
    warn_of_lengths(bert.info(), &embeddings, name);
    let tokenized = warn_of_unknown(bert, &sentences.sentences, name)?;
    let mut document = Document::of_model(bert.info(), &source.origin()).with("file", file);
    let unknown = tokenized.unknown_of_all();
    if let (Some(Pooling::Declared), Ok(known)) = (wanted.first().map(|vector| vector.pooling), &bert.info().declared) {
        document.about.push(("declared", labels::declared::steps(known)));
    }
    if wanted.iter().any(|vector| vector.pooling == Pooling::Pooled) {
        document.about.push(("pooled", labels::declared::pooler_training(bert.info()).to_owned()));
    }
    document.about.extend(unknown.any().then(|| ("unknown", labels::unknown::share(unknown))));
    Ok(EmbeddedExamples { embeddings, info: bert.info().clone(), document })
}

/// As much of a sentence as a line of a message holds.
fn beginning(sentence: &str) -> String {
    sentence.chars().take(60).collect()
}

/// `pooling` and `layer` of a row: 0 is the embeddings, and what is of the last layer has its number.
pub(in crate::cli) fn keys(vector: SentenceVector, info: &ModelInfo) -> [Key; 2] {
    [Key::Text(vector.pooling.name().to_owned()), Key::Number(vector.layer.unwrap_or(info.layers))]
}

/// Columns of these names.
pub(super) fn measures(names: &[&'static str], quantity: Quantity) -> Vec<ValueColumn> {
    names.iter().map(|&name| ValueColumn::new(name, quantity)).collect()
}

/// With the one table there is.
pub(super) fn with_table(mut document: Document, table: Table) -> Document {
    document.tables.push(table);
    document
}

//! `clscope evaluate`: which vector serves best, on examples of one's own.

mod labelled;
mod pairs;

use super::{
    CliError,
    args::{EvaluateCommand, Global, Task},
    output::{self, Destination},
    read_text,
    vectors::{Distinct, wanted},
};
use crate::{
    analysis::{Key, Measure, Quantity, SentenceVector, Table},
    bert::ModelInfo,
    embedding::Embeddings,
    export::Document,
};

pub(super) fn run(arguments: &EvaluateCommand, global: &Global) -> Result<(), CliError> {
    let EvaluateCommand { task, format, output, bootstrap, folds, .. } = arguments;
    match task {
        Task::Similarity if folds.is_some() => {
            return Err(CliError::Usage("--folds belongs to --task classify".to_owned()));
        }
        Task::Classify if bootstrap.is_some() => {
            return Err(CliError::Usage("--bootstrap belongs to --task similarity; leave it away".to_owned()));
        }
        _ => {}
    }
    let destination = Destination::new(*format, output.as_deref())?;
    let file = arguments.file.display().to_string();
    let text = read_text(&arguments.file)?;
    let document = match task {
        Task::Similarity => pairs::evaluate(arguments, global, &text, &file)?,
        Task::Classify => labelled::evaluate(arguments, global, &text, &file)?,
    };
    destination.write(&document)
}

/// The vectors of the sentences, and a document about the model and the file.
fn read(
    arguments: &EvaluateCommand,
    global: &Global,
    sentences: &Distinct,
    file: &str,
) -> Result<(Embeddings, ModelInfo, Document), CliError> {
    let opened = global.open()?;
    let (bert, source) = &opened;
    let wanted = wanted(&arguments.pooling, arguments.layer, bert.info())?;
    let embeddings = global.embed(&opened, &sentences.sentences, &wanted, !arguments.no_cache)?;
    if let Some((first, cut)) = embeddings.truncated.first() {
        let many = match embeddings.truncated.len() {
            1 => "1 sentence has".to_owned(),
            count => format!("{count} sentences have"),
        };
        output::say(&format!(
            "clscope: {many} more tokens than the {} the model reads; what is beyond is cut off; the first: {}",
            cut.to,
            sentences.sentences[*first].chars().take(60).collect::<String>()
        ));
    }
    let document = Document::of_model(bert.info(), &source.origin()).with("file", file);
    Ok((embeddings, bert.info().clone(), document))
}

/// `pooling` and `layer` of a row: 0 is the embeddings, and what is of the last layer has its number.
fn keys(vector: SentenceVector, info: &ModelInfo) -> [Key; 2] {
    [Key::Text(vector.pooling.name().to_owned()), Key::Number(vector.layer.unwrap_or(info.layers))]
}

fn measures(names: &[&'static str], quantity: Quantity) -> Vec<Measure> {
    names.iter().map(|&name| Measure::new(name, quantity)).collect()
}

/// With the one table there is.
fn with_table(mut document: Document, table: Table) -> Document {
    document.tables.push(table);
    document
}

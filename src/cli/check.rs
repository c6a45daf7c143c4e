//! `clscope models check`: what a model's files declare, and how vectors were made.

use std::{ops::ControlFlow, path::PathBuf};

use clap::{Args, ValueHint};

use super::{
    declared::no_declared_reason, error::CliError, format::TableArguments, global::GlobalArguments, input,
    meter::Meter, output::Destination,
};
use crate::{
    analysis::{Column, Key, Quantity, Table, TableRow, ValueColumn, readable_cosine},
    bert::{AuditFinding, Bert, Checkpoint, HeadName, NotDeclared},
    dataset::{ColumnChoice, ReadingOptions, TextVectors, read_vectors},
    export::Document,
    labels::declared::{making, steps},
    messages::{message, quoted},
    models::ModelSource,
    study::{TriedReadings, VectorAudit, VectorCandidate, audit_vectors},
};

/// So many candidates are shown that do not fit, or cannot be told from those that do.
const SHOWN: usize = 10;

#[derive(Debug, Args)]
pub(super) struct CheckCommand {
    /// The model, given as for --model
    #[arg(value_name = "embedded|HUB_ID|DIR", value_hint = ValueHint::DirPath)]
    pub name: String,
    /// Vectors made elsewhere, of which clscope finds out how: npz, npy, jsonl or parquet
    #[arg(long, value_name = "FILE")]
    pub vectors: Option<PathBuf>,
    /// The texts of the vectors, in the same order, where their file holds none: one per line, or a column of a table
    #[arg(long, value_name = "FILE", requires = "vectors")]
    pub file: Option<PathBuf>,
    /// The column of --vectors with the vectors
    #[arg(long, value_name = "COLUMN", requires = "vectors")]
    pub vector_column: Option<String>,
    /// The column of --vectors with the texts, or that of --file
    #[arg(long, value_name = "COLUMN", requires = "vectors")]
    pub text_column: Option<String>,
    /// Also try this prompt before each text; repeatable (those of the model are tried anyway)
    #[arg(long, value_name = "TEXT", requires = "vectors")]
    pub prompt: Vec<String>,
    /// Also try to cut texts after so many tokens; repeatable (64, 128, 256, 512, what the files say and the most that the
    /// model reads are tried anyway)
    #[arg(long, value_name = "TOKENS", requires = "vectors")]
    pub limit: Vec<usize>,
    #[command(flatten)]
    pub tables: TableArguments,
}

pub(super) fn run(arguments: &CheckCommand, global: &GlobalArguments) -> Result<(), CliError> {
    let destination = Destination::of_tables(&arguments.tables, global)?;
    let given = arguments.vectors.as_deref().map(|path| given(path, arguments)).transpose()?;
    let opened = global.open_another(&arguments.name)?;
    let (mut bert, source): (Bert, ModelSource) = opened;
    let checkpoint = global.checkpoint(&source)?;
    let mut document = Document::of_model(bert.info(), &source.origin());
    document.about.push(match &bert.info().declared {
        Ok(declared) => ("declared", steps(declared)),
        Err(why) => ("declared", no_declared_reason(why)),
    });
    document.tables.push(findings(&bert, &checkpoint, &source)?);
    if let Some(given) = given {
        let audit = audit(&mut bert, &given, arguments)?;
        document.about.push(("vectors", verdict(&audit, &bert)));
        document.tables.push(candidates(&audit));
    }
    destination.write(&document)
}

/// Texts with the vectors of them, those without either left out.
struct Given {
    texts: Vec<String>,
    vectors: Vec<Vec<f32>>,
}

fn given(path: &std::path::Path, arguments: &CheckCommand) -> Result<Given, CliError> {
    let own_texts = arguments.text_column.as_deref().filter(|_| arguments.file.is_none());
    let read = read_vectors(path, arguments.vector_column.as_deref(), own_texts);
    let TextVectors { texts, vectors, .. } = read.map_err(|error| CliError::Failed(error.to_string()))?;
    let file = path.display().to_string();
    let texts = match (&arguments.file, texts) {
        (Some(list), _) => {
            let options = ReadingOptions {
                texts: arguments.text_column.clone().map(ColumnChoice).into_iter().collect(),
                ..ReadingOptions::default()
            };
            input::texts_of(list, options)?
        }
        (None, Some(texts)) => texts,
        (None, None) => return Err(CliError::Failed(message!("cli-check-no-texts", file = file))),
    };
    if texts.len() != vectors.len() {
        return Err(CliError::Failed(message!("cli-check-lengths", texts = texts.len(), vectors = vectors.len())));
    }
    let rows = texts.into_iter().zip(vectors).filter(|(text, vector)| !text.trim().is_empty() && !vector.is_empty());
    let (texts, vectors): (Vec<String>, Vec<Vec<f32>>) = rows.unzip();
    match texts.is_empty() {
        true => Err(CliError::Failed(message!("cli-check-no-texts", file = file))),
        false => Ok(Given { texts, vectors }),
    }
}

/// What is declared, what is missing, what is contradictory: a row each.
fn findings(bert: &Bert, checkpoint: &Checkpoint, source: &ModelSource) -> Result<Table, CliError> {
    let found = checkpoint.findings().map_err(|error| CliError::Failed(error.to_string()))?;
    let mut rows: Vec<(String, String)> = Vec::new();
    if let Ok(declared) = &bert.info().declared {
        let mut say = |what: String| rows.push(("declared".to_owned(), what));
        say(message!("cli-check-steps", steps = steps(declared), dimension = declared.dimension));
        for prompt in declared.prompts.iter().filter(|prompt| !prompt.text.is_empty()) {
            let (name, text) = (quoted(&prompt.name), quoted(&prompt.text));
            say(match declared.default_prompt.as_deref() == Some(&*prompt.name) {
                true => message!("cli-check-default-prompt", name = name, text = text),
                false => message!("cli-check-prompt", name = name, text = text),
            });
        }
        if let Some(similarity) = &declared.similarity {
            say(message!("cli-check-similarity", similarity = similarity));
        }
    } else if let Err(why) = &bert.info().declared
        && checkpoint.modules.is_ok()
    {
        rows.push(match cross_encoder(bert, why) {
            Some(what) => ("declared".to_owned(), what),
            None => ("missing".to_owned(), AuditFinding::NotDeclared((**why).clone()).to_string()),
        });
    }
    rows.extend(found.iter().map(|finding| (finding.kind().id().to_owned(), finding.to_string())));
    let row = |(kind, what): (String, String)| TableRow {
        keys: vec![Key::Text(kind), Key::Text(what)],
        cells: Vec::new(),
        measures: Vec::new(),
    };
    Ok(Table {
        title: message!("cli-check-title", model = source.origin()),
        keys: Column::all(["kind", "finding"]),
        cells: None,
        measures: Vec::new(),
        rows: rows.into_iter().map(row).collect(),
    })
}

/// What a `CrossEncoder` of sentence-transformers is for; none of another model.
fn cross_encoder(bert: &Bert, why: &NotDeclared) -> Option<String> {
    let is_one = matches!(why, NotDeclared::ModelType { kind } if kind == "CrossEncoder");
    let heads = &bert.info().output_heads;
    let head = heads.iter().find(|head| is_one && head.name == HeadName::SequenceClassification)?;
    Some(message!("cli-check-cross-encoder", activation = head.activation.id()))
}

fn audit(bert: &mut Bert, given: &Given, arguments: &CheckCommand) -> Result<VectorAudit, CliError> {
    let mut prompts: Vec<String> = Vec::new();
    let own = bert.info().declared.as_ref().ok().map(|declared| declared.prompts.clone()).unwrap_or_default();
    for text in own.into_iter().map(|prompt| prompt.text).chain(arguments.prompt.iter().cloned()) {
        if !text.is_empty() && !prompts.contains(&text) {
            prompts.push(text);
        }
    }
    let mut meter = Meter::after_a_pause(bert.info().name.clone());
    let tried = TriedReadings { prompts, limits: arguments.limit.clone() };
    let found = audit_vectors(bert, &given.texts, &given.vectors, &tried, |done, total| {
        meter.say(message!("cli-progress-check", done = done, total = total));
        ControlFlow::Continue(())
    })?;
    drop(meter);
    found.ok_or_else(|| CliError::Failed(message!("cli-check-size")))
}

/// What made the vectors, in a sentence.
fn verdict(audit: &VectorAudit, bert: &Bert) -> String {
    let Some(first) = audit.candidates.first() else { return message!("cli-check-size") };
    let of = |candidate: &VectorCandidate| described(candidate, bert);
    match audit.fitting {
        0 => message!("cli-check-none", nearest = of(first), cosine = readable_cosine(first.matched.cosine as f32, 4)),
        1 if first.is_declared => message!("cli-check-declared", making = of(first)),
        1 => message!("cli-check-made", making = of(first)),
        count if first.is_declared => message!("cli-check-declared-or", making = of(first), others = count - 1),
        count => message!("cli-check-made-or", making = of(first), others = count - 1),
    }
}

fn described(candidate: &VectorCandidate, bert: &Bert) -> String {
    let making = making(candidate.making, candidate.matched.form);
    let limit = match candidate.limit {
        Some(limit) => message!("cli-check-limit", limit = limit),
        None => message!("cli-check-no-limit", most = bert.info().max_length),
    };
    match candidate.prompt.is_empty() {
        true => message!("cli-check-making", making = making, limit = limit),
        false => {
            message!("cli-check-making-prompt", making = making, limit = limit, prompt = quoted(&candidate.prompt))
        }
    }
}

fn candidates(audit: &VectorAudit) -> Table {
    let shown = audit.fitting.max(SHOWN).min(audit.candidates.len());
    let row = |(at, candidate): (usize, &VectorCandidate)| {
        let status = match (at < audit.fitting, candidate.is_declared) {
            (true, true) => "declared",
            (true, false) => "fits",
            (false, _) => "",
        };
        let limit = candidate.limit.map_or_else(|| Key::Text(String::new()), Key::Number);
        let (making, form) = (making(candidate.making, candidate.matched.form), candidate.matched.form.id());
        let prompt = if candidate.prompt.is_empty() { String::new() } else { quoted(&candidate.prompt) };
        let numbers = [candidate.matched.cosine, candidate.matched.least_cosine, candidate.matched.difference];
        TableRow {
            keys: vec![
                Key::Text(status.to_owned()),
                Key::Text(making),
                Key::Text(form.to_owned()),
                limit,
                Key::Text(prompt),
            ],
            cells: Vec::new(),
            measures: numbers.map(|number| Some(number as f32)).into(),
        }
    };
    let measure = |name: &'static str, quantity| ValueColumn::new(name, quantity);
    Table {
        title: message!("cli-check-vectors-title", texts = audit.texts, longest = audit.longest),
        keys: Column::all(["status", "reading", "form", "tokens", "prompt"]),
        cells: None,
        measures: vec![
            measure("cosine", Quantity::Cosine),
            measure("least", Quantity::Cosine),
            measure("difference", Quantity::Number),
        ],
        rows: audit.candidates[..shown].iter().enumerate().map(row).collect(),
    }
}

//! `clscope mixing`: what vectors are made of, and what is said of `[CLS]`, tested on a sentence or on many.

mod rows;

use std::{fmt, ops::ControlFlow, path::PathBuf, str::FromStr};

use clap::{Args, ValueHint};

use super::{
    choices::{BackgroundChoice, one_of},
    dataset::{ListArguments, TextArguments},
    declared::warn_of_truncated,
    error::CliError,
    finite::warn_of_not_finite_in,
    format::{TableArguments, formats_of_tables_and_rows},
    global::GlobalArguments,
    groundwork::work_out,
    input::{LongText, MOST_HELD, RowSource, sentences, warn_of_length},
    meter::Meter,
    output::{Destination, diagnostic},
    rows::RowArguments,
    unknown::{warn_of_unknown, warn_of_unknown_in},
};
use crate::{
    analysis::{Claims, Granularity, Measure, MeasuredTrace, MixedVector, Table, TraitOrder, Units, VectorTraits},
    bert::{Ablations, Bert, Input, Trace},
    export::Document,
    messages::message,
    study::{Background, MixingRequest, study_mixing},
};

#[derive(Debug, Args)]
#[command(mut_arg("format", |format| format.value_parser(formats_of_tables_and_rows())))]
pub(super) struct MixingCommand {
    /// The sentence
    #[arg(value_name = "TEXT", required_unless_present_any = ["file", "background"])]
    pub text: Option<String>,
    /// Instead test the claims on the sentences of a file, one per line, or of a column of csv, tsv, jsonl or parquet; - is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "text")]
    pub file: Option<PathBuf>,
    #[command(flatten)]
    pub list: ListArguments,
    /// Instead test the claims on unrelated sentences: en, zh, or a file with one per line
    #[arg(long, value_name = "NAME|FILE", conflicts_with_all = ["text", "file"], value_hint = ValueHint::AnyPath)]
    pub background: Option<BackgroundChoice>,
    /// The vector of a sentence that is taken apart: a token, counted from 0, cls, mean or pooled [default: cls]
    #[arg(long, value_name = "N|cls|mean|pooled", conflicts_with_all = ["file", "background"])]
    pub token: Option<MixingToken>,
    /// The measure of the shares: alti, decompx, dot, globenc or rollout [default: decompx; of many sentences: each]
    #[arg(long, value_name = "NAME", hide_possible_values = true, value_parser = one_of(Measure::from_input(), Measure::id))]
    pub measure: Option<Measure>,
    /// Also find out how the shares of every measure follow what happens to the vector when a word is masked or hidden
    #[arg(long)]
    pub trust: bool,
    #[command(flatten)]
    pub rows: RowArguments,
    #[command(flatten)]
    pub tables: TableArguments,
}

pub(super) fn run(arguments: &MixingCommand, global: &GlobalArguments) -> Result<(), CliError> {
    if let Some(destination) = arguments.rows.destination(&arguments.tables)? {
        let file = arguments.file.as_ref().ok_or_else(|| CliError::Usage(message!("cli-rows-file")))?;
        return rows::write(arguments, global, file, &destination);
    }
    let destination = Destination::of_tables(&arguments.tables, global)?;
    if arguments.file.is_none() && arguments.list != ListArguments::default() {
        return Err(CliError::Usage(message!("cli-file-options-alone")));
    }
    if destination.takes_one_table() {
        let format = destination.format().id();
        return Err(CliError::Usage(message!("cli-several-tables-of", format = format, option = "mixing")));
    }
    let list = list(arguments)?;
    let (bert, source) = global.open()?;
    let document = match (list, &arguments.text) {
        (Some(list), _) => {
            let document = Document::of_model(bert.info(), &source.origin()).with("sentences", &list.name);
            of_list(arguments, &bert, list, document)?
        }
        (None, text) => of_text(arguments, &bert, &source.origin(), text.as_deref().unwrap_or_default())?,
    };
    destination.write(&document)
}

impl MixingCommand {
    /// What is to be found out about many sentences.
    fn request(&self, texts: Vec<String>) -> MixingRequest {
        let measures = self.measure.map_or_else(|| Measure::from_input().to_vec(), |measure| vec![measure]);
        MixingRequest { texts, measures, trust: self.trust }
    }
}

/// The sentences of a list.
struct SentenceList {
    name: String,
    texts: Vec<String>,
    /// The row of each, from 0.
    rows: Vec<usize>,
}

impl SentenceList {
    fn whole(name: String, texts: Vec<String>) -> Self {
        Self { name, rows: (0..texts.len()).collect(), texts }
    }
}

/// The sentences to test claims on; none where a text is taken apart.
fn list(arguments: &MixingCommand) -> Result<Option<SentenceList>, CliError> {
    let background = |background: Background| Some(SentenceList::whole(background.name, background.sentences));
    Ok(match (&arguments.file, &arguments.background) {
        (Some(path), _) => {
            let rows = RowSource::open(Some(path), &[], &arguments.list, Some(MOST_HELD), None)?.all()?;
            let filled: Vec<usize> = rows.filled().collect();
            let texts = filled.iter().map(|&row| rows.texts[row].clone()).collect();
            Some(SentenceList { name: path.display().to_string(), texts, rows: filled })
        }
        (None, None) => None,
        (None, Some(BackgroundChoice::English)) => background(Background::english()),
        (None, Some(BackgroundChoice::Chinese)) => background(Background::chinese()),
        (None, Some(BackgroundChoice::File(path))) => {
            Some(SentenceList::whole(path.display().to_string(), sentences(path, &TextArguments::default())?))
        }
        (None, Some(other)) => {
            return Err(CliError::Usage(message!("cli-mixing-background", name = other.to_string())));
        }
    })
}

/// The claims over many sentences.
fn of_list(
    arguments: &MixingCommand,
    bert: &Bert,
    SentenceList { texts, rows, .. }: SentenceList,
    mut document: Document,
) -> Result<Document, CliError> {
    warn_of_unknown(bert, &texts, |at| message!("cli-text-sentence", sentence = rows[at] + 1))?;
    warn_of_truncated(bert, &texts, |at| message!("cli-text-sentence", sentence = rows[at] + 1))?;
    let request = arguments.request(texts);
    let mut meter = Meter::after_a_pause(message!("cli-meter-mixing"));
    let found = study_mixing(bert, &request, &mut |done, total| {
        meter.say(message!("cli-progress-sentences", done = done, total = total));
        ControlFlow::Continue(())
    })?;
    drop(meter);
    let found = found.unwrap_or_default();
    if found.not_finite > 0 {
        diagnostic(&message!("cli-mixing-not-finite", count = found.not_finite, total = found.sentences));
    }
    document.tables = found.tables();
    Ok(document)
}

/// What a vector of one sentence is made of, and the claims on it.
fn of_text(arguments: &MixingCommand, bert: &Bert, origin: &str, text: &str) -> Result<Document, CliError> {
    let trace = bert.trace(&Input::single(text))?;
    warn_of_length(bert, LongText::Input, &trace.input, trace.truncation)?;
    warn_of_unknown_in(bert, &trace.input)?;
    warn_of_not_finite_in(bert, &trace);
    let trace = MeasuredTrace::from(trace);
    let measure = arguments.measure.unwrap_or_else(Measure::of_mixing);
    let token = arguments.token.unwrap_or_default();
    let units = Units::new(&trace, Granularity::Words);
    let vector = token.vector(bert, &trace, &units)?;
    for measure in Measure::from_input() {
        work_out(bert, &trace, *measure)?;
    }
    let mut document = Document::new(bert.info(), origin, &trace, &Ablations::default())
        .with("measure", measure)
        .with("vector", token);
    document.tables = vec![
        Table::mixed_layers(&trace, &units, measure, vector),
        Table::mixed_tokens(&trace, &units, measure),
        Table::vector_traits(
            &trace,
            &units,
            measure,
            &VectorTraits::all(&trace, &units, measure, None),
            TraitOrder::Standing,
        ),
    ];
    let deciding: Vec<Measure> =
        Measure::from_input().iter().copied().filter(|measure| !measure.is_for_papers()).collect();
    let claims = Claims::new(&trace, &units, &deciding);
    let first = units.text(&trace, 0);
    document.tables.extend(claims.iter().flat_map(|claims| Table::claims(claims, None, &first)));
    let texts = vec![text.to_owned()];
    let request = MixingRequest { texts, measures: Measure::from_input().to_vec(), trust: arguments.trust };
    let found = study_mixing(bert, &request, &mut |_, _| ControlFlow::Continue(()))?;
    document.tables.extend(found.unwrap_or_default().numbers());
    Ok(document)
}

/// `--token`: which vector is taken apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum MixingToken {
    /// A token, from 0.
    Token(usize),
    #[default]
    Cls,
    Mean,
    Pooled,
}

impl MixingToken {
    fn vector(self, bert: &Bert, trace: &Trace, units: &Units) -> Result<MixedVector, CliError> {
        let tokens = trace.tokens.len();
        match self {
            MixingToken::Token(token) if token >= tokens => {
                let last = tokens.saturating_sub(1);
                Err(CliError::Usage(message!("cli-mixing-token", token = token.to_string(), last = last)))
            }
            MixingToken::Token(token) => Ok(MixedVector::Unit(units.unit_of(token))),
            MixingToken::Cls => Ok(MixedVector::Unit(0)),
            MixingToken::Mean => Ok(MixedVector::Mean),
            MixingToken::Pooled if !bert.info().has_pooler => Err(CliError::Failed(message!("cli-mixing-no-pooler"))),
            MixingToken::Pooled => Ok(MixedVector::Pooled),
        }
    }
}

impl fmt::Display for MixingToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MixingToken::Token(token) => token.fmt(f),
            MixingToken::Cls => f.pad("cls"),
            MixingToken::Mean => f.pad("mean"),
            MixingToken::Pooled => f.pad("pooled"),
        }
    }
}

impl FromStr for MixingToken {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "cls" => Ok(MixingToken::Cls),
            "mean" => Ok(MixingToken::Mean),
            "pooled" => Ok(MixingToken::Pooled),
            number => number.parse().map(MixingToken::Token).map_err(|_| message!("cli-value-mixing-token")),
        }
    }
}

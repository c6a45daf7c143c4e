//! A logit of an output head or a probe: which one is meant, and why it is what it is.

use std::sync::Arc;

use super::{
    arguments::{AttentionCommand, AttentionView, OutputArguments},
    traced_input::TracedInput,
};
use crate::{
    analysis::{Granularity, HeadReading, HeadSays, LogitTarget, Units, largest_at},
    bert::{Bert, HeadName, States, Trace},
    cli::{error::CliError, meter::Meter, output::diagnostic, predict::chosen_head, probe::fitting},
    export::Document,
    messages::{listed, message, quoted},
    probe,
    study::{LogitFound, LogitWhy, LogitWork, Reading, ReadingOfModel, explain_logit, logit, read_heads},
};

/// A logit, and what was read.
pub(super) struct ChosenLogit {
    pub(super) target: LogitTarget,
    /// For people.
    pub(super) name: String,
    /// What the head or the probe says.
    outputs: Vec<HeadReading>,
}

/// A label of a head, or a word, and of what token it is.
struct ChosenLabel {
    /// Its number; of a word its id.
    at: usize,
    name: String,
    token: Option<usize>,
}

/// By words, by layers and heads, and by layer.
pub(super) fn output(
    arguments: &AttentionCommand,
    input: TracedInput,
    document: Document,
) -> Result<Document, CliError> {
    let ChosenLogit { target, name, outputs } = ChosenLogit::new(arguments, &input)?;
    let TracedInput { bert, read, .. } = input;
    let before = if read.is_ablated() { logit(&bert, read.whole(), &target)? } else { None };
    let mut reading = Reading::new(read.trace);
    reading.outputs = outputs;
    let reading = Arc::new(reading);
    let mut why = LogitWhy::new(target.clone(), Arc::clone(&reading), Vec::new());
    let lens = match target {
        LogitTarget::Word { .. } => (0..=reading.trace.layers).collect(),
        _ => Vec::new(),
    };
    let work = LogitWork { target, of: ReadingOfModel { reading, model: 0 }, lens };
    let mut meter = Meter::after_a_pause(name.clone());
    let (mut done, total) = (0, work.lens.len() + work.of.reading.units(Granularity::Words).len());
    explain_logit(&bert, &work, &|| true, &mut |found| {
        done += match &found {
            LogitFound::Lens(..) => 1,
            LogitFound::Losses(some) => some.len(),
            LogitFound::Parts(..) | LogitFound::Layers(_) | LogitFound::Words(_) => 0,
        };
        meter.say(message!("cli-progress-steps", done = done, total = total));
        why.take(found);
    })?;
    let mut document = document.with("logit_of", &name);
    document.about.extend(why.logit.map(|logit| ("logit", logit.to_string())));
    document.about.extend(before.map(|logit| ("logit_before", logit.to_string())));
    document.about.extend(why.correlation.map(|rho| ("rank_correlation", rho.to_string())));
    document.tables.extend(why.tables(&name));
    Ok(document)
}

impl ChosenLogit {
    /// The logit that the arguments say; of what they leave away what the model says, and that is said.
    pub(super) fn new(arguments: &AttentionCommand, input: &TracedInput) -> Result<Self, CliError> {
        let OutputArguments { output_head, probe, label } = &arguments.output;
        let TracedInput { bert, read, .. } = input;
        let trace: &Trace = &read.trace;
        let units = Units::new(trace, arguments.units);
        let from = arguments.from.as_ref().map(|from| from.token(trace, &units)).transpose()?;
        let states = States::from(trace);
        let (outputs, name, token, target) = if let Some(probe) = probe {
            let probe = probe::open(probe)?;
            fitting(bert, &probe)?;
            let vector = probe.vector.to_string();
            let reading = probe.says(states).ok_or_else(|| {
                CliError::Failed(message!("cli-output-no-vector", probe = &*probe.name, vector = vector))
            })?;
            let label = chosen(bert, trace, &reading, None, label.as_deref())?;
            let name = message!("cli-logit", label = &*label.name, head = &*probe.name);
            (vec![reading], name, None, LogitTarget::Probe { probe, label: label.at })
        } else {
            let head = chosen_head(bert, output_head.as_deref(), "--output-head")?.name;
            let outputs = read_heads(bert, &trace.input, &states, Some(head))?;
            let Some(reading) = outputs.first() else { return Err(no_number(head)) };
            let ChosenLabel { at, name: label, token } = chosen(bert, trace, reading, from, label.as_deref())?;
            let title = head.label().text();
            let name = match token {
                Some(token) => message!("cli-logit-at", label = &*label, token = token, head = title),
                None => message!("cli-logit", label = &*label, head = title),
            };
            let target = match (head, token) {
                (HeadName::MaskedLanguage, Some(token)) => LogitTarget::Word { id: at as u32, word: label, token },
                (_, token) => LogitTarget::Head { head, label: at, token: token.unwrap_or(0) },
            };
            (outputs, name, token, target)
        };
        if arguments.view == AttentionView::Output && from.is_some() && token.is_none() {
            return Err(CliError::Usage(message!("cli-output-whole-text", name = name)));
        }
        if label.is_none() {
            diagnostic(&message!("cli-logit-chosen", name = &*name));
        }
        Ok(Self { target, name, outputs })
    }
}

/// The label that is asked for, else what the head says; of a head that reads every token at the one that is asked for, else where it
/// says most.
fn chosen(
    bert: &Bert,
    trace: &Trace,
    reading: &HeadReading,
    from: Option<usize>,
    asked: Option<&str>,
) -> Result<ChosenLabel, CliError> {
    let HeadReading { head, says } = reading;
    let no_token = || CliError::Usage(message!("cli-output-no-token", head = head.name.id()));
    let largest = |scores: Vec<f32>| largest_at(&scores).ok_or_else(|| no_number(head.name));
    let (token, at) = match says {
        HeadSays::Words(places) => {
            let token = from.or_else(|| places.first().map(|place| place.token)).ok_or_else(no_token)?;
            let place = places.iter().find(|place| place.token == token);
            let likeliest = place.and_then(|place| place.words.first()).map(|word| (word.id, word.written.clone()));
            let (id, name) = match asked {
                Some(word) => {
                    let (id, spelt) = bert.word(word).ok_or_else(|| no_word(word))?;
                    if spelt != word {
                        diagnostic(&message!("cli-logit-word", word = quoted(word), spelt = quoted(&spelt)));
                    }
                    (id, word.to_owned())
                }
                None => likeliest.unwrap_or_else(|| (trace.tokens[token].id, written(trace, token))),
            };
            return Ok(ChosenLabel { at: id as usize, name, token: Some(token) });
        }
        HeadSays::Labels(labels) => (None, largest(labels.iter().map(|label| label.score).collect())),
        HeadSays::Tags { tokens, entities } => {
            let first = entities.first().map(|entity| entity.tokens.start);
            let token = from.or(first).ok_or_else(no_token)?;
            let scores = tokens.get(token).into_iter().flatten().map(|label| label.score).collect();
            (Some(token), largest(scores))
        }
        HeadSays::Answers { spans, .. } => {
            let of = |label: usize| spans.first().map(|span| [span.tokens.start, span.tokens.end - 1][label]);
            let label = asked.map_or(Ok(0), |asked| label(head.labels.as_slice(), asked))?;
            (Some(from.or_else(|| of(label)).ok_or_else(no_token)?), Ok(label))
        }
    };
    let at = asked.map_or(at, |asked| label(&head.labels, asked))?;
    let name = head.labels.get(at).cloned().unwrap_or_default();
    Ok(ChosenLabel { at, name, token })
}

/// How a token is written in a sentence.
fn written(trace: &Trace, token: usize) -> String {
    let pieces = Units::new(trace, Granularity::Subwords);
    pieces.in_sentence(trace, pieces.unit_of(token))
}

/// A label's number.
fn label(labels: &[String], asked: &str) -> Result<usize, CliError> {
    /// So many are named.
    const NAMED: usize = 12;
    labels.iter().position(|label| label == asked).ok_or_else(|| {
        let first = labels.iter().take(NAMED).cloned();
        let rest = (labels.len() > NAMED).then(|| "…".to_owned());
        let labels = listed(first.chain(rest));
        CliError::Usage(message!("cli-output-no-label", label = quoted(asked), labels = labels))
    })
}

fn no_word(word: &str) -> CliError {
    CliError::Usage(message!("cli-output-no-word", word = quoted(word)))
}

fn no_number(head: HeadName) -> CliError {
    CliError::Failed(message!("cli-output-no-number", head = head.id()))
}

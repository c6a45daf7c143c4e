//! `clscope predict`: texts in, what the model's head says of them out, some rows at a time.

mod resume;

use std::{path::PathBuf, sync::Arc};

use clap::{Args, ValueHint};

use super::{
    dataset::ListArguments,
    declared::LengthsCut,
    error::CliError,
    finite,
    format::formats,
    global::GlobalArguments,
    input::{LongText, RowSource, warn_of_length},
    meter::Meter,
    output::{Destination, Sink, diagnostic, write_failed},
    probe::fitting,
    unknown::{say_unknown, warn_of_unknown_in},
};
use resume::{KeptPredictions, RowsWritten};

use crate::{
    analysis::{HeadSays, Pooling, Probe},
    bert::{
        Bert, Encoding, HeadName, Input, InputLength, NonFinitePlace, OutputActivation, OutputHead, WantedReadings,
    },
    dataset::Shard,
    export::{Format, Holds, PredictedRow, PredictionColumns, RecordRow, RecordRows, Rows, WriteError},
    messages::message,
    probe,
    study::{TextSplitter, TokenizedText, read_heads},
};

#[derive(Debug, Args)]
pub(super) struct PredictCommand {
    /// The text
    #[arg(required_unless_present = "file", conflicts_with = "file")]
    pub text: Option<String>,
    /// A second text; the two are read joined, [CLS] A [SEP] B [SEP]. Of a question, the text that answers it; repeatable for
    /// a multiple-choice head, whose choices these are
    #[arg(long, value_name = "TEXT", conflicts_with = "file")]
    pub pair: Vec<String>,
    /// Read the texts from a file, one per line, or from a column of csv, tsv, jsonl or parquet (--text-column twice for
    /// pairs); - is standard input
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    #[command(flatten)]
    pub list: ListArguments,
    /// Read only every N-th row, from the I-th on: for N machines that share a file, or N jobs
    #[arg(long, value_name = "I/N", requires = "file", conflicts_with = "text")]
    pub shard: Option<Shard>,
    /// The head, where the model has several: masked-language, next-sentence, sentence-order, sequence-classification,
    /// multiple-choice, token-classification, question-answering or replaced-tokens [default: the first that is not
    /// masked-language]
    #[arg(long, value_name = "NAME")]
    pub head: Option<String>,
    /// Instead of a head of the model, a probe: a file of `probe train`, or feeling or topic for the embedded model
    #[arg(long, value_name = "FILE|NAME", conflicts_with = "head", value_hint = ValueHint::AnyPath)]
    pub probe: Option<String>,
    /// The number of answers or words to write
    #[arg(long, value_name = "N", default_value = "5", value_parser = clap::value_parser!(u16).range(1..=10))]
    pub top: u16,
    /// Write rows to --output (jsonl) as they come, and go on where an earlier run with this option stopped
    #[arg(long, requires = "file", requires = "output")]
    pub resume: bool,
    /// The format of the output [default: by the extension of --output, else table]
    #[arg(long, value_parser = formats(Holds::Records))]
    pub format: Option<Format>,
    /// Write here instead of to standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// So many rows are read and written at a time: few at first, so that the first are there soon.
const FIRST_ROWS: usize = 32;
const MOST_ROWS: usize = 1024;
/// The most texts, and the most query-key pairs, in one forward pass.
const MOST_TEXTS: usize = 32;
const MOST_PAIRS: usize = 1 << 19;

pub(super) fn run(arguments: &PredictCommand, global: &GlobalArguments) -> Result<(), CliError> {
    let PredictCommand { text, pair, file, list, shard, head, probe, top, resume, format, output } = arguments;
    let destination = Destination::new(*format, output.as_deref(), Holds::Records, Format::Table)?;
    if *resume && destination.format() != Format::Jsonl {
        return Err(CliError::Usage(message!("cli-predict-resume-format")));
    }
    if file.is_none() && *resume {
        return Err(CliError::Usage(message!("cli-predict-resume-file")));
    }
    let mut source = file.as_deref().map(|file| RowSource::open_pairs(file, list, *shard)).transpose()?;
    let probe = probe.as_deref().map(probe::open).transpose()?;
    let (bert, opened_from) = global.open()?;
    if let Some(probe) = &probe {
        fitting(&bert, probe)?;
    }
    let head = match &probe {
        Some(probe) => probe.head(),
        None => chosen_head(&bert, head.as_deref(), "--head")?,
    };
    let top = usize::from(*top);
    let shard = shard.unwrap_or(Shard::WHOLE);
    let columns = PredictionColumns {
        model: opened_from.origin(),
        head: head.clone(),
        probe: probe.clone(),
        ids: list.has_ids(),
    };
    let mut predictor = Predictor { bert: &bert, head, probe, top, shard, seen: PredictedSoFar::default() };
    let given = match &source {
        Some(_) => None,
        None => Some(predictor.given(text.as_deref().unwrap_or_default(), pair)?),
    };
    let mut kept = match output.as_deref().filter(|_| *resume) {
        Some(path) => Some(KeptPredictions::open(path)?),
        None => None,
    };
    let begun = match (&mut kept, &mut source) {
        (Some(kept), Some(source)) => RowsWritten::before(kept, source, shard, &columns)?,
        _ => RowsWritten::default(),
    };
    let mut sink = match (kept, output) {
        (Some(kept), Some(path)) => Sink::adding_to(kept.into_file()?, path),
        _ => destination.open()?,
    };
    let attempt = sink.attempt();
    let failed = |error| write_failed(&attempt, error);
    let mut written = destination.format().open_records(columns.columns(), sink.output()).map_err(failed)?;
    match (given, source) {
        (Some(rows), _) => append(&mut *written, &columns, &rows).map_err(failed)?,
        (None, Some(source)) => {
            predictor.file(source, begun, &mut |rows| append(&mut *written, &columns, rows).map_err(failed))?;
        }
        (None, None) => {}
    }
    written.finish().map_err(failed)?;
    sink.finish()?;
    predictor.say(file.is_some())
}

fn append(written: &mut dyn RecordRows, columns: &PredictionColumns, rows: &[PredictedRow]) -> Result<(), WriteError> {
    let records: Vec<_> = rows.iter().map(|row| columns.record(row)).collect();
    written.append(&records.iter().map(|record| record as &dyn RecordRow).collect::<Vec<_>>())
}

/// The head that is asked for by an option, or the first.
pub(super) fn chosen_head(bert: &Bert, asked: Option<&str>, option: &str) -> Result<OutputHead, CliError> {
    let heads = &bert.info().output_heads;
    let Some(first) = heads.first() else { return Err(CliError::Failed(message!("cli-predict-no-head"))) };
    let ids = |heads: &[&OutputHead]| heads.iter().map(|head| head.name.id()).collect::<Vec<_>>().join(", ");
    if let Some(name) = asked {
        let found = heads.iter().find(|head| head.name.id() == name);
        let all: Vec<&OutputHead> = heads.iter().collect();
        return found.cloned().ok_or_else(|| {
            CliError::Failed(message!(
                "cli-predict-no-such-head",
                name = crate::messages::quoted(name),
                heads = ids(&all)
            ))
        });
    }
    let others: Vec<&OutputHead> = heads.iter().skip(1).collect();
    if !others.is_empty() {
        let others = ids(&others);
        diagnostic(&message!("cli-predict-other-heads", head = first.name.label(), others = others, option = option));
    }
    Ok(first.clone())
}

/// What is to be said at the end of the rows that were read.
#[derive(Default)]
struct PredictedSoFar {
    texts: usize,
    /// The row of each text of a file, from 0.
    row_of: Vec<usize>,
    splitter: TextSplitter,
    lengths: LengthsCut,
    without_mask: usize,
    without_pair: usize,
    not_finite: usize,
    first_not_finite: Option<NonFinitePlace>,
}

struct Predictor<'b> {
    bert: &'b Bert,
    head: OutputHead,
    /// In the place of a head of the model.
    probe: Option<Arc<Probe>>,
    top: usize,
    shard: Shard,
    seen: PredictedSoFar,
}

impl Predictor<'_> {
    /// What is given on the command line; the choices of a multiple-choice head are rows.
    fn given(&mut self, text: &str, pairs: &[String]) -> Result<Vec<PredictedRow>, CliError> {
        let is_choice = self.head.name == HeadName::MultipleChoice;
        if pairs.len() > 1 && !is_choice {
            return Err(CliError::Usage(message!("cli-predict-one-pair")));
        }
        if pairs.is_empty() && self.head.name == HeadName::QuestionAnswering {
            return Err(CliError::Usage(message!("cli-predict-no-pair")));
        }
        let inputs: Vec<Input> = match pairs {
            [] => vec![Input::single(text)],
            pairs => pairs.iter().map(|pair| Input::joined(text, pair)).collect(),
        };
        for input in &inputs {
            warn_of_length(self.bert, LongText::Input, input, self.bert.encode(input)?.truncation)?;
            warn_of_unknown_in(self.bert, input)?;
        }
        let mut rows: Vec<PredictedRow> = inputs
            .into_iter()
            .enumerate()
            .map(|(at, input)| PredictedRow { number: at + 1, id: None, input, tokens: Vec::new(), says: None })
            .collect();
        self.read(&mut rows)?;
        if self.seen.without_mask > 0 {
            let mask = self.bert.special_tokens().mask.clone();
            return Err(CliError::Usage(message!("cli-predict-no-mask", mask = &*mask)));
        }
        if is_choice && rows.len() > 1 {
            compare_choices(&mut rows);
        }
        Ok(rows)
    }

    /// The rows of a file that are not written yet, a part at a time.
    fn file(
        &mut self,
        mut source: RowSource,
        RowsWritten { mut done, mut part }: RowsWritten,
        append: &mut dyn FnMut(&[PredictedRow]) -> Result<(), CliError>,
    ) -> Result<(), CliError> {
        let mut meter = Meter::after_a_pause(self.bert.info().name.clone());
        let mut rows_at_once = FIRST_ROWS;
        while let Some((rows, there)) = match part.take() {
            Some(begun) => Some(begun),
            None => source.next(rows_at_once)?.map(|rows| (rows, 0)),
        } {
            append(&self.rows(&rows, done, there)?)?;
            done += rows.texts.len();
            meter.say(message!("cli-predict-done", done = done));
            rows_at_once = (rows_at_once * 2).min(MOST_ROWS);
        }
        Ok(())
    }

    /// The rows of a part of a file, of which so many came before; the first of them may be written already.
    fn rows(&mut self, rows: &Rows, before: usize, there: usize) -> Result<Vec<PredictedRow>, CliError> {
        let shard = self.shard;
        let number = |at: usize| shard.row(before + at) + 1;
        let row = |at: usize| PredictedRow {
            number: number(at),
            id: rows.id(at).map(str::to_owned),
            input: Input { text: rows.texts[at].clone(), pair: rows.pair(at).map(str::to_owned) },
            tokens: Vec::new(),
            says: None,
        };
        let mut filled: Vec<PredictedRow> = rows.filled().filter(|&at| at >= there).map(row).collect();
        let lengths = self.read(&mut filled)?;
        for (PredictedRow { number, input, .. }, length) in filled.iter().zip(lengths) {
            let Encoding { input, tokens, .. } = self.bert.encode(input)?;
            let text = [Some(&*input.text), input.pair.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("\0");
            self.seen.splitter.push(&text, Some(&TokenizedText::new(&input, &tokens)));
            self.seen.row_of.push(number - 1);
            self.seen.lengths.add(self.bert.info(), number - 1, &length);
        }
        let mut filled = filled.into_iter().peekable();
        let take = |at: usize| filled.next_if(|read| read.number == number(at)).unwrap_or_else(|| row(at));
        Ok((there..rows.texts.len()).map(take).collect())
    }

    /// Reads rows in batches of like length, the longest first; returns how long each is.
    fn read(&mut self, rows: &mut [PredictedRow]) -> Result<Vec<InputLength>, CliError> {
        let length = |row: &PredictedRow| row.input.text.len() + row.input.pair.as_ref().map_or(0, String::len);
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|&at| std::cmp::Reverse(length(&rows[at])));
        let mut lengths = vec![InputLength::default(); rows.len()];
        let mut rest = order.as_slice();
        while let Some(&longest) = rest.first() {
            let tokens = (length(&rows[longest]) + 3).min(self.bert.info().max_length);
            let count = rest.len().min(MOST_TEXTS).min((MOST_PAIRS / tokens.pow(2)).max(1));
            let (batch, after) = rest.split_at(count);
            self.read_batch(rows, batch, &mut lengths)?;
            rest = after;
        }
        Ok(lengths)
    }

    fn read_batch(
        &mut self,
        rows: &mut [PredictedRow],
        batch: &[usize],
        lengths: &mut [InputLength],
    ) -> Result<(), CliError> {
        let Self { bert, head, probe, top, seen, .. } = self;
        let inputs: Vec<Input> = batch.iter().map(|&at| rows[at].input.clone()).collect();
        let reads_declared = probe.as_ref().is_some_and(|probe| probe.vector.pooling == Pooling::Declared);
        let wanted = WantedReadings { plain: true, declared: reads_declared };
        let mut failure = None;
        bert.states(&inputs, wanted, |at, states, length| {
            seen.texts += 1;
            lengths[batch[at]] = match reads_declared {
                true => InputLength { truncation: None, ..length },
                false => length,
            };
            if let Some(place) = states.not_finite() {
                seen.not_finite += 1;
                seen.first_not_finite = seen.first_not_finite.into_iter().chain([place]).min();
            }
            let row = &mut rows[batch[at]];
            row.tokens = states.tokens.iter().map(|token| token.written().into_owned()).collect();
            let read = match probe {
                Some(probe) => Ok(probe.says(states)),
                None => read_heads(*bert, &inputs[at], &states, Some(head.name)).map(|mut readings| readings.pop()),
            };
            match read {
                Ok(reading) => row.says = reading.map(|reading| reading.says),
                Err(error) => failure = Some(error),
            }
            match &mut row.says {
                Some(HeadSays::Words(places)) => {
                    seen.without_mask += usize::from(places.is_empty());
                    places.iter_mut().for_each(|place| place.words.truncate(*top));
                }
                Some(HeadSays::Answers { spans, .. }) => {
                    seen.without_pair += usize::from(inputs[at].pair.is_none());
                    spans.truncate(*top);
                }
                _ => {}
            }
        })?;
        failure.map_or(Ok(()), |error| Err(error.into()))
    }

    fn say(self, is_file: bool) -> Result<(), CliError> {
        let Self { bert, probe, seen, .. } = self;
        let PredictedSoFar { texts, row_of, splitter, lengths, without_mask, without_pair, .. } = seen;
        finite::say(bert, seen.first_not_finite, (seen.not_finite, texts));
        if !is_file {
            return Ok(());
        }
        let name = |row: usize| message!("cli-text-sentence", sentence = row + 1);
        say_unknown(bert, &splitter.finish(), |text| name(row_of[text]))?;
        match probe {
            Some(probe) => lengths.say(bert.info(), &[probe.vector], name),
            None => lengths.say_truncated(name),
        }
        if without_mask > 0 {
            let mask = bert.special_tokens().mask.clone();
            diagnostic(&message!("cli-predict-no-mask-rows", count = without_mask, mask = &*mask));
        }
        if without_pair > 0 {
            diagnostic(&message!("cli-predict-no-pair-rows", count = without_pair));
        }
        Ok(())
    }
}

/// The choices' logits become probabilities of the choices.
fn compare_choices(rows: &mut [PredictedRow]) {
    let logit = |row: &PredictedRow| match &row.says {
        Some(HeadSays::Labels(labels)) => labels.first().map_or(f32::NAN, |label| label.logit),
        _ => f32::NAN,
    };
    let logits: Vec<f32> = rows.iter().map(logit).collect();
    for (row, score) in rows.iter_mut().zip(OutputActivation::Softmax.scores(&logits)) {
        if let Some(HeadSays::Labels(labels)) = &mut row.says {
            labels.iter_mut().for_each(|label| label.score = score);
        }
    }
}

//! `clscope mixing --file FILE --rows`: the numbers of each sentence.

use std::{ops::ControlFlow, path::Path};

use super::MixingCommand;
use crate::{
    analysis::{ListMeans, SentenceNumber, sentence_numbers},
    cli::{
        declared::warn_of_truncated,
        error::CliError,
        global::GlobalArguments,
        input::{MOST_HELD, RowSource},
        meter::Meter,
        output::{Destination, diagnostic},
        rows::{WriteRow, write_rows},
        unknown::warn_of_unknown,
    },
    dataset::Shard,
    export::{RecordColumn, RecordKind, RecordValue, Rows},
    messages::message,
    study::{MixingObserver, MixingRequest},
};

/// A row of the file that is written.
struct SentenceRow {
    /// From 0.
    row: usize,
    id: Option<String>,
    /// Its number among the sentences; none of a row that is blank.
    sentence: Option<usize>,
}

/// The means that centring takes away are those of all rows, also where a shard is written: together the shards are the whole.
pub(super) fn write(
    arguments: &MixingCommand,
    global: &GlobalArguments,
    file: &Path,
    destination: &Destination,
) -> Result<(), CliError> {
    let rows = RowSource::open(Some(file), &[], &arguments.list, Some(MOST_HELD), None)?.all()?;
    let (bert, _) = global.open()?;
    let own = own_rows(&rows, arguments.rows.shard().unwrap_or(Shard::WHOLE));
    let has_ids = rows.ids.is_some();
    let texts = rows.texts.into_iter().zip(rows.blank).filter(|(_, is_blank)| !is_blank);
    let request = arguments.request(texts.map(|(text, _)| text).collect());
    let filled: Vec<(usize, &str)> =
        own.iter().filter_map(|own| Some((own.row, request.texts[own.sentence?].as_str()))).collect();
    let texts: Vec<&str> = filled.iter().map(|(_, text)| *text).collect();
    warn_of_unknown(&bert, &texts, |at| message!("cli-text-sentence", sentence = filled[at].0 + 1))?;
    warn_of_truncated(&bert, &texts, |at| message!("cli-text-sentence", sentence = filled[at].0 + 1))?;

    let numbers = sentence_numbers(&request.measures, bert.info().layers, request.trust);
    let mut columns = vec![RecordColumn::new("line", RecordKind::Count)];
    columns.extend(has_ids.then(|| RecordColumn::new("id", RecordKind::Text)));
    columns.push(RecordColumn::new("text", RecordKind::Text));
    columns.extend(numbers.iter().map(|number| RecordColumn::new(&*number.id, RecordKind::Score)));
    write_rows(destination, &columns, |write| {
        let mut meter = Meter::after_a_pause(message!("cli-meter-mixing-means"));
        let study = MixingObserver::new(&bert, &request, ListMeans::only_sums(), &mut |done, total| {
            meter.say(message!("cli-progress-sentences", done = done, total = total));
            ControlFlow::Continue(())
        })?;
        drop(meter);
        study.map_or(Ok(()), |study| write_each(own, has_ids, &study, &request, &numbers, write))
    })
}

/// The rows of a shard.
fn own_rows(rows: &Rows, shard: Shard) -> Vec<SentenceRow> {
    let (mut own, mut sentences) = (Vec::new(), 0);
    for (row, is_blank) in rows.blank.iter().enumerate() {
        if shard.has(row) {
            let id = rows.id(row).map(str::to_owned);
            own.push(SentenceRow { row, id, sentence: (!is_blank).then_some(sentences) });
        }
        sentences += usize::from(!is_blank);
    }
    own
}

fn write_each(
    own: Vec<SentenceRow>,
    has_ids: bool,
    study: &MixingObserver,
    request: &MixingRequest,
    numbers: &[SentenceNumber],
    write: &mut WriteRow,
) -> Result<(), CliError> {
    let mut meter = Meter::after_a_pause(message!("cli-meter-mixing"));
    let total = own.iter().filter(|own| own.sentence.is_some()).count();
    let (mut done, mut not_finite) = (0, 0);
    for SentenceRow { row, id, sentence } in own {
        let observed = match sentence {
            Some(sentence) => study.observe(sentence, &mut || {
                meter.say(message!("cli-progress-sentences", done = done, total = total));
                ControlFlow::Continue(())
            })?,
            None => None,
        };
        done += usize::from(observed.is_some());
        not_finite += usize::from(observed.as_ref().is_some_and(|observed| observed.is_not_finite()));
        let mut values = vec![RecordValue::Count(row + 1)];
        values.extend(has_ids.then(|| id.into()));
        values.push(RecordValue::Text(sentence.map_or_else(String::new, |sentence| request.texts[sentence].clone())));
        values.extend(numbers.iter().map(|number| {
            let found = observed.as_ref().and_then(|observed| number.of(observed));
            found.map_or(RecordValue::None, |value| RecordValue::Score(value as f32))
        }));
        write(values)?;
    }
    drop(meter);
    if not_finite > 0 {
        diagnostic(&message!("cli-mixing-not-finite", count = not_finite, total = done));
    }
    Ok(())
}

//! `clscope embed`: sentences in, vectors out, some rows at a time.

use std::ops::Range;

use super::{
    arguments::EmbedCommand,
    declared::{self, set_prompt},
    error::CliError,
    global::GlobalArguments,
    input::{MostRows, RowSource},
    output::{Destination, diagnostic, write_failed},
    seen::SeenTexts,
    vectors::{DistinctSentences, Embedder, Keeping, check},
};
use crate::{
    analysis::{Pooling, SentenceVector},
    bert::Bert,
    dataset::Shard,
    export::{Format, Holds, Rows, VectorColumns, Vectors},
    messages::message,
    study::Embeddings,
};

/// The most rows of an archive, whose arrays are held whole.
const MOST_IN_ARCHIVE: MostRows =
    MostRows { rows: 200_000, refusal: |file, most| message!("cli-embed-npz-too-many", file = file, most = most) };
/// So many rows are embedded and written at a time: few at first, so that the first are there soon.
const FIRST_ROWS: usize = 32;
const MOST_ROWS: usize = 2048;
/// So many rows of a file are read ahead, to tell how long it takes.
const READ_AHEAD: usize = 50 * MOST_ROWS;

pub(super) fn run(arguments: &EmbedCommand, global: &GlobalArguments) -> Result<(), CliError> {
    let EmbedCommand { texts, file, list, shard, pooling, prompt, format, output, no_cache } = arguments;
    let destination = Destination::new(*format, output.as_deref(), Holds::Vectors, Format::Jsonl)?;
    let is_archive = destination.format() == Format::Npz;
    if is_archive && list.has_ids() {
        return Err(CliError::Usage(message!("cli-embed-npz-ids")));
    }
    let mut source = RowSource::open(file.as_deref(), texts, list, is_archive.then_some(MOST_IN_ARCHIVE), *shard)?;
    let read_ahead = if source.is_at_hand() { READ_AHEAD } else { FIRST_ROWS };
    let mut next = source.next(read_ahead)?;
    if next.is_none() && shard.is_none() {
        return Err(CliError::Usage(message!("cli-embed-nothing")));
    }
    let mut opened = global.open()?;
    let wanted = wanted(pooling, &opened.0)?;
    set_prompt(&mut opened.0, prompt.as_deref(), &wanted)?;
    let info = opened.0.info();
    declared::say(info, &wanted, prompt.as_deref());
    let columns = VectorColumns {
        vectors: wanted.iter().map(|&vector| (vector, vector.size(info))).collect(),
        ids: list.has_ids(),
        numbers: shard.is_some(),
    };
    let mut sink = destination.open()?;
    let attempt = sink.attempt();
    let mut seen = RowsSoFar { shard: *shard, ..RowsSoFar::default() };
    let mut written =
        destination.format().open_vectors(columns, sink.output()).map_err(|error| write_failed(&attempt, error))?;
    let mut embedder = global.embedder(&opened, &wanted, Keeping::unless(*no_cache))?;
    // A group of rows of Parquet is not to be small.
    let mut rows_at_once = if destination.format() == Format::Parquet { MOST_ROWS } else { FIRST_ROWS };
    while let Some(rows) = next {
        embedder.expect(rows.filled().map(|row| &rows.texts[row]));
        let mut start = 0;
        while start < rows.texts.len() {
            let part = start..rows.texts.len().min(start + rows_at_once);
            start = part.end;
            rows_at_once = (rows_at_once * 2).min(MOST_ROWS);
            write(&rows, part, &opened.0, &wanted, &mut embedder, &mut seen, &mut |vectors| {
                written.append(vectors).map_err(|error| write_failed(&attempt, error))
            })?;
        }
        next = source.next(if source.is_at_hand() { READ_AHEAD } else { rows_at_once })?;
    }
    drop(embedder);
    written.finish().map_err(|error| write_failed(&attempt, error))?;
    sink.finish()?;
    if seen.blank > 0 {
        diagnostic(&message!("cli-embed-blank", count = seen.blank, rows = seen.rows));
    }
    seen.texts.say(&opened.0, &wanted, |row| message!("cli-text-sentence", sentence = row + 1))
}

/// The vectors asked for, each once; or what the model declares, or the mean.
fn wanted(asked: &[SentenceVector], bert: &Bert) -> Result<Vec<SentenceVector>, CliError> {
    let mut wanted: Vec<SentenceVector> = Vec::new();
    for &vector in asked {
        check(vector, bert.info())?;
        if !wanted.contains(&vector) {
            wanted.push(vector);
        }
    }
    if wanted.is_empty() {
        wanted.push(if bert.info().declared.is_ok() { Pooling::Declared } else { Pooling::Mean }.into());
    }
    Ok(wanted)
}

/// The rows that were read so far.
#[derive(Default)]
struct RowsSoFar {
    shard: Option<Shard>,
    rows: usize,
    /// Those without text among them.
    blank: usize,
    texts: SeenTexts,
}

impl RowsSoFar {
    /// The row of the file that is the n-th of those that are read, both from 0.
    fn row(&self, nth: usize) -> usize {
        self.shard.unwrap_or(Shard::WHOLE).row(nth)
    }
}

/// Embeds some rows, each text of them once, and writes them.
fn write(
    rows: &Rows,
    part: Range<usize>,
    bert: &Bert,
    wanted: &[SentenceVector],
    embedder: &mut Embedder,
    seen: &mut RowsSoFar,
    append: &mut dyn FnMut(&Vectors) -> Result<(), CliError>,
) -> Result<(), CliError> {
    let mut distinct = DistinctSentences::default();
    let of_row = |row: usize| {
        let before = distinct.sentences.len();
        let number = (!rows.blank[row]).then(|| distinct.number(&rows.texts[row]))?;
        if number < before {
            embedder.repeated(&rows.texts[row]);
        }
        Some(number)
    };
    let lines: Vec<Option<usize>> = part.clone().map(of_row).collect();
    let mut embeddings = Embeddings::new(distinct.sentences.len(), wanted);
    embedder.embed(&distinct.sentences, |embedded| embeddings.insert(embedded))?;
    let row_of = |(at, number): (usize, &Option<usize>)| Some((seen.row(seen.rows + at), (*number)?));
    let with_text: Vec<(usize, usize)> = lines.iter().enumerate().filter_map(row_of).collect();
    seen.blank += lines.len() - with_text.len();
    let unknown = seen.texts.add(bert, &with_text, &distinct.sentences, &embeddings)?;
    let numbers: Option<Vec<usize>> =
        seen.shard.map(|_| (0..lines.len()).map(|at| seen.row(seen.rows + at) + 1).collect());
    seen.rows += lines.len();
    append(&Vectors {
        sentences: &distinct.sentences,
        vectors: &embeddings.vectors,
        lines: &lines,
        unknown: &unknown,
        ids: rows.ids.as_ref().map(|ids| &ids[part]),
        numbers: numbers.as_deref(),
    })
}

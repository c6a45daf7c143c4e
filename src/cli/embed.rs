//! `clscope embed`: sentences in, vectors out.

use super::{
    arguments::EmbedCommand,
    error::CliError,
    global::GlobalArguments,
    input::{LongText, rows, warn_of_truncations},
    output::Destination,
    unknown::warn_of_unknown,
    vectors::{DistinctSentences, check},
};
use crate::{
    analysis::{Pooling, SentenceVector},
    export::{Format, Holds, Vectors},
    messages::message,
};

pub(super) fn run(arguments: &EmbedCommand, global: &GlobalArguments) -> Result<(), CliError> {
    let EmbedCommand { texts, file, list, pooling, format, output, no_cache } = arguments;
    let destination = Destination::new(*format, output.as_deref(), Holds::Vectors, Format::Jsonl)?;
    if destination.format() == Format::Npz && list.has_ids() {
        return Err(CliError::Usage(message!("cli-embed-npz-ids")));
    }
    let rows = rows(file.as_deref(), texts, list, None)?;
    if rows.texts.is_empty() {
        return Err(CliError::Usage(message!("cli-embed-nothing")));
    }
    let opened = global.open()?;
    let mut wanted: Vec<SentenceVector> = Vec::new();
    for &vector in pooling {
        check(vector, opened.0.info())?;
        if !wanted.contains(&vector) {
            wanted.push(vector);
        }
    }
    if wanted.is_empty() {
        wanted.push(Pooling::Mean.into());
    }
    let mut distinct = DistinctSentences::default();
    let of_row = |(text, blank): (&String, &bool)| (!blank).then(|| distinct.number(text));
    let numbers: Vec<Option<usize>> = rows.texts.iter().zip(&rows.blank).map(of_row).collect();
    let embeddings = global.embed(&opened, &distinct.sentences, &wanted, !no_cache)?;
    let first = |sentence| numbers.iter().position(|&number| number == Some(sentence)).unwrap_or_default();
    let name = |sentence| message!("cli-text-sentence", sentence = first(sentence) + 1);
    let tokenized = warn_of_unknown(&opened.0, &distinct.sentences, name)?;
    let unknown: Vec<_> = (0..distinct.sentences.len()).map(|sentence| tokenized.unknown(sentence)).collect();
    let name = |sentence| LongText::Sentence(first(sentence));
    warn_of_truncations(&embeddings.truncated, name, &opened.0.info().name);
    let vectors = Vectors {
        sentences: &distinct.sentences,
        vectors: &embeddings.vectors,
        lines: &numbers,
        unknown: &unknown,
        ids: rows.ids.as_deref(),
        size: opened.0.info().hidden_size,
    };
    destination.write(&vectors)
}

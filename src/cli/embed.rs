//! `clscope embed`: sentences in, vectors out.

use super::{
    arguments::EmbedCommand,
    declared::{self, set_prompt, warn_of_lengths},
    error::CliError,
    global::GlobalArguments,
    input::rows,
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
    let EmbedCommand { texts, file, list, pooling, prompt, format, output, no_cache } = arguments;
    let destination = Destination::new(*format, output.as_deref(), Holds::Vectors, Format::Jsonl)?;
    if destination.format() == Format::Npz && list.has_ids() {
        return Err(CliError::Usage(message!("cli-embed-npz-ids")));
    }
    let rows = rows(file.as_deref(), texts, list, None)?;
    if rows.texts.is_empty() {
        return Err(CliError::Usage(message!("cli-embed-nothing")));
    }
    let mut opened = global.open()?;
    set_prompt(&mut opened.0, prompt.as_deref())?;
    let info = opened.0.info();
    let mut wanted: Vec<SentenceVector> = Vec::new();
    for &vector in pooling {
        check(vector, info)?;
        if !wanted.contains(&vector) {
            wanted.push(vector);
        }
    }
    if wanted.is_empty() {
        wanted.push(if info.declared.is_ok() { Pooling::Declared } else { Pooling::Mean }.into());
    }
    declared::say(info, &wanted, prompt.as_deref())?;
    let mut distinct = DistinctSentences::default();
    let of_row = |(text, blank): (&String, &bool)| (!blank).then(|| distinct.number(text));
    let numbers: Vec<Option<usize>> = rows.texts.iter().zip(&rows.blank).map(of_row).collect();
    let embeddings = global.embed(&opened, &distinct.sentences, &wanted, !no_cache)?;
    let first = |sentence| numbers.iter().position(|&number| number == Some(sentence)).unwrap_or_default();
    let name = |sentence| message!("cli-text-sentence", sentence = first(sentence) + 1);
    let tokenized = warn_of_unknown(&opened.0, &distinct.sentences, name)?;
    let unknown: Vec<_> = (0..distinct.sentences.len()).map(|sentence| tokenized.unknown(sentence)).collect();
    warn_of_lengths(info, &embeddings, name);
    let vectors = Vectors {
        sentences: &distinct.sentences,
        vectors: &embeddings.vectors,
        lines: &numbers,
        unknown: &unknown,
        ids: rows.ids.as_deref(),
        sizes: &wanted.iter().map(|vector| vector.size(info)).collect::<Vec<_>>(),
    };
    destination.write(&vectors)
}

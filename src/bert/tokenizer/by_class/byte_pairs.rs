use serde_json::{Map, Value, json};
use tokenizers::{ModelWrapper, Tokenizer, models::bpe::BPE, pre_tokenizers::byte_level::ByteLevel};

use crate::{
    bert::{
        BertError,
        tokenizer::{
            settings::Settings,
            vocabulary_file::{self, TOKENIZER_JSON},
        },
    },
    messages::message,
};

/// Of `vocab.json`, piece to id, and `merges.txt`, a pair a line in the order in which they are joined.
pub(super) fn of_files(vocabulary: &[u8], merges: &[u8]) -> Result<BPE, BertError> {
    let vocabulary: Map<String, Value> =
        serde_json::from_slice(vocabulary).map_err(|error| wrong(vocabulary_file::BYTE_PAIRS, &error))?;
    let merges = std::str::from_utf8(merges).map_err(|error| wrong(vocabulary_file::MERGES, &error))?;
    let mut pairs = Vec::new();
    for (at, line) in merges.lines().enumerate().filter(|(_, line)| !line.starts_with("#version")) {
        match line.split(' ').collect::<Vec<&str>>()[..] {
            [first, second] => pairs.push(json!([first, second])),
            [""] => {}
            _ => return Err(wrong(vocabulary_file::MERGES, &message!("bert-tokenizer-merge", line = at + 1))),
        }
    }
    plain(vocabulary.into(), pairs.into()).map_err(|error| wrong(vocabulary_file::BYTE_PAIRS, &error))
}

/// The pieces and pairs of a `tokenizer.json`, of which `model` was read.
pub(super) fn of_json(model: &BPE, json: &[u8]) -> Result<BPE, BertError> {
    if is_plain(model) {
        return Ok(model.clone());
    }
    // A prefix of pieces is part of how the pairs were read.
    let read = |json| {
        let mut file: Value = serde_json::from_slice(json)?;
        let mut part = |name: &str| file["model"][name].take();
        plain(part("vocab"), part("merges"))
    };
    read(json).map_err(|error| wrong(TOKENIZER_JSON, &error))
}

/// Whether byte pairs are joined as RoBERTa's class joins them.
pub(super) fn is_plain(model: &BPE) -> bool {
    let is_empty = |mark: &Option<String>| mark.as_deref().unwrap_or_default().is_empty();
    is_empty(&model.continuing_subword_prefix)
        && is_empty(&model.end_of_word_suffix)
        && model.unk_token.is_none()
        && model.dropout.is_none()
        && !(model.fuse_unk || model.byte_fallback || model.ignore_merges)
}

fn plain(vocabulary: Value, merges: Value) -> serde_json::Result<BPE> {
    let model = json!({
        "type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": "", "end_of_word_suffix": "",
        "fuse_unk": false, "byte_fallback": false, "vocab": vocabulary, "merges": merges,
    });
    // Read from text, as the library borrows its names.
    serde_json::from_str(&model.to_string())
}

fn wrong(file: &str, reason: &dyn std::fmt::Display) -> BertError {
    BertError::Tokenizer(format!("{file}: {reason}"))
}

/// Of pieces that are joined from bytes.
pub(super) fn tokenizer(model: BPE, settings: &Settings) -> Tokenizer {
    let mut tokenizer = Tokenizer::new(ModelWrapper::BPE(model));
    tokenizer.with_pre_tokenizer(Some(ByteLevel::new(settings.add_prefix_space.unwrap_or(false), true, true)));
    tokenizer.with_decoder(Some(ByteLevel::default()));
    tokenizer
}

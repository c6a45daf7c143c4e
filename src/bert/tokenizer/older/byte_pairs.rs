use serde_json::{Map, Value, json};
use tokenizers::{ModelWrapper, Tokenizer, models::bpe::BPE, pre_tokenizers::byte_level::ByteLevel};

use crate::{
    bert::{
        BertError,
        tokenizer::{settings::Settings, vocabulary_file},
    },
    messages::message,
};

/// Of `vocab.json`, piece to id, and `merges.txt`, a pair a line in the order in which they are joined.
pub(super) fn tokenizer(vocabulary: &[u8], merges: &[u8], settings: &Settings) -> Result<Tokenizer, BertError> {
    let wrong = |file: &str, reason: String| BertError::Tokenizer(format!("{file}: {reason}"));
    let vocabulary: Map<String, Value> =
        serde_json::from_slice(vocabulary).map_err(|error| wrong(vocabulary_file::BYTE_PAIRS, error.to_string()))?;
    let merges = std::str::from_utf8(merges).map_err(|error| wrong(vocabulary_file::MERGES, error.to_string()))?;
    let mut pairs = Vec::new();
    for (at, line) in merges.lines().enumerate().filter(|(_, line)| !line.starts_with("#version")) {
        match line.split(' ').collect::<Vec<&str>>()[..] {
            [first, second] => pairs.push(json!([first, second])),
            [""] => {}
            _ => return Err(wrong(vocabulary_file::MERGES, message!("bert-tokenizer-merge", line = at + 1))),
        }
    }
    let model = json!({
        "type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": "", "end_of_word_suffix": "",
        "fuse_unk": false, "byte_fallback": false, "vocab": vocabulary, "merges": pairs,
    });
    let model: BPE = serde_json::from_str(&model.to_string())
        .map_err(|error| wrong(vocabulary_file::BYTE_PAIRS, error.to_string()))?;
    let mut tokenizer = Tokenizer::new(ModelWrapper::BPE(model));
    tokenizer.with_pre_tokenizer(Some(ByteLevel::new(settings.add_prefix_space.unwrap_or(false), true, true)));
    tokenizer.with_decoder(Some(ByteLevel::default()));
    Ok(tokenizer)
}

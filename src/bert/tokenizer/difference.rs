//! Where transformers 4 and 5 read a `tokenizer.json` differently: 4 took the file with the settings laid over it, 5 takes its
//! vocabulary and builds the rest anew, for BERT's classes and others.

use tokenizers::{Encoding, ModelWrapper, NormalizerWrapper, PostProcessor, PreTokenizerWrapper, Token, Tokenizer};

use super::{by_class, damage::damaged};
use crate::bert::{BertError, Remark};

/// What is to be said of a file that holds something else than was built of it.
pub(super) fn remark(class: String, file: &Tokenizer, built: &Tokenizer) -> Result<Option<Remark>, BertError> {
    let parts = [
        ("normalizer", other_normalizer(file, built)),
        ("pre_tokenizer", splitters(file.get_pre_tokenizer()) != splitters(built.get_pre_tokenizer())),
        ("model", other_model(file, built)),
        ("post_processor", frame(file)? != frame(built)?),
        ("added_tokens", other_tokens(file, built)),
    ];
    let parts: Vec<&str> = parts.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect();
    Ok((!parts.is_empty()).then(|| Remark::TokenizerRebuilt { class, parts: parts.join(", ") }))
}

/// Whether the second sentence of a pair gets a token type of its own.
pub(super) fn tells_sentences_apart(tokenizer: &Tokenizer) -> Result<bool, BertError> {
    let [_, pair] = frame(tokenizer)?;
    Ok(pair.iter().any(|(_, kind)| *kind != 0))
}

fn other_normalizer(file: &Tokenizer, built: &Tokenizer) -> bool {
    match (file.get_normalizer(), built.get_normalizer()) {
        // Its settings are those of `tokenizer_config.json` in both.
        (Some(NormalizerWrapper::BertNormalizer(file)), Some(NormalizerWrapper::BertNormalizer(_))) => !file.clean_text,
        (file, built) => normalizers(file) != normalizers(built),
    }
}

/// One after the other, each as it is written.
fn normalizers(normalizer: Option<&NormalizerWrapper>) -> Vec<serde_json::Value> {
    match normalizer {
        None => Vec::new(),
        Some(NormalizerWrapper::Sequence(all)) => all.as_ref().iter().flat_map(|one| normalizers(Some(one))).collect(),
        Some(one) => serde_json::to_value(one).into_iter().collect(),
    }
}

/// One after the other.
fn splitters(splitter: Option<&PreTokenizerWrapper>) -> Vec<&PreTokenizerWrapper> {
    match splitter {
        None => Vec::new(),
        Some(PreTokenizerWrapper::Sequence(all)) => all.as_ref().iter().flat_map(|one| splitters(Some(one))).collect(),
        Some(one) => vec![one],
    }
}

fn other_model(file: &Tokenizer, built: &Tokenizer) -> bool {
    match (file.get_model(), built.get_model()) {
        (ModelWrapper::WordPiece(file), ModelWrapper::WordPiece(built)) => {
            file.unk_token != built.unk_token
                || file.continuing_subword_prefix != built.continuing_subword_prefix
                || file.max_input_chars_per_word != built.max_input_chars_per_word
        }
        (ModelWrapper::BPE(file), ModelWrapper::BPE(_)) => !by_class::is_plain(file),
        (ModelWrapper::Unigram(file), ModelWrapper::Unigram(built)) => file != built || file.byte_fallback(),
        _ => true,
    }
}

fn other_tokens(file: &Tokenizer, built: &Tokenizer) -> bool {
    let built = built.get_added_tokens_decoder();
    file.get_added_tokens_decoder().iter().any(|(id, token)| built.get(id) != Some(token))
}

/// What is put around one sentence and around two: ids and token types.
fn frame(tokenizer: &Tokenizer) -> Result<[Vec<(u32, u32)>; 2], BertError> {
    let read = |pair: bool| {
        let sentence = || Encoding::from_tokens(vec![Token::new(0, String::new(), (0, 0))], 0);
        let encoding = match tokenizer.get_post_processor() {
            Some(processor) => processor.process(sentence(), pair.then(sentence), true).map_err(damaged)?,
            None => tokenizer.post_process(sentence(), pair.then(sentence), false).map_err(damaged)?,
        };
        Ok::<_, BertError>(encoding.get_ids().iter().copied().zip(encoding.get_type_ids().iter().copied()).collect())
    };
    Ok([read(false)?, read(true)?])
}

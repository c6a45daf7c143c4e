//! Where transformers 4 and 5 read a `tokenizer.json` differently: 4 took the file with the settings laid over it, 5 takes its
//! vocabulary and builds the rest anew, for BERT's classes and others.

use std::collections::BTreeMap;

use tokenizers::{AddedToken, Encoding, NormalizerWrapper, PostProcessor, PreTokenizerWrapper, Token, Tokenizer};

use super::damage::damaged;
use crate::bert::{BertError, Remark};

/// The parts of a `tokenizer.json` that are compared with what is built of it.
pub(super) struct FileParts {
    normalizer: Option<NormalizerWrapper>,
    pre_tokenizer: Option<PreTokenizerWrapper>,
    frame: [Vec<(u32, u32)>; 2],
    added: BTreeMap<u32, AddedToken>,
}

impl FileParts {
    pub(super) fn of(file: &Tokenizer) -> Result<Self, BertError> {
        Ok(Self {
            normalizer: file.get_normalizer().cloned(),
            pre_tokenizer: file.get_pre_tokenizer().cloned(),
            frame: frame(file)?,
            added: file.get_added_tokens_decoder().into_iter().collect(),
        })
    }

    /// What is to be said of a file that holds something else than was built of it.
    pub(super) fn remark(
        &self,
        class: String,
        built: &Tokenizer,
        is_other_model: bool,
    ) -> Result<Option<Remark>, BertError> {
        let added = built.get_added_tokens_decoder();
        let parts = [
            ("normalizer", other_normalizer(self.normalizer.as_ref(), built.get_normalizer())),
            ("pre_tokenizer", splitters(self.pre_tokenizer.as_ref()) != splitters(built.get_pre_tokenizer())),
            ("model", is_other_model),
            ("post_processor", self.frame != frame(built)?),
            ("added_tokens", self.added.iter().any(|(id, token)| added.get(id) != Some(token))),
        ];
        let parts: Vec<&str> = parts.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect();
        Ok((!parts.is_empty()).then(|| Remark::TokenizerRebuilt { class, parts: parts.join(", ") }))
    }
}

/// Whether the second sentence of a pair gets a token type of its own.
pub(super) fn tells_sentences_apart(tokenizer: &Tokenizer) -> Result<bool, BertError> {
    let [_, pair] = frame(tokenizer)?;
    Ok(pair.iter().any(|(_, kind)| *kind != 0))
}

fn other_normalizer(file: Option<&NormalizerWrapper>, built: Option<&NormalizerWrapper>) -> bool {
    match (file, built) {
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

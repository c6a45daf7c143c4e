//! Vocabularies as they were written before `tokenizer.json`, put together as transformers 5 does: by the rules of the class
//! (`RobertaTokenizer` and so on, and `SentencePieceExtractor` of
//! <https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/convert_slow_tokenizer.py>).

mod byte_pairs;
mod sentence_pieces;
#[cfg(test)]
mod tests;

use tokenizers::Tokenizer;

use super::{
    class::TokenizerClass,
    damage::damaged,
    settings::{Settings, TokenPart},
};
use crate::bert::BertError;
use sentence_pieces::{SentencePieces, UnigramClass};

/// A vocabulary in another form than `tokenizer.json` and `vocab.txt`.
#[derive(Clone, Debug)]
pub struct OlderVocabulary {
    /// The files, each by its name.
    pub files: Vec<(&'static str, Vec<u8>)>,
}

impl OlderVocabulary {
    /// The files that a class reads where there is no `tokenizer.json`; empty for a class that reads none.
    pub fn files_of(class: &TokenizerClass) -> &'static [&'static str] {
        match class.name {
            "RobertaTokenizer" => &["vocab.json", "merges.txt"],
            "XLMRobertaTokenizer" | "CamembertTokenizer" => &["sentencepiece.bpe.model"],
            "AlbertTokenizer" => &["spiece.model"],
            _ => &[],
        }
    }

    /// Every name of such a file.
    pub const NAMES: [&'static str; 4] = ["vocab.json", "merges.txt", "sentencepiece.bpe.model", "spiece.model"];

    fn file(&self, name: &str) -> Option<&[u8]> {
        self.files.iter().find(|(file, _)| *file == name).map(|(_, bytes)| bytes.as_slice())
    }

    /// The tokenizer of a class; none where it does not read these files. `settings` get the special tokens that the files name.
    pub(super) fn build(
        &self,
        class: &TokenizerClass,
        settings: &mut Settings,
    ) -> Result<Option<OlderTokenizer>, BertError> {
        let files: Option<Vec<&[u8]>> = Self::files_of(class).iter().map(|name| self.file(name)).collect();
        let tokenizer = match files.as_deref() {
            Some([vocabulary, merges]) => byte_pairs::tokenizer(vocabulary, merges, settings)?,
            Some([model]) => {
                let unigrams = match class.name {
                    "XLMRobertaTokenizer" => UnigramClass::XlmRoberta,
                    "CamembertTokenizer" => UnigramClass::Camembert,
                    _ => UnigramClass::Albert,
                };
                let pieces = SentencePieces::read(Self::files_of(class)[0], model)?;
                settings.name_extra_tokens(pieces.marked());
                pieces.tokenizer(unigrams, class, settings)?
            }
            _ => return Ok(None),
        };
        let [first, last] = match class.name {
            "RobertaTokenizer" | "AlbertTokenizer" => [TokenPart::Cls, TokenPart::Sep],
            _ => [TokenPart::Bos, TokenPart::Eos],
        };
        let [first, last] = [first, last].map(|part| settings.token_name(class, part));
        Ok(Some(OlderTokenizer { tokenizer, class: class.name, around: [first, last] }))
    }
}

/// A tokenizer that has its special tokens still to come.
pub(super) struct OlderTokenizer {
    pub tokenizer: Tokenizer,
    class: &'static str,
    /// What is put before a sentence and behind it.
    around: [String; 2],
}

impl OlderTokenizer {
    /// Puts the special tokens around sentences, once they all have their ids.
    pub(super) fn frame(&self, tokenizer: &mut Tokenizer, settings: &Settings) -> Result<(), BertError> {
        let [first, last] = &self.around;
        let id = |token: &str| {
            let missing = || damaged(crate::messages::message!("bert-tokenizer-no-token", token = token).into());
            tokenizer.token_to_id(token).map(|id| (token.to_owned(), id)).ok_or_else(missing)
        };
        let (first, last) = (id(first)?, id(last)?);
        match self.class {
            "RobertaTokenizer" => {
                tokenizer.with_post_processor(Some(byte_pairs::frame(first, last, settings)));
            }
            class => {
                let frame = sentence_pieces::frame(first, last, class == "AlbertTokenizer");
                tokenizer.with_post_processor(Some(frame.map_err(damaged)?));
            }
        }
        Ok(())
    }
}

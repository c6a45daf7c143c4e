//! Vocabularies as they were written before `tokenizer.json`, put together as transformers 5 does: by the rules of the class
//! (`RobertaTokenizer` and so on, and `SentencePieceExtractor` of
//! <https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/convert_slow_tokenizer.py>).

mod byte_pairs;
mod sentence_pieces;
#[cfg(test)]
mod tests;
mod word_pieces;

use tokenizers::{
    Tokenizer,
    processors::{PostProcessorWrapper, roberta::RobertaProcessing},
};

use super::{
    class::{OlderForm, PieceLayout, TokenizerClass},
    damage::damaged,
    settings::{Settings, TokenPart},
};
use crate::{bert::BertError, messages::message};
use sentence_pieces::SentencePieces;
pub(super) use word_pieces::pieces;

/// A vocabulary in another form than `tokenizer.json`.
#[derive(Clone, Debug, Default)]
pub struct OlderVocabulary {
    /// The files, each by its name.
    pub files: Vec<(&'static str, Vec<u8>)>,
}

impl OlderVocabulary {
    pub(super) fn file(&self, name: &str) -> Option<&[u8]> {
        self.files.iter().find(|(file, _)| *file == name).map(|(_, bytes)| bytes.as_slice())
    }

    /// The tokenizer of a class that reads this form; none where its files are not there. `settings` get the special tokens that
    /// the files name.
    pub(super) fn build(
        &self,
        class: &TokenizerClass,
        form: OlderForm,
        settings: &mut Settings,
    ) -> Result<Option<OlderTokenizer>, BertError> {
        let files: Option<Vec<&[u8]>> = form.files().iter().map(|name| self.file(name)).collect();
        let tokenizer = match (form, files.as_deref()) {
            (OlderForm::WordPiece, Some([vocabulary])) => word_pieces::tokenizer(vocabulary, class, settings)?,
            (OlderForm::BytePairs, Some([vocabulary, merges])) => byte_pairs::tokenizer(vocabulary, merges, settings)?,
            (OlderForm::SentencePieces(layout), Some([model])) => {
                let pieces = SentencePieces::read(form.files()[0], model)?;
                settings.name_extra_tokens(pieces.marked());
                pieces.tokenizer(layout, class, settings)?
            }
            _ => return Ok(None),
        };
        let parts = match form {
            OlderForm::SentencePieces(PieceLayout::XlmRoberta | PieceLayout::Camembert) => {
                [TokenPart::Bos, TokenPart::Eos]
            }
            _ => [TokenPart::Cls, TokenPart::Sep],
        };
        let around = parts.map(|part| settings.token_name(class, part));
        Ok(Some(OlderTokenizer { tokenizer, form, around }))
    }
}

/// A tokenizer that has its special tokens still to come.
pub(super) struct OlderTokenizer {
    pub tokenizer: Tokenizer,
    form: OlderForm,
    /// What is put before a sentence and behind it.
    around: [String; 2],
}

impl OlderTokenizer {
    /// Puts the special tokens around sentences, once they all have their ids.
    pub(super) fn frame(&self, tokenizer: &mut Tokenizer, settings: &Settings) -> Result<(), BertError> {
        let [first, last] = &self.around;
        let id = |token: &str| {
            let missing = || damaged(message!("bert-tokenizer-no-token", token = token).into());
            tokenizer.token_to_id(token).map(|id| (token.to_owned(), id)).ok_or_else(missing)
        };
        let (first, last) = (id(first)?, id(last)?);
        let frame: PostProcessorWrapper = match self.form {
            OlderForm::WordPiece => RobertaProcessing::new(last, first).add_prefix_space(false).into(),
            OlderForm::BytePairs => RobertaProcessing::new(last, first)
                .trim_offsets(settings.trim_offsets)
                .add_prefix_space(settings.add_prefix_space.unwrap_or(false))
                .into(),
            OlderForm::SentencePieces(layout) => {
                sentence_pieces::frame(first, last, layout == PieceLayout::Albert).map_err(damaged)?.into()
            }
        };
        tokenizer.with_post_processor(Some(frame));
        Ok(())
    }
}

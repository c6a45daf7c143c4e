//! Tokenizers that transformers 5 builds anew: pieces from `tokenizer.json` or from the files of before it, all else by the
//! rules of the class and the settings of `tokenizer_config.json` (`convert_to_native_format` of
//! <https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/tokenization_utils_tokenizers.py>, then
//! `RobertaTokenizer` and so on).

mod byte_pairs;
mod sentence_pieces;
#[cfg(test)]
mod tests;
mod word_pieces;

use tokenizers::{
    ModelWrapper, Tokenizer,
    processors::{PostProcessorWrapper, roberta::RobertaProcessing},
};

use super::{
    class::{OlderForm, PieceLayout, TokenizerClass, TokenizerModel},
    damage::damaged,
    refusal::TokenizerRefusal,
    settings::{Settings, TokenPart},
    vocabulary_file::TOKENIZER_JSON,
};
use crate::{bert::BertError, messages::message};
use sentence_pieces::SentencePieces;
pub(super) use word_pieces::{is_other, pieces};

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
    ) -> Result<Option<ByClass>, BertError> {
        let files: Option<Vec<&[u8]>> = form.files().iter().map(|name| self.file(name)).collect();
        let tokenizer = match (form, files.as_deref()) {
            (OlderForm::WordPiece, Some([vocabulary])) => {
                word_pieces::tokenizer((pieces(vocabulary)?, form.files()[0]), class, settings)?
            }
            (OlderForm::BytePairs, Some([vocabulary, merges])) => {
                byte_pairs::tokenizer(byte_pairs::of_files(vocabulary, merges)?, settings)
            }
            (OlderForm::SentencePieces(layout), Some([model])) => {
                let pieces = SentencePieces::read(form.files()[0], model)?;
                settings.name_extra_tokens(pieces.marked());
                pieces.tokenizer(form.files()[0], layout, class, settings)?
            }
            _ => return Ok(None),
        };
        Ok(Some(ByClass { tokenizer, frame: Frame::new(class, form, settings) }))
    }
}

/// The tokenizer of a class over the pieces of a `tokenizer.json`, which is `file`, read from `json`, and whether its model is
/// another than that of the file.
pub(super) fn of_json(
    json: &[u8],
    file: Tokenizer,
    class: &TokenizerClass,
    settings: &mut Settings,
) -> Result<(ByClass, bool), BertError> {
    let of_file = match class.older {
        Some(OlderForm::SentencePieces(PieceLayout::Albert)) => file.get_post_processor().cloned(),
        _ => None,
    };
    let (form, (tokenizer, is_other)) = match (class.older, file.get_model()) {
        (Some(form @ OlderForm::WordPiece), ModelWrapper::WordPiece(model)) => {
            let tokenizer = word_pieces::tokenizer((model.clone(), TOKENIZER_JSON), class, settings)?;
            let is_other = word_pieces::is_other(model, tokenizer.get_model());
            (form, (tokenizer, is_other))
        }
        (Some(form @ OlderForm::BytePairs), ModelWrapper::BPE(model)) => {
            let tokenizer = byte_pairs::tokenizer(byte_pairs::of_json(model, json)?, settings);
            (form, (tokenizer, !byte_pairs::is_plain(model)))
        }
        (Some(form @ OlderForm::SentencePieces(layout)), ModelWrapper::Unigram(_)) => {
            settings.name_extra_tokens(&layout.marked());
            (form, sentence_pieces::of_json(json, file, layout, class, settings)?)
        }
        (_, model) => return Err(other_model(class, model)),
    };
    Ok((ByClass { tokenizer, frame: Frame { of_file, ..Frame::new(class, form, settings) } }, is_other))
}

/// The refusal of pieces that are not the class's.
fn other_model(class: &TokenizerClass, model: &ModelWrapper) -> BertError {
    let found = TokenizerModel::of(model);
    let expected = class.model.unwrap_or(found);
    BertError::TokenizerRefused(TokenizerRefusal::OtherModel { class: class.name.to_owned(), expected, found })
}

/// A class's tokenizer, which has its special tokens still to come.
pub(super) struct ByClass {
    pub tokenizer: Tokenizer,
    pub frame: Frame,
}

/// What a class puts around sentences.
pub(super) struct Frame {
    form: OlderForm,
    /// Before a sentence and behind it.
    around: [String; 2],
    /// That of `tokenizer.json`, where the class takes it.
    of_file: Option<PostProcessorWrapper>,
}

impl Frame {
    fn new(class: &TokenizerClass, form: OlderForm, settings: &Settings) -> Self {
        let parts = match form {
            OlderForm::SentencePieces(PieceLayout::XlmRoberta | PieceLayout::Camembert) => {
                [TokenPart::Bos, TokenPart::Eos]
            }
            _ => [TokenPart::Cls, TokenPart::Sep],
        };
        Self { form, around: parts.map(|part| settings.token_name(class, part)), of_file: None }
    }

    /// Puts the special tokens around sentences, once they all have their ids.
    pub(super) fn put_around(self, tokenizer: &mut Tokenizer, settings: &Settings) -> Result<(), BertError> {
        let [first, last] = self.around;
        let id = |token: String| {
            let missing = || damaged(message!("bert-tokenizer-no-token", token = &token).into());
            let id = tokenizer.token_to_id(&token).ok_or_else(missing)?;
            Ok::<_, BertError>((token, id))
        };
        let (first, last) = (id(first)?, id(last)?);
        let frame: PostProcessorWrapper = match (self.of_file, self.form) {
            (Some(frame), _) => frame,
            (None, OlderForm::WordPiece) => RobertaProcessing::new(last, first).add_prefix_space(false).into(),
            (None, OlderForm::BytePairs) => RobertaProcessing::new(last, first)
                .trim_offsets(settings.trim_offsets)
                .add_prefix_space(settings.add_prefix_space.unwrap_or(false))
                .into(),
            (None, OlderForm::SentencePieces(layout)) => {
                sentence_pieces::frame(first, last, layout == PieceLayout::Albert).map_err(damaged)?.into()
            }
        };
        tokenizer.with_post_processor(Some(frame));
        Ok(())
    }
}

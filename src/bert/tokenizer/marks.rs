use tokenizers::{DecoderWrapper, ModelWrapper, PreTokenizerWrapper, Tokenizer};

use crate::bert::encoding::is_blank;

/// What a tokenizer writes at the start of a piece that is no part of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marks(Option<String>);

/// How byte pairs spell a blank.
const BYTE_LEVEL_BLANK: char = 'Ġ';

impl Marks {
    /// WordPiece marks pieces that go on with a word (`##`), the others those that a blank stands before (`▁`, `Ġ`).
    pub(super) fn of(tokenizer: &Tokenizer) -> Self {
        let own = match tokenizer.get_model() {
            ModelWrapper::WordPiece(model) => Some(model.continuing_subword_prefix.clone()),
            ModelWrapper::BPE(model) => model.continuing_subword_prefix.clone(),
            _ => None,
        };
        let own = own.filter(|mark| !mark.is_empty());
        let blank = || tokenizer.get_pre_tokenizer().and_then(blank).map(String::from);
        let decoded = || match tokenizer.get_decoder() {
            Some(DecoderWrapper::Metaspace(metaspace)) => Some(metaspace.get_replacement().into()),
            Some(DecoderWrapper::ByteLevel(_)) => Some(BYTE_LEVEL_BLANK.into()),
            _ => None,
        };
        Self(own.or_else(blank).or_else(decoded))
    }

    /// Whether pieces are spelt as byte pairs are.
    pub(super) fn are_of_bytes(&self) -> bool {
        self.0.as_deref().is_some_and(|mark| mark.chars().eq([BYTE_LEVEL_BLANK]))
    }

    /// The mark of a blank, where that is what is marked.
    pub(super) fn blank(&self) -> Option<&str> {
        self.0.as_deref().filter(|mark| is_blank(mark))
    }

    /// How many bytes of a piece they are.
    pub(super) fn length(&self, piece: &str) -> usize {
        self.0.as_deref().filter(|mark| piece.starts_with(mark)).map_or(0, str::len)
    }
}

/// How a blank is spelt.
fn blank(pre_tokenizer: &PreTokenizerWrapper) -> Option<char> {
    match pre_tokenizer {
        PreTokenizerWrapper::ByteLevel(_) => Some(BYTE_LEVEL_BLANK),
        PreTokenizerWrapper::Metaspace(metaspace) => Some(metaspace.get_replacement()),
        PreTokenizerWrapper::Sequence(all) => all.as_ref().iter().find_map(blank),
        _ => None,
    }
}

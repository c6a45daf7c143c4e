use crate::bert::BertError;

/// A file that the tokenizers library cannot take.
pub(super) fn damaged(error: tokenizers::Error) -> BertError {
    BertError::Tokenizer(error.to_string())
}

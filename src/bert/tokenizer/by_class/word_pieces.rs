use tokenizers::{
    Model, ModelWrapper, Tokenizer, decoders::wordpiece::WordPiece as Joined, models::wordpiece::WordPiece,
    pre_tokenizers::bert::BertPreTokenizer,
};

use crate::bert::{
    BertError,
    tokenizer::{
        class::TokenizerClass,
        damage::damaged,
        refusal::TokenizerRefusal,
        settings::{Settings, TokenPart},
    },
};

/// Of pieces that stand in `file`, split by BERT's rules.
pub(super) fn tokenizer(
    (mut model, file): (WordPiece, &'static str),
    class: &TokenizerClass,
    settings: &Settings,
) -> Result<Tokenizer, BertError> {
    model.continuing_subword_prefix = "##".to_owned();
    model.max_input_chars_per_word = 100;
    model.unk_token = settings.token_name(class, TokenPart::Unk);
    if model.token_to_id(&model.unk_token).is_none() {
        let (setting, token) = ("unk_token", model.unk_token);
        return Err(BertError::TokenizerRefused(TokenizerRefusal::NoSpecialToken { file, setting, token }));
    }
    let mut tokenizer = Tokenizer::new(model);
    tokenizer.with_normalizer(Some(settings.normalizer())).map_err(damaged)?;
    tokenizer.with_pre_tokenizer(Some(BertPreTokenizer));
    tokenizer.with_decoder(Some(Joined::default()));
    Ok(tokenizer)
}

/// Whether a file has pieces of other rules than the model that was built of it.
pub(in crate::bert::tokenizer) fn is_other(file: &WordPiece, built: &ModelWrapper) -> bool {
    let ModelWrapper::WordPiece(built) = built else { return true };
    file.unk_token != built.unk_token
        || file.continuing_subword_prefix != built.continuing_subword_prefix
        || file.max_input_chars_per_word != built.max_input_chars_per_word
}

/// BERT's pieces, a line each.
pub(in crate::bert::tokenizer) fn pieces(vocabulary: &[u8]) -> Result<WordPiece, BertError> {
    let vocabulary = WordPiece::read_bytes(vocabulary).map_err(damaged)?;
    let begins = |mark: &str| vocabulary.keys().any(|piece| piece.len() > mark.len() && piece.starts_with(mark));
    // KoBERT's class stands in no file, but its pieces are marked at the other end.
    if begins("\u{2581}") && !begins("##") {
        return Err(BertError::TokenizerRefused(TokenizerRefusal::SentencePieces));
    }
    WordPiece::builder().vocab(vocabulary).build().map_err(damaged)
}

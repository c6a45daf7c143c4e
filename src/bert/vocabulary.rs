//! A tokenizer from the files that checkpoints carry: `tokenizer.json`, or the older `vocab.txt`, both under the
//! settings of `tokenizer_config.json`, as transformers' `BertTokenizer` reads them
//! (<https://github.com/huggingface/transformers/blob/v4.57.1/src/transformers/models/bert/tokenization_bert_fast.py>).

use std::{borrow::Cow, collections::BTreeMap};

use serde::Deserialize;
use tokenizers::{
    AddedToken, Tokenizer,
    models::wordpiece::WordPiece,
    normalizers::{BertNormalizer, NormalizerWrapper},
    pre_tokenizers::bert::BertPreTokenizer,
    processors::template::TemplateProcessing,
};

use super::{BertError, SpecialTokens};

/// A tokenizer's files, as far as a checkpoint has them.
#[derive(Clone, Debug, Default)]
pub struct TokenizerFiles {
    /// `tokenizer.json`; when there is none, `vocab.txt` is needed.
    pub json: Option<Cow<'static, [u8]>>,
    /// `vocab.txt`, a token a line.
    pub vocabulary: Option<Vec<u8>>,
    /// `tokenizer_config.json`.
    pub config: Option<Cow<'static, [u8]>>,
    /// `added_tokens.json`, token to id.
    pub added_tokens: Option<Vec<u8>>,
}

impl TokenizerFiles {
    /// Builds the tokenizer, with neither truncation nor padding, and says how its special tokens are spelt: as the
    /// family does, unless the settings say otherwise.
    pub(super) fn build(&self, family: &SpecialTokens) -> Result<(Tokenizer, SpecialTokens), BertError> {
        let settings = match &self.config {
            Some(json) => Settings::from_json(json)?,
            None => Settings::default(),
        };
        let specials = settings.special_tokens(family);
        let mut tokenizer = match (&self.json, &self.vocabulary) {
            (Some(json), _) => from_json(json, &settings)?,
            (None, Some(vocabulary)) => {
                from_vocabulary(vocabulary, &settings, &specials, self.added_tokens.as_deref())?
            }
            (None, None) => {
                return Err(BertError::Tokenizer("there is neither tokenizer.json nor vocab.txt".to_owned()));
            }
        };
        // What a tokenizer.json stores of these is meant for batch jobs (all-MiniLM-L6-v2 pads to 128);
        // like transformers, we decide both ourselves.
        tokenizer.with_truncation(None).map_err(damaged)?;
        tokenizer.with_padding(None);
        Ok((tokenizer, specials))
    }
}

/// The part of `tokenizer_config.json` that decides about ids; defaults are `BertTokenizer`'s.
#[derive(Debug, Deserialize)]
#[serde(default)]
struct Settings {
    tokenizer_class: Option<String>,
    do_lower_case: bool,
    strip_accents: Option<bool>,
    tokenize_chinese_chars: bool,
    unk_token: Option<TokenName>,
    cls_token: Option<TokenName>,
    sep_token: Option<TokenName>,
    pad_token: Option<TokenName>,
    mask_token: Option<TokenName>,
    additional_special_tokens: Vec<TokenName>,
    /// Id to token, as saved since transformers 4.34.
    added_tokens_decoder: BTreeMap<u32, TokenEntry>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            tokenizer_class: None,
            do_lower_case: true,
            strip_accents: None,
            tokenize_chinese_chars: true,
            unk_token: None,
            cls_token: None,
            sep_token: None,
            pad_token: None,
            mask_token: None,
            additional_special_tokens: Vec::new(),
            added_tokens_decoder: BTreeMap::new(),
        }
    }
}

impl Settings {
    /// A setting that is `null` counts as not there.
    fn from_json(json: &[u8]) -> Result<Self, BertError> {
        let wrong = |e: serde_json::Error| BertError::Tokenizer(format!("tokenizer_config.json: {e}"));
        let mut settings: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(json).map_err(wrong)?;
        settings.retain(|_, value| !value.is_null());
        serde_json::from_value(settings.into()).map_err(wrong)
    }

    fn normalizer(&self) -> BertNormalizer {
        BertNormalizer::new(true, self.tokenize_chinese_chars, self.strip_accents, self.do_lower_case)
    }

    fn special_tokens(&self, family: &SpecialTokens) -> SpecialTokens {
        let spelling = |named: &Option<TokenName>, family: &Cow<'static, str>| match named {
            Some(name) => Cow::Owned(name.text().to_owned()),
            None => family.clone(),
        };
        SpecialTokens {
            cls: spelling(&self.cls_token, &family.cls),
            sep: spelling(&self.sep_token, &family.sep),
            mask: spelling(&self.mask_token, &family.mask),
            unk: spelling(&self.unk_token, &family.unk),
            pad: spelling(&self.pad_token, &family.pad),
        }
    }
}

/// A special token: its text, or its text with how it is matched.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum TokenName {
    Text(String),
    Entry(TokenEntry),
}

impl TokenName {
    fn text(&self) -> &str {
        match self {
            TokenName::Text(text) => text,
            TokenName::Entry(entry) => &entry.content,
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
struct TokenEntry {
    content: String,
    #[serde(default)]
    lstrip: bool,
    #[serde(default)]
    rstrip: bool,
    #[serde(default)]
    single_word: bool,
    #[serde(default)]
    normalized: bool,
    #[serde(default)]
    special: bool,
}

fn from_json(json: &[u8], settings: &Settings) -> Result<Tokenizer, BertError> {
    let mut tokenizer = Tokenizer::from_bytes(json).map_err(damaged)?;
    // transformers lets the settings overrule the normalizer, except for the class that takes the file as it is.
    let as_it_is = settings.tokenizer_class.as_deref() == Some("PreTrainedTokenizerFast");
    if !as_it_is && matches!(tokenizer.get_normalizer(), Some(NormalizerWrapper::BertNormalizer(_))) {
        tokenizer.with_normalizer(Some(settings.normalizer())).map_err(damaged)?;
    }
    Ok(tokenizer)
}

fn from_vocabulary(
    vocabulary: &[u8],
    settings: &Settings,
    specials: &SpecialTokens,
    added: Option<&[u8]>,
) -> Result<Tokenizer, BertError> {
    let vocabulary = WordPiece::read_bytes(vocabulary).map_err(damaged)?;
    let id = |text: &str| {
        vocabulary
            .get(text)
            .map(|&id| (text.to_owned(), id))
            .ok_or_else(|| BertError::Tokenizer(format!("vocab.txt has no {text:?}")))
    };
    let (cls, sep) = (id(&specials.cls)?, id(&specials.sep)?);
    let unknown = id(&specials.unk)?.0;
    let template = TemplateProcessing::builder()
        .try_single(format!("{}:0 $A:0 {}:0", cls.0, sep.0))
        .and_then(|builder| builder.try_pair(format!("{}:0 $A:0 {}:0 $B:1 {}:1", cls.0, sep.0, sep.0)))
        .map_err(|e| BertError::Tokenizer(e.to_string()))?
        .special_tokens(vec![cls, sep])
        .build()
        .map_err(|e| damaged(e.into()))?;

    let model = WordPiece::builder().vocab(vocabulary).unk_token(unknown).build().map_err(damaged)?;
    let mut tokenizer = Tokenizer::new(model);
    tokenizer.with_normalizer(Some(settings.normalizer())).map_err(damaged)?;
    tokenizer.with_pre_tokenizer(Some(BertPreTokenizer));
    tokenizer.with_post_processor(Some(template));
    add_tokens(&mut tokenizer, settings, specials, added)?;
    Ok(tokenizer)
}

/// Tokens that are matched before anything else: the special ones, and those added to the vocabulary.
fn add_tokens(
    tokenizer: &mut Tokenizer,
    settings: &Settings,
    specials: &SpecialTokens,
    added: Option<&[u8]>,
) -> Result<(), BertError> {
    let entries: Vec<AddedToken> = if settings.added_tokens_decoder.is_empty() {
        let own = in_part(specials).map(|token| AddedToken::from(token, true));
        own.into_iter().chain(older_added_tokens(settings, specials, added)?).collect()
    } else {
        settings.added_tokens_decoder.values().map(added_token).collect()
    };
    for entry in entries {
        let result = if entry.special { tokenizer.add_special_tokens([entry]) } else { tokenizer.add_tokens([entry]) };
        result.map_err(damaged)?;
    }
    Ok(())
}

/// In the order in which transformers adds them.
fn in_part(SpecialTokens { cls, sep, mask, unk, pad }: &SpecialTokens) -> [&str; 5] {
    [unk, sep, pad, cls, mask]
}

/// `added_tokens.json`, in the order of ids, as transformers saved them before 4.34.
fn older_added_tokens(
    settings: &Settings,
    specials: &SpecialTokens,
    added: Option<&[u8]>,
) -> Result<Vec<AddedToken>, BertError> {
    let Some(json) = added else { return Ok(Vec::new()) };
    let ids: BTreeMap<String, u32> =
        serde_json::from_slice(json).map_err(|e| BertError::Tokenizer(format!("added_tokens.json: {e}")))?;
    let mut tokens: Vec<_> = ids.into_iter().collect();
    tokens.sort_by_key(|(_, id)| *id);
    let is_special = |token: &str| {
        in_part(specials).contains(&token)
            || settings.additional_special_tokens.iter().any(|special| special.text() == token)
    };
    Ok(tokens.into_iter().map(|(token, _)| AddedToken::from(token.clone(), is_special(&token))).collect())
}

fn added_token(entry: &TokenEntry) -> AddedToken {
    AddedToken::from(entry.content.clone(), entry.special)
        .lstrip(entry.lstrip)
        .rstrip(entry.rstrip)
        .single_word(entry.single_word)
        .normalized(entry.normalized)
}

fn damaged(error: tokenizers::Error) -> BertError {
    BertError::Tokenizer(error.to_string())
}

//! What the small files beside a tokenizer say: `tokenizer_config.json`, and `special_tokens_map.json`, which transformers
//! reads where the first does not list the added tokens
//! (<https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/tokenization_utils_base.py>).

use std::{borrow::Cow, collections::BTreeMap};

use serde::Deserialize;
use serde_json::{Map, Value};
use tokenizers::{AddedToken, normalizers::BertNormalizer};

use super::class::TokenizerClass;
use crate::bert::{BertError, SpecialTokens};

/// The part of `tokenizer_config.json` that decides about ids; defaults are `BertTokenizer`'s.
#[derive(Debug, Deserialize)]
#[serde(default)]
pub(super) struct Settings {
    pub tokenizer_class: Option<String>,
    /// Of the repository's own code: the classes that `AutoTokenizer` would run.
    auto_map: Option<Value>,
    pub do_lower_case: bool,
    strip_accents: Option<bool>,
    tokenize_chinese_chars: bool,
    /// Whether ALBERT keeps accents.
    pub keep_accents: bool,
    /// Whether a text that begins with a word gets a blank before it; each class has a default of its own.
    pub add_prefix_space: Option<bool>,
    /// Whether a token's place leaves out the blanks around it.
    pub trim_offsets: bool,
    /// `BertJapaneseTokenizer`'s, which often stands here without its class.
    pub word_tokenizer_type: Option<String>,
    /// What the model is handed.
    model_input_names: Option<Vec<String>>,
    /// Whether special tokens in a text are split like any other.
    pub split_special_tokens: bool,
    pub truncation_side: TruncationSide,
    bos_token: Option<SpecialTokenName>,
    eos_token: Option<SpecialTokenName>,
    unk_token: Option<SpecialTokenName>,
    sep_token: Option<SpecialTokenName>,
    pad_token: Option<SpecialTokenName>,
    cls_token: Option<SpecialTokenName>,
    mask_token: Option<SpecialTokenName>,
    additional_special_tokens: Option<ExtraTokens>,
    extra_special_tokens: Option<ExtraTokens>,
    /// Id to token, as saved since transformers 4.34.
    pub added_tokens_decoder: Option<BTreeMap<u32, TokenEntry>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            tokenizer_class: None,
            auto_map: None,
            do_lower_case: true,
            strip_accents: None,
            tokenize_chinese_chars: true,
            keep_accents: false,
            add_prefix_space: None,
            trim_offsets: true,
            word_tokenizer_type: None,
            model_input_names: None,
            split_special_tokens: false,
            truncation_side: TruncationSide::Right,
            bos_token: None,
            eos_token: None,
            unk_token: None,
            sep_token: None,
            pad_token: None,
            cls_token: None,
            mask_token: None,
            additional_special_tokens: None,
            extra_special_tokens: None,
            added_tokens_decoder: None,
        }
    }
}

/// A part that a special token has, in the order of [`TokenizerClass::SPECIALS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenPart {
    Bos,
    Eos,
    Unk,
    Sep,
    Pad,
    Cls,
    Mask,
}

/// From which end a text that is too long loses tokens.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum TruncationSide {
    Left,
    Right,
}

impl Settings {
    /// Reads `tokenizer_config.json` and `special_tokens_map.json`. A setting that is `null` counts as not there.
    pub(super) fn read(config: Option<&[u8]>, special_tokens: Option<&[u8]>) -> Result<Self, BertError> {
        let mut settings = config.map_or_else(|| Ok(Map::new()), |json| object(json, "tokenizer_config.json"))?;
        if let (Some(json), false) = (special_tokens, settings.contains_key("added_tokens_decoder")) {
            for (name, mut token) in object(json, "special_tokens_map.json")? {
                // There, a token is special without saying so.
                if let Value::Object(token) = &mut token {
                    token.insert("special".to_owned(), true.into());
                }
                settings.insert(name, token);
            }
        }
        serde_json::from_value(settings.into()).map_err(|e| wrong("tokenizer_config.json", &e))
    }

    pub(super) fn normalizer(&self) -> BertNormalizer {
        BertNormalizer::new(true, self.tokenize_chinese_chars, self.strip_accents, self.do_lower_case)
    }

    /// Whether the model is handed token types, where that is said.
    pub(super) fn token_types(&self) -> Option<bool> {
        self.model_input_names.as_ref().map(|names| names.iter().any(|name| name == "token_type_ids"))
    }

    /// The class of the repository's own code that splits text in Python, when there is none beside it that reads
    /// `tokenizer.json`.
    pub(super) fn own_code(&self) -> Option<&str> {
        let classes = match self.auto_map.as_ref()? {
            Value::Object(map) => map.get("AutoTokenizer")?,
            classes => classes,
        };
        match classes {
            Value::String(slow) => Some(slow),
            Value::Array(classes) if classes.get(1).is_none_or(Value::is_null) => classes.first()?.as_str(),
            _ => None,
        }
    }

    /// As the settings spell them. Where they do not: as the class does, if that is in the vocabulary, else as the first of
    /// the usual spellings that is, the family's own before others.
    pub(super) fn special_tokens(
        &self,
        class: Option<&TokenizerClass>,
        family: &SpecialTokens,
        is_known: impl Fn(&str) -> bool,
    ) -> SpecialTokens {
        let [_, _, unk, sep, pad, cls, mask] = class.map(TokenizerClass::special_tokens).unwrap_or_default();
        let spelling = |named: &Option<SpecialTokenName>,
                        class: Option<(&'static str, bool)>,
                        family: &Cow<'static, str>,
                        other| {
            match (named, class) {
                (Some(name), _) => Cow::Owned(name.text().to_owned()),
                (None, Some((spelt, _))) if is_known(spelt) => Cow::Borrowed(spelt),
                (None, _) if !is_known(family) && is_known(other) => Cow::Borrowed(other),
                (None, _) => family.clone(),
            }
        };
        SpecialTokens {
            cls: spelling(&self.cls_token, cls, &family.cls, "<s>"),
            sep: spelling(&self.sep_token, sep, &family.sep, "</s>"),
            mask: spelling(&self.mask_token, mask, &family.mask, "<mask>"),
            unk: spelling(&self.unk_token, unk, &family.unk, "<unk>"),
            pad: spelling(&self.pad_token, pad, &family.pad, "<pad>"),
        }
    }

    /// Those that have a part of their own, in the order in which transformers adds them: as the settings name them, else
    /// as the class does: its spellings in the order of [`TokenizerClass::SPECIALS`].
    pub(super) fn named_tokens(&self, class: [Option<(&str, bool)>; 7]) -> Vec<AddedToken> {
        let named = [
            &self.bos_token,
            &self.eos_token,
            &self.unk_token,
            &self.sep_token,
            &self.pad_token,
            &self.cls_token,
            &self.mask_token,
        ];
        let token = |(named, class): (&Option<SpecialTokenName>, Option<(&str, bool)>)| match named {
            Some(SpecialTokenName::Text(text)) => {
                // How it is matched is the class's, whatever its name.
                let takes_blanks = class.is_some_and(|(_, lstrip)| lstrip);
                Some(AddedToken::from(text.clone(), true).lstrip(takes_blanks))
            }
            Some(SpecialTokenName::Entry(entry)) => Some(entry.added().special(true)),
            None => class.map(|(text, lstrip)| AddedToken::from(text, true).lstrip(lstrip)),
        };
        named.into_iter().zip(class).filter_map(token).collect()
    }

    /// How a part is spelt: as the settings say, else as the class does; empty for a part that it has not.
    pub(super) fn token_name(&self, class: &TokenizerClass, part: TokenPart) -> String {
        let named = match part {
            TokenPart::Bos => &self.bos_token,
            TokenPart::Eos => &self.eos_token,
            TokenPart::Unk => &self.unk_token,
            TokenPart::Sep => &self.sep_token,
            TokenPart::Pad => &self.pad_token,
            TokenPart::Cls => &self.cls_token,
            TokenPart::Mask => &self.mask_token,
        };
        let of_class = || class.special_tokens()[part as usize].map(|(spelt, _)| spelt);
        named.as_ref().map(SpecialTokenName::text).or_else(of_class).unwrap_or_default().to_owned()
    }

    /// Has these as the special tokens without a part, and whether each is special, unless the settings name some.
    pub(super) fn name_extra_tokens(&mut self, tokens: &[(String, bool)]) {
        let entry = |(content, special): &(String, bool)| {
            SpecialTokenName::Entry(TokenEntry {
                content: content.clone(),
                lstrip: false,
                rstrip: false,
                single_word: false,
                normalized: Some(false),
                special: *special,
            })
        };
        if self.extra_special_tokens.is_none() && self.additional_special_tokens.is_none() {
            self.extra_special_tokens = Some(ExtraTokens::List(tokens.iter().map(entry).collect()));
        }
    }

    /// Whether these are all among the added tokens, which the settings may list instead of `tokenizer.json`.
    pub(super) fn list_all<'a>(&self, added: impl IntoIterator<Item = &'a AddedToken>) -> bool {
        let Some(listed) = &self.added_tokens_decoder else { return true };
        added.into_iter().all(|token| listed.values().any(|entry| entry.content == token.content))
    }

    /// Special tokens that have no part of their own.
    pub(super) fn extra_tokens(&self) -> Vec<AddedToken> {
        let tokens = self.extra_special_tokens.as_ref().or(self.additional_special_tokens.as_ref());
        tokens.map_or_else(Vec::new, |tokens| tokens.names().map(SpecialTokenName::added).collect())
    }
}

fn object(json: &[u8], file: &str) -> Result<Map<String, Value>, BertError> {
    let mut settings: Map<String, Value> = serde_json::from_slice(json).map_err(|e| wrong(file, &e))?;
    settings.retain(|_, value| !value.is_null());
    Ok(settings)
}

fn wrong(file: &str, error: &serde_json::Error) -> BertError {
    BertError::Tokenizer(format!("{file}: {error}"))
}

/// A special token: its text, or its text with how it is matched.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum SpecialTokenName {
    Text(String),
    Entry(TokenEntry),
}

impl SpecialTokenName {
    fn text(&self) -> &str {
        match self {
            SpecialTokenName::Text(text) => text,
            SpecialTokenName::Entry(entry) => &entry.content,
        }
    }

    fn added(&self) -> AddedToken {
        match self {
            SpecialTokenName::Text(text) => AddedToken::from(text.clone(), true),
            SpecialTokenName::Entry(entry) => entry.added(),
        }
    }
}

/// More special tokens: a list, or each under a name of the model's own.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum ExtraTokens {
    List(Vec<SpecialTokenName>),
    Named(BTreeMap<String, SpecialTokenName>),
}

impl ExtraTokens {
    fn names(&self) -> Box<dyn Iterator<Item = &SpecialTokenName> + '_> {
        match self {
            ExtraTokens::List(tokens) => Box::new(tokens.iter()),
            ExtraTokens::Named(tokens) => Box::new(tokens.values()),
        }
    }
}

/// A token with how it is matched, as `tokenizers` has it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct TokenEntry {
    content: String,
    #[serde(default)]
    lstrip: bool,
    #[serde(default)]
    rstrip: bool,
    #[serde(default)]
    single_word: bool,
    normalized: Option<bool>,
    #[serde(default)]
    special: bool,
}

impl TokenEntry {
    pub(super) fn added(&self) -> AddedToken {
        AddedToken::from(self.content.clone(), self.special)
            .lstrip(self.lstrip)
            .rstrip(self.rstrip)
            .single_word(self.single_word)
            .normalized(self.normalized.unwrap_or(!self.special))
    }
}

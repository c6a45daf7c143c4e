//! A tokenizer from the files that checkpoints carry, as transformers 5 makes it of them
//! (<https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/tokenization_utils_tokenizers.py>).

use std::{borrow::Cow, collections::BTreeMap};

use tokenizers::{
    AddedToken, Model, ModelWrapper, PostProcessorWrapper, Tokenizer, TruncationDirection,
    models::wordpiece::WordPiece, pre_tokenizers::bert::BertPreTokenizer, processors::template::TemplateProcessing,
};

use super::{
    added,
    by_class::{self, ByClass, OlderVocabulary},
    class::{TokenizerClass, TokenizerModel, TokenizerReading},
    damage::damaged,
    difference::{self, FileParts},
    growth::{TextGrowth, check_added_tokens},
    refusal::TokenizerRefusal,
    settings::{Settings, TruncationSide},
    vocabulary_file::{self, TOKENIZER_JSON},
};
use crate::{
    bert::{BertError, Remark, SpecialTokens, architecture::Architecture},
    guard::guarded,
};

/// A tokenizer's files, as far as a checkpoint has them.
#[derive(Clone, Debug, Default)]
pub struct TokenizerFiles {
    /// `tokenizer.json`.
    pub json: Option<Cow<'static, [u8]>>,
    /// The vocabulary where there is no `tokenizer.json`.
    pub older: OlderVocabulary,
    /// `tokenizer_config.json`.
    pub config: Option<Cow<'static, [u8]>>,
    /// `added_tokens.json`, token to id.
    pub added_tokens: Option<Vec<u8>>,
    /// `special_tokens_map.json`, how the special tokens are spelt.
    pub special_tokens: Option<Vec<u8>>,
    /// Whether text is made lower case, where no file says so and the vocabulary tells.
    pub lower_case: Option<bool>,
}

/// A tokenizer with its parts.
pub(super) struct Built {
    /// With neither truncation, padding nor post-processor.
    pub tokenizer: Tokenizer,
    /// What puts the special tokens around one sentence or two.
    pub post_processor: Option<PostProcessorWrapper>,
    /// As the settings spell them, else the vocabulary, else the family.
    pub special_tokens: SpecialTokens,
    /// None when the vocabulary has no mask.
    pub mask_id: Option<u32>,
    /// Whether the model is handed token types.
    pub token_types: bool,
    /// From which end a text that is too long loses tokens.
    pub truncation: TruncationDirection,
    pub remarks: Vec<Remark>,
}

impl TokenizerFiles {
    /// Whether a model with this `config.json` can be read with them.
    ///
    /// # Errors
    /// When a file is damaged, the class is not one that clscope reads, or the configuration is not a BERT's.
    pub fn check(&self, config: &[u8]) -> Result<(), BertError> {
        let architecture = Architecture::from_json(config)?;
        guarded(|| self.build(&architecture)).unwrap_or_else(|reason| Err(BertError::Tokenizer(reason))).map(drop)
    }

    /// Builds the tokenizer of a model of this architecture.
    pub(super) fn build(&self, architecture: &Architecture) -> Result<Built, BertError> {
        let family = architecture.special_tokens();
        let mut settings = Settings::read(self.config.as_deref(), self.special_tokens.as_deref())?;
        let mut remarks = Vec::new();
        if let Some(is_lower) = self.lower_case {
            settings.do_lower_case = is_lower;
            remarks.push(Remark::CaseOfVocabulary { is_lower });
        }
        let named = settings.tokenizer_class.as_deref().or(architecture.declared_tokenizer());
        let is_named = named.is_some();
        let class = named.unwrap_or(architecture.tokenizer_class()).to_owned();
        let python = match settings.own_code() {
            _ if !is_named && settings.word_tokenizer_type.is_some() => Some("BertJapaneseTokenizer"),
            own => own,
        };
        if let Some(class) = python {
            return refused(TokenizerRefusal::Python { class: class.to_owned() });
        }
        let known = TokenizerClass::find(&class);
        let Whole { mut tokenizer, special_tokens, mask_id } = match &self.json {
            _ if known.is_some_and(|class| class.reading == TokenizerReading::Python) => {
                return refused(TokenizerRefusal::Python { class });
            }
            Some(json) => self.of_json(json, (&class, known), &mut settings, family, &mut remarks)?,
            None => self.of_older((&class, known), &mut settings, family)?,
        };
        let token_types = settings.token_types().unwrap_or_else(|| known.is_some_and(|class| class.token_types));
        let is_generic = known.is_none_or(TokenizerClass::is_generic);
        if is_generic && settings.token_types().is_none() && difference::tells_sentences_apart(&tokenizer)? {
            remarks.push(Remark::NoTokenTypes { class });
        }
        tokenizer.set_encode_special_tokens(settings.split_special_tokens);
        // What a tokenizer.json stores of these is meant for batch jobs (all-MiniLM-L6-v2 pads to 128);
        // like transformers, we decide both ourselves.
        tokenizer.with_truncation(None).map_err(damaged)?;
        tokenizer.with_padding(None);
        // Splitting one sentence is no place for it: its offsets would be trimmed twice.
        let post_processor = tokenizer.get_post_processor().cloned();
        tokenizer.with_post_processor(None::<PostProcessorWrapper>);
        let truncation = match settings.truncation_side {
            TruncationSide::Left => TruncationDirection::Left,
            TruncationSide::Right => TruncationDirection::Right,
        };
        Ok(Built { tokenizer, post_processor, special_tokens, mask_id, token_types, truncation, remarks })
    }

    /// By `tokenizer.json`, or by the class and the settings over its vocabulary.
    fn of_json(
        &self,
        json: &[u8],
        (name, class): (&str, Option<&TokenizerClass>),
        settings: &mut Settings,
        family: &SpecialTokens,
        remarks: &mut Vec<Remark>,
    ) -> Result<Whole, BertError> {
        check_added_tokens(json)?;
        let file = Tokenizer::from_bytes(json).map_err(|error| unread(json, error))?;
        let found = TokenizerModel::of(file.get_model());
        if let Some(expected) = class.and_then(|class| class.model).filter(|expected| *expected != found) {
            return refused(TokenizerRefusal::OtherModel { class: name.to_owned(), expected, found });
        }
        let listed = file.get_added_tokens_decoder().into_iter().collect();
        let (parts, built, is_other_model) = match (class.map(|class| (class, class.reading)), file.get_model()) {
            (Some((_, TokenizerReading::WordPiece)), ModelWrapper::WordPiece(model)) => {
                let built = self.word_piece((model.clone(), TOKENIZER_JSON), listed, settings, family)?;
                let is_other_model = by_class::is_other(model, built.tokenizer.get_model());
                (FileParts::of(&file)?, built, is_other_model)
            }
            (Some((class, TokenizerReading::Class)), _) => {
                let parts = FileParts::of(&file)?;
                let (built, is_other_model) = by_class::of_json(json, file, class, settings)?;
                (parts, self.completed(built, listed, settings, class, family)?, is_other_model)
            }
            _ => {
                remarks.extend(class.is_none().then(|| Remark::UnknownTokenizerClass { class: name.to_owned() }));
                return self.with_tokens(file, listed, settings, class, family);
            }
        };
        remarks.extend(parts.remark(name.to_owned(), &built.tokenizer, is_other_model)?);
        Ok(built)
    }

    /// By the class's older files, of which the settings get the special tokens that they name.
    fn of_older(
        &self,
        (name, class): (&str, Option<&TokenizerClass>),
        settings: &mut Settings,
        family: &SpecialTokens,
    ) -> Result<Whole, BertError> {
        let name = || name.to_owned();
        if class.is_some_and(|class| class.reading == TokenizerReading::WordPiece) {
            let Some(vocabulary) = self.older.file(vocabulary_file::WORD_PIECES) else {
                return refused(TokenizerRefusal::NoVocabulary { class: name() });
            };
            let pieces = (by_class::pieces(vocabulary)?, vocabulary_file::WORD_PIECES);
            return self.word_piece(pieces, BTreeMap::new(), settings, family);
        }
        let Some((class, form)) = class.and_then(|class| Some((class, class.older?))) else {
            return refused(TokenizerRefusal::NoFile { class: name() });
        };
        let Some(built) = self.older.build(class, form, settings)? else {
            return refused(TokenizerRefusal::NoOlderFile { class: name(), files: form.files() });
        };
        self.completed(built, BTreeMap::new(), settings, class, family)
    }

    /// A class's tokenizer with its special tokens.
    fn completed(
        &self,
        ByClass { tokenizer, frame }: ByClass,
        listed: BTreeMap<u32, AddedToken>,
        settings: &Settings,
        class: &TokenizerClass,
        family: &SpecialTokens,
    ) -> Result<Whole, BertError> {
        let mut whole = self.with_tokens(tokenizer, listed, settings, Some(class), family)?;
        frame.put_around(&mut whole.tokenizer, settings)?;
        Ok(whole)
    }

    /// A tokenizer with what the settings and the class add to it; `listed` is what `tokenizer.json` lists.
    fn with_tokens(
        &self,
        mut tokenizer: Tokenizer,
        listed: BTreeMap<u32, AddedToken>,
        settings: &Settings,
        class: Option<&TokenizerClass>,
        family: &SpecialTokens,
    ) -> Result<Whole, BertError> {
        let of_class = class.map(TokenizerClass::special_tokens).unwrap_or_default();
        let added = added::tokens(&tokenizer, settings, of_class, listed, self.added_tokens.as_deref())?;
        let growth = TextGrowth::of(tokenizer.get_normalizer());
        added.listed.iter().chain(&added.unlisted).try_for_each(|token| growth.check(&token.content))?;
        tokenizer.add_tokens(added.listed).map_err(damaged)?;
        let special_tokens = settings.special_tokens(class, family, |token| tokenizer.token_to_id(token).is_some());
        let mask_id = tokenizer.token_to_id(&special_tokens.mask);
        tokenizer.add_tokens(added.unlisted).map_err(damaged)?;
        Ok(Whole { tokenizer, special_tokens, mask_id })
    }

    /// BERT's rules over a vocabulary, of which `file` is the name: transformers' `BertTokenizer`
    /// (<https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/models/bert/tokenization_bert.py>).
    fn word_piece(
        &self,
        (mut model, file): (WordPiece, &'static str),
        listed: BTreeMap<u32, AddedToken>,
        settings: &Settings,
        family: &SpecialTokens,
    ) -> Result<Whole, BertError> {
        let special_tokens = settings.special_tokens(None, family, |token| model.token_to_id(token).is_some());
        let SpecialTokens { cls, sep, mask, unk, pad } = &special_tokens;
        let missing = |setting, token: &str| {
            BertError::TokenizerRefused(TokenizerRefusal::NoSpecialToken { file, setting, token: token.to_owned() })
        };
        if model.token_to_id(unk).is_none() {
            return Err(missing("unk_token", unk));
        }
        model.unk_token = unk.to_string();
        model.continuing_subword_prefix = "##".to_owned();
        model.max_input_chars_per_word = 100;

        let mut tokenizer = Tokenizer::new(model);
        tokenizer.with_normalizer(Some(settings.normalizer())).map_err(damaged)?;
        tokenizer.with_pre_tokenizer(Some(BertPreTokenizer));
        let own = [None, None, Some(unk), Some(sep), Some(pad), Some(cls), Some(mask)];
        let own = own.map(|token| token.map(|token| (token.as_ref(), false)));
        let added = added::tokens(&tokenizer, settings, own, listed, self.added_tokens.as_deref())?;
        tokenizer.add_tokens(added.listed).map_err(damaged)?;
        // Looked up before those are added that nothing lists: transformers gives them rows that mean nothing.
        let id = |setting, token: &str| {
            let id = tokenizer.token_to_id(token).ok_or_else(|| missing(setting, token))?;
            Ok::<_, BertError>((token.to_owned(), id))
        };
        let (cls, sep) = (id("cls_token", cls)?, id("sep_token", sep)?);
        let mask_id = tokenizer.token_to_id(&special_tokens.mask);
        tokenizer.add_tokens(added.unlisted).map_err(damaged)?;
        let template = TemplateProcessing::builder()
            .try_single(format!("{}:0 $A:0 {}:0", cls.0, sep.0))
            .and_then(|builder| builder.try_pair(format!("{}:0 $A:0 {}:0 $B:1 {}:1", cls.0, sep.0, sep.0)))
            .map_err(|e| BertError::Tokenizer(e.to_string()))?
            .special_tokens(vec![cls, sep])
            .build()
            .map_err(|e| damaged(e.into()))?;
        tokenizer.with_post_processor(Some(template));
        Ok(Whole { tokenizer, special_tokens, mask_id })
    }
}

/// A tokenizer as transformers has it.
struct Whole {
    tokenizer: Tokenizer,
    special_tokens: SpecialTokens,
    mask_id: Option<u32>,
}

/// A `tokenizer.json` that is JSON is not damaged: it may be of a later version of the library, or something else.
fn unread(json: &[u8], error: tokenizers::Error) -> BertError {
    match serde_json::from_slice::<serde::de::IgnoredAny>(json) {
        Ok(_) => BertError::TokenizerUnread { file: TOKENIZER_JSON, reason: error.to_string() },
        Err(_) => damaged(error),
    }
}

fn refused<T>(why: TokenizerRefusal) -> Result<T, BertError> {
    Err(BertError::TokenizerRefused(why))
}

use serde::Deserialize;
use tokenizers::{
    ModelWrapper, NormalizerWrapper, PreTokenizerWrapper, Tokenizer,
    models::unigram::Unigram,
    normalizers::{Lowercase, NFKD, Precompiled, Replace, Sequence as Normalizers, StripAccents},
    pre_tokenizers::{
        metaspace::{Metaspace, PrependScheme},
        sequence::Sequence,
        whitespace::WhitespaceSplit,
    },
    processors::template::{SpecialToken, TemplateProcessing},
};

use super::other_model;
use crate::{
    bert::{
        BertError,
        tokenizer::{
            class::{PieceLayout, TokenizerClass},
            damage::damaged,
            refusal::TokenizerRefusal,
            settings::{Settings, TokenPart},
            vocabulary_file::TOKENIZER_JSON,
        },
        wire::{WireField, WireReader},
    },
    messages::message,
};

/// A file of SentencePiece
/// (<https://github.com/google/sentencepiece/blob/v0.2.1/src/sentencepiece_model.proto>).
pub(super) struct SentencePieces {
    /// With their scores.
    pieces: Vec<(String, f64)>,
    /// Those that are matched before anything else, and whether each is special.
    marked: Vec<(String, bool)>,
    /// What the normalizer replaces, as the library packs it.
    replaced: Option<Vec<u8>>,
}

impl SentencePieces {
    pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Self, BertError> {
        Self::parse(bytes)
            .filter(|model| !model.pieces.is_empty())
            .ok_or_else(|| BertError::Tokenizer(message!("bert-tokenizer-no-sentence-pieces", file = file)))
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        const CONTROL: u64 = 3;
        const USER_DEFINED: u64 = 4;
        let mut model = Self { pieces: Vec::new(), marked: Vec::new(), replaced: None };
        let mut reader = WireReader(bytes);
        while !reader.0.is_empty() {
            match reader.field()? {
                (1, WireField::Bytes(piece)) => {
                    let (text, score, kind) = Self::piece(piece)?;
                    if matches!(kind, CONTROL | USER_DEFINED) {
                        model.marked.push((text.clone(), kind == CONTROL));
                    }
                    model.pieces.push((text, score));
                }
                (3, WireField::Bytes(normalizer)) => {
                    let mut reader = WireReader(normalizer);
                    while !reader.0.is_empty() {
                        if let (2, WireField::Bytes(replaced)) = reader.field()? {
                            model.replaced = Some(replaced.to_vec()).filter(|replaced| !replaced.is_empty());
                        }
                    }
                }
                _ => {}
            }
        }
        Some(model)
    }

    /// A piece, its score and its kind.
    fn piece(bytes: &[u8]) -> Option<(String, f64, u64)> {
        let (mut text, mut score, mut kind) = (String::new(), 0.0, 1);
        let mut reader = WireReader(bytes);
        while !reader.0.is_empty() {
            match reader.field()? {
                (1, WireField::Bytes(bytes)) => text = std::str::from_utf8(bytes).ok()?.to_owned(),
                (2, WireField::Number(bits)) => score = f64::from(f32::from_bits(u32::try_from(bits).ok()?)),
                (3, WireField::Number(number)) => kind = number,
                _ => {}
            }
        }
        Some((text, score, kind))
    }

    /// The pieces that are matched before anything else, and whether each is special.
    pub(super) fn marked(&self) -> &[(String, bool)] {
        &self.marked
    }

    /// The tokenizer of a class, without special tokens around sentences.
    pub(super) fn tokenizer(
        self,
        file: &'static str,
        layout: PieceLayout,
        class: &TokenizerClass,
        settings: &Settings,
    ) -> Result<Tokenizer, BertError> {
        let name = |part| settings.token_name(class, part);
        let front =
            |tokens: &[(&str, f64)]| tokens.iter().map(|(token, score)| ((*token).to_owned(), *score)).collect();
        let (mut vocabulary, replaced): (Vec<(String, f64)>, usize) = match layout {
            PieceLayout::XlmRoberta => {
                let tokens = [TokenPart::Bos, TokenPart::Pad, TokenPart::Eos, TokenPart::Unk].map(name);
                (tokens.map(|token| (token, 0.0)).into(), 3)
            }
            PieceLayout::Camembert => {
                let [pad, unk] = [TokenPart::Pad, TokenPart::Unk].map(name);
                let tokens =
                    [("<s>NOTUSED", 0.0), (&*pad, 0.0), ("</s>NOTUSED", 0.0), (&*unk, 0.0), ("<unk>NOTUSED", -100.0)];
                (front(&tokens), 1)
            }
            PieceLayout::Albert => (Vec::new(), 0),
        };
        vocabulary.extend(self.pieces.into_iter().skip(replaced));
        if layout != PieceLayout::Albert {
            vocabulary.push((name(TokenPart::Mask), 0.0));
        }
        let replaced = self.replaced.map(|packed| Precompiled::from(&packed)).transpose();
        let replaced = replaced.map_err(|error| damaged(error.to_string().into()))?;
        let find = |piece: &str| vocabulary.iter().position(|(found, _)| found == piece);
        let unknown = unknown(find, file, layout, class, settings)?;
        let tokenizer = Tokenizer::new(Unigram::from(vocabulary, Some(unknown), false).map_err(damaged)?);
        by_rules(tokenizer, replaced, layout, settings)
    }
}

/// What the normalizer of a `tokenizer.json` replaces by SentencePiece's table: the first such table in it.
fn replaced(normalizer: Option<&NormalizerWrapper>) -> Option<Precompiled> {
    let all = match normalizer? {
        NormalizerWrapper::Sequence(sequence) => sequence.as_ref(),
        normalizer => std::slice::from_ref(normalizer),
    };
    all.iter().find_map(|normalizer| match normalizer {
        NormalizerWrapper::Precompiled(replaced) => Some(replaced.clone()),
        _ => None,
    })
}

/// A tokenizer of the pieces of a `tokenizer.json`, which is `file`, read from `json`, and whether its model is another than that of the
/// file.
pub(super) fn of_json(
    json: &[u8],
    file: Tokenizer,
    layout: PieceLayout,
    class: &TokenizerClass,
    settings: &Settings,
) -> Result<(Tokenizer, bool), BertError> {
    let ModelWrapper::Unigram(model) = file.get_model() else {
        return Err(other_model(class, file.get_model()));
    };
    let find = |piece: &str| model.iter().position(|(found, _)| found == piece);
    let unknown = unknown(find, TOKENIZER_JSON, layout, class, settings)?;
    let own: Own =
        serde_json::from_slice(json).map_err(|error| BertError::Tokenizer(format!("{TOKENIZER_JSON}: {error}")))?;
    let is_other = own.model.unk_id != Some(unknown) || model.byte_fallback();
    let replaced = replaced(file.get_normalizer());
    // Many pieces take long to copy.
    let tokenizer = if is_other || !settings.list_all(file.get_added_tokens_decoder().values()) {
        let pieces = model.iter().cloned().collect();
        Tokenizer::new(Unigram::from(pieces, Some(unknown), false).map_err(damaged)?)
    } else {
        file
    };
    Ok((by_rules(tokenizer, replaced, layout, settings)?, is_other))
}

/// What the library does not say of a model that it has read.
#[derive(Deserialize)]
struct Own {
    model: OwnModel,
}

#[derive(Deserialize)]
struct OwnModel {
    unk_id: Option<usize>,
}

/// The place of the unknown piece; refuses a vocabulary, which stands in `file`, that lacks what the class looks up.
fn unknown(
    find: impl Fn(&str) -> Option<usize>,
    file: &'static str,
    layout: PieceLayout,
    class: &TokenizerClass,
    settings: &Settings,
) -> Result<usize, BertError> {
    if layout == PieceLayout::Albert {
        // Before any token is added.
        for (part, setting) in [(TokenPart::Cls, "cls_token"), (TokenPart::Sep, "sep_token")] {
            let token = settings.token_name(class, part);
            if find(&token).is_none() {
                let refusal = TokenizerRefusal::NoSpecialToken { file, setting, token };
                return Err(BertError::TokenizerRefused(refusal));
            }
        }
    }
    Ok(match layout {
        PieceLayout::XlmRoberta => 3,
        PieceLayout::Albert => 1,
        PieceLayout::Camembert => find(&settings.token_name(class, TokenPart::Unk)).unwrap_or_default(),
    })
}

/// With the class's normalizer and pre-tokenizer, without special tokens around sentences.
fn by_rules(
    mut tokenizer: Tokenizer,
    replaced: Option<Precompiled>,
    layout: PieceLayout,
    settings: &Settings,
) -> Result<Tokenizer, BertError> {
    let replaced = replaced.map(NormalizerWrapper::Precompiled);
    if layout == PieceLayout::Albert {
        let own = albert_normalizers(settings).map_err(damaged)?;
        let all = Normalizers::new(own.into_iter().chain(replaced).collect());
        tokenizer.with_normalizer(Some(NormalizerWrapper::Sequence(all))).map_err(damaged)?;
    } else {
        tokenizer.with_normalizer(replaced).map_err(damaged)?;
    }
    let begins = if settings.add_prefix_space.unwrap_or(true) { PrependScheme::Always } else { PrependScheme::Never };
    let blanks = Metaspace::new('▁', begins, true);
    tokenizer.with_pre_tokenizer(Some(Sequence::new(vec![
        PreTokenizerWrapper::WhitespaceSplit(WhitespaceSplit),
        PreTokenizerWrapper::Metaspace(blanks.clone()),
    ])));
    tokenizer.with_decoder(Some(blanks));
    Ok(tokenizer)
}

fn albert_normalizers(settings: &Settings) -> tokenizers::Result<Vec<NormalizerWrapper>> {
    let mut normalizers: Vec<NormalizerWrapper> =
        vec![Replace::new("``", "\"")?.into(), Replace::new("''", "\"")?.into()];
    if !settings.keep_accents {
        normalizers.extend([NFKD.into(), StripAccents.into()]);
    }
    if settings.do_lower_case {
        normalizers.push(Lowercase.into());
    }
    Ok(normalizers)
}

/// `<s> A </s>`, and `<s> A </s></s> B </s>` or, as BERT's, `[CLS] A [SEP] B [SEP]`.
pub(super) fn frame(
    (first, first_id): (String, u32),
    (last, last_id): (String, u32),
    as_bert: bool,
) -> tokenizers::Result<TemplateProcessing> {
    // The names stand in a pattern where blanks and colons divide.
    let pair = if as_bert { "<1>:0 $A:0 <2>:0 $B:1 <2>:1" } else { "<1>:0 $A:0 <2>:0 <2>:0 $B:0 <2>:0" };
    let template = TemplateProcessing::builder()
        .try_single("<1>:0 $A:0 <2>:0")
        .and_then(|builder| builder.try_pair(pair))?
        .special_tokens(vec![
            SpecialToken::new("<1>".to_owned(), vec![first_id], vec![first])?,
            SpecialToken::new("<2>".to_owned(), vec![last_id], vec![last])?,
        ])
        .build();
    template.map_err(Into::into)
}

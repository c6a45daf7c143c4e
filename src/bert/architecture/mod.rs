//! Families of encoders. Each is a file that says what is its own, and one line in [`FAMILIES`].

mod bert;
mod declaration;
mod family;

use serde::Deserialize;

pub use declaration::HeadName;
pub(super) use declaration::{
    Affine, Declaration, EmbeddedBy, EmbeddingParameters, HeadParameters, LayerParameters, Parameter, Reads, Step,
};
pub use family::SpecialTokens;

use super::{Activation, BertConfig, BertError};
use crate::messages::{message, quoted};
use family::Family;

/// A `config.json` that names no family is that of the first.
static FAMILIES: &[Family] = &[bert::FAMILY];

/// Activations of transformers that have weights of their own.
const LEARNED_ACTIVATIONS: [&str; 2] = ["prelu", "xielu"];

/// A family at the sizes of one `config.json`.
pub(super) struct Architecture {
    family: &'static Family,
    pub config: BertConfig,
    declared_tokenizer: Option<String>,
}

impl Architecture {
    /// As [`BertConfig::from_json`].
    pub(super) fn from_json(json: &[u8]) -> Result<Self, BertError> {
        /// What a `config.json` says it describes.
        #[derive(Deserialize)]
        struct Kind {
            model_type: Option<String>,
            tokenizer_class: Option<String>,
            hidden_act: Option<String>,
        }
        // Another kind of model has other fields: say what it is before missing one.
        let Kind { model_type, tokenizer_class, hidden_act } =
            serde_json::from_slice(json).map_err(BertError::ConfigSyntax)?;
        let named = |kind: String| {
            let family = FAMILIES.iter().find(|family| family.model_type == kind);
            family.ok_or_else(|| BertError::ConfigUnsupported(unknown(&kind)))
        };
        let family = model_type.map_or(Ok(&FAMILIES[0]), named)?;
        if let Some(name) = hidden_act.filter(|name| Activation::find(name).is_none()) {
            let known = || Activation::NAMES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
            return Err(BertError::ConfigUnsupported(match LEARNED_ACTIVATIONS.contains(&name.as_str()) {
                true => message!("bert-activation-learned", name = quoted(&name)),
                false => message!("bert-activation-unknown", name = quoted(&name), known = known()),
            }));
        }
        let config = (family.config)(json).map_err(BertError::ConfigSyntax)?;
        config.check().map_err(BertError::ConfigUnsupported)?;
        Ok(Self { family, config, declared_tokenizer: tokenizer_class })
    }

    /// Every parameter of the model, with those of all heads that its family may have.
    pub(super) fn declaration(&self) -> Declaration<Parameter> {
        (self.family.declaration)(&self.config)
    }

    /// The row of the position table that the first token gets.
    pub(super) fn first_position(&self) -> usize {
        (self.family.first_position)(&self.config)
    }

    /// Longest input in tokens, specials included.
    pub(super) fn max_length(&self) -> usize {
        self.config.max_position_embeddings.saturating_sub(self.first_position())
    }

    /// The class of tokenizers that `config.json` names.
    pub(super) fn declared_tokenizer(&self) -> Option<&str> {
        self.declared_tokenizer.as_deref()
    }

    /// The class of tokenizers that transformers takes where no file names one.
    pub(super) fn tokenizer_class(&self) -> &'static str {
        self.family.tokenizer_class
    }

    /// The family's, which the tokenizer's settings may overrule.
    pub(super) fn special_tokens(&self) -> &'static SpecialTokens {
        &self.family.special_tokens
    }

    /// Of a token's spelling in the vocabulary, how many bytes at its start say how it joins the token before.
    pub(super) fn subword_mark(&self) -> fn(&str) -> usize {
        self.family.subword_mark
    }
}

impl BertConfig {
    /// Reads and checks a `config.json`.
    ///
    /// # Errors
    /// When it is not JSON, lacks a size, or describes another model than a BERT encoder.
    pub fn from_json(json: &[u8]) -> Result<Self, BertError> {
        Architecture::from_json(json).map(|architecture| architecture.config)
    }
}

fn unknown(kind: &str) -> String {
    let known: Vec<String> = FAMILIES.iter().map(|family| quoted(family.model_type)).collect();
    message!("bert-config-model-type", found = quoted(kind), known = known.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minilm() -> Architecture {
        Architecture::from_json(include_bytes!("../../../models/all-MiniLM-L6-v2/config.json")).unwrap()
    }

    #[test]
    fn a_family_is_found_by_its_name_and_others_are_refused_by_theirs() {
        let named = |name: &str| {
            let json = format!(
                r#"{{"model_type":{name},"vocab_size":10,"hidden_size":12,"num_hidden_layers":1,"intermediate_size":4,
                "num_attention_heads":4}}"#
            );
            Architecture::from_json(json.as_bytes()).map(|architecture| architecture.family.model_type)
        };
        for family in FAMILIES {
            assert_eq!(named(&format!("{:?}", family.model_type)).unwrap(), family.model_type);
            assert_eq!(FAMILIES.iter().filter(|other| other.model_type == family.model_type).count(), 1);
        }
        assert_eq!(named("null").unwrap(), "bert");
        assert_eq!(
            named("\"distilbert\"").unwrap_err().to_string(),
            "config.json: model_type is \"distilbert\"; clscope reads BERT encoders (model_type \"bert\") only"
        );
    }

    #[test]
    fn berts_subwords_that_continue_a_word_are_marked() {
        assert_eq!(["##ing", "un", "[CLS]", "#", ""].map(minilm().subword_mark()), [2, 0, 0, 0, 0]);
    }

    #[test]
    fn no_two_parameters_share_a_name() {
        let mut names = std::collections::BTreeSet::new();
        let declared = minilm().declaration().try_map(|parameter| {
            let fresh = parameter.names().all(|name| names.insert(name.to_owned()));
            if fresh { Ok(()) } else { Err(parameter.name) }
        });
        assert_eq!(declared.map(drop), Ok(()));
        assert!(names.contains("bert.encoder.layer.5.attention.output.LayerNorm.gamma"));
        assert!(!names.contains("encoder.layer.6.output.dense.bias"));
    }

    #[test]
    fn heads_that_are_not_there_are_not_asked_for() {
        let heads = |there: &dyn Fn(&str) -> bool| {
            let declaration = minilm().declaration().where_there(|parameter| parameter.names().any(there));
            let tied = |step: &Step<Parameter>| matches!(step, Step::Vocabulary { weight: None, .. });
            let heads = declaration.heads.iter();
            heads.map(|head| (head.name, head.steps.iter().any(tied))).collect::<Vec<_>>()
        };
        let (pooler, masked_language) = (HeadName::Pooler, HeadName::MaskedLanguage);
        assert_eq!(heads(&|_| true), [(pooler, false), (masked_language, false)]);
        assert_eq!(heads(&|name| !name.contains("decoder")), [(pooler, false), (masked_language, true)]);
        assert_eq!(heads(&|name| name == "bert.pooler.dense.weight"), [(pooler, false)]);
        assert_eq!(heads(&|name| name == "cls.predictions.bias"), []);
    }
}

//! Families of encoders. Each is a file that says what is its own, and one line in [`FAMILIES`].

mod albert;
mod bert;
mod declaration;
mod distilbert;
mod electra;
mod ernie;
mod family;
mod keys;
mod mpnet;
#[cfg(test)]
mod published;
mod recognition;
mod roberta;
mod unread;

use serde_json::{Map, Value};

pub use declaration::HeadName;
pub(super) use declaration::{
    Affine, Declaration, EmbeddedBy, EmbeddingParameters, HeadParameters, LayerParameters, Parameter, Reads, Step,
};
pub(super) use family::Positions;
pub use family::SpecialTokens;
pub(super) use recognition::{check_family, prefix};

use super::{Activation, BertConfig, BertError};
use crate::messages::{message, quoted};
use family::Family;

/// A `config.json` that names no family is that of the first.
static FAMILIES: &[Family] = &[
    bert::FAMILY,
    roberta::FAMILY,
    roberta::XLM_ROBERTA,
    roberta::CAMEMBERT,
    distilbert::FAMILY,
    mpnet::FAMILY,
    electra::FAMILY,
    albert::FAMILY,
    ernie::FAMILY,
];

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
        let mut settings: Map<String, Value> = serde_json::from_slice(json).map_err(BertError::ConfigSyntax)?;
        settings.retain(|_, value| !value.is_null());
        let text = |settings: &Map<String, Value>, name: &str| Some(settings.get(name)?.as_str()?.to_owned());
        // Another kind of model has other fields: say what it is before missing one.
        let named = |kind: String| {
            let family = FAMILIES.iter().find(|family| family.model_type == kind);
            family.ok_or_else(|| BertError::ConfigUnsupported(unread::unread(&kind)))
        };
        let family = text(&settings, "model_type").map_or_else(|| unnamed(&settings), named)?;
        let tokenizer_class = text(&settings, "tokenizer_class");
        (family.config)(&mut settings);
        if let Some(name) = text(&settings, "hidden_act").filter(|name| Activation::find(name).is_none()) {
            let known = || Activation::NAMES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
            return Err(BertError::ConfigUnsupported(match LEARNED_ACTIVATIONS.contains(&name.as_str()) {
                true => message!("bert-activation-learned", name = quoted(&name)),
                false => message!("bert-activation-unknown", name = quoted(&name), known = known()),
            }));
        }
        let mut config: BertConfig = serde_json::from_value(settings.clone().into()).map_err(|error| {
            other_form(&settings).map_or(BertError::ConfigSyntax(error), |other| {
                let (found, own, wanted) = (other.name, family.name, quoted(other.model_type));
                let reason = message!("bert-config-other-form", found = found, own = own, wanted = wanted);
                BertError::ConfigUnsupported(reason)
            })
        })?;
        config.family = family.name;
        config.check().map_err(BertError::ConfigUnsupported)?;
        let architecture = Self { family, config, declared_tokenizer: tokenizer_class };
        if architecture.max_length() < 4 {
            let first = architecture.positions().first();
            return Err(BertError::ConfigUnsupported(message!("bert-config-positions", fewest = first + 4)));
        }
        Ok(architecture)
    }

    /// As `config.json` calls the family.
    pub(super) fn model_type(&self) -> &'static str {
        self.family.model_type
    }

    /// What transformers calls the family's class that ends in this: `ForMaskedLM`.
    pub(super) fn class(&self, ending: &str) -> String {
        format!("{}{ending}", self.family.class_prefix)
    }

    /// Whether this is the name of the class that ends so, in this family or, as some files have it, in another.
    pub(super) fn is_class(name: &str, ending: &str) -> bool {
        let prefix = name.strip_suffix(ending);
        prefix.is_some_and(|prefix| FAMILIES.iter().any(|family| family.class_prefix == prefix))
    }

    /// Every parameter of the model, with those of all heads that its family may have.
    pub(super) fn declaration(&self) -> Declaration<Parameter> {
        (self.family.declaration)(&self.config)
    }

    /// Which rows of the position table the tokens get.
    pub(super) fn positions(&self) -> Positions {
        (self.family.positions)(&self.config)
    }

    /// Longest input in tokens, specials included.
    pub(super) fn max_length(&self) -> usize {
        self.config.max_position_embeddings.saturating_sub(self.positions().first())
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
}

/// The family that has names of its own for sizes and takes them from these settings.
fn other_form(settings: &Map<String, Value>) -> Option<&'static Family> {
    FAMILIES.iter().find(|family| {
        let mut read = settings.clone();
        (family.config)(&mut read);
        settings.keys().any(|name| !read.contains_key(name))
    })
}

/// BERT, as the first configurations of BERT named no family; where a class of another family is named, none is guessed.
fn unnamed(settings: &Map<String, Value>) -> Result<&'static Family, BertError> {
    let classes =
        settings.get("architectures").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    for class in classes {
        if let Some(other) = FAMILIES[1..].iter().find(|family| family.has_class(class)) {
            let (found, wanted) = (quoted(class), quoted(other.model_type));
            return Err(BertError::ConfigUnsupported(message!(
                "bert-config-no-model-type",
                found = found,
                wanted = wanted
            )));
        }
    }
    Ok(&FAMILIES[0])
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
        assert!(
            named("\"gpt2\"").unwrap_err().to_string().starts_with("config.json: model_type is \"gpt2\", a decoder")
        );
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

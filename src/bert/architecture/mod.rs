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

use super::{BertConfig, BertError};
use family::Family;

/// A `config.json` that names no family is that of the first.
static FAMILIES: [Family; 1] = [bert::FAMILY];

/// A family at the sizes of one `config.json`.
pub(super) struct Architecture {
    family: &'static Family,
    pub config: BertConfig,
}

impl Architecture {
    /// As [`BertConfig::from_json`].
    pub(super) fn from_json(json: &[u8]) -> Result<Self, BertError> {
        /// What a `config.json` says it describes.
        #[derive(Deserialize)]
        struct Kind {
            model_type: Option<String>,
        }
        // Another kind of model has other fields: say what it is before missing one.
        let Kind { model_type } = serde_json::from_slice(json).map_err(BertError::ConfigSyntax)?;
        let named = |kind: String| {
            let family = FAMILIES.iter().find(|family| family.model_type == kind);
            family.ok_or_else(|| BertError::ConfigUnsupported(unknown(&kind)))
        };
        let family = model_type.map_or(Ok(&FAMILIES[0]), named)?;
        let config = (family.config)(json).map_err(BertError::ConfigSyntax)?;
        config.check().map_err(BertError::ConfigUnsupported)?;
        Ok(Self { family, config })
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

    /// The family's, which the tokenizer's settings may overrule.
    pub(super) fn special_tokens(&self) -> &'static SpecialTokens {
        &self.family.special_tokens
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
    let known: Vec<String> = FAMILIES.iter().map(|family| format!("{:?}", family.model_type)).collect();
    format!("model_type is {kind:?}; clscope reads BERT encoders (model_type {}) only", known.join(" or "))
}

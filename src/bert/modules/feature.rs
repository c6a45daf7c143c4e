//! What modules read and write.

use serde_json::{Map, Value};

use super::NotDeclared;

/// What modules hand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feature {
    /// `token_embeddings`, `[token, width]`.
    Tokens,
    /// `sentence_embedding`, `[width]`.
    Sentence,
}

impl Feature {
    pub(super) fn find(name: &str) -> Option<Self> {
        match name {
            "token_embeddings" => Some(Self::Tokens),
            "sentence_embedding" => Some(Self::Sentence),
            _ => None,
        }
    }
}

/// What a module reads and writes; by default the sentence's vector.
pub(super) fn features(file: &str, config: &mut Map<String, Value>) -> Result<(Feature, Feature), NotDeclared> {
    let feature = |config: &mut Map<String, Value>, name: &str| match config.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => {
            let found = value.as_str().and_then(Feature::find);
            found.map(Some).ok_or_else(|| NotDeclared::setting(file, name, &value))
        }
    };
    let input = feature(config, "module_input_name")?.unwrap_or(Feature::Sentence);
    let output = feature(config, "module_output_name")?.unwrap_or(input);
    Ok((input, output))
}

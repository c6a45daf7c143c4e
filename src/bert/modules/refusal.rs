use crate::messages::{message, quoted};

/// Why a model has no `declared` vector. The model itself can be read all the same.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotDeclared {
    /// There is no `modules.json`.
    #[error("{}", message!("bert-declared-no-modules"))]
    NoModules,
    /// A file is missing, unreadable or damaged.
    #[error("{}", message!("bert-declared-file", file = .file, reason = .reason))]
    File {
        /// Its path in the model's directory.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A module of a kind that is not read.
    #[error("{}", message!("bert-declared-module", module = .kind))]
    Module {
        /// As `modules.json` names it.
        kind: String,
    },
    /// A setting that is not read, or has a value that is not.
    #[error("{}", message!("bert-declared-setting", file = .file, setting = .setting, value = .value))]
    Setting {
        /// The file's path in the model's directory.
        file: String,
        /// The setting.
        setting: String,
        /// Its value, as JSON.
        value: String,
    },
    /// The files describe another kind of model than one that makes a vector of a sentence.
    #[error("{}", message!("bert-declared-model-type", kind = quoted(.kind)))]
    ModelType {
        /// `SparseEncoder`, `CrossEncoder`, ...
        kind: String,
    },
    /// The first module is no Transformer, or there is none.
    #[error("{}", message!("bert-declared-no-transformer"))]
    NoTransformer,
    /// No module makes a vector of the tokens' vectors.
    #[error("{}", message!("bert-declared-no-pooling"))]
    NoPooling,
    /// A module gets vectors of another size than its file says.
    #[error("{}", message!("bert-declared-size", module = .module, expected = .expected, found = .found))]
    Size {
        /// The module's path.
        module: String,
        /// What it asks for.
        expected: usize,
        /// What comes.
        found: usize,
    },
    /// A prompt's name that the model does not have.
    #[error("{}", message!("bert-declared-prompt", name = quoted(.name)))]
    Prompt {
        /// The name.
        name: String,
    },
}

impl NotDeclared {
    /// A file and what is wrong with it.
    pub fn file(file: impl Into<String>, reason: impl ToString) -> Self {
        Self::File { file: file.into(), reason: reason.to_string() }
    }

    /// A setting and its value.
    pub(super) fn setting(file: &str, setting: &str, value: &serde_json::Value) -> Self {
        Self::Setting { file: file.to_owned(), setting: setting.to_owned(), value: value.to_string() }
    }
}

//! Where weights come from: compiled in, or a directory in Hugging Face's layout.
//!
//! This room finds a checkpoint's files and hands them to `bert`; it never sees attention or
//! a terminal.

mod directory;

use std::path::{Path, PathBuf};

use crate::bert::{Backend, Bert, BertError, Checkpoint};
#[cfg(feature = "embedded")]
use crate::bert::{TokenizerFiles, Weights};

/// Where a model is to be taken from, as the user names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelSource {
    /// all-MiniLM-L6-v2, compiled into the program.
    Embedded,
    /// A directory that `save_pretrained` could have written.
    Directory(PathBuf),
}

/// Why a model cannot be opened. Each message names the remedy.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The name is neither `embedded` nor a directory.
    #[error(
        "no model {name:?}: it is neither \"embedded\" nor a directory here; clscope does not download from the Hub yet, so save the model to a directory (save_pretrained) and name that"
    )]
    Unknown {
        /// What the user wrote.
        name: String,
    },
    /// The program was built without the embedded model.
    #[error(
        "this build carries no model; name a directory with --model DIR, or build with the cargo feature \"embedded\""
    )]
    NotEmbedded,
    /// A file of the directory is missing, unreadable or wrong.
    #[error("cannot read {}: {reason}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// The directory holds no weights in a form clscope reads.
    #[error(
        "{} holds no weights; a model directory has model.safetensors or pytorch_model.bin, whole or in shards with an index", path.display()
    )]
    NoWeights {
        /// The directory.
        path: PathBuf,
    },
    /// The checkpoint itself is at fault.
    #[error("{model}: {source}")]
    Bert {
        /// Which model.
        model: String,
        /// What is wrong with it.
        source: BertError,
    },
}

/// The embedded model's files, `models/all-MiniLM-L6-v2/`.
#[cfg(feature = "embedded")]
mod embedded {
    pub const CONFIG: &[u8] = include_bytes!("../../models/all-MiniLM-L6-v2/config.json");
    pub const TOKENIZER: &[u8] = include_bytes!("../../models/all-MiniLM-L6-v2/tokenizer.json");
    pub const TOKENIZER_CONFIG: &[u8] = include_bytes!("../../models/all-MiniLM-L6-v2/tokenizer_config.json");
    pub const WEIGHTS: &[u8] = include_bytes!("../../models/all-MiniLM-L6-v2/model.safetensors");
}

/// The embedded model's name on the Hub.
pub const EMBEDDED_NAME: &str = "all-MiniLM-L6-v2";

impl ModelSource {
    /// Reads the value of `--model`.
    ///
    /// # Errors
    /// [`ModelError::Unknown`] when it is neither `embedded` nor a directory.
    pub fn parse(name: &str) -> Result<Self, ModelError> {
        match name {
            "embedded" => Ok(ModelSource::Embedded),
            path if Path::new(path).is_dir() => Ok(ModelSource::Directory(PathBuf::from(path))),
            _ => Err(ModelError::Unknown { name: name.to_owned() }),
        }
    }

    /// How the model is called on screen and in files.
    pub fn name(&self) -> String {
        match self {
            ModelSource::Embedded => EMBEDDED_NAME.to_owned(),
            ModelSource::Directory(path) => {
                path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
            }
        }
    }

    /// Where it was taken from: `embedded`, or the directory.
    pub fn origin(&self) -> String {
        match self {
            ModelSource::Embedded => "embedded".to_owned(),
            ModelSource::Directory(path) => path.display().to_string(),
        }
    }

    /// Loads the model onto a backend. Takes from a tenth of a second to some seconds.
    ///
    /// # Errors
    /// When a file is missing, damaged, or not a BERT's; when the backend is not built in or fails.
    pub fn load(&self, backend: Backend) -> Result<Bert, ModelError> {
        let checkpoint = self.checkpoint()?;
        Bert::load(&self.name(), &checkpoint, backend)
            .map_err(|source| ModelError::Bert { model: self.origin(), source })
    }

    fn checkpoint(&self) -> Result<Checkpoint, ModelError> {
        match self {
            #[cfg(feature = "embedded")]
            ModelSource::Embedded => Ok(Checkpoint {
                config: embedded::CONFIG.into(),
                tokenizer: TokenizerFiles {
                    json: Some(embedded::TOKENIZER.into()),
                    config: Some(embedded::TOKENIZER_CONFIG.into()),
                    ..TokenizerFiles::default()
                },
                weights: Weights::Static(embedded::WEIGHTS),
            }),
            #[cfg(not(feature = "embedded"))]
            ModelSource::Embedded => Err(ModelError::NotEmbedded),
            ModelSource::Directory(directory) => directory::checkpoint(directory),
        }
    }
}

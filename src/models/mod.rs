//! Where weights come from: compiled in, a directory in Hugging Face's layout, or the Hub and its cache.
//!
//! This room finds a checkpoint's files and hands them to `bert`; it never sees attention or
//! a terminal.

mod contents;
mod directory;
mod google;
mod hub;
mod layout;
mod library;
mod modules;
mod progress;
mod recent;
mod small_file;

use std::path::{Path, PathBuf};

pub use contents::Contents;
pub use directory::Summary;
pub use hub::{Authorities, Hub, HubError, HubModel, HubNameError, HubSettings, NamedProxy, Proxies};
pub use library::{Library, Listed, ModelPlace, Recommended};
pub use progress::{Bytes, Cancel, Progress, TimeLeft};
pub use recent::Recent;

use crate::bert::{Backend, Bert, BertError, Checkpoint};
#[cfg(feature = "embedded")]
use crate::bert::{TokenizerFiles, Weights};
use crate::messages::{message, quoted};

/// Where a model is to be taken from, as the user names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelSource {
    /// all-MiniLM-L6-v2, compiled into the program.
    Embedded,
    /// A directory that `save_pretrained` could have written, or a zip of Google's.
    Directory(PathBuf),
    /// A model of the Hub: from the cache, else from the network.
    Hub(HubModel),
}

/// Why a model cannot be opened. Each message names the remedy.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The name means nothing.
    #[error("{}", message!("models-unknown", name = quoted(.name), reason = .reason.to_string()))]
    Unknown {
        /// What the user wrote.
        name: String,
        /// Why it is no model of the Hub.
        reason: HubNameError,
    },
    /// It is clearly meant as a path, and nothing is there.
    #[error("{}", message!("models-no-directory", name = quoted(.name)))]
    NoDirectory {
        /// What the user wrote.
        name: String,
    },
    /// Only models of the Hub have revisions.
    #[error("{}", message!("models-no-revisions", name = quoted(.name)))]
    NoRevisions {
        /// What the user wrote.
        name: String,
    },
    /// The program was built without the embedded model.
    #[error("{}", message!("models-not-embedded"))]
    NotEmbedded,
    /// A file of the directory is missing, unreadable or wrong.
    #[error("{}", message!("models-file", path = .path.display().to_string(), reason = .reason))]
    File {
        /// The file.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// What is meant as a directory is a file.
    #[error("{}", message!("models-not-a-directory", name = quoted(.name)))]
    NotADirectory {
        /// What the user wrote.
        name: String,
    },
    /// The directory holds something other than a checkpoint.
    #[error("{}", message!("models-holds", path = .path.display().to_string(), contents = .contents.to_string()))]
    Holds {
        /// The directory.
        path: PathBuf,
        /// What it holds.
        contents: Contents,
    },
    /// The directory holds no weights in a form clscope reads.
    #[error("{}", message!("models-no-weights", path = .path.display().to_string()))]
    NoWeights {
        /// The directory.
        path: PathBuf,
    },
    /// The Hub did not give it.
    #[error("{model}: {source}")]
    Hub {
        /// Which model.
        model: String,
        /// What went wrong.
        source: HubError,
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

impl ModelError {
    /// Whether the user ended it, so that there is nothing to complain of.
    pub fn is_cancelled(&self) -> bool {
        matches!(self, ModelError::Hub { source: HubError::Cancelled, .. })
    }
}

/// The embedded model's name on the Hub.
pub const EMBEDDED_NAME: &str = "all-MiniLM-L6-v2";

/// What `--model` calls the embedded model.
pub const EMBEDDED: &str = "embedded";

impl ModelSource {
    /// Reads the value of `--model`, and of `--revision` if it was given. A directory that is here wins over a model of
    /// the Hub of the same name, as in transformers.
    ///
    /// # Errors
    /// When it is none of the three.
    pub fn parse(name: &str, revision: Option<&str>) -> Result<Self, ModelError> {
        // As copied from the model's page.
        let name = name.strip_prefix("https://huggingface.co/").map_or(name, |path| path.trim_end_matches('/'));
        let here = if name == EMBEDDED {
            Some(ModelSource::Embedded)
        } else {
            // A name typed in the explorer has not been through a shell.
            let path = hub::from_home(name, etcetera::home_dir().ok().as_deref());
            if path.is_file() && !google::is_zip(&path) {
                return Err(ModelError::NotADirectory { name: name.to_owned() });
            }
            path.exists().then_some(ModelSource::Directory(path))
        };
        match (here, revision) {
            (Some(source), None) => Ok(source),
            (Some(_), Some(_)) => Err(ModelError::NoRevisions { name: name.to_owned() }),
            (None, _) if name.starts_with(['/', '.', '~']) || Path::new(name).exists() => {
                Err(ModelError::NoDirectory { name: name.to_owned() })
            }
            (None, _) => HubModel::new(name, revision)
                .map(ModelSource::Hub)
                .map_err(|reason| ModelError::Unknown { name: name.to_owned(), reason }),
        }
    }

    /// How the model is called on screen and in files.
    pub fn name(&self) -> String {
        match self {
            ModelSource::Embedded => EMBEDDED_NAME.to_owned(),
            ModelSource::Directory(path) => {
                path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
            }
            ModelSource::Hub(model) => model.to_string(),
        }
    }

    /// What would name it to `--model` from anywhere: `embedded`, the directory's full path, or the Hub's name.
    pub fn origin(&self) -> String {
        match self {
            ModelSource::Embedded => EMBEDDED.to_owned(),
            ModelSource::Directory(path) => path.canonicalize().as_ref().unwrap_or(path).display().to_string(),
            ModelSource::Hub(model) => model.to_string(),
        }
    }

    /// Loads the model onto a backend, downloading it first where that is needed. Takes from a tenth of a second to as
    /// long as the network takes; `report` hears how far a download is, `cancel` ends it.
    ///
    /// # Errors
    /// When a file is missing, damaged, or not a BERT's; when it cannot be downloaded; when the backend is not built
    /// in or fails.
    pub fn load(
        &self,
        hub: &Hub,
        backend: Backend,
        cancel: &Cancel,
        report: &mut dyn FnMut(&Progress),
    ) -> Result<Bert, ModelError> {
        let checkpoint = self.checkpoint(hub, cancel, report)?;
        Bert::load(&self.name(), &checkpoint, backend)
            .map_err(|source| ModelError::Bert { model: self.origin(), source })
    }

    /// The model's files; one of the Hub is downloaded where it is not in the cache.
    ///
    /// # Errors
    /// As for [`ModelSource::load`], but for what only loading shows.
    pub fn checkpoint(
        &self,
        hub: &Hub,
        cancel: &Cancel,
        report: &mut dyn FnMut(&Progress),
    ) -> Result<Checkpoint, ModelError> {
        match self {
            ModelSource::Embedded => embedded_checkpoint(),
            ModelSource::Directory(directory) => directory::checkpoint(directory),
            ModelSource::Hub(model) => directory::checkpoint(&hub.locate(model, cancel, report)?),
        }
    }
}

#[cfg(feature = "embedded")]
fn embedded_checkpoint() -> Result<Checkpoint, ModelError> {
    let files = clscope_embedded::files();
    Ok(Checkpoint {
        config: files.config.into(),
        tokenizer: TokenizerFiles {
            json: Some(files.tokenizer.into()),
            config: Some(files.tokenizer_config.into()),
            ..TokenizerFiles::default()
        },
        weights: Weights::Static(files.weights),
        modules: Ok(modules::embedded(&files)),
    })
}

#[cfg(not(feature = "embedded"))]
fn embedded_checkpoint() -> Result<Checkpoint, ModelError> {
    Err(ModelError::NotEmbedded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_embedded_model_a_directory_or_a_model_of_the_hub() {
        let parse = |name| ModelSource::parse(name, None);
        assert_eq!(parse("embedded").unwrap(), ModelSource::Embedded);
        assert_eq!(parse("src").unwrap(), ModelSource::Directory("src".into()));
        assert_eq!(parse("google-bert/bert-base-chinese").unwrap().name(), "google-bert/bert-base-chinese");
        assert_eq!(ModelSource::parse("a/b", Some("v1")).unwrap().name(), "a/b@v1");
        assert_eq!(parse("https://huggingface.co/a/b/").unwrap().name(), "a/b");
        for path in ["./nowhere", "/nowhere", "~/nowhere"] {
            assert!(matches!(parse(path), Err(ModelError::NoDirectory { .. })), "{path}");
        }
        assert!(matches!(parse("Cargo.toml"), Err(ModelError::NotADirectory { .. })));
        assert!(matches!(parse("a/b/c"), Err(ModelError::Unknown { .. })));
        assert!(matches!(ModelSource::parse("embedded", Some("v1")), Err(ModelError::NoRevisions { .. })));
    }
}

//! A model directory: which of its files to take, in every form that checkpoints come in.

use std::{
    borrow::Cow,
    path::{Path, PathBuf},
};

use super::{
    Contents, ModelError, google,
    layout::{self, WeightsForm},
    modules,
    small_file::{is_pointer, no_file, read},
};
use crate::{
    bert::{BertConfig, Checkpoint, OlderVocabulary, TokenizerFiles, Weights},
    messages::{message, quoted},
};

/// Finds a checkpoint's files; the weights are only located. They may lie in a folder that `modules.json` names.
pub(super) fn checkpoint(root: &Path) -> Result<Checkpoint, ModelError> {
    if root.is_file() {
        return google::in_zip(root);
    }
    let directory = &modules::encoder(root);
    if directory.join(layout::ADAPTER).is_file() {
        return Err(held(directory).unwrap_or_else(|| ModelError::NoWeights { path: directory.to_owned() }));
    }
    if let Some(found) = google(directory) {
        return found;
    }
    let config = config(directory)?;
    // What is no BERT is refused for that, and not for whatever else it lacks.
    BertConfig::from_json(&config)
        .map_err(|source| ModelError::Bert { model: directory.display().to_string(), source })?;
    Ok(Checkpoint {
        config: config.into(),
        weights: weights(directory)?,
        tokenizer: tokenizer(directory)?,
        modules: modules::files(root),
    })
}

/// A checkpoint of Google's, where there is no other.
fn google(directory: &Path) -> Option<Result<Checkpoint, ModelError>> {
    let is_other = layout::weights(|name| directory.join(name).is_file()).is_some();
    if is_other { None } else { google::in_directory(directory) }
}

/// The tokenizer's files.
pub(super) fn tokenizer(directory: &Path) -> Result<TokenizerFiles, ModelError> {
    let optional = |name: &str| read(&directory.join(name));
    let has = |name: &str| directory.join(name).is_file();
    let older = if has(layout::TOKENIZER) { Vec::new() } else { layout::vocabularies(has) };
    let older = older.into_iter().filter_map(|name| Some((name, optional(name).transpose()?)));
    let older = older.map(|(name, bytes)| Ok((name, bytes?))).collect::<Result<Vec<_>, ModelError>>()?;
    let files = TokenizerFiles {
        older: OlderVocabulary { files: older },
        json: optional(layout::TOKENIZER)?.map(Cow::Owned),
        config: optional(layout::TOKENIZER_CONFIG)?.map(Cow::Owned),
        added_tokens: optional(layout::ADDED_TOKENS)?,
        special_tokens: optional(layout::SPECIAL_TOKENS)?,
        lower_case: None,
    };
    match files.json.is_none() && files.older.files.is_empty() {
        // Only where that is all that is missing; the class may forbid what it would say.
        true => held(directory).filter(is_of_tokenizer).map_or(Ok(files), Err),
        false => Ok(files),
    }
}

fn is_of_tokenizer(error: &ModelError) -> bool {
    matches!(error, ModelError::Holds { contents: Contents::OtherTokenizer(_), .. })
}

/// What a directory holds that is no checkpoint.
fn held(directory: &Path) -> Option<ModelError> {
    Contents::of(directory).map(|contents| ModelError::Holds { path: directory.to_owned(), contents })
}

/// What can be said of a model without opening it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// What people call its family.
    pub family: Cow<'static, str>,
    /// The pooling that it declares, as sentence-transformers names it.
    pub pooling: Option<Cow<'static, str>>,
    /// L.
    pub layers: usize,
    /// H.
    pub heads: usize,
    /// D.
    pub hidden_size: usize,
    /// Bytes of the weights.
    pub bytes: u64,
}

/// Looks a model over: its configuration is read, the rest must be there.
pub(super) fn summary(root: &Path) -> Result<Summary, ModelError> {
    let directory = &modules::encoder(root);
    let found = if root.is_file() { Some(google::in_zip(root)) } else { google(directory) };
    let (config, weights) = match found.transpose()? {
        Some(Checkpoint { config, weights, .. }) => (config.into_owned(), weights),
        None => {
            let config = config(directory)?;
            if let Some(missing) = missing(directory) {
                let reason = message!("models-no-file");
                return Err(ModelError::File { path: directory.join(missing), reason });
            }
            (config, weights(directory)?)
        }
    };
    let config = BertConfig::from_json(&config)
        .map_err(|source| ModelError::Bert { model: directory.display().to_string(), source })?;
    let pooling = modules::files(root).ok().and_then(|files| {
        let settings = read(&directory.join(layout::TOKENIZER_CONFIG)).ok().flatten();
        config.declared_pooling(&files, settings.as_deref())
    });
    Ok(Summary {
        family: config.family.into(),
        pooling: pooling.map(Into::into),
        layers: config.num_hidden_layers,
        heads: config.num_attention_heads,
        hidden_size: config.hidden_size,
        bytes: weights.size(),
    })
}

/// The first thing a model needs that is not there.
pub(super) fn missing(root: &Path) -> Option<&'static str> {
    let directory = &modules::encoder(root);
    let has = |name: &str| directory.join(name).is_file();
    if layout::weights(has).is_none() && google::is_whole(directory) {
        None
    } else if !has(layout::CONFIG) {
        Some(layout::CONFIG)
    } else if layout::tokenizer(has).is_none() {
        Some(layout::TOKENIZER)
    } else if weights(directory).is_err() {
        Some("model.safetensors")
    } else {
        None
    }
}

fn config(directory: &Path) -> Result<Vec<u8>, ModelError> {
    let path = directory.join(layout::CONFIG);
    let missing = || ModelError::File { reason: message!("models-no-config"), path: path.clone() };
    read(&path)?.ok_or_else(|| held(directory).unwrap_or_else(missing))
}

/// Why the weights that stand in a directory cannot be read, where none can.
fn no_weights_file(directory: &Path) -> Option<ModelError> {
    let stands = |name: &str| directory.join(name).symlink_metadata().is_ok();
    no_file(&directory.join(match layout::weights(stands)? {
        layout::WeightsFiles::Whole(_, name) => name.to_owned(),
        layout::WeightsFiles::Sharded(_, index) => index,
    }))
}

fn weights(directory: &Path) -> Result<Weights, ModelError> {
    let (form, paths) = match layout::weights(|name| directory.join(name).is_file()) {
        None => {
            let none = || ModelError::NoWeights { path: directory.to_owned() };
            return Err(no_weights_file(directory).or_else(|| held(directory)).unwrap_or_else(none));
        }
        Some(layout::WeightsFiles::Whole(form, name)) => (form, vec![directory.join(name)]),
        Some(layout::WeightsFiles::Sharded(form, index)) => (form, shards(directory, &directory.join(index))?),
    };
    if let Some(path) = paths.iter().find(|path| is_pointer(path)) {
        return Err(ModelError::File { path: path.clone(), reason: message!("models-lfs") });
    }
    Ok(match form {
        WeightsForm::Safetensors => Weights::Safetensors(paths),
        WeightsForm::Pytorch => Weights::Pytorch(paths),
    })
}

fn shards(directory: &Path, index: &Path) -> Result<Vec<PathBuf>, ModelError> {
    let wrong = |reason: String| ModelError::File { path: index.to_owned(), reason };
    let names = layout::shards(&read(index)?.unwrap_or_default()).map_err(wrong)?;
    names
        .into_iter()
        .map(|name| match directory.join(&name) {
            path if path.is_file() => Ok(path),
            _ => Err(wrong(message!("models-missing-shard", name = quoted(&name)))),
        })
        .collect()
}

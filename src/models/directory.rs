//! A model directory: which of its files to take, in every form that checkpoints come in.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::ModelError;
use crate::bert::{Checkpoint, TokenizerFiles, Weights};

/// The small files are some hundred kilobytes; anything near this is not one of them.
const LARGEST_SMALL_FILE: u64 = 64 * 1024 * 1024;

/// Finds a checkpoint's files; the weights are only located.
pub(super) fn checkpoint(directory: &Path) -> Result<Checkpoint, ModelError> {
    let config = directory.join("config.json");
    let config = read(&config)?.ok_or_else(|| ModelError::File {
        reason: "there is no such file; a model directory needs config.json, a tokenizer and weights".to_owned(),
        path: config,
    })?;
    let optional = |name: &str| read(&directory.join(name));
    Ok(Checkpoint {
        config: config.into(),
        tokenizer: TokenizerFiles {
            json: optional("tokenizer.json")?.map(Cow::Owned),
            vocabulary: optional("vocab.txt")?,
            config: optional("tokenizer_config.json")?.map(Cow::Owned),
            added_tokens: optional("added_tokens.json")?,
        },
        weights: weights(directory)?,
    })
}

/// Safetensors before pickles, whole files before shards, as transformers chooses.
fn weights(directory: &Path) -> Result<Weights, ModelError> {
    type Form = fn(Vec<PathBuf>) -> Weights;
    let forms: [(&str, Form); 2] =
        [("model.safetensors", Weights::Safetensors), ("pytorch_model.bin", Weights::Pytorch)];
    for (name, form) in forms {
        let whole = directory.join(name);
        if whole.is_file() {
            return Ok(form(vec![whole]));
        }
        let index = directory.join(format!("{name}.index.json"));
        if let Some(json) = read(&index)? {
            return Ok(form(shards(directory, &index, &json)?));
        }
    }
    Err(ModelError::NoWeights { path: directory.to_owned() })
}

/// `model.safetensors.index.json`: which shard holds which tensor.
#[derive(Deserialize)]
struct Index {
    weight_map: BTreeMap<String, String>,
}

fn shards(directory: &Path, index: &Path, json: &[u8]) -> Result<Vec<PathBuf>, ModelError> {
    let wrong = |reason: String| ModelError::File { path: index.to_owned(), reason };
    let Index { weight_map } = serde_json::from_slice(json).map_err(|e| wrong(e.to_string()))?;
    let names: BTreeSet<String> = weight_map.into_values().collect();
    names
        .into_iter()
        .map(|name| {
            // An index may name files beside it and no others.
            if Path::new(&name).file_name().is_none_or(|file| file != name.as_str()) {
                return Err(wrong(format!("it names {name:?}, which is no file beside it")));
            }
            let path = directory.join(&name);
            if path.is_file() {
                Ok(path)
            } else {
                Err(wrong(format!("it names {name:?}, which is missing; download it")))
            }
        })
        .collect()
}

/// A small file's bytes; none when there is no such file.
fn read(path: &Path) -> Result<Option<Vec<u8>>, ModelError> {
    let wrong = |reason: String| ModelError::File { path: path.to_owned(), reason };
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(wrong(error.to_string())),
        Ok(meta) if !meta.is_file() => Err(wrong("it is not a file".to_owned())),
        Ok(meta) if meta.len() > LARGEST_SMALL_FILE => Err(wrong(format!("{} bytes is no such file", meta.len()))),
        Ok(_) => fs::read(path).map(Some).map_err(|error| wrong(error.to_string())),
    }
}

//! What a directory or a repository of the Hub holds that is no checkpoint clscope reads, so that an error can name it and
//! say what to do.

use std::{
    collections::BTreeSet,
    fmt, fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::layout;
use crate::{
    bert::vocabulary_file,
    messages::{listed, message, quoted},
};

/// What Google's own BERT calls its configuration.
const OLDER_CONFIG: &str = "bert_config.json";

/// What is there instead of a checkpoint. Displays as one line that names the remedy, to stand behind the name of the
/// directory or the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contents {
    /// A model's folder in the Hub's cache; the files are in this one of its snapshots.
    HubCache(PathBuf),
    /// What was trained on top of another model, without that model.
    Adapter {
        /// The other model, as the adapter names it.
        base: String,
    },
    /// A checkpoint of Google's own BERT, or a part of one.
    TensorFlow {
        /// Its name without an ending, `bert_model.ckpt`.
        name: String,
        /// The file of its configuration.
        config: String,
    },
    /// `tf_model.h5`.
    Keras(String),
    /// `flax_model.msgpack`.
    Flax(String),
    /// Weights that some other program runs and that lead back to no checkpoint: of llama.cpp, ONNX and the like.
    Converted(String),
    /// Weights under a name that transformers does not look for.
    OtherName {
        /// As it is.
        file: String,
        /// As it must be.
        name: &'static str,
    },
    /// The configuration under the name it had before transformers.
    OlderConfig(String),
    /// A tokenizer's files without the one that clscope reads.
    OtherTokenizer(String),
    /// Folders that hold a checkpoint each, with numbers in their names compared as numbers: `checkpoint-500`, `checkpoint-1000`.
    Folders(Vec<String>),
}

impl Contents {
    /// What a directory holds.
    pub(super) fn of(directory: &Path) -> Option<Self> {
        let base = fs::read(directory.join(layout::ADAPTER)).ok();
        snapshot(directory).map(Contents::HubCache).or_else(|| Self::among(&names(directory), base.as_deref()))
    }

    /// What files of these names are; `adapter` is the one of [`layout::ADAPTER`].
    pub(super) fn among(names: &BTreeSet<String>, adapter: Option<&[u8]>) -> Option<Self> {
        let has = |name: &str| names.contains(name);
        let top = || names.iter().filter(|name| !name.contains('/'));
        let ends = |ending: &'static str| move |name: &&String| name.to_ascii_lowercase().ends_with(ending);
        if has(layout::ADAPTER) {
            return Some(Contents::Adapter { base: base(adapter.unwrap_or_default()) });
        }
        let weights = layout::weights(has);
        if weights.is_some() {
            // Whatever else there is, only small files can be missing.
            let older = top().find(|name| name.ends_with("_config.json") && name.contains("bert"));
            if !has(layout::CONFIG) {
                return older.cloned().map(Contents::OlderConfig);
            }
            let pieces = [vocabulary_file::MERGES, vocabulary_file::BYTE_PAIRS]
                .into_iter()
                .find(|name| has(name))
                .map(str::to_owned);
            let pieces = pieces.or_else(|| top().find(ends(".model")).cloned());
            return pieces.filter(|_| layout::tokenizer(has).is_none()).map(Contents::OtherTokenizer);
        }
        let checkpoint = |name: &String| {
            let Some((stem, rest)) = name.split_once(".ckpt") else {
                // ELECTRA's: electra_small.data-00000-of-00001, and electra_small.index beside it.
                return name
                    .split_once(".data-")
                    .map(|(stem, _)| stem)
                    .filter(|stem| has(&format!("{stem}.index")))
                    .map(str::to_owned);
            };
            let is_tensorflow = [".index", ".data-", ".meta"].iter().any(|part| rest.contains(part));
            // A step may stand before the ending: model.ckpt-1000.index.
            let end = rest.find(".index").or(rest.find(".data-")).or(rest.find(".meta")).unwrap_or(0);
            is_tensorflow.then(|| format!("{stem}.ckpt{}", &rest[..end]))
        };
        if let Some(name) = names.iter().find_map(checkpoint) {
            let beside = name.rsplit_once('/').map(|(folder, _)| format!("{folder}/{OLDER_CONFIG}"));
            let config =
                beside.into_iter().chain([OLDER_CONFIG, layout::CONFIG].map(str::to_owned)).find(|name| has(name));
            let wanted = if is_electra(&name) { layout::CONFIG } else { OLDER_CONFIG };
            return Some(Contents::TensorFlow { name, config: config.unwrap_or_else(|| wanted.to_owned()) });
        }
        top()
            .find(ends(".h5"))
            .cloned()
            .map(Contents::Keras)
            .or_else(|| top().find(ends(".msgpack")).cloned().map(Contents::Flax))
            .or_else(|| renamed(top()))
            .or_else(|| Some(folders(names)).filter(|folders| !folders.is_empty()).map(Contents::Folders))
            .or_else(|| names.iter().find(|name| is_converted(name)).cloned().map(Contents::Converted))
    }
}

impl Contents {
    /// Whether what is to be done is done in the model's directory.
    pub(super) fn wants_directory(&self) -> bool {
        !matches!(self, Contents::HubCache(_) | Contents::Converted(_))
    }
}

/// Weights under another name. What training leaves besides weights, and what is no checkpoint, is passed over.
fn renamed<'n>(mut names: impl Iterator<Item = &'n String>) -> Option<Contents> {
    const NOT_WEIGHTS: [&str; 6] = ["training_args", "optimizer", "scheduler", "rng_state", "scaler", "adapter_model"];
    names.find_map(|file| {
        let (stem, ending) = file.rsplit_once('.')?;
        let name = match ending {
            "safetensors" => "model.safetensors",
            "bin" | "pt" | "pth" | "ckpt" => "pytorch_model.bin",
            _ => return None,
        };
        let is_weights = !NOT_WEIGHTS.iter().any(|other| stem.starts_with(other)) && !file.contains("openvino");
        is_weights.then(|| Contents::OtherName { file: file.clone(), name })
    })
}

/// Google gave ELECTRA away without a configuration.
fn is_electra(name: &str) -> bool {
    name.rsplit('/').next().is_some_and(|name| name.starts_with("electra"))
}

fn is_converted(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".gguf", ".ggml", ".onnx", ".ort", ".tflite", ".mlmodel", ".mlpackage", ".pdparams", ".engine"]
        .iter()
        .any(|ending| name.ends_with(ending))
        || name.ends_with("rust_model.ot")
        || name.contains("openvino_model")
}

/// The folders that hold a whole checkpoint, in the order of [`in_order`].
fn folders(names: &BTreeSet<String>) -> Vec<String> {
    let whole = |folder: &&str| {
        let has = |name: &str| names.contains(&format!("{folder}/{name}"));
        has(layout::CONFIG) && layout::weights(has).is_some()
    };
    let folders: BTreeSet<&str> =
        names.iter().filter_map(|name| name.split_once('/')).map(|(folder, _)| folder).collect();
    let mut folders: Vec<String> = folders.into_iter().filter(whole).map(str::to_owned).collect();
    folders.sort_by_cached_key(|folder| in_order(folder));
    folders
}

/// What to sort a name by, so that numbers in it are compared as numbers.
fn in_order(name: &str) -> Vec<(String, u64)> {
    let mut parts = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let text = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let digits = rest[text..].find(|c: char| !c.is_ascii_digit()).map_or(rest.len(), |end| text + end);
        parts.push((rest[..text].to_owned(), rest[text..digits].parse().unwrap_or(u64::MAX)));
        rest = &rest[digits..];
    }
    parts
}

/// The model that an adapter was trained on.
fn base(json: &[u8]) -> String {
    #[derive(Deserialize)]
    struct Adapter {
        base_model_name_or_path: Option<String>,
    }
    let named = serde_json::from_slice(json).ok().and_then(|adapter: Adapter| adapter.base_model_name_or_path);
    named.filter(|name| !name.is_empty()).unwrap_or_else(|| message!("models-holds-some-model"))
}

/// The snapshot that a model's folder in the Hub's cache stands for: the branch `main`'s, or any.
fn snapshot(directory: &Path) -> Option<PathBuf> {
    let snapshots = directory.join("snapshots");
    let is_name = |commit: &String| commit.trim().bytes().all(|byte| byte.is_ascii_alphanumeric());
    let commit = fs::read_to_string(directory.join("refs/main")).ok().filter(is_name);
    let main = commit.map(|commit| snapshots.join(commit.trim()));
    let any = || fs::read_dir(&snapshots).ok()?.flatten().map(|entry| entry.path()).max();
    main.filter(|path| path.is_dir()).or_else(any)
}

/// The files in a directory and in its folders, as many as tell what it is.
pub(super) fn names(directory: &Path) -> BTreeSet<String> {
    const MOST: usize = 1_000;
    let mut names = BTreeSet::new();
    let entries = |path: &Path| {
        let entries = fs::read_dir(path).into_iter().flatten().flatten();
        entries.take(MOST).map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()))
    };
    for (name, path) in entries(directory) {
        if path.is_dir() {
            names.extend(entries(&path).map(|(inner, _)| format!("{name}/{inner}")));
        } else {
            names.insert(name);
        }
    }
    names
}

/// So many folders are named.
const NAMED: usize = 5;

impl fmt::Display for Contents {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&match self {
            Contents::HubCache(path) => message!("models-holds-cache", path = path.display().to_string()),
            Contents::Adapter { base } => message!("models-holds-adapter", base = base),
            Contents::TensorFlow { name, .. } if is_electra(name) => message!("models-holds-electra", name = name),
            Contents::TensorFlow { name, config } => {
                message!("models-holds-tensorflow", name = name, config = config)
            }
            Contents::Keras(file) => message!("models-holds-keras", file = file),
            Contents::Flax(file) => message!("models-holds-flax", file = file),
            Contents::Converted(file) => message!("models-holds-converted", file = file),
            Contents::OtherName { file, name } => message!("models-holds-renamed", file = file, name = *name),
            Contents::OlderConfig(file) => message!("models-holds-older-config", file = file),
            Contents::OtherTokenizer(file) => message!("models-holds-tokenizer", file = file),
            Contents::Folders(folders) => match folders.as_slice() {
                [folder] => message!("models-holds-folder", folder = quoted(folder)),
                _ => {
                    let rest = (folders.len() > NAMED).then(|| "…".to_owned());
                    let named = listed(folders.iter().take(NAMED).map(quoted).chain(rest));
                    message!("models-holds-folders", count = folders.len(), folders = named)
                }
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_checkpoints_are_counted_and_named_in_the_order_of_their_numbers() {
        let of = |folders: &[&str]| {
            let files = folders
                .iter()
                .flat_map(|folder| [layout::CONFIG, "model.safetensors"].map(|file| format!("{folder}/{file}")));
            let names = files.chain(["runs/events".to_owned(), "empty/config.json".to_owned()]).collect();
            Contents::among(&names, None).unwrap().to_string()
        };
        let steps =
            ["checkpoint-1000", "checkpoint-500", "best", "checkpoint-20", "checkpoint-3000", "checkpoint-1500"];
        let said = of(&steps);
        let named = [
            r#"6 checkpoints"#,
            r#""best", "checkpoint-20", "checkpoint-500", "checkpoint-1000", "checkpoint-1500", …"#,
        ];
        assert!(named.iter().all(|part| said.contains(part)), "{said}");
        assert!(of(&["best"]).contains(r#"in its folder "best""#));
    }
}

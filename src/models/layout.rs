//! Which files make a model in the form of transformers, wherever they lie: in a directory, or in a listing of the Hub.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde::Deserialize;

use crate::{
    bert::vocabulary_file,
    messages::{message, quoted},
};

pub(super) const CONFIG: &str = "config.json";
/// Of an adapter, which is no model by itself.
pub(super) const ADAPTER: &str = "adapter_config.json";
pub(super) const TOKENIZER: &str = "tokenizer.json";
pub(super) const TOKENIZER_CONFIG: &str = "tokenizer_config.json";
pub(super) const ADDED_TOKENS: &str = "added_tokens.json";
pub(super) const SPECIAL_TOKENS: &str = "special_tokens_map.json";

/// How weights are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WeightsForm {
    /// `model.safetensors`.
    Safetensors,
    /// `pytorch_model.bin`, a pickle.
    Pytorch,
}

/// The file that leads to the weights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum WeightsFiles {
    /// All are in this file.
    Whole(WeightsForm, &'static str),
    /// This index says in which files.
    Sharded(WeightsForm, String),
}

/// Chooses as transformers does: safetensors before pickles, a whole file before shards.
pub(super) fn weights(has: impl Fn(&str) -> bool) -> Option<WeightsFiles> {
    [(WeightsForm::Safetensors, "model.safetensors"), (WeightsForm::Pytorch, "pytorch_model.bin")].into_iter().find_map(
        |(form, name)| {
            let index = format!("{name}.index.json");
            match has(name) {
                true => Some(WeightsFiles::Whole(form, name)),
                false => has(&index).then_some(WeightsFiles::Sharded(form, index)),
            }
        },
    )
}

/// The files of the tokenizer; none when there is none.
pub(super) fn tokenizer(has: impl Fn(&str) -> bool) -> Option<Vec<&'static str>> {
    let main = if has(TOKENIZER) { vec![TOKENIZER] } else { vocabularies(&has) };
    let more = [TOKENIZER_CONFIG, ADDED_TOKENS, SPECIAL_TOKENS].into_iter().filter(|name| has(name));
    (!main.is_empty()).then(|| main.into_iter().chain(more).collect())
}

/// The files that hold a vocabulary where there is no `tokenizer.json`; the tokenizer's class says which of them is read.
pub(super) fn vocabularies(has: impl Fn(&str) -> bool) -> Vec<&'static str> {
    let is_whole = |name: &str| match name {
        vocabulary_file::BYTE_PAIRS | vocabulary_file::MERGES => {
            has(vocabulary_file::BYTE_PAIRS) && has(vocabulary_file::MERGES)
        }
        name => has(name),
    };
    vocabulary_file::ALL.into_iter().filter(|name| is_whole(name)).collect()
}

/// `model.safetensors.index.json`: which shard holds which tensor.
#[derive(Deserialize)]
struct Index {
    weight_map: BTreeMap<String, String>,
}

/// The files an index names; an index may name files beside it and no others.
pub(super) fn shards(index: &[u8]) -> Result<BTreeSet<String>, String> {
    let Index { weight_map } = serde_json::from_slice(index).map_err(|e| e.to_string())?;
    let names: BTreeSet<String> = weight_map.into_values().collect();
    match names.iter().find(|name| Path::new(name).file_name().is_none_or(|file| file != name.as_str())) {
        Some(name) => Err(message!("models-shard-elsewhere", name = quoted(name))),
        None => Ok(names),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn safetensors_come_before_pickles_and_whole_files_before_shards() {
        let choose = |names: &[&str]| weights(|name| names.contains(&name));
        let all = ["pytorch_model.bin", "model.safetensors.index.json", "model.safetensors", "tf_model.h5"];
        assert_eq!(choose(&all), Some(WeightsFiles::Whole(WeightsForm::Safetensors, "model.safetensors")));
        let sharded = WeightsFiles::Sharded(WeightsForm::Safetensors, "model.safetensors.index.json".to_owned());
        assert_eq!(choose(&all[..2]), Some(sharded));
        assert_eq!(choose(&all[..1]), Some(WeightsFiles::Whole(WeightsForm::Pytorch, "pytorch_model.bin")));
        assert_eq!(choose(&all[3..]), None);
    }

    #[test]
    fn older_vocabularies_count_where_they_are_whole_and_there_is_no_newer_file() {
        let choose = |names: &[&str]| tokenizer(|name| names.contains(&name));
        assert_eq!(
            choose(&["vocab.json", "merges.txt", "tokenizer_config.json", "a.model"]).unwrap(),
            ["vocab.json", "merges.txt", TOKENIZER_CONFIG]
        );
        assert_eq!(choose(&["vocab.json", "merges.txt", TOKENIZER]).unwrap(), [TOKENIZER]);
        assert_eq!(choose(&["spiece.model"]).unwrap(), ["spiece.model"]);
        assert_eq!(choose(&["vocab.json", TOKENIZER_CONFIG]), None);
    }

    #[test]
    fn an_index_names_files_beside_it() {
        let index = |file: &str| shards(format!(r#"{{"weight_map":{{"a":"one.bin","b":{file:?}}}}}"#).as_bytes());
        assert_eq!(index("two.bin").unwrap(), ["one.bin", "two.bin"].map(str::to_owned).into());
        for file in ["../two.bin", "/etc/passwd", "a/b", "", ".."] {
            assert!(index(file).unwrap_err().contains("no file beside it"), "{file}");
        }
        assert!(shards(b"{}").is_err());
    }
}

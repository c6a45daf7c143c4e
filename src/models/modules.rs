//! What sentence-transformers writes beside a checkpoint: which folder the encoder is in, and the other modules' files.

use std::{
    borrow::Cow,
    path::{Path, PathBuf},
};

use super::{
    ModelError,
    layout::{self, WeightsFiles as Located, WeightsForm},
    small_file,
};
use crate::bert::{ModuleEntry, ModuleFiles, ModuleFolder, NotDeclared, Weights};

/// The list of modules.
pub(super) const LIST: &str = "modules.json";
const SETTINGS: &str = "config_sentence_transformers.json";

/// The names that the Transformer's settings have had, in the order in which they are tried.
const TRANSFORMER: &[&str] = &[
    "sentence_bert_config.json",
    "sentence_roberta_config.json",
    "sentence_distilbert_config.json",
    "sentence_camembert_config.json",
    "sentence_albert_config.json",
    "sentence_xlm-roberta_config.json",
    "sentence_xlnet_config.json",
];

/// The folder of a model's directory that holds the encoder: what `modules.json` says, if that is there.
pub(super) fn encoder(directory: &Path) -> PathBuf {
    let list = small_file::read(&directory.join(LIST)).ok().flatten().unwrap_or_default();
    match prefix(&list, |name| directory.join(name).is_file()).as_str() {
        "" => directory.to_owned(),
        prefix => directory.join(prefix.trim_end_matches('/')),
    }
}

/// Where sentence-transformers puts the encoder; found so where the list of modules was lost.
const FOLDERS: [&str; 2] = ["0_Transformer", "0_BERT"];

/// The encoder's folder in a `modules.json`; none where it names none, or the directory itself.
fn folder(list: &[u8]) -> Option<String> {
    let entries = ModuleEntry::list(list).ok()?;
    ModuleEntry::encoder_folder(&entries).filter(|folder| !folder.is_empty()).map(str::to_owned)
}

/// Where the encoder's files begin in a listing, such as `0_Transformer/`; nothing for the top.
pub(super) fn prefix(list: &[u8], has: impl Fn(&str) -> bool) -> String {
    let usual =
        || FOLDERS.into_iter().map(str::to_owned).filter(|_| list.is_empty() && layout::weights(&has).is_none());
    let mut folders = folder(list).into_iter().chain(usual());
    folders.find(|folder| has(&format!("{folder}/{}", layout::CONFIG))).map_or_else(String::new, |folder| folder + "/")
}

/// Which of the listed files belong to the modules.
pub(super) fn wanted(list: &[u8], prefix: &str, has: impl Fn(&str) -> bool) -> Vec<String> {
    let mut files: Vec<String> = vec![SETTINGS.to_owned()];
    files.extend(TRANSFORMER.iter().map(|name| format!("{prefix}{name}")));
    for entry in ModuleEntry::list(list).unwrap_or_default().iter().skip(1).filter(|entry| !entry.path.is_empty()) {
        let path = |name: &str| format!("{}/{name}", entry.path);
        files.push(path(layout::CONFIG));
        if let Some(Located::Whole(_, name)) = layout::weights(|name| has(&path(name))) {
            files.push(path(name));
        }
    }
    files.retain(|name| has(name));
    files
}

/// Reads the small files; weights are only located.
pub(super) fn files(root: &Path) -> Result<ModuleFiles, NotDeclared> {
    let optional = |path: &str| match small_file::read(&root.join(path)) {
        Ok(bytes) => Ok(bytes.map(Cow::Owned)),
        Err(ModelError::File { reason, .. }) => Err(NotDeclared::file(path, reason)),
        Err(other) => Err(NotDeclared::file(path, other)),
    };
    let list = optional(LIST)?.ok_or(NotDeclared::NoModules)?;
    let entries = ModuleEntry::list(&list)?;
    let mut files = ModuleFiles { settings: optional(SETTINGS)?, ..ModuleFiles::default() };
    let prefix = prefix(&list, |path| root.join(path).is_file());
    for name in TRANSFORMER {
        let path = format!("{prefix}{name}");
        if let Some(json) = optional(&path)? {
            let is_empty =
                serde_json::from_slice(&json).is_ok_and(|json: serde_json::Value| json == serde_json::json!({}));
            files.transformer = Some((path, json));
            if !is_empty {
                break;
            }
        }
    }
    for ModuleEntry { path, .. } in entries.iter().skip(1) {
        let inside = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
        let weights = match layout::weights(|name| root.join(inside(name)).is_file()) {
            Some(Located::Whole(WeightsForm::Safetensors, name)) => {
                Some(Weights::Safetensors(vec![root.join(inside(name))]))
            }
            Some(Located::Whole(WeightsForm::Pytorch, name)) => Some(Weights::Pytorch(vec![root.join(inside(name))])),
            _ => None,
        };
        let config = optional(&inside(layout::CONFIG))?;
        files.folders.insert(path.clone(), ModuleFolder { config, weights });
    }
    Ok(ModuleFiles { list, ..files })
}

/// Those of the model in the program.
#[cfg(feature = "embedded")]
pub(super) fn embedded(files: &clscope_embedded::Files) -> ModuleFiles {
    let pooling = ModuleFolder { config: Some(files.pooling.into()), weights: None };
    ModuleFiles {
        list: files.modules.into(),
        settings: Some(files.sentence_transformers.into()),
        transformer: Some((TRANSFORMER[0].to_owned(), files.transformer.into())),
        folders: [("1_Pooling".to_owned(), pooling)].into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTED: &[u8] = br#"[{"path":"0_BERT","type":"sentence_transformers.models.Transformer"},
        {"path":"1_Pooling","type":"sentence_transformers.models.Pooling"},
        {"path":"2_Dense","type":"sentence_transformers.models.Dense"},
        {"path":"3_Normalize","type":"sentence_transformers.models.Normalize"}]"#;

    #[test]
    fn what_a_listing_has_of_the_modules_is_wanted() {
        let there = [
            "0_BERT/config.json",
            "0_BERT/sentence_bert_config.json",
            "sentence_bert_config.json",
            "config_sentence_transformers.json",
            "1_Pooling/config.json",
            "2_Dense/config.json",
            "2_Dense/pytorch_model.bin",
            "2_Dense/model.safetensors",
            "onnx/model.onnx",
        ];
        let has = |name: &str| there.contains(&name);
        let prefix = prefix(LISTED, has);
        assert_eq!(prefix, "0_BERT/");
        let wanted = wanted(LISTED, &prefix, has);
        let expected = [
            "config_sentence_transformers.json",
            "0_BERT/sentence_bert_config.json",
            "1_Pooling/config.json",
            "2_Dense/config.json",
            "2_Dense/model.safetensors",
        ];
        assert_eq!(wanted, expected);
        assert_eq!(super::prefix(LISTED, |name| name == "config.json"), "", "a folder without a model");
        assert_eq!(super::prefix(b"nonsense", has), "");
    }
}

use std::path::{Component, Path};

use serde::Deserialize;

use super::NotDeclared;

/// The file that lists a model's modules.
const LIST: &str = "modules.json";

/// A module, as `modules.json` lists it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ModuleEntry {
    /// The folder of its files, from the model's directory; empty for the directory itself.
    pub path: String,
    /// The Python class.
    #[serde(rename = "type")]
    pub kind: String,
}

impl ModuleEntry {
    /// Reads `modules.json`; every path stays inside the model's directory.
    ///
    /// # Errors
    /// When it is damaged, or a path leads elsewhere.
    pub fn list(json: &[u8]) -> Result<Vec<Self>, NotDeclared> {
        let entries: Vec<Self> = serde_json::from_slice(json).map_err(|error| NotDeclared::file(LIST, error))?;
        let inside = |path: &str| Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        match entries.iter().find(|entry| !inside(&entry.path)) {
            Some(entry) => Err(NotDeclared::Setting {
                file: LIST.to_owned(),
                setting: "path".to_owned(),
                value: format!("{:?}", entry.path),
            }),
            None => Ok(entries),
        }
    }

    /// The class without its package, where it is one of sentence-transformers' own: they have moved between packages.
    pub fn class(&self) -> Option<&str> {
        self.kind.strip_prefix("sentence_transformers.")?.rsplit('.').next()
    }

    /// Whether it is the encoder.
    pub fn is_transformer(&self) -> bool {
        self.class() == Some("Transformer")
    }

    /// The folder of the encoder's files, where the first module is one; also under the names that the first releases gave
    /// it, whose vectors are not `declared`.
    pub fn encoder_folder(entries: &[Self]) -> Option<&str> {
        const OLD: &[&str] = &["BERT", "DistilBERT", "RoBERTa", "XLMRoBERTa", "CamemBERT", "ALBERT", "ELECTRA"];
        let first = entries.first()?;
        let is_encoder = first.is_transformer() || first.class().is_some_and(|class| OLD.contains(&class));
        is_encoder.then_some(first.path.as_str())
    }

    /// The path of a file in its folder, from the model's directory.
    pub(super) fn file(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}/{name}", self.path) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(path: &str, kind: &str) -> Result<Vec<ModuleEntry>, NotDeclared> {
        ModuleEntry::list(
            serde_json::json!([{"idx": 0, "name": "0", "path": path, "type": kind}]).to_string().as_bytes(),
        )
    }

    #[test]
    fn a_class_is_known_in_every_package_it_was_in() {
        for kind in [
            "sentence_transformers.models.Transformer",
            "sentence_transformers.base.modules.transformer.Transformer",
            "sentence_transformers.sentence_transformer.modules.Transformer",
        ] {
            let entries = list("0_Transformer", kind).unwrap();
            assert!(entries[0].is_transformer(), "{kind}");
            assert_eq!(ModuleEntry::encoder_folder(&entries), Some("0_Transformer"));
        }
        let own = list("", "modeling_mine.Transformer").unwrap();
        assert!(!own[0].is_transformer());
        assert_eq!(ModuleEntry::encoder_folder(&own), None);
        let old = list("0_BERT", "sentence_transformers.models.BERT").unwrap();
        assert!(!old[0].is_transformer());
        assert_eq!(ModuleEntry::encoder_folder(&old), Some("0_BERT"));
    }

    #[test]
    fn a_path_stays_in_the_directory() {
        for path in ["../x", "/etc", "a/../b", "./a"] {
            assert!(matches!(list(path, "a.B"), Err(NotDeclared::Setting { .. })), "{path}");
        }
        assert!(list("a/b", "a.B").is_ok() && list("", "a.B").is_ok());
        assert!(matches!(ModuleEntry::list(b"{}"), Err(NotDeclared::File { .. })));
    }
}

//! Every model there is to choose from: inside the program, on this machine, and worth downloading.

use std::path::Path;

use serde::Deserialize;

use super::{Hub, HubModel, Recent, Summary, directory};
#[cfg(feature = "embedded")]
use crate::messages::message;
use crate::messages::{Label, Translated, label};

/// A model of the Hub worth looking at, from `config/models.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recommended {
    /// Its name on the Hub.
    pub id: String,
    /// What people call its family.
    pub family: String,
    /// The pooling that it declares, as sentence-transformers names it.
    #[serde(default)]
    pub pooling: Option<String>,
    /// What it reads.
    pub languages: Translated,
    /// Unicode's names of the scripts whose usual letters are all in its vocabulary.
    #[serde(default)]
    pub scripts: Vec<String>,
    /// L.
    pub layers: usize,
    /// H.
    pub heads: usize,
    /// D.
    pub hidden_size: usize,
    /// Size of its weights, in millions of bytes.
    pub megabytes: u64,
    /// One line on what to see in it.
    pub note: Translated,
}

impl Recommended {
    /// The smallest of some that reads a script, by Unicode's name for it, and is not the model in use.
    pub fn that_reads<'r>(some: &'r [Self], script: &str, in_use: &str) -> Option<&'r Self> {
        let reads = |model: &&Self| model.scripts.iter().any(|name| name == script) && model.id != in_use;
        some.iter().filter(reads).min_by_key(|model| model.megabytes)
    }
}

/// Where a model is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelPlace {
    /// Inside the program.
    Embedded,
    /// In the cache of the Hub on this machine.
    Cache,
    /// In a directory that was opened before.
    Directory,
    /// On the Hub, to be downloaded.
    Hub,
}

impl ModelPlace {
    /// In one word, as files have it.
    pub fn name(self) -> &'static str {
        match self {
            ModelPlace::Embedded => "embedded",
            ModelPlace::Cache => "cached",
            ModelPlace::Directory => "directory",
            ModelPlace::Hub => "download",
        }
    }

    /// In one word, for people.
    pub fn label(self) -> Label {
        match self {
            ModelPlace::Embedded => label!("models-place-embedded"),
            ModelPlace::Cache => label!("models-place-cached"),
            ModelPlace::Directory => label!("models-place-directory"),
            ModelPlace::Hub => label!("models-place-download"),
        }
    }
}

/// A model to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What `--model` calls it.
    pub name: String,
    /// Where it is.
    pub place: ModelPlace,
    /// Its sizes.
    pub summary: Summary,
    /// What it reads, where that is known.
    pub languages: Option<String>,
    /// One line on what to see in it.
    pub note: Option<String>,
}

/// Everything that leads to models.
#[derive(Clone, Debug)]
pub struct Library {
    /// The Hub and its cache.
    pub hub: Hub,
    /// Models of the Hub worth looking at.
    pub recommended: Vec<Recommended>,
    /// What was opened last.
    pub recent: Recent,
}

impl Library {
    /// Every model that can be opened, and those that are recommended; what was opened last comes first.
    pub fn list(&self) -> Vec<Listed> {
        let recent = self.recent.names();
        let mut models: Vec<Listed> = embedded().into_iter().collect();
        models.extend(self.hub.cached_models().into_iter().filter_map(|(model, snapshot)| {
            let listed = listed(model.to_string(), ModelPlace::Cache, directory::summary(&snapshot).ok()?);
            Some(self.explained(listed, model.id()))
        }));
        // Names that begin like paths are paths; the others are the Hub's.
        models.extend(recent.iter().filter(|name| name.starts_with('/')).filter_map(|name| {
            Some(listed(name.clone(), ModelPlace::Directory, directory::summary(Path::new(name)).ok()?))
        }));
        for Recommended { id, family, pooling, layers, heads, hidden_size, megabytes, .. } in &self.recommended {
            let here = HubModel::new(id, None).is_ok_and(|model| self.hub.cached(&model).is_some());
            if !self.hub.is_offline() && !here && !models.iter().any(|model| model.name == *id) {
                let (layers, heads, hidden_size) = (*layers, *heads, *hidden_size);
                let (family, pooling) = (family.clone().into(), pooling.clone().map(Into::into));
                let bytes = megabytes * 1_000_000;
                let summary = Summary { family, pooling, layers, heads, hidden_size, bytes };
                models.push(self.explained(listed(id.clone(), ModelPlace::Hub, summary), id));
            }
        }
        // A stable sort: the rest stays as it is.
        let rank = |model: &Listed| recent.iter().position(|name| *name == model.name).unwrap_or(usize::MAX);
        models.sort_by_key(rank);
        models
    }

    /// With what the list of recommended models says of it.
    fn explained(&self, mut model: Listed, id: &str) -> Listed {
        if let Some(recommended) = self.recommended.iter().find(|recommended| recommended.id == id) {
            model.languages = Some(recommended.languages.text().to_owned());
            model.note = Some(recommended.note.text().to_owned());
        }
        model
    }
}

fn listed(name: String, place: ModelPlace, summary: Summary) -> Listed {
    Listed { name, place, summary, languages: None, note: None }
}

#[cfg(feature = "embedded")]
fn embedded() -> Option<Listed> {
    let files = clscope_embedded::files();
    let config = crate::bert::BertConfig::from_json(files.config).ok()?;
    let pooling = config.declared_pooling(&super::modules::embedded(&files), Some(files.tokenizer_config));
    let summary = Summary {
        family: config.family.into(),
        pooling: pooling.map(Into::into),
        layers: config.num_hidden_layers,
        heads: config.num_attention_heads,
        hidden_size: config.hidden_size,
        bytes: files.weights.len() as u64,
    };
    let note = message!("models-embedded-note", name = super::EMBEDDED_NAME);
    let languages = Some(message!("models-embedded-languages"));
    Some(Listed { languages, note: Some(note), ..listed(super::EMBEDDED.to_owned(), ModelPlace::Embedded, summary) })
}

#[cfg(not(feature = "embedded"))]
fn embedded() -> Option<Listed> {
    None
}

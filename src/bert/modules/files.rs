use std::{borrow::Cow, collections::BTreeMap};

use super::super::Weights;

/// The files of sentence-transformers in a model's directory.
#[derive(Clone, Debug, Default)]
pub struct ModuleFiles {
    /// `modules.json`.
    pub list: Cow<'static, [u8]>,
    /// `config_sentence_transformers.json`.
    pub settings: Option<Cow<'static, [u8]>>,
    /// The Transformer's settings: `sentence_bert_config.json`, or an older name of it; name and bytes.
    pub transformer: Option<(String, Cow<'static, [u8]>)>,
    /// What lies in the other modules' folders, by their paths in `modules.json`.
    pub folders: BTreeMap<String, ModuleFolder>,
}

/// The files of one module.
#[derive(Clone, Debug, Default)]
pub struct ModuleFolder {
    /// `config.json`.
    pub config: Option<Cow<'static, [u8]>>,
    /// `model.safetensors` or `pytorch_model.bin`.
    pub weights: Option<Weights>,
}

impl ModuleFiles {
    /// What tells them from other files: the small ones themselves; of weights path, length, time of change and samples.
    pub(in super::super) fn identity(&self) -> Vec<Cow<'_, [u8]>> {
        let Self { list, settings, transformer, folders } = self;
        let plain = |bytes: Option<&'_ [u8]>| Cow::Owned(bytes.unwrap_or_default().to_vec());
        let mut parts = vec![Cow::Borrowed(&**list), plain(settings.as_deref())];
        parts.push(plain(transformer.as_ref().map(|(_, bytes)| &**bytes)));
        for (path, ModuleFolder { config, weights }) in folders {
            parts.push(Cow::Borrowed(path.as_bytes()));
            parts.push(plain(config.as_deref()));
            parts.push(Cow::Owned(weights.as_ref().map(Weights::stamp).unwrap_or_default().into_bytes()));
        }
        parts
    }
}

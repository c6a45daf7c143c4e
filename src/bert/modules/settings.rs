//! The small files: JSON objects, and `config_sentence_transformers.json`.

use serde_json::{Map, Value};

use super::{
    super::{
        BertError,
        parameters::{NonFiniteTensors, Stored},
        weights::{self, Tensors},
    },
    ModuleEntry, ModuleFolder, NotDeclared, Prompt,
};
use crate::messages::message;

/// Reads a JSON object that must be there.
pub(super) fn object(file: &str, json: Option<&[u8]>) -> Result<Map<String, Value>, NotDeclared> {
    let missing = || NotDeclared::file(file, message!("bert-declared-missing"));
    serde_json::from_slice(json.ok_or_else(missing)?).map_err(|error| NotDeclared::file(file, error))
}

/// The tensors of a module.
pub(super) struct ModuleTensors<'e> {
    entry: &'e ModuleEntry,
    tensors: Tensors,
}

/// Reads the headers of a module's weights.
pub(super) fn tensors<'e>(entry: &'e ModuleEntry, folder: &ModuleFolder) -> Result<ModuleTensors<'e>, NotDeclared> {
    let missing = || NotDeclared::file(entry.file("model.safetensors"), message!("bert-declared-missing"));
    let tensors = weights::open(folder.weights.as_ref().ok_or_else(missing)?);
    Ok(ModuleTensors { entry, tensors: tensors.map_err(|error| NotDeclared::file(&*entry.path, error))? })
}

impl ModuleTensors<'_> {
    /// The numbers of a tensor, row-major, in f32.
    pub(super) fn take(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, NotDeclared> {
        let wrong = |error: BertError| NotDeclared::file(&*self.entry.path, error);
        let owned = || (name.to_owned(), shape.to_vec());
        let Some(tensor) = self.tensors.get(name) else {
            let (name, shape) = owned();
            return Err(wrong(BertError::MissingTensor { name, shape, others: 0 }));
        };
        if !tensor.dtype.is_float() {
            return Err(wrong(BertError::TensorType { name: name.to_owned() }));
        }
        if !tensor.shape.iter().eq(shape.iter()) {
            let (name, expected) = owned();
            return Err(wrong(BertError::TensorShape {
                name,
                found: tensor.shape.iter().copied().collect(),
                expected,
            }));
        }
        let not_finite = NonFiniteTensors::default();
        let stored = Stored { name: name.to_owned(), tensor: tensor.clone(), not_finite: not_finite.clone() };
        let values = stored.values().map_err(wrong)?;
        match not_finite.found().is_empty() {
            true => Ok(values),
            false => Err(NotDeclared::file(&*self.entry.path, message!("bert-declared-not-finite", tensor = name))),
        }
    }
}

/// What `config_sentence_transformers.json` says.
#[derive(Debug, Default)]
pub(super) struct ModelSettings {
    pub prompts: Vec<Prompt>,
    pub default_prompt: Option<String>,
    pub similarity: Option<String>,
    pub truncate: Option<usize>,
}

impl ModelSettings {
    const FILE: &'static str = "config_sentence_transformers.json";

    pub(super) fn read(json: Option<&[u8]>) -> Result<Self, NotDeclared> {
        let mut settings = Self::default();
        if let Some(json) = json {
            let mut config = object(Self::FILE, Some(json))?;
            let mut take = |name: &str| config.remove(name).filter(|value| !value.is_null());
            let wrong = |name: &str, value: &Value| NotDeclared::setting(Self::FILE, name, value);
            if let Some(kind) = take("model_type")
                && kind != "SentenceTransformer"
            {
                return Err(NotDeclared::ModelType { kind: kind.as_str().unwrap_or_default().to_owned() });
            }
            if let Some(prompts) = take("prompts") {
                let texts = prompts.as_object().ok_or_else(|| wrong("prompts", &prompts))?;
                for (name, text) in texts {
                    let text = text.as_str().or(text.is_null().then_some("")).ok_or_else(|| wrong("prompts", text))?;
                    settings.prompts.push(Prompt { name: name.clone(), text: text.to_owned() });
                }
            }
            let text = |name: &str, value: Value| match value {
                Value::String(text) => Ok(text),
                other => Err(wrong(name, &other)),
            };
            settings.default_prompt =
                take("default_prompt_name").map(|v| text("default_prompt_name", v)).transpose()?;
            settings.similarity = take("similarity_fn_name").map(|v| text("similarity_fn_name", v)).transpose()?;
            settings.truncate = match take("truncate_dim") {
                None => None,
                Some(value) => {
                    let size = value.as_u64().filter(|size| *size > 0);
                    Some(size.ok_or_else(|| wrong("truncate_dim", &value))? as usize)
                }
            };
        }
        // These two are always there, empty unless the model says otherwise.
        for name in ["query", "document"] {
            if settings.prompts.iter().all(|prompt| prompt.name != name) {
                settings.prompts.push(Prompt { name: name.to_owned(), text: String::new() });
            }
        }
        match &settings.default_prompt {
            Some(name) if settings.prompts.iter().all(|prompt| prompt.name != *name) => {
                Err(NotDeclared::Prompt { name: name.clone() })
            }
            _ => Ok(settings),
        }
    }
}

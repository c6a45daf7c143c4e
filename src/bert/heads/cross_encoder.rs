//! What sentence-transformers' `CrossEncoder` does with a classifier of texts: version 6 writes it beside the model, older
//! ones into `config.json`.
//!
//! <https://github.com/UKPLab/sentence-transformers/blob/v6.2.0/sentence_transformers/cross_encoder/model.py>

use serde_json::{Map, Value};

use crate::bert::Checkpoint;

/// What a `CrossEncoder` was saved with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct CrossEncoder {
    /// The class of its activation, as PyTorch calls it: `torch.nn.modules.linear.Identity`.
    pub activation: Option<String>,
    /// After how many tokens it truncates an input; none where no file says.
    pub limit: Option<usize>,
}

impl CrossEncoder {
    /// What `config.json` says: no limit, which other files have.
    pub(super) fn of_config(config: &Map<String, Value>) -> Self {
        let newer = config.get("sentence_transformers").and_then(|settings| settings.get("activation_fn"));
        let activation = newer.or_else(|| config.get("sbert_ce_default_activation_function")).and_then(text);
        Self { activation, limit: None }
    }

    /// With what the files beside it say. The activation of a saved `CrossEncoder` goes before that of `config.json`, unless it is
    /// none of torch's, which Python does not trust; without `modules.json` it is not read.
    pub(super) fn with_files(self, checkpoint: &Checkpoint) -> Self {
        let files = checkpoint.modules.as_ref().ok();
        let saved = object(files.and_then(|files| files.settings.as_deref()));
        let is_saved = saved.get("model_type").is_some_and(|kind| kind == "CrossEncoder");
        let named = saved.get("activation_fn").filter(|_| is_saved).and_then(text);
        let activation = match named {
            Some(named) if named.starts_with("torch.") || self.activation.is_none() => Some(named),
            _ => self.activation,
        };
        if activation.is_none() && !is_saved {
            return Self::default();
        }
        let own =
            object(files.filter(|_| is_saved).and_then(|files| files.transformer.as_ref()).map(|(_, json)| &**json));
        let arguments = ["processor_kwargs", "tokenizer_args"].iter().find_map(|name| own.get(*name));
        let limit = length(arguments.and_then(|arguments| arguments.get("model_max_length")))
            .or_else(|| length(own.get("max_seq_length")))
            .or_else(|| length(object(checkpoint.tokenizer.config.as_deref()).get("model_max_length")));
        Self { activation, limit }
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn object(json: Option<&[u8]>) -> Map<String, Value> {
    json.and_then(|json| serde_json::from_slice(json).ok()).unwrap_or_default()
}

/// A number of tokens; transformers writes 1e30 for none.
fn length(value: Option<&Value>) -> Option<usize> {
    value.and_then(Value::as_f64).filter(|length| (0.0..1e9).contains(length)).map(|length| length as usize)
}

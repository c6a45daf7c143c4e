//! `Transformer`: which of its settings the encoder follows, and where it cuts.
//!
//! <https://github.com/UKPLab/sentence-transformers/blob/v6.2.0/sentence_transformers/base/modules/transformer.py>

use serde_json::{Map, Value};

use super::{NotDeclared, TokenLimit, settings::object};

/// The settings of the encoder that change what `declared` reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TransformerSettings {
    pub limit: TokenLimit,
    /// Text is made lower case before the tokenizer's own normalisation.
    pub lower_case: bool,
}

/// Settings with which vectors stay what they are: those of a task or of speed.
const WITHOUT_EFFECT: &[&str] = &["unpad_inputs", "query_length", "document_length", "query_expansion"];

impl TransformerSettings {
    /// From the Transformer's own file, the tokenizer's settings, `max_position_embeddings`, and the most tokens that the
    /// encoder reads.
    pub(super) fn read(
        own: Option<(&str, &[u8])>,
        tokenizer: Option<&[u8]>,
        positions: usize,
        most: usize,
    ) -> Result<Self, NotDeclared> {
        let (file, mut config) = match own {
            Some((file, json)) => (file, object(file, Some(json))?),
            None => ("sentence_bert_config.json", Map::new()),
        };
        let wrong = |name: &str, value: &Value| NotDeclared::setting(file, name, value);
        let mut named = number(config.remove("max_seq_length"), |value| wrong("max_seq_length", value))?;
        let lower_case = match config.remove("do_lower_case") {
            None | Some(Value::Null) => false,
            Some(Value::Bool(lower)) => lower,
            Some(other) => return Err(wrong("do_lower_case", &other)),
        };
        for name in ["tokenizer_args", "processor_kwargs"] {
            let Some(value) = config.remove(name) else { continue };
            let mut arguments = value.as_object().cloned().ok_or_else(|| wrong(name, &value))?;
            if let Some(length) = number(arguments.remove("model_max_length"), |value| wrong(name, value))? {
                named = Some(length);
            }
            without(&arguments, &["use_fast"]).map_err(|(_, value)| wrong(name, value))?;
        }
        for name in ["model_args", "model_kwargs", "config_args", "config_kwargs"] {
            let Some(value) = config.remove(name) else { continue };
            let arguments = value.as_object().cloned().ok_or_else(|| wrong(name, &value))?;
            let harmless = ["torch_dtype", "dtype", "attn_implementation", "add_pooling_layer"];
            without(&arguments, &harmless).map_err(|_| wrong(name, &value))?;
        }
        expect(&mut config, "transformer_task", &["feature-extraction".into()])
            .map_err(|v| wrong("transformer_task", &v))?;
        expect(&mut config, "module_output_name", &["token_embeddings".into()])
            .map_err(|v| wrong("module_output_name", &v))?;
        if let Some(modalities) = config.remove("modality_config") {
            let text = modalities.get("text").ok_or_else(|| wrong("modality_config", &modalities))?;
            let (method, output) = (text.get("method"), text.get("method_output_name"));
            let is_forward = method.is_some_and(|method| method == "forward");
            let is_last = output.is_some_and(|output| {
                *output == "last_hidden_state" || *output == serde_json::json!(["last_hidden_state"])
            });
            if !(is_forward && is_last) {
                return Err(wrong("modality_config", &modalities));
            }
        }
        if let Some(processing) = config.remove("processing_kwargs")
            && processing.as_object().is_none_or(|settings| !settings.is_empty())
        {
            return Err(wrong("processing_kwargs", &processing));
        }
        without(&config, WITHOUT_EFFECT).map_err(|(name, value)| wrong(name, value))?;
        let declared = match named {
            // Python does not hold it against the positions; what is longer than they are fails there.
            Some(named) => named,
            None => tokenizer_limit(tokenizer)?.map_or(positions, |limit| limit.min(positions)),
        };
        if declared < 2 {
            return Err(wrong("max_seq_length", &declared.into()));
        }
        Ok(Self { limit: TokenLimit { tokens: declared.min(most), declared, most }, lower_case })
    }
}

/// `model_max_length` of `tokenizer_config.json`; none where it is none to speak of.
fn tokenizer_limit(json: Option<&[u8]>) -> Result<Option<usize>, NotDeclared> {
    const FILE: &str = "tokenizer_config.json";
    let Some(json) = json else { return Ok(None) };
    let mut config = object(FILE, Some(json))?;
    let (length, older) = (config.remove("model_max_length"), config.remove("max_len"));
    number(length.or(older), |value| NotDeclared::setting(FILE, "model_max_length", value))
}

/// A length; transformers writes 1e30 for none.
fn number(value: Option<Value>, wrong: impl Fn(&Value) -> NotDeclared) -> Result<Option<usize>, NotDeclared> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(value) => match value.as_f64() {
            Some(number) if number > 1e9 => Ok(None),
            Some(number) if number >= 0.0 && number.fract() == 0.0 => Ok(Some(number as usize)),
            _ => Err(wrong(&value)),
        },
    }
}

/// The first setting that is none of these.
fn without<'c>(config: &'c Map<String, Value>, known: &[&str]) -> Result<(), (&'c str, &'c Value)> {
    match config.iter().find(|(name, value)| !known.contains(&name.as_str()) && !value.is_null()) {
        Some((name, value)) => Err((name, value)),
        None => Ok(()),
    }
}

/// A setting that may only have one of these values, or none.
fn expect(config: &mut Map<String, Value>, name: &str, values: &[Value]) -> Result<(), Value> {
    match config.remove(name) {
        Some(value) if !value.is_null() && !values.contains(&value) => Err(value),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(own: &str, tokenizer: &str) -> Result<TransformerSettings, NotDeclared> {
        TransformerSettings::read(
            Some(("sentence_bert_config.json", own.as_bytes())),
            Some(tokenizer.as_bytes()),
            514,
            512,
        )
    }

    fn limit(own: &str, tokenizer: &str) -> (usize, usize) {
        let limit = read(own, tokenizer).unwrap().limit;
        (limit.tokens, limit.declared)
    }

    #[test]
    fn the_limit_is_the_models_own_then_the_tokenizers_then_that_of_the_positions() {
        assert_eq!(limit(r#"{"max_seq_length":128}"#, r#"{"model_max_length":64}"#), (128, 128));
        assert_eq!(limit(r#"{"max_seq_length":1000}"#, "{}"), (512, 1000));
        assert_eq!(limit(r#"{"max_seq_length":null}"#, r#"{"model_max_length":64}"#), (64, 64));
        assert_eq!(limit("{}", r#"{"max_len":70}"#), (70, 70));
        assert_eq!(limit("{}", r#"{"model_max_length":1000000000000000019884624838656}"#), (512, 514));
        assert_eq!(limit("{}", r#"{"model_max_length":100000}"#), (512, 514));
        assert_eq!(limit(r#"{"max_seq_length":90,"tokenizer_args":{"model_max_length":80}}"#, "{}"), (80, 80));
        let none = TransformerSettings::read(None, None, 512, 512).unwrap();
        assert_eq!((none.limit.tokens, none.lower_case), (512, false));
    }

    #[test]
    fn what_would_change_the_vectors_is_refused_by_name() {
        let setting = |own: &str| match read(own, "{}") {
            Err(NotDeclared::Setting { setting, .. }) => setting,
            other => format!("{other:?}"),
        };
        for (own, name) in [
            (r#"{"max_seq_length":"x"}"#, "max_seq_length"),
            (r#"{"max_seq_length":1}"#, "max_seq_length"),
            (r#"{"transformer_task":"fill-mask"}"#, "transformer_task"),
            (r#"{"module_output_name":"sentence_embedding"}"#, "module_output_name"),
            (r#"{"tokenizer_args":{"do_lower_case":true}}"#, "tokenizer_args"),
            (r#"{"config_args":{"num_hidden_layers":2}}"#, "config_args"),
            (r#"{"processing_kwargs":{"text":{"max_length":8}}}"#, "processing_kwargs"),
            (r#"{"tokenizer_name_or_path":"other"}"#, "tokenizer_name_or_path"),
            (
                r#"{"modality_config":{"text":{"method":"forward","method_output_name":["hidden_states",-2]}}}"#,
                "modality_config",
            ),
        ] {
            assert_eq!(setting(own), name, "{own}");
        }
        let new = r#"{"transformer_task":"feature-extraction","modality_config":{"text":{"method":"forward",
            "method_output_name":"last_hidden_state"}},"module_output_name":"token_embeddings","do_lower_case":true,
            "model_args":{},"query_length":32}"#;
        assert!(read(new, "{}").unwrap().lower_case);
    }
}

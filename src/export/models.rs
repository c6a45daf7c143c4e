//! Models to choose from, and what is in one of them, as tables, as tab-separated values, or as JSON.

use std::fmt::Write;

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use super::json;
use crate::{
    bert::{BertConfig, Inventory},
    models::{Bytes, Listed},
    printable::printable,
};

/// For reading: a line a model.
pub fn table(models: &[Listed]) -> String {
    let width = models.iter().map(|model| printable(&model.name).width()).max().unwrap_or(0);
    let languages = |model: &Listed| printable(model.languages.as_deref().unwrap_or_default()).into_owned();
    let heading = "name";
    let mut text = format!("{heading:<width$}  place      {:>7}  {:>7}  languages\n", "L×H", "size");
    for model in models {
        let name = printable(&model.name);
        let shape = format!("{}×{}", model.summary.layers, model.summary.heads);
        let pad = " ".repeat(width - name.width());
        let size = Bytes(model.summary.bytes);
        let line = format!("{name}{pad}  {:<9}  {shape:>7}  {size:>7}  {}", model.place.label(), languages(model));
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// With a heading; sizes in bytes.
pub fn tsv(models: &[Listed]) -> String {
    let mut text = "name\tplace\tlayers\theads\thidden_size\tbytes\tlanguages\tnote\n".to_owned();
    for Listed { name, place, summary, languages, note } in models {
        let (languages, note) = (languages.as_deref().unwrap_or_default(), note.as_deref().unwrap_or_default());
        let _ = writeln!(
            text,
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
            printable(name),
            place.name(),
            summary.layers,
            summary.heads,
            summary.hidden_size,
            summary.bytes,
            printable(languages),
            printable(note)
        );
    }
    text
}

/// `[{"name": ..., "place": ..., "layers": ..., "heads": ..., "hidden_size": ..., "bytes": ..., ...}, ...]`
///
/// # Errors
/// None are known; the signature is that of JSON writing.
pub fn json(models: &[Listed]) -> serde_json::Result<String> {
    let models: Vec<Value> = models
        .iter()
        .map(|Listed { name, place, summary, languages, note }| {
            json!({
                "name": name, "place": place.name(), "layers": summary.layers, "heads": summary.heads,
                "hidden_size": summary.hidden_size, "bytes": summary.bytes, "languages": languages, "note": note,
            })
        })
        .collect();
    line(&models)
}

/// One model, looked into.
#[derive(Debug)]
pub struct Shown {
    /// As `--model` takes it.
    pub name: String,
    /// What `config.json` says.
    pub config: BertConfig,
    /// What the weights hold.
    pub inventory: Inventory,
}

impl Shown {
    fn settings(&self) -> Vec<(&'static str, Value)> {
        let config = &self.config;
        vec![
            ("num_hidden_layers", config.num_hidden_layers.into()),
            ("num_attention_heads", config.num_attention_heads.into()),
            ("hidden_size", config.hidden_size.into()),
            ("intermediate_size", config.intermediate_size.into()),
            ("hidden_act", config.hidden_act.name().into()),
            ("vocab_size", config.vocab_size.into()),
            ("max_position_embeddings", config.max_position_embeddings.into()),
            ("type_vocab_size", config.type_vocab_size.into()),
            ("layer_norm_eps", config.layer_norm_eps.into()),
        ]
    }

    /// For reading: the configuration, then what is missing or not used, then every tensor.
    pub fn table(&self) -> String {
        let Inventory { has_pooler, has_head, tensors, missing, misshapen } = &self.inventory;
        let mut text = format!("{}\n\n", printable(&self.name));
        for (name, value) in self.settings() {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let _ = writeln!(text, "{name:<24} {value}");
        }
        let yes = |there: bool, without: &str| if there { "yes".to_owned() } else { format!("no: {without}") };
        let _ = writeln!(text, "{:<24} {}", "pooler", yes(*has_pooler, "there is no \"pooled\""));
        let _ = writeln!(text, "{:<24} {}", "masked-language head", yes(*has_head, "no words are offered for [MASK]"));

        let bytes = |used: bool| tensors.iter().filter(|t| t.used == used).map(|t| t.bytes).sum::<u64>();
        let count = |used: bool| tensors.iter().filter(|t| t.used == used).count();
        let _ = writeln!(
            text,
            "\n{} tensors, {}: {} used, {} unused ({}), {} missing",
            tensors.len(),
            Bytes(bytes(true) + bytes(false)),
            count(true),
            count(false),
            Bytes(bytes(false)),
            missing.len()
        );
        for (name, shape) in missing {
            let _ = writeln!(text, "missing  {}  {shape:?}", printable(name));
        }
        for (name, shape) in misshapen {
            let _ = writeln!(text, "wrong shape  {}  config.json asks for {shape:?}", printable(name));
        }
        text.push('\n');
        for tensor in tensors {
            let used = if tensor.used { "used" } else { "unused" };
            let _ = writeln!(
                text,
                "{used:<7} {:<5} {:<14} {}",
                tensor.dtype,
                shape(&tensor.shape),
                printable(&tensor.name)
            );
        }
        text
    }

    /// A line a tensor, with a heading; missing ones too.
    pub fn tsv(&self) -> String {
        let mut text = "status\tdtype\tshape\tbytes\ttensor\n".to_owned();
        for (name, wanted) in &self.inventory.missing {
            let _ = writeln!(text, "missing\t\t{}\t\t{}", shape(wanted), printable(name));
        }
        for tensor in &self.inventory.tensors {
            let wrong = self.inventory.misshapen.iter().any(|(name, _)| *name == tensor.name);
            let status = if wrong {
                "misshapen"
            } else if tensor.used {
                "used"
            } else {
                "unused"
            };
            let (dtype, shape, bytes) = (&tensor.dtype, shape(&tensor.shape), tensor.bytes);
            let _ = writeln!(text, "{status}\t{dtype}\t{shape}\t{bytes}\t{}", printable(&tensor.name));
        }
        text
    }

    /// `{"name": ..., "config": {...}, "has_pooler": ..., "has_masked_language_head": ..., "tensors": [...], "missing": [...], "misshapen": [...]}`
    ///
    /// # Errors
    /// None are known; the signature is that of JSON writing.
    pub fn json(&self) -> serde_json::Result<String> {
        let expected = |rows: &[(String, Vec<usize>)]| -> Vec<Value> {
            rows.iter().map(|(name, shape)| json!({"name": name, "shape": shape})).collect()
        };
        let tensors: Vec<Value> = (self.inventory.tensors.iter())
            .map(|t| json!({"name": t.name, "shape": t.shape, "dtype": t.dtype, "bytes": t.bytes, "used": t.used}))
            .collect();
        let config: serde_json::Map<String, Value> =
            self.settings().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        line(&json!({
            "name": self.name,
            "config": config,
            "has_pooler": self.inventory.has_pooler,
            "has_masked_language_head": self.inventory.has_head,
            "tensors": tensors,
            "missing": expected(&self.inventory.missing),
            "misshapen": expected(&self.inventory.misshapen),
        }))
    }
}

/// `[384, 1536]`.
fn shape(shape: &[usize]) -> String {
    let sizes: Vec<String> = shape.iter().map(usize::to_string).collect();
    format!("[{}]", sizes.join(", "))
}

fn line(value: &impl serde::Serialize) -> serde_json::Result<String> {
    Ok(String::from_utf8_lossy(&json::to_line(value)?).into_owned())
}

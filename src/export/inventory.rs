//! What is in one model.

use std::{borrow::Cow, fmt::Write, io};

use serde_json::{Value, json};

use super::{
    document::{Document, Tables, byte_count},
    error::WriteError,
    json_line::write_line,
    output::Output,
};
use crate::{
    analysis::{Column, Key, Table, TableRow},
    bert::{BertConfig, HeadName, Inventory},
    messages::{label, message},
    models::Bytes,
    printable::printable,
};

/// One model, looked into.
#[derive(Debug)]
pub struct CheckpointInventory {
    /// As `--model` takes it.
    pub name: String,
    /// What `config.json` says.
    pub config: BertConfig,
    /// What the weights hold.
    pub inventory: Inventory,
}

impl CheckpointInventory {
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
}

impl Tables for CheckpointInventory {
    /// A row a tensor; missing ones too, which come first.
    fn document(&self) -> Cow<'_, Document> {
        let Inventory { tensors, missing, misshapen, .. } = &self.inventory;
        let text = |text: &str| Key::Text(printable(text).into_owned());
        let row = |status: &str, dtype: &str, sizes: &[usize], bytes: Key, name: &str| TableRow {
            keys: vec![text(status), text(dtype), Key::Text(shape(sizes)), bytes, text(name)],
            cells: Vec::new(),
            measures: Vec::new(),
        };
        let absent = missing.iter().map(|(name, wanted)| row("missing", "", wanted, text(""), name));
        let present = tensors.iter().map(|tensor| {
            let status = match tensor.used {
                _ if misshapen.iter().any(|(name, _)| *name == tensor.name) => "misshapen",
                true => "used",
                false => "unused",
            };
            row(status, &tensor.dtype, &tensor.shape, byte_count(tensor.bytes), &tensor.name)
        });
        let table = Table {
            title: message!("export-tensors", model = &self.name),
            keys: Column::all(["status", "dtype", "shape", "bytes", "tensor"]),
            cells: None,
            measures: Vec::new(),
            rows: absent.chain(present).collect(),
        };
        let about = [("model", self.name.clone())].into_iter();
        let settings = self.settings().into_iter().map(|(name, value)| (name, setting(&value)));
        Cow::Owned(Document { about: about.chain(settings).collect(), tables: vec![table], picture: None })
    }

    /// The configuration, then what is missing or not used, then every tensor.
    fn text(&self, out: Output) -> Option<io::Result<()>> {
        let Inventory { tensors, missing, misshapen, .. } = &self.inventory;
        let mut text = format!("{}\n\n", printable(&self.name));
        for (name, value) in self.settings() {
            let _ = writeln!(text, "{name:<24} {}", setting(&value));
        }
        for (head, name, without) in [
            (HeadName::Pooler, label!("export-pooler"), label!("export-no-pooler")),
            (HeadName::MaskedLanguage, label!("export-masked-language"), label!("export-no-masked-language")),
        ] {
            let there = if self.inventory.has(head) { label!("export-yes") } else { without };
            let _ = writeln!(text, "{name:<24} {there}");
        }
        let other = |head: &&HeadName| !matches!(head, HeadName::Pooler | HeadName::MaskedLanguage);
        for head in self.inventory.heads.iter().filter(other) {
            let _ = writeln!(text, "{:<24} {}", label!("export-output-head"), head.label());
        }
        for fault in &self.inventory.faults {
            let _ = writeln!(text, "{:<24} {}", label!("export-output-head"), printable(&fault.to_string()));
        }

        let bytes = |used: bool| tensors.iter().filter(|t| t.used == used).map(|t| t.bytes).sum::<u64>();
        let count = |used: bool| tensors.iter().filter(|t| t.used == used).count();
        let summary = message!(
            "export-tensors-summary",
            count = tensors.len(),
            size = Bytes(bytes(true) + bytes(false)).to_string(),
            used = count(true),
            unused = count(false),
            unused_size = Bytes(bytes(false)).to_string(),
            missing = missing.len()
        );
        let _ = writeln!(text, "\n{summary}");
        for (name, shape) in missing {
            let shape = format!("{shape:?}");
            let _ = writeln!(text, "{}", message!("export-tensor-missing", name = printable(name), shape = shape));
        }
        for (name, shape) in misshapen {
            let shape = format!("{shape:?}");
            let _ = writeln!(text, "{}", message!("export-tensor-misshapen", name = printable(name), shape = shape));
        }
        text.push('\n');
        for tensor in tensors {
            let used = if tensor.used { label!("export-used") } else { label!("export-unused") };
            let _ = writeln!(
                text,
                "{used:<7} {:<5} {:<14} {}",
                tensor.dtype,
                shape(&tensor.shape),
                printable(&tensor.name)
            );
        }
        Some(out.write_all(text.as_bytes()))
    }

    /// `{"name": ..., "config": {...}, "has_pooler": ..., "has_masked_language_head": ..., "heads": [...], "unusable_heads": [...], "tensors": [...], "missing": [...], "misshapen": [...]}`
    fn json(&self, out: Output) -> Option<Result<(), WriteError>> {
        let expected = |rows: &[(String, Vec<usize>)]| -> Vec<Value> {
            rows.iter().map(|(name, shape)| json!({"name": name, "shape": shape})).collect()
        };
        let tensors: Vec<Value> = (self.inventory.tensors.iter())
            .map(|t| json!({"name": t.name, "shape": t.shape, "dtype": t.dtype, "bytes": t.bytes, "used": t.used}))
            .collect();
        let config: serde_json::Map<String, Value> =
            self.settings().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let whole = json!({
            "name": self.name,
            "config": config,
            "has_pooler": self.inventory.has(HeadName::Pooler),
            "has_masked_language_head": self.inventory.has(HeadName::MaskedLanguage),
            "heads": self.inventory.heads.iter().map(|head| head.id()).collect::<Vec<_>>(),
            "unusable_heads": self.inventory.faults.iter()
                .map(|fault| json!({"head": fault.head.id(), "reason": fault.to_string()})).collect::<Vec<_>>(),
            "tensors": tensors,
            "missing": expected(&self.inventory.missing),
            "misshapen": expected(&self.inventory.misshapen),
        });
        Some(write_line(&whole, out))
    }
}

/// A value of the configuration as people read it.
fn setting(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// `[384, 1536]`.
fn shape(shape: &[usize]) -> String {
    let sizes: Vec<String> = shape.iter().map(usize::to_string).collect();
    format!("[{}]", sizes.join(", "))
}

//! From a checkpoint's tensors to a [`Network`].
//!
//! | checkpoint key (transformers)               | shape |
//! | ------------------------------------------- | ----- |
//! | `embeddings.word_embeddings.weight`         | `[vocab, D]` |
//! | `embeddings.position_embeddings.weight`     | `[max_position, D]` |
//! | `embeddings.token_type_embeddings.weight`   | `[type_vocab, D]` |
//! | `embeddings.LayerNorm.{weight,bias}`        | `[D]` |
//! | `encoder.layer.N.attention.self.{query,key,value}` | `[D, D]`, `[D]` |
//! | `encoder.layer.N.attention.output.dense`    | `[D, D]`, `[D]` |
//! | `encoder.layer.N.attention.output.LayerNorm` | `[D]` |
//! | `encoder.layer.N.intermediate.dense`        | `[intermediate, D]`, `[intermediate]` |
//! | `encoder.layer.N.output.dense`              | `[D, intermediate]`, `[D]` |
//! | `encoder.layer.N.output.LayerNorm`          | `[D]` |
//! | `pooler.dense` (optional)                   | `[D, D]`, `[D]` |
//! | `cls.predictions.transform.dense` (optional) | `[D, D]`, `[D]` |
//! | `cls.predictions.transform.LayerNorm`       | `[D]` |
//! | `cls.predictions.decoder.weight` (or tied to the word embeddings) | `[vocab, D]` |
//! | `cls.predictions.decoder.bias`, or `cls.predictions.bias` | `[vocab]` |
//!
//! Shapes are PyTorch's (`[out, in]`). A key may carry the prefix `bert.`, and a layer norm may call its
//! parameters `gamma` and `beta` (checkpoints converted from TensorFlow). Everything is computed in f32,
//! whatever the file stores.

use std::collections::BTreeSet;

use burn::tensor::Device;
use burn_store::burn_pack::Tensor as StoredTensor;

use super::{
    Backend, BertConfig, BertError, Inventory, InventoryTensor,
    network::{Network, Parts},
    parameters::Parameters,
    weights::{self, Tensors, Weights},
};

/// The masked-language head's bias, first under the name that wins.
const HEAD_BIAS: [&str; 2] = ["cls.predictions.decoder.bias", "cls.predictions.bias"];

/// One row of the key table: checkpoint key, PyTorch shape.
struct Expected {
    key: String,
    shape: Vec<usize>,
}

/// The key table laid over a checkpoint.
struct Match<'a> {
    parts: Parts,
    rows: Vec<Row<'a>>,
}

/// A row of the key table and what the checkpoint has for it, under the checkpoint's name.
struct Row<'a> {
    expected: Expected,
    found: Option<(&'a str, &'a StoredTensor)>,
}

impl Row<'_> {
    /// Whether what was found has the shape that is expected.
    fn fits(&self) -> bool {
        self.found.is_some_and(|(_, tensor)| tensor.shape.iter().eq(self.expected.shape.iter()))
    }
}

/// The network has those parts that the checkpoint has.
fn lay<'a>(config: &BertConfig, stored: &'a Tensors) -> Match<'a> {
    let has = |key| find(stored, key).is_some();
    let parts = Parts {
        pooler: has("pooler.dense.weight"),
        head: has(HEAD_BIAS[0]) && has("cls.predictions.transform.dense.weight"),
        decoder: has("cls.predictions.decoder.weight"),
    };
    let rows = expected(config, parts).into_iter();
    Match { parts, rows: rows.map(|expected| Row { found: find(stored, &expected.key), expected }).collect() }
}

/// What a checkpoint's weights hold, from their headers alone.
pub(super) fn inventory(config: &BertConfig, weights: &Weights) -> Result<Inventory, BertError> {
    let stored = &weights::open(weights)?;
    let Match { parts, rows } = lay(config, stored);
    let taken: BTreeSet<&str> = rows.iter().filter_map(|row| row.found).map(|(name, _)| name).collect();
    let tensor = |(name, tensor): (&String, &StoredTensor)| InventoryTensor {
        name: name.clone(),
        shape: shape(tensor),
        dtype: format!("{:?}", tensor.dtype).to_lowercase(),
        bytes: tensor.byte_len() as u64,
        used: taken.contains(name.as_str()),
    };
    let missing = rows.iter().filter(|row| row.found.is_none());
    Ok(Inventory {
        has_pooler: parts.pooler,
        has_head: parts.head,
        tensors: stored.iter().map(tensor).collect(),
        missing: missing.map(|row| (row.expected.key.clone(), row.expected.shape.clone())).collect(),
        misshapen: rows
            .iter()
            .filter(|row| !row.fits())
            .filter_map(|row| Some((row.found?.0.to_owned(), row.expected.shape.clone())))
            .collect(),
    })
}

fn shape(tensor: &StoredTensor) -> Vec<usize> {
    tensor.shape.iter().copied().collect()
}

/// Loads the network; it has a pooler exactly when the checkpoint has one.
pub(super) fn load(
    config: &BertConfig,
    weights: &Weights,
    backend: Backend,
    device: &Device,
) -> Result<Network, BertError> {
    let stored = &weights::open(weights)?;
    let Match { parts, rows } = lay(config, stored);
    let mut tensors = Tensors::new();
    let mut missing = Vec::new();
    for row in rows {
        let fits = row.fits();
        let Expected { key, shape: expected } = row.expected;
        match row.found {
            Some((_, tensor)) if !tensor.dtype.is_float() => return Err(BertError::TensorType { name: key }),
            Some((_, tensor)) if fits => {
                tensors.insert(key, tensor.clone());
            }
            Some((_, tensor)) => {
                return Err(BertError::TensorShape { name: key, found: shape(tensor), expected });
            }
            None => missing.push((key, expected)),
        }
    }
    if let Some((name, shape)) = missing.first() {
        let more = match missing.len() {
            1 => String::new(),
            count => format!(" (and {} more)", count - 1),
        };
        return Err(BertError::MissingTensor { name: name.clone(), shape: shape.clone(), more });
    }

    // In a pickle, views can claim far more than is there. Honest ones share at most the embeddings with the decoder.
    let claimed: u64 = tensors.values().map(|tensor| tensor.byte_len() as u64).sum();
    if claimed / 2 > weights.size() {
        return Err(BertError::Load(format!("{} bytes of files claim to hold {claimed}", weights.size())));
    }

    Network::new(config, parts, &mut Parameters { tensors, backend, device })
}

/// The key table, spelled out for a config.
fn expected(config: &BertConfig, parts: Parts) -> Vec<Expected> {
    let (size, wide) = (config.hidden_size, config.intermediate_size);
    let mut rows = Vec::new();
    let mut row = |key: String, shape: Vec<usize>| rows.push(Expected { key, shape });

    for (table, length) in [
        ("word_embeddings", config.vocab_size),
        ("position_embeddings", config.max_position_embeddings),
        ("token_type_embeddings", config.type_vocab_size),
    ] {
        row(format!("embeddings.{table}.weight"), vec![length, size]);
    }
    let mut layer_norm = |key: &str| {
        row(format!("{key}.weight"), vec![size]);
        row(format!("{key}.bias"), vec![size]);
    };
    layer_norm("embeddings.LayerNorm");
    if parts.head {
        layer_norm("cls.predictions.transform.LayerNorm");
    }
    for n in 0..config.num_hidden_layers {
        layer_norm(&format!("encoder.layer.{n}.attention.output.LayerNorm"));
        layer_norm(&format!("encoder.layer.{n}.output.LayerNorm"));
    }
    let mut linear = |key: &str, output: usize, input: usize| {
        row(format!("{key}.weight"), vec![output, input]);
        row(format!("{key}.bias"), vec![output]);
    };
    for n in 0..config.num_hidden_layers {
        for part in ["query", "key", "value"] {
            linear(&format!("encoder.layer.{n}.attention.self.{part}"), size, size);
        }
        linear(&format!("encoder.layer.{n}.attention.output.dense"), size, size);
        linear(&format!("encoder.layer.{n}.intermediate.dense"), wide, size);
        linear(&format!("encoder.layer.{n}.output.dense"), size, wide);
    }
    if parts.pooler {
        linear("pooler.dense", size, size);
    }
    if parts.head {
        linear("cls.predictions.transform.dense", size, size);
        row(HEAD_BIAS[0].to_owned(), vec![config.vocab_size]);
    }
    if parts.head && parts.decoder {
        row("cls.predictions.decoder.weight".to_owned(), vec![config.vocab_size, size]);
    }
    rows
}

/// Looks a key up under each of its spellings; with the name it has in the checkpoint.
fn find<'a>(stored: &'a Tensors, key: &str) -> Option<(&'a str, &'a StoredTensor)> {
    let tensorflow = key
        .strip_suffix("LayerNorm.weight")
        .map(|stem| format!("{stem}LayerNorm.gamma"))
        .or_else(|| key.strip_suffix("LayerNorm.bias").map(|stem| format!("{stem}LayerNorm.beta")));
    // Tied decoders store the bias once, under the name it has outside the decoder.
    let tied = (key == HEAD_BIAS[0]).then(|| HEAD_BIAS[1].to_owned());
    let named = |name: &str| stored.get_key_value(name).map(|(name, tensor)| (name.as_str(), tensor));
    [Some(key.to_owned()), tensorflow, tied]
        .into_iter()
        .flatten()
        .find_map(|key| named(&key).or_else(|| named(&format!("bert.{key}"))))
}

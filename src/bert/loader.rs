//! From a checkpoint's tensors to a [`Network`].
//!
//! | checkpoint key (transformers)               | network parameter             | shape |
//! | ------------------------------------------- | ----------------------------- | ----- |
//! | `embeddings.word_embeddings.weight`         | `embeddings.word_embeddings`  | `[vocab, D]` |
//! | `embeddings.position_embeddings.weight`     | `embeddings.position_embeddings` | `[max_position, D]` |
//! | `embeddings.token_type_embeddings.weight`   | `embeddings.token_type_embeddings` | `[type_vocab, D]` |
//! | `embeddings.LayerNorm.{weight,bias}`        | `embeddings.layer_norm`       | `[D]` |
//! | `encoder.layer.N.attention.self.{query,key,value}` | `layers.N.attention.{query,key,value}` | `[D, D]`, `[D]` |
//! | `encoder.layer.N.attention.output.dense`    | `layers.N.attention.output`   | `[D, D]`, `[D]` |
//! | `encoder.layer.N.attention.output.LayerNorm` | `layers.N.attention.layer_norm` | `[D]` |
//! | `encoder.layer.N.intermediate.dense`        | `layers.N.intermediate`       | `[intermediate, D]`, `[intermediate]` |
//! | `encoder.layer.N.output.dense`              | `layers.N.output`             | `[D, intermediate]`, `[D]` |
//! | `encoder.layer.N.output.LayerNorm`          | `layers.N.layer_norm`         | `[D]` |
//! | `pooler.dense` (optional)                   | `pooler`                      | `[D, D]`, `[D]` |
//! | `cls.predictions.transform.dense` (optional) | `head.transform`             | `[D, D]`, `[D]` |
//! | `cls.predictions.transform.LayerNorm`       | `head.layer_norm`             | `[D]` |
//! | `cls.predictions.decoder.weight` (or tied to the word embeddings) | `head.decoder` | `[vocab, D]` |
//! | `cls.predictions.decoder.bias`, or `cls.predictions.bias` | `head.bias`     | `[vocab]` |
//!
//! Shapes are PyTorch's (`[out, in]`). A key may carry the prefix `bert.`, and a layer norm may call its
//! parameters `gamma` and `beta` (checkpoints converted from TensorFlow). Everything is computed in f32,
//! whatever the file stores.

use std::collections::BTreeSet;

use burn::tensor::{DType, Device};
use burn_store::{
    FloatCastAdapter, ModuleAdapter, ModuleSnapshot, PyTorchToBurnAdapter, burn_pack::Tensor as StoredTensor,
};

use super::{
    BertConfig, BertError, Inventory, InventoryTensor,
    network::{Network, Parts},
    weights::{self, Tensors, Weights},
};

/// The masked-language head's bias, first under the name that wins.
const HEAD_BIAS: [&str; 2] = ["cls.predictions.decoder.bias", "cls.predictions.bias"];

/// One row of the key table: checkpoint key, network parameter, PyTorch shape.
struct Expected {
    key: String,
    parameter: String,
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
pub(super) fn load(config: &BertConfig, weights: &Weights, device: &Device) -> Result<Network, BertError> {
    let stored = &weights::open(weights)?;
    let Match { parts, rows } = lay(config, stored);
    let mut tensors = Vec::new();
    let mut missing = Vec::new();
    for row in rows {
        let fits = row.fits();
        let Expected { key, parameter, shape: expected } = row.expected;
        match row.found {
            Some((_, tensor)) if !tensor.dtype.is_float() => return Err(BertError::TensorType { name: key }),
            Some((_, tensor)) if fits => {
                let mut tensor = tensor.clone();
                tensor.name = parameter;
                tensors.push(tensor);
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
    let claimed: u64 = tensors.iter().map(|tensor| tensor.byte_len() as u64).sum();
    if claimed / 2 > weights.size() {
        return Err(BertError::Load(format!("{} bytes of files claim to hold {claimed}", weights.size())));
    }

    let mut network = Network::new(config, parts, device);
    // The casts run tensor by tensor while loading, so f16 files never stand in memory twice.
    let adapter = PyTorchToBurnAdapter.chain(FloatCastAdapter::to(DType::F32));
    let result = network.apply(tensors, None, Some(Box::new(adapter)), false);
    if let Some(error) = result.errors.first() {
        return Err(BertError::Load(error.to_string()));
    }
    if let Some((parameter, _)) = result.missing.first() {
        return Err(BertError::Load(format!("nothing was loaded into {parameter}")));
    }
    Ok(network)
}

/// The key table, spelled out for a config.
fn expected(config: &BertConfig, parts: Parts) -> Vec<Expected> {
    let (size, wide) = (config.hidden_size, config.intermediate_size);
    let mut rows = Vec::new();
    let mut row = |key: String, parameter: String, shape: Vec<usize>| rows.push(Expected { key, parameter, shape });

    for (table, length) in [
        ("word_embeddings", config.vocab_size),
        ("position_embeddings", config.max_position_embeddings),
        ("token_type_embeddings", config.type_vocab_size),
    ] {
        row(format!("embeddings.{table}.weight"), format!("embeddings.{table}.weight"), vec![length, size]);
    }
    let mut layer_norm = |key: &str, parameter: &str| {
        row(format!("{key}.weight"), format!("{parameter}.gamma"), vec![size]);
        row(format!("{key}.bias"), format!("{parameter}.beta"), vec![size]);
    };
    layer_norm("embeddings.LayerNorm", "embeddings.layer_norm");
    if parts.head {
        layer_norm("cls.predictions.transform.LayerNorm", "head.layer_norm");
    }
    for n in 0..config.num_hidden_layers {
        layer_norm(
            &format!("encoder.layer.{n}.attention.output.LayerNorm"),
            &format!("layers.{n}.attention.layer_norm"),
        );
        layer_norm(&format!("encoder.layer.{n}.output.LayerNorm"), &format!("layers.{n}.layer_norm"));
    }
    let mut linear = |key: String, parameter: String, output: usize, input: usize| {
        row(format!("{key}.weight"), format!("{parameter}.weight"), vec![output, input]);
        row(format!("{key}.bias"), format!("{parameter}.bias"), vec![output]);
    };
    for n in 0..config.num_hidden_layers {
        let (key, parameter) = (format!("encoder.layer.{n}"), format!("layers.{n}"));
        for part in ["query", "key", "value"] {
            linear(format!("{key}.attention.self.{part}"), format!("{parameter}.attention.{part}"), size, size);
        }
        linear(format!("{key}.attention.output.dense"), format!("{parameter}.attention.output"), size, size);
        linear(format!("{key}.intermediate.dense"), format!("{parameter}.intermediate"), wide, size);
        linear(format!("{key}.output.dense"), format!("{parameter}.output"), size, wide);
    }
    if parts.pooler {
        linear("pooler.dense".to_owned(), "pooler".to_owned(), size, size);
    }
    if parts.head {
        linear("cls.predictions.transform.dense".to_owned(), "head.transform".to_owned(), size, size);
        row(HEAD_BIAS[0].to_owned(), "head.bias".to_owned(), vec![config.vocab_size]);
    }
    if parts.head && parts.decoder {
        row("cls.predictions.decoder.weight".to_owned(), "head.decoder".to_owned(), vec![config.vocab_size, size]);
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

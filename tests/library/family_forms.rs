//! The weights of every family, written anew in forms that are no matter of the family: in shards, and in halves.

use std::{collections::BTreeMap, fmt::Write, fs, path::Path};

use burn::tensor::{bf16, f16};
use clscope::{
    bert::{Backend, Bert},
    models::ModelSource,
};
use safetensors::{Dtype, SafeTensors, tensor::TensorView};
use serde_json::json;

use crate::{
    common::{self, CPU, Case, Reference, check, input, reference, repository},
    families::{FAMILIES, apart},
    forms::{family, tokenizer_class},
};

const BACKENDS: [Backend; 2] = [Backend::Flex, Backend::Ndarray];

struct Stored {
    name: String,
    shape: Vec<usize>,
    values: Vec<f32>,
}

/// Opens each family in each of these forms, compares what it gives, and returns the rows of `docs/forms.md`.
pub fn rows() -> String {
    let mut rows = String::new();
    for name in FAMILIES {
        let own = repository().join("tests/reference/families").join(name);
        let weights = stored(&own);
        let Reference { cases, .. } = reference(&format!("families/{name}"));
        let (family, class) = (family(&own), tokenizer_class(&own));
        let mut row = |form: &str, files: &str, result: &str| {
            let _ = writeln!(rows, "| {family} | {name}, {form} | {files} | {class} | {result} | {result} |");
        };
        in_shards(&own, &weights, &cases);
        row("in shards", "two shards and their index", &format!("equal within {CPU:.0e}"));
        for (dtype, form) in [(Dtype::F16, "f16"), (Dtype::BF16, "bf16")] {
            in_halves(&own, &weights, dtype, &cases);
            row(form, "`model.safetensors`", "as these values in f32");
        }
    }
    rows
}

fn in_shards(own: &Path, weights: &[Stored], cases: &[Case]) {
    let directory = beside(own);
    let mut shard_of = BTreeMap::new();
    for (at, shard) in weights.chunks(weights.len().div_ceil(2)).enumerate() {
        let file = format!("model-0000{}-of-00002.safetensors", at + 1);
        write(&directory.path().join(&file), shard, Dtype::F32);
        shard_of.extend(shard.iter().map(|tensor| (&tensor.name, file.clone())));
    }
    let index = json!({ "weight_map": shard_of }).to_string();
    fs::write(directory.path().join("model.safetensors.index.json"), index).unwrap();
    for backend in BACKENDS {
        let bert = open(directory.path(), backend);
        for case in cases {
            check(&format!("{}, in shards", own.display()), &bert.trace(&input(case)).unwrap(), case, CPU);
        }
    }
}

fn in_halves(own: &Path, weights: &[Stored], dtype: Dtype, cases: &[Case]) {
    let [halves, wide] = [beside(own), beside(own)];
    write(&halves.path().join("model.safetensors"), weights, dtype);
    let rounded = |tensor: &Stored| Stored {
        name: tensor.name.clone(),
        shape: tensor.shape.clone(),
        values: tensor.values.iter().map(|value| round(*value, dtype)).collect(),
    };
    write(&wide.path().join("model.safetensors"), &weights.iter().map(rounded).collect::<Vec<_>>(), Dtype::F32);
    for backend in BACKENDS {
        let [halves, wide, whole] = [halves.path(), wide.path(), own].map(|directory| open(directory, backend));
        for case in cases {
            let [halves, wide, whole] = [&halves, &wide, &whole].map(|bert| bert.trace(&input(case)).unwrap());
            assert!(apart(&halves, &wide) <= 1e-6, "{} in {dtype:?} on {backend}", own.display());
            assert!(apart(&halves, &whole) > 1e-6, "{} in {dtype:?} is not rounded", own.display());
        }
    }
}

fn open(directory: &Path, backend: Backend) -> Bert {
    common::open(&ModelSource::Directory(directory.to_owned()), backend).unwrap()
}

/// What is in a directory apart from the weights.
fn beside(own: &Path) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    for file in ["config.json", "tokenizer.json", "tokenizer_config.json"] {
        fs::copy(own.join(file), directory.path().join(file)).unwrap();
    }
    directory
}

fn stored(directory: &Path) -> Vec<Stored> {
    let bytes = fs::read(directory.join("model.safetensors")).unwrap();
    let tensor = |(name, view): (String, TensorView)| {
        assert_eq!(view.dtype(), Dtype::F32);
        let values = view.data().chunks_exact(4).map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap())).collect();
        Stored { name, shape: view.shape().to_vec(), values }
    };
    SafeTensors::deserialize(&bytes).unwrap().tensors().into_iter().map(tensor).collect()
}

fn write(path: &Path, tensors: &[Stored], dtype: Dtype) {
    let bytes = |value: &f32| match dtype {
        Dtype::F16 => f16::from_f32(*value).to_le_bytes().to_vec(),
        Dtype::BF16 => bf16::from_f32(*value).to_le_bytes().to_vec(),
        _ => value.to_le_bytes().to_vec(),
    };
    let data: Vec<Vec<u8>> = tensors.iter().map(|tensor| tensor.values.iter().flat_map(bytes).collect()).collect();
    let view = |(tensor, data)| {
        let Stored { name, shape, .. }: &Stored = tensor;
        (name, TensorView::new(dtype, shape.clone(), data).unwrap())
    };
    let views = tensors.iter().zip(data.iter().map(Vec::as_slice)).map(view);
    fs::write(path, safetensors::serialize(views, None).unwrap()).unwrap();
}

fn round(value: f32, dtype: Dtype) -> f32 {
    match dtype {
        Dtype::F16 => f16::from_f32(value).to_f32(),
        _ => bf16::from_f32(value).to_f32(),
    }
}

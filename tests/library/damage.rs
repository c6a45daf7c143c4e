//! Files that are cut, flipped or lying: an error each time, never a panic.

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use clscope::{
    bert::{Backend, Input},
    models::ModelSource,
};

use crate::{
    common::{open, repository},
    dice::Dice,
};

fn form(name: &str) -> PathBuf {
    repository().join("tests/reference/forms").join(name)
}

/// Opens a copy of a checkpoint in which one file holds these bytes, and reads a sentence if it opens.
fn open_with(form: &Path, file: &str, bytes: &[u8]) -> Result<(), String> {
    let directory = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(form).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, directory.path().join(path.file_name().unwrap())).unwrap();
    }
    fs::write(directory.path().join(file), bytes).unwrap();
    let work = || {
        let bert =
            open(&ModelSource::Directory(directory.path().to_owned()), Backend::Flex).map_err(|e| e.to_string())?;
        bert.trace(&Input::joined("The cat sat.", "Where?")).map(drop).map_err(|e| e.to_string())
    };
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| panic!("{} with a damaged {file} panicked", form.display()))
}

/// Ablations the file at every kind of place and flips bits all over it.
fn damage(name: &str, file: &str, seed: u64) {
    let form = form(name);
    let whole = fs::read(form.join(file)).unwrap();
    open_with(&form, file, &whole).unwrap();
    let mut dice = Dice::new(seed);
    for round in 0..60 {
        let length = if round < 12 { round } else { dice.below(whole.len()) };
        // A cut text file may still be whole in meaning; what counts is that nothing panics.
        let cut = open_with(&form, file, &whole[..length]);
        if file.ends_with("safetensors") {
            assert!(cut.is_err(), "{name}: {file} cut to {length} bytes opened");
        }
        let mut flipped = whole.clone();
        for _ in 0..=dice.below(4) {
            // Half of the flips hit the head of the file, where its structure is.
            let range = if dice.below(2) == 0 { whole.len().min(600) } else { whole.len() };
            flipped[dice.below(range)] ^= 1 << dice.below(8);
        }
        if let Err(error) = open_with(&form, file, &flipped) {
            assert!(error.len() < 2000 && !error.trim().is_empty(), "{error}");
        }
    }
}

#[test]
fn damaged_safetensors() {
    damage("safetensors-f32", "model.safetensors", 1);
}

#[test]
fn damaged_pickles() {
    damage("bin", "pytorch_model.bin", 2);
    damage("bin-legacy", "pytorch_model.bin", 3);
}

#[test]
fn damaged_indexes() {
    damage("safetensors-sharded", "model.safetensors.index.json", 4);
    damage("bin-sharded", "pytorch_model.bin.index.json", 5);
}

#[test]
fn damaged_configurations() {
    damage("safetensors-f32", "config.json", 6);
}

#[test]
fn damaged_tokenizers() {
    damage("tok-json", "tokenizer.json", 7);
    damage("tok-vocab-added-tokens-decoder", "tokenizer_config.json", 8);
    damage("tok-vocab-added-tokens", "added_tokens.json", 9);
    damage("tok-vocab-uncased", "vocab.txt", 10);
}

/// A header that promises more than the file holds is not believed, and nothing is allocated for it.
#[test]
fn lying_safetensors_headers() {
    let form = form("safetensors-f32");
    let file = |header: &str, claimed: u64| {
        let mut bytes = claimed.to_le_bytes().to_vec();
        bytes.extend_from_slice(header.as_bytes());
        bytes
    };
    let huge = r#"{"embeddings.word_embeddings.weight":{"dtype":"F32","shape":[1000000000,1000000000],"data_offsets":[0,4000000000000000000]}}"#;
    let overflow = r#"{"a":{"dtype":"F32","shape":[18446744073709551615,18446744073709551615],"data_offsets":[0,4]}}"#;
    let backwards = r#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[8,4]}}"#;
    for header in [huge, overflow, backwards, "{}", "[]", "", "{"] {
        let error = open_with(&form, "model.safetensors", &file(header, header.len() as u64)).unwrap_err();
        assert!(!error.contains('\n'), "{error}");
    }
    for claimed in [u64::MAX, u64::MAX - 7, 1 << 40, 99_999_999] {
        let error = open_with(&form, "model.safetensors", &file("{}", claimed)).unwrap_err();
        assert!(error.contains("header"), "{error}");
    }
}

/// An index may only name files beside it.
#[test]
fn indexes_that_point_elsewhere() {
    let form = form("safetensors-sharded");
    for name in ["../secret", "/etc/passwd", "..", "", "sub/model.safetensors", "missing.safetensors"] {
        let index = format!(r#"{{"weight_map":{{"a":{name:?}}}}}"#);
        let error = open_with(&form, "model.safetensors.index.json", index.as_bytes()).unwrap_err();
        assert!(error.contains("it names"), "{error}");
    }
}

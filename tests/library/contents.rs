//! Directories that hold something other than a checkpoint: one line names what is there and what to do.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clscope::{
    bert::{Backend, Input},
    models::ModelSource,
};
use tempfile::TempDir;

use crate::{
    common::{open, repository},
    kinds::{File, KINDS},
};

fn form(name: &str) -> PathBuf {
    repository().join("tests/reference/forms").join(name)
}

fn write(directory: &Path, name: &str, bytes: &[u8]) {
    let path = directory.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// A directory with the files of a form under other names.
fn directory(form: &Path, names: &[(&str, &str)]) -> TempDir {
    let made = tempfile::tempdir().unwrap();
    for (name, of) in names {
        write(made.path(), name, &fs::read(form.join(of)).unwrap());
    }
    made
}

#[track_caller]
fn refusal(directory: &Path) -> String {
    let opened = open(&ModelSource::Directory(directory.to_owned()), Backend::Flex);
    let error = opened.map(|bert| bert.info().name.clone()).unwrap_err().to_string();
    assert!(!error.contains(char::is_control) && !error.contains("download the model again"), "{error}");
    error
}

#[test]
fn what_is_no_checkpoint_is_named() {
    let form = form("safetensors-f32");
    for kind in KINDS {
        let made = tempfile::tempdir().unwrap();
        for (name, file) in kind.files {
            match file {
                File::Of(of) => write(made.path(), name, &fs::read(form.join(of)).unwrap()),
                File::Text(text) => write(made.path(), name, text.as_bytes()),
            }
        }
        let error = refusal(made.path());
        for part in kind.says {
            assert!(error.contains(part), "{}: no {part:?} in {error}", kind.label);
        }
        assert!(error.starts_with(&made.path().display().to_string()), "{error}");
        assert!(!error.contains("holds no weights"), "{error}");
    }
    assert!(refusal(tempfile::tempdir().unwrap().path()).contains("a model directory needs config.json"));
}

#[test]
fn a_model_in_the_cache_of_the_hub_leads_to_its_snapshot() {
    let root = tempfile::tempdir().unwrap();
    let (old, new) = ("a".repeat(40), "b".repeat(40));
    for commit in [&old, &new] {
        write(root.path(), &format!("snapshots/{commit}/config.json"), b"{}");
    }
    let any = refusal(root.path());
    assert!(any.contains(&new) && any.contains("Hub's cache"), "{any}");
    write(root.path(), "refs/main", old.as_bytes());
    let main = refusal(root.path());
    assert!(main.contains(&old) && !main.contains(&new), "{main}");
    // Nothing in refs leads out of the folder.
    write(root.path(), "refs/main", b"../../../..");
    assert!(refusal(root.path()).contains(&new));
}

#[test]
fn a_pointer_of_git_lfs_is_named_whatever_file_it_stands_for() {
    const POINTER: &[u8] = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 43810\n";
    for (name, files) in [
        ("safetensors-f32", vec!["config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors"]),
        ("bin", vec!["pytorch_model.bin"]),
        ("safetensors-sharded", vec!["model.safetensors.index.json", "model-00003-of-00005.safetensors"]),
        ("tok-vocab-only", vec!["vocab.txt"]),
        ("tok-vocab-added-tokens", vec!["added_tokens.json"]),
    ] {
        for pointer in files {
            let made = tempfile::tempdir().unwrap();
            for entry in fs::read_dir(form(name)).unwrap() {
                let path = entry.unwrap().path();
                fs::copy(&path, made.path().join(path.file_name().unwrap())).unwrap();
            }
            write(made.path(), pointer, POINTER);
            let error = refusal(made.path());
            assert!(error.contains(pointer) && error.contains("git lfs pull"), "{name}, {pointer}: {error}");
        }
    }
}

#[test]
fn an_encoder_in_its_usual_folder_opens() {
    let form = form("safetensors-f32");
    let ids = |directory: &Path| {
        let bert = open(&ModelSource::Directory(directory.to_owned()), Backend::Flex).unwrap();
        let trace = bert.trace(&Input::single("the cat sat")).unwrap();
        (trace.hidden_states, bert.info().declared.is_ok())
    };
    let (expected, _) = ids(&form);
    for folder in ["0_BERT", "0_Transformer"] {
        let inside = |name: &str| format!("{folder}/{name}");
        let files = ["config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors"];
        let names: Vec<(String, &str)> = files.map(|name| (inside(name), name)).into();
        let names: Vec<(&str, &str)> = names.iter().map(|(name, of)| (name.as_str(), *of)).collect();
        let made = directory(&form, &names);
        assert!(ids(made.path()) == (expected.clone(), false), "{folder} without modules.json");
        // As sentence-transformers of 2019 wrote it, with a config.json of its own at the top; the module BERT is one that
        // version 6 does not have any more.
        write(made.path(), "config.json", br#"{"__version__":"0.2.0"}"#);
        let pooling = br#"{"word_embedding_dimension":16,"pooling_mode_mean_tokens":true}"#;
        write(made.path(), "1_Pooling/config.json", pooling);
        for (class, is_declared) in [("BERT", false), ("Transformer", true)] {
            let list = format!(
                r#"[{{"idx":0,"name":"0","path":"{folder}","type":"sentence_transformers.models.{class}"}},
                {{"idx":1,"name":"1","path":"1_Pooling","type":"sentence_transformers.models.Pooling"}}]"#
            );
            write(made.path(), "modules.json", list.as_bytes());
            assert!(ids(made.path()) == (expected.clone(), is_declared), "{folder} with {class} in modules.json");
        }
    }
}

#[test]
fn a_file_in_the_place_of_a_directory_is_said_to_be_one() {
    for file in ["model.safetensors", "config.json"] {
        let path = form("safetensors-f32").join(file).display().to_string();
        let error = ModelSource::parse(&path, None).unwrap_err().to_string();
        assert!(error.contains("is a file") && error.contains("name the directory"), "{error}");
    }
}

//! Checkpoints with NaN or infinity: where it arises is named, and no number stands where there is none.

use std::{fs, path::Path};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::program::{Ended, TINY, clscope, run};

/// The small checkpoint with another number at one place of a tensor.
fn damaged(tensor: &str, at: usize, value: f32) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(TINY).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let weights = folder.path().join("model.safetensors");
    let mut bytes = fs::read(&weights).unwrap();
    let header = u64::from_le_bytes(bytes[..8].try_into().unwrap()) as usize;
    let offsets: Value = serde_json::from_slice(&bytes[8..8 + header]).unwrap();
    let start = 8 + header + offsets[tensor]["data_offsets"][0].as_u64().unwrap() as usize + 4 * at;
    bytes[start..start + 4].copy_from_slice(&value.to_le_bytes());
    fs::write(weights, bytes).unwrap();
    folder
}

fn said(folder: &Path, arguments: &[&str]) -> Ended {
    let ended = run(&mut clscope(&[arguments, &["--model", folder.to_str().unwrap()]].concat()));
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    ended
}

#[test]
fn every_command_names_where_it_arises_and_shows_no_number_of_it() {
    let model = damaged("encoder.layer.0.output.dense.weight", 7, f32::NAN);
    let files = tempfile::tempdir().unwrap();
    let pairs = files.path().join("pairs.tsv");
    fs::write(&pairs, "score\ta\tb\n5\tthe cat\ta cat\n1\ta dog\tthe river\n3\tthe old\tred\n").unwrap();
    let commands: [&[&str]; 8] = [
        &["similarity", "the cat", "a dog", "the old river"],
        &["similarity", "the cat", "a dog", "--query", "the"],
        &["similarity", "the cat", "a dog", "--metric", "dot", "--format", "tsv"],
        &["embed", "the cat", "a dog", "--no-cache"],
        &["evaluate", pairs.to_str().unwrap(), "--no-cache"],
        &["trace", "the cat"],
        &["attention", "the cat", "--view", "matrix", "--layer", "2"],
        &["attention", "the cat", "--view", "sweep", "--format", "csv"],
    ];
    for command in commands {
        let ended = said(model.path(), command);
        let line = ended.stderr.lines().find(|line| line.contains("NaN or infinity arises")).expect(&ended.stderr);
        assert!(line.contains("arises in layer 1"), "{command:?} {line}");
        assert!(
            line.contains("the weights have it in encoder.layer.0.output.dense.weight (1 of 512 numbers)"),
            "{line}"
        );
        let text = String::from_utf8(ended.stdout).unwrap();
        let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let bare = words.filter(|word| ["nan", "inf", "infinity"].contains(&word.to_lowercase().as_str())).count();
        assert_eq!(bare, 0, "{command:?}\n{text}");
    }
    let json: Value = serde_json::from_slice(
        &said(model.path(), &["similarity", "the cat", "a dog", "--format", "json", "--background", "en"]).stdout,
    )
    .unwrap();
    for (name, values) in json["poolings"].as_object().unwrap() {
        assert_eq!(values, &json!({"cosine": [[null, null], [null, null]]}), "{name} is ranked nowhere");
    }
    // What is of an earlier layer is sound.
    let earlier = said(model.path(), &["embed", "the cat", "--pooling", "mean@0", "--pooling", "mean@1", "--no-cache"]);
    let line: Value = serde_json::from_slice(&earlier.stdout).unwrap();
    assert!(line["mean@0"][0].is_number() && line["mean@1"].is_null(), "{line}");
}

#[test]
fn one_bad_part_spoils_no_other() {
    let model = damaged("pooler.dense.bias", 3, f32::INFINITY);
    // tanh makes one of infinity: the weights alone tell.
    let ended = said(model.path(), &["similarity", "the cat", "a dog", "--format", "json"]);
    assert!(ended.stderr.contains("the weights have NaN or infinity in pooler.dense.bias (1 of 16 numbers)"));
    let model = damaged("pooler.dense.bias", 3, f32::NAN);
    let ended = said(model.path(), &["similarity", "the cat", "a dog", "--format", "json", "--background", "en"]);
    assert!(ended.stderr.contains("arises in the pooler in 2 of 2 texts"), "{}", ended.stderr);
    let json: Value = serde_json::from_slice(&ended.stdout).unwrap();
    let cell = |name: &str| &json["poolings"][name]["calibration"]["percentile"][0][1];
    assert!(cell("pooled").is_null() && cell("mean").is_number());

    // A token of one text. Of the other nothing is lost; nothing of the first is kept for the next time.
    let cat = 111;
    let model = damaged("embeddings.word_embeddings.weight", cat * 16, f32::NAN);
    let cache = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let arguments = ["embed", "the cat", "a dog", "--model", model.path().to_str().unwrap()];
        let ended = run(clscope(&arguments).env("XDG_CACHE_HOME", cache.path()));
        assert!(ended.stderr.contains("arises in the embeddings in 1 of 2 texts"), "{}", ended.stderr);
        let lines = String::from_utf8(ended.stdout).unwrap();
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(lines[0]["mean"].is_null() && lines[1]["mean"][0].is_number(), "{lines:?}");
    }
}

//! `models check`: what files declare, and how vectors of sentence-transformers and transformers were made
//! (`scripts/vectors_reference.py`).

use std::{fs, path::Path};

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{clscope, first_rows, run};

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &to) } else { fs::copy(entry.path(), to).map(drop).unwrap() }
    }
}

fn reference() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference"))
}

/// The encoder with what a chain of modules has beside it.
pub fn model(chain: &str) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    copy(&reference().join("forms/safetensors-f32"), directory.path());
    copy(&reference().join("sentence_transformers").join(chain), directory.path());
    directory
}

fn check(directory: &Path, arguments: &[&str]) -> Value {
    let model = directory.to_str().unwrap();
    let ended = run(&mut clscope(&[&["models", "check", model, "--format", "json"][..], arguments].concat()));
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    serde_json::from_slice(&ended.stdout).unwrap()
}

/// The rows of what fits.
fn fitting(found: &Value) -> Vec<&Value> {
    let rows = found["tables"][1]["rows"].as_array().unwrap();
    rows.iter().filter(|row| row["status"] != "").collect()
}

fn vectors(name: &str) -> String {
    reference().join("vectors").join(name).to_str().unwrap().to_owned()
}

#[test]
fn how_vectors_were_made_is_found_out() {
    let directory = model("default-prompt");
    let texts = vectors("texts.txt");
    // File, whether it holds texts, status, reading, tokens, prompt.
    let cases: [(&str, bool, [&str; 5]); 7] = [
        ("declared.npz", false, ["declared", "mean, normalised", "normalized", "20", "\"the dog: \""]),
        ("no-prompt.jsonl", true, ["fits", "mean, normalised", "normalized", "20", ""]),
        ("passage.jsonl", true, ["fits", "mean, normalised", "normalized", "20", "\"a mat\""]),
        ("limit-9.parquet", true, ["fits", "mean, normalised", "normalized", "9", ""]),
        ("cls.npy", false, ["fits", "cls", "as-it-is", "20", ""]),
        ("max-scaled.jsonl", true, ["fits", "max, of another length", "direction", "20", ""]),
        ("first-eight.npy", false, ["fits", "cls, normalised", "normalized", "20", ""]),
    ];
    for (file, has_texts, expected) in cases {
        let path = vectors(file);
        let mut arguments = vec!["--vectors", &path];
        if !has_texts {
            arguments.extend(["--file", &texts]);
        }
        if file == "limit-9.parquet" {
            arguments.extend(["--limit", "9"]);
        }
        let found = check(directory.path(), &arguments);
        let [row] = fitting(&found)[..] else { panic!("{file}: {found:#}") };
        let value = |name: &str| row[name].as_str().map_or_else(|| row[name].to_string(), str::to_owned);
        let row = ["status", "reading", "form", "tokens", "prompt"].map(value);
        assert_eq!(row, expected.map(str::to_owned), "{file}");
        let verdict = found["about"]["vectors"].as_str().unwrap();
        assert_eq!(verdict.starts_with("made as the model was trained"), file == "declared.npz", "{verdict}");
    }
}

#[test]
fn vectors_of_another_model_fit_nothing_and_doubts_are_refused() {
    let directory = model("default-prompt");
    let texts = vectors("texts.txt");
    let found = check(directory.path(), &["--vectors", &vectors("other-model.npy"), "--file", &texts]);
    assert!(fitting(&found).is_empty());
    assert!(found["about"]["vectors"].as_str().unwrap().starts_with("no reading by this model makes these vectors"));

    let model = directory.path().to_str().unwrap();
    let refused = |arguments: &[&str], says: &str| {
        let ended = run(&mut clscope(&[&["models", "check", model][..], arguments].concat()));
        assert!(ended.status == Some(1) && ended.stderr.contains(says), "{}", ended.stderr);
    };
    refused(&["--vectors", &vectors("cls.npy")], "--file");
    refused(&["--vectors", &texts], ".npz, .npy, .jsonl and .parquet");
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str, content: &str| {
        fs::write(folder.path().join(name), content).unwrap();
        folder.path().join(name).to_str().unwrap().to_owned()
    };
    let two = at("two.jsonl", "{\"text\": \"a\", \"mean\": [1, 2], \"cls\": [3, 4]}\n");
    refused(&["--vectors", &two], "--vector-column: \"cls\", \"mean\"");
    let sizes = at("sizes.jsonl", "{\"text\": \"a\", \"v\": [1, 2]}\n{\"text\": \"b\", \"v\": [1]}\n");
    refused(&["--vectors", &sizes], "from 1 to 2 numbers");
    let damaged = at("damaged.jsonl", "{\"text\": \"a\", \"v\": [1, 2]}\n{\"text\": \n");
    refused(&["--vectors", &damaged], "line 2");
    refused(&["--vectors", &at("damaged.parquet", "PAR1 and nothing else PAR1")], "damaged.parquet");
    let one = at("one.txt", "a cat\n");
    refused(&["--vectors", &vectors("cls.npy"), "--file", &one], "1 texts and 6 vectors");
}

#[test]
fn what_files_declare_and_where_they_disagree_is_listed() {
    let kinds = |found: &Value| -> Vec<(String, String)> {
        let rows = first_rows(found).clone();
        let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
        rows.iter().map(|row| (text(row, "kind"), text(row, "finding"))).collect()
    };
    let directory = model("default-prompt");
    let found = kinds(&check(directory.path(), &[]));
    assert!(found[0].0 == "declared" && found[0].1.contains("mean of tokens → normalised"), "{found:?}");
    assert!(
        found.iter().any(|(_, what)| what.contains("\"query\", \"the dog: \", stands before each text")),
        "{found:?}"
    );

    fs::write(directory.path().join("sentence_bert_config.json"), r#"{"max_seq_length":600,"do_lower_case":true}"#)
        .unwrap();
    let settings = directory.path().join("tokenizer_config.json");
    let mut config: Value = serde_json::from_slice(&fs::read(&settings).unwrap()).unwrap();
    config["do_lower_case"] = false.into();
    fs::write(settings, config.to_string()).unwrap();
    let found = kinds(&check(directory.path(), &[]));
    let contradictions: Vec<&str> =
        found.iter().filter(|(kind, _)| kind == "contradiction").map(|(_, what)| what.as_str()).collect();
    assert!(contradictions.iter().any(|what| what.contains("the limit is 600 tokens")), "{found:?}");
    assert!(contradictions.iter().any(|what| what.contains("lower case")), "{found:?}");

    fs::remove_file(directory.path().join("modules.json")).unwrap();
    let found = kinds(&check(directory.path(), &[]));
    assert!(matches!(&found[..], [(kind, what)] if kind == "missing" && what.contains("modules.json")), "{found:?}");
}

#[test]
fn a_saved_cross_encoder_is_said_to_be_one() {
    let directory = tempfile::tempdir().unwrap();
    copy(&reference().join("heads/cross-encoder-safetensors"), directory.path());
    let write = |name: &str, json: &str| fs::write(directory.path().join(name), json).unwrap();
    write("modules.json", r#"[{"path": "", "type": "sentence_transformers.base.modules.transformer.Transformer"}]"#);
    let saved =
        |kind: &str| format!(r#"{{"model_type": "{kind}", "activation_fn": "torch.nn.modules.activation.Sigmoid"}}"#);
    write("config_sentence_transformers.json", &saved("CrossEncoder"));
    let found = check(directory.path(), &[]);
    let row = &first_rows(&found)[0];
    assert_eq!(row["kind"], "declared");
    assert!(row["finding"].as_str().unwrap().starts_with("a CrossEncoder: it scores a pair (sigmoid"), "{row}");
    write("config_sentence_transformers.json", &saved("SparseEncoder"));
    let found = check(directory.path(), &[]);
    let row = &first_rows(&found)[0];
    assert_eq!(row["kind"], "missing");
    assert!(row["finding"].as_str().unwrap().contains("calls the model a \"SparseEncoder\""), "{row}");
    assert!(!row["finding"].as_str().unwrap().starts_with("none"), "{row}");
}

/// But for vectors of length 1, where dot is the cosine.
#[test]
fn vectors_that_are_declared_to_be_compared_otherwise_are_said_to_be() {
    let directory = model("dense");
    fs::write(directory.path().join("config_sentence_transformers.json"), r#"{"similarity_fn_name": "dot"}"#).unwrap();
    let path = directory.path().to_str().unwrap().to_owned();
    let pairs = directory.path().join("pairs.tsv");
    fs::write(&pairs, "a cat\ta dog\t1\na mat\ta hat\t2\na dog\tthe sun\t3\n").unwrap();
    let says_of = |path: &str, arguments: &[&str]| {
        let ended = run(&mut clscope(&[arguments, &["--model", path]].concat()));
        assert_eq!(ended.status, Some(0), "{}", ended.stderr);
        ended.stderr.lines().filter(|line| line.contains("are compared by dot")).map(str::to_owned).collect::<Vec<_>>()
    };
    let says = |arguments: &[&str]| says_of(&path, arguments);
    let pairs = pairs.to_str().unwrap();
    let similarity = ["similarity", "a cat", "a dog", "--pooling"];
    for arguments in [&[&similarity[..], &["declared"]].concat()[..], &["evaluate", pairs]] {
        let said = says(arguments);
        assert!(said.len() == 1 && said[0].contains("shown is cosine (--metric dot"), "{said:?}");
        assert!(says(&[arguments, &["--metric", "dot"]].concat()).is_empty());
    }
    assert!(says(&[&similarity[..], &["mean"]].concat()).is_empty());
    let clusters = says(&["similarity", "a cat", "a dog", "the sun", "--pooling", "declared", "--clusters", "2"]);
    assert!(clusters.len() == 1 && clusters[0].ends_with("shown is cosine"), "{clusters:?}");
    let found = check(directory.path(), &[]);
    assert!(found["about"]["declared"].as_str().unwrap().ends_with("; compared by dot"), "{}", found["about"]);
    let normalized = model("everything");
    assert!(says_of(normalized.path().to_str().unwrap(), &[&similarity[..], &["declared"]].concat()).is_empty());
}

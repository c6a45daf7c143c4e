//! What sentence-transformers and scikit-learn said (`scripts/evaluate_reference.py`).

use std::{fs, path::Path};

use serde_json::Value;

use super::{LABELLED, PAIRS};
use crate::program::{clscope, first_rows, json, run};

fn reference() -> Value {
    serde_json::from_str(include_str!("../../reference/evaluate/evaluate.json")).unwrap()
}

fn row<'t>(table: &'t Value, pooling: &str, metric: Option<&str>) -> &'t Value {
    let is = |row: &&Value| row["pooling"] == pooling && metric.is_none_or(|metric| row["metric"] == metric);
    first_rows(table).iter().find(is).unwrap_or_else(|| panic!("{pooling} {metric:?}"))
}

fn near(found: &Value, expected: &Value, tolerance: f64, what: &str) {
    let (found, expected) = (found.as_f64().unwrap(), expected.as_f64().unwrap());
    assert!((found - expected).abs() <= tolerance, "{what}: {found}, not {expected}");
}

fn same_correlations(table: &Value, pooling: &str, expected: &Value) {
    for (metric, kinds) in expected.as_object().unwrap() {
        for (kind, expected) in kinds.as_object().unwrap() {
            let found = &row(table, pooling, Some(metric))[kind];
            near(found, expected, 1e-4, &format!("{kind} of {pooling}, {metric}"));
        }
    }
}

#[test]
fn correlations_are_those_of_sentence_transformers() {
    let table = json(&["evaluate", PAIRS, "--no-cache", "--format", "json", "--bootstrap", "200", "--metric", "all"]);
    let reference = reference();
    for (pooling, expected) in reference["similarity"].as_object().unwrap() {
        same_correlations(&table, pooling, expected);
    }
    assert_eq!(first_rows(&table).len(), 8 * 4);
    for row in first_rows(&table) {
        assert_eq!((&row["layer"], &row["pairs"]), (&6.into(), &76.into()));
        for kind in ["spearman", "pearson"] {
            let [low, found, high] = [format!("{kind} low"), kind.to_owned(), format!("{kind} high")]
                .map(|name| row[&name].as_f64().unwrap());
            assert!(low < found && found < high && high - low < 0.6, "{row}");
        }
    }
}

#[test]
fn correlations_of_what_is_not_normalised_are_too() {
    for (case, expected) in reference()["raw"].as_object().unwrap() {
        let folder = tempfile::tempdir().unwrap();
        let reference = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
        copy(&reference.join("forms/safetensors-f32"), folder.path());
        copy(&reference.join("sentence_transformers").join(case), folder.path());
        let model = folder.path().to_str().unwrap();
        let arguments = [
            "--model",
            model,
            "--pooling",
            "declared",
            "--no-cache",
            "--bootstrap",
            "0",
            "--format",
            "json",
            "--metric",
            "all",
        ];
        let ended = run(&mut clscope(&[&["evaluate", PAIRS][..], &arguments].concat()));
        let table: Value = serde_json::from_slice(&ended.stdout).unwrap();
        // To a model that knows few words many pairs are equally close but for the last digit, so ranks say nothing.
        for (metric, kinds) in expected.as_object().unwrap() {
            near(
                &row(&table, "declared", Some(metric))["pearson"],
                &kinds["pearson"],
                1e-4,
                &format!("{case} {metric}"),
            );
        }
        assert_eq!(table["about"].get("normalized").is_some(), case == "default-prompt" || case == "truncated");
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &to) } else { fs::copy(entry.path(), to).map(drop).unwrap() }
    }
}

#[test]
fn a_layers_correlations_are_those_of_a_shorter_model() {
    let layer = ["evaluate", PAIRS, "--no-cache", "--format", "json", "--bootstrap", "0", "--metric", "all", "--layer"];
    let table = json(&[&layer[..], &["3"]].concat());
    same_correlations(&table, "mean", &reference()["layer"]["mean@3"]);
    assert_eq!(first_rows(&table).len(), 4 * 4, "pooled and first-last have no other layers");
    assert!(table["tables"][0]["rows"][0].get("spearman low").is_none(), "no resamples, no interval");

    let all = json(&[&layer[..], &["all", "--pooling", "cls", "--pooling", "pooled"]].concat());
    assert_eq!(first_rows(&all).len(), (7 + 1) * 4);
    // [CLS] is the same in every sentence before the first layer.
    let embeddings = first_rows(&all).iter().find(|row| row["layer"] == 0 && row["metric"] == "cosine").unwrap();
    assert_eq!((&embeddings["pooling"], &embeddings["spearman"]), (&"cls".into(), &Value::Null));
}

#[test]
fn accuracies_are_those_of_scikit_learn() {
    let table = json(&["evaluate", LABELLED, "--task", "classify", "--no-cache", "--format", "json"]);
    for (pooling, expected) in reference()["classify"].as_object().unwrap() {
        near(&row(&table, pooling, None)["accuracy"], expected, 0.005, pooling);
    }
    for row in first_rows(&table) {
        let [low, found, high] = ["accuracy low", "accuracy", "accuracy high"].map(|name| row[name].as_f64().unwrap());
        assert!(low < found && found < high && high - low < 0.2, "{row}");
    }
    assert_eq!(table["about"]["labels"], "complaint, praise, question, request");
}

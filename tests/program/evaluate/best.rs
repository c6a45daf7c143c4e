//! Which row is best, how sure that is, and which closeness means "the same".

use std::io::Write;

use serde_json::Value;

use super::PAIRS;
use crate::program::{NO_POOLER, TINY, clscope, first_rows, json, misuse, run, with};

const EVALUATE: [&str; 5] = ["evaluate", PAIRS, "--no-cache", "--format", "json"];

fn number(row: &Value, name: &str) -> f64 {
    row[name].as_f64().unwrap_or_else(|| panic!("{name} in {row}"))
}

#[test]
fn the_best_comes_first_and_the_others_are_compared_with_it() {
    let document = json(&with(&EVALUATE, &["--bootstrap", "300"]));
    let rows = first_rows(&document);
    assert_eq!(rows.len(), 8, "the cosine of each pooling");
    let best = number(&rows[0], "spearman");
    assert!(rows[0]["verdict"] == "best" && rows[0]["below_best"].is_null());
    for pair in rows.windows(2) {
        assert!(number(&pair[0], "spearman") >= number(&pair[1], "spearman"));
    }
    for row in &rows[1..] {
        let [below, low, high] = ["below_best", "below_best_low", "below_best_high"].map(|name| number(row, name));
        assert!((best - number(row, "spearman") - below).abs() < 1e-6 && low <= below + 0.02 && below <= high + 0.02);
        let expected = if low <= 0.0 { "no difference beyond chance" } else { "lower" };
        assert_eq!(row["verdict"], expected, "{row}");
        // Of the same resamples: narrower than the two intervals together.
        let width = |name: &str| number(row, &format!("{name} high")) - number(row, &format!("{name} low"));
        assert!(high - low < width("spearman") + 0.4, "{row}");
    }
    // "mean" and "declared" are one vector here but for the limit, and these pairs are short.
    let is = |name: &str| rows.iter().find(|row| row["pooling"] == name).unwrap();
    assert!((number(is("mean"), "spearman") - number(is("declared"), "spearman")).abs() < 1e-6);
    assert!(document["about"]["best"].as_str().unwrap().contains("no difference beyond chance"), "{document}");

    let alone = json(&with(&EVALUATE, &["--bootstrap", "0"]));
    assert!(first_rows(&alone)[1]["below_best"].is_number() && first_rows(&alone)[1].get("below_best_low").is_none());
    let metrics = json(&with(&EVALUATE, &["--bootstrap", "0", "--metric", "dot,cosine", "--pooling", "cls"]));
    assert_eq!(first_rows(&metrics).len(), 2);
}

#[test]
fn two_models_stand_in_one_table() {
    let tiny = [
        "evaluate",
        PAIRS,
        "--no-cache",
        "--format",
        "json",
        "--bootstrap",
        "50",
        "--model",
        TINY,
        "--against-model",
        NO_POOLER,
    ];
    let ended = run(&mut clscope(&with(&tiny, &["--pooling", "mean", "--pooling", "cls"])));
    let document: Value = serde_json::from_slice(&ended.stdout).unwrap();
    let models: Vec<&str> = first_rows(&document).iter().map(|row| row["model"].as_str().unwrap()).collect();
    assert_eq!(models.iter().filter(|model| **model == "tiny-pooler").count(), 2);
    assert_eq!((models.len(), document["about"]["against"].as_str()), (4, Some("tiny-no-pooler")));
    assert_eq!(first_rows(&document).iter().filter(|row| row["verdict"] == "best").count(), 1);
    for more in [["--metric", "dot"], ["--positive-from", "3"], ["--against-model", TINY]] {
        assert!(misuse(&with(&["evaluate", PAIRS, "--task", "classify"], &more)).contains("--task classify"));
    }
}

#[test]
fn thresholds_are_of_two_kinds_of_pairs() {
    let graded = json(&with(&EVALUATE, &["--bootstrap", "0", "--pooling", "mean"]));
    assert!(graded["about"]["thresholds"].as_str().unwrap().contains("--positive-from"), "{graded}");
    assert!(first_rows(&graded)[0].get("threshold").is_none());
    let from = json(&with(&EVALUATE, &["--bootstrap", "100", "--pooling", "mean", "--positive-from", "3.5"]));
    let row = &first_rows(&from)[0];
    let [low, threshold, high] = ["threshold_low", "threshold", "threshold_high"].map(|name| number(row, name));
    assert!(low <= threshold && threshold <= high && (0.2..0.95).contains(&threshold), "{row}");
    assert!((0.7..=1.0).contains(&number(row, "f1")), "{row}");
    assert!(number(row, "precise_threshold") > 0.0 && number(row, "recall") <= 1.0);

    // Two scores say it by themselves; a table for people is one of its own.
    let mut file = tempfile::NamedTempFile::with_suffix(".tsv").unwrap();
    for at in 0..12 {
        let other = if at % 2 == 0 { format!("cat {at}") } else { format!("a dog ran to river {at}") };
        writeln!(file, "{}\tcat {at}\t{other}", 1 - at % 2).unwrap();
    }
    let path = file.path().to_str().unwrap();
    let ended =
        run(&mut clscope(&["evaluate", path, "--model", TINY, "--no-cache", "--pooling", "mean", "--bootstrap", "20"]));
    let table = String::from_utf8(ended.stdout).unwrap();
    assert!(table.contains("6 of 12 pairs belong together, from the score 1 on"), "{table}{}", ended.stderr);
    assert!(table.contains("Thresholds: with the greatest F1"), "{table}");
}

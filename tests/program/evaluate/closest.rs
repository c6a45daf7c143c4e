//! What is alike in a list: the closest pairs, and clusters.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::program::{TINY, clscope, first_rows, json as answer, misuse, refusal, run, text, with};

const POOLINGS: [&str; 8] = ["similarity", "--model", TINY, "--pooling", "mean", "--pooling", "cls", "--file"];

/// Tickets, the third without a text, two of them the same.
fn tickets() -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tickets.tsv");
    let texts =
        ["the cat sat", "a dog ran", "", "red river", "the cat sat", "a cat ran to the dog", "river banks are red"];
    let rows: String = (1..).zip(texts).map(|(at, text)| format!("t-{at}\t{text}\n")).collect();
    fs::write(&path, format!("id\ttext\n{rows}")).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

fn rows(text: &str) -> Vec<Vec<&str>> {
    text.lines().map(|line| line.split('\t').collect()).collect()
}

/// What it writes, whatever it remarks.
fn written(arguments: &[&str]) -> String {
    let ended = run(&mut clscope(arguments));
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    String::from_utf8(ended.stdout).unwrap()
}

#[test]
fn the_closest_pairs_are_those_of_the_whole_list() {
    let (_folder, path) = tickets();
    let list = with(&POOLINGS, &[&path, "--id-column", "id", "--format", "tsv"]);
    let all = written(&list);
    let all = rows(&all);
    assert_eq!(all[0], ["a", "b", "id_a", "id_b", "cls", "mean", "unknown", "sentence_a", "sentence_b"]);
    let found = written(&with(&list, &["--closest", "4", "--background", "none"]));
    let found = rows(&found);
    let heading = "pooling rank a b id_a id_b background cosine less_close unknown sentence_a sentence_b";
    assert_eq!(found[0].join(" "), heading);
    assert_eq!(found.len(), 9);
    for (pooling, column, place) in [("cls", 4, 1), ("mean", 5, 5)] {
        let mut pairs = all[1..].to_vec();
        // The most digits that are written tell all of these apart but the two that are the same.
        pairs.sort_by(|one, two| two[column].parse::<f32>().unwrap().total_cmp(&one[column].parse().unwrap()));
        for (rank, pair) in (1..=4).zip(&pairs) {
            let row = &found[place + rank - 1];
            assert_eq!((row[0], row[1], row[7]), (pooling, rank.to_string().as_str(), pair[column]));
        }
        assert_eq!((found[place][2], found[place][3], found[place][5]), ("1", "5", "t-5"));
    }
    assert!(all[1..].iter().all(|row| row[0] != "3"), "what is blank is in no pair");
}

#[test]
fn a_threshold_chooses_and_a_background_ranks() {
    let (_folder, path) = tickets();
    let list = with(&POOLINGS[..5], &["--file", &path, "--format", "json"]);
    let threshold: Value = serde_json::from_str(&written(&with(&list, &["--threshold", "0.999999"]))).unwrap();
    let pairs = first_rows(&threshold);
    assert_eq!((pairs.len(), &pairs[0]["a"], &pairs[0]["b"]), (1, &json!(1), &json!(5)));
    assert_eq!(pairs[0]["background"], "en", "pairs have the background of their language");
    assert!(pairs[0]["less_close"].as_f64().unwrap() > 0.99);
    assert!(threshold["about"]["pairs"].as_str().unwrap().contains("1 of 15 pairs reach the threshold"), "{threshold}");

    // The list is its own background: its closest pair is above all 14 others and counts half; the last two are equal.
    let own: Value =
        serde_json::from_str(&written(&with(&list, &["--closest", "15", "--background", "list"]))).unwrap();
    let pairs = first_rows(&own);
    let close = |at: usize| (pairs[at]["less_close"].as_f64().unwrap(), pairs[at]["background"].as_str().unwrap());
    assert_eq!(pairs.len(), 15);
    assert!((close(0).0 - 14.5 / 15.0).abs() < 1e-6 && (close(14).0 - 1.0 / 15.0).abs() < 1e-6, "{own}");
    assert_eq!(close(3).1, "list");

    let table =
        text(&["similarity", "--model", TINY, "--pooling", "mean", "--closest", "1", "the cat", "a dog", "the cat"]);
    assert!(table.contains("mean, cosine: the 1 closest of 3 pairs") && table.contains(">99"), "{table}");
    let dot = answer(&[
        "similarity",
        "--model",
        TINY,
        "--pooling",
        "cls",
        "--closest",
        "1",
        "--metric",
        "dot",
        "--format",
        "json",
        "the cat",
        "a dog",
    ]);
    assert!(dot["tables"][0]["rows"][0]["less_close"].is_null());
}

#[test]
fn clusters_are_a_column() {
    let (_folder, path) = tickets();
    let list = with(&POOLINGS, &[&path, "--id-column", "id", "--format", "tsv", "--clusters"]);
    let found = written(&with(&list, &["0.999999"]));
    let found = rows(&found);
    assert_eq!(found[0], ["number", "id", "cls_cluster", "mean_cluster", "unknown", "sentence"]);
    let labels: Vec<&str> = found[1..].iter().map(|row| row[3]).collect();
    assert_eq!(labels, ["1", "2", "", "3", "1", "4", "5"], "what is the same is together, what is blank in none");
    let two = written(&with(&list, &["2"]));
    let labels: std::collections::BTreeSet<&str> = rows(&two)[1..].iter().map(|row| row[2]).collect();
    assert_eq!(labels, ["", "1", "2"].into());

    let pair = ["similarity", "a", "b"];
    for (more, says) in [
        (&["--clusters", "1"][..], "a number of clusters from 2 on"),
        (&["--clusters", "0"], "a number of clusters from 2 on"),
        (&["--clusters", "2", "--closest", "3"], "leave one away"),
        (&["--clusters", "2", "--metric", "dot"], "leave --metric away"),
        (&["--closest", "3", "--query", "c"], "leave --query and --against-model away"),
        (&["--closest", "0"], "--closest"),
        (&["--threshold", "nan"], "neither NaN nor infinite"),
        (&["--threshold=-inf"], "neither NaN nor infinite"),
        (&["--threshold", "1e40"], "neither NaN nor infinite"),
        (&["--threshold", "1.5"], "between -1 and 1"),
        (&["--threshold", "0.5", "--metric", "euclidean"], "write --threshold 0 or less"),
        (&["--threshold", "2", "--metric", "manhattan"], "write --threshold 0 or less"),
        (&["--query", " "], "--query has no text"),
    ] {
        let refused = misuse(&with(&pair, more));
        assert!(refused.contains(says), "{refused}");
    }
    let lines: String = (0..2_001).map(|at| format!("cat {at}\n")).collect();
    fs::write(&path, lines).unwrap();
    let refused = refusal(&["similarity", "--model", TINY, "--lines", "--clusters", "3", "--file", &path]);
    assert!(refused.contains("2001 texts") && refused.contains("--clusters compares them all at once"), "{refused}");
    let long = ["similarity", "--model", TINY, "--lines", "--file", &path];
    let refused = misuse(&with(&long, &["--clusters", "3", "--closest", "3"]));
    assert!(refused.contains("leave one away"), "what contradicts itself is said first: {refused}");
    for (more, says) in
        [(["--background", "en"], "leave --background away"), (["--format", "html"], "take --format tsv")]
    {
        let refused = refusal(&with(&long, &more));
        assert!(refused.contains(says) && refused.contains("2001 texts"), "{refused}");
    }
    let refused = misuse(&["evaluate", super::PAIRS, "--positive-from", "inf"]);
    assert!(refused.contains("neither NaN nor infinite"), "{refused}");
}

#[test]
fn a_background_of_a_few_pairs_is_told() {
    for (count, is_told) in [(3, true), (14, true), (15, false)] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("background.txt");
        fs::write(&path, (0..count).map(|at| format!("the cat sat {at}\n")).collect::<String>()).unwrap();
        let background = ["--background", path.to_str().unwrap()];
        let command = ["similarity", "--model", TINY, "--pooling", "mean", "a cat", "a dog"];
        let ended = run(&mut clscope(&with(&command, &background)));
        let said = ended.stderr.contains("too few to tell one of 100");
        assert!(ended.status == Some(0) && said == is_told, "{count}: {}", ended.stderr);
    }
}

#[test]
fn a_list_about_one_thing_is_told() {
    let ended =
        run(&mut clscope(&["similarity", "--model", TINY, "--pooling", "mean", "the cat", "the cat", "the cat"]));
    assert!(ended.stderr.contains("under mean all 3 pairs lie beyond 95 %"), "{}", ended.stderr);
    assert!(ended.stderr.contains("take --background list"), "{}", ended.stderr);
    let ended = run(&mut clscope(&[
        "similarity",
        "--model",
        TINY,
        "--pooling",
        "mean",
        "--closest",
        "1",
        "the cat",
        "the cat",
        "the cat",
    ]));
    assert!(ended.stderr.contains("under mean all 3 pairs lie beyond 95 %"), "{}", ended.stderr);
}

//! Texts that a model does not read: said by every command, marked in every table, with no verdict.

use std::fs;

use serde_json::{Value, json};

use crate::program::{Ended, TINY, clscope, run};

/// With the embedded model, which has no Thai, few Chinese characters and no emoji.
const THAI: [&str; 2] = ["ร้านกาแฟเปิดเจ็ดโมง", "ฝนตกหนักเมื่อคืนนี้"];

fn said(arguments: &[&str]) -> Ended {
    let ended = run(&mut clscope(arguments));
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    ended
}

fn remarks(arguments: &[&str]) -> Vec<String> {
    said(arguments).stderr.lines().map(|line| line.strip_prefix("clscope: ").unwrap().to_owned()).collect()
}

#[test]
fn every_command_that_reads_texts_says_in_a_line_what_it_does_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let list = write("list.txt", "the ☕ is hot\nall is well\n");
    let pairs = write("pairs.tsv", "score\ta\tb\n5\tthe ☕\tthe cup\n1\ta dog\tthe moon\n3\tsun\tday\n");
    let labels = write("labels.tsv", "label\ttext\nx\tthe ☕\nx\ta dog\ny\tsun\ny\tday\n");
    let picture = folder.path().join("picture.svg").to_str().unwrap().to_owned();
    let commands: [&[&str]; 13] = [
        &["trace", "the ☕"],
        &["trace", "hello", "--pair", "the ☕"],
        &["attention", "the ☕", "--view", "layers"],
        &["attention", "the cup", "--view", "compare", "--against-text", "the ☕"],
        &["similarity", "the ☕", "the cup", "--background", "none"],
        &["similarity", "--file", &list, "--query", "the ☕"],
        &["embed", "--no-cache", "--file", &list],
        &["evaluate", "--no-cache", &pairs],
        &["evaluate", "--no-cache", "--task", "classify", "--folds", "2", &labels],
        &["screenshot", "layers", "--text", "the ☕", "--output", &picture],
        &["predict", "--probe", "feeling", "the ☕"],
        &["predict", "--probe", "feeling", "--file", &list],
        &["mixing", "--file", &list, "--measure", "alti"],
    ];
    for command in commands {
        let all = remarks(command);
        let lines: Vec<_> = all.iter().filter(|line| line.contains("as [UNK]")).collect();
        assert!(lines.len() == 1 && lines[0].starts_with("all-MiniLM-L6-v2 reads "), "{command:?} {all:?}");
        assert!(lines[0].ends_with("; choose a model that has these characters in its vocabulary with --model"));
    }
    // Of several texts the worst are named.
    let line = &remarks(&["similarity", "--file", &list, "--query", "the ☕"])[0];
    assert!(
        line.contains("reads 2 of 9 tokens as [UNK], in 2 of 3 texts: the query (1 of 2), sentence 1 (1 of 4)"),
        "{line}"
    );
    assert!(remarks(&["trace", "all is well"]).is_empty());
}

/// Rows are counted, whatever the form, however often a text stands in them, and called by the lines that they stand in.
#[test]
fn rows_are_counted_and_called_by_their_lines() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (list, blanks, rows) = (path("list.txt"), path("blanks.txt"), path("rows.csv"));
    fs::write(&list, "all is well\n".repeat(40) + &"the ☕ ☕\n".repeat(3)).unwrap();
    for format in ["jsonl", "parquet", "npz"] {
        let output = path(&format!("out.{format}"));
        let said = remarks(&["embed", "--no-cache", "--pooling", "declared", "--file", &list, "--output", &output]);
        assert!(said.len() == 1 && said[0].contains("in 3 of 43 texts: sentence 41 (2 of 3)"), "{format}: {said:?}");
    }
    fs::write(&blanks, "all is well\n\nthe ☕ ☕\n").unwrap();
    for command in
        [&["mixing", "--measure", "alti", "--file", &blanks][..], &["predict", "--probe", "topic", "--file", &blanks]]
    {
        let said = remarks(command);
        assert!(said[0].contains("in 1 of 2 texts: sentence 3 (2 of 3)"), "{command:?}: {said:?}");
    }
    fs::write(&rows, "text,n\nall is well,1\n,2\na dog ran,3\n").unwrap();
    let said = remarks(&["embed", "--no-cache", "--pooling", "declared", "--text-column", "text", "--file", &rows]);
    assert!(said.iter().any(|line| line == "1 of 3 rows are without text; their vectors are empty"), "{said:?}");
}

/// As `embed` says it: where the text ends that the vector is made of.
#[test]
fn what_a_probe_or_a_table_of_claims_does_not_read_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (labelled, probe, list) = (path("labelled.tsv"), path("a.probe"), path("list.txt"));
    let labels: String = (0..12).map(|at| format!("{}\tnumber {at} sat\n", ["yes", "no"][at % 2])).collect();
    fs::write(&labelled, labels).unwrap();
    said(&["probe", "train", &labelled, "--pooling", "declared", "--output", &probe]);
    fs::write(&list, format!("all is well\n\n{}\n", "the cat sat ".repeat(90))).unwrap();
    let told = remarks(&["predict", "--file", &list, "--probe", &probe]);
    assert!(told.iter().any(|line| line.contains("256") && line.contains("sentence 3")), "{told:?}");
    fs::write(&list, format!("all is well\n\n{}\n", "the cat sat ".repeat(12))).unwrap();
    let told = remarks(&["mixing", "--model", TINY, "--file", &list]);
    assert!(told.iter().any(|line| line.contains("sentence 3") && line.contains("32")), "{told:?}");
}

#[test]
fn a_model_that_reads_the_script_is_named() {
    let named = |text: &str| remarks(&["trace", text])[0].split_once("; ").unwrap().1.to_owned();
    let multilingual = "google-bert/bert-base-multilingual-cased";
    assert_eq!(named(THAI[0]), format!("a model that reads Thai letters: --model {multilingual}"));
    assert_eq!(named("咖啡很烫"), "a model that reads Chinese characters: --model BAAI/bge-small-zh-v1.5");
    assert_eq!(named("ඉර බැස ගියේය"), "choose a model that reads Sinhala letters with --model");
}

#[test]
fn nothing_is_said_of_how_close_unknown_texts_are() {
    let sentences = ["the cup ☕ is hot today", THAI[0], THAI[1], "the tea is hot"];
    let arguments = [&["similarity", "--format", "json", "--background", "en"][..], &sentences].concat();
    let ended = said(&arguments);
    let json: Value = serde_json::from_slice(&ended.stdout).unwrap();
    let shares: Vec<f64> = json["unknown"].as_array().unwrap().iter().map(|share| share.as_f64().unwrap()).collect();
    assert!((shares[0] - 1.0 / 6.0).abs() < 1e-6 && shares[1] == 1.0 && shares[2] == 1.0 && shares[3] == 0.0);
    // Both are one [UNK]: the same to the model.
    assert_eq!(json["same_tokens"], json!([[2, 3]]));
    let second = ended.stderr.lines().nth(1).unwrap();
    assert!(
        second.contains("2 texts differ but become the same tokens") && second.ends_with("sentence 2 = sentence 3")
    );
    let calibration = &json["poolings"]["mean"]["calibration"];
    for values in [calibration, &calibration["centred"], &calibration["whitened"]] {
        for (a, b) in (0..4).flat_map(|a| (0..4).map(move |b| (a, b))) {
            let withheld = [a, b].iter().any(|side| [1, 2].contains(side));
            assert_eq!(values["percentile"][a][b].is_null(), withheld, "{a} {b}: one in six is no reason");
        }
    }
    let cosine = json["poolings"]["mean"]["cosine"][1][2].as_f64().unwrap();
    assert!(cosine > 0.999_999, "the cosine itself stays");

    let text = |arguments: &[&str]| String::from_utf8(said(arguments).stdout).unwrap();
    let table = text(&[&["similarity"][..], &sentences].concat());
    let row = table.lines().find(|line| line.starts_with("  2   3")).unwrap();
    assert!(row.ends_with("100.0 %"), "{row}");
    let tsv = text(&[&["similarity", "--format", "tsv", "--pooling", "mean"][..], &sentences].concat());
    let rows: Vec<Vec<&str>> = tsv.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows[0][..4], ["a", "b", "mean", "unknown"]);
    assert_eq!(rows[3][3], "0.166667", "1 with 4");
    assert!(rows[1..].iter().all(|row| row[3] == "1.000000" || row[..2] == ["1", "4"]), "{tsv}");
}

#[test]
fn each_model_has_a_vocabulary_of_its_own() {
    let arguments =
        ["similarity", "the λ cat", "the cat", "--model", TINY, "--against-model", "embedded", "--format", "json"];
    let json: Value = serde_json::from_slice(&said(&arguments).stdout).unwrap();
    assert!(json["unknown"][0].as_f64().unwrap() > 0.0 && json["unknown"][1] == 0.0, "{}", json["unknown"]);
    assert_eq!(json["against"]["unknown"], json!([0.0, 0.0]));
}

#[test]
fn each_pair_is_compared_with_its_own_language() {
    // In a model that knows these characters; the third is Japanese, for which there is no background.
    let sentences = ["你好世界", "the cat", "猫です", "在你", "a bank", "the"];
    let arguments =
        [&["similarity", "--model", TINY, "--format", "json", "--background", "auto"][..], &sentences].concat();
    let json: Value = serde_json::from_slice(&said(&arguments).stdout).unwrap();
    let [en, zh, none] = [json!("en"), json!("zh"), Value::Null];
    let background = |a: usize, b: usize| &json["background"][a][b];
    assert_eq!([background(0, 3), background(3, 0), background(1, 4), background(4, 5)], [&zh, &zh, &en, &en]);
    assert_eq!([background(0, 1), background(0, 2), background(1, 2)], [&none; 3]);
    let calibration = &json["poolings"]["cls"]["calibration"];
    let names: Vec<_> =
        calibration["backgrounds"].as_array().unwrap().iter().map(|one| (&one["name"], &one["sentences"])).collect();
    assert_eq!(names, [(&zh, &json!(315)), (&en, &json!(400))]);
    // The same numbers as where one background serves all.
    for (name, pairs) in [("en", vec![(1, 4), (1, 5), (4, 5)]), ("zh", vec![(0, 3)])] {
        let alone = [&arguments[..6], &[name], &sentences[..]].concat();
        let alone: Value = serde_json::from_slice(&said(&alone).stdout).unwrap();
        let alone = &alone["poolings"]["cls"]["calibration"];
        for (a, b) in pairs {
            assert_eq!(calibration["percentile"][a][b], alone["percentile"][a][b], "{name} {a} {b}");
            for step in ["centred", "whitened"] {
                assert_eq!(calibration[step]["cosine"][a][b], alone[step]["cosine"][a][b], "{name} {a} {b} {step}");
            }
        }
    }

    let table = String::from_utf8(said(&[&["similarity", "--model", TINY][..], &sentences].concat()).stdout).unwrap();
    assert!(table.contains("Less close, of 100 unrelated pairs (zh, 315 sentences; en, 400 sentences):"), "{table}");
    let ranked: Vec<&str> = table.lines().filter(|line| line.ends_with("  zh") || line.ends_with("  en")).collect();
    // Three steps of four pairs; how many directions are kept, of each background; in two parts, as wide as lines may be.
    assert_eq!(ranked.len(), 2 * (3 * 4 + 2), "{table}");
    assert!(table.contains("pairs have no percentile (1–2, 1–5, 1–6 and 3 more): one sentence is in Chinese characters, the other in Latin letters"), "{table}");
}

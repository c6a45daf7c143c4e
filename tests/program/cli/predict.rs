//! `predict`: the numbers of `scripts/heads.py` in every format, files in batches, refusals by name.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

use crate::program::{clscope, run};

fn model(name: &str) -> String {
    let heads = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/heads"));
    heads.join(format!("{name}-safetensors")).display().to_string()
}

fn answers() -> Value {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/heads.json"));
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// What `predict` prints that succeeds.
fn predict(name: &str, arguments: &[&str]) -> String {
    let model = model(name);
    let ended = run(&mut clscope(&[&["predict", "--model", &model][..], arguments].concat()));
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    String::from_utf8(ended.stdout).unwrap()
}

fn refused(name: &str, arguments: &[&str]) -> (Option<i32>, String) {
    let model = model(name);
    let ended = run(&mut clscope(&[&["predict", "--model", &model][..], arguments].concat()));
    assert_eq!(String::from_utf8(ended.stdout).unwrap(), "");
    (ended.status, ended.stderr)
}

/// Fifty texts in a file, with blank lines between, give the same as each alone in Python, in every format.
#[test]
fn a_file_gives_the_entities_of_the_pipeline() {
    let answers = answers();
    let cases = answers["models"]["tokens"]["entities"].as_array().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("texts.txt");
    let texts: Vec<&str> = cases.iter().map(|case| case["text"].as_str().unwrap()).collect();
    fs::write(&file, texts.join("\n\n")).unwrap();
    let file = file.to_str().unwrap();
    let lines = predict("tokens", &["--file", file, "--format", "jsonl"]);
    let rows: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let whole: Value = serde_json::from_str(&predict("tokens", &["--file", file, "--format", "json"])).unwrap();
    assert_eq!(whole, Value::Array(rows.clone()));
    let mut of_tsv = predict("tokens", &["--file", file, "--format", "tsv"]);
    assert_eq!(of_tsv.lines().next(), Some("line\tentity\tscore\tstart\tend\tword"));
    let mut records = of_tsv.split_off(of_tsv.find('\n').unwrap() + 1).lines().map(str::to_owned).collect::<Vec<_>>();
    records.reverse();
    assert_eq!(rows.len(), 2 * cases.len() - 1);
    for (at, row) in rows.iter().enumerate() {
        assert_eq!(row["line"], at + 1);
        let Some(case) = (at % 2 == 0).then(|| &cases[at / 2]) else {
            assert!(row.get("entities").is_none(), "a blank line has none");
            continue;
        };
        let (found, expected) = (row["entities"].as_array().unwrap(), case["entities"].as_array().unwrap());
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            for name in ["entity_group", "word", "start", "end"] {
                assert_eq!(found[name], expected[name]);
            }
            let score = found["score"].as_f64().unwrap();
            assert!((score - expected["score"].as_f64().unwrap()).abs() < 2e-5);
            let record: Vec<String> = records.pop().unwrap().split('\t').map(str::to_owned).collect();
            assert_eq!(record[0], (at + 1).to_string());
            assert_eq!(record[1], expected["entity_group"].as_str().unwrap());
            assert!((record[2].parse::<f64>().unwrap() - score).abs() < 1e-7);
        }
    }
    assert!(records.is_empty());
}

#[test]
fn pairs_of_a_file_are_read_joined() {
    let answers = answers();
    let cases = answers["models"]["question"]["spans"].as_array().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("questions.jsonl");
    let line = |(at, case): (usize, &Value)| {
        serde_json::json!({"id": format!("q{at}"), "q": case["question"], "c": case["context"]}).to_string()
    };
    fs::write(&file, cases.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")).unwrap();
    let columns = ["--text-column", "q", "--text-column", "c", "--id-column", "id", "--format", "jsonl", "--top", "1"];
    let lines = predict("question", &[&["--file", file.to_str().unwrap()][..], &columns].concat());
    for (at, (line, case)) in lines.lines().zip(cases).enumerate() {
        let row: Value = serde_json::from_str(line).unwrap();
        assert_eq!(row["id"], format!("q{at}"));
        let found: Vec<&Value> = row["answers"].as_array().unwrap().iter().map(|answer| &answer["answer"]).collect();
        let expected: Vec<&Value> =
            case["spans"].as_array().unwrap().iter().take(1).map(|answer| &answer["answer"]).collect();
        assert_eq!(found, expected);
    }
    assert_eq!(lines.lines().count(), cases.len());
}

#[test]
fn labels_and_choices_are_read_at_a_glance() {
    let table = predict("classify-one", &["The cat sat on the mat."]);
    insta::assert_snapshot!(table, @r"
    line  label  score   score_bad  score_fair  score_good  text                     pair
    1     fair   0.7412  0.0359     0.7412      0.2229      The cat sat on the mat.
    ");
    let choices = predict("choice", &["Who ran?", "--pair", "The dog", "--pair", "A river, not he", "--format", "csv"]);
    let scores: Vec<f32> =
        choices.lines().skip(1).map(|line| line.split(',').nth(2).unwrap().parse().unwrap()).collect();
    assert!(scores.len() == 2 && (scores.iter().sum::<f32>() - 1.0).abs() < 1e-6, "{choices}");
    let words =
        predict("pre-training", &["a [MASK] dog", "--head", "masked-language", "--top", "3", "--format", "tsv"]);
    assert_eq!(words.lines().count(), 4, "{words}");
}

#[test]
fn what_cannot_be_predicted_is_refused_with_what_to_do() {
    for (name, arguments, status, message) in [
        ("question", &["Who?"][..], 2, "--pair"),
        ("classify-one", &["a", "--pair", "b", "--pair", "c"], 2, "multiple-choice"),
        ("pre-training", &["a dog", "--head", "masked-language"], 2, "[MASK]"),
        ("next-sentence", &["a dog", "--head", "labels"], 1, "it has next-sentence"),
    ] {
        let (found, stderr) = refused(name, arguments);
        assert_eq!(found, Some(status), "{stderr}");
        assert!(stderr.contains(message), "{stderr}");
    }
    let ended = run(&mut clscope(&["predict", "a dog", "--model", crate::program::TINY]));
    assert!(ended.status == Some(1) && ended.stderr.contains("no output head"), "{}", ended.stderr);
}

/// A run that was killed in the middle of a line, or before its first, gives the same file in the end.
#[test]
fn a_run_that_was_broken_off_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let texts: Vec<String> =
        (0..1100).map(|at| if at % 9 == 4 { String::new() } else { format!("text {at} ran, 猫 too") }).collect();
    fs::write(path("texts.txt"), texts.join("\n")).unwrap();
    let (file, output) = (path("texts.txt"), path("out.jsonl"));
    let arguments = ["--file", &file, "--output", &output, "--resume"];
    predict("classify-one", &arguments);
    let whole = fs::read_to_string(&output).unwrap();
    assert_eq!(whole.lines().count(), 1100);
    let plain = path("plain.jsonl");
    predict("classify-one", &["--file", &file, "--output", &plain]);
    assert_eq!(whole, fs::read_to_string(&plain).unwrap());
    let inside = whole.find('猫').unwrap() + 1;
    for bytes in [0, 1, 10, inside, inside + 1, whole.len() / 3, whole.len() / 2, whole.len() - 1, whole.len()] {
        fs::write(&output, &whole.as_bytes()[..bytes]).unwrap();
        predict("classify-one", &arguments);
        assert_eq!(fs::read_to_string(&output).unwrap(), whole, "from {bytes} bytes");
    }
    let other = whole.replacen("text 3 ran", "text 3 sat", 1);
    let of_labels = whole.replacen("\"label\":\"fair\"", "\"label\":\"fare\"", 2);
    assert_ne!(of_labels, whole);
    let more = format!("{whole}{}\n", whole.lines().next().unwrap());
    // The last three have no end, and are nobody's cut line.
    let foreign = ["{}\n", "{\"mine\": 1}", "my notes", "[1, 2"].map(|kept| (kept.to_owned(), "line 1 of"));
    for (kept, message) in
        [(other, "line 4 of"), (of_labels, "line 1 of"), (more, "more lines")].into_iter().chain(foreign)
    {
        fs::write(&output, &kept).unwrap();
        let (status, stderr) = refused("classify-one", &arguments);
        assert!(status == Some(1) && stderr.contains(message), "{stderr}");
        assert_eq!(fs::read_to_string(&output).unwrap(), kept, "it is left as it is");
    }
    let device = ["--file", &file, "--output", "/dev/zero", "--format", "jsonl", "--resume"];
    let (status, stderr) = refused("classify-one", &device);
    assert!(status == Some(2) && stderr.contains("is not a file"), "{stderr}");
    let (status, stderr) = refused("classify-one", &["--file", &file, "--output", &path("out.tsv"), "--resume"]);
    assert!(status == Some(2) && stderr.contains("jsonl"), "{stderr}");
    // One text is no list to go on with.
    let (status, stderr) = refused("classify-one", &["the dog", "--output", &output, "--resume"]);
    assert!(status == Some(2) && stderr.contains("--file") && !stderr.trim_end().contains('\n'), "{stderr}");
}

/// A copy of a model is another model, as is the same model with another id column another file.
#[test]
fn a_run_of_another_model_is_not_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("texts.tsv"), "id\ttext\na\tthe cat\nb\t\nc\ta dog\n").unwrap();
    let (file, output, copy) = (path("texts.tsv"), path("out.jsonl"), path("copy"));
    fs::create_dir(&copy).unwrap();
    for entry in fs::read_dir(model("classify-one")).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), Path::new(&copy).join(entry.file_name())).unwrap();
    }
    let arguments = ["--file", &file, "--output", &output, "--resume", "--text-column", "text"];
    predict("classify-one", &arguments);
    let kept = fs::read_to_string(&output).unwrap();
    predict("classify-one", &arguments);
    let refused_of = |model: &str, more: &[&str]| {
        let ended = run(&mut clscope(&[&["predict", "--model", model][..], &arguments, more].concat()));
        assert!(ended.status == Some(1) && ended.stderr.contains("leave out --resume"), "{model}: {}", ended.stderr);
        assert_eq!(fs::read_to_string(&output).unwrap(), kept, "it is left as it is");
    };
    refused_of(&copy, &[]);
    refused_of(&model("classify-several"), &[]);
    refused_of(&model("classify-one"), &["--id-column", "id"]);
    // Blank lines have no labels, and are of a model too.
    fs::write(path("blank.tsv"), "text\tmore\n\tx\n\ty\nthe cat\tz\n").unwrap();
    let blank = ["--file", &path("blank.tsv"), "--output", &path("blank.jsonl"), "--resume", "--text-column", "text"];
    predict("classify-one", &blank);
    let rows = fs::read_to_string(path("blank.jsonl")).unwrap();
    fs::write(path("blank.jsonl"), rows.lines().next().unwrap().to_owned() + "\n").unwrap();
    let (status, stderr) = refused("classify-several", &blank);
    assert!(status == Some(1) && stderr.contains("line 1 of"), "{stderr}");
}

/// What is written before a file fails shows how soon rows come: with `--resume` as soon as without.
#[test]
fn rows_come_as_they_are_predicted() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (file, output) = (path("texts.txt"), path("out.jsonl"));
    // Longer than what is looked at before the first row is read.
    let mut texts: Vec<u8> = (0..900).flat_map(|at| format!("text {at} ran{:16384}\n", "").into_bytes()).collect();
    texts.extend(b"caf\xe9\n");
    fs::write(&file, &texts).unwrap();
    let failed = |arguments: &[&str]| {
        let model = model("classify-one");
        let ended = run(&mut clscope(&[&["predict", "--model", &model, "--file", &file][..], arguments].concat()));
        assert!(ended.status == Some(1) && ended.stderr.contains("line 901 is not UTF-8"), "{}", ended.stderr);
        String::from_utf8(ended.stdout).unwrap()
    };
    let plain = failed(&["--format", "jsonl"]);
    assert!((32..900).contains(&plain.lines().count()));
    for kept in [0, 7, 40, 300] {
        fs::write(&output, plain.split_inclusive('\n').take(kept).collect::<String>()).unwrap();
        failed(&["--output", &output, "--resume"]);
        let written = fs::read_to_string(&output).unwrap();
        assert!(written.lines().count() >= kept + 25, "{} rows after {kept}", written.lines().count());
        assert!(kept > 7 || written == plain, "as without --resume");
    }
}

/// Every head that the tests know of (`docs/heads.md`).
#[test]
fn help_names_every_head() {
    let table = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/heads.md")).unwrap();
    let rows = table.split("<!-- families -->").nth(1).unwrap().lines().filter(|line| line.starts_with("| `"));
    let heads: BTreeSet<&str> = rows.flat_map(|row| row.split('|').nth(2).unwrap().split(',').map(str::trim)).collect();
    assert!(heads.len() > 7, "{heads:?}");
    let ended = run(&mut clscope(&["predict", "--help"]));
    let help = String::from_utf8(ended.stdout).unwrap();
    let option = help.split("--head <NAME>").nth(1).unwrap().split("--probe").next().unwrap();
    let option = option.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(heads.iter().all(|head| option.contains(head)), "{heads:?} in {option}");
}

/// Memory that nobody has mapped can be opened and not read.
#[cfg(target_os = "linux")]
#[test]
fn what_an_earlier_run_left_and_cannot_be_read_is_said_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("texts.txt").display().to_string();
    fs::write(&file, "the cat\n").unwrap();
    let arguments = ["--file", &file, "--output", "/proc/self/mem", "--format", "jsonl", "--resume"];
    let (status, stderr) = refused("classify-one", &arguments);
    assert!(status == Some(1) && stderr.contains("cannot read") && stderr.contains("another file"), "{stderr}");
}

//! `probe train` and `--probe`: a file is trained, says what its training says, and is refused elsewhere by name.

use std::{fs, path::Path};

use serde_json::Value;

use crate::program::{TINY, clscope, run};

fn done(arguments: &[&str]) -> String {
    let ended = run(&mut clscope(arguments));
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    String::from_utf8(ended.stdout).unwrap()
}

fn refused(arguments: &[&str]) -> (Option<i32>, String) {
    let ended = run(&mut clscope(arguments));
    assert_eq!(String::from_utf8(ended.stdout).unwrap(), "");
    assert_eq!(ended.stderr.trim_end().lines().count(), 1, "{}", ended.stderr);
    (ended.status, ended.stderr)
}

/// Animals and vehicles, in turn.
fn examples(folder: &Path) -> String {
    let line = |at: usize| match at % 2 {
        0 => format!("animal\tthe cat number {at} sat on a mat"),
        _ => format!("vehicle\ta bus number {at} ran on the road"),
    };
    let file = folder.join("labelled.tsv");
    fs::write(&file, (0..24).map(line).collect::<Vec<_>>().join("\n")).unwrap();
    file.display().to_string()
}

#[test]
fn a_probe_is_trained_and_predicts() {
    let folder = tempfile::tempdir().unwrap();
    let (file, probe) = (examples(folder.path()), folder.path().join("mine.probe").display().to_string());
    let train = ["probe", "train", &file, "--model", TINY, "--pooling", "mean", "--layer", "1", "--output", &probe];
    let table = done(&train);
    assert!(table.contains("accuracy") && table.contains("animal, vehicle"), "{table}");
    let form: Value = serde_json::from_slice(&fs::read(&probe).unwrap()).unwrap();
    assert_eq!((&form["name"], &form["pooling"], &form["layer"]), (&"mine".into(), &"mean".into(), &1.into()));
    // The same accuracy as evaluate has.
    let evaluated = done(&[
        "evaluate",
        &file,
        "--task",
        "classify",
        "--model",
        TINY,
        "--pooling",
        "mean",
        "--layer",
        "1",
        "--format",
        "tsv",
    ]);
    let accuracy: f64 = evaluated.lines().nth(1).unwrap().split('\t').nth(3).unwrap().parse().unwrap();
    let right = form["cross_validation"]["right"].as_f64().unwrap() / form["cross_validation"]["of"].as_f64().unwrap();
    assert!((accuracy - right).abs() < 1e-6, "{evaluated}");

    let texts = folder.path().join("texts.txt").display().to_string();
    fs::write(&texts, "the cat number 2 sat on a mat\n\na bus number 3 ran on the road\n").unwrap();
    let lines = done(&["predict", "--model", TINY, "--probe", &probe, "--file", &texts, "--format", "jsonl"]);
    let rows: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&rows[0]["label"], &rows[2]["label"]), (&"animal".into(), &"vehicle".into()), "{lines}");
    assert!(rows[1].get("labels").is_none() && rows[0]["head"] == "probe");
    let shares =
        |row: &Value| row["labels"].as_array().unwrap().iter().map(|it| it["score"].as_f64().unwrap()).sum::<f64>();
    assert!((shares(&rows[0]) - 1.0).abs() < 1e-6);
    assert_eq!((&rows[1]["probe"], &rows[0]["vector"]), (&"mine".into(), &"mean@1".into()));
    let picture = done(&["screenshot", "output", "--model", TINY, "--probe", &probe, "--text", "the cat sat"]);
    assert!(picture.contains("vehicle"), "the view shows it");
}

#[test]
fn a_probe_that_does_not_fit_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let (file, probe) = (examples(folder.path()), folder.path().join("mine.probe").display().to_string());
    done(&["probe", "train", &file, "--model", TINY, "--pooling", "cls", "--output", &probe]);
    let damaged = folder.path().join("damaged.probe").display().to_string();
    fs::write(&damaged, "{\"clscope_probe\": 1}").unwrap();
    let same = folder.path().join("same.tsv").display().to_string();
    fs::write(&same, (0..9).map(|at| format!("one\ttext {at}")).collect::<Vec<_>>().join("\n")).unwrap();
    let train = |more: &[&'static str]| [&["probe", "train"], more].concat();
    for (arguments, status, message) in [
        (vec!["predict", "a dog", "--model", TINY, "--probe", "feeling"], 1, "was trained on embedded"),
        (vec!["predict", "a dog", "--model", "embedded", "--probe", &probe], 1, "clscope probe train"),
        (vec!["predict", "a dog", "--model", TINY, "--probe", &damaged], 1, "is not a probe"),
        (vec!["predict", "a dog", "--model", TINY, "--probe", "/nowhere.probe"], 1, "cannot read the probe"),
        (vec!["predict", "a dog", "--model", TINY], 1, "--probe"),
        (vec!["--probe", "feeling", "trace", "a dog"], 2, "predict --probe"),
        (
            [&train(&[])[..], &[&file, "--pooling", "pooled", "--layer", "1", "--output", &damaged]].concat(),
            2,
            "last layer",
        ),
        ([&train(&[])[..], &[&same, "--pooling", "cls", "--output", &damaged]].concat(), 1, "one label"),
    ] {
        let (found, stderr) = refused(&arguments);
        assert_eq!(found, Some(status), "{arguments:?}: {stderr}");
        assert!(stderr.contains(message), "{arguments:?}: {stderr}");
    }
}

/// Probes of the same labels too: another vector, another name.
#[test]
fn a_run_of_another_probe_is_not_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (texts, output) = (path("texts.txt"), path("out.jsonl"));
    fs::write(&texts, "what a day\n\nI lost it\n").unwrap();
    let run_of = |probe: &str| {
        run(&mut clscope(&["predict", "--probe", probe, "--file", &texts, "--output", &output, "--resume"]))
    };
    assert_eq!(run_of("feeling").status, Some(0));
    let rows = fs::read_to_string(&output).unwrap();
    let own = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/config/probes/feeling-cls.probe")).unwrap();
    let mut other: Value = serde_json::from_slice(&own).unwrap();
    other["name"] = "mood".into();
    fs::write(path("mood.probe"), other.to_string()).unwrap();
    for probe in ["feeling-mean", "topic", &path("mood.probe")] {
        for kept in [rows.clone(), format!("{}\n", rows.lines().next().unwrap())] {
            fs::write(&output, &kept).unwrap();
            let ended = run_of(probe);
            assert_eq!(ended.status, Some(1), "{probe}: {}", ended.stderr);
            assert!(
                ended.stderr.contains("line 1 of") && ended.stderr.contains("leave out --resume"),
                "{}",
                ended.stderr
            );
            assert_eq!(fs::read_to_string(&output).unwrap(), kept);
        }
    }
    fs::write(&output, &rows[..rows.len() / 2]).unwrap();
    assert_eq!(run_of("feeling").status, Some(0));
    assert_eq!(fs::read_to_string(&output).unwrap(), rows);
}

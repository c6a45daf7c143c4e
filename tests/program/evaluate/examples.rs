//! Files of examples: every form, bad lines, and what cannot be evaluated.

use std::{
    fs,
    io::Write,
    process::{Command, Stdio},
};

use super::{LABELLED, PAIRS};
use crate::program::{Ended, TINY, clscope, misuse, one_line, run};

const PAIRS_OF: [&str; 7] = ["evaluate", "-", "--model", TINY, "--no-cache", "--bootstrap", "20"];
const LABELS_OF: [&str; 9] = ["evaluate", "-", "--model", TINY, "--no-cache", "--task", "classify", "--folds", "2"];

/// A run that reads this.
fn piped(arguments: &[&str], input: &str) -> Ended {
    let mut child = start(&mut clscope(arguments));
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    Ended { status: output.status.code(), stdout: output.stdout, stderr: String::from_utf8(output.stderr).unwrap() }
}

fn start(command: &mut Command) -> std::process::Child {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

#[test]
fn every_form_of_a_file_gives_one_table() {
    let tsv = fs::read_to_string(PAIRS).unwrap();
    let rows: Vec<Vec<&str>> = tsv.lines().skip(1).take(12).map(|line| line.split('\t').collect()).collect();
    let each = |line: fn(&[&str]) -> String| rows.iter().map(|row| line(row)).collect::<String>();
    let forms = [
        each(|row| format!("{}\n", row.join("\t"))),
        format!("a,b,how alike\n{}", each(|row| format!("\"{}\",\"{}\",{}\n", row[1], row[2], row[0]))),
        each(|row| format!("{}\n", serde_json::json!({"sentence1": row[1], "sentence2": row[2], "score": row[0]}))),
        format!("sentence_A;score;sentence_B\n{}", each(|row| format!("{};{};{}\n", row[1], row[0], row[2]))),
    ];
    let tables = forms.map(|form| piped(&PAIRS_OF, &form));
    for table in &tables {
        assert!(table.status == Some(0) && !table.stderr.contains("skipped"), "{}", table.stderr);
        assert_eq!(table.stdout, tables[0].stdout);
    }
    let table = String::from_utf8(tables[0].stdout.clone()).unwrap();
    assert!(
        table.contains("How closeness follows the scores of 12 pairs, with 95 % intervals of 20 resamples"),
        "{table}"
    );
}

#[test]
fn other_forms_come_out_too() {
    for format in ["tsv", "csv", "html", "json"] {
        let arguments = [&PAIRS_OF[..1], &[PAIRS], &PAIRS_OF[2..], &["--format", format]].concat();
        let table = String::from_utf8(run(&mut clscope(&arguments)).stdout).unwrap();
        assert!(table.contains("spearman") && table.contains("manhattan"), "{table}");
    }
}

#[test]
fn bad_lines_are_told_and_skipped_or_refused() {
    let input = "5\tthe cat\ta cat\nfour\ta\tb\n3\tthe dog\n1\t\tred\n0\tdog\triver\n4\tcat\tdog\n";
    let ended = piped(&PAIRS_OF, input);
    assert_eq!(ended.status, Some(0));
    let told: Vec<&str> = ended.stderr.lines().collect();
    assert_eq!(
        told,
        [
            "clscope: line 2 of - is skipped: the score \"four\" is not a number",
            "clscope: line 3 of - is skipped: it has no column 3",
            "clscope: line 4 of - is skipped: a sentence is empty",
            "clscope: 3 pairs are too few to rely on the correlations; give 10 or more",
        ]
    );
    assert!(String::from_utf8(ended.stdout).unwrap().contains("3 pairs"));
    let strict = one_line(&piped(&[&PAIRS_OF[..], &["--strict"]].concat(), input), 1);
    assert!(strict.starts_with("line 2 of -: the score"), "{strict}");
    let many = piped(&PAIRS_OF, &(input.to_owned() + &"x\ty\n".repeat(50)));
    assert!(many.stderr.lines().any(|line| line == "clscope: … and 33 more lines are skipped"));
}

#[test]
fn too_few_pairs_have_no_interval() {
    let json = [&PAIRS_OF[..], &["--format", "json"]].concat();
    let interval = |pairs: usize| {
        let input: String = (0..pairs).map(|at| format!("{at}\tthe cat sat {at}\ta dog ran\n")).collect();
        let ended = piped(&json, &input);
        assert_eq!(ended.stderr.contains(&format!("{pairs} pairs are too few")), pairs < 10, "{}", ended.stderr);
        let table: serde_json::Value = serde_json::from_slice(&ended.stdout).unwrap();
        let rows = table["tables"][0]["rows"].as_array().unwrap();
        rows.iter().any(|row| !row["spearman low"].is_null())
    };
    assert_eq!([2, 4, 10].map(interval), [false, true, true]);
}

#[test]
fn what_has_no_answer_is_refused_in_a_line() {
    let label = |label: &str, count| (0..count).map(|at| format!("{label}\tthe cat sat {at}\n")).collect::<String>();
    for (arguments, input, wanted) in [
        (&PAIRS_OF[..], "", "has no pairs"),
        (&PAIRS_OF[..], "5\ta\tb\n", "only one pair"),
        (&PAIRS_OF[..], "5\ta\tb\n5\tc\td\n", "the same score"),
        (&PAIRS_OF[..], &(label("x", 25) + &label("y", 5)), "take --task classify"),
        (&PAIRS_OF[..], &format!("label\ttext\n{}", label("x", 3)), "take --task classify"),
        (&LABELS_OF[..], "", "has no examples"),
        (&LABELS_OF[..], &label("x", 5), "one label only"),
        (&LABELS_OF[..], &(label("x", 5) + &label("y", 1)), "1 of the label \"y\", fewer than the 2 folds"),
    ] {
        let line = one_line(&piped(arguments, input), 1);
        assert!(line.contains(wanted), "{line}");
    }
    for (arguments, wanted) in [
        (&["evaluate", PAIRS, "--folds", "3"][..], "--folds belongs to"),
        (&["evaluate", LABELLED, "--task", "classify", "--bootstrap", "3"], "--bootstrap belongs to"),
        (&["evaluate", PAIRS, "--layer", "1", "--pooling", "pooled", "--model", TINY, "--no-cache"], "last layer only"),
    ] {
        assert!(misuse(arguments).contains(wanted));
    }
    let none = run(&mut clscope(&["evaluate", PAIRS, "--layer", "9", "--model", TINY, "--no-cache"]));
    assert!(one_line(&none, 1).contains("there is no layer 9; this model has 0, the embeddings, to 2"));
    let folds = one_line(&run(&mut clscope(&["evaluate", LABELLED, "--task", "classify", "--folds", "33"])), 1);
    assert!(folds.ends_with("fewer than the 33 folds; add more, or take --folds 32"), "{folds}");
}

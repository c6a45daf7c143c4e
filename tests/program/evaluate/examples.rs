//! Files of examples: every form, bad lines, and what cannot be evaluated.

use std::{
    fs,
    io::Write,
    process::{Command, Stdio},
};

use super::{LABELLED, PAIRS};
use crate::program::{Ended, TINY, clscope, first_rows, misuse, one_line, run, with};

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
    let tables = forms.map(|form| {
        let table = piped(&PAIRS_OF, &form);
        assert!(table.status == Some(0) && !table.stderr.contains("skipped"), "{}", table.stderr);
        String::from_utf8(table.stdout).unwrap()
    });
    // The first line says what was read, and each form has columns of its own.
    let numbers = |table: &str| table.split_once("\n").unwrap().1.to_owned();
    tables.iter().for_each(|table| assert_eq!(numbers(table), numbers(&tables[0])));
    assert!(tables[0].contains("score column: column 1 · text columns: column 2, column 3"), "{}", tables[0]);
    assert!(tables[3].contains("score column: score · text columns: sentence_A, sentence_B"), "{}", tables[3]);
    let table = &tables[0];
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
        assert!(table.contains("spearman") && table.contains("cosine") && !table.contains("manhattan"), "{table}");
        let table = String::from_utf8(run(&mut clscope(&with(&arguments, &["--metric", "manhattan"]))).stdout).unwrap();
        assert!(table.contains("manhattan") && !table.contains("cosine"), "{table}");
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
            "clscope: line 2 of standard input is skipped: the score \"four\" is not a number",
            "clscope: line 3 of standard input is skipped: it has no column 3",
            "clscope: line 4 of standard input is skipped: a sentence is empty",
            "clscope: 3 pairs are too few to rely on the correlations; give 10 or more",
        ]
    );
    assert!(String::from_utf8(ended.stdout).unwrap().contains("3 pairs"));
    let strict = one_line(&piped(&[&PAIRS_OF[..], &["--strict"]].concat(), input), 1);
    assert!(strict.starts_with("line 2 of standard input: the score"), "{strict}");
    let many = piped(&PAIRS_OF, &(input.to_owned() + &"x\ty\n".repeat(50)));
    assert!(many.stderr.lines().any(|line| line == "clscope: … and 33 more lines are skipped"));
}

#[test]
fn too_few_pairs_have_no_interval() {
    let json = [&PAIRS_OF[..], &["--format", "json"]].concat();
    let interval = |pairs: usize| {
        let input: String = (0..pairs).map(|at| format!("{}\tthe cat sat {at}\ta dog ran\n", at % 3)).collect();
        let ended = piped(&json, &input);
        assert_eq!(ended.stderr.contains(&format!("{pairs} pairs are too few")), pairs < 10, "{}", ended.stderr);
        let table: serde_json::Value = serde_json::from_slice(&ended.stdout).unwrap();
        let rows = first_rows(&table);
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
        (&PAIRS_OF[..], &(label("x", 25) + &label("y", 5)), "use --task classify"),
        (&PAIRS_OF[..], &format!("label\ttext\n{}", label("x", 3)), "use --task classify"),
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

/// Pairs of which the closer ones have 1, in a table with columns that look like scores and are none.
fn table(head: &str, row: impl Fn(usize, &str, &str, usize) -> String) -> String {
    const CLOSE: [(&str, &str); 4] = [
        ("the cat sat", "a cat sat"),
        ("a dog ran", "the dog ran"),
        ("red river", "river red"),
        ("big cat", "cat big"),
    ];
    const FAR: [(&str, &str); 4] =
        [("the cat sat", "river"), ("a dog ran", "red"), ("red river", "dog"), ("big cat", "sat river")];
    let pairs = CLOSE.iter().zip(FAR).flat_map(|(close, far)| [(*close, 1), (far, 0)]);
    let rows = pairs.enumerate().map(|(at, ((first, second), score))| row(at, first, second, score));
    head.to_owned() + &rows.collect::<String>()
}

#[test]
fn ids_line_numbers_and_constants_are_no_scores() {
    let wanted = table("", |_, first, second, score| format!("{score}\t{first}\t{second}\n"));
    let tsv = [&PAIRS_OF[..], &["--format", "tsv"]].concat();
    let wanted = piped(&tsv, &wanted).stdout;
    for (form, text) in [
        (
            "ids beside the texts",
            table("id\tqid1\tqid2\tquestion1\tquestion2\tis_duplicate\n", |at, first, second, score| {
                format!("{at}\t{}\t{}\t{first}\t{second}\t{score}\n", at * 2 + 1, at * 2 + 2)
            }),
        ),
        (
            "an index without a heading",
            table(",a,b,similar\n", |at, first, second, score| format!("{at},{first},{second},{score}\n")),
        ),
        (
            "a constant year",
            table("year;s1;s2;gold\n", |_, first, second, score| format!("2012;{first};{second};{score}\n")),
        ),
        (
            "True and False",
            table("sentence1,sentence2,duplicate\n", |_, first, second, score| {
                format!("{first},{second},{}\n", if score == 1 { "True" } else { "False" })
            }),
        ),
        (
            "an array of objects",
            format!(
                "[{}]",
                table("", |at, first, second, score| {
                    let object = serde_json::json!({"text1": first, "text2": second, "score": score});
                    format!("{}{object}", if at > 0 { "," } else { "" })
                })
            ),
        ),
    ] {
        let ended = piped(&tsv, &text);
        assert_eq!((ended.status, &ended.stdout), (Some(0), &wanted), "{form}: {}", ended.stderr);
        assert!(ended.stderr.contains("score column: "), "{form}: {}", ended.stderr);
    }
}

#[test]
fn columns_are_chosen_by_heading_or_number_and_doubts_refused() {
    let text = table("a\tb\trater one\trater two\n", |at, first, second, score| {
        format!("{first}\t{second}\t{score}\t{}\n", (at + score) % 3)
    });
    let refused = one_line(&piped(&PAIRS_OF, &text), 1);
    assert!(refused.contains("--score-column") && refused.contains("rater two"), "{refused}");
    let chosen = |column: &str| {
        let arguments = [&PAIRS_OF[..], &["--score-column", column, "--format", "json"]].concat();
        let ended = piped(&arguments, &text);
        assert_eq!(ended.status, Some(0), "{}", ended.stderr);
        let json: serde_json::Value = serde_json::from_slice(&ended.stdout).unwrap();
        assert_eq!(json["about"]["score column"], "rater two");
        ended.stdout
    };
    assert_eq!(chosen("rater two"), chosen("4"));
    let missing = one_line(&piped(&[&PAIRS_OF[..], &["--score-column", "rater three"]].concat(), &text), 1);
    assert!(missing.contains("rater three") && missing.contains("rater one"), "{missing}");
}

#[test]
fn a_quote_that_is_not_closed_is_an_error_with_its_line() {
    let text = "sentence1,sentence2,score\na cat,the cat,1\n\"a dog,the dog,0\nred,river,1\nbig,sat,0\n";
    let refused = one_line(&piped(&PAIRS_OF, text), 1);
    assert!(refused.contains("line 3") && refused.contains("quote"), "{refused}");
}

#[test]
fn a_language_is_no_label() {
    let rows: String = (0..12)
        .map(|at| format!("the cat sat {at},{},{}\n", ["ask", "tell", "thank"][at % 3], ["en", "de"][at % 2]))
        .collect();
    let arguments = [&LABELS_OF[..], &["--format", "json"]].concat();
    let ended = piped(&arguments, &format!("utt,intent,lang\n{rows}"));
    let json: serde_json::Value = serde_json::from_slice(&ended.stdout).unwrap_or_else(|_| panic!("{}", ended.stderr));
    assert_eq!(
        (&json["about"]["labels"], &json["about"]["label column"]),
        (&"ask, tell, thank".into(), &"intent".into())
    );
}

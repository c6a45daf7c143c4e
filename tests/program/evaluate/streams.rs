//! Lists longer than memory, and readers that leave.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    process::{Child, ChildStdout, Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{TINY, clscope, one_line, refusal, run, with};

const SIMILARITY: [&str; 6] = ["similarity", "--model", TINY, "--pooling", "mean", "--file"];
const EMBED: [&str; 5] = ["embed", "--model", TINY, "--no-cache", "--file"];

/// So many different lines.
fn list(count: usize) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.txt");
    let lines: String = (0..count).map(|at| format!("cat {at} ran to dog {}\n", at % 7)).collect();
    fs::write(&path, lines).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

/// Somebody who writes one line for ever.
fn endless() -> Child {
    Command::new("yes").arg("the cat sat").stdout(Stdio::piped()).spawn().unwrap()
}

/// Starts the program and takes the first lines of what it writes, then leaves; it ends quietly.
fn first_lines(arguments: &[&str], stdin: impl Into<Stdio>, count: usize) -> Vec<String> {
    let mut child = clscope(arguments);
    let mut child = child.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut output: BufReader<ChildStdout> = BufReader::new(child.stdout.take().unwrap());
    let lines = output.by_ref().lines().take(count).map(Result::unwrap).collect();
    drop(output);
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(0), "{}", String::from_utf8_lossy(&ended.stderr));
    lines
}

#[test]
fn a_reader_that_leaves_ends_a_long_comparison() {
    let (_folder, path) = list(3_000);
    for (format, first) in [("tsv", "a\tb\tmean"), ("json", "{"), ("table", "  1  cat 0 ran to dog 0")] {
        // 4.5 million pairs are 200 MB of text.
        let arguments = with(&SIMILARITY, &[&path, "--background", "none", "--format", format]);
        let mut child = clscope(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut output = child.stdout.take().unwrap();
        let mut bytes = vec![0; 40];
        output.read_exact(&mut bytes).unwrap();
        drop(output);
        assert_eq!(child.wait().unwrap().code(), Some(0), "{format}");
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with(first), "{text}");
    }
}

#[test]
fn more_pairs_than_can_be_held_are_refused_with_their_number() {
    let (_folder, path) = list(2_001);
    for more in [&["--format", "html"][..], &["--format", "npz"], &["--background", "en"]] {
        let refused = refusal(&[&SIMILARITY[..], &[&path], more].concat());
        assert!(refused.contains("2001 texts make 2001000 pairs") && refused.contains("2000"), "{refused}");
    }
    let mut writer = endless();
    let ended = run(clscope(&with(&SIMILARITY, &["-"])).stdin(writer.stdout.take().unwrap()));
    writer.wait().unwrap();
    let refused = one_line(&ended, 1);
    assert!(refused.contains("more than 20000 lines, which make 199990000 pairs"), "{refused}");
}

#[test]
fn an_endless_list_is_embedded_as_it_comes() {
    let mut writer = endless();
    let lines = first_lines(&with(&EMBED, &["-"]), writer.stdout.take().unwrap(), 500);
    writer.wait().unwrap();
    assert!(lines.iter().all(|line| *line == lines[0]) && lines.len() == 500);
}

#[test]
fn parts_make_the_same_file_as_each_alone() {
    let (_folder, path) = list(150);
    let mut text = fs::read_to_string(&path).unwrap();
    text.push_str("\ncat 3 ran to dog 3\n");
    fs::write(&path, &text).unwrap();
    let rows = |arguments: &[&str]| -> Vec<Value> {
        let ended = run(&mut clscope(arguments));
        assert_eq!(ended.status, Some(0), "{}", ended.stderr);
        String::from_utf8(ended.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let all = rows(&with(&EMBED, &[&path]));
    assert_eq!(all.len(), 152);
    assert!(all[150]["mean"].is_null() && all[151] == all[3]);
    for at in [0, 31, 32, 95, 96, 149] {
        let alone = rows(&["embed", "--model", TINY, "--no-cache", text.lines().nth(at).unwrap()]);
        let numbers = |row: &Value| -> Vec<f64> {
            row["mean"].as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
        };
        let apart = numbers(&all[at]).iter().zip(numbers(&alone[0])).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(apart < 1e-5, "row {at}: {apart}");
    }
}

#[test]
fn an_endless_list_that_is_held_is_refused() {
    for command in [
        &["mixing", "--file", "-"][..],
        &["similarity", "a", "b", "--background", "-"],
        &["screenshot", "sentences", "--file", "-"],
    ] {
        let mut writer = endless();
        let ended = run(clscope(&with(command, &["--model", TINY])).stdin(writer.stdout.take().unwrap()));
        writer.wait().unwrap();
        let refused = one_line(&ended, 1);
        assert!(refused.contains("more than 1000000 lines") && refused.contains("sample"), "{refused}");
    }
}

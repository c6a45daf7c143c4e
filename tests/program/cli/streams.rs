//! Readers that leave, full disks, and text that a terminal would obey.

use super::*;

/// Runs the program with something on standard input.
pub(super) fn piped(arguments: &[&str], input: &[u8]) -> Ended {
    let (reader, mut writer) = std::io::pipe().unwrap();
    writer.write_all(input).unwrap();
    drop(writer);
    run(clscope(arguments).stdin(reader))
}

// Streams.

#[test]
fn a_reader_that_leaves_is_no_failure() {
    // One that takes ten bytes of far more than a pipe holds.
    let mut child = clscope(&["trace", "A man is playing a guitar."])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut [0; 10]).unwrap();
    drop(stdout);
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), String::from_utf8_lossy(&ended.stderr).as_ref()), (Some(0), ""));

    // One that was never there.
    for arguments in [
        &["trace", "a", "--model", TINY][..],
        &["similarity", "a", "b", "--model", TINY],
        &["screenshot", "attention", "--model", TINY],
        &["config", "--print"],
        &["completions", "bash"],
        &["--help"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let child = clscope(arguments).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
        let ended = child.wait_with_output().unwrap();
        let stderr = String::from_utf8_lossy(&ended.stderr);
        assert_eq!((ended.status.code(), stderr.as_ref()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_a_failure() {
    let full = || fs::File::options().write(true).open("/dev/full").unwrap();
    for arguments in [&["trace", "a", "--model", TINY][..], &["config", "--print"], &["--help"], &["a", "--plain"]] {
        let child = clscope(arguments).stdout(full()).stderr(Stdio::piped()).spawn().unwrap();
        let ended = child.wait_with_output().unwrap();
        let stderr = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(1), "{arguments:?}");
        let remedy = "free some space, or name a file on another disk";
        assert_eq!(stderr, format!("clscope: cannot write to standard output: the disk is full; {remedy}\n"));
    }
}

/// Whether printing a text leaves it as it is, line breaks and tabs aside.
pub(super) fn is_printable(text: &str) -> bool {
    let text = text.replace(['\n', '\t'], "");
    printable(&text) == text
}

#[test]
fn nothing_a_terminal_obeys_gets_out() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join(HOSTILE);
    copy(TINY, &model);
    let model = model.to_str().unwrap();
    let long = format!("{HOSTILE} {TOO_LONG}");
    let listed = folder.path().join("sentences.txt");
    fs::write(&listed, format!("{HOSTILE}\0\nb\n")).unwrap();
    let listed = listed.to_str().unwrap();
    for arguments in [
        &["similarity", HOSTILE, &long, "--model", model][..],
        &["similarity", "--file", listed, "--model", TINY],
        &["screenshot", "attention", "--text", HOSTILE, "--pair", HOSTILE, "--model", model],
        &["screenshot", "pooling", "--text", HOSTILE, "--model", model],
        &["trace", "a", "--model", HOSTILE],
        &["trace", "a", "--output", &format!("/no/{HOSTILE}"), "--model", TINY],
        &["trace", "a", "--config", &format!("/no/{HOSTILE}")],
        &["similarity", "--file", &format!("/no/{HOSTILE}")],
        &["screenshot", "attention", "--model", TINY, "--keys", HOSTILE],
        &["similarity", "a", "b", "--pooling", "pooled", "--model", &format!("{model}/no")],
    ] {
        let ended = run(&mut clscope(arguments));
        assert!(is_printable(&ended.stderr), "{:?}", ended.stderr);
        let stdout = String::from_utf8(ended.stdout).unwrap();
        assert!(is_printable(&stdout), "{stdout:?}");
    }
    // A file of the model's that says more than it should.
    fs::write(Path::new(model).join("config.json"), format!("{{\"model_type\": {}}}", json!(HOSTILE))).unwrap();
    fs::write(Path::new(model).join("tokenizer.json"), HOSTILE).unwrap();
    assert!(is_printable(&refusal(&["trace", "a", "--model", model])));
    // What JSON itself escapes.
    let trace = text(&["trace", "a\u{1b}[31m\u{7}\r\u{8}", "--model", TINY]);
    assert!(is_printable(&trace));
    assert_eq!(serde_json::from_str::<Value>(&trace).unwrap()["text"], "a\u{1b}[31m\u{7}\r\u{8}");
    assert!(is_printable(&text(&["similarity", "a\u{9b}31m\u{1b}\u{7f}", "b", "--model", TINY, "--format", "tsv"])));
}

#[test]
fn json_escapes_all_that_a_terminal_obeys() {
    for arguments in [&["trace"][..], &["similarity", "b", "--format", "json"]] {
        let json = text(&with(arguments, &[HOSTILE, "--model", TINY]));
        assert!(is_printable(&json));
        assert!(json.contains("\\u009b"));
    }
}

#[test]
fn tsv_replaces_all_that_a_terminal_obeys() {
    assert!(is_printable(&text(&["similarity", HOSTILE, "b", "--model", TINY, "--format", "tsv"])));
}

#[test]
fn clap_repeats_nothing_that_a_terminal_obeys() {
    for arguments in [&["trace", "a", HOSTILE][..], &["trace", "a", "--format", HOSTILE], &[HOSTILE, HOSTILE]] {
        let said = misuse(arguments);
        assert!(is_printable(&said), "{said:?}");
    }
}

#[test]
fn a_message_keeps_its_remedy_however_long_the_value_is_that_it_repeats() {
    let long = format!("{}.png", "a".repeat(30_000));
    let told = run(&mut clscope(&["trace", "a", "--model", TINY, "--output", &long]));
    let line = one_line(&told, 2);
    assert!(
        line.len() < 7_000 && line.ends_with("or say which with --format"),
        "{} bytes: {}",
        line.len(),
        &line[..200]
    );
    assert!(line.starts_with("aaaa"), "{}", &line[..200]);
}

#[test]
fn more_threads_than_cores_are_not_started() {
    let trace = |threads: &str| {
        let mut command = clscope(&["trace", "a cat", "--model", TINY]);
        let ended = run(command.env("RAYON_NUM_THREADS", threads));
        assert_eq!(ended.status, Some(0), "{threads}: {}", ended.stderr);
        ended.stdout
    };
    let one = trace("1");
    assert!(["100000", "0", "many"].map(trace).iter().all(|other| *other == one));
}

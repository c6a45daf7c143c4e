//! The explorer as lines of text: what changes is said, once.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use crate::program::{TINY, clscope};

/// What is said to these lines.
fn said(command: &mut Command, lines: &str) -> String {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(lines.as_bytes());
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{stderr}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn one_change_is_one_line_and_nothing_moves_the_cursor() {
    let mut plain = clscope(&["The cat ran.", "--plain", "--model", TINY]);
    let all = said(&mut plain, ":down\n:f7\nA dog?\n:nothing\n:keys\n:numbers\n:q\nnever read\n");
    let lines: Vec<&str> = all.lines().collect();
    assert!(!all.contains('\u{1b}'), "{all}");
    assert_eq!(&lines[1..3], ["Sentence: The cat ran.", "View: Layers"], "{all}");
    assert_eq!(lines[3], "It shows: [CLS] looks at …, mean of heads", "{all}");
    // The layer below: the number under the cursor alone.
    assert!(lines[4].contains("layer 1") && lines[5].contains("layer 2"), "{all}");
    assert_eq!(lines[6], "View: Pooling", "{all}");
    assert!(all.contains("Sentence: A dog?") && all.contains("no key and no command nothing"), "{all}");
    assert!(all.contains(":edit-sentence: edit") && all.contains("cls |  | 1 | "), "{all}");
    assert!(!all.contains("never read"), "{all}");
}

#[test]
fn what_lies_around_every_view_is_told() {
    let mut plain = clscope(&["The cat ☕ ran.", "--plain"]);
    let all = said(&mut plain, ":-\n:u\n:f7\n:v\n:f10\n:v\n");
    let lines: Vec<&str> = all.lines().collect();
    let place =
        |start: &str| lines.iter().position(|line| line.starts_with(start)).unwrap_or_else(|| panic!("{start}: {all}"));
    assert!(place("⚠ 1 of 5 tokens are unknown") < place("View: Layers"), "{all}");
    assert!(place("ablated: layer 1 · cosine to unablated cls") < place("Nothing is ablated any more."), "{all}");
    assert!(place("Nothing that is told here has changed.") < place("View: Mixing"), "Pooling has one page: {all}");
    // Another page of a view.
    assert_eq!(lines.iter().filter(|line| line.starts_with("It shows: ")).count(), 4, "{all}");
    let long = said(&mut clscope(&[&"cat ".repeat(40), "--plain", "--model", TINY]), "");
    assert!(long.contains("truncated"), "{long}");
}

#[test]
fn what_is_no_text_is_refused_with_the_remedy() {
    for arguments in [&["a", "--plain", "--model", TINY][..], &["lesson", "two-outputs", "--lines", "--model", TINY]] {
        let mut child = clscope(arguments);
        let mut child = child.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let _ = child.stdin.take().unwrap().write_all(b"\xff\xfe\n");
        let ended = child.wait_with_output().unwrap();
        let stderr = String::from_utf8(ended.stderr).unwrap();
        let last = stderr.lines().last().unwrap_or_default();
        assert!(ended.status.code() == Some(1) && last.contains("answers are lines of UTF-8 text"), "{stderr}");
    }
}

#[test]
fn a_terminal_that_moves_no_cursor_and_a_lesson() {
    let mut dumb = clscope(&["lesson", "two-outputs", "--plain", "--lang", "zh", "--model", TINY]);
    let all = said(dumb.env("TERM", "dumb"), "2\n\n");
    for text in ["两个输出", "说法：", "你的预测是什么？", "对这个模型的结论：", "第 2 步"] {
        assert!(all.contains(text), "{text}\n{all}");
    }
    let mut dumb = clscope(&["The cat ran.", "--model", TINY]);
    assert!(said(dumb.env("TERM", "dumb"), "").contains("View: Layers"));
}

#[test]
fn nothing_that_is_typed_is_lost_without_a_word() {
    let mut plain = clscope(&["The cat ran.", "--plain", "--model", TINY]);
    let folder = tempfile::tempdir().unwrap();
    let lines = ":W\nA dog?\n:T\n:esc\n:help\nA fox?\n:restore-session\n:E\n:export-json\n:q\n";
    let all = said(plain.current_dir(folder.path()), lines);
    assert!(all.contains("Sentence: A dog?") && all.contains("Sentence: A fox?"), "{all}");
    assert!(all.contains("that is of a screen"), "{all}");
    for opened in ["Open: Lessons. :keys", "Open: Table.", "Open: Help.", "Open: Writing a file."] {
        assert!(all.contains(opened), "{opened}\n{all}");
    }
}

#[test]
fn an_empty_line_takes_what_is_chosen() {
    let mut plain = clscope(&["The cat ran.", "--plain", "--model", TINY]);
    let all = said(&mut plain, ":W\n\n:q\n");
    assert!(all.contains("Why [CLS]?"), "{all}");
}

#[test]
fn what_a_command_asks_for_is_the_next_line() {
    let mut plain = clscope(&["The cat ran.", "--plain", "--model", TINY]);
    let folder = tempfile::tempdir().unwrap();
    let lines = ":#\nIt looks at itself.\n:note\n2\n:/\nran\n:/\nnowhere\n:b\nA dog?\n:S\n:q\n";
    let all = said(plain.current_dir(folder.path()), lines);
    for text in ["The next line is the note.", "Note: It looks at itself.", "Note: 2", "ran: ", "not found"] {
        assert!(all.contains(text), "{text}\n{all}");
    }
    assert!(all.contains("A: The cat ran. · B: A dog?") && !all.contains("Sentence: It looks"), "{all}");
    let saved = std::fs::read_to_string(folder.path().join("clscope-session-1.toml")).unwrap();
    assert!(saved.contains("It looks at itself.\n2"), "{saved}");
    // Who opens it hears the notes.
    let mut opened = clscope(&["open", "clscope-session-1.toml", "--plain", "--model", TINY]);
    let all = said(opened.current_dir(folder.path()), ":q\n");
    assert!(all.contains("Note: It looks at itself.") && all.contains("Note: 2"), "{all}");
}

#[test]
fn all_that_a_session_lacks_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let session = "text = \"The cat ran.\"\nprobes = [\"gone-1.probe\", \"gone-2.probe\"]\n\
                   [[lesson]]\nname = \"gone-3\"\n[[lesson]]\nname = \"gone-4\"\n";
    std::fs::write(folder.path().join("it.toml"), session).unwrap();
    let mut opened = clscope(&["open", "it.toml", "--plain", "--model", TINY]);
    let all = said(opened.current_dir(folder.path()), ":q\n");
    for gone in ["gone-1.probe", "gone-2.probe", "\"gone-3\"", "\"gone-4\""] {
        assert!(all.contains(gone), "{gone}\n{all}");
    }
}

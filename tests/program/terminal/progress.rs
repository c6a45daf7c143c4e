//! What a command says of its progress on a terminal: one line, of the window's width at most, and gone at the end.

use std::fs;

use super::pty;
use pty::{Terminal, clscope};

#[test]
fn progress_is_one_line_that_makes_room() {
    for width in [100, 30] {
        let home = tempfile::tempdir().unwrap();
        let sentences: String = (0..400).map(|i| format!("the cat sat on mat number {i}\n")).collect();
        fs::write(home.path().join("in.txt"), sentences).unwrap();
        let arguments = ["embed", "--file", "in.txt", "--output", "out.jsonl", "--no-cache"];
        let terminal = Terminal::start_at(home.path(), clscope(arguments), (width, 10));
        // Its name is longer than half of the narrow window.
        let said = "all-MiniLM-L6-v2: 0 of 400 sentences";
        let shown = &said[..said.len().min(usize::from(width) - 1)];
        assert_eq!(terminal.wait_for_end().exit_code(), 0);
        // Under load nobody may have looked while it was on screen.
        pty::wait_until("the progress", || (!terminal.written().contains(shown)).then(|| terminal.written()));
        terminal.wait_for("an empty screen", |screen| screen.contents().trim().is_empty());
        let written = terminal.written();
        let is_cut = said.get(..=usize::from(width)).is_none_or(|longer| !written.contains(longer));
        assert!(is_cut && !written.contains('\n'), "not one line: {written:?}");
        assert_eq!(fs::read_to_string(home.path().join("out.jsonl")).unwrap().lines().count(), 400);
    }
}

//! Which room may import what (`ARCHITECTURE.md`).

use std::{fs, path::Path};

/// Every `.rs` file of a room, with its text.
fn files(room: &str) -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room);
    if path.is_file() {
        return vec![(room.to_owned(), fs::read_to_string(path).unwrap())];
    }
    let mut files: Vec<_> = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| (path.display().to_string(), fs::read_to_string(&path).unwrap()))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{room} is no room");
    files
}

#[test]
fn rooms_keep_to_themselves() {
    let never = [
        ("bert", &["ratatui", "crossterm", "crate::models", "crate::app", "crate::config", "crate::cli"][..]),
        ("models", &["ratatui", "crossterm", "crate::analysis", "crate::app", "crate::config", "crate::cli"]),
        ("analysis", &["ratatui", "crossterm", "burn::", "crate::models", "crate::app", "crate::config"]),
        ("app", &["ratatui", "crossterm", "burn::", "std::fs", "crate::models", "crate::ui", "crate::config"]),
        ("ui", &["crossterm", "burn::", "std::fs", "std::thread", "crate::worker", "crate::models"]),
        ("worker.rs", &["ratatui", "crossterm", "crate::ui", "crate::config", "crate::cli"]),
        ("config", &["crate::cli", "crate::export", "crate::terminal", "crate::ui", "crate::worker"]),
        ("export", &["crate::cli", "crate::config", "crate::terminal", "crate::app", "crate::ui"]),
        ("terminal.rs", &["crate::"]),
    ];
    for (room, forbidden) in never {
        for (name, text) in files(room) {
            for word in forbidden {
                assert!(!text.contains(word), "{name} mentions {word}, which {room} must not know");
            }
        }
    }
}

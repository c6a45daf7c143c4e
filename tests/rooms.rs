//! Which room may import what (`ARCHITECTURE.md`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Every `.rs` file of a room, however deep.
fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries = fs::read_dir(path).unwrap_or_else(|_| panic!("{} is no room", path.display()));
    let mut files: Vec<PathBuf> = entries.flat_map(|entry| files_of(entry.unwrap().path())).collect();
    files.sort();
    files
}

fn files_of(path: PathBuf) -> Vec<PathBuf> {
    if path.is_dir() || path.extension().is_some_and(|extension| extension == "rs") { files(&path) } else { Vec::new() }
}

/// The rooms a text takes from: what stands behind `crate::`, also within `crate::{ ... }`.
fn rooms_taken(text: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for (at, start) in text.match_indices("crate::") {
        let rest = &text[at + start.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            rooms.insert(name(rest));
            continue;
        };
        let mut depth = 1;
        let mut fresh = true;
        for (i, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => fresh = true,
                c if fresh && c.is_alphabetic() => {
                    rooms.insert(name(&group[i..]));
                    fresh = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    rooms
}

fn name(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn imports_are_found_alone_and_in_groups() {
    let text = "use crate::{\n    app::{App, Job},\n    bert::Trace,\n};\nlet x = crate::ui::draw();";
    assert_eq!(rooms_taken(text), ["app", "bert", "ui"].map(str::to_owned).into());
}

#[test]
fn rooms_keep_to_themselves() {
    // Each room, the rooms it may take from, and the libraries it must not know.
    let screens: &[&str] = &["ratatui::", "crossterm::"];
    let rooms: &[(&str, &[&str], &[&str])] = &[
        ("bert", &["bert", "guard"], screens),
        ("models", &["bert", "guard", "models"], screens),
        ("analysis", &["analysis", "bert"], &["ratatui::", "crossterm::", "burn::"]),
        (
            "app",
            &["analysis", "app", "background", "bert", "models"],
            &["ratatui::", "crossterm::", "burn::", "std::fs", "std::thread"],
        ),
        (
            "ui",
            &["analysis", "app", "bert", "config", "models", "printable", "ui"],
            &["crossterm::", "burn::", "std::fs", "std::thread"],
        ),
        ("background.rs", &[], screens),
        ("dataset", &["dataset", "guard", "printable"], &["ratatui::", "crossterm::", "burn::"]),
        ("embedding.rs", &["analysis", "bert"], screens),
        ("embedding", &["analysis", "bert"], screens),
        ("worker.rs", &["analysis", "app", "background", "bert", "embedding", "guard", "models", "worker"], screens),
        ("guard.rs", &[], screens),
        ("config", &["app", "bert", "config", "models"], &["burn::"]),
        ("session", &["analysis", "app", "bert", "config", "session"], screens),
        ("export", &["analysis", "bert", "export", "models", "printable"], &["crossterm::", "burn::", "std::fs"]),
        ("terminal.rs", &["terminal"], &["burn::"]),
        ("printable.rs", &["printable"], screens),
        ("explorer.rs", &["app", "bert", "config", "models", "session", "terminal", "ui", "worker"], &["burn::"]),
        ("explorer", &["app", "export", "ui"], &["burn::", "crossterm::"]),
    ];
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (room, allowed, forbidden) in rooms {
        let own = room.trim_end_matches(".rs");
        for file in files(&source.join(room)) {
            let text = fs::read_to_string(&file).unwrap();
            let name = file.display();
            for taken in rooms_taken(&text) {
                assert!(
                    taken == own || allowed.contains(&taken.as_str()),
                    "{name} takes from {taken}, which {room} must not"
                );
            }
            for library in *forbidden {
                assert!(!text.contains(library), "{name} mentions {library}, which {room} must not know");
            }
        }
    }
}

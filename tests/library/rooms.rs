//! Which room may import what (`ARCHITECTURE.md`).

use std::{
    collections::{BTreeMap, BTreeSet},
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
                c if fresh && (c.is_alphabetic() || c == '_') => {
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
    // What begins so is a macro, which the crate exports whatever room it is in.
    rooms.retain(|room| !room.starts_with("__"));
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

/// What rooms that draw must not know.
const DRAWING: &[&str] = &["crossterm::", "burn::", "std::fs", "std::thread"];
const SCREENS: &[&str] = &["ratatui::", "crossterm::"];
const WORLD: &[&str] = &["ratatui::", "crossterm::", "burn::", "std::fs", "std::thread"];

/// Each room, the other rooms it may take from, and the libraries it must not know.
const ROOMS: &[(&str, &[&str], &[&str])] = &[
    // It shares the heads among the cores.
    ("analysis", &["bert"], &["ratatui::", "crossterm::", "burn::", "std::fs"]),
    (
        "app",
        &[
            "analysis",
            "bert",
            "config",
            "export",
            "labels",
            "models",
            "printable",
            "state",
            "study",
            "views",
            "widgets",
        ],
        DRAWING,
    ),
    ("bert", &["guard"], SCREENS),
    (
        "cli",
        &[
            "analysis",
            "bert",
            "config",
            "dataset",
            "explorer",
            "export",
            "labels",
            "models",
            "printable",
            "session",
            "study",
        ],
        &["ratatui::", "burn::", "std::thread"],
    ),
    ("config", &["bert", "models", "state"], &["burn::"]),
    ("dataset", &["guard", "printable"], SCREENS),
    (
        "explorer",
        &[
            "app", "bert", "config", "export", "jobs", "models", "session", "study", "terminal", "views", "widgets",
            "worker",
        ],
        &["burn::"],
    ),
    ("export", &["analysis", "bert", "models", "printable"], &["crossterm::", "burn::", "std::fs", "std::thread"]),
    ("guard", &[], SCREENS),
    ("jobs", &["analysis", "bert", "guard", "models", "study"], WORLD),
    ("lib", &[], WORLD),
    ("main", &[], WORLD),
    ("labels", &["analysis", "bert", "study"], WORLD),
    ("messages", &[], WORLD),
    ("models", &["bert", "guard"], SCREENS),
    ("printable", &[], WORLD),
    ("session", &["analysis", "bert", "config", "state", "views"], SCREENS),
    // Vectors of one run are kept for the next in a file.
    ("study", &["analysis", "bert"], &["ratatui::", "crossterm::", "burn::", "std::thread"]),
    ("terminal", &[], &["burn::"]),
    ("state", &["analysis", "bert", "export", "jobs", "labels", "models", "study"], WORLD),
    ("views", &["analysis", "bert", "labels", "printable", "state", "widgets"], DRAWING),
    ("widgets", &["analysis", "bert", "config", "labels", "printable", "state"], DRAWING),
    ("worker", &["bert", "jobs", "models"], SCREENS),
];

/// The rooms there are: `name.rs`, `name/`, or both.
fn rooms(source: &Path) -> BTreeMap<String, Vec<PathBuf>> {
    let mut rooms = BTreeMap::<String, Vec<PathBuf>>::new();
    for entry in fs::read_dir(source).unwrap() {
        let path = entry.unwrap().path();
        let room = path.file_stem().unwrap().to_string_lossy().into_owned();
        rooms.entry(room).or_default().extend(files_of(path));
    }
    rooms
}

#[test]
fn every_room_is_known_and_keeps_to_itself() {
    let rooms = rooms(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    for (name, ..) in ROOMS {
        assert!(rooms.contains_key(*name), "there is no room {name} any more: take its row out of tests/rooms.rs");
    }
    let mut amiss = Vec::new();
    for (name, files) in rooms {
        let row = ROOMS.iter().find(|(room, ..)| *room == name);
        let (_, allowed, forbidden) = row.unwrap_or_else(|| panic!("room {name} has no row in tests/rooms.rs"));
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            let file = file.display();
            // What its unit tests take is their own affair.
            let text = text.split("#[cfg(test)]").next().unwrap();
            for taken in rooms_taken(text) {
                // Every room may speak to people.
                if taken != name && taken != "messages" && !allowed.contains(&taken.as_str()) {
                    amiss.push(format!("{file} takes from {taken}, which {name} must not"));
                }
            }
            for library in forbidden.iter().filter(|library| text.contains(**library)) {
                amiss.push(format!("{file} mentions {library}, which {name} must not know"));
            }
        }
    }
    assert!(amiss.is_empty(), "{}", amiss.join("\n"));
}

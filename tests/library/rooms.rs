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
            "lesson",
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
            "lesson",
            "models",
            "printable",
            "probe",
            "session",
            "study",
            "whole_file",
        ],
        &["ratatui::", "burn::", "std::thread"],
    ),
    ("config", &["bert", "export", "models", "state"], &["burn::"]),
    ("dataset", &["guard", "printable"], SCREENS),
    (
        "explorer",
        &[
            "analysis",
            "app",
            "bert",
            "config",
            "export",
            "jobs",
            "lesson",
            "models",
            "printable",
            "probe",
            "session",
            "study",
            "terminal",
            "views",
            "whole_file",
            "widgets",
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
    ("lesson", &["analysis", "bert", "config", "labels", "printable", "session", "state", "study", "views"], SCREENS),
    ("messages", &[], WORLD),
    ("models", &["bert", "guard", "whole_file"], SCREENS),
    ("printable", &[], WORLD),
    ("probe", &["analysis"], SCREENS),
    ("session", &["analysis", "bert", "config", "printable", "state", "views", "whole_file"], SCREENS),
    // Vectors of one run are kept for the next in a file.
    ("study", &["analysis", "bert"], &["ratatui::", "crossterm::", "burn::", "std::thread"]),
    ("terminal", &[], &["burn::"]),
    ("state", &["analysis", "bert", "export", "jobs", "labels", "models", "study"], WORLD),
    ("views", &["analysis", "bert", "labels", "printable", "state", "widgets"], DRAWING),
    ("whole_file", &[], SCREENS),
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

/// The types that a file declares at its outermost level: `struct`, `enum`, `trait`, `union`, `type`.
fn types(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let line = match line.strip_prefix("pub(") {
            Some(rest) => rest.split_once(") ")?.1,
            None => line.strip_prefix("pub ").unwrap_or(line),
        };
        let kinds = ["struct ", "enum ", "trait ", "union ", "type "];
        let rest = kinds.iter().find_map(|kind| line.strip_prefix(kind))?;
        rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()
    })
}

#[test]
fn two_types_never_share_a_name() {
    let text = "pub struct Plain;\npub(in crate::bert) enum Some<T> {\ntype Short = u8;\n    struct Inner;\n";
    assert_eq!(types(text).collect::<Vec<_>>(), ["Plain", "Some", "Short"]);
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in files(&source) {
        let text = fs::read_to_string(&path).unwrap();
        let file = path.strip_prefix(&source).unwrap().display().to_string();
        types(&text).for_each(|name| places.entry(name.to_owned()).or_default().push(file.clone()));
    }
    places.retain(|_, files| files.len() > 1);
    assert!(places.is_empty(), "{places:#?}");
}

#[test]
fn no_file_is_longer_than_400_lines() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let all = ["src", "tests"].into_iter().flat_map(|folder| files(&root.join(folder)));
    let lines = |path: &PathBuf| fs::read_to_string(path).unwrap().lines().count();
    let long: Vec<_> = all.map(|path| (lines(&path), path)).filter(|(lines, _)| *lines > 400).collect();
    assert!(long.is_empty(), "{long:#?}");
}

//! What a result may take the place of, and how much of it.

use std::{
    fs::{self, File},
    os::unix::fs::PermissionsExt,
    process::Command,
};

use super::{TEXT, names, on_a_full_disk};
use crate::program::{TINY, clscope, run};

/// The further tables of a result have names that nobody has written.
#[test]
fn further_tables_take_the_place_of_nothing_else() {
    let room = tempfile::tempdir().unwrap();
    let path = |name: &str| room.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("t-2.csv"), "id,text\n1,the cat sat\n2,a dog ran\n").unwrap();
    let (input, output) = (path("t-2.csv"), path("t.csv"));
    let command = ["mixing", "--file", &input, "--text-column", "text", "--model", TINY, "--output", &output];
    let ended = run(&mut clscope(&command));
    assert!(ended.status == Some(2) && ended.stderr.contains("t-2.csv is read by this command"), "{}", ended.stderr);
    assert_eq!(names(room.path()), ["t-2.csv"]);

    // A pipe would be waited for.
    let room = tempfile::tempdir().unwrap();
    let path = |name: &str| room.path().join(name).to_str().unwrap().to_owned();
    assert!(Command::new("mkfifo").arg(path("p-2.csv")).status().unwrap().success());
    let ended = run(&mut clscope(&["mixing", TEXT, "--model", TINY, "--output", &path("p.csv")]));
    assert!(ended.status == Some(0) && ended.stderr.contains("p-3.csv"), "{}", ended.stderr);

    for (extension, notes) in
        [("csv", "my notes, all of them\n"), ("svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")]
    {
        let room = tempfile::tempdir().unwrap();
        let path = |name: &str| room.path().join(format!("{name}.{extension}"));
        fs::write(path("r-2"), notes).unwrap();
        let output = path("r");
        let command = [
            "attention",
            TEXT,
            "--view",
            "heads",
            "--cut",
            "1.1",
            "--model",
            TINY,
            "--output",
            output.to_str().unwrap(),
        ];
        let mut found = Vec::new();
        for _ in 0..2 {
            let ended = run(&mut clscope(&command));
            assert_eq!(ended.status, Some(0), "{}", ended.stderr);
            assert!(ended.stderr.contains(path("r-3").to_str().unwrap()), "{}", ended.stderr);
            assert_eq!(fs::read_to_string(path("r-2")).unwrap(), notes, "{extension}");
            found.push(names(room.path()));
        }
        assert_eq!(found[0], found[1], "its own files are written again");
    }
}

/// The first table has room, a later one has not.
#[test]
fn all_tables_are_written_or_none() {
    let room = tempfile::tempdir().unwrap();
    let path = room.path().join("m.csv");
    let command = clscope(&["mixing", TEXT, "--model", TINY, "--output", path.to_str().unwrap()]);
    assert_eq!(on_a_full_disk(&command, 1_000_000).status, Some(0));
    let size = |name: &String| fs::metadata(room.path().join(name)).unwrap().len();
    let first = size(&"m.csv".to_owned());
    let written = names(room.path());
    let blocks = first / 512 + 1;
    assert!(written.len() > 5 && written.iter().any(|name| size(name) > blocks * 512), "{first}: {written:?}");
    written.iter().for_each(|name| fs::remove_file(room.path().join(name)).unwrap());
    fs::write(&path, "before").unwrap();
    let ended = on_a_full_disk(&command, u32::try_from(blocks).unwrap());
    assert_eq!(ended.status, Some(1), "{}", ended.stderr);
    assert_eq!(
        (names(room.path()), fs::read_to_string(&path).unwrap()),
        (vec!["m.csv".to_owned()], "before".to_owned())
    );
}

#[test]
fn what_is_read_as_standard_input_is_not_written_over() {
    let room = tempfile::tempdir().unwrap();
    let list = room.path().join("list.txt");
    let texts = "the cat sat\na dog ran\n";
    fs::write(&list, texts).unwrap();
    for command in
        [&["embed", "--file", "-", "--format", "jsonl"][..], &["similarity", "--file", "-", "--format", "json"]]
    {
        let mut child = clscope(command);
        child.args(["--model", TINY, "--output"]).arg(&list).stdin(File::open(&list).unwrap());
        let ended = run(&mut child);
        assert!(ended.status == Some(2) && ended.stderr.contains("would be lost"), "{command:?}: {}", ended.stderr);
        assert_eq!(fs::read_to_string(&list).unwrap(), texts);
    }
}

/// Who may read it, and that nobody may write it.
#[test]
fn a_file_keeps_its_permissions() {
    let room = tempfile::tempdir().unwrap();
    let path = room.path().join("a.csv");
    let mode = |mode: u32| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    let command =
        ["similarity", "a cat", "a dog", "--model", TINY, "--background", "none", "--output", path.to_str().unwrap()];
    for private in [0o600, 0o640] {
        fs::write(&path, "before").unwrap();
        mode(private);
        let ended = run(&mut clscope(&command));
        assert_eq!(ended.status, Some(0), "{}", ended.stderr);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, private);
    }
    let before = fs::read(&path).unwrap();
    mode(0o444);
    // Nothing is forbidden to root.
    if File::options().write(true).open(&path).is_err() {
        let ended = run(&mut clscope(&command));
        assert!(ended.status == Some(1) && ended.stderr.contains("cannot write"), "{}", ended.stderr);
        assert_eq!(fs::read(&path).unwrap(), before);
    }
}

//! Vectors that are kept for the next time.

use std::{
    fs::{self, File},
    path::Path,
    time::{Duration, SystemTime},
};

use serde_json::Value;

use super::PAIRS;
use crate::program::{TINY, clscope, remarks, run};

const EVALUATE: [&str; 6] = ["evaluate", PAIRS, "--model", TINY, "--bootstrap", "0"];

fn with_cache(arguments: &[&str], directory: &Path) -> Vec<u8> {
    let ended = run(clscope(arguments).env("XDG_CACHE_HOME", directory));
    // The tiny model reads 32 tokens; that is also known of a sentence whose vectors were kept.
    assert!(
        ended.status == Some(0) && remarks(&ended)[0].starts_with("clscope: 21 texts are truncated"),
        "{}",
        ended.stderr
    );
    assert_eq!(remarks(&ended).len(), 1);
    ended.stdout
}

fn kept(directory: &Path) -> Vec<std::path::PathBuf> {
    let files = fs::read_dir(directory.join("clscope/vectors")).unwrap();
    files.map(|file| file.unwrap().path()).collect()
}

#[test]
fn a_run_goes_on_where_another_was_broken_off() {
    let folder = tempfile::tempdir().unwrap();
    let first = with_cache(&EVALUATE, folder.path());
    let [file] = &kept(folder.path())[..] else { panic!("one file") };
    let whole = fs::read(file).unwrap();
    assert_eq!(with_cache(&EVALUATE, folder.path()), first);
    assert_eq!(fs::read(file).unwrap(), whole, "all was there");

    // Cut in the middle of a record, in the fingerprint, to nothing; a byte turned around here and there.
    for length in [whole.len() / 2 + 7, 20, 0] {
        fs::write(file, &whole[..length]).unwrap();
        assert_eq!(with_cache(&EVALUATE, folder.path()), first);
        assert_eq!(fs::metadata(file).unwrap().len(), whole.len() as u64);
    }
    for at in [0, 33, 40, whole.len() / 3, whole.len() - 1] {
        let mut damaged = whole.clone();
        damaged[at] ^= 0xff;
        fs::write(file, damaged).unwrap();
        assert_eq!(with_cache(&EVALUATE, folder.path()), first, "byte {at}");
        assert_eq!(fs::metadata(file).unwrap().len(), whole.len() as u64);
    }
    assert_eq!(kept(folder.path()).len(), 1);

    with_cache(&[&EVALUATE[..], &["--pooling", "mean"]].concat(), folder.path());
    assert_eq!(kept(folder.path()).len(), 2, "another choice of vectors, another file");
}

#[test]
fn nothing_is_kept_where_nobody_wants_it() {
    let folder = tempfile::tempdir().unwrap();
    with_cache(&[&EVALUATE[..], &["--no-cache"]].concat(), folder.path());
    assert!(!folder.path().join("clscope").exists());

    let file = folder.path().join("a file");
    fs::write(&file, "").unwrap();
    let ended = run(clscope(&EVALUATE).env("XDG_CACHE_HOME", &file));
    assert_eq!(ended.status, Some(0));
    assert!(remarks(&ended)[0].starts_with("clscope: vectors are not kept for the next time: "), "{}", ended.stderr);
}

#[test]
fn what_another_process_has_kept_is_read_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let embed = |texts: &[&str]| -> Vec<Value> {
        let arguments = [&["embed", "--model", TINY][..], texts].concat();
        let ended = run(clscope(&arguments).env("XDG_CACHE_HOME", folder.path()));
        assert_eq!((ended.status, ended.stderr.as_str()), (Some(0), ""));
        String::from_utf8(ended.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let first = embed(&["the cat"]);
    let [file] = &kept(folder.path())[..] else { panic!("one file") };
    // 16 bytes of fingerprint, then the record: its length, what it holds up to the last number, a checksum. A number that
    // no model gives shows where the second run has it from.
    let mut bytes = fs::read(file).unwrap();
    let end = bytes.len() - 4;
    bytes[end - 4..end].copy_from_slice(&42f32.to_le_bytes());
    let checksum = crc32fast::hash(&bytes[20..end]);
    bytes[end..].copy_from_slice(&checksum.to_le_bytes());
    fs::write(file, &bytes).unwrap();
    let second = embed(&["the cat", "a dog"]);
    let last = |line: &Value| line["mean"].as_array().unwrap().last().unwrap().as_f64().unwrap();
    assert!(last(&first[0]) != 42.0 && last(&second[0]) == 42.0, "{second:?}");
    let after = fs::read(file).unwrap();
    assert!(after.starts_with(&bytes) && after.len() > bytes.len(), "what is new is added, nothing is written again");
    assert_eq!(embed(&["a dog", "the cat"]), [second[1].clone(), second[0].clone()]);
    assert_eq!(fs::read(file).unwrap(), after);
}

#[test]
fn what_is_kept_has_a_bound() {
    /// Half of what all files together may have; holes take no room on the disk.
    const HALF: u64 = 1 << 29;
    let folder = tempfile::tempdir().unwrap();
    let directory = folder.path().join("clscope/vectors");
    fs::create_dir_all(&directory).unwrap();
    for (name, age) in [("oldest", 300), ("older", 200), ("old", 100)] {
        let file = File::create(directory.join(name)).unwrap();
        file.set_len(HALF / 2 + 1).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(age)).unwrap();
    }
    run(clscope(&["embed", "the cat", "--model", TINY]).env("XDG_CACHE_HOME", folder.path()));
    let names: Vec<_> = kept(folder.path()).iter().map(|path| path.file_name().unwrap().to_owned()).collect();
    assert!(names.len() == 2 && names.iter().any(|name| name == "old"), "the oldest give way: {names:?}");
}

#[test]
fn weights_of_the_same_size_and_time_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("model");
    fs::create_dir(&model).unwrap();
    for file in fs::read_dir(TINY).unwrap().map(|file| file.unwrap().path()).filter(|path| path.is_file()) {
        fs::copy(&file, model.join(file.file_name().unwrap())).unwrap();
    }
    let weights = model.join("model.safetensors");
    let embed = || -> Value {
        let arguments = ["embed", "the cat", "--pooling", "mean", "--model", model.to_str().unwrap()];
        let ended = run(clscope(&arguments).env("XDG_CACHE_HOME", folder.path()));
        assert_eq!(ended.status, Some(0), "{}", ended.stderr);
        serde_json::from_slice(&ended.stdout).unwrap()
    };
    let first = embed();
    assert_eq!(embed(), first);
    let (mut bytes, time) = (fs::read(&weights).unwrap(), fs::metadata(&weights).unwrap().modified().unwrap());
    let last = bytes.len() - 400;
    bytes[last..].fill(0);
    fs::write(&weights, bytes).unwrap();
    File::options().write(true).open(&weights).unwrap().set_modified(time).unwrap();
    embed();
    assert_eq!(kept(folder.path()).len(), 2, "other weights, another file");
}

#[test]
fn a_second_query_over_a_list_reads_the_query_alone() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list.txt");
    fs::write(&list, "the cat sat\na dog ran\nthe cat sat\na river\n").unwrap();
    let at = |arguments: &[&str]| {
        let ended = run(clscope(arguments)
            .args(["--model", TINY, "--pooling", "mean", "--file"])
            .arg(&list)
            .env("XDG_CACHE_HOME", folder.path()));
        assert!(ended.status == Some(0) && remarks(&ended).is_empty(), "{}", ended.stderr);
        ended.stdout
    };
    let size = || fs::metadata(&kept(folder.path())[0]).unwrap().len();
    let query = ["similarity", "--query", "a cat"];
    let first = at(&query);
    let of_list = size();
    assert_eq!(at(&query), first);
    assert_eq!(size(), of_list, "nothing new");
    at(&["similarity", "--query", "another cat"]);
    let of_both = size();
    assert!(of_both > of_list);
    at(&["embed"]);
    assert_eq!((kept(folder.path()).len(), size()), (1, of_both), "one file for both commands");
    at(&["similarity", "--query", "a third cat", "--no-cache"]);
    assert_eq!(size(), of_both);
}

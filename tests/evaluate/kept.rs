//! Vectors that are kept for the next time.

use std::{fs, path::Path};

use super::PAIRS;
use crate::program::{TINY, clscope, run};

const EVALUATE: [&str; 6] = ["evaluate", PAIRS, "--model", TINY, "--bootstrap", "0"];

fn with_cache(arguments: &[&str], directory: &Path) -> Vec<u8> {
    let ended = run(clscope(arguments).env("XDG_CACHE_HOME", directory));
    // The tiny model reads 32 tokens; that is also known of a sentence whose vectors were kept.
    assert!(ended.status == Some(0) && ended.stderr.starts_with("clscope: 21 sentences have"), "{}", ended.stderr);
    assert_eq!(ended.stderr.lines().count(), 1);
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
    assert!(ended.stderr.starts_with("clscope: vectors are not kept for the next time: "), "{}", ended.stderr);
}

//! The files of several tables: `name.csv`, then `name-2.csv`. The first is named by the user; the others must not take the place of something
//! else that happens to be called so.

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
};

/// How the file of a number is called, from 1.
pub(super) fn numbered_path(path: &Path, number: usize) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().map_or_else(String::new, |extension| format!(".{}", extension.to_string_lossy()));
    match number {
        1 => path.to_owned(),
        number => path.with_file_name(format!("{stem}-{number}{extension}")),
    }
}

/// A file for each of some tables, of which it is known how their files begin. A number is passed over where there is a file that begins
/// otherwise: it is none that an earlier run has left.
pub(super) fn paths(path: &Path, beginnings: &[Vec<u8>]) -> Vec<PathBuf> {
    let mut numbers = 1..;
    let next = |beginning: &Vec<u8>| {
        let is_file = |at: &PathBuf| fs::metadata(at).is_ok_and(|there| there.is_file());
        let is_free = |at: &PathBuf| {
            at == path || fs::symlink_metadata(at).is_err() || is_file(at) && begins_alike(at, beginning)
        };
        numbers.by_ref().map(|number| numbered_path(path, number)).find(is_free)
    };
    beginnings.iter().filter_map(next).collect()
}

/// Whether a file begins so, numbers aside.
fn begins_alike(path: &Path, beginning: &[u8]) -> bool {
    let without_numbers = |bytes: &[u8]| -> Vec<u8> {
        bytes.iter().copied().filter(|byte| !byte.is_ascii_digit() && *byte != b'.').collect()
    };
    let mut there = Vec::new();
    let read = File::open(path).and_then(|file| file.take(2 * beginning.len() as u64 + 64).read_to_end(&mut there));
    read.is_ok() && without_numbers(&there).starts_with(&without_numbers(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_something_else_is_passed_over() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        fs::write(at("a.csv"), "named by the user").unwrap();
        fs::write(at("a-2.csv"), "id,text\n1,a ticket\n").unwrap();
        fs::write(at("a-3.csv"), "layer,head 12\n1,0.5\n").unwrap();
        std::os::unix::fs::symlink(at("nowhere"), at("a-4.csv")).unwrap();
        fs::create_dir(at("a-5.csv")).unwrap();
        let beginnings = ["token,1.5\n", "layer,head 1\n", "layer,share\n"].map(|it| it.as_bytes().to_vec());
        assert_eq!(paths(&at("a.csv"), &beginnings), ["a.csv", "a-3.csv", "a-6.csv"].map(at));
    }
}

//! Files that are there whole or not at all: what is killed, or finds the disk full, leaves what was there before.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    time::Duration,
};

/// Puts a file in the place of the one before, if there is one.
///
/// # Errors
/// When the system refuses; the file before is still there then.
pub(crate) fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
    let part = part(path);
    let written = write(&part, contents).and_then(|()| fs::rename(&part, path));
    written.inspect_err(|_| drop(fs::remove_file(&part)))
}

/// Writes a file that is not there yet.
///
/// # Errors
/// When there is one of the name (`AlreadyExists`), or the system refuses.
pub(crate) fn create(path: &Path, contents: &[u8]) -> io::Result<()> {
    if path.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let part = part(path);
    let written = write(&part, contents).and_then(|()| match fs::hard_link(&part, path) {
        Ok(()) => fs::remove_file(&part),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        // Some disks have no links.
        Err(_) => fs::rename(&part, path),
    });
    written.inspect_err(|_| drop(fs::remove_file(&part)))
}

/// Where a file is written until it is whole.
pub(crate) fn part(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    name.into()
}

fn write(part: &Path, contents: &[u8]) -> io::Result<()> {
    File::create(part)?.write_all(contents)
}

/// Removes what others that were killed have begun in a folder of clscope's own.
pub(crate) fn sweep(folder: &Path) {
    const OLD: Duration = Duration::from_secs(3600);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let modified = entry.metadata().and_then(|about| about.modified());
        let is_old = modified.is_ok_and(|time| time.elapsed().is_ok_and(|age| age > OLD));
        if is_old && entry.path().extension().is_some_and(|extension| extension == "part") {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_or_left_alone() {
        let room = tempfile::tempdir().unwrap();
        let path = room.path().join("a.toml");
        for contents in ["first", "the second"] {
            replace(&path, contents.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), contents);
        }
        assert_eq!(create(&path, b"third").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&path).unwrap(), "the second");
        create(&room.path().join("b.toml"), b"new").unwrap();
        // A folder in the way.
        fs::create_dir(room.path().join("c.toml")).unwrap();
        assert!(replace(&room.path().join("c.toml"), b"x").is_err());
        assert!(create(&room.path().join("c.toml"), b"x").is_err());
        assert_eq!(names(room.path()), ["a.toml", "b.toml", "c.toml"]);
    }

    #[test]
    fn what_was_begun_long_ago_goes() {
        let room = tempfile::tempdir().unwrap();
        for (name, hours) in [("a.1.part", 2), ("b.2.part", 0), ("c.toml", 2)] {
            let file = File::create(room.path().join(name)).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(3600 * hours + 60)).unwrap();
        }
        sweep(room.path());
        assert_eq!(names(room.path()), ["b.2.part", "c.toml"]);
    }
}

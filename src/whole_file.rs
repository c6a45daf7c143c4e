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
    let begun = BegunFile::beside(path)?;
    begun.file().write_all(contents)?;
    begun.replace()
}

/// Writes a file that is not there yet.
///
/// # Errors
/// When there is one of the name (`AlreadyExists`), or the system refuses.
pub(crate) fn create(path: &Path, contents: &[u8]) -> io::Result<()> {
    if path.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let begun = BegunFile::beside(path)?;
    begun.file().write_all(contents)?;
    begun.create()
}

/// A file that is not whole yet. Until it is, it has no name, so that nothing is left of it whatever ends the program; where
/// the system knows no files without names, it stands beside its place as `NAME.PID.part`, and goes with this.
pub(crate) struct BegunFile {
    file: File,
    path: PathBuf,
    /// While it has a name.
    part: Option<PathBuf>,
}

impl BegunFile {
    /// Begins the file that will be at `path`, or where a link there leads; whoever may read and write the one before may do so with it.
    ///
    /// # Errors
    /// When the system refuses, or would refuse to write into the file that is there.
    pub(crate) fn beside(path: &Path) -> io::Result<Self> {
        let path = followed(path)?;
        let before = fs::metadata(&path).ok().filter(fs::Metadata::is_file);
        if before.is_some() {
            File::options().write(true).open(&path)?;
        }
        let begun = match nameless(&path) {
            Some(file) => Self { file, path, part: None },
            None => {
                let part = part(&path);
                Self { file: File::create(&part)?, path, part: Some(part) }
            }
        };
        if let Some(before) = before {
            begun.file.set_permissions(before.permissions())?;
        }
        Ok(begun)
    }

    /// What it is written through.
    pub(crate) fn file(&self) -> &File {
        &self.file
    }

    /// It is whole: it takes its place, from another if there is one.
    ///
    /// # Errors
    /// When the system refuses.
    pub(crate) fn replace(mut self) -> io::Result<()> {
        if self.part.is_none() {
            let part = part(&self.path);
            // Of a program that was killed and had the same number.
            let _ = fs::remove_file(&part);
            name(&self.file, &part)?;
            self.part = Some(part);
        }
        let Some(part) = &self.part else { return Ok(()) };
        fs::rename(part, &self.path)?;
        self.part = None;
        Ok(())
    }

    /// It is whole: it takes its place, unless there is another.
    fn create(mut self) -> io::Result<()> {
        let Some(part) = &self.part else { return name(&self.file, &self.path) };
        match fs::hard_link(part, &self.path) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
            // Some disks have no links.
            Err(_) => {
                fs::rename(part, &self.path)?;
                self.part = None;
                Ok(())
            }
        }
    }
}

impl Drop for BegunFile {
    fn drop(&mut self) {
        if let Some(part) = self.part.take() {
            let _ = fs::remove_file(part);
        }
    }
}

/// Where a link leads, if it is one: it stays a link when the file is replaced. The file need not be there.
fn followed(path: &Path) -> io::Result<PathBuf> {
    /// As many as Linux follows.
    const MOST: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST {
        let Ok(target) = fs::read_link(&path) else { return Ok(path) };
        path = path.parent().unwrap_or(Path::new("")).join(target);
    }
    // Links in a ring: the system says so.
    fs::metadata(&path).map(|_| path)
}

/// Where a file is written until it is whole, if it needs a name.
fn part(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    name.into()
}

/// A new file on the disk of this one, without a name; none where the system has none, or could not name it later.
#[cfg(target_os = "linux")]
fn nameless(path: &Path) -> Option<File> {
    use rustix::fs::{Mode, OFlags, open};
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    let file = File::from(open(folder, flags, Mode::from_raw_mode(0o666)).ok()?);
    descriptor(&file).exists().then_some(file)
}

#[cfg(not(target_os = "linux"))]
fn nameless(_: &Path) -> Option<File> {
    None
}

/// Gives a file without a name one that is free.
#[cfg(target_os = "linux")]
fn name(file: &File, path: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};
    Ok(linkat(CWD, descriptor(file), CWD, path, AtFlags::SYMLINK_FOLLOW)?)
}

#[cfg(not(target_os = "linux"))]
fn name(_: &File, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(target_os = "linux")]
fn descriptor(file: &File) -> PathBuf {
    use std::os::fd::AsRawFd;
    PathBuf::from(format!("/proc/self/fd/{}", file.as_raw_fd()))
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
    fn what_is_begun_leaves_nothing() {
        let room = tempfile::tempdir().unwrap();
        let begun = BegunFile::beside(&room.path().join("a.csv")).unwrap();
        begun.file().write_all(b"half").unwrap();
        // On a disk that knows files without names not even while it is written.
        assert_eq!(names(room.path()).len(), usize::from(begun.part.is_some()));
        drop(begun);
        assert!(names(room.path()).is_empty());
        assert!(BegunFile::beside(&room.path().join("none/a.csv")).is_err());
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

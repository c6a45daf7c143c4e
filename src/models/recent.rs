use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::whole_file;

/// The models opened last, newest first: a file with a name a line, as `--model` takes it.
#[derive(Clone, Debug, Default)]
pub struct Recent {
    file: Option<PathBuf>,
}

impl Recent {
    /// More than a list shows.
    const MOST: usize = 20;
    /// No honest file is longer.
    const LARGEST: u64 = 100_000;

    /// Kept in this file; without one, nothing is remembered.
    pub fn new(file: Option<PathBuf>) -> Self {
        Self { file }
    }

    /// Their names, newest first; none where the file cannot be read, which only costs the order of a list.
    pub fn names(&self) -> Vec<String> {
        let Some(file) = &self.file else { return Vec::new() };
        let small = fs::metadata(file).is_ok_and(|meta| meta.is_file() && meta.len() <= Self::LARGEST);
        let text = if small { fs::read_to_string(file).unwrap_or_default() } else { String::new() };
        text.lines().filter(|line| !line.is_empty()).take(Self::MOST).map(str::to_owned).collect()
    }

    /// Puts a name first.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn note(&self, name: &str) -> io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        // A directory's name may hold anything, a line break too.
        if name.is_empty() || name.contains(['\n', '\r']) {
            return Ok(());
        }
        let before = self.names();
        if before.first().is_some_and(|first| first == name) {
            return Ok(());
        }
        let names = std::iter::once(name).chain(before.iter().map(String::as_str).filter(|other| *other != name));
        let text: String = names.take(Self::MOST).map(|name| format!("{name}\n")).collect();
        let folder = file.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        whole_file::sweep(folder);
        whole_file::replace(file, text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_comes_first_and_once() {
        let home = tempfile::tempdir().unwrap();
        let recent = Recent::new(Some(home.path().join("clscope/recent-models")));
        assert_eq!(recent.names(), [""; 0]);
        for name in ["a", "b", "a\nb", "", "a", "c"] {
            recent.note(name).unwrap();
        }
        assert_eq!(recent.names(), ["c", "a", "b"]);
        (0..30).for_each(|i| recent.note(&i.to_string()).unwrap());
        assert_eq!(recent.names().len(), Recent::MOST);
        assert_eq!(Recent::new(None).names(), [""; 0]);
    }
}

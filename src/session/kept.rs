//! The sessions that are kept: one for each time the explorer ran, the newest ten.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process,
    time::{SystemTime, UNIX_EPOCH},
};

use super::{SessionError, read, text};
use crate::{messages::message, state::Session, whole_file};

/// The folder they lie in, and the file of this run. Two explorers that run at once write to two files.
#[derive(Clone, Debug)]
pub struct KeptSessions {
    folder: PathBuf,
    own: PathBuf,
}

/// A session that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSession {
    /// Its file.
    pub path: PathBuf,
    /// When it was written.
    pub written: SystemTime,
}

impl KeptSession {
    /// How long ago it was written: `5 minutes ago`.
    pub fn age(&self) -> String {
        let minutes = self.written.elapsed().unwrap_or_default().as_secs() / 60;
        match (minutes, minutes / 60) {
            (0, _) => message!("session-age-now"),
            (minutes, 0) => message!("session-age-minutes", count = minutes),
            (_, hours @ ..48) => message!("session-age-hours", count = hours),
            (_, hours) => message!("session-age-days", count = hours / 24),
        }
    }
}

impl KeptSessions {
    /// So many are kept.
    pub const MOST: usize = 10;

    /// Those in a folder; it is made when the first is written.
    pub fn new(folder: PathBuf) -> Self {
        let started = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        let own = folder.join(format!("{started}-{}.toml", process::id()));
        Self { folder, own }
    }

    /// Those of other runs, the newest first.
    pub fn others(&self) -> Vec<KeptSession> {
        // Where a clscope of before kept the only one.
        let single = self.folder.with_file_name("session.toml");
        let files =
            fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|entry| entry.path()).chain([single]);
        let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
        let kept = |path: PathBuf| {
            let about = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
            Some(KeptSession { written: about.modified().ok()?, path })
        };
        let mut kept: Vec<KeptSession> = files.filter(|path| *path != self.own).filter_map(kept).collect();
        kept.sort_by(|a, b| (b.written, &b.path).cmp(&(a.written, &a.path)));
        kept
    }

    /// The newest of other runs.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn last(&self) -> Result<Session, SessionError> {
        read(&self.others().first().ok_or(SessionError::NoneKept)?.path)
    }

    /// Keeps a session as that of this run, in the place of the one before, which is there until the new one is whole.
    /// Others that are the same, and those beyond the newest ten, go.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn keep(&self, session: &Session) -> Result<(), SessionError> {
        let written = fs::create_dir_all(&self.folder).and_then(|()| text(session)).and_then(|text| {
            whole_file::replace(&self.own, text.as_bytes())?;
            Ok(text)
        });
        let unwritable = |source| SessionError::Unwritable { file: self.own.display().to_string(), source };
        let text = written.map_err(unwritable)?;
        whole_file::sweep(&self.folder);
        for (at, other) in self.others().iter().enumerate() {
            let is_old = at + 1 >= Self::MOST;
            if is_old || is_same(&other.path, &text).unwrap_or(false) {
                let _ = fs::remove_file(&other.path);
            }
        }
        Ok(())
    }
}

fn is_same(path: &Path, text: &str) -> io::Result<bool> {
    Ok(fs::metadata(path)?.len() == text.len() as u64 && fs::read(path)? == text.as_bytes())
}

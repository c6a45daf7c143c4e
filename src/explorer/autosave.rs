//! Keeps the session while the explorer runs, so that a process that is killed loses seconds.

use std::{
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use crate::{
    app::{App, Session},
    session::KeptSessions,
};

/// What is kept, and when it is kept again: never while nothing changes.
#[derive(Debug)]
pub(super) struct Autosave<'k> {
    kept: Option<&'k KeptSessions>,
    due: Option<Instant>,
    saved: Option<Session>,
    writing: Option<JoinHandle<()>>,
}

impl<'k> Autosave<'k> {
    /// From a change on.
    const REST: Duration = Duration::from_secs(5);

    pub(super) fn new(kept: Option<&'k KeptSessions>) -> Self {
        Self { kept, due: None, saved: None, writing: None }
    }

    /// Something may have changed.
    pub(super) fn touch(&mut self) {
        if self.kept.is_some() && self.due.is_none() {
            self.due = Some(Instant::now() + Self::REST);
        }
    }

    /// When it is to be kept.
    pub(super) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Keeps it behind the screen, if it has changed. What fails is said when the explorer is left, and it is tried again.
    pub(super) fn save(&mut self, app: &App) {
        self.due = None;
        let Some(kept) = self.kept.filter(|_| !app.is_empty() || !app.list.is_empty()) else { return };
        if self.writing.as_ref().is_some_and(|writing| !writing.is_finished()) {
            return self.touch();
        }
        let session = app.session();
        if self.saved.as_ref() != Some(&session) {
            let (kept, saved) = (kept.clone(), session.clone());
            self.writing = Some(thread::spawn(move || drop(kept.keep(&saved))));
            self.saved = Some(session);
        }
    }
}

impl Drop for Autosave<'_> {
    /// The session as it is left is kept after that.
    fn drop(&mut self) {
        self.writing.take().map(JoinHandle::join);
    }
}

use std::{
    fs::File,
    io::{self, Write},
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::models::progress::Progress;

/// What the thread and the one who waits for it both see.
#[derive(Debug, Default)]
pub(in crate::models::hub) struct TransferState(Mutex<Shared>);

#[derive(Debug, Default)]
pub(super) struct Shared {
    pub(super) progress: Progress,
    /// Grows with everything that happens besides bytes.
    step: u64,
    pub(super) abandoned: bool,
    /// Holds the lock on the file that is coming; dropping it lets go.
    pub(super) lock: Option<File>,
}

impl TransferState {
    pub(super) fn lock(&self) -> MutexGuard<'_, Shared> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How far it is, and the number of the step it is at.
    pub(in crate::models::hub) fn progress(&self) -> (u64, Progress) {
        let shared = self.lock();
        (shared.step, shared.progress.clone())
    }

    /// Nobody waits for it any more. The thread may still wait for the network; it will not write another byte, and
    /// others may go on with the file.
    pub(in crate::models::hub) fn abandon(&self) {
        let mut shared = self.lock();
        shared.abandoned = true;
        shared.lock = None;
    }

    pub(super) fn step(&self, waiting: Option<String>) {
        let mut shared = self.lock();
        shared.step += 1;
        shared.progress.waiting = waiting;
    }

    /// So many bytes are here, without having come just now.
    pub(super) fn begin(&self, done: u64) {
        let mut shared = self.lock();
        shared.progress.done = done;
        shared.progress.waiting = None;
        shared.step += 1;
    }

    /// Cuts a file, unless nobody wants it any more and it may be another's.
    pub(super) fn truncate(&self, file: &File, length: u64) -> Result<(), Stopped> {
        let shared = self.lock();
        match shared.abandoned {
            true => Err(Stopped::Abandoned),
            false => file.set_len(length).map_err(Stopped::Disk),
        }
    }

    /// Gives a file that is whole its name, unless nobody wants it any more; lets go of its lock.
    pub(super) fn finish(&self, rename: impl FnOnce() -> io::Result<()>) -> Result<(), Stopped> {
        let mut shared = self.lock();
        if shared.abandoned {
            return Err(Stopped::Abandoned);
        }
        shared.lock = None;
        rename().map_err(Stopped::Disk)
    }

    /// Writes bytes that have come, unless nobody wants them any more.
    pub(super) fn write(&self, file: &mut File, bytes: &[u8]) -> Result<(), Stopped> {
        let mut shared = self.lock();
        if shared.abandoned {
            return Err(Stopped::Abandoned);
        }
        file.write_all(bytes).map_err(Stopped::Disk)?;
        shared.progress.done += bytes.len() as u64;
        Ok(())
    }
}

/// Why a byte that came was not written.
pub(super) enum Stopped {
    Abandoned,
    Disk(io::Error),
}

//! What goes to the terminal, written by a thread of its own: a terminal that nobody reads blocks nothing else.

use std::{
    fs::File,
    io::{self, Write},
    mem,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

/// What waits to be written.
struct Queue {
    bytes: Vec<u8>,
    /// Whether some of them are being written now.
    is_writing: bool,
    /// Whether somebody waits until all are.
    is_awaited: bool,
}

static QUEUE: Mutex<Queue> = Mutex::new(Queue { bytes: Vec::new(), is_writing: false, is_awaited: false });
static CHANGED: Condvar = Condvar::new();

impl Queue {
    fn lock() -> MutexGuard<'static, Self> {
        QUEUE.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_empty(&self) -> bool {
        self.bytes.is_empty() && !self.is_writing
    }
}

/// Collects bytes; a flush hands them on, so that a frame reaches the terminal whole.
#[derive(Default)]
pub struct TerminalWriter(Vec<u8>);

impl Write for TerminalWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Queue::lock().bytes.append(&mut self.0);
        CHANGED.notify_all();
        Ok(())
    }
}

/// Begins to write to standard output. `said` hears of an error, and, after [`is_behind`] was true, when everything is written.
///
/// # Errors
/// When standard output is closed.
pub(super) fn start(said: impl Fn(io::Result<()>) + Send + 'static) -> io::Result<()> {
    let mut output = File::from(rustix::io::dup(io::stdout())?);
    thread::spawn(move || {
        loop {
            let is_empty = |queue: &mut Queue| queue.bytes.is_empty();
            let mut queue = CHANGED.wait_while(Queue::lock(), is_empty).unwrap_or_else(PoisonError::into_inner);
            queue.is_writing = true;
            let bytes = mem::take(&mut queue.bytes);
            drop(queue);
            let written = output.write_all(&bytes);
            let mut queue = Queue::lock();
            queue.is_writing = false;
            let is_awaited = queue.is_empty() && mem::take(&mut queue.is_awaited);
            drop(queue);
            CHANGED.notify_all();
            if is_awaited || written.is_err() {
                said(written);
            }
        }
    });
    Ok(())
}

/// Whether something is not written yet: another frame would only make it more.
pub(super) fn is_behind() -> bool {
    let mut queue = Queue::lock();
    queue.is_awaited = !queue.is_empty();
    queue.is_awaited
}

/// Waits until everything is written, but no longer than this.
pub(super) fn finish(patience: Duration) {
    drop(CHANGED.wait_timeout_while(Queue::lock(), patience, |queue| !queue.is_empty()));
}

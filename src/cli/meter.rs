//! How far something long is, on standard error.

use std::{
    fmt::Display,
    io::{self, IsTerminal, Write},
    time::{Duration, Instant},
};

use super::output::say;
use crate::printable::printable;

/// Says how far something is: on a terminal one line that is written over.
pub(super) struct Meter {
    name: String,
    terminal: bool,
    /// Elsewhere a line now and then, or nothing.
    log: bool,
    /// The last words, not to repeat them.
    said: String,
    when: Option<Instant>,
}

impl Meter {
    /// Between two lines of a log.
    const PAUSE: Duration = Duration::from_secs(10);

    /// Elsewhere than on a terminal a line now and then.
    pub(super) fn new(name: String) -> Self {
        Self::with_log(name, true)
    }

    /// Elsewhere than on a terminal nothing.
    pub(super) fn on_terminal(name: String) -> Self {
        Self::with_log(name, false)
    }

    fn with_log(name: String, log: bool) -> Self {
        Self { name, terminal: io::stderr().is_terminal(), log, said: String::new(), when: None }
    }

    pub(super) fn say(&mut self, progress: impl Display) {
        let words = format!("{}: {progress}", self.name);
        let due = self.log && self.when.is_none_or(|when| when.elapsed() >= Self::PAUSE);
        if words == self.said || !(self.terminal || due) {
            return;
        }
        self.when = Some(Instant::now());
        if self.terminal {
            // A line that wraps cannot be written over; names and numbers are a cell a character.
            let width = crossterm::terminal::size().map_or(80, |(width, _)| usize::from(width));
            let line: String = printable(&words).chars().take(width.saturating_sub(1)).collect();
            let _ = write!(io::stderr(), "\r{line}\x1b[K");
        } else {
            say(&words);
        }
        self.said = words;
    }
}

impl Drop for Meter {
    /// The line makes room for what comes next.
    fn drop(&mut self) {
        if self.terminal && !self.said.is_empty() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

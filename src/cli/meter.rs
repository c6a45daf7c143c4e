//! How far something long is, on standard error.

use std::{
    fmt::Display,
    io::{self, IsTerminal},
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::output::say;
use crate::printable::printable;

/// Says how far something is.
pub(super) struct Meter {
    name: String,
    output: MeterOutput,
    /// The last words, not to repeat them.
    said: String,
}

enum MeterOutput {
    /// One line that is written over, cut to the width, and gone at the end.
    Terminal(ProgressBar),
    /// Elsewhere a line now and then; when the last one was.
    Log(Option<Instant>),
}

impl Meter {
    /// Between two lines of a log.
    const PAUSE: Duration = Duration::from_secs(10);

    /// Elsewhere than on a terminal a line now and then.
    pub(super) fn new(name: String) -> Self {
        Self::with(name, MeterOutput::Log(None))
    }

    /// The same, but what is done at once leaves no line.
    pub(super) fn after_a_pause(name: String) -> Self {
        Self::with(name, MeterOutput::Log(Some(Instant::now())))
    }

    fn with(name: String, elsewhere: MeterOutput) -> Self {
        let output = if io::stderr().is_terminal() { MeterOutput::Terminal(line()) } else { elsewhere };
        Self { name, output, said: String::new() }
    }

    pub(super) fn say(&mut self, progress: impl Display) {
        let words = format!("{}: {progress}", self.name);
        if words == self.said {
            return;
        }
        match &mut self.output {
            MeterOutput::Terminal(line) => line.set_message(printable(&words).into_owned()),
            MeterOutput::Log(when) if when.is_none_or(|when| when.elapsed() >= Self::PAUSE) => {
                *when = Some(Instant::now());
                say(&words);
            }
            MeterOutput::Log(_) => return,
        }
        self.said = words;
    }
}

impl Drop for Meter {
    /// The line makes room for what comes next.
    fn drop(&mut self) {
        if let MeterOutput::Terminal(line) = &self.output {
            line.finish_and_clear();
        }
    }
}

fn line() -> ProgressBar {
    let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    match ProgressStyle::with_template("{wide_msg}") {
        Ok(style) => line.with_style(style),
        // Its own style says the same, less shortly.
        Err(_) => line,
    }
}

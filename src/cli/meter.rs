//! How far something long is, on standard error.

use std::{
    fmt::Display,
    io::{self, IsTerminal},
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::output::say;
use crate::printable::printable;

/// Lines that are written one below the other, not too many.
struct Log {
    /// When the last one was, or the beginning; none where the next comes at once.
    last: Option<Instant>,
    pause: Duration,
}

impl Log {
    /// Whether a line is due, which it then is no more.
    fn is_due(&mut self) -> bool {
        let is_due = self.last.is_none_or(|last| last.elapsed() >= self.pause);
        if is_due {
            self.last = Some(Instant::now());
        }
        is_due
    }
}

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
    /// Elsewhere a line now and then.
    Log(Log),
}

impl Meter {
    /// Between two lines of a log.
    const PAUSE: Duration = Duration::from_secs(10);

    /// Elsewhere than on a terminal a line now and then.
    pub(super) fn new(name: String) -> Self {
        Self::with(name, MeterOutput::Log(Log { last: None, pause: Self::PAUSE }))
    }

    /// The same, but what is done at once leaves no line.
    pub(super) fn after_a_pause(name: String) -> Self {
        Self::with(name, MeterOutput::Log(Log { last: Some(Instant::now()), pause: Self::PAUSE }))
    }

    fn with(name: String, elsewhere: MeterOutput) -> Self {
        let output = if io::stderr().is_terminal() { MeterOutput::Terminal(line()) } else { elsewhere };
        Self { name, output, said: String::new() }
    }

    pub(super) fn say(&mut self, progress: impl Display) {
        if let Some(line) = self.line(progress) {
            say(&line);
        }
    }

    /// What a log gets, where a line is due that was not the last one.
    fn line(&mut self, progress: impl Display) -> Option<String> {
        let words = format!("{}: {progress}", self.name);
        if words == self.said {
            return None;
        }
        match &mut self.output {
            MeterOutput::Terminal(line) => {
                line.set_message(printable(&words).into_owned());
                self.said = words;
                None
            }
            MeterOutput::Log(log) => log.is_due().then(|| {
                self.said.clone_from(&words);
                words
            }),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn meter(log: Log) -> Meter {
        Meter { name: "model".to_owned(), output: MeterOutput::Log(log), said: String::new() }
    }

    #[test]
    fn elsewhere_than_on_a_terminal_progress_is_plain_lines() {
        let mut meter = meter(Log { last: None, pause: Duration::ZERO });
        let lines: Vec<_> =
            ["1 of 3", "1 of 3", "2 of 3", "3 of 3"].map(|done| meter.line(done)).into_iter().flatten().collect();
        assert_eq!(lines, ["model: 1 of 3", "model: 2 of 3", "model: 3 of 3"], "none twice, none written over");
    }

    #[test]
    fn a_log_is_not_filled() {
        const LONG: Duration = Duration::from_secs(3600);
        let mut at_once = meter(Log { last: None, pause: LONG });
        let found = ["1 of 3", "2 of 3", "3 of 3"].map(|done| at_once.line(done).is_some());
        assert_eq!(found, [true, false, false]);
        let mut later = meter(Log { last: Some(Instant::now()), pause: LONG });
        assert!(later.line("1 of 3").is_none(), "what is done at once leaves no line");
        let begun = Instant::now().checked_sub(2 * Meter::PAUSE).unwrap();
        assert!(meter(Log { last: Some(begun), pause: Meter::PAUSE }).line("2 of 3").is_some());
    }
}

//! Everything the loop waits for, and the threads that hear it.

use std::{io, sync::mpsc::Sender, thread};

use crossterm::event::Event as TerminalEvent;
use signal_hook::consts::{
    SIGABRT, SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGIO, SIGPROF, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGVTALRM,
    SIGWINCH, SIGXCPU,
};

use crate::{jobs::Report, terminal::InputReader};

/// Everything the loop waits for.
pub(super) enum Event {
    Terminal(TerminalEvent),
    /// The terminal can no longer be read, or written to.
    TerminalLost(io::Error),
    /// It has taken all that was drawn, after a frame had to wait for that.
    Written,
    Report(Report),
    Signal(i32),
}

pub(super) fn listen_to_terminal(sender: Sender<Event>) {
    let heard = |next: io::Result<Option<TerminalEvent>>| match next {
        Ok(Some(event)) => (Event::Terminal(event), false),
        Ok(None) => (Event::Signal(SIGHUP), true),
        Err(error) => (Event::TerminalLost(error), true),
    };
    thread::spawn(move || {
        let mut reader = InputReader::open();
        loop {
            let next = match &mut reader {
                Ok(reader) => reader.wait(),
                Err(error) => Err(io::Error::new(error.kind(), error.to_string())),
            };
            let (event, last) = heard(next);
            if sender.send(event).is_err() || last {
                return;
            }
        }
    });
}

/// Those that would end the process with the terminal as it is, and those of the terminal.
const SIGNALS: [i32; 15] = [
    SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGXCPU, SIGPROF, SIGIO, SIGTSTP,
    SIGCONT, SIGWINCH,
];

pub(super) fn listen_to_signals(sender: Sender<Event>) -> io::Result<()> {
    let mut signals = signal_hook::iterator::Signals::new(SIGNALS)?;
    thread::spawn(move || {
        for signal in signals.forever() {
            if sender.send(Event::Signal(signal)).is_err() {
                return;
            }
        }
    });
    Ok(())
}

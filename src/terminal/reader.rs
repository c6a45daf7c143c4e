//! What a person types, clicks and pastes.

use std::{
    collections::VecDeque,
    fs::File,
    io::{self, IsTerminal, Stdin},
    os::fd::{AsFd, BorrowedFd},
    time::Duration,
};

use crossterm::event::Event;
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
};

use super::parser::InputParser;

/// The terminal's keys, clicks and pastes.
///
/// Not crossterm's reader, which waits for the end of a sequence as long as it takes: after a report of the mouse that a slow
/// line has cut off no key is heard any more.
#[derive(Debug)]
pub struct InputReader {
    tty: Tty,
    parser: InputParser,
    events: VecDeque<Event>,
}

#[derive(Debug)]
enum Tty {
    Stdin(Stdin),
    Device(File),
}

impl AsFd for Tty {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match self {
            Self::Stdin(stdin) => stdin.as_fd(),
            Self::Device(file) => file.as_fd(),
        }
    }
}

impl InputReader {
    /// Of standard input, or of the terminal itself where that is something else.
    ///
    /// # Errors
    /// When there is no terminal.
    pub fn open() -> io::Result<Self> {
        let stdin = io::stdin();
        let tty = match stdin.is_terminal() {
            true => Tty::Stdin(stdin),
            false => Tty::Device(File::options().read(true).open("/dev/tty")?),
        };
        Ok(Self { tty, parser: InputParser::default(), events: VecDeque::new() })
    }

    /// Waits for the next event; none once the terminal is gone. Not every program that started clscope lets the hang-up signal
    /// through.
    ///
    /// # Errors
    /// When the system does not let it be read.
    pub fn wait(&mut self) -> io::Result<Option<Event>> {
        loop {
            if let Some(event) = self.events.pop_front() {
                return Ok(Some(event));
            }
            let patience = self.parser.patience().map(timespec);
            let mut polled = [PollFd::new(&self.tty, PollFlags::IN)];
            match poll(&mut polled, patience.as_ref()) {
                Ok(0) => self.events.extend(self.parser.end()),
                Ok(_) if polled[0].revents().contains(PollFlags::IN) => {
                    let mut bytes = [0; 4096];
                    match rustix::io::read(&self.tty, &mut bytes) {
                        Ok(0) | Err(Errno::IO) => return Ok(None),
                        Ok(count) => self.events.extend(self.parser.advance(&bytes[..count])),
                        Err(Errno::INTR | Errno::AGAIN) => {}
                        Err(error) => return Err(error.into()),
                    }
                }
                // Hang-ups and errors are reported, whatever is asked for.
                Ok(_) => return Ok(None),
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

fn timespec(time: Duration) -> Timespec {
    Timespec { tv_sec: time.as_secs() as i64, tv_nsec: i64::from(time.subsec_nanos()) }
}

//! The terminal's life: into the alternate screen and, whatever happens, back out.

use std::{
    fmt,
    fs::File,
    io,
    mem::ManuallyDrop,
    panic,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use crossterm::{
    Command,
    clipboard::CopyToClipboard,
    cursor::Show,
    event::{DisableBracketedPaste, EnableBracketedPaste},
    execute,
    terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode},
};
use ratatui::{
    Terminal,
    backend::CrosstermBackend,
    layout::{Position, Rect, Size},
};

use crate::messages::label;

mod parser;
mod reader;
mod writer;

pub use parser::InputParser;
pub use reader::InputReader;
pub use writer::TerminalWriter;

/// Whether the alternate screen is ours now, so that leaving twice is harmless.
static ENTERED: AtomicBool = AtomicBool::new(false);

/// Whether clicks are asked for while it is.
static MOUSE: AtomicBool = AtomicBool::new(false);

/// A terminal in the alternate screen; dropping it restores the shell's.
pub struct Screen {
    /// Draws to it.
    /// Never dropped: where the terminal is gone, ratatui's drop panics, and the cursor is shown by leaving.
    pub terminal: ManuallyDrop<Terminal<CrosstermBackend<TerminalWriter>>>,
}

impl Screen {
    /// Enters the alternate screen, and sees to it that a panic of this thread leaves it again. `said` hears when the terminal can no
    /// longer be written to, and when it has taken everything after it [was behind](Self::is_behind).
    ///
    /// # Errors
    /// When standard output is no terminal that can be drawn on.
    pub fn enter(said: impl Fn(io::Result<()>) + Send + 'static) -> io::Result<Self> {
        if !is_drawable(crossterm::terminal::size()?.into()) {
            return Err(io::Error::other(label!("terminal-too-large").text()));
        }
        restore_on_panic();
        writer::start(said)?;
        enter()?;
        match Terminal::new(CrosstermBackend::new(TerminalWriter::default())) {
            Ok(terminal) => Ok(Self { terminal: ManuallyDrop::new(terminal) }),
            Err(error) => {
                leave();
                Err(error)
            }
        }
    }

    /// Sends standard error to `log` while the screen is up: what a graphics driver or a library writes there
    /// would otherwise land in the middle of the picture. Nothing happens when it already goes elsewhere.
    /// Where the system refuses, it stays as it was.
    pub fn set_stderr_aside(&mut self, log: File) {
        stderr::set_aside(log);
    }

    /// Asks the terminal for clicks and turns of the wheel, or leaves them to it again. Holds until the next call, also
    /// for when the terminal is taken again after a stop.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn set_mouse(&mut self, wanted: bool) -> io::Result<()> {
        if MOUSE.swap(wanted, Ordering::SeqCst) == wanted || !self.is_ours() {
            return Ok(());
        }
        match wanted {
            true => execute!(self.terminal.backend_mut(), TakeClicks),
            false => execute!(self.terminal.backend_mut(), LeaveClicks),
        }
    }

    /// Sends a text to the terminal's clipboard. Not every terminal has one for programs, and none says so.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(self.terminal.backend_mut(), CopyToClipboard::to_clipboard_from(text))
    }

    /// Gives the terminal back to the shell and stops as Ctrl-Z does. Whoever continues the process sends SIGCONT,
    /// upon which [`Screen::resume`] is due. Does nothing where there is no shell to continue it
    /// (`ssh -t host clscope`, `xterm -e clscope`).
    ///
    /// # Errors
    /// When the system refuses to stop the process.
    pub fn suspend(&mut self) -> io::Result<()> {
        use rustix::process::{Signal, getppid, getsid, kill_current_process_group};
        let session_of_parent = getppid().and_then(|parent| getsid(Some(parent)).ok());
        if session_of_parent != getsid(None).ok() {
            return Ok(());
        }
        leave();
        // The whole job stops, a script around clscope too.
        Ok(kill_current_process_group(Signal::STOP)?)
    }

    /// Whether the terminal is ours to draw on; not between [`Screen::suspend`] and [`Screen::resume`].
    pub fn is_ours(&self) -> bool {
        ENTERED.load(Ordering::SeqCst)
    }

    /// Whether the terminal is of a size that a terminal has: a wrong one, such as 65535 x 65535, would take all memory.
    pub fn is_drawable(&self) -> bool {
        self.terminal.size().is_ok_and(is_drawable)
    }

    /// Whether the terminal has not yet taken what was drawn before.
    pub fn is_behind(&self) -> bool {
        writer::is_behind()
    }

    /// Takes the terminal after a stop; the next frame draws every cell.
    ///
    /// # Errors
    /// When the terminal cannot be taken again.
    pub fn resume(&mut self) -> io::Result<()> {
        enter()?;
        self.redraw()
    }

    /// Empties the screen; the next frame draws every cell.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn redraw(&mut self) -> io::Result<()> {
        // Not `Terminal::clear`: it asks the terminal where its cursor is, and the answer would be read by the
        // thread that waits for keys.
        let area = Rect::from((Position::ORIGIN, self.terminal.size()?));
        self.terminal.resize(area)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        leave();
    }
}

/// Cells: 4 million are a window of 2,000 x 2,000.
const MOST_CELLS: u32 = 4_000_000;

fn is_drawable(size: Size) -> bool {
    u32::from(size.width) * u32::from(size.height) <= MOST_CELLS
}

fn enter() -> io::Result<()> {
    // Taken twice (a stop from outside and its continuation) the terminal must not remember its raw self as
    // the mode to go back to; a shell may also have changed it in between.
    if ENTERED.swap(true, Ordering::SeqCst) {
        disable_raw_mode()?;
    }
    enable_raw_mode()?;
    stderr::divert();
    // Named, as `execute!` evaluates what it is given once to write and once to flush.
    let mut writer = TerminalWriter::default();
    execute!(writer, EnterAlternateScreen, EnableBracketedPaste)
        .and_then(|()| if MOUSE.load(Ordering::SeqCst) { execute!(writer, TakeClicks) } else { Ok(()) })
        .inspect_err(|_| leave())
}

/// Clicks and the wheel with their places, however far to the right; not every move, as crossterm's own command has it,
/// which would wake the loop for nothing.
struct TakeClicks;

impl Command for TakeClicks {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str("\x1b[?1000h\x1b[?1006h")
    }
}

/// Leaves them to the terminal, to select text with.
struct LeaveClicks;

impl Command for LeaveClicks {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str("\x1b[?1006l\x1b[?1000l")
    }
}

/// A terminal that nobody reads takes nothing; the program ends all the same.
const PATIENCE: Duration = Duration::from_secs(1);

/// Every step is tried even if one before it failed: the terminal may be half gone.
fn leave() {
    if ENTERED.swap(false, Ordering::SeqCst) {
        let mut writer = TerminalWriter::default();
        let _ = execute!(writer, LeaveClicks, DisableBracketedPaste, LeaveAlternateScreen, Show);
        writer::finish(PATIENCE);
        let _ = disable_raw_mode();
        stderr::restore();
    }
}

/// Only the thread that draws tears the screen down; a worker's panic becomes a message on it.
fn restore_on_panic() {
    let ui = thread::current().id();
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().id() == ui {
            leave();
            report(info);
        } else if !(ENTERED.load(Ordering::SeqCst) && stderr::reaches_the_screen()) {
            report(info);
        }
    }));
}

/// Standard error, while the screen is up.
mod stderr {
    use std::{
        fs::File,
        io::{self, IsTerminal},
        os::fd::OwnedFd,
        sync::{Mutex, MutexGuard, PoisonError},
    };

    struct Aside {
        original: OwnedFd,
        log: File,
    }

    static ASIDE: Mutex<Option<Aside>> = Mutex::new(None);

    fn aside() -> MutexGuard<'static, Option<Aside>> {
        ASIDE.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn set_aside(log: File) {
        if !reaches_the_screen() {
            return;
        }
        if let Ok(original) = rustix::io::dup(io::stderr()) {
            *aside() = Some(Aside { original, log });
            divert();
        }
    }

    pub fn reaches_the_screen() -> bool {
        aside().is_none() && io::stderr().is_terminal()
    }

    /// Both ways are best effort: they only decide where messages go.
    pub fn divert() {
        if let Some(aside) = &*aside() {
            let _ = rustix::stdio::dup2_stderr(&aside.log);
        }
    }

    pub fn restore() {
        if let Some(aside) = &*aside() {
            let _ = rustix::stdio::dup2_stderr(&aside.original);
        }
    }
}

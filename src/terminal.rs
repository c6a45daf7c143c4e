//! The terminal's life: into the alternate screen and, whatever happens, back out.

use std::{
    fs::File,
    io::{self, Stdout, stdout},
    panic,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use crossterm::{
    cursor::Show,
    event::{DisableBracketedPaste, EnableBracketedPaste},
    execute,
    terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode},
};
use ratatui::{Terminal, backend::CrosstermBackend};

/// Whether the alternate screen is ours now, so that leaving twice is harmless.
static ENTERED: AtomicBool = AtomicBool::new(false);

/// A terminal in the alternate screen; dropping it restores the shell's.
pub struct Screen {
    /// Draws to it.
    pub terminal: Terminal<CrosstermBackend<Stdout>>,
}

impl Screen {
    /// Enters the alternate screen, and sees to it that a panic of this thread leaves it again.
    ///
    /// # Errors
    /// When standard output is no terminal that can be drawn on.
    pub fn enter() -> io::Result<Self> {
        restore_on_panic();
        enter()?;
        match Terminal::new(CrosstermBackend::new(stdout())) {
            Ok(terminal) => Ok(Self { terminal }),
            Err(error) => {
                leave();
                Err(error)
            }
        }
    }

    /// Sends standard error to `log` while the screen is up: what a graphics driver or a library writes there
    /// would otherwise land in the middle of the picture. Nothing happens when it already goes elsewhere.
    ///
    /// # Errors
    /// When the system refuses; standard error then stays as it was.
    pub fn set_stderr_aside(&mut self, log: File) -> io::Result<()> {
        stderr::set_aside(log)
    }

    /// Gives the terminal back to the shell, stops this process as Ctrl-Z does, and takes the terminal
    /// again once the shell continues it.
    ///
    /// # Errors
    /// When the terminal cannot be taken again.
    pub fn suspend(&mut self) -> io::Result<()> {
        leave();
        #[cfg(unix)]
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        self.resume()
    }

    /// Takes the terminal after a stop; the next frame draws every cell.
    ///
    /// # Errors
    /// When the terminal cannot be taken again.
    pub fn resume(&mut self) -> io::Result<()> {
        enter()?;
        self.terminal.clear()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        leave();
    }
}

fn enter() -> io::Result<()> {
    // Taken twice (a stop from outside and its continuation) the terminal must not remember its raw self as
    // the mode to go back to; a shell may also have changed it in between.
    if ENTERED.swap(true, Ordering::SeqCst) {
        disable_raw_mode()?;
    }
    enable_raw_mode()?;
    stderr::divert();
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste).inspect_err(|_| leave())
}

/// Every step is tried even if one before it failed: the terminal may be half gone.
fn leave() {
    if ENTERED.swap(false, Ordering::SeqCst) {
        let _ = execute!(stdout(), DisableBracketedPaste, LeaveAlternateScreen, Show);
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
        } else if stderr::is_aside() || !ENTERED.load(Ordering::SeqCst) {
            report(info);
        }
    }));
}

/// Standard error, while the screen is up.
#[cfg(unix)]
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

    pub fn set_aside(log: File) -> io::Result<()> {
        if !io::stderr().is_terminal() {
            return Ok(());
        }
        let original = rustix::io::dup(io::stderr())?;
        rustix::stdio::dup2_stderr(&log)?;
        *aside() = Some(Aside { original, log });
        Ok(())
    }

    pub fn is_aside() -> bool {
        aside().is_some()
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

#[cfg(not(unix))]
mod stderr {
    use std::{fs::File, io};

    pub fn set_aside(_: File) -> io::Result<()> {
        Ok(())
    }

    pub fn is_aside() -> bool {
        false
    }

    pub fn divert() {}

    pub fn restore() {}
}

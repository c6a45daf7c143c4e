//! A terminal as a person has it in front of them: a program in a pseudo-terminal, a keyboard, a picture.

use std::{
    cell::RefCell,
    fmt::Write as _,
    fs,
    io::{Read, Write},
    num::NonZeroU16,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system};
use tempfile::TempDir;
use vt100::{MouseProtocolEncoding, MouseProtocolMode};

/// Columns and rows.
pub type Size = (u16, u16);

/// Far longer than anything takes, even beside a build on a slow machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// One terminal at a time: each loads a model onto all cores, and some tests measure time.
pub fn turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Dropping it ends the program. Only one exists at a time; opening another waits, so drop the first before.
pub struct Terminal {
    /// When the program was started.
    pub started: Instant,
    child: RefCell<Box<dyn Child + Send + Sync>>,
    keyboard: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
    /// Held open so that the modes and the last output can still be read once the program is gone.
    _slave: Box<dyn SlavePty + Send>,
    shown: Arc<Shown>,
    /// The terminal's modes before the program started.
    modes: String,
    home: PathBuf,
    /// Where the home is its own.
    _home: Option<TempDir>,
    _turn: MutexGuard<'static, ()>,
}

/// What programs have copied, in base64.
#[derive(Default)]
struct Clipboard(Vec<u8>);

impl vt100::Callbacks for Clipboard {
    fn copy_to_clipboard(&mut self, _: &mut vt100::Screen, _: &[u8], data: &[u8]) {
        self.0 = data.to_vec();
    }
}

/// What has been drawn so far.
struct Shown {
    /// The first of the bytes that made it.
    written: Mutex<Vec<u8>>,
    parser: Mutex<vt100::Parser<Clipboard>>,
    changed: Condvar,
    /// Whether nobody reads what is drawn, as behind a line that hangs.
    is_stalled: AtomicBool,
}

impl Shown {
    fn lock(&self) -> MutexGuard<'_, vt100::Parser<Clipboard>> {
        self.parser.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The explorer.
pub fn clscope<const N: usize>(arguments: [&str; N]) -> CommandBuilder {
    command(env!("CARGO_BIN_EXE_clscope"), arguments)
}

/// A program, as it would be started in a terminal with all colours.
pub fn command<const N: usize>(program: &str, arguments: [&str; N]) -> CommandBuilder {
    let mut command = CommandBuilder::new(program);
    command.args(arguments);
    command.env("TERM", "xterm-256color");
    command.env("COLORTERM", "truecolor");
    // Keys pressed at random may ask for a model of the Hub: nobody listens there.
    command.env("HF_ENDPOINT", "http://127.0.0.1:1");
    // A backtrace would push what was on screen out of sight.
    for variable in ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "COLORFGBG", "RUST_BACKTRACE"] {
        command.env_remove(variable);
    }
    command
}

impl Terminal {
    /// Starts a program in a new terminal, with an empty home.
    pub fn start(command: CommandBuilder, size: Size) -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut terminal = Self::start_at(home.path(), command, size);
        terminal._home = Some(home);
        terminal
    }

    /// Starts a program in a new terminal, at home here.
    pub fn start_at(home: &Path, mut command: CommandBuilder, (columns, rows): Size) -> Self {
        let turn = turn();
        command.cwd(home);
        for variable in ["HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"] {
            command.env(variable, home);
        }

        let pty = native_pty_system().openpty(pty_size((columns, rows))).unwrap();
        let parser = vt100::Parser::new_with_callbacks(cells(rows), cells(columns), 0, Clipboard::default());
        let shown = Arc::new(Shown {
            written: Mutex::default(),
            parser: Mutex::new(parser),
            changed: Condvar::new(),
            is_stalled: AtomicBool::new(false),
        });
        let output = pty.master.try_clone_reader().unwrap();
        let screen = Arc::clone(&shown);
        thread::spawn(move || parse(output, &screen));
        let modes = modes(&*pty.master);
        let started = Instant::now();
        Terminal {
            started,
            child: RefCell::new(pty.slave.spawn_command(command).unwrap()),
            keyboard: pty.master.take_writer().unwrap(),
            master: pty.master,
            _slave: pty.slave,
            shown,
            modes,
            home: home.to_owned(),
            _home: None,
            _turn: turn,
        }
    }

    /// Sends bytes as a keyboard does: all at once.
    pub fn press(&mut self, keys: impl AsRef<[u8]>) {
        self.keyboard.write_all(keys.as_ref()).unwrap();
    }

    /// Reads nothing more of what is drawn, or goes on reading.
    pub fn stall(&self, is_stalled: bool) {
        self.shown.is_stalled.store(is_stalled, Ordering::SeqCst);
    }

    /// Writes over the first cell, as another program's message would: only a picture drawn anew is whole again.
    pub fn scribble(&self) {
        self.shown.lock().process(b"\x1b7\x1b[1;1H\x1b[41mX\x1b8");
    }

    /// Makes the window another size, and the picture with it.
    pub fn resize(&self, (columns, rows): Size) {
        // Locked until the program can know it, so that nothing drawn for the new size is read at the old one.
        let mut parser = self.shown.lock();
        parser.set_size(cells(rows), cells(columns));
        self.master.resize(pty_size((columns, rows))).unwrap();
    }

    /// Waits until the screen is as wanted, and returns it.
    #[track_caller]
    pub fn wait_for(&self, what: &str, mut wanted: impl FnMut(&vt100::Screen) -> bool) -> vt100::Screen {
        let mut found = None;
        self.watch(Instant::now() + PATIENCE, |screen| {
            found = wanted(screen).then(|| screen.clone());
            found.is_some()
        });
        found.unwrap_or_else(|| panic!("{what}: not within {PATIENCE:?}; {}", self.situation()))
    }

    /// Waits until this text is on screen.
    #[track_caller]
    pub fn wait_for_text(&self, text: &str) -> vt100::Screen {
        self.wait_for(text, |screen| screen.contents().contains(text))
    }

    /// Waits until the screen is as wanted and no more is being drawn, and returns it.
    #[track_caller]
    pub fn wait_for_rest(&self, what: &str, mut wanted: impl FnMut(&vt100::Screen) -> bool) -> vt100::Screen {
        let mut rest = (String::new(), Instant::now());
        self.wait_for(what, |screen| {
            let picture = screen.contents_formatted();
            if picture != rest.0 {
                rest = (picture, Instant::now());
            }
            rest.1.elapsed() > Duration::from_millis(50) && wanted(screen)
        })
    }

    /// Shows every new state of the screen to `look` until that says true, or until the deadline.
    pub fn watch(&self, deadline: Instant, mut look: impl FnMut(&vt100::Screen) -> bool) {
        let mut parser = self.shown.lock();
        while !look(parser.screen()) {
            let Some(left) = deadline.checked_duration_since(Instant::now()) else { return };
            // Not for long: what is waited for may also be the end of the program, which draws nothing.
            let wait = left.min(Duration::from_millis(10));
            (parser, _) = self.shown.changed.wait_timeout(parser, wait).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// What is on screen now.
    pub fn screen(&self) -> vt100::Screen {
        self.shown.lock().screen().clone()
    }

    /// The first of what was written, some 100 kB, whether it still shows or not.
    pub fn written(&self) -> String {
        String::from_utf8_lossy(&self.shown.written.lock().unwrap()).into_owned()
    }

    /// What was copied last, in base64.
    pub fn clipboard(&self) -> Vec<u8> {
        self.shown.lock().callbacks().0.clone()
    }

    /// The program started; in a shell, that shell.
    pub fn process(&self) -> u32 {
        self.child.borrow().process_id().unwrap()
    }

    /// The job in the foreground of a shell.
    pub fn foreground(&self) -> u32 {
        self.master.process_group_leader().unwrap().try_into().unwrap()
    }

    /// How the program ended, if it has.
    pub fn ended(&self) -> Option<ExitStatus> {
        self.child.borrow_mut().try_wait().unwrap()
    }

    /// Waits for the program to end.
    #[track_caller]
    pub fn wait_for_end(&self) -> ExitStatus {
        let mut status = None;
        wait_until("the program to end", || {
            status = self.ended();
            status.is_none().then(|| self.situation())
        });
        status.unwrap()
    }

    /// Waits until the terminal is as the program found it: modes, screen, cursor, pasting.
    #[track_caller]
    pub fn wait_until_restored(&self) -> vt100::Screen {
        let screen = self.wait_for("the normal screen with a cursor, and no bracketed paste or clicks", |screen| {
            let clicks = screen.mouse_protocol_mode() != MouseProtocolMode::None
                || screen.mouse_protocol_encoding() != MouseProtocolEncoding::Default;
            !clicks && !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
        });
        wait_until("the modes to be restored", || {
            let now = modes(&*self.master);
            (now != self.modes).then(|| format!("they were\n{}\nand are\n{now}\n{}", self.modes, self.situation()))
        });
        screen
    }

    /// For a failure's message: what a person would see.
    fn situation(&self) -> String {
        let ended = self.ended();
        let screen = self.screen();
        let mut text = match ended {
            Some(status) => format!("the program has ended: {status}"),
            None => format!("process state: {:?}", state(self.process())),
        };
        let (rows, columns) = screen.size();
        writeln!(
            text,
            "; {columns}×{rows}, alternate screen {}, cursor hidden {}, bracketed paste {}",
            screen.alternate_screen(),
            screen.hide_cursor(),
            screen.bracketed_paste()
        )
        .unwrap();
        screen.rows(0, columns.get()).for_each(|row| writeln!(text, "│{row}").unwrap());
        // What its threads wait for, where the system tells.
        let threads = fs::read_dir(format!("/proc/{}/task", self.process())).into_iter().flatten().flatten();
        for thread in threads.map(|thread| thread.path()) {
            let told = |file| fs::read_to_string(thread.join(file)).unwrap_or_default().trim().to_owned();
            writeln!(text, "{}: {}", told("comm"), told("wchan")).unwrap();
        }
        // Where a panic of a thread behind the screen is told.
        let log = fs::read_to_string(self.home.join("clscope/clscope.log")).unwrap_or_default();
        text + &log
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A stopped process does not hear the hang-up.
        let mut child = self.child.borrow_mut();
        let _ = child.kill();
        let _ = child.wait();
    }
}

fn parse(mut output: impl Read, shown: &Shown) {
    let mut bytes = [0; 1 << 16];
    const KEPT: usize = 1 << 16;
    while let Ok(count @ 1..) = output.read(&mut bytes) {
        while shown.is_stalled.load(Ordering::SeqCst) {
            thread::sleep(Duration::from_millis(2));
        }
        {
            let mut written = shown.written.lock().unwrap();
            if written.len() < KEPT {
                written.extend_from_slice(&bytes[..count]);
            }
        }
        shown.lock().process(&bytes[..count]);
        shown.changed.notify_all();
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

fn pty_size((cols, rows): Size) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

/// Everything `stty -a` would tell.
fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

/// Waits until `missing` finds nothing amiss any more; for what does not show on screen.
#[track_caller]
pub fn wait_until(what: &str, mut missing: impl FnMut() -> Option<String>) {
    let deadline = Instant::now() + PATIENCE;
    while let Some(amiss) = missing() {
        assert!(Instant::now() < deadline, "{what}: not within {PATIENCE:?}; {amiss}");
        thread::sleep(Duration::from_millis(2));
    }
}

/// Sends a signal, named as `kill` knows it.
pub fn kill(signal: &str, process: u32) {
    let status = Command::new("kill").args([format!("-{signal}"), process.to_string()]).status().unwrap();
    assert!(status.success(), "kill -{signal} {process}: {status}");
}

/// The third field of `/proc/PID/stat`: R, S, T for stopped, Z; none where there is no /proc.
pub fn state(process: u32) -> Option<char> {
    stat_fields(process)?.first()?.chars().next()
}

/// Processor time used so far, in clock ticks (hundredths of a second).
#[cfg(target_os = "linux")]
pub fn ticks(process: u32) -> Option<u64> {
    let fields = stat_fields(process)?;
    Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
}

/// From the state on; the name before it may hold blanks.
fn stat_fields(process: u32) -> Option<Vec<String>> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    Some(stat.rsplit_once(") ")?.1.split(' ').map(str::to_owned).collect())
}

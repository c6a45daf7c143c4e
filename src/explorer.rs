//! The event loop: keys, finished jobs and signals come through one channel; the loop blocks on it, drains
//! it, and draws once. While nothing comes it costs nothing.

use std::{
    cell::{Cell, RefCell},
    fs::File,
    io,
    path::Path,
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use crossterm::event::{
    Event as TerminalEvent, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGTSTP, SIGWINCH};

use crate::{
    app::{self, App, GivenProbe, LoopRequest, Overlay},
    bert::Backend,
    config::{KeyChord, Keymap},
    jobs::{Job, Notice, Report},
    messages::{language, message, set_language},
    models::Library,
    session::{self, KeptSessions, SessionError},
    terminal::Screen,
    widgets::{Look, Target},
    worker::Worker,
};

mod autosave;
mod files;
mod listen;
mod plain;
mod probes;
mod screenshot;
mod start;

use autosave::Autosave;
use files::Export;
use listen::{Event, listen_to_signals, listen_to_terminal};
pub use plain::{LinesError, plain};
pub use probes::open_probes;
use probes::put_back_probes;
pub use screenshot::{Screenshot, answer, screens};
pub use start::{Start, start};

pub use app::key_contexts;

/// What the explorer works with.
#[derive(Debug)]
pub struct Setup {
    /// The model to open first, as `--model` takes it.
    pub model: String,
    /// Where models are.
    pub library: Library,
    /// Computing where.
    pub backend: Backend,
    /// How long typing must rest before it is read.
    pub debounce: Duration,
    /// Where standard error goes while the screen is up.
    pub log: Option<File>,
    /// The sessions of this run and of those before; none where there is no place for them.
    pub kept: Option<KeptSessions>,
    /// The probes that were asked for; with none, those of the session that is gone back to.
    pub probes: Vec<GivenProbe>,
}

/// Runs the explorer until the user leaves; `app` is then as it was left. Returns the exit status: 0, or 128 + the signal that ended it.
///
/// # Errors
/// When the terminal cannot be drawn on or read from.
pub fn run(app: &mut App, setup: Setup, mut look: Look) -> io::Result<u8> {
    let (sender, events) = channel();
    // Before the first frame, or a change of size right after it would go unheard.
    listen_to_signals(sender.clone())?;
    let written = sender.clone();
    let said =
        move |result: io::Result<()>| drop(written.send(result.map_or_else(Event::TerminalLost, |()| Event::Written)));
    let mut screen = Screen::enter(said)?;
    if let Some(log) = setup.log {
        screen.set_stderr_aside(log);
    }
    screen.set_mouse(app.mouse)?;
    let Setup { model, library, backend, debounce, kept, .. } = setup;
    let first = app.open(&model);
    let mut targets = app::render(&mut screen.terminal, app, &look)?;

    listen_to_terminal(sender.clone());
    // A report nobody waits for any more is no error: the explorer is closing.
    let reports = sender.clone();
    let report = move |report| drop(reports.send(Event::Report(report)));
    let mut worker = Worker::start(library, backend, debounce, report);
    worker.submit(first);

    let writing = RefCell::default();
    let (restored, theme) = (Cell::new(0), Cell::new(0));
    let mut autosave = Autosave::new(kept.as_ref());
    loop {
        let first = match autosave.due() {
            None => events.recv().map_err(RecvTimeoutError::from),
            Some(due) => events.recv_timeout(due.saturating_duration_since(Instant::now())),
        };
        let first = match first {
            Ok(first) => first,
            Err(RecvTimeoutError::Timeout) => {
                autosave.save(app);
                continue;
            }
            // The signal and terminal threads hold senders for as long as the process lives.
            Err(RecvTimeoutError::Disconnected) => return Ok(0),
        };
        autosave.touch();
        let around = Around {
            look: &look,
            theme: &theme,
            targets: &targets,
            kept: kept.as_ref(),
            restored: &restored,
            sender: &sender,
            writing: &writing,
        };
        let status = match take_in(first, &events, app, &mut worker, &mut screen, &around) {
            Err(_) if is_hung_up(&events) => Some(HANG_UP),
            status => status?,
        };
        (0..theme.take()).for_each(|_| look.next_theme());
        match status {
            Some(status) => {
                // A file that was asked for is written whole, however soon the explorer is left.
                writing.into_inner().map(JoinHandle::join);
                return Ok(status);
            }
            None if screen.is_ours() && screen.is_drawable() && !screen.is_behind() => {
                match app::render(&mut screen.terminal, app, &look) {
                    Err(_) if is_hung_up(&events) => return Ok(HANG_UP),
                    drawn => targets = drawn?,
                }
            }
            None => {}
        }
    }
}

/// 128 + SIGHUP.
const HANG_UP: u8 = 129;

/// Whether the terminal is gone. What is read or drawn may fail before those who watch it have said so.
fn is_hung_up(events: &Receiver<Event>) -> bool {
    let until = Instant::now() + Duration::from_secs(1);
    let left = || until.saturating_duration_since(Instant::now());
    std::iter::from_fn(|| events.recv_timeout(left()).ok()).any(|event| matches!(event, Event::Signal(SIGHUP)))
}

/// What the loop looks things up in.
struct Around<'a> {
    look: &'a Look,
    /// How many themes further the next frame is drawn.
    theme: &'a Cell<usize>,
    /// What can be clicked on in the frame on screen.
    targets: &'a [Target],
    kept: Option<&'a KeptSessions>,
    /// How many of them were gone back to one after the other.
    restored: &'a Cell<usize>,
    /// For what is done behind the screen.
    sender: &'a Sender<Event>,
    /// What writes files behind the screen, one after the other: the newest, which waits for those before.
    writing: &'a RefCell<Option<JoinHandle<()>>>,
}

impl Around<'_> {
    /// Writes a file behind the screen, as a disk can be slow, and says what came of it.
    fn write(&self, write: impl FnOnce() -> Notice + Send + 'static) {
        let (sender, before) = (self.sender.clone(), self.writing.take());
        self.writing.replace(Some(thread::spawn(move || {
            before.map(JoinHandle::join);
            // A report nobody waits for any more is no error: the explorer is closing.
            drop(sender.send(Event::Report(Report::Said(write()))));
        })));
    }
}

/// Takes in what has happened, the first of it and all that follows; an exit status when it is time to leave.
fn take_in(
    first: Event,
    events: &Receiver<Event>,
    app: &mut App,
    worker: &mut Worker,
    screen: &mut Screen,
    around: &Around,
) -> io::Result<Option<u8>> {
    for event in std::iter::once(first).chain(events.try_iter()) {
        let (request, job) = match event {
            Event::Terminal(TerminalEvent::Key(key)) => press(app, &around.look.keymap, key),
            Event::Terminal(TerminalEvent::Mouse(mouse)) => click(app, around.targets, mouse),
            Event::Terminal(TerminalEvent::Paste(text)) => (LoopRequest::None, app.paste(&text)),
            Event::Terminal(_) => (LoopRequest::None, None),
            Event::Report(report) => (LoopRequest::None, app.on_report(report)),
            Event::TerminalLost(error) => return Err(error),
            Event::Written => (LoopRequest::None, None),
            Event::Signal(SIGTSTP) => (LoopRequest::Suspend, None),
            Event::Signal(SIGCONT) => {
                screen.resume()?;
                (LoopRequest::None, None)
            }
            // Drawn anew even if the size is back to what it was, since the terminal has cut the picture meanwhile.
            Event::Signal(SIGWINCH) => (LoopRequest::Redraw, None),
            Event::Signal(signal) => return Ok(Some(128u8.saturating_add(u8::try_from(signal).unwrap_or(0)))),
        };
        if let Some(job) = job {
            worker.submit(job);
        }
        match request {
            LoopRequest::None => {}
            LoopRequest::Quit => return Ok(Some(0)),
            LoopRequest::Suspend => screen.suspend()?,
            LoopRequest::Redraw if screen.is_ours() && screen.is_drawable() => screen.redraw()?,
            LoopRequest::Redraw => {}
            LoopRequest::NextTheme => around.theme.set(around.theme.get() + 1),
            LoopRequest::NextLanguage => {
                set_language(language().next());
                app.retell().into_iter().for_each(|job| worker.submit(job));
            }
            LoopRequest::Copy { number, of } => copy(app, screen, &number, &of)?,
            LoopRequest::KeepLesson => around.write(files::keep_lesson(app)),
            LoopRequest::Save => around.write(save(app)),
            LoopRequest::Restore => {
                for job in restore(app, around) {
                    worker.submit(job);
                }
            }
            LoopRequest::CopyTable => match files::tabs(app) {
                Ok(text) => copy(app, screen, &text, "")?,
                Err(said) => app.notice = Some(said),
            },
            LoopRequest::Export(form) => {
                let export = Export::new(app, around.look, form, screen.terminal.size()?);
                around.write(|| export.write());
            }
        }
    }
    screen.set_mouse(app.mouse)?;
    Ok(None)
}

/// What terminals take at once, in bytes; several ignore a longer text.
const MOST_COPIED: usize = 74_000;

/// Sends a text to the terminal's clipboard, and says so; `of` is what it is, where it does not say so itself.
fn copy(app: &mut App, screen: &mut Screen, text: &str, of: &str) -> io::Result<()> {
    let said = about_copy(text, of);
    if !said.is_error {
        screen.copy(text)?;
    }
    app.notice = Some(said);
    Ok(())
}

/// What is said of a text that is to be copied; an error where it is too long for that.
fn about_copy(text: &str, of: &str) -> Notice {
    if text.len() > MOST_COPIED {
        let text = message!("explorer-copy-too-long", bytes = text.len());
        return Notice { text, is_error: true };
    }
    // Whether it arrives there, no terminal says.
    let text = match text.lines().count() {
        0 | 1 if of.is_empty() => message!("explorer-copied", text = text.trim_end()),
        0 | 1 => message!("explorer-copied-of", text = text, of = of),
        lines => message!("explorer-copied-lines", lines = lines),
    };
    Notice { text, is_error: false }
}

/// What saves the session as it is now to a file of its own where clscope was started, and says which.
fn save(app: &App) -> impl FnOnce() -> Notice + Send + use<> {
    let session = (!app.is_empty() || !app.list.is_empty()).then(|| app.session_with_notes());
    move || {
        let Some(session) = session else {
            return Notice { text: message!("explorer-nothing-to-save"), is_error: true };
        };
        match session::save(Path::new(""), &session) {
            Ok(file) => {
                let text = message!("explorer-saved", file = files::from_root(&file).display().to_string());
                Notice { text, is_error: false }
            }
            Err(error) => Notice::error(error),
        }
    }
}

/// Goes back to the newest session that was kept, the next time to the one before that, and says which.
fn restore(app: &mut App, around: &Around) -> Vec<Job> {
    let others = around.kept.map(KeptSessions::others).unwrap_or_default();
    let at = around.restored.get() % others.len().max(1);
    around.restored.set(at + 1);
    let session = others.get(at).ok_or(SessionError::NoneKept).and_then(|kept| Ok((kept, session::read(&kept.path)?)));
    let (jobs, notice) = match session {
        Ok((kept, session)) => {
            let probes = put_back_probes(app, &session);
            let text = match others.len() {
                1 => message!("explorer-restored", age = kept.age()),
                all => message!("explorer-restored-of", age = kept.age(), number = at + 1, all = all),
            };
            let said = Notice { text, is_error: false };
            app.notice = None;
            let jobs = app.restore(session);
            (jobs, Notice::together([said].into_iter().chain(probes).chain(app.notice.take())))
        }
        Err(error) => (Vec::new(), Some(Notice::error(error))),
    };
    app.notice = notice;
    jobs
}

/// A key: a command of the keymap, or text for the field that has the focus.
pub fn press(app: &mut App, keymap: &Keymap, key: KeyEvent) -> (LoopRequest, Option<Job>) {
    if key.kind == KeyEventKind::Release {
        return (LoopRequest::None, None);
    }
    let chord = KeyChord::from(key);
    let of_lesson = keymap.own_command(Overlay::Lesson.id(), chord).filter(|id| app.is_of_lesson(id));
    if let Some(id) = of_lesson.or_else(|| keymap.command(app.key_context(), chord)) {
        return app.update(id);
    }
    match key.code {
        KeyCode::Char(character)
            if app.overlay().is_some_and(Overlay::takes_text)
                && !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) =>
        {
            (LoopRequest::None, app.insert(character))
        }
        KeyCode::Char(digit @ '0'..='9') if key.modifiers.is_empty() => {
            (LoopRequest::None, app.type_digit(digit as usize - '0' as usize))
        }
        KeyCode::Char('.') if key.modifiers.is_empty() => (LoopRequest::None, app.type_point()),
        _ => (LoopRequest::None, None),
    }
}

/// A click on one of the `targets`, or a turn of the wheel, which is as good as the arrow keys.
pub fn click(app: &mut App, targets: &[Target], mouse: MouseEvent) -> (LoopRequest, Option<Job>) {
    let sideways = mouse.modifiers.contains(KeyModifiers::SHIFT);
    let id = match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => {
            return Target::hit(targets, mouse.column, mouse.row)
                .map_or((LoopRequest::None, None), |target| app.click(target));
        }
        MouseEventKind::ScrollLeft => "left",
        MouseEventKind::ScrollRight => "right",
        MouseEventKind::ScrollUp if sideways => "left",
        MouseEventKind::ScrollDown if sideways => "right",
        MouseEventKind::ScrollUp => "up",
        MouseEventKind::ScrollDown => "down",
        _ => return (LoopRequest::None, None),
    };
    app.update(id)
}

#[cfg(test)]
mod tests {
    use super::about_copy;

    #[test]
    fn only_what_a_clipboard_takes_is_copied() {
        assert_eq!(about_copy("0.1231", "[CLS] → it").text, "sent to the terminal's clipboard: 0.1231, [CLS] → it");
        assert_eq!(about_copy("a\tb\n1\t2\n", "").text, "sent to the terminal's clipboard: 2 lines");
        assert!(!about_copy(&"x".repeat(74_000), "").is_error);
        let refused = about_copy(&"x\n".repeat(40_000), "");
        assert!(refused.is_error && refused.text.starts_with("80000 bytes"), "{}", refused.text);
    }
}

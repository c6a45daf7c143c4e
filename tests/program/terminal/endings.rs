//! Every way out restores the terminal.

use super::*;

#[test]
fn every_way_out_restores_the_terminal() {
    let start = || {
        let terminal = Terminal::start(clscope([SENTENCE]), (100, 30));
        terminal.wait_for("the attention view", shows_attention);
        terminal
    };
    for key in ["q", CTRL_C] {
        let mut terminal = start();
        terminal.press(key);
        assert_eq!(terminal.wait_for_end().exit_code(), 0, "{key:?}");
        terminal.wait_until_restored();
    }
    let signals = [
        ("TERM", 143),
        ("HUP", 129),
        ("INT", 130),
        ("QUIT", 131),
        ("ABRT", 134),
        ("USR1", 138),
        ("USR2", 140),
        ("ALRM", 142),
        ("PROF", 155),
        ("IO", 157),
    ];
    for (signal, status) in signals {
        let terminal = start();
        kill(signal, terminal.process());
        assert_eq!(terminal.wait_for_end().exit_code(), status, "SIG{signal}");
        terminal.wait_until_restored();
    }
}

/// A report of the mouse, a pasted text, a letter of several bytes.
#[test]
fn what_a_slow_line_cuts_off_takes_no_key_with_it() {
    // Ctrl-C belongs to none of them and is heard at once; q may belong to some, and is heard after a while.
    let cut = ["\x1b[<0;10;", "\x1b[1;5", "\x1b[?", "\x1bO", "\x1b["];
    let cases = cut.map(|cut| (cut, Duration::ZERO, CTRL_C)).into_iter();
    let pause = InputParser::PATIENCE * 4;
    for (cut, pause, key) in cases.chain([("\x1b[<0;10;", pause, "q"), ("\x1b[M!", pause, "q")]) {
        let mut terminal = Terminal::start(clscope([SENTENCE]), (100, 30));
        terminal.wait_for("the attention view", shows_attention);
        terminal.press(cut);
        thread::sleep(pause);
        terminal.press(key);
        assert_eq!(terminal.wait_for_end().exit_code(), 0, "{cut:?}");
        terminal.wait_until_restored();
    }
}

#[test]
fn it_can_be_left_while_the_model_loads() {
    let mut terminal = Terminal::start(clscope([]), (100, 30));
    terminal.wait_for_text("clscope");
    terminal.press(CTRL_C);
    assert_eq!(terminal.wait_for_end().exit_code(), 0);
    terminal.wait_until_restored();
}

/// Nobody is left to press q; it must neither stay nor spin.
#[test]
fn it_ends_when_its_window_is_closed() {
    let _turn = pty::turn();
    // Without a thread that reads, which would hold the terminal open.
    let size = PtySize { rows: 30, cols: 100, ..PtySize::default() };
    let pty = native_pty_system().openpty(size).unwrap();
    let home = tempfile::tempdir().unwrap();
    let mut command = clscope([SENTENCE]);
    command.env("XDG_CONFIG_HOME", home.path());
    command.env("XDG_STATE_HOME", home.path());
    let mut child = pty.slave.spawn_command(command).unwrap();
    let mut output = pty.master.try_clone_reader().unwrap();
    output.read_exact(&mut [0; 1000]).unwrap();
    drop((output, pty));
    wait_until("the explorer to end", || child.try_wait().unwrap().is_none().then(|| "it still runs".to_owned()));
}

/// As behind a line that hangs.
#[test]
fn a_terminal_that_nobody_reads_holds_up_nothing() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start_at(home.path(), clscope([SENTENCE]), (200, 60));
    terminal.wait_for("the attention view", shows_attention);
    // Each draws every cell anew: together far more than a terminal takes unread.
    let stall = |terminal: &mut Terminal| {
        terminal.stall(true);
        for _ in 0..100 {
            terminal.press("\x0c");
            thread::sleep(Duration::from_millis(5));
        }
    };
    stall(&mut terminal);
    terminal.press("\x1bOR");
    terminal.stall(false);
    terminal.wait_for_text("[F3 Heads]");
    stall(&mut terminal);
    kill("TERM", terminal.process());
    assert_eq!(terminal.wait_for_end().exit_code(), 143);
    assert_eq!(fs::read_dir(home.path().join("clscope/sessions")).unwrap().count(), 1, "the session is kept");
}

/// Not a test: what the two tests below run in a pseudo-terminal. libtest's filter picks one of them, and the
/// variable keeps them from touching the terminal of someone who runs all ignored tests.
mod in_a_terminal {
    use super::*;

    pub const VARIABLE: &str = "CLSCOPE_TEST_IN_A_TERMINAL";

    fn draw(screen: &mut Screen, text: &str) {
        screen.terminal.draw(|frame| frame.render_widget(text, frame.area())).unwrap();
    }

    #[test]
    #[ignore = "run by a_panic_of_the_drawing_thread_restores_the_terminal"]
    fn panic_while_drawing() {
        if env::var_os(VARIABLE).is_some() {
            let mut screen = Screen::enter(drop).unwrap();
            draw(&mut screen, "a frame");
            crossterm::event::read().unwrap();
            panic!("on purpose, while drawing");
        }
    }

    #[test]
    #[ignore = "run by a_panic_of_another_thread_leaves_the_screen_alone"]
    fn panic_in_the_background() {
        if env::var_os(VARIABLE).is_some() {
            let mut screen = Screen::enter(drop).unwrap();
            thread::spawn(|| panic!("on purpose, in the background")).join().unwrap_err();
            screen.set_stderr_aside(File::create("log").unwrap());
            thread::spawn(|| panic!("on purpose, with a log")).join().unwrap_err();
            draw(&mut screen, "still drawing");
            crossterm::event::read().unwrap();
            drop(screen);
            eprintln!("{}", fs::read_to_string("log").unwrap());
        }
    }
}

/// Runs one of the functions above, as the only test of this very program, in a terminal.
fn rerun(test: &str) -> Terminal {
    let this = env::current_exe().unwrap();
    let test = format!("terminal::endings::in_a_terminal::{test}");
    let arguments = ["--exact", &test, "--ignored", "--nocapture", "--test-threads=1"];
    let mut command = command(this.to_str().unwrap(), arguments);
    command.env(in_a_terminal::VARIABLE, "1");
    Terminal::start(command, (100, 30))
}

#[test]
fn a_panic_of_the_drawing_thread_restores_the_terminal() {
    let mut terminal = rerun("panic_while_drawing");
    terminal.wait_for("a frame", |screen| screen.alternate_screen() && screen.contents().starts_with("a frame"));
    terminal.press("x");
    assert_eq!(terminal.wait_for_end().exit_code(), 101);
    terminal.wait_until_restored();
    let screen = terminal.wait_for_text("on purpose, while drawing");
    let message = row_of(&screen, "on purpose, while drawing");
    assert!(lines(&screen)[usize::from(message)].starts_with("on purpose"), "a staircase:\n{}", screen.contents());
    assert!(!screen.contents().contains("a frame"), "{}", screen.contents());
}

#[test]
fn a_panic_of_another_thread_leaves_the_screen_alone() {
    let mut terminal = rerun("panic_in_the_background");
    let screen = terminal.wait_for_text("still drawing");
    assert!(screen.alternate_screen());
    assert_eq!(screen.contents().trim_end(), "still drawing");
    terminal.press("x");
    assert_eq!(terminal.wait_for_end().exit_code(), 0);
    // What went to the log, shown once standard error was the terminal again.
    terminal.wait_until_restored();
    let screen = terminal.wait_for_text("on purpose, with a log").contents();
    assert!(!screen.contains("in the background"), "{screen}");
}

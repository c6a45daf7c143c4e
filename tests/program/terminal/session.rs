//! What is kept when the explorer is left, and going back to it.

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use tempfile::TempDir;

use super::{CTRL_C, READY, SENTENCE, lines, pty, shows_attention};
use pty::{Terminal, clscope, kill};

const SIZE: pty::Size = (120, 40);
const CTRL_R: &str = "\x12";

/// Where a clscope kept one only.
fn single(home: &TempDir) -> PathBuf {
    home.path().join("clscope/session.toml")
}

/// The sessions that are kept, in no order.
fn kept(home: &TempDir) -> Vec<String> {
    let files = fs::read_dir(home.path().join("clscope/sessions")).into_iter().flatten();
    files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

fn start(home: &Path, command: CommandBuilder) -> Terminal {
    Terminal::start_at(home, command, SIZE)
}

/// On the matrix: layer 4, head 2, from "animal" to "was".
const SOMEWHERE: &str = "4]]\x1b[C\x1b[Cs\x1b[C\x1bOS";

fn is_somewhere(screen: &vt100::Screen) -> bool {
    let text = screen.contents();
    text.contains("Matrix]") && text.contains("“animal” → “was”") && text.contains("layer 4, head 2")
}

/// Leaves by a key or a signal, and says how that went.
fn leave(mut terminal: Terminal, how: &str) {
    if how == "q" || how == CTRL_C {
        terminal.press(how);
    } else {
        kill(how, terminal.process());
    }
    let status = terminal.wait_for_end().exit_code();
    assert_eq!(
        status,
        match how {
            "TERM" => 143,
            "HUP" => 129,
            _ => 0,
        }
    );
    terminal.wait_until_restored();
}

#[test]
fn every_regular_end_is_gone_back_to() {
    let home = tempfile::tempdir().unwrap();
    for how in ["q", "TERM", "HUP"] {
        let _ = fs::remove_dir_all(home.path().join("clscope/sessions"));
        let mut terminal = start(home.path(), clscope([SENTENCE]));
        terminal.wait_for("the attention view", shows_attention);
        terminal.press(SOMEWHERE);
        terminal.wait_for("another place", is_somewhere);
        leave(terminal, how);
        let [text] = &kept(&home)[..] else { panic!("{:?}", kept(&home)) };
        assert!(text.contains(SENTENCE) && text.contains("model = \"embedded\""), "{text}");

        let terminal = start(home.path(), clscope(["--restore"]));
        terminal.wait_for("the same place", is_somewhere);
        leave(terminal, "q");
        assert_eq!(kept(&home), [&text[..]], "left as it was found");
    }
}

#[test]
fn a_key_goes_back_and_nothing_typed_keeps_what_there_is() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("clscope")).unwrap();
    fs::write(
        single(&home),
        format!("text = \"{SENTENCE}\"\nview = \"matrix\"\nlayer = 4\nhead = 2\nsource = 2\ntoken = 3\n"),
    )
    .unwrap();
    let mut terminal = start(home.path(), clscope([]));
    terminal.wait_for_text(READY);
    terminal.wait_for_text("Ctrl-r goes back to where you left clscope last time.");
    leave(terminal, CTRL_C);
    assert_eq!(kept(&home).len(), 0, "nothing was typed");

    terminal = start(home.path(), clscope([]));
    terminal.wait_for_text(READY);
    terminal.press(CTRL_R);
    terminal.wait_for("the place in the file", is_somewhere);
    leave(terminal, "q");

    terminal = start(home.path(), clscope(["Something else."]));
    terminal.wait_for("another text", shows_attention);
    terminal.press("R");
    let screen = terminal.wait_for("the same place", is_somewhere);
    assert!(screen.contents().contains("as clscope was left just now, session 1 of 2"), "{}", screen.contents());
    leave(terminal, "q");
}

#[test]
fn a_quick_look_leaves_what_was_there_before() {
    let home = tempfile::tempdir().unwrap();
    for text in [SENTENCE, "Quick look."] {
        let mut terminal = start(home.path(), clscope([text]));
        terminal.wait_for("the attention view", shows_attention);
        terminal.press(if text == SENTENCE { SOMEWHERE } else { "G" });
        if text == SENTENCE {
            terminal.wait_for("another place", is_somewhere);
        }
        leave(terminal, "q");
    }
    let mut terminal = start(home.path(), clscope(["--restore"]));
    terminal.wait_for_text("Quick look.");
    terminal.wait_for("the attention view", shows_attention);
    terminal.press("R");
    terminal.wait_for_text("session 1 of 2");
    terminal.press("R");
    terminal.wait_for("the one before", is_somewhere);
    terminal.wait_for_text("session 2 of 2");
    leave(terminal, "q");

    let terminal = start(home.path(), clscope(["sessions"]));
    assert_eq!(terminal.wait_for_end().exit_code(), 0);
    // What has ended may have said more than is on screen yet.
    terminal.wait_for("both sessions", |screen| {
        ["matrix", "Quick look."].iter().all(|text| screen.contents().contains(text))
    });
}

#[test]
fn what_is_killed_was_kept_seconds_ago() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = start(home.path(), clscope([SENTENCE]));
    terminal.wait_for("the attention view", shows_attention);
    terminal.press(SOMEWHERE);
    terminal.wait_for("another place", is_somewhere);
    pty::wait_until("a session", || kept(&home).iter().all(|text| !text.contains("matrix")).then(String::new));
    kill("KILL", terminal.process());
    terminal.wait_for_end();
    // One at a time.
    drop(terminal);
    let terminal = start(home.path(), clscope(["--restore"]));
    terminal.wait_for("the same place", is_somewhere);
}

#[test]
fn a_saved_session_opens_elsewhere() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = start(home.path(), clscope([SENTENCE]));
    terminal.wait_for("the attention view", shows_attention);
    terminal.press(SOMEWHERE);
    terminal.wait_for("another place", is_somewhere);
    for number in [1, 2] {
        terminal.press("S");
        let file = home.path().join(format!("clscope-session-{number}.toml"));
        terminal.wait_for_text(&format!("saved: clscope open {} goes on from here", file.display()));
    }
    leave(terminal, "q");

    let other = tempfile::tempdir().unwrap();
    let [first, second] = [1, 2].map(|number| home.path().join(format!("clscope-session-{number}.toml")));
    assert_eq!(fs::read(&first).unwrap(), fs::read(&second).unwrap());
    let terminal = start(other.path(), clscope(["open", first.to_str().unwrap()]));
    terminal.wait_for("the same place", is_somewhere);
    leave(terminal, "q");
    assert_eq!(kept(&other).len(), 1);
}

#[test]
fn a_session_of_a_model_that_is_not_here_keeps_its_text() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("colleague.toml");
    fs::write(&file, format!("text = \"{SENTENCE}\"\nmodel = \"/not/here\"\nlayer = 4")).unwrap();
    let mut terminal = start(home.path(), clscope(["open", "colleague.toml"]));
    let screen = terminal.wait_for_text("there is no directory \"/not/here\"");
    assert!(lines(&screen)[1].contains(SENTENCE), "{}", screen.contents());
    terminal.press("membedded\r");
    let screen = terminal.wait_for("the text read by another", shows_attention);
    assert!(screen.contents().contains("▶layer  4") || screen.contents().contains("layer 4"), "{}", screen.contents());
    leave(terminal, "q");

    // What the command line says wins.
    let terminal = start(home.path(), clscope(["open", "colleague.toml", "--model", "embedded"]));
    terminal.wait_for("the text read", shows_attention);
}

#[test]
fn without_a_session_it_says_so_on_the_normal_screen() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("bad.toml"), "text = \"a\"\nview = \"all\"\n").unwrap();
    let cases: [(CommandBuilder, u32, &str); 5] = [
        (clscope(["--restore"]), 1, "clscope: there is no last session"),
        (clscope(["open", "none.toml"]), 1, "clscope: none.toml: cannot be read: there is no such file"),
        (clscope(["open", "bad.toml"]), 1, "clscope: bad.toml:2: view: unknown word \"all\"; one of"),
        (clscope(["--restore", "text"]), 2, "cannot be used with"),
        (clscope(["--restore", "trace", "text"]), 2, "--restore opens the explorer"),
    ];
    for (command, status, says) in cases {
        let terminal = start(home.path(), command);
        assert_eq!(terminal.wait_for_end().exit_code(), status, "{says}");
        terminal.wait_for_text(says);
        terminal.wait_until_restored();
    }
    let mut terminal = start(home.path(), clscope([SENTENCE]));
    terminal.wait_for("the attention view", shows_attention);
    terminal.press("R");
    terminal.wait_for_text("there is no last session");
}

/// The end of an explorer whose state cannot be kept is an end like any other.
#[test]
fn what_cannot_be_kept_is_said_after_the_screen() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("clscope")).unwrap();
    fs::write(home.path().join("clscope/sessions"), "in the way").unwrap();
    let mut terminal = start(home.path(), clscope([SENTENCE]));
    terminal.wait_for("the attention view", shows_attention);
    terminal.press("q");
    assert_eq!(terminal.wait_for_end().exit_code(), 0);
    terminal.wait_until_restored();
    terminal.wait_for_text("clscope: the session is not kept: cannot write");
}

#[test]
fn a_terminal_that_goes_without_a_signal_ends_it_with_the_session_kept() {
    let _turn = pty::turn();
    let home = tempfile::tempdir().unwrap();
    let size = PtySize { rows: SIZE.1, cols: SIZE.0, pixel_width: 0, pixel_height: 0 };
    let pty = native_pty_system().openpty(size).unwrap();
    let script = "trap '' HUP; exec \"$0\" \"$1\"";
    let mut command = pty::command("sh", ["-c", script, env!("CARGO_BIN_EXE_clscope"), SENTENCE]);
    command.cwd(home.path());
    for variable in ["HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"] {
        command.env(variable, home.path());
    }
    let mut child = pty.slave.spawn_command(command).unwrap();
    drop(pty.slave);
    let mut output = pty.master.try_clone_reader().unwrap();
    let mut parser = vt100::Parser::new(SIZE.1.try_into().unwrap(), SIZE.0.try_into().unwrap(), 0);
    let mut bytes = [0; 1 << 16];
    while !shows_attention(parser.screen()) {
        let count = output.read(&mut bytes).unwrap();
        parser.process(&bytes[..count]);
    }
    drop((output, pty.master));
    pty::wait_until("the program to end", || child.try_wait().unwrap().is_none().then(String::new));
    assert_eq!(child.wait().unwrap().exit_code(), 129, "as by a hang-up");
    assert!(kept(&home)[0].contains(SENTENCE));
}

//! The explorer is suspended to a shell and continued.

use super::*;

/// A shell with job control and no line editing, whose prompt leaves the terminal's modes alone.
pub(super) fn shell(program: &str) -> Terminal {
    let mut shell = match program {
        "bash" => command("bash", ["--norc", "--noprofile", "--noediting", "-i"]),
        _ => command(program, ["-i"]),
    };
    shell.env("PS1", "prompt> ");
    shell.env("CLSCOPE", env!("CARGO_BIN_EXE_clscope"));
    let mut terminal = Terminal::start(shell, (100, 50));
    terminal.wait_for_text("prompt> ");
    terminal.press("echo before-$((6*7))\n");
    terminal.wait_for_text("before-42");
    terminal
}

/// The shell has the terminal: its earlier output is there, what is typed is echoed, and it carries it out.
#[track_caller]
pub(super) fn assert_shell_is_back(terminal: &mut Terminal, word: &str) {
    terminal.wait_until_restored();
    terminal.wait_for("the shell's earlier output, and a prompt", |screen| {
        let text = screen.contents();
        text.contains("before-42") && text.trim_end().ends_with("\nprompt>")
    });
    terminal.press(format!("echo {word}-$((6*7))\n"));
    terminal.wait_for("the echo of a command, and its output", |screen| {
        screen.contents().contains(&format!("echo {word}-$((6*7))"))
            && screen.contents().contains(&format!("{word}-42"))
    });
}

fn suspends_and_resumes(program: &str) {
    let mut terminal = shell(program);
    terminal.press(format!("\"$CLSCOPE\" '{SENTENCE}'\n"));
    let before = terminal.wait_for_rest("the attention view", shows_attention);
    let explorer = terminal.foreground();
    let same = |screen: &vt100::Screen| picture(screen) == picture(&before);

    terminal.press(CTRL_Z);
    assert_shell_is_back(&mut terminal, "key");
    assert_eq!(state(explorer).unwrap_or('T'), 'T');
    terminal.press("fg\n");
    terminal.wait_for("the explorer after Ctrl-Z and fg", same);

    kill("TSTP", explorer);
    assert_shell_is_back(&mut terminal, "signal");
    terminal.press("fg\n");
    terminal.wait_for("the explorer after kill -TSTP and fg", same);

    // Stopped without a warning it cannot tidy up; once it goes on it must have the whole terminal again, even
    // if the shell has put the modes back meanwhile.
    kill("STOP", explorer);
    terminal.wait_for("the shell's prompt", |screen| screen.contents().contains("prompt> "));
    terminal.press("fg\n");
    terminal.wait_for("the explorer after kill -STOP and fg", same);
    terminal.press("\x1b[C");
    terminal.wait_for("the cursor one token further", |screen| screen.contents().contains("[CLS] → “the”"));

    // A window that grows while the explorer is away.
    terminal.press(CTRL_Z);
    assert_shell_is_back(&mut terminal, "resize");
    terminal.resize((130, 60));
    terminal.press("fg\n");
    terminal.wait_for("the explorer in a larger window", shows_attention);
    assert_nothing_is_left_behind(&mut terminal);

    terminal.press("q");
    assert_shell_is_back(&mut terminal, "quit");
    terminal.press("echo status-$?\n");
    terminal.wait_for_text("status-0");
}

/// Two shells, because bash puts the terminal's modes back when a job stops, and others do not.
#[test]
fn suspends_to_the_shell_and_comes_back() {
    suspends_and_resumes("bash");
    suspends_and_resumes("sh");
}

#[test]
fn continued_from_outside_it_draws_itself_anew() {
    let mut terminal = Terminal::start(clscope([SENTENCE]), (100, 30));
    let before = terminal.wait_for_rest("the attention view", shows_attention);
    kill("STOP", terminal.process());
    wait_until("the stop", || state(terminal.process()).filter(|state| *state != 'T').map(String::from));
    terminal.scribble();
    kill("CONT", terminal.process());
    terminal.wait_for("the same picture", |screen| picture(screen) == picture(&before));
    terminal.press("q");
    assert_eq!(terminal.wait_for_end().exit_code(), 0);
    terminal.wait_until_restored();
}

/// Started by a window manager or `ssh -t`, there is nobody who could ever continue it.
#[test]
fn without_a_shell_it_does_not_suspend() {
    let mut terminal = Terminal::start(clscope([SENTENCE]), (100, 30));
    terminal.wait_for("the attention view", shows_attention);
    terminal.press(CTRL_Z);
    terminal.press("\x1b[C");
    terminal.wait_for("the cursor one token further", |screen| screen.contents().contains("[CLS] → “the”"));
}

//! Clicks, the wheel and the clipboard, as a terminal sends and takes them.

use std::fs;

use vt100::{MouseProtocolEncoding, MouseProtocolMode};

use super::{CTRL_Z, READY, SENTENCE, assert_shell_is_back, files::copied, lines, pty, row_of, shell, shows_attention};
use pty::{Terminal, clscope};

const SIZE: pty::Size = (120, 40);

/// Whether clicks are sent, with their places however far to the right, and nothing of mere moves.
fn takes_clicks(screen: &vt100::Screen) -> bool {
    let modes = (screen.mouse_protocol_mode(), screen.mouse_protocol_encoding());
    modes == (MouseProtocolMode::PressRelease, MouseProtocolEncoding::Sgr)
}

fn leaves_clicks(screen: &vt100::Screen) -> bool {
    screen.mouse_protocol_mode() == MouseProtocolMode::None
}

/// What a terminal sends for a click on the first place of a text.
fn click_on(screen: &vt100::Screen, text: &str) -> String {
    let row = row_of(screen, text);
    let line = &lines(screen)[usize::from(row)];
    let column = line[..line.find(text).unwrap()].chars().count() + 2;
    format!("\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m", row = row + 1)
}

const WHEEL_DOWN: &str = "\x1b[<65;60;20M";

#[test]
fn a_click_goes_there_and_the_wheel_moves() {
    let mut terminal = Terminal::start(clscope([SENTENCE]), SIZE);
    let screen = terminal.wait_for("the attention view", |screen| shows_attention(screen) && takes_clicks(screen));
    terminal.press(click_on(&screen, "Heads"));
    let screen = terminal.wait_for_text("Heads]");
    terminal.press(click_on(&screen, "Layers"));
    terminal.wait_for("the layers again", shows_attention);
    let before = terminal.wait_for_text("layer 1").contents();
    terminal.press(WHEEL_DOWN);
    terminal.wait_for("a layer further", |screen| screen.contents() != before && screen.contents().contains("layer 2"));
    terminal.press("q");
    assert_eq!(terminal.wait_for_end().exit_code(), 0);
    terminal.wait_until_restored();
}

#[test]
fn a_key_and_an_option_leave_the_mouse_to_the_terminal() {
    let mut terminal = Terminal::start(clscope([SENTENCE]), SIZE);
    terminal.wait_for("clicks taken", |screen| shows_attention(screen) && takes_clicks(screen));
    terminal.press("M");
    terminal.wait_for("clicks left", leaves_clicks);
    terminal.press("M");
    terminal.wait_for("clicks taken again", takes_clicks);
    drop(terminal);

    let config = tempfile::NamedTempFile::new().unwrap();
    fs::write(&config, "mouse = false").unwrap();
    let mut terminal = Terminal::start(clscope(["--config", config.path().to_str().unwrap(), SENTENCE]), SIZE);
    let screen = terminal.wait_for("the attention view", shows_attention);
    assert!(leaves_clicks(&screen));
    terminal.press("M");
    terminal.wait_for("clicks taken", takes_clicks);
    terminal.press("q");
    terminal.wait_for_end();
    terminal.wait_until_restored();
}

#[test]
fn a_stop_gives_the_mouse_back_and_keeps_the_choice() {
    let mut terminal = shell("bash");
    terminal.press(format!("\"$CLSCOPE\" '{SENTENCE}'\n"));
    terminal.wait_for("clicks taken", |screen| shows_attention(screen) && takes_clicks(screen));
    terminal.press(CTRL_Z);
    assert_shell_is_back(&mut terminal, "taken");
    terminal.press("fg\n");
    terminal.wait_for("clicks taken again", |screen| shows_attention(screen) && takes_clicks(screen));
    terminal.press("M");
    terminal.wait_for("clicks left", leaves_clicks);
    terminal.press(CTRL_Z);
    assert_shell_is_back(&mut terminal, "left");
    terminal.press("fg\n");
    let screen = terminal.wait_for("the explorer", shows_attention);
    assert!(leaves_clicks(&screen));
    terminal.press("q");
    assert_shell_is_back(&mut terminal, "quit");
}

#[test]
fn a_number_is_copied() {
    let mut terminal = Terminal::start(clscope([SENTENCE]), SIZE);
    terminal.wait_for_text(READY);
    terminal.wait_for("the attention view", shows_attention);
    terminal.press("G\x1b[Cy");
    let said = terminal.wait_for_text("sent to the terminal's clipboard: 0.");
    let copied = copied(&terminal);
    let share: f32 = copied.parse().unwrap();
    assert!(0.0 < share && share < 1.0 && said.contents().contains(&format!("clipboard: {copied}")), "{copied}");
    let shown = format!("{:.1}", share * 100.0);
    assert!(said.contents().contains(shown.trim_end_matches(".0")), "{shown} in\n{}", said.contents());
}

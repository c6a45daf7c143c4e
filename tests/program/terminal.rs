//! The explorer in a real pseudo-terminal: what a person sees when it starts, is resized, suspended, quit, and when
//! it crashes. `cargo test --release --test program terminal -- --nocapture` prints the times measured on the way.

mod endings;
mod files;
mod mouse;
mod progress;
mod random;
mod session;
mod speed;
mod suspension;
mod typing;

use std::{
    collections::BTreeSet,
    env,
    fs::{self, File},
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use clscope::terminal::{InputParser, Screen};
use portable_pty::{PtySize, native_pty_system};
use random::Random;
use suspension::{assert_shell_is_back, shell};

use crate::pty::{self, Size, Terminal, clscope, command, kill, state, wait_until};

const SENTENCE: &str = "The animal was too tired.";
const READY: &str = "all-MiniLM-L6-v2 · flex · 6×12 heads";
const F7: &str = "\x1b[18~";
const CTRL_C: &str = "\x03";
const CTRL_L: &str = "\x0c";
const CTRL_Z: &str = "\x1a";

fn lines(screen: &vt100::Screen) -> Vec<String> {
    screen.rows(0, screen.size().1.get()).collect()
}

/// The first row that holds the text.
fn row_of(screen: &vt100::Screen, text: &str) -> u16 {
    let row = lines(screen).iter().position(|line| line.contains(text));
    row.unwrap_or_else(|| panic!("no {text:?} in\n{}", screen.contents())) as u16
}

/// The different colours behind a row's cells.
fn backgrounds(screen: &vt100::Screen, row: u16) -> Vec<vt100::Color> {
    let mut colors = Vec::new();
    for column in 0..screen.size().1.get() {
        let color = screen.cell(row, column).unwrap().bgcolor();
        if !colors.contains(&color) {
            colors.push(color);
        }
    }
    colors
}

/// Whether a sentence has been read and its attention fills the screen, from corner to corner.
fn shows_attention(screen: &vt100::Screen) -> bool {
    let lines = lines(screen);
    let (first, last, text) = (&lines[0], &lines[lines.len() - 1], lines.join("\n"));
    // In the narrowest window the tabs take the whole line.
    let narrow = first.chars().count() < 72;
    let corners = [
        narrow || first.trim_start().starts_with("clscope"),
        narrow || first.ends_with("? help "),
        first.contains("Pool"),
        last.contains("q quit"),
    ];
    let body = ["[CLS] looks at …", "layer  1", " tokens · "].map(|part| text.contains(part));
    screen.alternate_screen()
        && [&corners[..], &body].concat().iter().all(|fits| *fits)
        && (narrow || first.chars().count() == usize::from(screen.size().1.get()))
        && !text.contains("reading …")
}

/// What can be seen: every cell with its colours, and the cursor unless it is hidden.
fn picture(screen: &vt100::Screen) -> impl PartialEq + use<> {
    let (rows, columns) = screen.size();
    let places = (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column)));
    let cells: Vec<_> = places
        .map(|(row, column)| {
            let cell = screen.cell(row, column).unwrap();
            let text = cell.contents().trim_end().to_owned();
            let color = (!text.is_empty()).then(|| (cell.fgcolor(), cell.bold()));
            (text, color, cell.bgcolor(), cell.underline(), cell.inverse())
        })
        .collect();
    (cells, (!screen.hide_cursor()).then(|| screen.cursor_position()))
}

/// Sees to it that what is on screen is what drawing it anew gives, so that no older frame shines through.
#[track_caller]
fn assert_nothing_is_left_behind(terminal: &mut Terminal) {
    let before = terminal.wait_for_rest("a whole picture", |_| true);
    terminal.scribble();
    terminal.press(CTRL_L);
    terminal.wait_for("the same picture, drawn anew", |screen| picture(screen) == picture(&before));
}

#[test]
fn a_sentence_typed_letter_by_letter_is_read() {
    let mut terminal = Terminal::start(clscope([]), (120, 40));
    terminal.wait_for("the first frame", |screen| {
        let lines = lines(screen);
        lines[0].contains("clscope") && lines[1].contains("▌ A ") && !screen.hide_cursor()
    });
    let first_frame = terminal.started.elapsed();
    terminal.wait_for_text(READY);
    eprintln!("first frame after {first_frame:.1?}, model ready after {:.1?}", terminal.started.elapsed());

    for end in 1..=SENTENCE.len() {
        terminal.press(&SENTENCE[end - 1..end]);
        terminal.wait_for("the letter", |screen| lines(screen)[1].ends_with(SENTENCE[..end].trim_end()));
    }
    terminal.press("\r");
    let screen = terminal
        .wait_for("the sentence read", |screen| shows_attention(screen) && screen.contents().contains("8 tokens"));

    let tokens = &lines(&screen)[usize::from(row_of(&screen, "layer  1")) - 1];
    for token in ["[CLS]", "the", "animal", "was", "too", "tired", ".", "[SEP]"] {
        assert!(tokens.contains(token), "no {token} in {tokens:?}");
    }
    for layer in 1..=6 {
        let row = row_of(&screen, &format!("layer  {layer}"));
        let line = &lines(&screen)[usize::from(row)];
        // Behind the row's name: a percentage or a dot for each token, then the spread.
        let cells: Vec<&str> = line.split_whitespace().skip_while(|word| !word.ends_with("layer")).skip(2).collect();
        assert_eq!(cells.len(), 9, "{line:?}");
        assert!(cells[..8].iter().any(|cell| cell.trim_matches(['[', ']']).parse::<u8>().is_ok()), "{line:?}");
        assert!(backgrounds(&screen, row).len() > 2, "too few colours in {line:?}");
    }
    // Below the fields the sentence stands once more, each word shaded by what [CLS] gives it.
    let words = lines(&screen).iter().rposition(|line| line.contains(SENTENCE)).unwrap();
    assert!(words > 2 && backgrounds(&screen, words as u16).len() > 3, "no shaded words in\n{}", screen.contents());
}

#[test]
fn a_pair_is_read_joined_and_compared() {
    let pair = ["A man is playing a guitar.", "--pair", "Someone is making music."];
    let mut terminal = Terminal::start(clscope(pair), (120, 40));
    let screen = terminal.wait_for("the pair's attention", shows_attention);
    assert!(screen.contents().contains("A and B joined"), "{}", screen.contents());

    for key in [F7, "\t\t\t\t\t\t\t\t"] {
        terminal.press(key);
        terminal.wait_for("a cosine under every pooling", |screen| {
            screen.contents().contains("How close are A and B, each read alone, among")
                && ["pooled", "cls", "mean", "mean-words", "max", "first-last", "layer1-last", "declared"].iter().all(
                    |name| {
                        let rows = lines(screen);
                        let words = rows.iter().map(|row| row.split_whitespace().collect::<Vec<_>>());
                        let mut named = words.filter(|words| words.first() == Some(name)).flatten();
                        named.any(|word| word.parse().is_ok_and(|cosine: f32| cosine.abs() <= 1.0))
                    },
                )
        });
    }
}

#[test]
fn every_size_is_drawn_whole() {
    let mut terminal = Terminal::start(clscope([SENTENCE]), (120, 40));
    terminal.wait_for("the attention view", shows_attention);
    let sizes: [Size; 13] = [
        (60, 16),
        (59, 15),
        (1, 1),
        (7, 50),
        (20, 2),
        (60, 15),
        (59, 16),
        (200, 1),
        (200, 60),
        (61, 17),
        (500, 16),
        (60, 200),
        (120, 40),
    ];
    for size @ (columns, rows) in sizes {
        let refusals = [&format!("clscope needs 60×16, this is {columns}×{rows}"), "needs 60×16", "60×16", ""];
        let refusal = refusals.into_iter().find(|words| words.chars().count() <= usize::from(columns)).unwrap();
        terminal.resize(size);
        terminal.wait_for(&format!("the explorer at {size:?}"), |screen| match columns >= 60 && rows >= 16 {
            true => shows_attention(screen),
            false => screen.contents().trim() == refusal && screen.hide_cursor(),
        });
        assert_nothing_is_left_behind(&mut terminal);
    }
    terminal.press("q");
    assert_eq!(terminal.wait_for_end().exit_code(), 0);
    terminal.wait_until_restored();
}

/// Dragged by its corner, a window may be back at its old size before anyone has asked for the new one; what the
/// smaller size cut off is gone all the same.
#[test]
fn a_size_too_short_lived_to_be_noticed_is_drawn_over() {
    let terminal = Terminal::start(clscope([SENTENCE]), (100, 30));
    terminal.wait_for("the attention view", shows_attention);
    for _ in 0..20 {
        terminal.resize((30, 10));
        terminal.resize((100, 30));
        terminal.wait_for("the whole view", shows_attention);
    }
}

/// The explorer's command line without a terminal.
fn run(arguments: &[&str]) -> Output {
    let home = tempfile::tempdir().unwrap();
    Command::new(env!("CARGO_BIN_EXE_clscope"))
        .args(arguments)
        .env("HOME", home.path())
        .env("XDG_CONFIG_HOME", home.path())
        .env("XDG_STATE_HOME", home.path())
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// Fails with this status, nothing on standard output, and one line on standard error that says this.
#[track_caller]
fn assert_refused(arguments: &[&str], status: i32, says: &[&str]) {
    let output = run(arguments);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(status), "{message}");
    assert_eq!(output.stdout, b"", "{message}");
    if status == 1 {
        assert_eq!(message.lines().count(), 1, "{message}");
    }
    says.iter().for_each(|part| assert!(message.contains(part), "no {part:?} in {message:?}"));
}

#[test]
fn what_cannot_be_done_is_refused_in_one_line() {
    assert_refused(&[], 1, &["needs a terminal", "clscope trace, attention, similarity, evaluate or screenshot"]);
    assert_refused(&[SENTENCE], 1, &["needs a terminal"]);
    assert_refused(&["similarity", "a", "b", "--model", "./no-such-model"], 1, &["no-such-model", "config.json"]);
    assert_refused(&["--backend", "nonsense"], 2, &["nonsense", "flex"]);

    let config = tempfile::NamedTempFile::new().unwrap();
    fs::write(&config, "theme = \"dark\"\nbackend = \"nonsense\"\n").unwrap();
    let path = config.path().to_str().unwrap();
    assert_refused(&["--config", path], 1, &[&format!("{path}:2: "), "nonsense"]);
}

/// In a terminal too: the message stands on the normal screen.
#[test]
fn an_unknown_model_is_refused_before_the_screen_is_taken() {
    let terminal = Terminal::start(clscope(["--model", "./no-such-model"]), (100, 30));
    assert_eq!(terminal.wait_for_end().exit_code(), 1);
    let screen = terminal.wait_for_text("no-such-model");
    assert!(screen.contents().starts_with("clscope: there is no directory"), "{}", screen.contents());
    terminal.wait_until_restored();
}

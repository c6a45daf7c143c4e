//! The explorer in a real pseudo-terminal: what a person sees when it starts, is resized, suspended, quit, and when
//! it crashes. `cargo test --release --test program terminal -- --nocapture` prints the times measured on the way.

mod files;
mod mouse;
mod progress;
mod random;
mod session;
mod speed;

use std::{
    collections::BTreeSet,
    env,
    fs::{self, File},
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use clscope::terminal::Screen;
use portable_pty::{PtySize, native_pty_system};
use random::Random;

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
        first.contains("Pooling"),
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
            screen.contents().contains("How close are A and B? Each read alone")
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

/// A shell with job control and no line editing, whose prompt leaves the terminal's modes alone.
fn shell(program: &str) -> Terminal {
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
fn assert_shell_is_back(terminal: &mut Terminal, word: &str) {
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
    for (signal, status) in [("TERM", 143), ("HUP", 129), ("INT", 130), ("QUIT", 131)] {
        let terminal = start();
        kill(signal, terminal.process());
        assert_eq!(terminal.wait_for_end().exit_code(), status, "SIG{signal}");
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
            let mut screen = Screen::enter().unwrap();
            draw(&mut screen, "a frame");
            crossterm::event::read().unwrap();
            panic!("on purpose, while drawing");
        }
    }

    #[test]
    #[ignore = "run by a_panic_of_another_thread_leaves_the_screen_alone"]
    fn panic_in_the_background() {
        if env::var_os(VARIABLE).is_some() {
            let mut screen = Screen::enter().unwrap();
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
    let test = format!("terminal::in_a_terminal::{test}");
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
    let screen = terminal.wait_until_restored();
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
    let screen = terminal.wait_until_restored().contents();
    assert!(screen.contains("on purpose, with a log") && !screen.contains("in the background"), "{screen}");
}

/// Types as a fast typist does, whatever the screen does meanwhile. Returns how long each letter took to appear,
/// and how many lengths of the sentence were read before the last one did.
fn type_fast(terminal: &mut Terminal, text: &str) -> (Vec<Duration>, usize) {
    const PACE: Duration = Duration::from_millis(15);
    let letters = text.len();
    let (mut pressed, mut appeared, mut read) = (Vec::new(), Vec::new(), BTreeSet::new());
    let begun = Instant::now();
    for due in (1..).map(|letter| begun + PACE * letter) {
        if let Some(letter) = text.get(pressed.len()..=pressed.len()) {
            pressed.push(Instant::now());
            terminal.press(letter);
        }
        terminal.watch(due, |screen| {
            let field = &lines(screen)[1];
            // A blank at the end cannot be seen; the cursor behind it can.
            let shown = usize::from(screen.cursor_position().1).saturating_sub(5).min(letters);
            if field.contains(text[..shown].trim_end()) {
                appeared.resize(appeared.len().max(shown), Instant::now());
            }
            let contents = screen.contents();
            read.extend(contents.split(" · ").filter_map(|part| part.strip_suffix(" tokens")?.parse::<usize>().ok()));
            appeared.len() == letters
        });
        if appeared.len() == letters {
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "letters are lost:\n{}", terminal.screen().contents());
    }
    (appeared.iter().zip(&pressed).map(|(appeared, pressed)| *appeared - *pressed).collect(), read.len())
}

#[test]
fn typing_stays_instant_while_the_model_runs() {
    let text = "she sat on the bank of the river and thought about the bank that had all of her money once";
    assert_eq!(text.split(' ').count(), 20);
    for (what, options, arguments) in [
        ("one sentence", "", vec![]),
        ("a pair, reading without a pause", "debounce_ms = 0", vec![".", "--pair", text]),
    ] {
        let config = tempfile::NamedTempFile::new().unwrap();
        fs::write(&config, options).unwrap();
        let mut command = clscope(["--config", config.path().to_str().unwrap()]);
        command.args(&arguments);
        let mut terminal = Terminal::start(command, (200, 50));
        terminal.wait_for_text(READY);
        if !arguments.is_empty() {
            terminal.wait_for("the pair's attention", shows_attention);
            terminal.press("i\x15");
            terminal.wait_for("an empty field", |screen| lines(screen)[1].trim_end() == "▌ A");
        }
        let (mut latencies, read) = type_fast(&mut terminal, text);
        latencies.sort();
        let count = latencies.len();
        let (median, p99, longest) = (latencies[count / 2], latencies[count * 99 / 100], latencies[count - 1]);
        eprintln!(
            "{what}: {count} letters, seen after p50 {median:.1?}, p99 {p99:.1?}, at most {longest:.1?}; read {read} times"
        );
        assert!(read > 2, "{what}: the model did not run meanwhile");
        terminal.wait_for("the whole sentence read", |screen| {
            screen.contents().contains("money") && !screen.contents().contains("reading …")
        });
    }
}

/// As a terminal without bracketed paste sends it: thousands of keys at once, and none behind them.
#[test]
fn a_long_burst_of_keys_arrives_whole() {
    let mut terminal = Terminal::start(clscope([]), (100, 30));
    terminal.wait_for_text(READY);
    terminal.press("word ".repeat(700) + "end");
    terminal.wait_for("the last key", |screen| lines(screen)[1].trim_end().ends_with("word end"));
    terminal.press(CTRL_C);
    assert_eq!(terminal.wait_for_end().exit_code(), 0);
    terminal.wait_until_restored();
}

/// Alt-[ is how an arrow key begins; the window is resized before the next key.
#[test]
fn half_a_key_does_not_hold_up_the_window() {
    let mut terminal = Terminal::start(clscope([SENTENCE]), (100, 30));
    terminal.wait_for_rest("the attention view", shows_attention);
    terminal.press("\x1b[");
    terminal.wait_for_rest("the same view, for half a key does nothing", shows_attention);
    terminal.resize((120, 40));
    terminal.wait_for("the larger view", shows_attention);
}

/// Any keys at all, in a window that never rests. CLSCOPE_RANDOM_ROUNDS asks for more of them, CLSCOPE_RANDOM_SEED for
/// others.
#[test]
fn no_key_and_no_size_brings_it_down() {
    let rounds = env::var("CLSCOPE_RANDOM_ROUNDS").map_or(150, |rounds| rounds.parse().expect("a number"));
    let mut random = Random::new(20);
    let start = || {
        let terminal = Terminal::start(clscope([]), (80, 24));
        terminal.wait_for_text("clscope");
        terminal
    };
    let leave = |mut terminal: Terminal| {
        // First the end of whatever escape sequence was begun.
        terminal.press("uuM~");
        terminal.press(CTRL_C);
        assert_eq!(terminal.wait_for_end().exit_code(), 0, "{}", terminal.screen().contents());
        terminal.wait_until_restored();
    };
    let mut terminal = start();
    let (mut keys, mut lives) = (0, 1);
    for _ in 0..rounds {
        for _ in 0..random.below(40) {
            if random.below(4) == 0 {
                terminal.resize(random.size());
            }
            terminal.press(random.key());
            keys += 1;
        }
        // However wild it was, the next frame at an honest size is whole: it lives and keeps up.
        terminal.resize((80, 24));
        terminal.wait_for("a whole frame", |screen| {
            let (first, last) = (&lines(screen)[0], &lines(screen)[23]);
            let title = first.contains("clscope") && first.ends_with("help ") && first.chars().count() == 80;
            screen.alternate_screen() && title && !last.is_empty()
        });
        if random.below(10) == 0 {
            leave(terminal);
            terminal = start();
            lives += 1;
        }
    }
    leave(terminal);
    eprintln!("{keys} random keys in {lives} lives");
}

#[cfg(target_os = "linux")]
#[test]
fn an_idle_screen_uses_no_processor_time() {
    let terminal = Terminal::start(clscope([SENTENCE]), (120, 40));
    terminal.wait_for("the attention view", shows_attention);
    // The threads of the forward pass may take a moment to fall asleep.
    let ticks = || pty::ticks(terminal.process()).unwrap();
    let mut used = ticks();
    wait_until("the threads to rest", || {
        thread::sleep(Duration::from_millis(100));
        let before = std::mem::replace(&mut used, ticks());
        (used > before).then(|| format!("{} ticks in a tenth of a second", used - before))
    });
    thread::sleep(Duration::from_secs(2));
    let idle = ticks() - used;
    eprintln!("idle for 2 s: {idle} ticks of 10 ms");
    assert!(idle <= 2, "{idle} ticks in 2 s");
}

/// The explorer's command line without a terminal.
fn run(arguments: &[&str]) -> Output {
    let home = tempfile::tempdir().unwrap();
    Command::new(env!("CARGO_BIN_EXE_clscope"))
        .args(arguments)
        .env("HOME", home.path())
        .env("XDG_CONFIG_HOME", home.path())
        .env("XDG_STATE_HOME", home.path())
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

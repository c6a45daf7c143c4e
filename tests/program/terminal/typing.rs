//! Keys that come fast, long or broken, and an idle screen.

use std::path::{Path, PathBuf};

use portable_pty::CommandBuilder;

use super::*;

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

#[test]
fn no_key_and_no_size_brings_it_down() {
    hold_out(150, "[Layers]", |_| clscope([]));
}

/// A hostile hour: `CLSCOPE_RANDOM_ROUNDS=3000 nice -n 10 cargo test --release --test program whatever_the_head -- --ignored`.
#[test]
#[ignore = "takes as long as it is asked for"]
fn no_key_and_no_size_brings_it_down_whatever_the_head() {
    let reference = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
    let folders = |folder: &str| {
        let folders = fs::read_dir(reference.join(folder)).unwrap().map(|entry| entry.unwrap().path());
        let mut folders: Vec<PathBuf> = folders.filter(|folder| folder.join("config.json").exists()).collect();
        folders.sort();
        folders
    };
    // Those of the families lie there without their tokenizers.
    let made = tempfile::tempdir().unwrap();
    let with_tokenizer = |model: PathBuf| {
        let name = model.file_name().unwrap().to_str().unwrap();
        let family = name.rsplit_once('-').unwrap().0.trim_end_matches("-pre").trim_end_matches("-next");
        let whole = made.path().join(name);
        fs::create_dir(&whole).unwrap();
        let files = ["config.json", "model.safetensors"].map(|file| model.join(file));
        let tokenizer = reference.join("families").join(family);
        let tokenizer = ["tokenizer.json", "tokenizer_config.json"].map(|file| tokenizer.join(file));
        for file in files.iter().chain(&tokenizer) {
            fs::copy(file, whole.join(file.file_name().unwrap())).unwrap();
        }
        whole
    };
    let models: Vec<PathBuf> =
        folders("heads").into_iter().chain(folders("family_heads").into_iter().map(with_tokenizer)).collect();
    assert!(models.len() > 40, "{models:?}");
    hold_out(10 * models.len(), "layer  1", |life| {
        let model = &models[life % models.len()];
        clscope(["A cat [MASK] in Oslo.", "--pair", "Who sat where?", "--model", model.to_str().unwrap()])
    });
}

/// Any keys at all, in a window that never rests; each life of the program begins with a command of its own and is left alone until `ready` shows. CLSCOPE_RANDOM_ROUNDS asks
/// for more or fewer keys, CLSCOPE_RANDOM_SEED for others.
fn hold_out(rounds: usize, ready: &str, life: impl Fn(usize) -> CommandBuilder) {
    let rounds = env::var("CLSCOPE_RANDOM_ROUNDS").map_or(rounds, |rounds| rounds.parse().expect("a number"));
    let mut random = Random::new(20);
    let start = |number| {
        let terminal = Terminal::start(life(number), (80, 24));
        terminal.wait_for_text(ready);
        terminal
    };
    let leave = |mut terminal: Terminal| {
        // First the end of whatever escape sequence was begun.
        terminal.press("uuM~");
        terminal.press(CTRL_C);
        assert_eq!(terminal.wait_for_end().exit_code(), 0, "{}", terminal.screen().contents());
        terminal.wait_until_restored();
    };
    let mut terminal = start(0);
    let (mut keys, mut lives) = (0, 1);
    for _ in 0..rounds {
        let mut pressed = Vec::new();
        for _ in 0..random.below(40) {
            if random.below(4) == 0 {
                terminal.resize(random.size());
            }
            let key = random.key();
            pressed.push(String::from_utf8_lossy(&key).into_owned());
            terminal.press(key);
            keys += 1;
        }
        // However wild it was, the next frame at an honest size is whole: it lives and keeps up.
        terminal.resize((80, 24));
        let mut end = None;
        terminal.wait_for("a whole frame, or the end that a click on the bar asks for", |screen| {
            end = terminal.ended();
            let (first, last) = (&lines(screen)[0], &lines(screen)[23]);
            let is_wide = first.ends_with("help ") && first.chars().count() == 80 || first.ends_with("帮助 ");
            let title = first.contains('[') && is_wide;
            end.is_some() || screen.alternate_screen() && title && !last.is_empty()
        });
        if let Some(status) = end {
            assert_eq!(status.exit_code(), 0, "{}", terminal.screen().contents());
            terminal.wait_until_restored();
            drop(terminal);
            terminal = start(lives);
            lives += 1;
            continue;
        }
        // And no key is swallowed, once a sequence that was begun has ended by time: this one draws all anew.
        thread::sleep(InputParser::PATIENCE * 4);
        terminal.scribble();
        terminal.press(CTRL_L);
        let scribble = vt100::Color::Idx(1);
        let is_anew = |screen: &vt100::Screen| screen.cell(0, 0).unwrap().bgcolor() != scribble;
        let mut answered = false;
        terminal.watch(Instant::now() + Duration::from_secs(30), |screen| {
            answered = is_anew(screen);
            answered
        });
        if !answered {
            let before = terminal.screen().contents();
            terminal.press(CTRL_L);
            terminal.wait_for("all drawn anew", is_anew);
            panic!("one Ctrl-L was swallowed, another one was not, behind {pressed:?}; {before}");
        }
        if random.below(10) == 0 {
            leave(terminal);
            terminal = start(lives);
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

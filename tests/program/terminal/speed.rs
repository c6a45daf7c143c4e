//! How soon there is something to see: printed, for a time is no ground on which a test may fail. `CLSCOPE_SPEED_MODEL=DIRECTORY` measures another model than the embedded one.

use std::{
    env, fs,
    time::{Duration, Instant},
};

use super::{
    pty::{Terminal, clscope},
    shows_attention,
};

const SIZE: (u16, u16) = (200, 60);
const TEXT: &str = "she sat on the bank of the river and thought about the bank that had all of her money once";
const VIEWS: [(&str, &str); 6] = [
    ("\x1bOR", "Heads]"),
    ("\x1bOS", "Matrix]"),
    ("\x1b[15~", "Compare]"),
    ("\x1b[17~", "Sweep]"),
    ("\x1b[18~", "Pooling]"),
    ("\x1bOQ", "Layers]"),
];

fn start(arguments: &[&str]) -> Terminal {
    let mut command = clscope([]);
    if let Ok(model) = env::var("CLSCOPE_SPEED_MODEL") {
        command.args(["--model", &model]);
    }
    command.args(arguments);
    Terminal::start(command, SIZE)
}

/// The median and the 99th percentile.
fn ranks(mut times: Vec<Duration>) -> (Duration, Duration) {
    times.sort();
    (times[times.len() / 2], times[(times.len() * 99).div_ceil(100) - 1])
}

#[test]
fn a_heat_map_is_there_at_once() {
    let (mut frames, mut maps) = (Vec::new(), Vec::new());
    for _ in 0..7 {
        let terminal = start(&[TEXT]);
        terminal.wait_for_text("clscope");
        frames.push(terminal.started.elapsed());
        terminal.wait_for("the attention view", shows_attention);
        maps.push(terminal.started.elapsed());
    }
    let ((frame, _), (map, _)) = (ranks(frames), ranks(maps));
    eprintln!("from the start to the first frame {frame:.1?}, to the first heat map {map:.1?} (medians of 7)");
}

/// Every key that goes to another view comes a moment after a letter that has the whole text read anew.
#[test]
fn keys_act_at_once_while_the_model_runs() {
    let config = tempfile::NamedTempFile::new().unwrap();
    fs::write(&config, "debounce_ms = 0").unwrap();
    let mut terminal = start(&["--config", config.path().to_str().unwrap(), TEXT, "--pair", &[TEXT; 4].join(" ")]);
    terminal.wait_for("the attention view", shows_attention);
    terminal.press("i");
    let (mut times, mut reading) = (Vec::new(), 0);
    for round in 0..20 {
        for (key, view) in VIEWS {
            terminal.press(if round % 2 == 0 { "s" } else { "\x7f" });
            let begun = Instant::now();
            let pause = Duration::from_millis(2 + round % 7);
            terminal.watch(begun + pause, |_| false);
            reading += usize::from(terminal.screen().contents().contains("reading …"));
            let pressed = Instant::now();
            terminal.press(key);
            terminal.wait_for(view, |screen| screen.contents().contains(view));
            times.push(pressed.elapsed());
        }
    }
    let (count, (median, p99)) = (times.len(), ranks(times));
    eprintln!("{count} keys to another view while the model runs: p50 {median:.1?}, p99 {p99:.1?}");
    // A fast machine has read the text before some of the keys.
    assert!(reading > 0, "no text was being read at any key");
}

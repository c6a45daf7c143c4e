//! The explorer at the stand-in, in a pseudo-terminal: models are fetched behind the screen while the old one reads on.

use std::{fs, time::Duration};

use portable_pty::CommandBuilder;

use super::{
    bench::{Bench, LARGER, NOBODY, TINY, WEIGHTS, files, publish},
    commands::VARIABLES,
    pty::{Terminal, clscope},
    server::{Fault, Kind},
};

/// One that is recommended, and its name in a few letters. The stand-in has another in its place, of 3×4 heads.
const NAME: &str = "google/bert_uncased_L-2_H-128_A-2";
const LETTERS: &str = "L-2_H-128";
const READY: &str = "all-MiniLM-L6-v2 · flex · 6×12 heads";
const NEW: &str = "google/bert_uncased_L-2_H-128_A-2 · flex · 3×4 heads";
const SENTENCE: &str = "the cat sat on the mat";
const ESC: &str = "\x1b";

fn with_hub(bench: &Bench, endpoint: &str, mut command: CommandBuilder) -> CommandBuilder {
    VARIABLES.iter().for_each(|variable| command.env_remove(variable));
    command.env("HF_HOME", bench.hf_home());
    command.env("HF_ENDPOINT", endpoint);
    command
}

/// The line above those of the keys, which are one or two.
fn status(screen: &vt100::Screen) -> String {
    let lines: Vec<String> = screen.rows(0, screen.size().1.get()).collect();
    let status = lines.iter().rfind(|line| line.contains(" · flex · ") || line.starts_with(" no model yet"));
    status.cloned().unwrap_or_default()
}

fn shows_attention_of(screen: &vt100::Screen, model: &str, layers: usize) -> bool {
    let text = screen.contents();
    let status = status(screen);
    let rows = |layer: usize| text.contains(&format!("layer {layer:2}"));
    status.contains(model)
        && status.contains(" tokens")
        && !status.contains("reading …")
        && text.contains("[CLS] looks at …")
        && rows(layers)
        && !rows(layers + 1)
}

fn chosen(screen: &vt100::Screen) -> Option<String> {
    screen.rows(0, screen.size().1.get()).find(|row| row.starts_with('▶'))
}

fn pick(terminal: &mut Terminal, typed: &str, wanted: &str) {
    terminal.press("m");
    terminal.wait_for("the list of models", |screen| {
        screen.contents().contains("type part of a name") && chosen(screen).is_some()
    });
    terminal.press(typed);
    terminal.wait_for("the model, chosen", |screen| {
        screen.contents().contains(&format!("Model  {typed}")) && chosen(screen).is_some_and(|row| row.contains(wanted))
    });
    terminal.press("\r");
}

#[track_caller]
fn leave(mut terminal: Terminal) {
    terminal.press("q");
    assert_eq!(terminal.wait_for_end().exit_code(), 0);
    terminal.wait_until_restored();
}

#[test]
fn another_model_is_fetched_while_the_old_one_reads_on() {
    let bench = Bench::new(TINY);
    publish(&bench.server, NAME, "main", &files(LARGER));
    // Two minutes: nobody will wait for it.
    bench.server.fail(Fault::once(WEIGHTS, Kind::Slow { bytes: 100, every: Duration::from_millis(100) }));
    let command = with_hub(&bench, &bench.server.endpoint(), clscope([SENTENCE]));
    let mut terminal = Terminal::start(command, (120, 36));
    terminal.wait_for("the first model's attention", |screen| shows_attention_of(screen, READY, 6));

    pick(&mut terminal, LETTERS, NAME);
    let screen = terminal.wait_for("how far the download is", |screen| {
        let status = status(screen);
        status.contains('↓') && status.contains('%') && status.contains(" kB")
    });
    assert!(screen.contents().contains("cancel the download"), "{}", screen.contents());
    assert!(shows_attention_of(&screen, READY, 6), "{}", screen.contents());
    terminal.press("]");
    terminal.wait_for("a single head of the old model", |screen| screen.contents().contains("head 1"));
    terminal.press("i!");
    terminal.wait_for_text(&format!("{SENTENCE}!"));
    terminal.press("\r");
    terminal.wait_for("the longer sentence, read", |screen| {
        shows_attention_of(screen, READY, 6) && status(screen).contains("9 tokens")
    });

    terminal.press(ESC);
    terminal.wait_for("no download", |screen| {
        !screen.contents().contains("cancel the download") && !status(screen).contains('↓')
    });
    assert!(shows_attention_of(&terminal.screen(), READY, 6));

    // Without the fault; what has come is kept.
    bench.server.forget_requests();
    pick(&mut terminal, LETTERS, NAME);
    terminal.wait_for("the new model's attention", |screen| shows_attention_of(screen, NEW, 3));
    assert!(bench.downloads_of(WEIGHTS)[0] > 0, "{:?}", bench.downloads_of(WEIGHTS));

    // Back again, and once more without the network.
    pick(&mut terminal, "embedded", "embedded");
    terminal.wait_for("the first model again", |screen| shows_attention_of(screen, READY, 6));
    bench.server.forget_requests();
    pick(&mut terminal, LETTERS, NAME);
    terminal.wait_for("the new model again", |screen| shows_attention_of(screen, NEW, 3));
    assert!(bench.server.requests().is_empty());
    leave(terminal);
}

#[test]
fn started_without_a_network_it_says_so_and_opens_another_model() {
    let bench = Bench::new(TINY);
    let command = with_hub(&bench, NOBODY, clscope([SENTENCE, "--model", NAME]));
    let mut terminal = Terminal::start(command, (120, 36));
    let screen = terminal.wait_for_text("cannot reach");
    // Whole, however it is wrapped.
    let text = screen.contents().split_whitespace().collect::<Vec<_>>().join(" ");
    for part in
        ["No model could be opened.", &format!("{NAME}: cannot reach {NOBODY}"), "check the network", "HF_ENDPOINT"]
    {
        assert!(text.contains(part), "no {part:?} in\n{}", screen.contents());
    }
    pick(&mut terminal, "embed", "embedded");
    terminal.wait_for("the embedded model's attention", |screen| shows_attention_of(screen, READY, 6));
    leave(terminal);
}

#[test]
fn the_first_model_may_have_to_come_from_the_hub() {
    let bench = Bench::new(TINY);
    publish(&bench.server, NAME, "main", &files(LARGER));
    bench.server.fail(Fault::once(WEIGHTS, Kind::Slow { bytes: 4_000, every: Duration::from_millis(50) }));
    let command = with_hub(&bench, &bench.server.endpoint(), clscope([SENTENCE, "--model", NAME]));
    let terminal = Terminal::start(command, (120, 36));
    let screen = terminal.wait_for("how far it is", |screen| {
        screen.contents().contains(&format!("Downloading {NAME}")) && screen.contents().contains(" kB of 124 kB")
    });
    assert!(screen.contents().contains('█') && screen.contents().contains('%'), "{}", screen.contents());
    terminal.wait_for("its attention", |screen| shows_attention_of(screen, NEW, 3));
    leave(terminal);
}

/// Leaving does not wait for the network.
#[test]
fn it_can_be_left_while_a_model_is_on_its_way() {
    let bench = Bench::new(TINY);
    publish(&bench.server, NAME, "main", &files(LARGER));
    bench.server.fail(Fault::once(WEIGHTS, Kind::Stall(20_000)));
    let command = with_hub(&bench, &bench.server.endpoint(), clscope([SENTENCE, "--model", NAME]));
    let terminal = Terminal::start(command, (120, 36));
    terminal.wait_for_text(&format!("Downloading {NAME}"));
    leave(terminal);
    let cache = super::bench::everything_in(&bench.cache());
    assert!(cache.iter().any(|path| path.ends_with(".incomplete")), "what has come is kept: {cache:?}");
    assert!(!fs::exists(bench.cache().join("models--google--bert_uncased_L-2_H-128_A-2/refs/main")).unwrap());
}

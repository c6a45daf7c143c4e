//! The list of sentences and its map: what is typed, read, compared and drawn.

mod numbers;

use clscope::{
    analysis::{Pooling, Table, cosine, in_percent},
    app::{self, Focus, ListOrder, ListState, Rank, Stage},
    config::{ColorDepth, ThemeName},
    jobs::{Job, Numbered, Report},
    study::{self, BackgroundLanguage, ListReading, NoBackground},
};
use ratatui::{Terminal, backend::TestBackend};

use super::{
    Dice, LARGE, SMALL, StandIn, USUAL, WIDE, assert_frames, explorer::Explorer, line_of, listing::row_text, mouse,
    sweep::sweep_of, worked,
};

const FEW: &str = "The cat sleeps on the sofa.\nA kitten naps on the couch.\nInterest rates will rise again in March.\n\
                   猫在沙发上睡觉。\nThe cat sleeps on the sofa.\n🙂 Party at nine?";

/// Of a few words, in no order that can be seen.
fn many(count: usize) -> String {
    const WORDS: [&str; 9] = ["cat", "sleeps", "rates", "march", "under", "green", "music", "seven", "and"];
    let word = |i: usize| WORDS[i % WORDS.len()];
    let line = |i: usize| format!("{} {} {} number {i}", word(i * 7 + 1), word(i * i + 3), word(i / 9));
    (0..count).map(line).collect::<Vec<_>>().join("\n")
}

/// On the view of the list, without a text in the fields.
fn empty() -> Explorer {
    Explorer::on("", None).keys("esc f8")
}

fn with(text: &str) -> Explorer {
    let mut explorer = empty();
    let job = explorer.app.paste(text);
    explorer.answer(job);
    explorer
}

/// Its reading begun, nothing of it known.
fn begun(text: &str) -> (Explorer, Numbered<ListReading>) {
    let mut explorer = empty();
    let list = expect_list(explorer.app.paste(text));
    (explorer, list)
}

fn expect_list(job: Option<Job>) -> Numbered<ListReading> {
    match job {
        Some(Job::ReadList(list)) => list,
        job => panic!("no list but {job:?}"),
    }
}

/// Reports some of the sentences.
fn report(explorer: &mut Explorer, list: &Numbered<ListReading>, which: std::ops::Range<usize>) -> Option<Job> {
    let task = ListReading { lines: list.lines[which].to_vec() };
    let mut lines = Vec::new();
    study::read_list(&explorer.model, &task, &|| true, &mut |mut more| lines.append(&mut more)).unwrap();
    explorer.app.on_report(Report::ListRead { number: list.number, result: Ok(lines) })
}

fn texts(explorer: &Explorer) -> Vec<&str> {
    explorer.app.list.lines().iter().map(|line| &*line.text).collect()
}

/// What the stand-in makes of a line.
fn vector(explorer: &Explorer, line: usize, pooling: Pooling) -> Option<Vec<f32>> {
    let at = Pooling::ALL.iter().position(|one| *one == pooling).unwrap();
    explorer.app.list.lines()[line].read.as_ref().unwrap().vectors[at].clone()
}

fn expected(explorer: &Explorer, pooling: Pooling, a: usize, b: usize) -> Option<f32> {
    Some(cosine(&vector(explorer, a, pooling)?, &vector(explorer, b, pooling)?))
}

fn screens() -> Vec<(&'static str, Explorer)> {
    let (mut reading, list) = begun(&many(40));
    report(&mut reading, &list, 0..13);
    let (mut failed, list) = begun(FEW);
    let why = "the backend said: \u{1b}[31mout of memory".to_owned();
    failed.app.on_report(Report::ListRead { number: list.number, result: Err(why) });
    let (mut cancelled, list) = begun(&many(40));
    report(&mut cancelled, &list, 0..13);
    let no_pooler = Explorer::with(StandIn { has_pooler: false, ..StandIn::USUAL }, "A cat.", Some("A dog."));
    vec![
        ("sentences", with(FEW).keys("down right")),
        ("sentences-walked", with(FEW).keys("space space")),
        ("sentences-many", with(&many(120)).keys("o pagedown down right right")),
        ("sentences-none", empty()),
        ("sentences-one", with("The cat sleeps.").keys("f2 f8")),
        ("sentences-equal", with("The same.\nThe same.").keys("right")),
        ("sentences-reading", reading),
        ("sentences-cancelled", cancelled.keys("esc")),
        ("sentences-failed", failed),
        ("sentences-typing", with(FEW).keys("a").typing("Something 新 🙂")),
        ("sentences-no-pooler", no_pooler.keys("f8 L ] ] right")),
        ("map", with(FEW).keys("f9 .")),
        ("map-many", with(&many(120)).keys("f9 c pagedown")),
        ("map-equal", with("The same.\nThe same.").keys("f9")),
        ("map-two", with("The same.\nAnother one.").keys("f9")),
        ("map-none", empty().keys("f9")),
        ("map-one", with("The cat sleeps.").keys("f9")),
    ]
}

#[test]
fn frames_are_as_they_were() {
    for (name, explorer) in screens() {
        let sizes: &[(u16, u16)] = match name {
            "sentences" | "map" => &[SMALL, USUAL],
            "sentences-many" | "map-many" => &[LARGE, WIDE],
            _ => &[USUAL],
        };
        assert_frames(name, &explorer, sizes);
        if matches!(name, "sentences" | "map-many") {
            let explorer = explorer.looking(ThemeName::Auto, ColorDepth::None);
            assert_frames(&format!("{name}-no-colour"), &explorer, &[USUAL]);
        }
    }
}

#[test]
fn no_size_is_too_odd_to_draw() {
    for (_, mut explorer) in screens() {
        for depth in [ColorDepth::TrueColor, ColorDepth::Ansi16, ColorDepth::None] {
            explorer.look = crate::explorer::look(ThemeName::Dark, depth);
            for (width, height) in (58..230).step_by(9).flat_map(|width| (14..70).step_by(3).map(move |y| (width, y))) {
                explorer.frame((width, height));
            }
        }
    }
}

#[test]
fn sentences_are_typed_pasted_edited_removed_and_the_changes_undone() {
    let explorer = empty().keys("a").typing("one").keys("enter").typing("two").keys("enter esc");
    assert_eq!((texts(&explorer), explorer.app.focus), (vec!["one", "two"], Focus::View));
    let mut explorer = explorer;
    let job = explorer.app.paste("three\r\n\r  four \n");
    explorer.answer(job);
    assert_eq!(texts(&explorer), ["one", "two", "three", "four"]);
    let explorer = explorer.keys("g down enter").typing("!").keys("enter");
    assert_eq!(texts(&explorer), ["one", "two!", "three", "four"]);
    let explorer = explorer.keys("d");
    assert_eq!((texts(&explorer), explorer.app.list.line()), (vec!["one", "three", "four"], 1));
    let explorer = explorer.keys("u u");
    assert_eq!(texts(&explorer), ["one", "two", "three", "four"]);
    // What was typed and not taken over is gone, an emptied line stays as it was.
    assert_eq!(texts(&explorer.keys("enter").typing("x").keys("esc enter ctrl-u enter")).len(), 4);
    // Several lines pasted into a line are lines of their own, one is a part of it.
    let mut explorer = empty().keys("a").typing("x");
    explorer.app.paste("yz");
    let job = explorer.app.paste("one\ntwo");
    explorer.answer(job);
    assert_eq!(texts(&explorer.keys("enter")), ["one", "two", "xyz"]);
}

#[test]
fn a_and_b_go_to_the_list_and_back() {
    let explorer = Explorer::on("A cat.", Some("A dog.")).keys("L f8");
    assert_eq!(texts(&explorer), ["A cat.", "A dog."]);
    assert!(!explorer.app.would_act("add-to-list"), "they are there");
    let explorer = explorer.keys("i").typing("!").keys("ctrl-t esc");
    assert_eq!(texts(&explorer)[2], "A cat.!");
    let explorer = explorer.keys("g down A up B");
    assert_eq!((explorer.app.sentence.value(), explorer.app.pair.value()), ("A dog.", "A cat."));
    assert_eq!(explorer.app.readings.as_ref().unwrap().a.trace.input.text, "A dog.");
}

#[test]
fn what_is_read_is_not_read_again() {
    let (mut explorer, list) = begun(&many(20));
    assert_eq!(list.lines.len(), 20);
    assert_eq!(report(&mut explorer, &list, 0..7), None);
    assert_eq!((explorer.app.list.progress(), &explorer.app.list.stage), ((7, 20), &Stage::Running));
    // Typing comes first; what the worker had in hand is kept.
    let mut explorer = explorer.keys("i");
    let read = explorer.press("x").1;
    assert!(matches!(read, Some(Job::Read(_))), "{read:?}");
    assert_eq!(explorer.app.list.stage, Stage::Due);
    assert_eq!(report(&mut explorer, &list, 7..9), None);
    let report_of_text = explorer.report(read.unwrap());
    let rest = expect_list(explorer.app.on_report(report_of_text));
    assert_eq!((rest.lines.len(), explorer.app.list.progress()), (11, (9, 20)));
    let job = report(&mut explorer, &rest, 0..11);
    assert!(matches!(job, Some(Job::Arrange(_))), "{job:?}");
    explorer.answer(job);
    assert_eq!(explorer.app.list.stage, Stage::Done);
    // One more is read alone.
    let mut explorer = explorer.keys("esc a").typing("z");
    assert_eq!(expect_list(explorer.press("enter").1).lines.len(), 1);
}

#[test]
fn what_is_on_the_screen_is_read_and_compared_first() {
    let (mut explorer, list) = begun(&many(1000));
    let read = |explorer: &Explorer| explorer.app.list.lines().iter().filter(|line| line.read.is_some()).count();
    assert_eq!(list.lines.len(), 64, "the first rows");
    let job = report(&mut explorer, &list, 0..64);
    let Some(Job::Arrange(arrangement)) = job else { panic!("{job:?}") };
    assert_eq!((arrangement.lines.len(), read(&explorer)), (64, 64));
    let arranged = explorer.report(Job::Arrange(arrangement));
    let rest = expect_list(explorer.app.on_report(arranged));
    assert_eq!((rest.lines.len(), &explorer.app.list.stage), (936, &Stage::Running));
    assert!(explorer.app.list.cosine(0, 0, 63).is_some() && explorer.app.list.cosine(0, 0, 64).is_none());
    let job = report(&mut explorer, &rest, 0..936);
    assert!(matches!(&job, Some(Job::Arrange(all)) if all.lines.len() == 1000), "{job:?}");
    explorer.answer(job);
    assert!(explorer.app.list.cosine(0, 0, 999).is_some() && explorer.app.list.stage == Stage::Done);
}

#[test]
fn the_reading_is_cancelled_and_goes_on() {
    let (mut explorer, list) = begun(&many(20));
    report(&mut explorer, &list, 0..5);
    let job = explorer.press("esc").1;
    assert_eq!((job, &explorer.app.list.stage), (Some(Job::CancelList), &Stage::Cancelled));
    let job = explorer.app.on_report(Report::ListRead { number: 0, result: Ok(Vec::new()) });
    assert!(matches!(&job, Some(Job::Arrange(arrangement)) if arrangement.lines.len() == 5), "{job:?}");
    explorer.answer(job);
    assert!(explorer.app.list.cosine(0, 0, 4).is_some() && explorer.app.list.cosine(0, 0, 5).is_none());
    assert_eq!(expect_list(explorer.press("r").1).lines.len(), 15);

    // Another model reads everything anew, and what the one before still says is not believed.
    let (mut explorer, list) = begun(&many(20));
    report(&mut explorer, &list, 0..5);
    explorer.app.open("other");
    let small = StandIn { has_pooler: false, ..StandIn::USUAL };
    let job = explorer.app.on_report(Report::Model { number: 2, result: Ok(("other".to_owned(), small.info())) });
    let again = expect_list(job);
    assert_eq!(again.lines.len(), 20);
    report(&mut explorer, &list, 5..20);
    assert_eq!(explorer.app.list.progress(), (0, 20));
}

#[test]
fn a_sweep_and_the_list_make_way_for_each_other() {
    let mut explorer = Explorer::on("A cat.", None).keys("f8");
    expect_list(explorer.app.paste(&many(20)));
    assert!(matches!(explorer.press("f6").1, Some(Job::Sweep(_))));
    assert_eq!(explorer.app.list.stage, Stage::Due);
    let list = expect_list(explorer.press("f8").1);
    assert_eq!(sweep_of(&explorer).stage, Stage::Due);
    let job = report(&mut explorer, &list, 0..20);
    explorer.answer(job);
    assert_eq!(explorer.app.list.stage, Stage::Done);
}

#[test]
fn a_sentence_and_its_rows_stand_on_one_line() {
    for (count, size) in [(6, USUAL), (40, USUAL), (40, LARGE), (1000, WIDE)] {
        let explorer = with(&many(count)).keys("o pagedown down down space");
        let frame = explorer.frame(size);
        let sign = |line: u16| row_text(frame.buffer(), line).matches('▸').count();
        let lines: Vec<u16> = (0..size.1).filter(|line| sign(*line) > 0).collect();
        assert_eq!(lines.iter().map(|line| sign(*line)).collect::<Vec<_>>(), [3], "{count} at {size:?}: {lines:?}");
        let text = row_text(frame.buffer(), lines[0]);
        let number = text[text.find('▸').unwrap()..].trim_start_matches('▸').split_whitespace().next();
        assert_eq!(number, Some(&*(explorer.app.list.line() + 1).to_string()), "{text}");
    }
    let frame = with(&many(1000)).keys("space").frame(USUAL);
    assert!(line_of(frame.buffer(), "of 1000 sentences").is_some());
    assert!(line_of(frame.buffer(), "pair 1 of the worst 1000, of 499500 pairs").is_some());
    assert!(line_of(frame.buffer(), "of all pairs under cls, than").is_some());
}

/// `cargo test --release --test library -- --nocapture thousand` prints how long a key and its frame take; wanted
/// are 30 ms.
#[test]
fn any_key_is_pressed_with_a_thousand_sentences() {
    let mut explorer = with(&many(1000)).keys("o");
    let mut terminal = Terminal::new(TestBackend::new(WIDE.0, WIDE.1)).unwrap();
    let keys =
        "up down left right pagedown pageup g G home end o space space backspace d f9 f9 f8 f8 . , c [ ] T j o T n";
    let keys: Vec<&str> = keys.split_whitespace().collect();
    let mut dice = Dice::new(11);
    let mut times: Vec<(std::time::Duration, &str, &str)> = (0..600)
        .map(|_| {
            let (view, key) = (explorer.app.view, dice.pick(&keys));
            let begun = worked();
            let (_, job) = explorer.press(key);
            app::render(&mut terminal, &mut explorer.app, &explorer.look).unwrap();
            let time = worked() - begun;
            // Behind the screen.
            explorer.answer(job);
            (time, view, key)
        })
        .collect();
    assert!(explorer.app.list.lines().len() > 900);
    times.sort_by_key(|(time, ..)| *time);
    let [half, most, all] = [300, 594, 599].map(|i| times[i].0.as_secs_f64() * 1e3);
    let slowest: Vec<String> =
        times[585..].iter().map(|(time, view, key)| format!("{view:?} {key} {time:.1?}")).collect();
    eprintln!("the slowest: {}", slowest.join(", "));
    eprintln!("a key and its frame, 1,000 sentences, 200x60: p50 {half:.1} ms, p99 {most:.1} ms, max {all:.1} ms");
}

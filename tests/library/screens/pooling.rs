//! The pages of the pooling view: what is measured when, and frames.

use std::collections::BTreeSet;

use clscope::{
    app::{self, Job, Measured, Report},
    views::{Page, Pages, PoolingView},
};
use ratatui::{Terminal, backend::TestBackend};

use super::{LARGE, LONG, SECOND, SENTENCE, SMALL, USUAL, WIDE, assert_frames, explorer::Explorer, listing::row_text};

/// The pages of the view.
pub(super) fn pages_of(explorer: &Explorer) -> &Pages {
    &explorer.app.view_of::<PoolingView>().unwrap().pages
}

/// On the view with two sentences, and the measurement it asks for.
fn asked() -> (Explorer, Option<Job>) {
    let mut explorer = Explorer::on(SENTENCE, Some(SECOND));
    let job = explorer.press("f7").1;
    (explorer, job)
}

fn report(explorer: &mut Explorer, number: u64, result: Result<Measured, String>) {
    assert_eq!(explorer.app.on_report(Report::Measured { number, result }), None);
}

#[test]
fn unrelated_sentences_are_read_once_for_two_sentences() {
    let (mut explorer, job) = asked();
    let Some(Job::Measure(measurement)) = job else { panic!("{job:?}") };
    assert_eq!((measurement.name.as_str(), measurement.number), ("en", 1));
    assert_eq!(explorer.press("v").1, None, "it is under way");
    let job = Some(Job::Measure(measurement));
    explorer.answer(job);
    assert_eq!(pages_of(&explorer).closeness.len(), 7);
    // Other English sentences are held against the same.
    let explorer = explorer.keys("e e f7");
    assert_eq!(pages_of(&explorer).closeness.len(), 7);
    let cosines = |explorer: &Explorer| -> Vec<f32> {
        pages_of(explorer).closeness.iter().map(|(_, found)| found.unwrap().raw.cosine).collect()
    };
    let similarity = &explorer.app.readings.as_ref().unwrap().pair.as_ref().unwrap().similarity;
    for (found, (_, cosine)) in cosines(&explorer).iter().zip(similarity) {
        assert!((found - cosine).abs() < 1e-5);
    }
    // Of one sentence, and elsewhere, nothing is measured.
    assert_eq!(Explorer::on(SENTENCE, None).press("f7").1, None);
    assert_eq!(Explorer::on(SENTENCE, Some(SECOND)).press("f3").1, None);
}

#[test]
fn chinese_is_held_against_chinese() {
    let mut explorer = Explorer::on("今天天气很好。", Some("我喜欢喝茶。"));
    let job = explorer.press("f7").1;
    assert!(matches!(&job, Some(Job::Measure(measurement)) if measurement.name == "zh"), "{job:?}");
}

#[test]
fn another_measurement_or_model_is_not_mixed_up_with_this_one() {
    let (mut explorer, _) = asked();
    report(&mut explorer, 7, Err("of another".to_owned()));
    let set = |explorer: &Explorer| {
        let set = explorer.app.background_of_pair().unwrap();
        (set.error.clone(), set.done)
    };
    assert_eq!(set(&explorer), (None, 0));
    report(&mut explorer, 1, Ok(Measured::Read(16)));
    assert_eq!(set(&explorer), (None, 16));
    report(&mut explorer, 1, Err("the device is gone".to_owned()));
    assert_eq!(set(&explorer).0.as_deref(), Some("the device is gone"));
    let other = Report::Model { number: 1, result: Ok(("other".to_owned(), explorer.model.info())) };
    let job = explorer.app.on_report(other);
    assert!(explorer.app.background_of_pair().is_none());
    explorer.answer(job);
    assert_eq!(pages_of(&explorer).closeness.len(), 7, "measured anew");
}

#[test]
fn each_language_is_measured_once_and_no_pair_is_compared_with_another() {
    let mut explorer = Explorer::on(SENTENCE, Some(SECOND)).keys("f7");
    let english = pages_of(&explorer).closeness.clone();
    assert_eq!(english.len(), 7);
    let replace = |explorer: &mut Explorer, key: &str, text: &str| {
        explorer.press(key);
        explorer.press("ctrl-u");
        let read = explorer.app.paste(text).unwrap();
        let read = explorer.report(read);
        explorer.app.on_report(read)
    };
    // Of two scripts: compared with neither.
    assert_eq!(replace(&mut explorer, "i", "今天天气很好，我们去公园散步。"), None);
    assert!(pages_of(&explorer).closeness.is_empty());
    explorer.press("esc");
    let job = replace(&mut explorer, "b", "一只正在睡觉的猫。");
    assert!(matches!(&job, Some(Job::Measure(measurement)) if measurement.name == "zh"), "{job:?}");
    assert!(pages_of(&explorer).closeness.is_empty());
    explorer.answer(job);
    assert_eq!(pages_of(&explorer).closeness.len(), 7);
    explorer.press("esc");
    assert_eq!(replace(&mut explorer, "i", SENTENCE), None);
    explorer.press("esc");
    assert_eq!(replace(&mut explorer, "b", SECOND), None, "English is known already");
    assert_eq!(pages_of(&explorer).closeness, english);
}

#[test]
fn the_pages_go_round() {
    let pages = ["f7", "f7 v", "f7 v v", "f7 v v v", "f7 v v v v", "f7 v v v v v", "f7 v v v v v v"];
    let pages = pages.map(|keys| pages_of(&Explorer::on(SENTENCE, Some(SECOND)).keys(keys)).page);
    let round =
        [Page::Overview, Page::Calibration, Page::Layers, Page::Dimensions, Page::Words, Page::Nearest, Page::Overview];
    assert_eq!(pages, round);
    let words = Explorer::on(SENTENCE, Some(SECOND)).keys("f7 v v v v down down right");
    assert_eq!(pages_of(&words).cell, (2, 1));
    // A shorter sentence has fewer words.
    let last = words.keys("down down down down down down down down down down down down");
    let rows = |explorer: &Explorer| pages_of(explorer).terms.as_ref().unwrap().terms.rows.len();
    assert_eq!(pages_of(&last).cell.0 + 1, rows(&last));
    let shorter = last.keys("i ctrl-w ctrl-w ctrl-w esc");
    assert_eq!((pages_of(&shorter).cell.0 + 1, pages_of(&shorter).cell.1), (rows(&shorter), 1));
    // The first and the last word, and none of another view's.
    let shorter = shorter.keys("g");
    assert_eq!(pages_of(&shorter).cell.0, 0);
    let last = shorter.keys("G");
    assert_eq!(pages_of(&last).cell.0 + 1, rows(&last));
}

/// Every line of the page that is open, as far as it can be reached by scrolling down.
fn reached(mut explorer: Explorer, size: (u16, u16), key: &str) -> String {
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
    let mut seen = String::new();
    loop {
        app::render(&mut terminal, &mut explorer.app, &explorer.look).unwrap();
        for row in 0..size.1 {
            seen += &row_text(terminal.backend().buffer(), row);
            seen.push('\n');
        }
        let before = pages_of(&explorer).top;
        explorer.press(key);
        app::render(&mut terminal, &mut explorer.app, &explorer.look).unwrap();
        if pages_of(&explorer).top == before {
            return seen;
        }
    }
}

#[test]
fn every_line_of_a_page_can_be_reached() {
    for size in [SMALL, USUAL, LARGE] {
        for key in ["down", "pagedown"] {
            let on = |keys: &str| Explorer::on(SENTENCE, Some(SECOND)).keys(keys);
            let overview = in_a_line(&reached(on("f7"), size, key));
            for text in [
                "nusually",
                "66 pairs of 12 unrelated English",
                "are less close.",
                "its negation",
                "Cosine between",
                "embed",
            ] {
                assert!(overview.contains(text), "{text} at {size:?} by {key}: {overview}");
            }
            let calibration = in_a_line(&reached(on("f7 v"), size, key));
            assert!(calibration.contains("their median.") && calibration.contains("first-last"), "{calibration}");
            let layers = in_a_line(&reached(on("f7 v v"), size, key));
            assert!(layers.contains("B cls·mean") && layers.contains("two layers"), "{layers}");
            let dimensions = reached(on("f7 v v v"), size, key);
            let row = |line: &str| -> Option<usize> {
                let numbers: Vec<&str> = line.split_whitespace().take(5).collect();
                let all =
                    numbers.len() == 5 && numbers.iter().all(|number| number.replace('−', "-").parse::<f64>().is_ok());
                numbers.first().filter(|_| all)?.parse().ok()
            };
            let found: BTreeSet<usize> = dimensions.lines().filter_map(row).collect();
            let size_of_vectors = on("f7").app.readings.as_ref().unwrap().a.trace.hidden_size;
            assert_eq!(found, (0..size_of_vectors).collect(), "{size:?} by {key}");
        }
    }
}

fn in_a_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_first_page_says_it_whole() {
    let on = |a: &str, b: &str| in_a_line(&reached(Explorer::on(a, Some(b)).keys("f7"), USUAL, "down"));
    assert!(on("Same words.", "Same words. ").contains("A and B are the same text."));
    assert!(
        on(SENTENCE, "一只正在睡觉的猫。").contains(
            "No percentages and no verdict: one sentence is in Chinese characters, the other in Latin letters"
        )
    );
    // All of a sentence's lines, one below the other.
    let explorer = Explorer::on(SENTENCE, Some(SECOND)).keys("f7");
    let mut terminal = Terminal::new(TestBackend::new(60, 16)).unwrap();
    terminal.draw(|frame| _ = app::draw(frame, &explorer.app, &explorer.look)).unwrap();
    let rows: Vec<String> = (0..16).map(|row| row_text(terminal.backend().buffer(), row)).collect();
    assert!(!rows.iter().any(|row| row.contains('…')), "{rows:#?}");
}

#[test]
fn words_outside_a_mean_have_no_row() {
    let rows = |keys: &str| {
        let explorer = Explorer::on(SENTENCE, Some(SECOND)).keys(keys);
        let tables = explorer.app.tables();
        let names: Vec<String> = tables[0].rows.iter().map(|row| row.keys[0].to_string()).collect();
        (names, tables[0].cells.as_ref().unwrap().columns.clone())
    };
    let (rows_of_mean, columns_of_mean) = rows("f7 v v v v");
    assert!(rows_of_mean[0].ends_with("[CLS]") && columns_of_mean[0].ends_with("[CLS]"));
    let (rows, columns) = rows("f7 v v v v o");
    assert!(!rows.iter().chain(&columns).any(|name| name.contains("[CLS]") || name.contains("[SEP]")), "{rows:?}");
    assert_eq!((rows.len() + 2, columns.len() + 2), (rows_of_mean.len(), columns_of_mean.len()));
}

#[test]
fn frames_of_the_pages_are_as_they_were() {
    let (mut reading, _) = asked();
    report(&mut reading, 1, Ok(Measured::Read(160)));
    assert_frames("pooling-measuring", &reading, &[USUAL]);
    let pair = |keys: &str| Explorer::on(SENTENCE, Some(SECOND)).keys(keys);
    assert_frames("pooling-calibration", &pair("f7 v"), &[SMALL, LARGE]);
    assert_frames("pooling-layers", &pair("f7 v v"), &[USUAL, WIDE]);
    assert_frames("pooling-dimensions", &pair("f7 v v v o"), &[USUAL, WIDE]);
    assert_frames("pooling-words", &pair("f7 v v v v down right right"), &[SMALL, USUAL]);
    assert_frames("pooling-words-only", &pair("f7 v v v v o"), &[USUAL]);
    assert_frames("pooling-input-words", &pair("f7 v v v v f down right"), &[USUAL, LARGE]);
    assert_frames("pooling-input-pieces-cls", &pair("f7 v v v v f w o o"), &[WIDE]);
    assert_frames("pooling-words-cls", &pair("f7 v v v v o o"), &[USUAL]);
    assert_frames("pooling-nearest", &pair("f7 v v v v v"), &[SMALL, USUAL, WIDE]);
    assert_frames("pooling-words-long", &Explorer::on(LONG, Some(LONG)).keys("f7 v v v v"), &[LARGE]);
    assert_frames("pooling-layers-one", &Explorer::on(SENTENCE, None).keys("f7 v v"), &[USUAL]);
    assert_frames("pooling-words-one", &Explorer::on(SENTENCE, None).keys("f7 v v v v"), &[USUAL]);
}

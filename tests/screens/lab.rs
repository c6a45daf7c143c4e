//! The pages of the pooling view: what is measured when, and frames.

use clscope::app::{Job, Measured, Page, Report};

use crate::{LARGE, LONG, SECOND, SENTENCE, SMALL, USUAL, WIDE, assert_frames, explorer::Explorer};

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
    assert_eq!((measurement.background.name.as_str(), measurement.number), ("en", 1));
    assert_eq!(explorer.press("v").1, None, "it is under way");
    let job = Some(Job::Measure(measurement));
    explorer.answer(job);
    assert_eq!(explorer.app.lab.closeness.len(), 5);
    // Other English sentences are held against the same.
    let explorer = explorer.keys("e e f7");
    assert_eq!(explorer.app.lab.closeness.len(), 5);
    let cosines = |explorer: &Explorer| -> Vec<f32> {
        explorer.app.lab.closeness.iter().map(|(_, found)| found.unwrap().raw.cosine).collect()
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
    assert!(matches!(&job, Some(Job::Measure(measurement)) if measurement.background.name == "zh"), "{job:?}");
}

#[test]
fn another_measurement_or_model_is_not_mixed_up_with_this_one() {
    let (mut explorer, _) = asked();
    report(&mut explorer, 7, Err("of another".to_owned()));
    assert_eq!((explorer.app.lab.error.as_deref(), explorer.app.lab.background().unwrap().1), (None, 0));
    report(&mut explorer, 1, Ok(Measured::Read(16)));
    assert_eq!(explorer.app.lab.background().unwrap().1, 16);
    report(&mut explorer, 1, Err("the device is gone".to_owned()));
    assert_eq!(explorer.app.lab.error.as_deref(), Some("the device is gone"));
    let other = Report::Model { number: 1, result: Ok(("other".to_owned(), explorer.model.info())) };
    let job = explorer.app.on_report(other);
    assert_eq!(explorer.app.lab.error, None);
    explorer.answer(job);
    assert_eq!(explorer.app.lab.closeness.len(), 5, "measured anew");
}

#[test]
fn the_pages_go_round() {
    let pages = ["f7", "f7 v", "f7 v v", "f7 v v v", "f7 v v v v"];
    let pages = pages.map(|keys| Explorer::on(SENTENCE, Some(SECOND)).keys(keys).app.lab.page);
    assert_eq!(pages, [Page::Overview, Page::Layers, Page::Dimensions, Page::Words, Page::Overview]);
    let words = Explorer::on(SENTENCE, Some(SECOND)).keys("f7 v v v down down right");
    assert_eq!(words.app.lab.cell, (2, 1));
    // A shorter sentence has fewer words.
    let last = words.keys("down down down down down down down down down down down down");
    let rows = |explorer: &Explorer| explorer.app.readings.as_ref().unwrap().pair.as_ref().unwrap().terms[0].1.rows;
    assert_eq!(last.app.lab.cell.0 + 1, rows(&last));
    let shorter = last.keys("i ctrl-w ctrl-w ctrl-w esc");
    assert_eq!((shorter.app.lab.cell.0 + 1, shorter.app.lab.cell.1), (rows(&shorter), 1));
}

#[test]
fn frames_of_the_pages_are_as_they_were() {
    let sizes = [SMALL, USUAL, LARGE, WIDE];
    let (mut reading, _) = asked();
    report(&mut reading, 1, Ok(Measured::Read(160)));
    assert_frames("pooling-measuring", &reading, &[USUAL, LARGE]);
    for (name, keys) in [("layers", "f7 v"), ("dimensions", "f7 v v o"), ("words", "f7 v v v down right right")] {
        assert_frames(&format!("pooling-{name}"), &Explorer::on(SENTENCE, Some(SECOND)).keys(keys), &sizes);
    }
    assert_frames("pooling-words-long", &Explorer::on(LONG, Some(LONG)).keys("f7 v v v"), &[USUAL, LARGE]);
    assert_frames("pooling-layers-one", &Explorer::on(SENTENCE, None).keys("f7 v"), &[USUAL]);
    assert_frames("pooling-words-one", &Explorer::on(SENTENCE, None).keys("f7 v v v"), &[USUAL]);
}

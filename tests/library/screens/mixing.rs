//! What vectors are made of: the shares add up, the claims follow from them, and nothing is begun again that was cancelled.

use clscope::{
    analysis::{Granularity, Verdict},
    views::{Mixing, MixingView},
};

use super::*;

fn mixing(explorer: &Explorer) -> &Mixing {
    explorer.app.view_of::<MixingView>().unwrap().mixing().expect("it is worked out")
}

#[test]
fn the_shares_of_every_layer_add_up_under_every_measure() {
    let mut explorer = Explorer::on(SENTENCE, None).keys("f10");
    let mut seen = Vec::new();
    for _ in Mixing::measures() {
        for _ in 0..4 {
            let mixing = mixing(&explorer);
            for shares in mixing.layers.iter().chain(&mixing.units) {
                let all = shares.own + shares.words + shares.signs + shares.specials + shares.biases;
                assert!((all - 1.0).abs() < 1e-5, "{}: {shares:?}", mixing.measure);
            }
            assert_eq!(mixing.layers.last(), mixing.units.get(mixing.unit), "behind the last layer");
            explorer = explorer.keys("right");
        }
        seen.push(mixing(&explorer).measure.id());
        explorer = explorer.keys("f c");
    }
    assert_eq!(seen, ["alti", "decompx", "dot"]);
    let tables = explorer.app.tables();
    let found = mixing(&explorer);
    for (row, shares) in tables[0].rows.iter().zip(&found.layers) {
        assert_eq!((row.measures[0], row.measures[4]), (Some(shares.own), Some(shares.biases)));
    }
    assert_eq!(tables.len(), 3);
}

#[test]
fn what_is_said_of_cls_is_what_the_shares_say() {
    let explorer = Explorer::on(SENTENCE, None).keys("f10");
    let mixing = mixing(&explorer);
    let claims = mixing.claims.as_ref().unwrap();
    let words: Vec<usize> = {
        let (units, trace) = (mixing.reading.units(Granularity::Words), &mixing.reading.trace);
        (0..units.len()).filter(|&unit| units.text(trace, unit).chars().all(char::is_alphanumeric)).collect()
    };
    assert_eq!(claims.words, words.len());
    let alti = &claims.measures[0];
    assert_eq!(alti.measure, mixing.measure);
    let largest = words.iter().filter(|&&word| mixing.units[word].largest == word).count();
    let cls = mixing.units[0].evenness.unwrap();
    let more = words.iter().filter(|&&word| mixing.units[word].evenness.unwrap() > cls).count();
    assert_eq!((alti.largest, alti.more_even), (largest, Some(more)));
    let each = claims.measures.iter().map(|measure| measure.largest == claims.words);
    assert_eq!(claims.own_dominates(), Verdict::of(each));
    assert_eq!(Verdict::of([true, false]), Verdict::Depends);
    assert!((0.0..=1.0).contains(&claims.by_inputs) && (0.0..=1.0).contains(&claims.by_outputs));
    // Unrelated sentences were read for the last claim.
    let frame = explorer.frame(LARGE);
    assert!(line_of(frame.buffer(), "two unrelated sentences have cosine").is_some());
    assert_eq!(line_of(frame.buffer(), "not tested yet"), None);
}

#[test]
fn what_was_cancelled_begins_again_when_it_is_asked_for() {
    let text: String = (0..300).map(|i| format!("w{i} ")).collect();
    let model = StandIn { layers: 12, longest: 512, ..StandIn::USUAL };
    let mut explorer = Explorer::with(model, &text, None);
    assert!(matches!(explorer.press("f10").1, Some(Job::WorkOut(_))));
    assert_eq!(explorer.press("esc").1, Some(Job::CancelWork));
    assert!(!matches!(explorer.press("down").1, Some(Job::WorkOut(_))));
    let frame = explorer.frame(USUAL);
    assert!(line_of(frame.buffer(), "is not worked out · f: work it out").is_some());
    let (_, job) = explorer.press("f");
    assert!(matches!(job, Some(Job::WorkOut(_))));
    explorer.answer(job);
    assert_eq!(mixing(&explorer).layers.len(), 12);
}

#[test]
fn frames_of_mixing_are_as_they_were() {
    assert_frames("mixing", &Explorer::on(SENTENCE, None).keys("f10 down"), &[SMALL, USUAL, LARGE, WIDE]);
    let mono = Explorer::on(SENTENCE, None).keys("f10 f right").looking(ThemeName::Mono, ColorDepth::None);
    assert_frames("mixing-no-colour", &mono, &[USUAL]);
}

#[test]
fn no_size_and_no_text_is_too_odd_for_it() {
    for text in [SENTENCE, "a", "🙂", LONG] {
        let explorer = Explorer::on(text, Some(SECOND)).keys("f10 right");
        for (width, height) in (50..=130).step_by(8).flat_map(|width| (10..=44).map(move |height| (width, height))) {
            explorer.frame((width, height));
        }
    }
}

//! What vectors are made of: the shares add up, the claims follow from them, and nothing is begun again that was cancelled.

use clscope::{
    analysis::{
        BlindLayers, Granularity, MixedVector, MixingClaim, PartsFrom, Pooling, TestSubject, VectorParts, Verdict,
        cosine, norm, pool,
    },
    bert::{Ablations, Trace},
    study::MixingFound,
    views::{Mixing, MixingPage, MixingView},
};

use std::sync::Arc;

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
            for shares in mixing.layers.iter().filter_map(|of| of.shares.as_ref()).chain(&mixing.units) {
                let all = shares.own + shares.words + shares.signs + shares.specials + shares.biases;
                assert!((all - 1.0).abs() < 1e-5, "{}: {shares:?}", mixing.measure);
            }
            assert_eq!(
                mixing.layers.last().unwrap().shares.as_ref(),
                mixing.units.get(mixing.unit),
                "behind the last layer"
            );
            explorer = explorer.keys("right");
        }
        seen.push(mixing(&explorer).measure.id());
        explorer = explorer.keys("f c");
    }
    assert_eq!(seen, ["decompx", "dot", "alti"]);
    let tables = explorer.app.tables();
    let found = mixing(&explorer);
    for (row, shares) in tables[0].rows.iter().zip(found.layers.iter().filter_map(|of| of.shares)) {
        assert_eq!((row.measures[0], row.measures[4]), (Some(shares.own), Some(shares.biases)));
    }
    assert_eq!(tables.len(), 5);
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
    let shown = claims.measures.iter().find(|of| of.measure == mixing.measure).unwrap();
    let largest = words.iter().filter(|&&word| mixing.units[word].largest == word).count();
    let cls = mixing.units[0].evenness.unwrap();
    let more = words.iter().filter(|&&word| mixing.units[word].evenness.unwrap() > cls).count();
    assert_eq!((shown.largest, shown.more_even), (largest, Some(more)));
    let each = claims.measures.iter().map(|measure| measure.largest == claims.words);
    assert_eq!(claims.verdict(MixingClaim::OwnDominates, None), Some(Verdict::of(each)));
    assert_eq!(Verdict::of([true, false]), Verdict::Depends);
    assert!((0.0..=1.0).contains(&claims.by_inputs) && (0.0..=1.0).contains(&claims.by_outputs));
    // Unrelated sentences were read for the last claim.
    let frame = explorer.keys("v v v").frame(LARGE);
    assert!(line_of(frame.buffer(), "cosine of unrelated sentences").is_some());
    assert_eq!(line_of(frame.buffer(), "not tested"), None);
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

#[test]
fn the_page_of_tokens_shows_its_numbers_in_the_order_that_is_chosen() {
    let mut explorer = Explorer::on(SENTENCE, None).keys("f10 v v");
    let trace = Arc::clone(&mixing(&explorer).reading);
    let background = explorer.app.background.of(trace.background().unwrap()).unwrap();
    let unrelated = |pooling: Pooling| -> Vec<Vec<f32>> {
        let sentences = background.sentences();
        let measured = background.measured.as_ref().unwrap().sentences;
        sentences[..measured].iter().map(|text| pool(&explorer.model.read_alone(text), pooling).unwrap()).collect()
    };
    let mean = |vectors: Vec<Vec<f32>>| -> Vec<f32> {
        let sum = |at: usize| vectors.iter().map(|vector| f64::from(vector[at])).sum::<f64>() / vectors.len() as f64;
        (0..vectors[0].len()).map(|at| sum(at) as f32).collect()
    };
    let (cls, own_mean) = (trace.trace.hidden_state(trace.trace.layers, 0), pool(&trace.trace, Pooling::Mean).unwrap());
    let expected = [
        cosine(cls, &own_mean),
        cosine(cls, trace.trace.hidden_state(0, 0)),
        cosine(cls, &mean(unrelated(Pooling::Cls))),
        cosine(cls, &mean(unrelated(Pooling::Mean))),
    ];
    let row = explorer.app.tables()[0].rows.iter().find(|row| row.keys[0].to_string() == "0").unwrap().clone();
    for (at, expected) in (6..).zip(expected) {
        assert!((row.measures[at].unwrap() - expected).abs() < 1e-5, "{at}: {:?}, {expected}", row.measures[at]);
    }
    let frame = explorer.frame(LARGE);
    let buffer = frame.buffer();
    let line =
        (0..LARGE.1).map(|y| row_text(buffer, y)).find(|line| line.contains("[CLS] ") && line.contains('×')).unwrap();
    for number in expected {
        assert!(line.contains(&format!("{number:.2}").replace('-', "−")), "{number}: {line}");
    }

    let own = explorer.app.tables()[0].rows.iter().map(|row| row.measures[0]).collect::<Vec<_>>();
    explorer = explorer.keys("o");
    let sorted: Vec<Option<f32>> = explorer.app.tables()[0].rows.iter().map(|row| row.measures[0]).collect();
    let mut expected: Vec<f32> = own.iter().flatten().copied().collect();
    expected.sort_by(|a, b| b.total_cmp(a));
    assert_eq!(
        sorted,
        expected.iter().copied().map(Some).chain([None]).collect::<Vec<_>>(),
        "the mean has no own share"
    );
    let rank = 1 + expected.iter().position(|own| Some(*own) == row.measures[0]).unwrap();
    let frame = explorer.frame(USUAL);
    assert!(line_of(frame.buffer(), &format!("has place {rank} of {}", expected.len())).is_some());
}

#[test]
fn the_page_of_layers_shows_what_a_blind_cls_becomes() {
    let mut explorer = Explorer::on(SENTENCE, None).keys("f10");
    let (_, job) = explorer.press("v");
    assert!(matches!(&job, Some(Job::Mix(_))), "{job:?}");
    explorer.answer(job);
    let reading = Arc::clone(&mixing(&explorer).reading);
    let (trace, layers) = (&reading.trace, reading.trace.layers);
    let centre = mixing(&explorer).unrelated.clone().unwrap()[0].clone();
    let cls = |trace: &Trace| pool(trace, Pooling::Cls).unwrap();
    let less =
        |vector: Vec<f32>| -> Vec<f32> { vector.iter().zip(&centre).map(|(value, mean)| value - mean).collect() };
    let choices = [BlindLayers::Here, BlindLayers::UpTo, BlindLayers::From as fn(usize) -> BlindLayers];
    let tables = explorer.app.tables();
    let frame = explorer.frame(USUAL);
    for layer in 0..layers {
        let mut expected = Vec::new();
        for choice in choices {
            let mut ablations = Ablations::default();
            let range = match choice(layer) {
                BlindLayers::Here(layer) => layer..layer + 1,
                BlindLayers::UpTo(layer) => 0..layer + 1,
                BlindLayers::From(layer) => layer..layers,
            };
            ablations.blind(0, range, trace.tokens.len());
            let blind = explorer.model.read_ablated(SENTENCE, &ablations);
            expected.push(cosine(&cls(trace), &cls(&blind)));
            expected.push(cosine(&less(cls(trace)), &less(cls(&blind))));
        }
        let numbers: Vec<f32> = tables[0].rows[layer].measures[2..].iter().map(|number| number.unwrap()).collect();
        assert!(numbers.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-5), "{numbers:?}, {expected:?}");
        let weight = (0..trace.heads).map(|head| trace.attention(layer, head, 0)[0]).sum::<f32>() / trace.heads as f32;
        let line = row_text(frame.buffer(), line_of(frame.buffer(), &format!("layer {:>2}", layer + 1)).unwrap());
        for text in expected.iter().map(|cosine| format!("{cosine:.3}")).chain([format!("{:.1} %", 100.0 * weight)]) {
            assert!(line.contains(&text), "{text}: {line}");
        }
        assert!(expected.iter().any(|cosine| *cosine < 0.999), "something is seen");
    }
}

#[test]
fn what_is_found_out_makes_way_and_begins_again() {
    let mut explorer = Explorer::on(SENTENCE, None).keys("f10");
    let (_, job) = explorer.press("v");
    let Some(Job::Mix(work)) = &job else { panic!("{job:?}") };
    assert_eq!(explorer.press("esc").1, Some(Job::CancelMixing));
    let found = Report::Mixed { number: work.number, result: Ok(MixingFound::Steps(1, 2)) };
    assert!(explorer.app.on_report(found).is_none_or(|job| !matches!(job, Job::Mix(_))), "it is not begun again");
    assert!(line_of(explorer.frame(USUAL).buffer(), "this was cancelled").is_some());
    // The key of measures lets it begin again.
    let (_, again) = explorer.press("f");
    assert!(matches!(&again, Some(Job::Mix(newer)) if newer.number > work.number), "{again:?}");
    explorer.answer(job);
    assert!(
        line_of(explorer.frame(USUAL).buffer(), "is being read with [CLS] blind").is_some(),
        "the older says nothing"
    );
    // A sweep ends it, and it begins anew when its page is open again.
    let mut explorer = explorer.keys("f6");
    let (_, job) = explorer.press("f10");
    assert!(matches!(job, Some(Job::Mix(_))), "{job:?}");
}

#[test]
fn the_mean_and_the_pooled_output_are_taken_apart_and_how_far_parts_cancel_is_said() {
    let mut explorer = Explorer::on(SENTENCE, None).keys("f10");
    let reading = Arc::clone(&mixing(&explorer).reading);
    let (trace, units) = (&reading.trace, reading.units(Granularity::Words));
    let whole = trace.decomposition().unwrap();
    let tokens = trace.tokens.len();
    // Each unit's length: of a word of several pieces its own.
    let length = |layer: usize, row: usize, range: std::ops::Range<usize>| match range.len() {
        1 => whole.norms.tokens[(layer * tokens + row) * (tokens + 1) + range.start],
        _ => {
            let at = whole.norms.words.iter().position(|word| *word == range).unwrap();
            whole.norms.of_words[(layer * tokens + row) * whole.norms.words.len() + at]
        }
    };
    for (layer, of) in mixing(&explorer).layers.iter().enumerate() {
        let parts: f32 = (0..units.len()).map(|unit| length(layer, 0, units.tokens(unit))).sum();
        let all = parts + length(layer, 0, tokens..tokens + 1);
        let expected = f64::from(all) / norm(trace.hidden_state(layer + 1, 0));
        assert!((of.cancelling.unwrap() - expected).abs() < 1e-4 * expected, "{layer}: {:?} {expected}", of.cancelling);
        let line = format!("layer {:>2}", layer + 1);
        let line = screen_lines(&explorer, USUAL).into_iter().find(|text| text.contains(&line)).unwrap();
        assert!(line.contains(&format!("{expected:.1}×")), "{line}");
    }
    for pooling in [Pooling::Mean, Pooling::Pooled] {
        explorer = explorer.keys("s");
        let parts = VectorParts::of(trace, pooling, PartsFrom::Inputs).unwrap();
        let parts: Vec<&[f32]> = parts.iter().collect();
        let sum = |range: std::ops::Range<usize>| -> Vec<f32> {
            (0..trace.hidden_size).map(|at| parts[range.clone()].iter().map(|part| part[at]).sum()).collect()
        };
        let lengths: Vec<f64> = (0..units.len()).map(|unit| norm(&sum(units.tokens(unit)))).collect();
        let biases = norm(parts[tokens]);
        let all = lengths.iter().sum::<f64>() + biases;
        let last = mixing(&explorer).layers.last().unwrap();
        let shares = last.shares.unwrap();
        assert!((f64::from(shares.biases) - biases / all).abs() < 1e-4 && shares.own == 0.0);
        assert!((f64::from(shares.words + shares.signs + shares.specials + shares.biases) - 1.0).abs() < 1e-4);
        assert!((last.cancelling.unwrap() - all / norm(&sum(0..tokens + 1))).abs() < 1e-3);
        let (before, at_last) = (&mixing(&explorer).layers[0], shares.biases * 100.0);
        assert!(before.shares.is_none() && before.taken.is_none());
        assert!(screen_lines(&explorer, USUAL).iter().any(|line| line.contains(&format!("{pooling} · decompx"))));
        let line = screen_lines(&explorer, USUAL).into_iter().find(|line| line.contains("layer  6")).unwrap();
        assert!(line.contains(&format!("{at_last:.0} %")) && line.contains('–'), "{line}");
    }
    // A token again: by the key, and by going to one.
    assert_eq!(mixing(&explorer.keys("s")).vector, MixedVector::Unit(0));
    let explorer = Explorer::on(SENTENCE, None).keys("f10 s right");
    assert_eq!(mixing(&explorer).vector, MixedVector::Unit(1));
    let no_pooler = Explorer::with(StandIn { has_pooler: false, ..StandIn::USUAL }, SENTENCE, None).keys("f10 f s s");
    assert_eq!(mixing(&no_pooler).vector, MixedVector::Unit(0));
}

#[test]
fn the_claims_are_tested_on_many_sentences_of_the_background_or_of_the_list() {
    let explorer = Explorer::on(SENTENCE, None).keys("f10 v v v");
    let study = |explorer: &Explorer| {
        let view = explorer.app.view_of::<MixingView>().unwrap();
        view.studies().of(MixingPage::Claims).unwrap().findings().cloned()
    };
    let found = study(&explorer).unwrap();
    assert_eq!(found.sentences, 12);
    let seen = screen_lines(&explorer, WIDE);
    assert!(seen.iter().any(|line| line.contains("and on 12 unrelated sentences")), "{seen:#?}");
    for test in found.tests().iter().filter(|test| test.decides) {
        let is_part = matches!(test.subject, TestSubject::Largest(_) | TestSubject::Explained(..));
        let value = match is_part {
            true if test.estimate.value < 0.1 => format!("{:.1} % [", 100.0 * test.estimate.value),
            true => format!("{:.0} % [", 100.0 * test.estimate.value),
            false => format!("{:+.2} [", test.estimate.value).replace('-', "−"),
        };
        let value = test.measure.map_or(value.clone(), |measure| format!("{} {value}", measure.id()));
        assert!(seen.iter().any(|line| line.contains(&value)), "{test:?}: {value}\n{seen:#?}");
    }
    for size in [USUAL, LARGE, WIDE] {
        let claims = MixingClaim::ALL.map(|claim| format!("{}  {}", claim.id(), claim.says("[CLS]")));
        let seen = screen_lines(&explorer, size);
        let at = |text: &str| seen.iter().position(|line| line.contains(text));
        for claim in claims {
            let lines = &seen[at(&claim).unwrap() + 1..];
            assert!(lines[0].contains("here:") && lines[1..3].iter().any(|line| line.contains("many:")), "{seen:#?}");
        }
    }
    // Where there is no room for intervals, each number stands behind its verdict.
    let (seen, short) = (screen_lines(&explorer, USUAL), screen_lines(&explorer, (60, 16)));
    let explained = found.tests().into_iter().find(|test| matches!(test.subject, TestSubject::Explained(..))).unwrap();
    let value = format!("explains {:.1} %", 100.0 * explained.estimate.value);
    assert!(seen.iter().any(|line| line.contains("many:") && line.contains(&value)), "{value}: {seen:#?}");
    assert!(short.iter().any(|line| line.starts_with(" d  here: ") && line.contains("many: ")), "{short:#?}");
    let mut explorer = Explorer::on(SENTENCE, None);
    let job = explorer.app.add_sentences(&["A cat.", "The dog barks at it.", "Nothing else here"]);
    explorer.answer(job);
    let explorer = explorer.keys("f10 v v v");
    assert_eq!(study(&explorer).unwrap().sentences, 3);
    assert!(screen_lines(&explorer, USUAL).iter().any(|line| line.contains("the 3 sentences of your list")));
    // So few decide nothing.
    assert!(
        screen_lines(&explorer, USUAL).iter().all(|line| !line.contains("many: holds") && !line.contains("many: does"))
    );
}

/// Spearman's rank correlation, of numbers of which no two are the same.
fn spearman(a: &[f64], b: &[f64]) -> f64 {
    let ranks = |numbers: &[f64]| -> Vec<f64> {
        numbers.iter().map(|number| numbers.iter().filter(|other| *other < number).count() as f64).collect()
    };
    let count = a.len() as f64;
    let apart: f64 = ranks(a).iter().zip(ranks(b)).map(|(a, b)| (a - b).powi(2)).sum();
    1.0 - 6.0 * apart / (count * (count * count - 1.0))
}

#[test]
fn the_trust_of_a_measure_is_what_happens_without_each_word() {
    let explorer = Explorer::on(SENTENCE, None).keys("f10 v v v v");
    let reading = Arc::clone(&mixing(&explorer).reading);
    let (trace, units) = (&reading.trace, reading.units(Granularity::Words));
    let words: Vec<std::ops::Range<usize>> = (0..units.len())
        .filter(|&unit| units.text(trace, unit).chars().all(char::is_alphanumeric))
        .map(|unit| units.tokens(unit))
        .collect();
    let last = trace.layers - 1;
    // The mean is the mean of the tokens' rows.
    let weight = |word: &std::ops::Range<usize>, rows: std::ops::Range<usize>| -> f64 {
        let each = (0..trace.heads).flat_map(|head| rows.clone().map(move |row| (head, row)));
        f64::from(
            each.map(|(head, row)| trace.attention(last, head, row)[word.clone()].iter().sum::<f32>()).sum::<f32>(),
        )
    };
    let line = screen_lines(&explorer, USUAL).into_iter().find(|line| line.contains("   weight ")).unwrap();
    for (pooling, is_hidden) in
        [(Pooling::Cls, false), (Pooling::Cls, true), (Pooling::Mean, false), (Pooling::Mean, true)]
    {
        let effect = |word: &std::ops::Range<usize>| {
            let mut ablations = Ablations::default();
            let positions = if is_hidden { &mut ablations.masked } else { &mut ablations.replaced };
            positions.extend(word.clone());
            let without = explorer.model.read_ablated(SENTENCE, &ablations);
            1.0 - f64::from(cosine(&pool(trace, pooling).unwrap(), &pool(&without, pooling).unwrap()))
        };
        let effects: Vec<f64> = words.iter().map(effect).collect();
        let rows = if pooling == Pooling::Cls { 0..1 } else { 0..trace.tokens.len() };
        let shares: Vec<f64> = words.iter().map(|word| weight(word, rows.clone())).collect();
        // Where nothing happens there are no ranks.
        let is_same = effects.iter().all(|effect| *effect == effects[0]);
        let expected =
            if is_same { "–".to_owned() } else { format!("{:.2}", spearman(&shares, &effects)).replace('-', "−") };
        assert!(line.contains(&expected), "{pooling} {is_hidden}: {expected} {shares:?} {effects:?}\n{line}");
    }
    assert!(screen_lines(&explorer, USUAL).iter().any(|line| line.contains("mean over 12 sentences")));
}

#[test]
fn a_token_that_is_made_blind_is_so_in_every_view() {
    let mut explorer = Explorer::on(SENTENCE, None).keys("f10 G x");
    let trace = &explorer.app.reading().unwrap().trace;
    let last = trace.layers - 1;
    let expected: Vec<(usize, usize, usize)> = (1..trace.tokens.len()).map(|key| (last, 0, key)).collect();
    let edges = |explorer: &Explorer| -> Vec<(usize, usize, usize)> {
        let edges = &explorer.app.reading().unwrap().trace.ablations.edges;
        edges.iter().map(|edge| (edge.layer, edge.query, edge.key)).collect()
    };
    assert_eq!(edges(&explorer), expected);
    assert!(screen_lines(&explorer, USUAL).iter().any(|line| line.contains("blind “[CLS]” in layer 6")));
    explorer = explorer.keys("k x");
    assert_eq!(edges(&explorer).len(), 2 * expected.len());
    explorer = explorer.keys("x");
    assert_eq!(edges(&explorer), expected);
    assert!(edges(&explorer.keys("u u u")).is_empty());
}

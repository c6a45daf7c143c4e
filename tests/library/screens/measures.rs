//! Every measure on screen: its numbers are those of its arrays, its caption says what they are, and what takes long is worked
//! out behind the screen.

use clscope::{
    analysis::{HeadAxis, Measure, MixingArray, Verb},
    app::Reading,
    session,
};

use super::{
    truth::{assert_layers_drawn, assert_matrix_drawn},
    *,
};

const MODEL: StandIn =
    StandIn { layers: 4, heads: 3, hidden_size: 24, longest: 26, has_pooler: true, ..StandIn::USUAL };
/// So many tokens that a forward pass for each is not done while one types.
const DEAR: StandIn =
    StandIn { layers: 12, heads: 2, hidden_size: 24, longest: 512, has_pooler: true, ..StandIn::USUAL };

fn by_id(id: &str) -> Measure {
    id.parse().unwrap()
}

/// With so many presses of the key that goes from measure to measure.
fn at(explorer: Explorer, measure: Measure) -> Explorer {
    let presses = Measure::ALL.iter().position(|one| *one == measure).unwrap();
    (0..presses).fold(explorer, |explorer, _| explorer.keys("f"))
}

fn dear() -> Explorer {
    let text: String = (0..300).map(|i| format!("w{i} ")).collect();
    Explorer::with(DEAR, &text, None)
}

/// The array that a measure's rows are read off, and whether they are shares of it already; of `value-norm` that of all heads.
fn array(reading: &Reading, measure: Measure) -> (MixingArray<'_>, bool) {
    let (id, is_shares) = match measure.id() {
        "value-norm" => ("value_norm", false),
        "block" => ("block_norm", false),
        "decompx" => ("decompx_norm", false),
        "dot" => ("decompx_dot", true),
        "value-zeroing" => ("value_zeroing", false),
        "globenc" => ("globenc", false),
        other => (other, true),
    };
    let found = measure.arrays(&reading.trace).into_iter().find(|array| array.id == id);
    (found.unwrap_or_else(|| panic!("{id}")), is_shares)
}

/// A row of a layer, worked out of the array: over the tokens, then the biases if there are such.
fn expected(reading: &Reading, measure: Measure, layer: usize, row: usize) -> Vec<f64> {
    if measure == Measure::default() {
        let heads = (0..reading.trace.heads).map(|head| reading.trace.attention(layer, head, row));
        return heads.fold(vec![0.0; reading.trace.tokens.len()], |mut sum, one| {
            sum.iter_mut().zip(one).for_each(|(sum, one)| *sum += f64::from(*one) / reading.trace.heads as f64);
            sum
        });
    }
    let (array, is_shares) = array(reading, measure);
    let columns = array.shape[2];
    let start = (layer * array.shape[1] + row) * columns;
    let row: Vec<f64> = array.values[start..start + columns].iter().map(|&value| f64::from(value)).collect();
    let all: f64 = if is_shares { 1.0 } else { row.iter().sum() };
    row.into_iter().map(|value| value / all).collect()
}

#[track_caller]
fn assert_near(found: Option<f32>, expected: f64, what: &str) {
    let found = f64::from(found.unwrap_or_else(|| panic!("{what}: there is no number")));
    assert!((found - expected).abs() <= 1e-5 * expected.abs().max(1.0), "{what}: {found}, and it is {expected}");
}

#[test]
fn every_measure_is_shown_with_the_numbers_of_its_array() {
    for &measure in Measure::ALL {
        let explorer = at(Explorer::with(MODEL, SENTENCE, None).keys("right right s"), measure);
        assert_eq!(explorer.app.measure(), measure);
        let reading = explorer.app.reading().unwrap();
        let tables = explorer.app.tables();
        for (layer, row) in tables[0].rows.iter().enumerate() {
            let expected = expected(reading, measure, layer, 2);
            let tokens = row.cells.len();
            for (column, &cell) in row.cells.iter().enumerate() {
                assert_near(cell, expected[column], &format!("{measure}: layer {layer}, column {column}"));
            }
            let biases = tables[0].measures.iter().position(|column| column.column.id == "biases");
            assert_eq!(biases.is_some(), expected.len() > tokens, "{measure}");
            if let Some(biases) = biases {
                assert_near(row.measures[biases], expected[tokens], &format!("{measure}: layer {layer}, biases"));
            }
            let all = row.cells.iter().flatten().sum::<f32>() + biases.map_or(0.0, |at| row.measures[at].unwrap());
            assert!((all - 1.0).abs() < 1e-5, "{measure}: a row sums to {all}");
        }
        assert_eq!(tables.len(), if measure.has_heads() { 2 } else { 1 }, "{measure}");
        assert_layers_drawn(&explorer);
        let explorer = explorer.keys("f4 down");
        let reading = explorer.app.reading().unwrap();
        for (row, cells) in explorer.app.tables()[0].rows.iter().enumerate() {
            for (column, expected) in expected(reading, measure, 0, row).into_iter().take(cells.cells.len()).enumerate()
            {
                assert_near(cells.cells[column], expected, &format!("{measure}: row {row}, column {column}"));
            }
        }
        assert_matrix_drawn(&explorer);
        let facts = explorer.app.facts();
        let named = facts.iter().find(|(name, _)| *name == "measure").map(|(_, id)| id.as_str());
        assert_eq!(named, Some(measure.id()).filter(|_| measure != Measure::default()));
    }
}

#[test]
fn the_line_above_says_measure_verb_and_what_is_missing() {
    for view in ["f2", "f3", "f4", "f5"] {
        for &measure in Measure::ALL {
            for size in [(60, 16), USUAL, LARGE, WIDE] {
                let explorer = at(Explorer::with(MODEL, SENTENCE, None).keys(view), measure);
                let frame = explorer.frame(size);
                let verb = match measure.verb() {
                    Verb::LooksAt => "looks at",
                    Verb::TakesFrom => "takes from",
                };
                let line = line_of(frame.buffer(), &format!(" {measure}: {verb}"));
                assert_eq!(line.is_some(), size.1 > 16 || measure != Measure::default(), "{view} {measure} {size:?}");
                if size == USUAL && measure == Measure::default() {
                    let text = row_text(frame.buffer(), line.unwrap());
                    assert!(text.contains("f: contributions"), "{text}");
                }
            }
        }
    }
    // A head that is chosen is none of theirs.
    for &measure in Measure::ALL {
        let explorer = at(Explorer::with(MODEL, SENTENCE, None).keys("] ]"), measure);
        let says = line_of(explorer.frame(WIDE).buffer(), "it has no heads: the layer is shown");
        assert_eq!(says.is_some(), measure.head_axis() == HeadAxis::Layer, "{measure}");
    }
}

#[test]
fn each_line_fits_and_the_help_explains_each_measure() {
    for &measure in Measure::ALL {
        assert!(measure.says().text().chars().count() <= 62, "{measure}");
        assert!(measure.meaning().text().chars().count() > measure.says().text().chars().count(), "{measure}");
    }
    let explorer = Explorer::with(MODEL, SENTENCE, None).keys("?");
    let frame = explorer.frame((200, 400));
    for &measure in Measure::ALL {
        let beginning: String = measure.meaning().text().chars().take(40).collect();
        let y = line_of(frame.buffer(), &beginning).unwrap_or_else(|| panic!("{measure}"));
        assert!(row_text(frame.buffer(), y).contains(measure.id()), "{measure}");
    }
}

#[test]
fn what_is_below_0_has_the_other_colours() {
    let explorer = at(Explorer::with(MODEL, SENTENCE, None), by_id("dot"));
    let row = &explorer.app.attention.shown.as_ref().unwrap().map.rows[0];
    let (least, most) =
        (row.weights.iter().copied().fold(0.0, f32::min), row.weights.iter().copied().fold(0.0, f32::max));
    assert!(least < -0.005 && most > 0.005, "the stand-in has both");
    let frame = explorer.frame(LARGE);
    let y = line_of(frame.buffer(), "▸layer  1").unwrap();
    let text = row_text(frame.buffer(), y);
    assert!(text.contains(&format!("−{:.0}", -least * 100.0)), "{text}");
    let theme = &explorer.look.theme;
    let share = |weight: f32| (weight.abs() / explorer.app.attention.shown.as_ref().unwrap().map.largest).sqrt();
    let colours: Vec<_> = super::row(frame.buffer(), y).filter_map(|(_, cell)| cell.style().bg).collect();
    for weight in [least, most] {
        assert!(colours.contains(&theme.diverging(share(weight).copysign(weight))), "{weight}");
    }
}

#[test]
fn a_dear_measure_is_worked_out_behind_the_screen() {
    let mut explorer = at(dear(), by_id("alti"));
    assert_eq!(explorer.app.measure(), by_id("alti"));
    let (_, job) = explorer.press("f");
    let Some(Job::WorkOut(work)) = &job else { panic!("{job:?}") };
    assert_eq!((work.measure, work.readings.len()), (by_id("decompx"), 1));
    let before = explorer.app.tables();
    assert_eq!(explorer.app.measure(), by_id("alti"), "the old numbers stay");
    explorer.app.on_report(Report::WorkedOut { number: work.number, result: Ok(Some((3, 26))) });
    let frame = explorer.frame(LARGE);
    let says = line_of(frame.buffer(), "decompx is being worked out, 3 of 26 · these numbers are alti · Esc: cancel");
    assert!(says.is_some(), "and are marked");
    assert_eq!(explorer.app.tables(), before);
    // While that goes on, the same is not asked for again.
    assert_eq!(explorer.press("right").1, None);
    explorer.answer(job);
    assert_eq!(explorer.app.measure(), by_id("decompx"));
    assert_ne!(explorer.app.tables(), before);
    assert_eq!(line_of(explorer.frame(LARGE).buffer(), "is being worked out"), None);
}

#[test]
fn esc_cancels_it_and_nothing_late_comes_in() {
    let mut explorer = at(dear(), by_id("alti"));
    let (_, first) = explorer.keys_to_job("f f");
    let (_, cancel) = explorer.press("esc");
    assert_eq!(cancel, Some(Job::CancelWork));
    assert_eq!((explorer.app.measure(), explorer.app.attention.options.measure), (by_id("alti"), by_id("alti")));
    let Some(Job::WorkOut(work)) = first else { panic!("{first:?}") };
    explorer.app.on_report(Report::WorkedOut { number: work.number, result: Err("too late".to_owned()) });
    assert!(explorer.app.notice.is_none());
    // A failure goes back as well, and says why.
    let (_, job) = explorer.press("f");
    let Some(Job::WorkOut(work)) = job else { panic!("{job:?}") };
    let next = explorer.app.on_report(Report::WorkedOut { number: work.number, result: Err("no memory".to_owned()) });
    assert!(!matches!(next, Some(Job::WorkOut(_))), "it is not tried for ever");
    let notice = explorer.app.notice.as_ref().unwrap();
    assert!(notice.is_error && notice.text.contains("decompx") && notice.text.contains("no memory"), "{notice:?}");
    assert_eq!(explorer.app.attention.options.measure, by_id("alti"));
}

#[test]
fn the_newest_wins_and_a_reading_ends_it() {
    let mut explorer = at(dear(), by_id("alti"));
    let (_, first) = explorer.press("f");
    let (_, second) = explorer.keys_to_job("f f f f");
    let numbers = [first, second].map(|job| match job {
        Some(Job::WorkOut(work)) => work.number,
        job => panic!("{job:?}"),
    });
    assert!(numbers[0] < numbers[1]);
    explorer.app.on_report(Report::WorkedOut { number: numbers[0], result: Ok(None) });
    assert!(explorer.app.work.is_running(), "that was the one before");
    explorer.press("i");
    let (_, job) = explorer.press("x");
    assert!(matches!(&job, Some(Job::Read(request)) if request.measure == by_id("value-zeroing")));
    assert!(!explorer.app.work.is_running());
    explorer.answer(job);
    assert_eq!(explorer.app.measure(), by_id("value-zeroing"), "it is worked out of the new text after all");
}

#[test]
fn what_is_fast_comes_with_the_reading() {
    let mut explorer = at(Explorer::with(MODEL, SENTENCE, Some(SECOND)), by_id("decompx")).keys("i");
    let (_, job) = explorer.press("x");
    let report = explorer.report(job.unwrap());
    let next = explorer.app.on_report(report);
    assert_eq!(explorer.app.measure(), by_id("decompx"));
    assert!(!matches!(next, Some(Job::WorkOut(_))));
    // Another reading of the pair follows when it is looked at.
    explorer.press("esc");
    let (_, job) = explorer.press("r");
    assert!(matches!(job, Some(Job::WorkOut(_))), "{job:?}");
}

#[test]
fn what_another_model_has_read_is_not_worked_out() {
    let mut explorer = Explorer::with(MODEL, SENTENCE, None).keys("p f5");
    let Job::Open { number, .. } = explorer.app.open("other") else { unreachable!() };
    explorer.set_model(DEAR);
    let job = explorer.app.on_report(Report::Model { number, result: Ok(("other".to_owned(), DEAR.info())) });
    explorer.answer(job);
    let explorer = explorer.keys("f f");
    assert_eq!(explorer.app.measure(), by_id("block"));
    assert_eq!(compared(&explorer).unwrap().measure(), Measure::default());
    let says = "block of the baseline is unknown, as another model read it; this is weight";
    assert!(line_of(explorer.frame(LARGE).buffer(), says).is_some());
    assert!(!explorer.app.work.is_running());
}

#[test]
fn both_sides_of_a_comparison_are_worked_out() {
    for &measure in Measure::ALL {
        let explorer = at(Explorer::with(MODEL, SENTENCE, None).keys("p f5 i").typing("too").keys("esc"), measure);
        let compared = compared(&explorer).unwrap();
        assert_eq!(compared.measure(), measure);
        let numbers = explorer.app.tables();
        assert!(
            numbers.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells).flatten().all(|n| n.is_finite())
        );
        let titles: Vec<&str> = numbers.iter().map(|table| table.title.as_str()).collect();
        if measure != Measure::default() {
            assert!(titles.iter().skip(1).all(|title| title.contains(measure.id())), "{titles:?}");
        }
    }
}

#[test]
fn a_session_keeps_the_measure() {
    for &measure in Measure::ALL {
        let session = at(Explorer::with(MODEL, SENTENCE, None), measure).app.session();
        let text = session::text(&session).unwrap();
        assert_eq!(session::parse("file", &text).unwrap().options.measure, measure);
        let mut explorer = Explorer::with(MODEL, "Something else.", None);
        for job in explorer.app.restore(session.clone()) {
            explorer.answer(Some(job));
        }
        assert_eq!(explorer.app.measure(), measure);
    }
}

#[test]
fn the_number_that_is_copied_names_its_measure() {
    let mut explorer = at(Explorer::with(MODEL, SENTENCE, None), by_id("dot"));
    let LoopRequest::Copy { number, of } = explorer.press("y").0 else { panic!() };
    let reading = explorer.app.reading().unwrap();
    assert_near(Some(number.parse().unwrap()), expected(reading, by_id("dot"), 0, 0)[0], &of);
    assert_eq!(of, "dot, layer 1, all heads together: [CLS] → [CLS]");
}

#[test]
fn frames_of_measures_are_as_they_were() {
    let of = |keys: &str, id: &str| at(Explorer::on(SENTENCE, None).keys(keys), by_id(id));
    assert_frames("measure-dot", &of("down", "dot"), &[SMALL, USUAL, LARGE]);
    assert_frames("measure-heads-block", &of("f3", "block"), &[USUAL, LARGE, WIDE]);
    assert_frames("measure-matrix-decompx", &of("f4", "decompx"), &[USUAL]);
    assert_frames("measure-rollout", &of("]", "rollout"), &[USUAL]);
    let mono = of("f4 v down", "dot").looking(ThemeName::Mono, ColorDepth::None);
    assert_frames("measure-dot-no-colour", &mono, &[USUAL]);
}

#[test]
fn no_size_is_too_odd_for_a_measure() {
    for (theme, depth) in [(ThemeName::Dark, ColorDepth::TrueColor), (ThemeName::Mono, ColorDepth::None)] {
        for view in ["f2", "f3", "f3 o", "f4", "f4 v", "f5 p ]"] {
            for id in ["value-norm", "dot"] {
                let explorer = at(Explorer::on(SENTENCE, None).keys(view), by_id(id)).looking(theme, depth);
                for (width, height) in
                    (56..=130).step_by(7).flat_map(|width| (10..=44).map(move |height| (width, height)))
                {
                    explorer.frame((width, height));
                }
            }
        }
    }
}

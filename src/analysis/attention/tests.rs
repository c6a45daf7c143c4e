#![allow(clippy::print_stderr)]

use std::{
    ops::Range,
    time::{Duration, Instant},
};

use super::*;
use crate::{
    analysis::{Granularity, HeadChoice, HeadSet, Measure, attention_map, measure_numbers::tests::measured},
    bert::{Ablations, Input, Token, Trace},
};

/// `[CLS] un ##do it [SEP]`, two layers of three heads, rows that sum to 1.
pub(in crate::analysis) fn trace() -> Trace {
    let token = |text: &str, span: Option<Range<usize>>, word| Token {
        mark: if text.starts_with("##") { 2 } else { 0 },
        special: span.is_none(),
        span,
        word,
        ..Token::example(text)
    };
    let tokens = vec![
        token("[CLS]", None, None),
        token("un", Some(0..2), Some(0)),
        token("##do", Some(2..4), Some(0)),
        token("it", Some(5..7), Some(1)),
        token("[SEP]", None, None),
    ];
    let count = tokens.len();
    let attentions: Vec<f32> = (0..2 * 3 * count)
        .flat_map(|row| {
            let raw: Vec<f32> = (0..count).map(|key| ((row * 7 + key * 3) % 11 + 1) as f32).collect();
            let sum: f32 = raw.iter().sum();
            raw.into_iter().map(move |value| value / sum)
        })
        .collect();
    Trace {
        input: Input::single("undo it"),
        tokens,
        truncation: None,
        ablations: Ablations::default(),
        layers: 2,
        heads: 3,
        hidden_size: 1,
        attentions,
        hidden_states: vec![0.0; 3 * count],
        pooler_output: None,
        elapsed: Duration::ZERO,
    }
}

fn every_choice() -> impl Iterator<Item = AttentionOptions> {
    let set = |heads: &[usize]| heads.iter().copied().collect::<HeadSet>();
    let among = [set(&[]), set(&[1]), set(&[0, 2])];
    let heads = [HeadChoice::Mean, HeadChoice::Max, HeadChoice::One(1)];
    let merges = heads.into_iter().flat_map(move |heads| among.map(|among| (heads, among)));
    merges.flat_map(|(heads, among)| {
        Granularity::ALL.iter().flat_map(move |&granularity| {
            Specials::ALL.iter().flat_map(move |&specials| {
                let directions = Direction::ALL.iter();
                directions.map(move |&direction| AttentionOptions {
                    heads,
                    among,
                    granularity,
                    specials,
                    direction,
                    ..AttentionOptions::default()
                })
            })
        })
    })
}

/// The same under every measure.
fn every_measure() -> impl Iterator<Item = AttentionOptions> {
    Measure::ALL.iter().flat_map(|&measure| every_choice().map(move |options| AttentionOptions { measure, ..options }))
}

fn close(a: &[f32], b: &[f32]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-6)
}

#[test]
fn units_hold_every_token_once() {
    let trace = MeasuredTrace::from(trace());
    let words = Units::new(&trace, Granularity::Words);
    assert_eq!((0..words.len()).map(|unit| words.tokens(unit)).collect::<Vec<_>>(), [0..1, 1..3, 3..4, 4..5]);
    assert_eq!((0..5).map(|token| words.unit_of(token)).collect::<Vec<_>>(), [0, 1, 1, 2, 3]);
    assert_eq!(words.shown(Specials::Hidden).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(Units::new(&trace, Granularity::Subwords).len(), 5);
}

#[test]
fn rows_and_columns_are_those_of_the_matrix() {
    let trace = measured(trace(), std::slice::from_ref(&(1..3)));
    for options in every_measure() {
        let units = Units::new(&trace, options.granularity);
        let matrix = AttentionMatrix::new(&trace, &units, 1, options);
        for unit in 0..units.len() {
            let row = attention_row(&trace, &units, 1, unit, options);
            match options.direction {
                Direction::From => assert!(close(&row.weights, &matrix.rows[unit].weights), "{options:?}"),
                // The matrix has nothing for a target that is hidden; asked for, it is shown.
                Direction::To if options.specials != Specials::Shown && units.is_special(unit) => {}
                Direction::To => {
                    let mut column: Vec<f32> =
                        (0..units.len()).map(|source| matrix.rows[source].weights[unit]).collect();
                    for (source, value) in column.iter_mut().enumerate() {
                        let hidden = options.specials != Specials::Shown && units.is_special(source);
                        *value = if hidden { 0.0 } else { *value };
                    }
                    assert!(close(&row.weights, &column), "{options:?} {:?} {column:?}", row.weights);
                }
            }
        }
    }
}

#[test]
fn nothing_is_lost_that_is_not_said() {
    let trace = measured(trace(), std::slice::from_ref(&(1..3)));
    for options in
        every_measure().filter(|options| options.heads != HeadChoice::Max && options.direction == Direction::From)
    {
        let units = Units::new(&trace, options.granularity);
        for unit in 0..units.len() {
            let row = attention_row(&trace, &units, 0, unit, options);
            let (shown, biases) = (row.weights.iter().sum::<f32>(), row.biases.unwrap_or(0.0));
            assert_eq!(row.biases.is_some(), !options.measure.extra_columns().is_empty());
            let left = 1.0 - biases - row.hidden;
            // Where what is left is below 0, it is not scaled.
            let expected = if options.specials == Specials::Renormalized && left > 0.0 { 1.0 } else { left };
            assert!((shown - expected).abs() < 1e-5, "{options:?}: {shown} {expected}");
            assert_eq!(row.hidden != 0.0, options.specials != Specials::Shown, "{options:?}");
        }
    }
}

#[test]
fn the_rest_is_scaled_even_where_nearly_all_is_hidden() {
    let mut trace = trace();
    // Two heads of which the words get a millionth and a ten-millionth.
    for (row, rest) in trace.attentions.chunks_exact_mut(5).zip([1e-6_f32, 1e-7].into_iter().cycle()) {
        row.copy_from_slice(&[0.75 - rest, rest * 0.5, rest * 0.25, rest * 0.25, 0.25]);
    }
    let trace = MeasuredTrace::from(trace);
    for head in 0..3 {
        let options = AttentionOptions {
            heads: HeadChoice::One(head),
            specials: Specials::Renormalized,
            ..AttentionOptions::default()
        };
        let units = Units::new(&trace, Granularity::Subwords);
        let row = attention_row(&trace, &units, 0, 0, options);
        assert!(close(&row.weights, &[0.0, 0.5, 0.25, 0.25, 0.0]), "{:?}", row.weights);
    }
}

#[test]
fn words_sum_over_targets_and_average_over_sources() {
    let trace = MeasuredTrace::from(trace());
    let options =
        AttentionOptions { heads: HeadChoice::One(0), granularity: Granularity::Words, ..AttentionOptions::default() };
    let units = Units::new(&trace, Granularity::Words);
    let looks = |query: usize, key: usize| trace.attention(0, 0, query)[key];
    let row = attention_row(&trace, &units, 0, 1, options);
    assert!((row.weights[2] - (looks(1, 3) + looks(2, 3)) / 2.0).abs() < 1e-6);
    let to_itself = looks(1, 1) + looks(1, 2) + looks(2, 1) + looks(2, 2);
    assert!((row.weights[1] - to_itself / 2.0).abs() < 1e-6);
}

#[test]
fn mean_and_max_are_taken_over_the_set() {
    // The heads give [CLS], un, ##do, it, [SEP] these tenths, from everywhere.
    let looks: [[f32; 5]; 3] = [[0.5, 0.1, 0.1, 0.1, 0.2], [0.0, 0.2, 0.3, 0.5, 0.0], [0.2, 0.3, 0.0, 0.1, 0.4]];
    let mut trace = trace();
    trace.attentions = (0..6).flat_map(|at| looks[at % 3].repeat(5)).collect();
    let trace = MeasuredTrace::from(trace);
    let row = |heads, among: &[usize], granularity, specials, direction| {
        let options = AttentionOptions {
            heads,
            among: among.iter().copied().collect(),
            granularity,
            specials,
            direction,
            ..AttentionOptions::default()
        };
        let units = Units::new(&trace, granularity);
        attention_row(&trace, &units, 1, 1, options).weights
    };
    let from = |heads, among| row(heads, among, Granularity::Subwords, Specials::Shown, Direction::From);
    assert!(close(&from(HeadChoice::Mean, &[0, 2]), &[0.35, 0.2, 0.05, 0.1, 0.3]));
    assert!(close(&from(HeadChoice::Max, &[0, 2]), &[0.5, 0.3, 0.1, 0.1, 0.4]));
    assert!(close(&from(HeadChoice::Max, &[2]), &looks[2]));
    assert!(close(&from(HeadChoice::Max, &[]), &from(HeadChoice::Max, &[0, 1, 2, 70])));
    // A set without one head that exists counts as all.
    assert!(close(&from(HeadChoice::Mean, &[3, 127]), &from(HeadChoice::Mean, &[])));

    // Of "undo", what is not special gets 0.35 of the mean and 0.5 of the maximum; undo itself 0.25 and 0.4.
    let to = |heads, among| row(heads, among, Granularity::Words, Specials::Renormalized, Direction::To);
    let (mean, max) = (0.25 / 0.35, 0.4 / 0.5);
    assert!(close(&to(HeadChoice::Mean, &[0, 2]), &[0.0, mean, mean, 0.0]));
    assert!(close(&to(HeadChoice::Max, &[0, 2]), &[0.0, max, max, 0.0]));
}

#[test]
#[ignore = "a measurement: cargo test --release --lib attention -- --ignored --nocapture"]
fn how_long_what_a_key_asks_for_takes_at_512_tokens() {
    let mut trace = trace();
    let token = trace.tokens[3].clone();
    trace.tokens.splice(1..4, std::iter::repeat_n(token, 510));
    (1..511).for_each(|at| trace.tokens[at].word = Some(at as u32 / 2));
    (trace.layers, trace.heads) = (12, 12);
    let weight = |seed: usize| ((seed % 1009) as f32 / 100.0).exp() / 1e7;
    trace.attentions = (0..144 * 512 * 512).map(|seed: usize| weight(seed.wrapping_mul(2_654_435_761) >> 12)).collect();
    let trace = MeasuredTrace::from(trace);
    let begun = Instant::now();
    trace.text_shares();
    eprintln!("prepared: {:?}", begun.elapsed());
    for granularity in Granularity::ALL {
        let units = &Units::new(&trace, *granularity);
        for heads in [HeadChoice::Mean, HeadChoice::Max] {
            for among in [HeadSet::default(), (0..11).collect()] {
                for direction in Direction::ALL {
                    let specials = Specials::Renormalized;
                    let options = AttentionOptions {
                        heads,
                        among,
                        granularity: *granularity,
                        specials,
                        direction: *direction,
                        ..AttentionOptions::default()
                    };
                    let begun = Instant::now();
                    let map = attention_map(&trace, units, 9, options);
                    let time = begun.elapsed();
                    let matrix = AttentionMatrix::new(&trace, units, 3, options);
                    let (among, both) = (among.len(), begun.elapsed());
                    let same = (map.largest, matrix.largest);
                    eprintln!(
                        "{granularity} {heads:?} {among} {direction}: map {time:?} matrix {:?} {same:?}",
                        both - time
                    );
                }
            }
        }
    }
}

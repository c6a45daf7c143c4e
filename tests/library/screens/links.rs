//! Which head links the token that looks with those that are marked; a head that is typed.

use clscope::analysis::{AttentionOptions, Measure};

use super::{independent::Independent, *};

/// “never” looks, “猫” and “unhap” are marked.
const MARKED: &str = "right right , right right , right s f3 V";

#[test]
fn a_head_is_known_for_what_the_source_gives_the_marked_tokens() {
    let explorer = Explorer::on(SENTENCE, None).keys(MARKED).keys("o down ]");
    let (state, reading) = (&explorer.app.attention, explorer.app.reading().unwrap().clone());
    let view = explorer.app.view_of::<HeadsView>().unwrap();
    assert_eq!(view.statistic(&explorer.app), Some(Statistic::ToMarked));
    let marked: Vec<usize> = state.marked.iter().copied().collect();
    assert_eq!((marked.as_slice(), state.source), (&[2, 4][..], 5));
    let numbers = Independent::new(&reading.trace, AttentionOptions::default());
    let expected = |layer: usize, head: usize| -> f64 {
        let row = reading.trace.attention(layer, head, 5);
        marked.iter().map(|&token| f64::from(row[token])).sum()
    };
    let mut all: Vec<(usize, usize)> = (0..6).flat_map(|layer| (0..4).map(move |head| (layer, head))).collect();
    all.sort_by(|a, b| expected(b.0, b.1).total_cmp(&expected(a.0, a.1)));
    let tables = explorer.app.tables();
    for (row, (layer, head)) in tables[2].rows.iter().zip(&all) {
        let found = f64::from(row.measures[0].unwrap());
        assert!((found - expected(*layer, *head)).abs() < 1e-6, "{:?}: {found}", row.keys);
        let row = numbers.row(*layer, HeadChoice::One(*head), 5, clscope::analysis::Direction::From, &marked);
        assert!((row.marked - found).abs() < 1e-6);
    }
    // The strongest is named below the heads.
    let (layer, head) = all[0];
    let strongest = format!("strongest: {}.{} {:.0} %", layer + 1, head + 1, expected(layer, head) * 100.0);
    for size in [USUAL, LARGE, WIDE] {
        assert!(line_of(explorer.frame(size).buffer(), &strongest).is_some(), "{strongest} at {size:?}");
    }
    // Without marks there is no such number, and another stands there.
    let explorer = explorer.keys(";");
    let view = explorer.app.view_of::<HeadsView>().unwrap();
    assert_eq!(view.statistic(&explorer.app), Some(Statistic::EffectiveTokens));
    assert_eq!(explorer.app.tables().len(), 2);
}

#[test]
fn it_is_there_under_every_measure() {
    let mut explorer = Explorer::on(SENTENCE, None).keys(MARKED);
    for _ in Measure::ALL {
        let (measure, tables) = (explorer.app.measure(), explorer.app.tables());
        let sums = tables[1].rows.iter().map(|row| row.measures.last().copied().flatten());
        let mut sums: Vec<f32> = sums.map(|sum| sum.unwrap()).collect();
        sums.sort_by(|a, b| b.abs().total_cmp(&a.abs()));
        let found: Vec<f32> = tables[2].rows.iter().map(|row| row.measures[0].unwrap()).collect();
        assert_eq!(
            found.iter().map(|it| it.abs()).collect::<Vec<_>>(),
            sums.iter().map(|it| it.abs()).collect::<Vec<_>>()
        );
        assert_eq!(found.len(), if measure.has_heads() { 24 } else { 6 }, "{measure}");
        explorer = explorer.keys("f");
    }
}

#[test]
fn a_head_is_typed_after_its_layer() {
    let at = |model: StandIn, keys: &str| {
        let explorer = Explorer::with(model, SENTENCE, None).keys(keys);
        (explorer.app.attention.layer + 1, explorer.app.attention.head().map(|head| head + 1))
    };
    let base = StandIn { layers: 12, heads: 12, ..StandIn::USUAL };
    assert_eq!(at(base, "6 . 1 2"), (6, Some(12)));
    assert_eq!(at(base, "1 2 . 3"), (12, Some(3)));
    assert_eq!(at(base, "f3 2 . 1 2 . 4"), (2, Some(4)), "a second point is none: the next digits are another head");
    assert_eq!(at(base, "6 . 0"), (6, None), "there is no head 0");
    assert_eq!(at(base, ". 4"), (4, None), "no layer before the point");
    assert_eq!(at(base, "6 right . 4"), (4, None), "another key ends it");
    assert_eq!(at(StandIn::USUAL, "6 . 1 2"), (6, Some(2)), "of four heads");
}

#[test]
fn frames_of_links_are_as_they_were() {
    assert_frames("heads-to-marked", &Explorer::on(SENTENCE, None).keys(MARKED).keys("o"), &[USUAL, LARGE, WIDE]);
    let mono = Explorer::on(SENTENCE, None).keys(MARKED).looking(ThemeName::Mono, ColorDepth::None);
    assert_frames("heads-to-marked-no-colour", &mono, &[SMALL, USUAL]);
}

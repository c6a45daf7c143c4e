//! What is held beside what is shown.

use super::*;

const TIRED: &str = "The cat did not cross the street because it was too tired.";

/// Two heads of a layer, and a word that is chosen.
fn heads() -> Explorer {
    Explorer::on(TIRED, None).keys("f5 ] p ] ] } down down right right space")
}

/// A minimal pair of different length.
fn sentences() -> Explorer {
    let explorer =
        Explorer::on(TIRED, None).keys("] p f5 i backspace backspace backspace backspace backspace backspace");
    explorer.typing("very wide.").keys("esc w down down down space")
}

/// A head that is cut, before and after.
fn cut() -> Explorer {
    Explorer::on(TIRED, None).keys("f5 ] - down space")
}

/// More tokens than any screen holds.
fn long() -> Explorer {
    let model = StandIn { layers: 12, heads: 12, hidden_size: 8, longest: 512, has_pooler: true, ..StandIn::USUAL };
    let text: String = (0..600).map(|i| format!("w{i} ")).collect();
    Explorer::with(model, &text, None).keys("f5 ] p ] end left left G up up up")
}

#[test]
fn frames_of_comparisons_are_as_they_were() {
    assert_frames("compare-heads", &heads(), &[USUAL]);
    assert_frames("compare-sentences", &sentences(), &[SMALL, USUAL, WIDE]);
    assert_frames("compare-cut", &cut(), &[USUAL]);
    assert_frames("compare-long", &long(), &[LARGE]);
    assert_frames("compare-same", &Explorer::on(TIRED, None).keys("f5"), &[USUAL]);
    let explorer = sentences().looking(ThemeName::Auto, ColorDepth::None);
    assert_frames("compare-sentences-no-colour", &explorer, &[LARGE]);
}

#[test]
fn no_size_is_too_odd_for_a_comparison() {
    for (theme, depth) in [(ThemeName::Dark, ColorDepth::TrueColor), (ThemeName::Mono, ColorDepth::None)] {
        for explorer in [heads(), sentences(), cut(), long()] {
            let explorer = explorer.looking(theme, depth);
            for (width, height) in (50..=130).step_by(3).flat_map(|width| (10..=44).map(move |height| (width, height)))
            {
                explorer.frame((width, height));
            }
            explorer.frame((400, 16));
            explorer.frame((60, 200));
            explorer.frame((400, 120));
        }
    }
}

/// The origin, and the places of what is held and what is shown.
fn sides(explorer: &Explorer) -> (Origin, String, String) {
    let compared = compared(explorer).expect("something is compared");
    (compared.origin, compared.baseline.place(), compared.shown.place())
}

#[test]
fn what_is_held_is_what_was_asked_for_or_the_uncut_or_the_first() {
    let compared = |keys: &str| sides(&Explorer::on(TIRED, None).keys(keys));
    let mean = "layer 1, mean of heads".to_owned();
    let head = |number| format!("layer 1, head {number}");
    assert_eq!(compared("f5"), (Origin::First, mean.clone(), mean.clone()));
    assert_eq!(compared("f5 ]"), (Origin::First, mean.clone(), head(1)));
    assert_eq!(compared("] p ] f5"), (Origin::Pinned, head(1), head(2)));
    assert_eq!(compared("] p ] f5 P ]"), (Origin::First, head(2), head(3)), "let go: it begins with what is shown");
    assert_eq!(compared("f5 ] -"), (Origin::Unablated, head(1), head(1)));
    assert_eq!(compared("f5 ] - u"), (Origin::First, mean.clone(), head(1)));
    assert_eq!(compared("f5 ] p ] -"), (Origin::Pinned, head(1), head(2)), "what is asked for goes before");
    assert_eq!(compared("f5 ] f4 f5"), (Origin::First, head(1), head(1)), "it begins anew");
    assert!(super::compared(&Explorer::on(TIRED, None).keys("f5 f4")).is_none());
    assert_eq!(compared("f5 3"), (Origin::First, mean, "layer 3, mean of heads".to_owned()));
}

#[test]
fn where_nothing_is_pinned_it_starts_again_and_the_bar_says_so() {
    let label = |explorer: &Explorer| {
        let hints = explorer.app.hints();
        hints.iter().find(|hint| hint.commands == ["let-go"]).map(|hint| hint.label.text())
    };
    let explorer = Explorer::on(TIRED, None).keys("f5");
    assert_eq!(label(&explorer), None, "it is compared with itself");
    let explorer = explorer.keys("]");
    assert_eq!(label(&explorer), Some("start again"));
    let explorer = explorer.keys("P");
    let head = "layer 1, head 1".to_owned();
    assert_eq!((sides(&explorer), label(&explorer)), ((Origin::First, head.clone(), head), None));
    let explorer = explorer.keys("p ]");
    assert_eq!(label(&explorer), Some("unpin"));
    assert_eq!(label(&explorer.keys("P -")), None, "something is off: it is compared with everything on");
}

#[test]
fn differences_are_those_of_the_weights() {
    let explorer = heads();
    let compared = compared(&explorer).unwrap();
    let trace = &explorer.app.reading().unwrap().trace;
    for row in 0..trace.tokens.len() {
        let by: Vec<f32> = (0..trace.tokens.len()).map(|to| compared.comparison.difference(row, to).unwrap()).collect();
        for (to, by) in by.iter().enumerate() {
            assert_eq!(*by, trace.attention(1, 2, row)[to] - trace.attention(0, 0, row)[to]);
        }
        let half: f32 = by.iter().map(|by| by.abs()).sum::<f32>() / 2.0;
        assert_eq!(compared.comparison.distances[row], Some(half));
    }
    // The cursor is where the row differs most.
    let row = compared.row(&explorer.app.attention).unwrap();
    let column = compared.column(&explorer.app.attention).unwrap();
    let differs = |column| compared.comparison.difference(row, column).unwrap().abs();
    assert!((0..trace.tokens.len()).all(|other| differs(other) <= differs(column)));
}

#[test]
fn another_model_is_compared_with_the_one_before() {
    let mut explorer = Explorer::on(TIRED, None).keys("] ] ] ] p f5");
    let Job::Open { number, .. } = explorer.app.open("other") else { unreachable!() };
    explorer.set_model(StandIn { layers: 2, heads: 2, ..StandIn::USUAL });
    let info = ModelInfo { name: "other".to_owned(), ..explorer.model.info() };
    let job = explorer.app.on_report(Report::Model { number, result: Ok(("other".to_owned(), info)) });
    assert_eq!(sides(&explorer).2, "layer 1, head 4", "until the other has read it");
    explorer.answer(job);
    assert_eq!(sides(&explorer), (Origin::Pinned, "layer 1, head 4".to_owned(), "layer 1, head 2".to_owned()));
    let frame = explorer.frame(LARGE);
    assert!(
        line_of(frame.buffer(), "baseline: stand-in").is_some() && line_of(frame.buffer(), "shown:    other").is_some()
    );
}

#[test]
fn a_click_goes_to_the_cell() {
    let mut explorer = sentences();
    let mut terminal = Terminal::new(TestBackend::new(WIDE.0, WIDE.1)).unwrap();
    let targets = app::render(&mut terminal, &mut explorer.app, &explorer.look).unwrap();
    let places = (0..WIDE.0).flat_map(|x| (0..WIDE.1).map(move |y| (x, y)));
    let both = places.filter_map(|(x, y)| match Target::hit(&targets, x, y) {
        Some(ClickTarget::At(Place { source: Some(source), token: Some(token), .. })) => Some((source, token)),
        _ => None,
    });
    let cells: std::collections::BTreeSet<_> = both.collect();
    let tokens = explorer.app.attention.shown.as_ref().unwrap().columns.len();
    assert_eq!(cells.len(), tokens * tokens, "every cell of what is shown");
    let &(source, token) = cells.iter().next_back().unwrap();
    explorer.app.click(ClickTarget::At(Place { source: Some(source), token: Some(token), ..Place::default() }));
    assert_eq!((explorer.app.attention.source, explorer.app.attention.token), (source, token));
}

#[test]
fn a_long_comparison_is_walked_through() {
    let model = StandIn { layers: 12, heads: 12, hidden_size: 8, longest: 512, has_pooler: true, ..StandIn::USUAL };
    let text: String = (0..600).map(|i| format!("w{i} ")).collect();
    let mut explorer = Explorer::with(model, &text, None).keys("] p f5");
    let mut terminal = Terminal::new(TestBackend::new(WIDE.0, WIDE.1)).unwrap();
    let mut times = Vec::new();
    for key in "right down } ] a x space w z z z t down G g } { [ end home".split(' ').cycle().take(100) {
        let begun = worked();
        explorer.press(key);
        app::render(&mut terminal, &mut explorer.app, &explorer.look).unwrap();
        times.push(worked() - begun);
        assert!(compared(&explorer).is_some(), "{key}");
    }
    times.sort();
    eprintln!("a comparison of 512 tokens: p50 {:?}, p90 {:?}, max {:?}", times[50], times[90], times[99]);
}

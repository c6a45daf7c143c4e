//! What keys do.

use super::*;

#[test]
fn the_cursor_moves_and_stays_inside() {
    let cursor = |keys: &str| {
        let explorer = Explorer::on(SENTENCE, None).keys(keys);
        (explorer.app.attention.layer, explorer.app.attention.token)
    };
    let last = Explorer::on(SENTENCE, None).app.reading().unwrap().trace.tokens.len() - 1;
    assert_eq!(cursor(""), (0, 0));
    assert_eq!(cursor("up left"), (0, 0));
    assert_eq!(cursor("j j l l l"), (2, 3));
    assert_eq!(cursor("down down up right right left"), (1, 1));
    assert_eq!(cursor("G end right down"), (5, last));
    assert_eq!(cursor("G end g home"), (0, 0));
    assert_eq!(cursor("pagedown"), (0, 10));
    assert_eq!(cursor("pagedown pagedown"), (0, last));
    assert_eq!(cursor("pagedown right pageup"), (0, 1));
}

#[test]
fn heads_are_walked_in_a_circle() {
    let heads = |keys: &str| Explorer::on(SENTENCE, None).keys(keys).app.attention.options.heads;
    assert_eq!(heads(""), HeadChoice::Mean);
    assert_eq!(heads("]"), HeadChoice::One(0));
    assert_eq!(heads("] ] ] ]"), HeadChoice::One(3));
    assert_eq!(heads("] ] ] ] ]"), HeadChoice::One(0));
    assert_eq!(heads("["), HeadChoice::One(3));
    assert_eq!(heads("] ["), HeadChoice::One(3));
    assert_eq!(heads("] x"), HeadChoice::Max);
    assert_eq!(heads("x a"), HeadChoice::Mean);
    let choice_stays = Explorer::on(SENTENCE, None).keys("] ] i").typing("more").keys("esc");
    assert_eq!(choice_stays.app.attention.options.heads, HeadChoice::One(1));
}

#[test]
fn the_source_is_set_and_reset() {
    let explorer = Explorer::on(SENTENCE, None).keys("right right s right");
    assert_eq!((explorer.app.attention.source, explorer.app.attention.token), (2, 3));
    let map = &explorer.app.attention.shown.as_ref().unwrap().map;
    assert_eq!(map.source, 2);
    let trace = &explorer.app.reading().unwrap().trace;
    let mean: f32 = (0..trace.heads).map(|head| trace.attention(0, head, 2)[3]).sum::<f32>() / trace.heads as f32;
    assert!((map.rows[0].weights[3] - mean).abs() < 1e-6, "the map is the new source's");
    assert_eq!(explorer.keys("c").app.attention.source, 0);
}

#[test]
fn only_numbers_that_the_text_has_are_shown() {
    let shown = |explorer: &Explorer| explorer.app.view_of::<HeadsView>().unwrap().statistic(&explorer.app).unwrap();
    let walked = |second| {
        let mut explorer = Explorer::on(SENTENCE, second).keys("f3");
        let mut names = vec![shown(&explorer).id()];
        while {
            explorer.press("v");
            shown(&explorer) != Statistic::EffectiveTokens
        } {
            names.push(shown(&explorer).id());
        }
        names
    };
    assert_eq!(walked(Some(SECOND)).len(), Statistic::ALL.len());
    assert_eq!(walked(None)[6..], ["A→A", "A→specials", "[CLS]→A", "[CLS]→specials"]);

    // B alone has nothing of A; the choice is there again when both are.
    let mut explorer = Explorer::on(SENTENCE, Some(SECOND)).keys("f3 v v v v v v v v");
    assert_eq!(shown(&explorer), Statistic::AToB);
    explorer.press("r");
    assert_eq!(shown(&explorer), Statistic::EffectiveTokens);
    explorer = explorer.keys("r r");
    assert_eq!(shown(&explorer), Statistic::AToB);
}

#[test]
fn heads_are_cut_and_the_cuts_undone() {
    let cuts = |keys: &str| -> Vec<(usize, usize)> {
        Explorer::on(SENTENCE, None).keys(keys).app.state.ablations.heads.into_iter().collect()
    };
    assert_eq!(cuts("] -"), [(0, 0)]);
    assert_eq!(cuts("] - -"), []);
    assert_eq!(cuts("] - down ] -"), [(0, 0), (1, 1)]);
    assert_eq!(cuts("] - down -"), [(0, 0), (1, 0)]);
    assert_eq!(cuts("-"), [(0, 0), (0, 1), (0, 2), (0, 3)], "the whole layer, where no head is chosen");
    assert_eq!(cuts("] - a -"), cuts("-"), "the rest of the layer");
    assert_eq!(cuts("- -"), []);
    assert_eq!(cuts("] - down - u"), [(0, 0)]);
    assert_eq!(cuts("] - down - u u u"), []);
    assert_eq!(cuts("f3 right down right -"), [(1, 1)]);

    let mut explorer = Explorer::on(SENTENCE, None);
    let Some(Job::Read(request)) = explorer.press("-").1 else { panic!("a cut is read") };
    assert_eq!(request.ablations.heads.len(), 4);
    explorer.answer(Some(Job::Read(request)));
    assert!(explorer.app.readings.as_ref().unwrap().unablated.is_some());
    assert!(explorer.keys("u").app.readings.as_ref().unwrap().unablated.is_none());

    // Another model has other heads.
    let mut other = downloading(Explorer::on(SENTENCE, None).keys("-"));
    other.app.on_report(Report::Model { number: 2, result: Ok(("other".to_owned(), StandIn::USUAL.info())) });
    assert!(other.app.ablations.is_empty());
}

#[test]
fn views_and_readings_are_switched() {
    let view = |keys: &str| Explorer::on(SENTENCE, None).keys(keys).app.view;
    assert_eq!(["", "tab", "tab tab", "tab tab tab"].map(view), ["layers", "heads", "matrix", "compare"]);
    assert_eq!(["tab tab tab tab", "shift-tab", "tab shift-tab"].map(view), ["sweep", "output", "layers"]);
    assert_eq!(
        ["f2", "f3", "f4", "f7", "f8", "f9", "f7 f2"].map(view),
        ["layers", "heads", "matrix", "pooling", "sentences", "map", "layers"]
    );
    assert_eq!([view("i f7 esc"), view("f3 enter")], ["pooling", "matrix"]);

    let reading = |keys: &str| Explorer::on(SENTENCE, Some(SECOND)).keys(keys).app.attention.reading_choice;
    assert_eq!(reading(""), ReadingChoice::Joined);
    assert_eq!([reading("r"), reading("r r")], [ReadingChoice::AloneA, ReadingChoice::AloneB]);
    assert_eq!(reading("r r r"), ReadingChoice::Joined);
    assert_eq!([reading("f7 r"), reading("f7 r r")], [ReadingChoice::AloneB, ReadingChoice::AloneA]);
    // A cursor far right in the pair comes back inside the shorter sentence.
    let shorter = Explorer::on(SENTENCE, Some(SECOND)).keys("end s r r");
    let tokens = shorter.app.reading().unwrap().trace.tokens.len();
    assert!(shorter.app.attention.token < tokens && shorter.app.attention.source < tokens);
    assert_eq!(Explorer::on(SENTENCE, None).keys("r").app.attention.reading_choice, ReadingChoice::Joined);
}

#[test]
fn letters_are_text_while_a_field_has_the_focus() {
    let explorer = Explorer::on("", None).typing("q?]s 猫🙂").keys("space x");
    assert_eq!(explorer.app.sentence.value(), "q?]s 猫🙂 x");
    assert_eq!(explorer.app.focus, Focus::Text(Field::Sentence));
    let mut explorer = explorer.keys("tab").typing("B").keys("esc");
    assert_eq!((explorer.app.pair.value(), explorer.app.focus), ("B", Focus::View));
    assert!(explorer.app.readings.as_ref().unwrap().pair.is_some());
    assert_eq!(explorer.press("q").0, LoopRequest::Quit);
}

#[test]
fn text_is_edited_at_the_cursor() {
    let edited = |keys: &str| Explorer::on("one two", None).keys(&format!("i {keys}")).app.sentence.value().to_owned();
    assert_eq!(edited("backspace"), "one tw");
    assert_eq!(edited("left left delete"), "one to");
    assert_eq!(edited("ctrl-w"), "one ");
    assert_eq!(edited("home x"), "xone two");
    assert_eq!(edited("home alt-f x"), "one xtwo");
    assert_eq!(edited("ctrl-a ctrl-e x"), "one twox");
    assert_eq!(edited("ctrl-u"), "");
    let pasted = |focus: &str| {
        let mut explorer = Explorer::on("one", None).keys(focus);
        let job = explorer.app.paste(" two\r\n\u{1b}three");
        explorer.answer(job);
        explorer.app.sentence.value().to_owned()
    };
    assert_eq!([pasted("i"), pasted(""), pasted("?")], ["one two   three", "one two   three", "one"]);
}

#[test]
fn wishes_reach_the_caller_from_everywhere() {
    for place in ["", "i", "b", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "m", "?"] {
        let mut explorer = Explorer::on(SENTENCE, None).keys(place);
        let wishes = ["ctrl-c", "ctrl-z", "ctrl-l"].map(|key| explorer.press(key).0);
        assert_eq!(wishes, [LoopRequest::Quit, LoopRequest::Suspend, LoopRequest::Redraw], "{place:?}");
    }
    let mut released = KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE);
    released.kind = KeyEventKind::Release;
    assert_eq!(Explorer::on(SENTENCE, None).send(released), (LoopRequest::None, None));
}

#[test]
fn the_help_keeps_the_rest_as_it_was() {
    for place in ["right", "i", "f3", "f4", "f5", "f6", "f7"] {
        let explorer = Explorer::on(SENTENCE, None).keys(place);
        let before = state(&explorer);
        let explorer = explorer.keys("f1 down x i pagedown tab f3 e esc");
        assert_eq!(state(&explorer), before, "{place}");
    }
    assert_eq!(Explorer::on(SENTENCE, None).keys("? ?").app.help, None);
    assert_eq!(Explorer::on(SENTENCE, None).keys("? q").app.help, None);
}

#[test]
fn examples_are_loaded_in_turn() {
    let explorer = Explorer::on("", None).keys("enter");
    assert_eq!(explorer.app.sentence.value(), "The dog bit the man.");
    assert!(explorer.app.readings.is_some() && explorer.app.focus == Focus::View);
    let explorer = explorer.keys("right s e");
    assert_eq!((explorer.app.sentence.value(), explorer.app.pair.value()), ("A dog barks.", "A cat meows."));
    assert_eq!((explorer.app.attention.token, explorer.app.attention.source), (0, 0));
    let explorer = explorer.keys("e");
    assert_eq!((explorer.app.sentence.value(), explorer.app.pair.value()), ("The dog bit the man.", ""));
    // On a text, the same key only leaves the field.
    assert_eq!(Explorer::on(SENTENCE, None).keys("i enter").app.sentence.value(), SENTENCE);
}

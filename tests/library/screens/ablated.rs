//! What is said while something is ablated: no comparison with what is read without, and the names whole.

use clscope::{
    analysis::{Key, Quantity},
    bert::HeadName,
    views::PoolingView,
};

use super::{
    Explorer, LARGE, LONG, SECOND, SENTENCE, SMALL, StandIn, USUAL,
    listing::{row_text, screen_lines},
};

fn screen(explorer: &Explorer, size: (u16, u16)) -> String {
    screen_lines(explorer, size).iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
}

#[test]
fn an_ablated_pair_is_compared_with_no_unrelated_sentences() {
    let ranked = |explorer: &Explorer| explorer.app.view_of::<PoolingView>().unwrap().pages.closeness.len();
    let explorer = Explorer::on(SENTENCE, Some(SECOND)).keys("f7");
    assert_eq!((ranked(&explorer), explorer.app.tables()[0].measures.len()), (7, 7));
    let mut explorer = explorer.keys("f2 G - f7");
    assert!(!explorer.app.ablations.is_empty());
    for _ in 0..2 {
        assert_eq!((ranked(&explorer), explorer.app.tables()[0].measures.len()), (0, 1));
        let screen = screen(&explorer, LARGE);
        assert!(screen.contains("the unrelated sentences are read without ablations"), "{screen}");
        assert!(!screen.contains("of unrelated pairs"), "{screen}");
        explorer = explorer.keys("v");
    }
    let explorer = explorer.keys("f2 - f7");
    assert!(explorer.app.ablations.is_empty());
    assert_eq!(ranked(&explorer), 7);
}

#[test]
fn the_claim_on_unrelated_sentences_is_not_tested_on_an_ablated_one() {
    let tested = |explorer: &Explorer| -> Vec<String> {
        let title = |title: &str| title.starts_with("What is said of [CLS]");
        let tables = explorer.app.tables();
        let table = tables.iter().find(|table| title(&table.title)).expect("the claims");
        table.rows.iter().map(|row| row.keys[0].to_string()).collect()
    };
    let explorer = Explorer::on(SENTENCE, None).keys("f10");
    assert_eq!(tested(&explorer), ["a", "b", "c", "d"]);
    let explorer = explorer.keys("f2 G - f10");
    assert_eq!(tested(&explorer), ["a", "b", "c"]);
}

#[test]
fn a_list_is_read_without_ablations_and_says_so() {
    let explorer = Explorer::on(SENTENCE, Some(SECOND)).keys("f2 G -");
    assert!(screen(&explorer, LARGE).contains("A~B"), "elsewhere the effect is told");
    for view in ["f8", "f9"] {
        let screen = screen(&Explorer::on(SENTENCE, Some(SECOND)).keys("f2 G -").keys(view), LARGE);
        assert!(screen.contains("the list is read without ablations"), "{view}: {screen}");
        assert!(!screen.contains("A~B"), "{view}: {screen}");
    }
}

#[test]
fn evenness_has_one_unit() {
    let explorer = Explorer::on(SENTENCE, None).keys("f10");
    let tables = explorer.app.tables();
    let columns = tables.iter().flat_map(|table| &table.measures);
    let even: Vec<Quantity> =
        columns.filter(|column| column.column.id.contains("evenness")).map(|column| column.quantity).collect();
    assert!(even.len() >= 6 && even.iter().all(|quantity| *quantity == Quantity::Number), "{even:?}");
}

#[test]
fn verdicts_have_room_before_the_words_of_a_claim() {
    let explorer = Explorer::on(SENTENCE, None).keys("f10");
    let whole = screen_lines(&explorer, LARGE);
    let verdict = |lines: &[String], letter: &str| {
        let line = lines.iter().find(|line| line.trim().starts_with(letter)).cloned();
        line.and_then(|line| line.rsplit_once(": ").map(|(_, verdict)| verdict.trim().to_owned()))
    };
    let small = screen_lines(&explorer, SMALL);
    for letter in ["a  ", "b  ", "c  ", "d  "] {
        assert!(verdict(&small, letter).is_some(), "{letter}: {small:?}");
        assert_eq!(verdict(&small, letter), verdict(&whole, letter));
    }
}

#[test]
fn a_text_that_goes_on_says_so() {
    let mark = |explorer: &Explorer| {
        let frame = explorer.frame(USUAL);
        let lines = (0..USUAL.1).map(|y| row_text(frame.buffer(), y).trim_end().to_owned());
        lines.take(8).any(|line| line.ends_with('↓') || line.ends_with('↕'))
    };
    let long = [LONG, LONG, LONG].join(" ");
    assert!(mark(&Explorer::on(&long, Some(&long)).keys("f2")));
    assert!(!mark(&Explorer::on("A cat.", None).keys("f2")));
}

#[test]
fn the_words_for_the_token_that_was_chosen_are_in_view() {
    let model = StandIn { output: Some(HeadName::MaskedLanguage), ..StandIn::USUAL };
    let mut explorer = Explorer::with(model, SENTENCE, None).keys("f2 right right _ _ f11");
    for _ in 0..3 {
        explorer = explorer.keys("right");
        let app = &explorer.app;
        let reading = app.reading().unwrap();
        let token = app.attention.token;
        if reading.trace.tokens[token].text == "[MASK]" {
            continue;
        }
        let lines = screen_lines(&explorer, USUAL);
        let title = format!(", token {token}");
        assert!(lines.iter().any(|line| line.contains(&title)), "{title}: {lines:#?}");
    }
}

#[test]
fn the_place_of_cls_is_among_tokens() {
    let explorer = Explorer::on(SENTENCE, None).keys("f10 v v");
    let tables = explorer.app.tables();
    let tokens = tables[0].rows.iter().filter(|row| row.keys[0] != Key::Text("mean".to_owned()));
    let even = tables[0].measures.iter().position(|column| column.column.id == "evenness").unwrap();
    let count = tokens.filter(|row| row.measures[even].is_some_and(f32::is_finite)).count();
    let screen = screen(&explorer, LARGE);
    assert!(screen.contains(&format!(" of {count} by ")), "{count}: {screen}");
}

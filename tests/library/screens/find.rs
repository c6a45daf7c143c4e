//! Finding a token by a part of it.

use super::*;

const HOME: &str = "Home, sweet unhappy HOME 猫 at 猫🙂 home";

/// The tokens that are found one after the other, from where the cursor is.
fn walked(explorer: &mut Explorer, key: &str, steps: usize) -> Vec<usize> {
    (0..steps)
        .map(|_| {
            explorer.press(key);
            explorer.app.attention.token
        })
        .collect()
}

/// The text of the unit under the cursor.
fn here(explorer: &Explorer) -> String {
    let shown = explorer.app.attention.shown.as_ref().unwrap();
    shown.units.text(&explorer.app.reading().unwrap().trace, shown.units.unit_of(explorer.app.attention.token))
}

/// Where a text is in the tokens.
fn places(explorer: &Explorer, text: &str) -> Vec<usize> {
    let tokens = &explorer.app.reading().unwrap().trace.tokens;
    (0..tokens.len()).filter(|&at| tokens[at].text == text).collect()
}

#[test]
fn typing_goes_to_the_first_match_and_around_the_circle() {
    for view in ["f2", "f4", "f5"] {
        let mut explorer = Explorer::on(HOME, None).keys(view).keys("/").typing("hOm");
        let homes = places(&explorer, "home");
        assert_eq!(homes.len(), 3);
        assert_eq!((explorer.app.attention.token, explorer.app.matches()), (homes[0], homes.clone()), "{view}");
        let frame = explorer.frame(USUAL);
        let status = row_text(frame.buffer(), line_of(frame.buffer(), "find hOm").unwrap());
        assert!(status.trim_end().ends_with("1 of 3"), "{status}");
        explorer = explorer.keys("down down");
        assert_eq!(explorer.app.attention.token, homes[2]);
        explorer = explorer.keys("down up enter");
        assert!(explorer.app.finding.is_none());
        assert_eq!(explorer.app.attention.token, homes[2], "Enter stays");
        assert_eq!(walked(&mut explorer, "n", 4), [homes[0], homes[1], homes[2], homes[0]], "{view}");
        assert_eq!(walked(&mut explorer, "N", 3), [homes[2], homes[1], homes[0]], "{view}");
        // From anywhere, the next one on.
        explorer = explorer.keys("home right right");
        assert_eq!(walked(&mut explorer, "n", 1), [homes[1]]);
    }
}

#[test]
fn it_begins_where_the_cursor_is_and_goes_back_there() {
    for view in ["f2", "f4", "f5"] {
        let explorer = Explorer::on(HOME, None).keys(view).keys("right right right");
        let (homes, before) = (places(&explorer, "home"), state(&explorer));
        let explorer = explorer.keys("/").typing("home");
        assert_eq!(explorer.app.attention.token, homes[1], "the first from the cursor on");
        let explorer = explorer.keys("down esc");
        assert_eq!(state(&explorer), before, "{view}");
        // What was looked for without Enter is not kept.
        assert_eq!(state(&explorer.keys("n")), before);
    }
}

#[test]
fn what_is_not_there_is_said_and_the_cursor_stays() {
    let explorer = Explorer::on(HOME, None).keys("right right /").typing("homx");
    assert_eq!(explorer.app.attention.token, 2);
    assert!(explorer.app.matches().is_empty());
    let frame = explorer.frame(USUAL);
    assert!(row_text(frame.buffer(), line_of(frame.buffer(), "find homx").unwrap()).contains("not found"));
    let explorer = explorer.keys("backspace");
    assert_eq!(here(&explorer), "home");
    assert!(!explorer.keys("ctrl-u").app.state.finding.unwrap().field.value().contains('h'));
}

#[test]
fn pieces_words_specials_and_other_scripts_are_found() {
    let found = |keys: &str, text: &str| {
        let explorer = Explorer::on(HOME, Some("Is it? unhappy")).keys(keys).keys("/").typing(text).keys("enter");
        (here(&explorer), explorer.app.matches().len())
    };
    let is = |text: &str, count: usize| (text.to_owned(), count);
    assert_eq!(found("", "##"), is("##py", 2));
    assert_eq!(found("w", "unhappy"), is("unhappy", 2));
    assert_eq!(found("w", "##"), is("[CLS]", 0));
    // In pieces, a word is found at its first one.
    assert_eq!(found("", "unhappy"), is("unhap", 2));
    assert_eq!(found("", "happy"), is("unhap", 2));
    assert_eq!(found("right", "[sep]"), is("[SEP]", 2));
    assert_eq!(found("z", "[sep]").1, 0, "hidden, it has no column");
    assert_eq!(found("z w", "sweet"), is("sweet", 1));
    assert_eq!([found("", "猫"), found("", "🙂")], [is("猫", 2), is("🙂", 1)]);
    assert_eq!(found("", "  "), is("[CLS]", 0));
}

#[test]
fn keys_are_text_while_it_is_typed() {
    let explorer = Explorer::on("quiet ) nights", None).keys("/").typing("q");
    assert_eq!(here(&explorer), "quiet");
    let explorer = explorer.keys("backspace").typing("])").keys("left backspace");
    assert_eq!((here(&explorer).as_str(), explorer.app.attention.options.heads), (")", HeadChoice::Mean));
    // A paste is looked for as well.
    let mut explorer = Explorer::on(HOME, None).keys("/");
    explorer.app.paste("sweet\n");
    assert_eq!(here(&explorer), "sweet");
    for size in [SMALL, USUAL, (1, 1)] {
        explorer.frame(size);
    }
}

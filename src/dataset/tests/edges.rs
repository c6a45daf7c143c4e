//! What stands around a table, and files that hold something else than one.

use super::*;

fn used(found: &Scored) -> String {
    found.reading.columns.to_string()
}

#[test]
fn what_stands_above_the_heading_is_told_and_not_read() {
    for (above, place) in [
        ("# from the survey of 2019, second wave\n# by-nc\n", "lines 1 to 2"),
        ("Results of the raters,,\n,,\n", "lines 1 to 2"),
        ("Export\n", "line 1"),
    ] {
        let text = above.to_owned() + &table("sentence1,sentence2,score", |_, s, a, b| format!("{a},{b},{s}"));
        let found = pairs(&text).unwrap();
        assert_eq!(
            (found.pairs.len(), used(&found)),
            (10, "score column: score; text columns: sentence1, sentence2".into())
        );
        let told: Vec<String> = found.reading.notes.iter().map(ToString::to_string).collect();
        assert_eq!(told, [format!("what stands above the heading is not read: {place}")]);
        assert_eq!(found.reading.skipped.count, 0);
        let strict = ReadingOptions { strict: true, ..ReadingOptions::default() };
        let refusal = refused(pairs_in(text.as_bytes(), "pairs.csv", &strict));
        assert!(refusal.contains("it stands above the heading"), "{refusal}");
        // Read as data where that is asked for.
        let data = ReadingOptions { heading: Some(false), ..ReadingOptions::default() };
        assert!(pairs_in(text.as_bytes(), "pairs.csv", &data).unwrap().reading.skipped.count > 0);
    }
    // One value in the first record of data is no title.
    let plain = table("", |at, s, a, b| if at == 0 { format!("{s},,") } else { format!("{s},{a},{b}") });
    let found = pairs(&plain).unwrap();
    assert!(found.reading.notes.is_empty() && found.pairs.len() == 9, "{:?}", found.reading.notes);
}

#[test]
fn a_delimiter_at_the_end_of_each_line_is_no_column_of_row_names() {
    let ends = table("sentence1,sentence2,score", |_, s, a, b| format!("{a},{b},{s},"));
    assert_eq!(
        used(&pairs(&ends).unwrap()),
        "score column: score; text columns: sentence1, sentence2; columns not used: column 4"
    );
    let r = table("sentence1,sentence2,score", |at, s, a, b| format!("{},{a},{b},{s}", at + 1));
    assert_eq!(
        used(&pairs(&r).unwrap()),
        "score column: score; text columns: sentence1, sentence2; columns not used: column 1"
    );
}

#[test]
fn numbers_with_something_beside_them_are_no_words() {
    for (score, shown) in [("75%", "75%"), ("3/5", "3/5"), ("4 (same)", "4 (same)")] {
        let text = table("similarity;sentence1;sentence2", |_, s, a, b| {
            format!("{};{a};{b}", if s == 1 { score } else { "0%" })
        });
        let refusal = refused(pairs(&text));
        assert!(
            refusal.contains(&format!("the scores in similarity are not plain numbers ({shown}, 0%)")),
            "{refusal}"
        );
    }
    let text =
        table("similarity;sentence1;sentence2", |_, s, a, b| format!("{};{a};{b}", ["apart", "alike"][usize::from(s)]));
    assert!(refused(pairs(&text)).contains("the scores in similarity are words (alike, apart)"));
}

#[test]
fn a_list_of_numbers_is_no_label() {
    let text = table("", |_, s, a, _| serde_json::json!({"text": a, "labels": [s, 4]}).to_string());
    let refusal = refused(labelled_in(text.as_bytes(), "l.jsonl", &ReadingOptions::default()));
    assert!(refusal.contains("labels holds a list or an object, not one value"), "{refusal}");
    let text = table("", |_, s, a, b| serde_json::json!({"a": a, "b": b, "rating": [s, 4]}).to_string());
    let refusal = refused(pairs_in(text.as_bytes(), "l.jsonl", &ReadingOptions::default()));
    assert!(refusal.contains("no column is the score") && refusal.contains("rating (lists or objects)"), "{refusal}");
    // One label in a list is one, two texts are two columns.
    let text = table("", |_, s, a, b| serde_json::json!({"texts": [a, b], "label": [s]}).to_string());
    let found = pairs_in(text.as_bytes(), "l.jsonl", &ReadingOptions::default()).unwrap();
    assert_eq!(used(&found), "score column: label; text columns: texts.1, texts.2");
}

#[test]
fn forms_for_something_else_are_named() {
    let conll = "He PRON O\nmet VERB O\nAda PROPN B-PER\n\nIt PRON O\nrained VERB O\nhere ADV O\n\nRome PROPN B-LOC\nfell VERB O\n";
    let tabs = conll.replace(' ', "\t");
    for (form, text) in [
        ("a token and its tags per line", conll.to_owned()),
        ("a token and its tags per line", tabs),
        ("features for SVMlight", "1 3:0.5 9:1\n-1 2:1\n1 4:0.25\n-1 1:1 2:2\n".to_owned()),
        (
            "a label and a text with a space between",
            table("", |_, s, a, _| format!("{} {a}", ["HUM:ind", "NUM:date"][usize::from(s)])),
        ),
        ("it has 2 labels", table("", |_, s, a, _| format!("__label__{s} __label__all {a}"))),
        (
            "several lists (test, train)",
            serde_json::json!({"train": [["It rains.", "a"]], "test": [["He ran.", "b"]]}).to_string(),
        ),
    ] {
        let refusal = refused(labelled_in(text.as_bytes(), "x", &ReadingOptions::default()));
        assert!(refusal.contains(form), "{refusal}");
    }
    let splits = serde_json::json!({"dev": [{"text": "It rains."}], "test": [{"text": "He ran."}]}).to_string();
    let refusal = refused(pairs_in(splits.as_bytes(), "x.json", &ReadingOptions::default()));
    assert!(
        refusal.ends_with("several lists (dev, test); write one of them to a file of its own: jq -c '.dev[]'"),
        "{refusal}"
    );
}

#[test]
fn source_and_target_are_the_two_sides() {
    for (one, two) in [("src", "tgt"), ("source", "target")] {
        let text = table(&format!("{one}\t{two}\tscore"), |_, s, a, b| format!("{a}\t{b}\t{s}"));
        assert_eq!(used(&pairs(&text).unwrap()), format!("score column: score; text columns: {one}, {two}"));
    }
    // Beside sentences a source is where they are from.
    let text = table("source\tsentence1\tsentence2\tscore", |at, s, a, b| format!("set {}\t{a}\t{b}\t{s}", at % 2));
    assert_eq!(
        used(&pairs(&text).unwrap()),
        "score column: score; text columns: sentence1, sentence2; columns not used: source"
    );
}

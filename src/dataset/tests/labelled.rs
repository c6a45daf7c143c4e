//! Texts with labels.

use super::*;
use crate::dataset::ColumnChoice;

const TEXTS: [(&str, &str); 8] = [
    ("ask", "Where does the bus stop?"),
    ("tell", "The shop opens at nine."),
    ("ask", "Who has the spare key?"),
    ("thank", "Thanks for the lovely card."),
    ("tell", "My flight was delayed."),
    ("thank", "Many thanks for your help."),
    ("ask", "When is the next lesson?"),
    ("tell", "The lift is out of order."),
];

fn rows(heading: &str, line: impl Fn(usize, &str, &str) -> String) -> String {
    let heading = if heading.is_empty() { String::new() } else { format!("{heading}\n") };
    let lines = TEXTS.iter().enumerate().map(|(at, (label, text))| format!("{}\n", line(at, label, text)));
    heading + &lines.collect::<String>()
}

fn same(text: &str) -> Labelled {
    let found = labelled(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let read: Vec<_> = found.examples.iter().map(|e| (e.label.as_str(), e.text.as_str())).collect();
    assert_eq!(read, TEXTS, "{text}\n{}", found.reading);
    found
}

#[test]
fn the_label_is_found_beside_other_columns() {
    let language = |at: usize| ["de", "en"][at % 2];
    for heading in
        ["utt,intent_id,lang", "text,label,source", "内容,标签,语言", "review,sentiment,user", "sentence,kind,split"]
    {
        same(&rows(heading, |at, label, text| format!("{text},{label},{}", language(at))));
    }
    same(&rows("v1,v2,,,", |_, label, text| format!("{label},{text},,,")));
    same(&rows("", |_, label, text| format!("{label}\t{text}")));
    same(&rows("", |at, label, text| format!("{at}\t{text}\t{label}")));
    same(&rows("id,kind,words", |at, label, text| format!("{},{label},{text}", at + 100)));
    same(&rows("", |_, label, text| format!("__label__{label} {text}")));
    same(&rows("", |_, label, text| serde_json::json!({"idx": 3, "text": text, "label": label}).to_string()));
}

#[test]
fn numbers_and_words_for_one_label_are_no_doubt() {
    let number = |label: &str| ["ask", "tell", "thank"].iter().position(|name| *name == label).unwrap();
    let news =
        same(&rows("", |at, label, text| format!("65{at}0_!_10{}_!_{label}_!_{text}_!_bus,stop", number(label))));
    assert_eq!(
        news.reading.columns.to_string(),
        "label column: column 3; text column: column 4; columns not used: column 1, column 2, column 5"
    );
    assert_eq!(news.reading.notes[0].to_string(), "column 3 and column 2 label alike; column 3 is used");
    let both =
        labelled(&rows("text,label,label_text", |_, label, text| format!("{text},{},{label}", number(label)))).unwrap();
    assert_eq!((both.examples[1].label.as_str(), both.reading.columns.label.as_ref().unwrap().number), ("1", 2));
}

#[test]
fn what_is_in_doubt_is_refused_with_the_option() {
    let two = rows("text,topic,emotion", |at, label, text| format!("{text},{label},{}", ["glad", "sad"][at % 2]));
    let message = refused(labelled(&two));
    assert_eq!(
        message,
        "labels.csv: it is ambiguous which column is the label: topic (ask, tell, thank), emotion (glad, sad); write --label-column"
    );
    let options = ReadingOptions { label: Some(ColumnChoice("topic".into())), ..ReadingOptions::default() };
    assert_eq!(labelled_in(two.as_bytes(), "x.csv", &options).unwrap().examples[0].label, "ask");
    let texts = rows("label,title,description", |_, label, text| format!("{label},{text},{text} And more."));
    assert!(refused(labelled(&texts)).contains("write --text-column"), "{texts}");
    // Half of a pair is not what there is to read.
    let pair = rows("sentence1,sentence2,label", |_, label, text| format!("{text},So {text},{label}"));
    let message = refused(labelled(&pair));
    assert!(
        message.contains("sentence1") && message.contains("sentence2") && message.contains("--text-column"),
        "{message}"
    );
    let only = refused(labelled(&rows("text,lang", |at, _, text| format!("{text},{}", ["de", "en"][at % 2]))));
    assert!(only.contains("no column is the label") && only.contains("--label-column"), "{only}");
    let numbered = refused(labelled(&rows("label,text", |at, _, text| format!("{at},{text}"))));
    assert!(numbered.contains("all differ"), "{numbered}");
}

#[test]
fn delimiters_in_sentences() {
    let semicolons = rows("label;text", |_, label, text| format!("{label};{text}, today"));
    let found = labelled(&semicolons).unwrap();
    assert_eq!(
        (found.examples[2].label.as_str(), found.examples[2].text.as_str()),
        ("ask", "Who has the spare key?, today")
    );
    assert_eq!(labelled(&semicolons[semicolons.find('\n').unwrap() + 1..]).unwrap().examples.len(), 8);
}

#[test]
fn what_has_no_answer_is_refused() {
    let label = |label: &str, count| (0..count).map(|at| format!("{label}\tthe cat sat {at}\n")).collect::<String>();
    for (text, wanted) in
        [("", "has no examples"), ("one\ntwo\n", "has no examples"), (&label("x", 5), "one label only, \"x\"")]
    {
        assert!(refused(labelled(text)).contains(wanted), "{text}");
    }
    assert_eq!(labelled(&(label("x", 5) + &label("y", 1))).unwrap().examples.len(), 6);
    let several =
        rows("", |at, label, text| format!("__label__{label}{} {text}", if at == 1 { " __label__b" } else { "" }));
    assert_eq!(labelled(&several).unwrap().reading.skipped.first[0].to_string(), "line 2: it has 2 labels; leave one");
    let empty = rows("label\ttext", |at, label, text| format!("{}\t{text}", if at == 3 { "" } else { label }));
    assert_eq!(labelled(&empty).unwrap().reading.skipped.first[0].to_string(), "line 5: it has no label");
}

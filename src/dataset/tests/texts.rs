//! Lists of texts.

use super::*;
use crate::dataset::{Blank, ColumnChoice, Text, TextForm};

fn all(text: &str, file: &str, options: &ReadingOptions) -> Vec<(String, String)> {
    let found = texts_in(text.as_bytes(), file, options).unwrap_or_else(|error| panic!("{error}\n{text}"));
    found.map(|text| text.map(|Text { place, text, .. }| (place.to_string(), text)).unwrap()).collect()
}

fn rows(text: &str, file: &str) -> Vec<String> {
    all(text, file, &ReadingOptions::default()).into_iter().map(|(_, text)| text).collect()
}

#[test]
fn row_i_is_line_i() {
    assert_eq!(rows("A man.\n\nA dog.\n", "lines.txt"), ["A man.", "", "A dog."]);
    assert_eq!(rows("\u{feff}A man.\r\n \t\r\nA dog.", "lines.txt"), ["A man.", "", "A dog."]);
    assert_eq!(rows("\n\nlast\r\r", "-"), ["", "", "last", ""]);
    let left_out = ReadingOptions { blank: Blank::LeaveOut, ..ReadingOptions::default() };
    let mut found = texts_in(b"A man.\n\n\nA dog.\n", "x", &left_out).unwrap();
    let places: Vec<u64> = found.by_ref().map(|text| text.unwrap().place.first).collect();
    assert_eq!((places, found.blank().to_string()), (vec![1, 4], "2 blank lines (2, 3)".to_owned()));
    assert!(refused(texts_in(b"\n \n", "x", &left_out)).contains("it is empty; write one sentence per line"));
    assert!(refused(texts_in(b"", "x", &left_out)).contains("it is empty"));
}

#[test]
fn a_list_is_read_whole_and_what_looks_else_is_said() {
    let quoted = "\"Yes,\" he said.\n1,000 people came.\n[CLS] is a token.\n{braces} too\n";
    assert_eq!(rows(quoted, "x.txt").len(), 4);
    assert_eq!(rows(quoted, "x.txt")[0], "\"Yes,\" he said.");
    let notes = |text: &str| {
        let found = texts_in(text.as_bytes(), "x.txt", &ReadingOptions::default()).unwrap();
        found.reading().notes.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert!(notes("sentence\nA cat sat.\nA dog ran.\n")[0].contains("--heading yes"));
    assert!(notes("1\tA cat sat.\n2\tA dog ran.\n")[0].contains("--text-column"));
    assert_eq!(notes("A cat sat.\nA dog ran.\n"), [""; 0]);
    let heading = ReadingOptions { heading: Some(true), ..ReadingOptions::default() };
    assert_eq!(all("sentence\nA cat sat.\n", "x", &heading), [("line 2".to_owned(), "A cat sat.".to_owned())]);
}

#[test]
fn a_column_of_a_table_is_read() {
    let table = "id,text,lang\na1,\"A cat, sat.\",en\na2,,en\na3,\"A dog\nran.\",de\n\na4,It rains here.,en\n";
    let found = all(table, "x.csv", &ReadingOptions::default());
    let places: Vec<&str> = found.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(places, ["line 2", "line 3", "lines 4 to 5", "line 6", "line 7"]);
    assert_eq!((found[0].1.as_str(), found[1].1.as_str(), found[3].1.as_str()), ("A cat, sat.", "", ""));
    let options = ReadingOptions {
        texts: vec![ColumnChoice("Text".into())],
        id: Some(ColumnChoice("1".into())),
        ..ReadingOptions::default()
    };
    let ids = texts_in(table.as_bytes(), "-", &options).unwrap();
    assert_eq!(ids.reading().columns.to_string(), "text column: text; id column: id; columns not used: lang");
    assert_eq!(ids.map(|text| text.unwrap().id.unwrap_or_default()).collect::<Vec<_>>(), ["a1", "a2", "a3", "", "a4"]);
    assert_eq!(
        rows("{\"t\": \"A cat sat.\"}\n\n{\"t\": null}\n{\"t\": \"A dog.\"}\n", "x.txt"),
        ["A cat sat.", "", "", "A dog."]
    );
    assert_eq!(rows("[{\"text\": \"A cat sat.\", \"n\": 1},\n {\"text\": \"A dog.\", \"n\": 2}]", "x.json").len(), 2);
    assert_eq!(rows("text\n\"A cat, sat.\"\nA dog ran.\n", "x.csv"), ["A cat, sat.", "A dog ran."]);
    let sentences = "It rains, today.\nWe ran.\nShe said so, and left, too.\n";
    assert_eq!(rows(sentences, "x.csv").join("\n") + "\n", sentences, "a comma of the text is no delimiter");
    let lines = ReadingOptions { form: Some(TextForm::Lines), ..ReadingOptions::default() };
    assert_eq!(all(table, "x.csv", &lines).len(), 7);
    let two =
        "title,body\nThe cat here sat,A cat sat on the mat today\nThe dog there ran,A dog ran home from the park\n";
    assert!(refused(texts_in(two.as_bytes(), "x.csv", &ReadingOptions::default())).contains("write --text-column"));
}

#[test]
fn a_bad_record_keeps_its_row_or_ends_a_strict_reading() {
    let table = "{\"t\": \"A cat sat.\"}\n{\"t\": \n{\"t\": \"A dog.\"}\n";
    let mut found = texts_in(table.as_bytes(), "x.jsonl", &ReadingOptions::default()).unwrap();
    let texts: Vec<String> = found.by_ref().map(|text| text.unwrap().text).collect();
    assert_eq!(texts, ["A cat sat.", "", "A dog."]);
    assert!(found.skipped().first[0].to_string().starts_with("line 2: it is not a JSON object"));
    let strict = ReadingOptions { strict: true, ..ReadingOptions::default() };
    let mut found = texts_in(table.as_bytes(), "x.jsonl", &strict).unwrap();
    assert!(found.next().unwrap().is_ok());
    assert!(found.next().unwrap().unwrap_err().to_string().starts_with("line 2 of x.jsonl: it is not a JSON object"));
    assert!(found.next().is_none());
}

#[test]
fn long_and_endless_files_are_read_as_they_come() {
    struct Endless(u64);
    impl std::io::Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let line = format!("lantern {} drifts, on\n", self.0);
            self.0 += 1;
            buffer[..line.len()].copy_from_slice(line.as_bytes());
            Ok(line.len())
        }
    }
    let open = |options: &ReadingOptions| {
        let source = source::read(Box::new(std::io::BufReader::new(Endless(0)))).unwrap();
        lists::open(source, "-", options).map_err(|placed| placed.of("-")).unwrap()
    };
    let far = open(&ReadingOptions::default()).nth(100_000).unwrap().unwrap();
    assert_eq!((far.place.first, far.text.as_str()), (100_001, "lantern 100000 drifts, on"));
    let most = ReadingOptions { most_rows: Some(5000), ..ReadingOptions::default() };
    let found: Vec<_> = open(&most).collect();
    assert_eq!(found.len(), 5001);
    assert!(found[5000].as_ref().unwrap_err().to_string().contains("more than 5000 lines"));
    // A table, too; what comes late is judged by what was decided early.
    let table: String = (0..20_000).map(|at| format!("{at}\tline {at}, of many\ten\n")).collect();
    let options = ReadingOptions { texts: vec![ColumnChoice("2".into())], ..ReadingOptions::default() };
    let found = texts_in(table.as_bytes(), "-", &options).unwrap();
    assert_eq!(found.map(|text| text.unwrap().text).last().unwrap(), "line 19999, of many");
    let late = format!("{table}{}", "x\u{0}\n");
    assert!(texts_in(late.as_bytes(), "-", &options).unwrap().last().unwrap().is_err());
}

//! Every line of the table of layouts in `docs/datasets.md`: what it says is read is read, what is refused is named.

use std::{fs, io::Write, path::Path};

use clscope::dataset::{ReadingOptions, read_labelled, read_pairs};
use flate2::{Compression, write::GzEncoder};
use serde_json::json;

use crate::common::repository;

/// A file, and what comes of it: so many examples, or this is said.
struct Example {
    name: &'static str,
    bytes: Vec<u8>,
    outcome: Outcome,
}

enum Outcome {
    Pairs(usize),
    Labelled(usize),
    Refused(&'static str),
}
use Outcome::{Labelled, Pairs, Refused};

const PAIRS: [(u8, &str, &str); 6] = [
    (1, "The ferry leaves at dawn.", "At dawn the ferry leaves."),
    (0, "He tuned the old piano.", "Frost covered the fields."),
    (1, "The lamp is broken.", "The lamp does not work."),
    (0, "She reads in the garden.", "The bus was late again."),
    (1, "We baked bread today.", "Today we baked bread."),
    (0, "The lake is very deep.", "Tickets are sold out."),
];

fn of(name: &'static str, bytes: impl Into<Vec<u8>>, outcome: Outcome) -> Example {
    Example { name, bytes: bytes.into(), outcome }
}

/// A line a pair, each made by `line`.
fn lines(line: impl Fn(u8, &str, &str) -> String) -> String {
    PAIRS.iter().map(|(score, one, two)| line(*score, one, two) + "\n").collect()
}

/// The pairs with this between their values, under a heading.
fn between(delimiter: &str) -> String {
    let row = |values: [&str; 3]| values.join(delimiter);
    row(["score", "sentence1", "sentence2"]) + "\n" + &lines(|score, one, two| row([&score.to_string(), one, two]))
}

fn packed(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes.as_ref()).unwrap();
    packer.finish().unwrap()
}

fn stored(name: &str) -> Vec<u8> {
    fs::read(repository().join("tests/reference/dataset").join(name)).unwrap()
}

fn in_units(text: &str, unit: impl Fn(u16) -> Vec<u8>) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

/// Each line of the table by the beginning of its first cell, with examples of all that it names.
fn rows() -> Vec<(&'static str, Vec<Example>)> {
    let objects = || PAIRS.map(|(score, one, two)| json!({"score": score, "sentence1": one, "sentence2": two}));
    let arrays = || PAIRS.map(|(score, one, two)| json!([score, one, two]));
    let column = |pick: &dyn Fn(&(u8, &str, &str)) -> serde_json::Value| PAIRS.iter().map(pick).collect::<Vec<_>>();
    let [scores, ones, twos] =
        [column(&|pair| json!(pair.0)), column(&|pair| json!(pair.1)), column(&|pair| json!(pair.2))];
    let by_row = |values: &[serde_json::Value]| {
        let rows = values.iter().enumerate().map(|(at, value)| (at.to_string(), value.clone()));
        serde_json::Value::Object(rows.collect())
    };
    let labelled =
        |line: &dyn Fn(&str, &str) -> String| lines(|score, one, _| line(["no", "yes"][usize::from(score)], one));
    let wide = |bytes: [u8; 4]| [&b"\0\0\xfe\xff"[..], &bytes].concat();
    let csv = between(",");
    let conll = "He PRON O\nmet VERB O\n\nAda PROPN B-PER\nleft VERB O\n\nRome PROPN B-LOC\nfell VERB O\n";
    let latin = "score,sentence1,sentence2\n1,Das Caf\u{e9} ist gro\u{df}.,Das gro\u{df}e Caf\u{e9}.\n";
    let latin: Vec<u8> = latin.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let gb18030 = b"\xce\xd2\xc3\xc7\xca\xc7\xd1\xa7\xc9\xfa\xa3\xac\xcb\xfb\xd4\xda\xc9\xbd\xc9\xcf\xd0\xb4\xca\xab\xa3\xac\xcb\xfd\xcb\xb5\xca\xe9\xcc\xab\xb9\xf3\xc1\xcb\xa1\xa3";
    let magic: &[(&str, &[u8])] = &[
        ("zip", b"PK\x03\x04\x14\0"),
        ("xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("xz", b"\xfd7zXZ\0"),
        ("zstd", b"\x28\xb5\x2f\xfd.."),
        ("bzip2", b"BZh91AY&SY\x01\x02"),
        ("lz4", b"\x04\x22\x4d\x18"),
        ("7z", b"7z\xbc\xaf\x27\x1c"),
        ("rar", b"Rar!\x1a\x07"),
    ];
    let others: &[(&str, &[u8])] = &[
        ("Arrow", b"ARROW1\0\0"),
        ("Avro", b"Obj\x01"),
        ("ORC", b"ORC\x01"),
        ("HDF5", b"\x89HDF\r\n"),
        ("SQLite", b"SQLite format 3\0"),
        ("numpy", b"\x93NUMPY"),
        ("pickle", b"\x80\x04\x95.."),
        ("PDF", b"%PDF-1.7"),
        ("web page", b"<!DOCTYPE html><html>"),
        ("git-lfs", b"version https://git-lfs.github.com/spec/v1\noid"),
    ];
    let refused = |all: &[(&'static str, &[u8])]| {
        all.iter().map(|(name, bytes)| of("x", *bytes, Refused(name))).collect::<Vec<_>>()
    };
    let tar = [&[b'a'; 257][..], b"ustar"].concat();
    vec![
        (
            "values with tabs",
            ["\t", ",", ";", "|", "||", "|||", "_!_", "\u{1}"].map(|delimiter| of("x", between(delimiter), Pairs(6))).into(),
        ),
        ("a first line `sep=;`", vec![of("x", format!("sep=;\n{}", between(";")), Pairs(6))]),
        (
            "values in quotes",
            [(",", "And \"\"so\"\" on"), (";", "And \"\"so\"\" on"), ("\t", "And so on")]
                .map(|(delimiter, more)| {
                    let quoted = |one: &str| format!("\"{one}\n{more}{delimiter} then.\"");
                    let line =
                        |score: u8, one: &str, two: &str| [score.to_string(), quoted(one), quoted(two)].join(delimiter);
                    of("x", lines(line), Pairs(6))
                })
                .into(),
        ),
        ("quotes escaped with a backslash", vec![of("x.csv", lines(|score, one, two| format!("{score},\"{one} \\\"Yes\\\", he said\",\"{two}\"")), Pairs(6))]),
        (
            "JSON: an object a line",
            vec![
                of("x", objects().map(|object| object.to_string()).join("\n"), Pairs(6)),
                of("x", objects().map(|object| serde_json::to_string_pretty(&object).unwrap()).join("\n"), Pairs(6)),
                of("x", json!(objects()).to_string(), Pairs(6)),
                of("x", json!(arrays()).to_string(), Pairs(6)),
                of("x", arrays().map(|array| array.to_string()).join("\n"), Pairs(6)),
            ],
        ),
        (
            "JSON of pandas",
            vec![
                of("x", serde_json::to_string_pretty(&objects()).unwrap(), Pairs(6)),
                of("x", json!({"score": by_row(&scores), "sentence1": by_row(&ones), "sentence2": by_row(&twos)}).to_string(), Pairs(6)),
                of("x", json!({"columns": ["score", "sentence1", "sentence2"], "index": [0, 1, 2, 3, 4, 5], "data": arrays()}).to_string(), Pairs(6)),
                of("x", json!({"score": scores, "sentence1": ones, "sentence2": twos}).to_string(), Pairs(6)),
                of("x", json!({"features": [], "rows": objects().map(|row| json!({"row": row}))}).to_string(), Pairs(6)),
                of("x", json!({"version": 1, "data": objects()}).to_string(), Pairs(6)),
            ],
        ),
        (
            "JSON values that are objects",
            vec![
                of("x", json!(PAIRS.map(|(score, one, two)| json!({"a": {"text": one}, "b": {"text": two}, "score": score}))).to_string(), Pairs(6)),
                of("x", json!(PAIRS.map(|(score, one, two)| json!({"texts": [one, two], "score": score}))).to_string(), Pairs(6)),
                of("x", json!(PAIRS.map(|(score, one, _)| json!({"text": one, "labels": [score, 3]}))).to_string(), Refused("a list or an object")),
            ],
        ),
        ("JSON with several lists", vec![of("x", json!({"train": objects(), "test": objects()}).to_string(), Refused("jq -c '.test[]'"))]),
        (
            "fastText",
            vec![
                of("x", labelled(&|label, text| format!("__label__{label} {text}")), Labelled(6)),
                of("x", labelled(&|label, text| format!("{text} __label__{label}")), Labelled(6)),
                of("x", labelled(&|label, text| format!("__label__{label} __label__all {text}")), Refused("it has 2 labels")),
            ],
        ),
        (
            "lines above the heading",
            ["Ratings of 2021,,\n", "# by two raters, twice\n# by-sa\n", "Ratings\n\n\n"].map(|above| of("x", above.to_owned() + &csv, Pairs(6))).into(),
        ),
        (
            "a delimiter at the end",
            vec![
                of("x", format!("score,sentence1,sentence2\n{}", lines(|score, one, two| format!("{score},{one},{two},"))), Pairs(6)),
                of("x", format!("score,sentence1,sentence2\n{}", lines(|score, one, two| format!("row,{score},{one},{two}"))), Pairs(6)),
            ],
        ),
        ("Parquet, not compressed", ["pairs.snappy.parquet", "pairs.gzip.parquet"].map(|name| of("x", stored(name), Pairs(10))).into()),
        ("Parquet with zstd", vec![of("x", stored("pairs.zstd.parquet"), Refused("compressed with zstd"))]),
        (
            "gzip around any",
            vec![of("x.gz", packed(&csv), Pairs(6)), of("x", packed(json!(objects()).to_string()), Pairs(6)), of("x", packed(stored("pairs.snappy.parquet")), Pairs(10))],
        ),
        ("zip, xlsx", refused(magic).into_iter().chain([of("x", tar, Refused("tar"))]).collect()),
        ("Arrow (feather)", refused(others)),
        (
            "UTF-8 with or without",
            vec![
                of("x", format!("\u{feff}{csv}"), Pairs(6)),
                of("x", in_units(&format!("\u{feff}{csv}"), |unit| unit.to_le_bytes().into()), Pairs(6)),
                of("x", in_units(&format!("\u{feff}{csv}"), |unit| unit.to_be_bytes().into()), Pairs(6)),
            ],
        ),
        (
            "UTF-16 without a mark",
            vec![
                of("x", in_units(&csv, |unit| unit.to_le_bytes().into()), Refused("iconv -f UTF-16LE")),
                of("x", in_units(&csv, |unit| unit.to_be_bytes().into()), Refused("iconv -f UTF-16BE")),
                of("x", wide(*b"\0\0\0a"), Refused("UTF-32")),
                of("x", latin, Refused("iconv -f WINDOWS-1252")),
                of("x", gb18030.as_slice(), Refused("iconv -f GB18030")),
            ],
        ),
        ("lines that end with", ["\n", "\r\n", "\r"].map(|end| of("x", csv.replace('\n', end), Pairs(6))).into()),
        (
            "labels and texts apart by a space",
            vec![
                of("x", labelled(&|label, text| format!("HUM:{label} {text}")), Refused("a label and a text with a space")),
                of("x", "1 3:0.5 9:1\n-1 2:1\n1 4:0.25\n-1 1:1 2:2\n", Refused("SVMlight")),
                of("x", conll, Refused("CoNLL")),
            ],
        ),
    ]
}

/// What comes of a file: how many examples, or what is said.
fn found(path: &Path, outcome: &Outcome) -> Result<usize, String> {
    let options = ReadingOptions::default();
    match outcome {
        Pairs(_) => read_pairs(path, &options).map(|found| found.pairs.len()).map_err(|error| error.to_string()),
        _ => read_labelled(path, &options).map(|found| found.examples.len()).map_err(|error| error.to_string()),
    }
}

#[test]
fn every_line_of_the_table_of_layouts_holds() {
    let docs = fs::read_to_string(repository().join("docs/datasets.md")).unwrap();
    let (_, table) = docs.split_once("| layout | read? |\n| --- | --- |\n").expect("the table's head");
    let written: Vec<(&str, &str)> = table
        .lines()
        .map_while(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .map(|line| line.rsplit_once(" | ").expect("two cells"))
        .collect();
    let rows = rows();
    assert_eq!(written.len(), rows.len(), "each line of docs/datasets.md has its examples here");
    let folder = tempfile::tempdir().unwrap();
    for ((layout, says), (beginning, examples)) in written.into_iter().zip(rows) {
        assert!(layout.starts_with(beginning), "{layout} stands where {beginning} is expected");
        assert!(["read", "not read", "refused"].iter().any(|word| says.starts_with(word)), "{layout}: {says}");
        for Example { name, bytes, outcome } in examples {
            let path = folder.path().join(name);
            fs::write(&path, bytes).unwrap();
            match (found(&path, &outcome), &outcome) {
                (Ok(count), Pairs(expected) | Labelled(expected)) => {
                    assert!(!says.starts_with("refused"), "{layout}");
                    assert_eq!(count, *expected, "{layout}");
                }
                (Err(said), Refused(named)) => {
                    assert!(said.contains(named) && !said.contains('\n'), "{layout}: {said}, not {named}");
                    assert!(says.contains("refused") || says.contains("not read"), "{layout}: {says}");
                }
                (Ok(count), Refused(named)) => panic!("{layout}: {count} examples, not {named}"),
                (Err(said), _) => panic!("{layout}: {said}"),
            }
        }
    }
}

//! A file that is divided among machines: together the shards are what one run writes.

use std::{fs, fs::File, io::Cursor, path::Path};

use ndarray::{Array1, Ix1, OwnedRepr};
use ndarray_npy::NpzReader;
use parquet::{
    file::{reader::FileReader, serialized_reader::SerializedFileReader},
    record::{Field, Row},
};
use serde_json::Value;

use crate::program::{TINY, clscope, misuse, output, run};

const HEADS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/heads/tokens-safetensors");

pub fn rows(text: &[u8]) -> Vec<Value> {
    text.split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect()
}

/// What a run prints, whatever it remarks.
pub fn printed(arguments: &[&str]) -> Vec<u8> {
    let ended = run(&mut clscope(arguments));
    assert_eq!(ended.status, Some(0), "{arguments:?}: {}", ended.stderr);
    ended.stdout
}

/// Lists with blank lines and equal texts, and a table with ids.
fn files(folder: &Path) -> [(String, Vec<&'static str>); 2] {
    let texts = |row: usize| match row % 5 {
        3 => String::new(),
        4 => "the cat sat".to_owned(),
        _ => format!("the cat {row} sat on the mat"),
    };
    let list = folder.join("list.txt");
    fs::write(&list, (0..53).map(|row| texts(row) + "\n").collect::<String>()).unwrap();
    let table = folder.join("table.csv");
    let lines: String = (0..31).map(|row| format!("{},id-{row}\n", texts(row))).collect();
    fs::write(&table, format!("sentence,name\n{lines}")).unwrap();
    let of = |path: &Path| path.to_str().unwrap().to_owned();
    [(of(&list), vec![]), (of(&table), vec!["--text-column", "sentence", "--id-column", "name"])]
}

#[test]
fn shards_together_are_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    for (file, columns) in files(folder.path()) {
        for command in [["embed", "--model", TINY], ["predict", "--model", HEADS]] {
            let base = [&command[..], &["--file", &file, "--format", "jsonl"], &columns].concat();
            let whole = rows(&printed(&base));
            for count in [1, 2, 7, 100] {
                let mut together = Vec::new();
                for number in 1..=count {
                    let shard = format!("{number}/{count}");
                    let rows = rows(&printed(&[&base[..], &["--shard", &shard]].concat()));
                    let own = |row: &Value| (row["line"].as_u64().unwrap() - 1) % count == number - 1;
                    assert!(rows.iter().all(own), "{shard}");
                    together.extend(rows);
                }
                together.sort_by_key(|row| row["line"].as_u64());
                let lines: Vec<u64> = together.iter().map(|row| row["line"].as_u64().unwrap()).collect();
                assert_eq!(lines, (1..=whole.len() as u64).collect::<Vec<_>>());
                for (row, expected) in together.iter_mut().zip(&whole) {
                    if expected.get("line").is_none() {
                        row.as_object_mut().unwrap().remove("line");
                    }
                    assert_close(row, expected);
                }
            }
        }
    }
}

/// The same but for float32 rounding: how texts are put into batches is not the same.
pub fn assert_close(found: &Value, expected: &Value) {
    match (found, expected) {
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            assert!((a - b).abs() < 2e-5, "{a} and {b}");
        }
        (Value::Array(a), Value::Array(b)) => {
            assert_eq!(a.len(), b.len());
            a.iter().zip(b).for_each(|(a, b)| assert_close(a, b));
        }
        (Value::Object(a), Value::Object(b)) => {
            assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
            a.iter().for_each(|(name, value)| assert_close(value, &b[name]));
        }
        (a, b) => assert_eq!(a, b),
    }
}

#[test]
fn every_form_has_the_numbers_of_the_rows() {
    let folder = tempfile::tempdir().unwrap();
    let [(list, _), (table, columns)] = files(folder.path());
    let arguments = ["embed", "--model", TINY, "--file", &list, "--shard", "2/5", "--no-cache", "--format", "npz"];
    let mut npz = NpzReader::new(Cursor::new(printed(&arguments))).unwrap();
    let lines: Array1<i64> = npz.by_name::<OwnedRepr<i64>, Ix1>("line").unwrap();
    assert_eq!(lines.to_vec(), (2..=53).step_by(5).collect::<Vec<_>>());

    let file = folder.path().join("part.parquet");
    let arguments = ["embed", "--model", TINY, "--file", &table, "--shard", "5/5", "--output", file.to_str().unwrap()];
    printed(&[&arguments[..], &columns].concat());
    let reader = SerializedFileReader::new(File::open(file).unwrap()).unwrap();
    let rows: Vec<Row> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
    let first = |row: &Row| row.get_column_iter().take(2).map(|(_, field)| field.clone()).collect::<Vec<_>>();
    assert_eq!(rows.len(), 6);
    for (at, row) in rows.iter().enumerate() {
        assert_eq!(first(row), [Field::Long(5 * at as i64 + 5), Field::Str(format!("id-{}", 5 * at + 4))]);
    }
}

#[test]
fn a_shard_may_be_empty_and_must_be_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("two.txt");
    fs::write(&file, "a\nb\n").unwrap();
    let file = file.to_str().unwrap();
    assert_eq!(output(&["embed", "--model", TINY, "--file", file, "--shard", "3/3", "--no-cache"]), b"");
    assert!(misuse(&["embed", "--model", TINY, "--file", file, "--shard", "4/3"]).contains("2/5"));
    assert!(misuse(&["embed", "a", "--model", TINY, "--shard", "1/3"]).contains("--shard"));
    assert!(misuse(&["predict", "a", "--model", HEADS, "--shard", "1/3"]).contains("--shard"));
    assert!(misuse(&["embed", "--model", TINY, "--shard", "1/3"]).contains("--file"));
}

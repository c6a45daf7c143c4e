//! Vectors out, in three forms with the same numbers; and what is near.

use std::{fs::File, io::Cursor};

use ndarray::{Array1, Array2, Ix1, Ix2, OwnedRepr};
use ndarray_npy::NpzReader;
use parquet::{
    file::{reader::FileReader, serialized_reader::SerializedFileReader},
    record::{Field, Row},
};
use serde_json::{Value, json};

use crate::program::{NO_POOLER, TINY, json, misuse, output, refusal, text, with};

const EMBED: [&str; 9] =
    ["embed", "--model", TINY, "--no-cache", "--pooling", "mean-words", "--pooling", "cls@1", "--format"];
const LINES: [&str; 4] = ["the cat sat", "a \"dog\"\u{9b} 猫", "", "the cat sat"];

#[test]
fn vectors_are_the_same_in_every_form() {
    let jsonl = String::from_utf8(output(&[&EMBED[..], &["jsonl"], &LINES].concat())).unwrap();
    let lines: Vec<Value> = jsonl.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.iter().map(|line| line["text"].as_str().unwrap()).collect::<Vec<_>>(), LINES);
    assert_eq!((&lines[0], lines.len()), (&lines[3], 4));
    assert_eq!(lines[2]["mean-words"], Value::Null, "no words, no mean of them");

    let archive = output(&[&EMBED[..], &["npz"], &LINES].concat());
    let mut npz = NpzReader::new(Cursor::new(archive)).unwrap();
    assert_eq!(npz.names().unwrap(), ["mean-words", "cls@1", "unknown"]);
    let unknown: Array1<f32> = npz.by_name::<OwnedRepr<f32>, Ix1>("unknown").unwrap();
    let shares = lines.iter().map(|line| line["unknown"].as_f64().unwrap() as f32);
    assert_eq!(unknown.to_vec(), shares.collect::<Vec<_>>());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("vectors.parquet");
    output(&[&EMBED[..], &["parquet", "--output", file.to_str().unwrap()], &LINES].concat());
    let reader = SerializedFileReader::new(File::open(file).unwrap()).unwrap();
    let rows: Vec<Row> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 4);
    for name in ["mean-words", "cls@1"] {
        let array: Array2<f32> = npz.by_name::<OwnedRepr<f32>, Ix2>(name).unwrap();
        assert_eq!(array.dim(), (4, 16));
        for ((line, row), numbers) in lines.iter().zip(&rows).zip(array.rows()) {
            let columns: Vec<(&String, &Field)> = row.get_column_iter().collect();
            assert_eq!(columns[0], (&"text".to_owned(), &Field::Str(line["text"].as_str().unwrap().to_owned())));
            assert_eq!(columns[1].0, "unknown");
            assert_eq!(f64::from(float(columns[1].1)), line["unknown"].as_f64().unwrap());
            let field = columns.iter().find(|(column, _)| *column == name).unwrap().1;
            match (&line[name], field) {
                (Value::Null, Field::Null) => assert!(numbers.iter().all(|number| number.is_nan())),
                (Value::Array(values), Field::ListInternal(list)) => {
                    let values: Vec<f32> = values.iter().map(|value| value.as_f64().unwrap() as f32).collect();
                    assert_eq!(numbers.to_vec(), values);
                    let list: Vec<f32> = list.elements().iter().map(float).collect();
                    assert_eq!(list, values);
                }
                other => panic!("{other:?}"),
            }
        }
    }
}

fn float(field: &Field) -> f32 {
    let Field::Float(number) = field else { panic!("{field:?}") };
    *number
}

#[test]
fn embed_takes_what_there_is() {
    let default: Value = serde_json::from_slice(&output(&["embed", "a cat", "--model", TINY, "--no-cache"])).unwrap();
    assert_eq!(default.as_object().unwrap().keys().collect::<Vec<_>>(), ["mean", "text", "unknown"]);
    assert!(misuse(&["embed", "--model", TINY]).contains("embed needs a sentence"));
    assert!(misuse(&["embed", "a", "--pooling", "pooled@1"]).contains("last layer only"));
    assert!(refusal(&["embed", "a", "--model", TINY, "--pooling", "mean@3"]).contains("there is no layer 3"));
    assert!(refusal(&["embed", "a", "--model", NO_POOLER, "--pooling", "pooled"]).contains("take cls or mean"));
}

#[test]
fn the_nearest_come_first() {
    let sentences = ["the cat sat", "a dog ran", "the old river", "the cat ran"];
    let query = [&["similarity", "--model", TINY, "--query", "the cat sat", "--top", "2"][..], &sentences].concat();
    let found = json(&with(&query, &["--format", "json"]));
    assert_eq!(found["query"], "the cat sat");
    let mean = found["poolings"]["mean"]["cosine"].as_array().unwrap();
    assert_eq!((mean.len(), &mean[0]["number"], &mean[0]["sentence"]), (2, &json!(1), &json!("the cat sat")));
    assert!(mean[0]["similarity"].as_f64() >= mean[1]["similarity"].as_f64());
    let all = json(&[&["similarity", "--model", TINY, "--format", "json"][..], &sentences].concat());
    let number = mean[1]["number"].as_u64().unwrap() as usize;
    assert_eq!(all["poolings"]["mean"]["cosine"][0][number - 1], mean[1]["similarity"]);

    let tsv = text(&with(&query, &["--format", "tsv", "--pooling", "mean"]));
    assert_eq!(tsv.lines().next(), Some("pooling\trank\tnumber\tcosine\tunknown\tsentence"));
    assert_eq!(tsv.lines().nth(1), Some("mean\t1\t1\t1.000000\t0.000000\tthe cat sat"));
    assert_eq!(tsv.lines().count(), 3);
    assert!(text(&query).contains("      1.0000      1  the cat sat\n"));
    assert!(misuse(&["similarity", "--query", "a"]).contains("--query needs sentences"));
    misuse(&["similarity", "a", "b", "--top", "2"]);
    assert!(misuse(&with(&["similarity", "a", "b", "--query", "c", "--top"], &["0"])).contains("--top"));
}

#[test]
fn closeness_is_measured_as_asked() {
    let similarity =
        ["similarity", "the cat", "a dog", "--model", TINY, "--format", "json", "--layer", "1", "--metric"];
    for metric in ["cosine", "dot", "euclidean", "manhattan"] {
        let found = json(&with(&similarity, &[metric]));
        let poolings = found["poolings"].as_object().unwrap();
        assert_eq!(poolings.keys().collect::<Vec<_>>(), ["cls@1", "max@1", "mean-words@1", "mean@1"]);
        let matrix = &poolings["mean@1"][metric];
        assert_eq!(matrix[0][1], matrix[1][0]);
        assert!(matrix[0][1].as_f64() < matrix[0][0].as_f64(), "{metric} {matrix}");
    }
}

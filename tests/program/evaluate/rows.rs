//! `--rows`: the numbers of each row, of which shards together are the whole, and which give what all rows together say.

use std::{fs, fs::File, path::Path};

use parquet::{
    file::{reader::FileReader, serialized_reader::SerializedFileReader},
    record::Field,
};
use serde_json::{Map, Value, json};

use super::{
    LABELLED, PAIRS,
    shards::{assert_close, printed, rows},
};
use crate::program::{NO_POOLER, TINY, misuse};

/// A Parquet file as rows.
fn parquet_rows(path: &Path) -> Vec<Value> {
    let value = |field: &Field| match field {
        Field::Null => Value::Null,
        Field::Long(number) => json!(number),
        Field::Float(number) => json!(number),
        Field::Double(number) => json!(number),
        Field::Str(text) => json!(text),
        other => panic!("{other:?}"),
    };
    let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
    let row = |row: parquet::record::Row| {
        row.get_column_iter().map(|(name, field)| (name.clone(), value(field))).collect::<Map<_, _>>().into()
    };
    reader.get_row_iter(None).unwrap().map(|found| row(found.unwrap())).collect()
}

fn csv_rows(text: &[u8]) -> Vec<Vec<String>> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text)
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

/// Pairs with ids, blank rows among them, as csv and as the Parquet that this command writes of it.
fn pair_files(folder: &Path) -> [(String, Vec<&'static str>); 2] {
    let csv = folder.join("pairs.csv");
    let pair = |row: usize| match row % 7 {
        5 => ",,,\n".to_owned(),
        _ => format!("p{row},{}.{},the cat {row} sat,a dog {} ran to the mat\n", row % 4, row % 3, row * row % 11),
    };
    fs::write(&csv, format!("name,gold,one,two\n{}", (0..70).map(pair).collect::<String>())).unwrap();
    let of = |path: &Path| path.to_str().unwrap().to_owned();
    let asked = vec!["--id-column", "name", "--score-column", "gold", "--text-column", "one", "--text-column", "two"];
    let parquet = folder.join("pairs.parquet");
    let (csv_path, parquet_path) = (of(&csv), of(&parquet));
    let base = ["evaluate", &csv_path, "--model", TINY, "--rows", "--pooling", "cls", "--output", &parquet_path];
    printed(&[&base[..], &asked].concat());
    let of_parquet =
        vec!["--id-column", "id", "--score-column", "score", "--text-column", "text", "--text-column", "pair"];
    [(csv_path, asked), (parquet_path, of_parquet)]
}

/// Sentences with ids, one of them blank, as csv and as Parquet.
fn sentence_files(folder: &Path) -> [(String, Vec<&'static str>); 2] {
    let csv = folder.join("texts.csv");
    let texts =
        ["the cat sat on the mat", "a red dog ran to the river", "", "who is it ?", "the cat sat", "a dog", "."];
    let lines: String = texts.iter().enumerate().map(|(row, text)| format!("{text},id-{row}\n")).collect();
    fs::write(&csv, format!("sentence,name\n{lines}")).unwrap();
    let parquet = folder.join("texts.parquet");
    let (csv, parquet) = (csv.to_str().unwrap().to_owned(), parquet.to_str().unwrap().to_owned());
    let asked = vec!["--text-column", "sentence", "--id-column", "name"];
    let base = ["embed", "--file", &csv, "--model", TINY, "--no-cache", "--output", &parquet];
    printed(&[&base[..], &asked].concat());
    [(csv, asked), (parquet, vec!["--text-column", "text", "--id-column", "id"])]
}

#[test]
fn shards_of_rows_together_are_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let evaluated = pair_files(folder.path()).map(|(file, columns)| {
        let base = ["evaluate", "--model", TINY, "--metric", "all", "--against-model", NO_POOLER, "--no-cache"];
        (60, [&base[..], &columns].concat().into_iter().map(str::to_owned).chain([file]).collect::<Vec<String>>())
    });
    let mixed = sentence_files(folder.path()).map(|(file, columns)| {
        let base = ["mixing", "--model", TINY, "--file", &file];
        (7, [&base[..], &columns].concat().into_iter().map(str::to_owned).collect::<Vec<String>>())
    });
    for (count, command) in evaluated.into_iter().chain(mixed) {
        let mut base: Vec<&str> = command.iter().map(String::as_str).collect();
        base.push("--rows");
        let whole = rows(&printed(&base));
        assert_eq!(whole.len(), count, "{command:?}");
        let mut together = Vec::new();
        for number in 1..=3 {
            let (shard, part) = (format!("{number}/3"), folder.path().join("part.parquet"));
            printed(&[&base[..], &["--shard", &shard, "--output", part.to_str().unwrap()]].concat());
            let rows = parquet_rows(&part);
            assert!(rows.len() > 1 && rows.iter().all(|row| (row["line"].as_u64().unwrap() - 1) % 3 == number - 1));
            together.extend(rows);
        }
        together.sort_by_key(|row| row["line"].as_u64());
        assert_eq!(together.len(), whole.len());
        together.iter().zip(&whole).for_each(|(found, expected)| assert_close(found, expected));
        assert!(whole.iter().any(|row| row["id"].as_str().is_some_and(|id| id.ends_with("-3") || id == "p3")));
    }
}

#[test]
fn every_form_has_the_same_rows() {
    let folder = tempfile::tempdir().unwrap();
    let [(file, columns), _] = pair_files(folder.path());
    let base = [&["evaluate", &file, "--model", TINY, "--rows", "--pooling", "mean"][..], &columns].concat();
    let lines = rows(&printed(&base));
    let list: Value = serde_json::from_slice(&printed(&[&base[..], &["--format", "json"]].concat())).unwrap();
    assert_eq!(list.as_array().unwrap(), &lines);
    let csv = csv_rows(&printed(&[&base[..], &["--format", "csv"]].concat()));
    let names = ["line", "id", "text", "pair", "score", "cosine_mean"];
    assert_eq!(csv[0], names);
    for (record, line) in csv[1..].iter().zip(&lines) {
        for (value, name) in record.iter().zip(names) {
            match &line[name] {
                Value::String(text) => assert_eq!(value, text),
                number => assert!((value.parse::<f64>().unwrap() - number.as_f64().unwrap()).abs() < 1e-12, "{name}"),
            }
        }
    }
    let tsv = String::from_utf8(printed(&[&base[..], &["--format", "tsv"]].concat())).unwrap();
    assert_eq!((csv.len(), tsv.lines().count()), (61, 61));
    // What the model's head says leaves as Parquet, too.
    let heads = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/heads/classify-one-bin");
    let base = ["predict", "--model", heads, "--file", &file, "--text-column", "one", "--id-column", "name"];
    let part = folder.path().join("said.parquet");
    let csv = csv_rows(&printed(&[&base[..], &["--format", "csv"]].concat()));
    printed(&[&base[..], &["--output", part.to_str().unwrap()]].concat());
    let said = parquet_rows(&part);
    assert_eq!(said.len(), csv.len() - 1);
    for (record, row) in csv[1..].iter().zip(&said) {
        for (value, name) in record.iter().zip(&csv[0]) {
            match &row[name] {
                Value::Null => assert_eq!(value, ""),
                Value::String(text) => assert_eq!(value, text),
                number => assert!((value.parse::<f64>().unwrap() - number.as_f64().unwrap()).abs() < 1e-6, "{name}"),
            }
        }
    }
}

/// Equal values share the mean of their ranks.
fn ranks(values: &[f64]) -> Vec<f64> {
    let rank = |value: &f64| {
        let below = values.iter().filter(|other| *other < value).count();
        let same = values.iter().filter(|other| *other == value).count();
        below as f64 + (same as f64 - 1.0) / 2.0
    };
    values.iter().map(rank).collect()
}

fn pearson(a: &[f64], b: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (a_mean, b_mean) = (mean(a), mean(b));
    let sum = |of: &dyn Fn(f64, f64) -> f64| a.iter().zip(b).map(|(a, b)| of(a - a_mean, b - b_mean)).sum::<f64>();
    sum(&|a, b| a * b) / (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt()
}

#[test]
fn rows_of_pairs_have_the_correlations_of_the_table() {
    for layers in [&[][..], &["--layer", "all"]] {
        let base = ["evaluate", PAIRS, "--model", TINY, "--metric", "all", "--no-cache", "--against-model", NO_POOLER];
        let base = [&base[..], layers].concat();
        let table: Value =
            serde_json::from_slice(&printed(&[&base[..], &["--bootstrap", "0", "--format", "json"]].concat())).unwrap();
        let found = rows(&printed(&[&base[..], &["--rows"]].concat()));
        let against = table["about"]["against"].as_str().unwrap();
        let all = table["tables"][0]["rows"].as_array().unwrap();
        for row in all {
            let layer = row["layer"].as_u64().unwrap();
            let pooling = row["pooling"].as_str().unwrap().replace('-', "_");
            let end = if row["model"] == against { "_against" } else { "" };
            let plain = format!("{}_{pooling}{end}", row["metric"].as_str().unwrap());
            let name = match found[0].get(&plain) {
                Some(_) => plain,
                None => format!("{}_{pooling}_{layer}{end}", row["metric"].as_str().unwrap()),
            };
            let there: Vec<[f64; 2]> =
                found.iter().filter_map(|of| Some([of["score"].as_f64()?, of[&name].as_f64()?])).collect();
            assert_eq!(row["pairs"], there.len(), "{name}");
            let [scores, close] = [0, 1].map(|at| there.iter().map(|pair| pair[at]).collect::<Vec<f64>>());
            let Some(expected) = row["pearson"].as_f64() else { continue };
            assert!((pearson(&scores, &close) - expected).abs() < 1e-5, "{name}: {row}");
            let spearman = pearson(&ranks(&scores), &ranks(&close));
            assert!((spearman - row["spearman"].as_f64().unwrap()).abs() < 1e-5, "{name}: {row}");
        }
        let numbers = found[0].as_object().unwrap().len() - ["line", "text", "pair", "score"].len();
        assert_eq!(numbers, all.len());
    }
}

/// The columns of the tables of many sentences, and what names a row there.
const NUMBERS: [(&str, &[&str]); 14] = [
    ("own", &["unit", "measure"]),
    ("largest", &["unit", "measure"]),
    ("evenness", &["vector", "measure"]),
    ("gini", &["vector", "measure"]),
    ("strongest", &["vector", "measure"]),
    ("cls_more_even", &["vector", "measure"]),
    ("share", &["vector", "part", "measure"]),
    ("taken", &["layer"]),
    ("cosine", &["blind", "layer"]),
    ("centred", &["blind", "layer"]),
    ("explained", &["by"]),
    ("centred", &["by"]),
    ("masked", &["vector", "measure"]),
    ("hidden", &["vector", "measure"]),
];

#[test]
fn rows_of_sentences_have_the_means_of_the_tables() {
    let folder = tempfile::tempdir().unwrap();
    let [(file, columns), _] = sentence_files(folder.path());
    let base = [&["mixing", "--model", TINY, "--file", &file, "--trust"][..], &columns].concat();
    let found = rows(&printed(&[&base[..], &["--rows"]].concat()));
    let whole: Value = serde_json::from_slice(&printed(&[&base[..], &["--format", "json"]].concat())).unwrap();
    let mut compared = 0;
    for row in whole["tables"].as_array().unwrap().iter().flat_map(|table| table["rows"].as_array().unwrap()) {
        for (column, keys) in NUMBERS {
            let named = keys.iter().map(|key| row.get(*key)).collect::<Option<Vec<&Value>>>();
            let (Some(named), Some(expected)) = (named, row.get(column).and_then(Value::as_f64)) else { continue };
            let part = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let name = [column.to_owned()].into_iter().chain(named.into_iter().map(part)).collect::<Vec<_>>();
            let name = name.join("_").replace('-', "_");
            let weight = |of: &Value| match name.ends_with("_variance") {
                true => of[&format!("variance_{}", row["vector"].as_str().unwrap())].as_f64(),
                false => Some(1.0),
            };
            let there: Vec<[f64; 2]> = found.iter().filter_map(|of| Some([of[&name].as_f64()?, weight(of)?])).collect();
            let sum = there.iter().map(|[value, weight]| value * weight).sum::<f64>();
            let mean = sum / there.iter().map(|[_, weight]| weight).sum::<f64>();
            assert!((mean - expected).abs() < 1e-4 * expected.abs().max(1.0), "{name}: {mean}, not {expected}");
            compared += 1;
        }
    }
    let is_number = |name: &&String| !["line", "id", "text"].contains(&name.as_str()) && !name.starts_with("variance_");
    let names: Vec<&String> = found[0].as_object().unwrap().keys().filter(is_number).collect();
    let known = names.iter().filter(|name| found.iter().any(|row| !row[name.as_str()].is_null())).count();
    assert_eq!(compared, known, "every number of a row has a mean, and every mean is of rows");
    assert!(known > 300, "{known}");
    let blank = &found[2];
    assert!(blank["text"] == "" && names.iter().all(|name| blank[name.as_str()].is_null()));
}

#[test]
fn what_is_of_all_rows_has_no_shards() {
    let folder = tempfile::tempdir().unwrap();
    let [(file, _), _] = sentence_files(folder.path());
    let mixing = ["mixing", "--file", &file, "--text-column", "sentence", "--model", TINY];
    let evaluate = ["evaluate", PAIRS, "--model", TINY];
    for base in [&mixing[..], &evaluate] {
        let refused = |more: &[&str]| misuse(&[base, more].concat());
        assert!(refused(&["--shard", "1/3"]).contains("--rows"));
        assert!(refused(&["--format", "parquet"]).contains("--rows"));
        assert!(refused(&["--output", "rows.jsonl"]).contains("--rows"));
        assert!(refused(&["--rows", "--format", "html"]).contains("parquet"));
        assert!(refused(&["--rows", "--shard", "4/3"]).contains("2/5"));
        assert!(refused(&["--rows", "--table", "1"]).contains("--table"));
    }
    assert!(misuse(&["mixing", "the cat", "--rows", "--model", TINY]).contains("--file"));
    assert!(misuse(&[&evaluate[..], &["--rows", "--bootstrap", "5"]].concat()).contains("--bootstrap"));
    let classify = ["evaluate", LABELLED, "--task", "classify", "--model", TINY, "--rows", "--shard", "1/3"];
    assert!(misuse(&classify).contains("embed --shard"));
    // A shard may be empty.
    let few = folder.path().join("few.tsv");
    fs::write(&few, "1\ta cat\ta dog\n0\ta cat\ta river\n").unwrap();
    let empty = ["evaluate", few.to_str().unwrap(), "--model", TINY, "--rows", "--shard", "3/3", "--format", "csv"];
    assert_eq!(csv_rows(&printed(&empty)).len(), 1);
}

//! `clscope attention`: the numbers of every view against the trace, and one answer in every form.

mod explored;
mod figures;
mod pages;
mod separated;

use std::collections::BTreeMap;

use clscope::{
    analysis::{Cells, Column, Key, Pooling, Quantity, Table, TableRow, ValueColumn},
    export::{Document, Format},
};
use ndarray::{ArrayD, IxDyn, OwnedRepr};
use ndarray_npy::NpzReader;
use pages::elements;
use serde_json::{Value, json};

use super::{
    HOSTILE,
    expected::{Switches, attention_of, compare, numbers},
    is_printable,
    program::{TINY, clscope, json, misuse, one_line, output, refusal, run, text, with},
};

#[test]
fn attention_equals_the_trace_under_every_switch() {
    for (text, pair) in [("a cat sat on unhappy tokens", None), ("the cat", Some("sat, unhappily, there"))] {
        let pair: Vec<&str> = pair.iter().flat_map(|pair| ["--pair", pair]).collect();
        let trace = json(&[&["trace", text, "--model", TINY], &pair[..]].concat());
        let tokens = trace["tokens"].as_array().unwrap().len();
        let mut turn = 0;
        for head in ["mean", "max", "all", "2"] {
            for units in ["pieces", "words"] {
                for specials in ["show", "hide", "renormalize"] {
                    let switches = ["--model", TINY, "--head", head, "--units", units, "--specials", specials];
                    let arguments = [&["attention", text, "--format", "json"], &switches[..], &pair[..]].concat();
                    let looked = Switches { head, among: &[], words: units == "words", specials };
                    let expected = |to, chosen| attention_of(&trace, looked, to, chosen);
                    for side in ["--from", "--to"] {
                        // Each token has its turn, [CLS] and the last [SEP] too.
                        turn += 1;
                        let chosen = (turn * 3) % tokens;
                        let number = chosen.to_string();
                        let arguments = [&arguments[..], &[side, &number]].concat();
                        let table = &json(&arguments)["tables"][0];
                        let rows = table["rows"].as_array().unwrap();
                        let expected = expected(side == "--to", chosen);
                        assert_eq!(rows.len(), expected.len(), "{arguments:?}");
                        for (row, expected) in rows.iter().zip(&expected) {
                            compare(row, expected, &arguments);
                            assert_eq!(expected.weights.len(), table["columns"].as_array().unwrap().len());
                        }
                    }

                    let arguments = [&arguments[..], &["--view", "matrix"]].concat();
                    let answer = json(&arguments);
                    let tables = answer["tables"].as_array().unwrap();
                    assert_eq!(tables.len(), expected(false, 0).len(), "a table a layer and choice of heads");
                    for (at, table) in tables.iter().enumerate() {
                        let (rows, columns) = (table["rows"].as_array().unwrap(), table["columns"].as_array().unwrap());
                        assert_eq!(rows.len(), columns.len(), "square: {arguments:?}");
                        for (row, column) in rows.iter().zip(columns) {
                            assert_eq!(*column, format!("{} {}", row["from"], row["token"].as_str().unwrap()));
                            let from = row["from"].as_u64().unwrap() as usize;
                            compare(row, &expected(false, from)[at], &arguments);
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn what_is_asked_for_is_what_is_shown() {
    let of = |more: &[&str]| {
        let answer = json(&[&["attention", "a cat", "--model", TINY, "--format", "json"], more].concat());
        let rows = answer["tables"].as_array().unwrap().iter().flat_map(|table| table["rows"].as_array().unwrap());
        rows.map(|row| (row["layer"].clone(), row["head"].clone())).collect::<Vec<_>>()
    };
    let each = |layers: &[usize], heads: &[Value]| -> Vec<(Value, Value)> {
        layers.iter().flat_map(|layer| heads.iter().map(move |head| (json!(layer), head.clone()))).collect()
    };
    let both = [json!(1), json!(2)];
    assert_eq!(of(&[]), each(&[1, 2], &[json!("mean")]));
    assert_eq!(of(&["--head", "max", "--layer", "2"]), each(&[2], &[json!("max")]));
    assert_eq!(of(&["--head", "all"]), each(&[1, 2], &both));
    assert_eq!(of(&["--view", "heads"]), each(&[1, 2], &both));
    assert_eq!(of(&["--view", "heads", "--layer", "1"]), each(&[1], &both));
    assert_eq!(of(&["--view", "heads", "--head", "2"]), each(&[1, 2], &[json!(2)]));
    let tokens = json(&["trace", "a cat", "--model", TINY])["tokens"].as_array().unwrap().len();
    assert_eq!(of(&["--view", "matrix", "--layer", "2"]).len(), tokens);

    let about = |more: &[&str]| {
        json(&[&["attention", "a", "--model", TINY, "--format", "json"], more].concat())["about"].clone()
    };
    let facts = about(&["--pair", "b", "--to", "1", "--specials", "hide", "--cut", "1.2", "--mask-token", "1"]);
    for (name, value) in [
        ("model", "tiny-pooler"),
        ("origin", TINY),
        ("text", "a"),
        ("pair", "b"),
        ("source", "1 [MASK]"),
        ("direction", "to"),
        ("units", "pieces"),
        ("specials", "hide"),
        ("off", "heads 1.2; masked tokens 1"),
    ] {
        assert_eq!(facts[name], value, "{name}");
    }
    assert_eq!(about(&[]).get("off"), None);
}

/// An archive's arrays by name, all as f32.
fn arrays(archive: Vec<u8>) -> BTreeMap<String, ArrayD<f32>> {
    let mut archive = NpzReader::new(std::io::Cursor::new(archive)).unwrap();
    let names = archive.names().unwrap();
    let read = |name: String| {
        let array = match archive.by_name::<OwnedRepr<f32>, IxDyn>(&name) {
            Ok(array) => array,
            Err(_) => archive.by_name::<OwnedRepr<i64>, IxDyn>(&name).unwrap().mapv(|number| number as f32),
        };
        (name, array)
    };
    names.into_iter().map(read).collect()
}

/// A table of separated values, without quotes: heading and rows.
fn separated(text: &str, separator: char) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split(separator).map(str::to_owned).collect()).collect()
}

/// The exact numbers of a page, in its order.
fn points(page: &str) -> Vec<f32> {
    page.split("<td ")
        .skip(1)
        // A cell without a number has no title.
        .filter_map(|cell| Some(cell.split_once('>')?.0.split_once(" title=\"")?.1.split('"').next()?.parse().unwrap()))
        .collect()
}

#[test]
fn every_form_carries_the_same_numbers() {
    let views: [&[&str]; 8] = [
        &["--specials", "hide"],
        &["--head", "all", "--layer", "2"],
        &["--view", "heads"],
        &["--view", "matrix", "--specials", "hide"],
        &["--mark", "0,2", "--head", "max", "--among", "2"],
        &["--view", "matrix", "--mark", "1", "--specials", "hide"],
        &["--view", "compare", "--cut", "1.2"],
        &["--view", "sweep", "--sweep", "words", "--hide-token", "2"],
    ];
    for view in views {
        let of = |format| output(&[&["attention", "a cat sat", "--model", TINY, "--format", format], view].concat());
        let read = |format| String::from_utf8(of(format)).unwrap();
        let answer: Value = serde_json::from_str(&read("json")).unwrap();
        let tables = answer["tables"].as_array().unwrap();
        let table = |format: &str, number: usize| {
            let number = number.to_string();
            let chosen = ["attention", "a cat sat", "--model", TINY, "--format", format, "--table", &number];
            String::from_utf8(output(&[&chosen[..], view].concat())).unwrap()
        };
        let places = 1..=tables.len();
        let tsv: Vec<Vec<Vec<String>>> = places.clone().map(|number| separated(&table("tsv", number), '\t')).collect();
        let csv: Vec<Vec<Vec<String>>> = places.map(|number| separated(&table("csv", number), ',')).collect();
        assert_eq!(tsv, csv, "{view:?}");
        if tables.len() == 1 {
            assert_eq!(read("csv"), table("csv", 1));
        }
        let (npz, page, table_text) = (arrays(of("npz")), read("html"), read("table"));

        let mut in_page = Vec::new();
        for (at, (table, lines)) in tables.iter().zip(&tsv).enumerate() {
            let rows = table["rows"].as_array().unwrap();
            let prefix = if tables.len() > 1 { format!("table_{}_", at + 1) } else { String::new() };
            let columns: Vec<&str> =
                table["columns"].as_array().into_iter().flatten().map(|name| name.as_str().unwrap()).collect();
            assert_eq!(rows.len() + 1, lines.len());
            let cells = if rows[0].get("differences").is_some() { "differences" } else { "weights" };
            for (nth, (row, line)) in rows.iter().zip(&lines[1..]).enumerate() {
                assert_eq!(line.len(), lines[0].len());
                for (name, value) in lines[0].iter().zip(line) {
                    let expected = match columns.iter().position(|column| column == name) {
                        Some(column) => &row[cells][column],
                        None => &row[name],
                    };
                    match expected {
                        Value::String(text) => assert_eq!(value, text),
                        Value::Null => assert_eq!(value, ""),
                        number => assert_eq!(value.parse::<f32>().unwrap(), number.as_f64().unwrap() as f32, "{name}"),
                    }
                }
                for (column, weight) in numbers(row.get(cells).unwrap_or(&json!([]))).into_iter().enumerate() {
                    assert_eq!(npz[&format!("{prefix}{cells}")][[nth, column]], weight as f32);
                    in_page.push(weight as f32);
                    assert!(
                        table_text.contains(&format!("{:.2}", weight as f32 * 100.0).replace('-', "−")),
                        "{table_text}"
                    );
                }
                let beside = |name: &&String| !columns.contains(&name.as_str()) && !KEYS.contains(&name.as_str());
                for name in lines[0].iter().filter(beside) {
                    // A word that is off already.
                    let Some(value) = row[name].as_f64().map(|value| value as f32) else { continue };
                    let small = name.to_ascii_lowercase();
                    let words = small.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
                    let small = words.collect::<Vec<_>>().join("_");
                    assert_eq!(npz[&format!("{prefix}{small}")][[nth]], value, "{name}");
                    in_page.push(value);
                }
                for key in ["layer", "from"].iter().filter(|key| row[**key].is_number()) {
                    assert_eq!(npz[&format!("{prefix}{key}")][[nth]], row[*key].as_f64().unwrap() as f32);
                }
            }
        }
        assert_eq!(points(&page), in_page, "{view:?}");
        let data = page.split_once("id=\"data\">").unwrap().1.split_once("</script>").unwrap().0;
        assert_eq!(serde_json::from_str::<Value>(data).unwrap(), answer);
    }
}

#[test]
fn what_is_no_view_of_attention_has_every_form_too() {
    let similarity = ["similarity", "the cat sat", "a dog", "a cat", "--model", TINY];
    let commands: [(&[&str], usize); 5] = [
        (&similarity, 1),
        (&[&similarity[..], &["--query", "a bank", "--top", "2"]].concat(), 1),
        (&[&similarity[..], &["--background", "en"]].concat(), 4),
        (&["models", "--offline"], 1),
        (&["models", "show", TINY], 1),
    ];
    for (command, count) in commands {
        let of = |format| output(&[command, &["--format", format]].concat());
        let page = String::from_utf8(of("html")).unwrap();
        let names = elements(&page);
        assert_eq!(names.iter().filter(|name| *name == "table").count(), count, "{command:?}");
        let arrays = arrays(of("npz"));
        if count > 1 {
            let prefixes = ["table_1_mean", "table_2_mean_less_close", "table_3_mean", "table_4_mean_less_close"];
            assert!(prefixes.iter().all(|name| arrays[*name].shape() == [3]), "{:?}", arrays.keys());
            continue;
        }
        // No text of these has a comma or a quote but the notes of models.
        let (tsv, csv) = (String::from_utf8(of("tsv")).unwrap(), String::from_utf8(of("csv")).unwrap());
        let rows = |text: &str, separator: u8| -> Vec<csv::StringRecord> {
            let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(text.as_bytes());
            std::iter::once(reader.headers().unwrap().clone()).chain(reader.records().map(Result::unwrap)).collect()
        };
        let (tsv, csv) = (rows(&tsv, b'\t'), rows(&csv, b','));
        assert_eq!(tsv, csv);
        assert!(tsv.len() > 1);
        for (column, name) in tsv[0].iter().enumerate() {
            let Some(array) = arrays.get(&name.replace('-', "_")) else { continue };
            assert_eq!(array.shape(), [tsv.len() - 1], "{name}");
            for (row, value) in tsv[1..].iter().zip(array) {
                assert!((row[column].parse::<f32>().unwrap() - value).abs() < 1e-6, "{name}");
            }
        }
    }
    for format in ["tsv", "csv"] {
        let refusal = misuse(&[&similarity[..], &["--background", "en", "--format", format]].concat());
        assert!(
            refusal.contains(&format!("{format} on standard output holds one table, and --background makes several")),
            "{refusal}"
        );
    }
}

#[test]
fn a_format_for_something_else_is_refused_with_those_that_would_do() {
    for (command, format, offered) in [
        ("trace", "csv", "json, npz"),
        ("embed", "json", "jsonl, npz, parquet"),
        ("attention", "jsonl", "table, html, csv, tsv, json, npz, svg, pdf"),
        ("similarity", "parquet", "table, html, csv, tsv, json, npz, svg, pdf"),
    ] {
        let refusal = misuse(&[command, "a", "--format", format]);
        assert!(refusal.contains(&format!("[possible values: {offered}]")), "{refusal}");
    }
}

/// What names a row in one of the views.
const KEYS: [&str; 8] = ["layer", "head", "pattern", "from", "token", "word", "side", "pooling"];

#[test]
fn in_a_terminal_the_longer_side_runs_down() {
    let of = |more: &[&str]| text(&[&["attention", "a caf", "--model", TINY], more].concat());
    let table = of(&["--specials", "hide", "--head", "max"]);
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines[0].starts_with("model: tiny-pooler · origin: "), "{table}");
    assert_eq!(lines[2], "[CLS] looks at …, max of heads, in percent");
    let first: Vec<&str> = lines[4..].iter().map(|line| line.split("  ").next().unwrap()).collect();
    assert_eq!(first, ["layer →", "1 a", "2 c", "3 ##a", "4 ##f", "", "effective tokens", "hidden %"]);
    let matrix = of(&["--view", "matrix", "--layer", "1"]);
    let heading = matrix.lines().find(|line| line.starts_with("from")).unwrap();
    assert!(heading.starts_with("from  token  0 [CLS]    1 a") && heading.ends_with("  effective tokens"), "{heading}");
    // What the title says stands in no column.
    assert!(of(&["--view", "heads", "--layer", "2"]).contains("does, layer 2\n\nhead  pattern"));
}

#[test]
fn archives_go_to_files_and_to_pipes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("attention.npz");
    let arguments = ["attention", "a", "--model", TINY, "--format", "npz"];
    assert!(output(&[&arguments[..], &["--output", file.to_str().unwrap()]].concat()).is_empty());
    assert_eq!(std::fs::read(&file).unwrap(), output(&arguments));
}

// Pages.

#[test]
fn what_attention_has_not_is_refused() {
    for (arguments, says) in [
        (["--layer", "3"], "there is no layer 3; this input and model have 1 to 2"),
        (["--head", "9"], "there is no head 9"),
        (["--from", "99"], "there is no token 99; this input and model have 0 to"),
        (["--to", "99"], "there is no token 99"),
    ] {
        let refusal = refusal(&[&["attention", "a cat sat", "--model", TINY], &arguments[..]].concat());
        assert!(refusal.contains(says), "{refusal}");
    }
    for wrong in [
        ["--head", "0"],
        ["--layer", "none"],
        ["--units", "letters"],
        ["--format", "xml"],
        ["--view", "tree"],
        ["--specials", "some"],
        ["--from", "-1"],
    ] {
        misuse(&[&["attention", "a"], &wrong[..]].concat());
    }
    for (arguments, says) in [
        (["--view", "matrix", "--from", "1"], "leave --from away"),
        (["--view", "heads", "--from", "1"], "give --to or --mark"),
        (["--view", "heads", "--units", "words"], "leave --units away"),
        (["--view", "heads", "--head", "max"], "write --head with a number, or all"),
    ] {
        let refusal = one_line(&run(&mut clscope(&[&["attention", "a", "--model", TINY], &arguments[..]].concat())), 2);
        assert!(refusal.contains(says), "{refusal}");
    }
}
